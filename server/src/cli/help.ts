// `caveat init`, `explain` and `completion`: commands that read no documents.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG_FILE, RULES } from '../core/index';
import { didYouMean, oneOf, readArgs, UsageError } from './args';
import { COMMON, type Command } from './command';
import { wrap } from '../report/stylish';

const TEMPLATE = `# Caveat: what holds for the documents in this folder and below. Everything may be left out.

# Who the documents are written for: patient, clinician or scholarly; guessed from each document where it is not given.
# audience: patient

# Whose regulators and crisis lines the inserted caveats name: us or uk.
region: us

# How serious the findings of a rule are: error, warning, information, hint or off. The rules: caveat explain.
rules:
  # promotional-language: information
  # absolute-language:
  #   severity: warning
  #   allow: [gold standard]

# Also what only reads like something to mark, as information; false: only what is known by its words.
# likely: true

# Packs of your own beside those that come with Caveat.
# packs: [ketamine, language, ./our-pack.yaml]

# Bibliographies that documents cite from.
# bibliography: [references.bib]

# Disclosures that every document needs, and those that always stand beside the text.
# disclosures:
#   require: []
#   ignore: []

# What holds for some of the files only.
# overrides:
#   - files: "protocols/**"
#     audience: clinician
`;

export const init: Command = {
  usage: 'caveat init',
  about: `Writes a ${CONFIG_FILE} with everything that can be set, explained.`,
  options: COMMON,
  help: {},
  async run(args, io) {
    const { positionals } = readArgs(args, COMMON);
    if (positionals.length > 0) throw new UsageError(`init takes no paths; “${positionals[0]}” is one`);
    try {
      await writeFile(join(io.cwd, CONFIG_FILE), TEMPLATE, { flag: 'wx' });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new UsageError(code === 'EEXIST' ? `There is a ${CONFIG_FILE} here already` : `${CONFIG_FILE} can not be written (${code})`);
    }
    io.out(`${CONFIG_FILE} is written. Try: caveat check .\n`);
    return 0;
  },
};

export const explain: Command = {
  usage: 'caveat explain [RULE]',
  about: 'Explains a rule: what it finds, why, what it rests on, and how to switch it off; without a rule, lists them.',
  options: COMMON,
  help: {},
  async run(args, io) {
    const { positionals: [id, more] } = readArgs(args, COMMON);
    if (more !== undefined) throw new UsageError('explain takes one rule');
    if (id === undefined) {
      io.out(RULES.map((rule) => `${rule.id.padEnd(22)} ${rule.severity.padEnd(12)} ${rule.title}\n`).join(''));
      return 0;
    }
    const rule = RULES.find((one) => one.id === id);
    if (!rule) throw new UsageError(`There is no rule “${id}”${didYouMean(id, RULES.map((one) => one.id))}`);
    const paragraphs = (text: string) => wrap(text, Math.max(40, io.columns - 2)).join('\n');
    const example = (marked: boolean) => rule.examples.filter(({ text }) => text.includes('«') === marked).slice(0, 2)
      .map(({ text }) => text.trim().split('\n').map((line) => `    ${line}`).join('\n')).join('\n\n');
    io.out([
      `${rule.title} (${rule.id}), ${rule.severity}${rule.fixes ? ', has quick-fixes' : ''}`, paragraphs(rule.why), paragraphs(`It rests on: ${rule.basis}`),
      'Marked (between « and »):', example(true), 'Left alone:', example(false),
      `Switched off for one place, in a comment:\n    caveat-disable-next-line ${rule.id} -- reason`,
      `Switched off for a workspace, in ${CONFIG_FILE}:\n    rules: { ${rule.id}: off }`, '',
    ].join('\n\n').trimEnd() + '\n');
    return 0;
  },
};

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const COMPLETION = { ...COMMON } as const;

/** Completion for a shell, from the commands themselves. */
export const completionOf = (commands: () => { readonly [command: string]: Command }): Command => ({
  usage: 'caveat completion SHELL',
  about: 'Prints what makes the shell complete commands, options and rules: bash, zsh or fish.',
  options: COMPLETION,
  help: {},
  async run(args, io) {
    const { positionals: [shell] } = readArgs(args, COMPLETION);
    if (shell === undefined) throw new UsageError(`Name a shell: ${SHELLS.join(', ')}`);
    const all = commands();
    io.out({ bash, zsh, fish }[oneOf('The shell', shell, SHELLS)](all));
    return 0;
  },
});

type Commands = { readonly [command: string]: Command };

const flags = ({ options }: Command): string[] => Object.keys(options).map((option) => `--${option}`);
const words = (name: string): readonly string[] => (name === 'explain' ? RULES.map(({ id }) => id) : name === 'completion' ? SHELLS : []);
const FILES_TOO = new Set(['check', 'report', 'merge', 'baseline', 'claims', 'fix', 'test']);

function bash(commands: Commands): string {
  const cases = Object.entries(commands).map(([name, command]) => {
    const values = Object.entries(command.values ?? {}).map(([option, list]) => `      --${option}) COMPREPLY=($(compgen -W "${list.join(' ')}" -- "$cur")); return ;;`);
    return `    ${name})
      case "$prev" in
${values.join('\n')}
      esac
      COMPREPLY=($(compgen -W "${[...flags(command), ...words(name)].join(' ')}" -- "$cur"))
${FILES_TOO.has(name) ? '      [[ "$cur" != -* ]] && COMPREPLY+=($(compgen -f -- "$cur"))\n' : ''}      ;;`;
  });
  return `_caveat() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${Object.keys(commands).join(' ')} --help --version" -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o filenames -F _caveat caveat
`;
}

const quoted = (text: string): string => text.replace(/'/g, '’').replace(/[[\]:]/g, ' ');

function zsh(commands: Commands): string {
  const cases = Object.entries(commands).map(([name, command]) => `    ${name}) _arguments ${[
    ...Object.entries(command.options).map(([option, { type }]) => {
      const list = command.values?.[option];
      return `'--${option}[${quoted(command.help[option] ?? option)}]${type === 'string' ? `:${option}:${list ? `(${list.join(' ')})` : '_files'}` : ''}'`;
    }),
    FILES_TOO.has(name) ? "'*:file:_files'" : words(name).length > 0 ? `'1:word:(${words(name).join(' ')})'` : "'*: :'",
  ].join(' ')} ;;`);
  return `#compdef caveat
_caveat() {
  if (( CURRENT == 2 )); then
    _values command ${Object.entries(commands).map(([name, { about }]) => `'${name}[${quoted(about)}]'`).join(' ')}
    return
  fi
  local command=\${words[2]}
  shift words; (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _caveat caveat
`;
}

function fish(commands: Commands): string {
  const lines = Object.entries(commands).flatMap(([name, command]) => [
    `complete -c caveat -n __fish_use_subcommand -f -a ${name} -d '${quoted(command.about)}'`,
    ...Object.entries(command.options).map(([option, { type }]) => {
      const list = command.values?.[option];
      return `complete -c caveat -n '__fish_seen_subcommand_from ${name}' -l ${option}${type === 'string' ? ` -r${list ? ` -f -a '${list.join(' ')}'` : ''}` : ''} -d '${quoted(command.help[option] ?? option)}'`;
    }),
    ...words(name).length > 0 ? [`complete -c caveat -n '__fish_seen_subcommand_from ${name}' -f -a '${words(name).join(' ')}'`] : [],
  ]);
  return `${lines.join('\n')}\n`;
}

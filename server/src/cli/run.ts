// The command line. Knows no process: what it reads and writes comes in through `Io`, the exit code goes out.
import { version } from '../../../package.json';
import { lint, parseDocument, type LintResult } from '../core/index';
import { CLAIM_REPORTERS, type Inventory } from '../report/claims';
import type { Problem } from '../report/index';
import { didYouMean, oneOf, readArgs, UsageError } from './args';
import { baseline, check, merge, report } from './check';
import { COMMON, CONFIG_HELP, configOf, FILES, FILES_HELP, FILES_VALUES, TOOL, type Command, type ExitCode, type Io } from './command';
import { unifiedDiff } from './diff';
import { findFiles, readText, type Found } from './files';
import { fixed, told, writeAtomically } from './fix';
import { completionOf, explain, init } from './help';
import { testPacks } from './packs';
import { configPath, holder } from './pipeline';

export type { ExitCode, Io } from './command';

/** Reads each file and hands its text on; what can not be read is a problem, and the others go on. */
async function eachText<T>(paths: readonly string[], io: Io, noIgnore: boolean, use: (file: Found, text: string) => readonly T[] | Promise<readonly T[]>) {
  if (paths.length === 0) throw new UsageError('Name the files or folders to read');
  const { files, errors } = await findFiles(paths, io.cwd, !noIgnore);
  const problems: Problem[] = [...errors];
  const results: T[] = [];
  for (const file of files) {
    const read = await readText(file.absolute);
    if ('problem' in read) problems.push({ path: file.path, message: read.problem });
    else results.push(...await use(file, read.text));
  }
  for (const { path, message } of problems) io.err(`caveat: ${path}: ${message}\n`);
  return { results, problems };
}

/** Faults of the program as problems; told on standard error too. */
function faultsOf(documents: readonly { readonly path: string; readonly result: Pick<LintResult, 'faults'> }[], io: Io): Problem[] {
  const faults = documents.flatMap(({ path, result }) => result.faults.map(({ where, message }) => ({ path, message: `internal fault in ${where}: ${message}` })));
  for (const { path, message } of faults) io.err(`caveat: ${path}: ${message}\n`);
  return faults;
}

const CLAIMS = { ...FILES, config: { type: 'string' }, format: { type: 'string' }, lines: { type: 'boolean' }, 'any-topic': { type: 'boolean' } } as const;

/** The lines of a text, without their ends; the empty one behind a last line break is none. */
const linesOf = (text: string): readonly string[] => text.replace(/^\ufeff/, '').replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);

const claims: Command = {
  usage: 'caveat claims PATHS…',
  about: 'Lists the claims that documents make: their kinds, conditions, hedges, strength and citations.',
  options: CLAIMS,
  help: {
    format: `${Object.keys(CLAIM_REPORTERS).join(', ')} (default ${Object.keys(CLAIM_REPORTERS)[0]})`,
    lines: 'take each line of a file as a document of its own',
    'any-topic': 'claims about anything, not only about ketamine and esketamine',
    config: CONFIG_HELP,
    ...FILES_HELP,
  },
  values: { format: Object.keys(CLAIM_REPORTERS), ...FILES_VALUES },
  async run(args, io) {
    const { values, positionals } = readArgs(args, CLAIMS);
    const format = oneOf('--format', values.format ?? Object.keys(CLAIM_REPORTERS)[0]!, Object.keys(CLAIM_REPORTERS));
    const holds = holder({ cwd: io.cwd, config: configPath(io.cwd, values.config), over: { ...configOf(values), ...values['any-topic'] ? { anyTopic: true } : {} }, today: io.today?.() });
    const lines = new Set<string>();
    const { results, problems } = await eachText<Inventory & { readonly result: LintResult }>(positionals, io, values['no-ignore'] ?? false, async ({ path, absolute, format }, text) => {
      const held = await holds(path, absolute, text);
      for (const one of held.told) lines.add(one);
      const read = (part: string, line?: number) => {
        const document = parseDocument(part, format);
        const { plan, told: own } = held.plan(document);
        for (const one of own) lines.add(one);
        return { path, ...line === undefined ? {} : { line }, result: lint(document, plan, []) };
      };
      return values.lines ? linesOf(text).map(read) : [read(text)];
    });
    for (const line of lines) io.err(`caveat: ${line}\n`);
    const faults = faultsOf(results, io);
    io.out(CLAIM_REPORTERS[format]!({ tool: TOOL, documents: results, errors: [...problems, ...faults] }));
    return faults.length > 0 ? 3 : problems.length > 0 ? 2 : 0;
  },
};

const FIX = { ...FILES, config: { type: 'string' }, judgement: { type: 'boolean' }, 'dry-run': { type: 'boolean' } } as const;

const fix: Command = {
  usage: 'caveat fix PATHS…',
  about: 'Applies fixes to documents: the safe ones, which leave every claim as it is.',
  options: FIX,
  help: {
    judgement: 'also apply the first choice of each finding: it rewords and adds, so read what it did',
    'dry-run': 'print what would change as a diff, and write nothing',
    config: CONFIG_HELP,
    ...FILES_HELP,
  },
  values: FILES_VALUES,
  async run(args, io) {
    const { values, positionals } = readArgs(args, FIX);
    const dry = values['dry-run'] ?? false;
    const holds = holder({ cwd: io.cwd, config: configPath(io.cwd, values.config), over: configOf(values), today: io.today?.() });
    const lines = new Set<string>();
    const failed: Problem[] = [];
    const { results, problems } = await eachText<{ readonly path: string; readonly result: LintResult }>(positionals, io, values['no-ignore'] ?? false, async (file, text) => {
      const held = await holds(file.path, file.absolute, text);
      const own = held.plan(parseDocument(text, file.format));
      for (const line of [...held.told, ...own.told]) lines.add(line);
      const done = fixed(text, file, own.plan, values.judgement ?? false);
      if (dry) io.out(unifiedDiff(file.path, text, done.text));
      else if (done.text !== text) {
        try {
          await writeAtomically(file.absolute, done.text);
        } catch (error) {
          failed.push({ path: file.path, message: `can not be written (${(error as NodeJS.ErrnoException).code ?? String(error)})` });
          return [];
        }
      }
      io.err(told(file.path, done, dry));
      return [{ path: file.path, result: done.result }];
    });
    for (const line of lines) io.err(`caveat: ${line}\n`);
    for (const { path, message } of failed) io.err(`caveat: ${path}: ${message}\n`);
    return faultsOf(results, io).length > 0 ? 3 : problems.length + failed.length > 0 ? 2 : 0;
  },
};

const TEST = { ...COMMON, coverage: { type: 'boolean' } } as const;

const test: Command = {
  usage: 'caveat test [PACK…]',
  about: 'Runs the lines with which the entries of packs are tested: those named by id or file, else all that come with Caveat.',
  options: TEST,
  help: { coverage: 'also fail where a phrase is hit by no line' },
  async run(args, io) {
    const { values, positionals } = readArgs(args, TEST);
    return testPacks(positionals, values.coverage ?? false, io);
  },
};

const LSP = { ...COMMON, stdio: { type: 'boolean' } } as const;

const lsp: Command = {
  usage: 'caveat lsp --stdio',
  about: 'Runs the language server for an editor.',
  options: LSP,
  help: { stdio: 'speak over standard input and output' },
  async run(args, io) {
    const { values, positionals } = readArgs(args, LSP);
    if (positionals.length > 0) throw new UsageError(`lsp takes no paths; “${positionals[0]}” is one`);
    if (!values.stdio) throw new UsageError('Say --stdio: the server speaks over standard input and output');
    return await io.serve() as ExitCode;
  },
};

const COMMANDS: { readonly [command: string]: Command } = {
  check, fix, report, claims, baseline, merge, explain, init, test, completion: completionOf(() => COMMANDS), lsp,
};

function overview(): string {
  const rows = Object.values(COMMANDS).map(({ usage, about }) => `  ${usage.padEnd(24)} ${about}`);
  return [
    'Caveat finds medical claims about ketamine and esketamine that lack a citation, overstate, play risk down or miss their disclosures.',
    '', ...rows, `  ${'caveat COMMAND --help'.padEnd(24)} The options of a command.`, `  ${'caveat --version'.padEnd(24)} The version.`,
    '', 'Exit codes: 0 clean · 1 findings at or above the threshold · 2 wrong use, or a file that could not be read · 3 a fault of the program.', '',
  ].join('\n');
}

function helpOf({ usage, about, options, help }: Command): string {
  const rows = Object.entries(help).flatMap(([option, text]) => {
    const how = options[option];
    return how ? [[`${how.short ? `-${how.short}, ` : '    '}--${option}${how.type === 'string' ? ' VALUE' : ''}`, text] as const] : [];
  });
  rows.push(['    --color, --no-color', 'colours, whatever the terminal says'], ['-h, --help', 'this help']);
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return [about, '', `Usage: ${usage}`, '', ...rows.map(([flag, text]) => `  ${flag.padEnd(width)}  ${text}`), ''].join('\n');
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === undefined) throw new UsageError('Name a command');
  if (first === '--version' || first === '-v') return io.out(`${version}\n`), 0;
  if (first === '--help' || first === '-h' || first === 'help') {
    const command = rest[0] === undefined ? undefined : COMMANDS[rest[0]];
    return io.out(command ? helpOf(command) : overview()), 0;
  }
  const command = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (!command) {
    const words = [...Object.keys(COMMANDS), '--version', '--help'];
    throw new UsageError(`There is no ${first.startsWith('-') ? 'option' : 'command'} “${first}”${didYouMean(first, words)}`);
  }
  const end = rest.indexOf('--');
  const flags = end < 0 ? rest : rest.slice(0, end);
  if (flags.includes('--help') || flags.includes('-h')) return io.out(helpOf(command)), 0;
  return command.run(rest, flags.includes('--no-color') ? { ...io, colour: false } : flags.includes('--color') ? { ...io, colour: true } : io);
}

/** Runs one command line and gives its exit code. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    if (error instanceof UsageError) {
      const command = argv[0] !== undefined && Object.hasOwn(COMMANDS, argv[0]) ? ` ${argv[0]}` : '';
      io.err(`caveat: ${error.message}\n${argv.length === 0 ? `\n${overview()}` : `See “caveat${command} --help”.\n`}`);
      return 2;
    }
    io.err(`caveat: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
    return 3;
  }
}

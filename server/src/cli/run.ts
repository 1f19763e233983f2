// The command line. Knows no process: what it reads and writes comes in through `Io`, the exit code goes out.
import { relative } from 'node:path';
import { name, version } from '../../../package.json';
import { compilePlan, lint, LineIndex, parseDocument, SEVERITIES, type Audience, type Config, type LintResult, type Region, type Severity } from '../core/index';
import { CLAIM_REPORTERS, type Inventory } from '../report/claims';
import { REPORTERS, type Checked, type Problem, type Style } from '../report/index';
import type { Bibliography } from '../core/bibliography/index';
import { librarian } from '../core/bibliography/library';
import { localFiles } from '../workspace/disk';
import { builtinPacks } from '../packs';
import { didYouMean, oneOf, readArgs, UsageError, type Options } from './args';
import { findFiles, readText, type Found } from './files';
import { testPacks } from './packs';

export interface Io extends Style {
  readonly cwd: string;
  out(text: string): void;
  err(text: string): void;
  /** Runs the language server over standard input and output until the editor ends it. */
  serve(): Promise<number>;
}

/** 0 clean · 1 findings at or above the threshold · 2 wrong use, or a file that could not be read · 3 a fault of the program. */
export type ExitCode = 0 | 1 | 2 | 3;

interface Command {
  readonly usage: string;
  readonly about: string;
  readonly options: Options;
  /** What each option is for, by its name. */
  readonly help: { readonly [option: string]: string };
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

const TOOL = { name, version };
const COMMON = { help: { type: 'boolean', short: 'h' }, 'no-color': { type: 'boolean' } } as const;
const FILES = { ...COMMON, 'no-ignore': { type: 'boolean' }, audience: { type: 'string' }, region: { type: 'string' } } as const;
const FILES_HELP = {
  'no-ignore': 'also read what .gitignore and .caveatignore leave out',
  audience: 'patient, clinician or scholarly, instead of guessing from the document',
  region: 'us or uk, for the wording of caveats',
};

const AUDIENCES: readonly Audience[] = ['patient', 'clinician', 'scholarly'];
const REGIONS: readonly Region[] = ['us', 'uk'];

function configOf(values: { readonly audience?: string | undefined; readonly region?: string | undefined }): Config {
  return {
    ...values.audience === undefined ? {} : { audience: oneOf('--audience', values.audience, AUDIENCES) },
    ...values.region === undefined ? {} : { region: oneOf('--region', values.region, REGIONS) },
  };
}

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

/** Says once what is wrong in a bibliography, by line; what could be read of it is used. */
function tellProblems({ file, text, problems }: Bibliography, told: Set<string>, io: Io): void {
  if (problems.length === 0 || told.has(file)) return;
  told.add(file);
  const lines = new LineIndex(text);
  for (const { message, span } of problems) {
    const { line, character } = lines.positionAt(span.start);
    io.err(`caveat: ${relative(io.cwd, file) || file}:${line + 1}:${character + 1}: ${message}\n`);
  }
}

/** Faults of the program as problems; told on standard error too. */
function faultsOf(documents: readonly { readonly path: string; readonly result: Pick<LintResult, 'faults'> }[], io: Io): Problem[] {
  const faults = documents.flatMap(({ path, result }) => result.faults.map(({ where, message }) => ({ path, message: `internal fault in ${where}: ${message}` })));
  for (const { path, message } of faults) io.err(`caveat: ${path}: ${message}\n`);
  return faults;
}

const CHECK = { ...FILES, format: { type: 'string' }, 'fail-on': { type: 'string' } } as const;

const check: Command = {
  usage: 'caveat check PATHS…',
  about: 'Checks documents: files, folders or globs.',
  options: CHECK,
  help: {
    format: `${Object.keys(REPORTERS).join(' or ')} (default ${Object.keys(REPORTERS)[0]})`,
    'fail-on': `exit with 1 from this severity on: ${SEVERITIES.join(', ')}, or never (default warning)`,
    ...FILES_HELP,
  },
  async run(args, io) {
    const { values, positionals } = readArgs(args, CHECK);
    const format = oneOf('--format', values.format ?? Object.keys(REPORTERS)[0]!, Object.keys(REPORTERS));
    const failOn = oneOf('--fail-on', values['fail-on'] ?? 'warning', [...SEVERITIES, 'never']);
    const plan = compilePlan(configOf(values), builtinPacks());
    const books = librarian(localFiles);
    const told = new Set<string>();
    const { results, problems } = await eachText<Checked>(positionals, io, values['no-ignore'] ?? false,
      async ({ path, absolute, format }, text) => {
        const library = await books.of(absolute, text);
        for (const bibliography of library) tellProblems(bibliography, told, io);
        return [{ path, result: lint(parseDocument(text, format), books.planFor(plan, library)) }];
      });
    const faults = faultsOf(results, io);
    io.out(REPORTERS[format]!({ tool: TOOL, documents: results, errors: [...problems, ...faults] }, io));
    const counts = (severity: Severity) => failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
    if (faults.length > 0) return 3;
    if (problems.length > 0) return 2;
    return results.some(({ result }) => result.findings.some(({ severity }) => counts(severity))) ? 1 : 0;
  },
};

const CLAIMS = { ...FILES, format: { type: 'string' }, lines: { type: 'boolean' }, 'any-topic': { type: 'boolean' } } as const;

/** The lines of a text, without their ends; the empty one behind a last line break is none. */
const linesOf = (text: string): readonly string[] => text.replace(/^\ufeff/, '').replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);

const claims: Command = {
  usage: 'caveat claims PATHS…',
  about: 'Lists the claims that documents make: their kinds, conditions, hedges, strength and citations.',
  options: CLAIMS,
  help: {
    format: `${Object.keys(CLAIM_REPORTERS).join(', ')} (default ${Object.keys(CLAIM_REPORTERS)[0]})`,
    lines: 'take each line of a file as a document of its own',
    'any-topic': 'claims about anything, not only about the drugs of the packs',
    ...FILES_HELP,
  },
  async run(args, io) {
    const { values, positionals } = readArgs(args, CLAIMS);
    const format = oneOf('--format', values.format ?? Object.keys(CLAIM_REPORTERS)[0]!, Object.keys(CLAIM_REPORTERS));
    const plan = compilePlan({ ...configOf(values), ...values['any-topic'] ? { anyTopic: true } : {} }, builtinPacks());
    const read = (path: string, format: Found['format'], text: string, line?: number) =>
      ({ path, ...line === undefined ? {} : { line }, result: lint(parseDocument(text, format), plan, []) });
    const { results, problems } = await eachText<Inventory & { readonly result: LintResult }>(positionals, io, values['no-ignore'] ?? false,
      ({ path, format }, text) => values.lines ? linesOf(text).map((line, n) => read(path, format, line, n)) : [read(path, format, text)]);
    const faults = faultsOf(results, io);
    io.out(CLAIM_REPORTERS[format]!({ tool: TOOL, documents: results, errors: [...problems, ...faults] }));
    return faults.length > 0 ? 3 : problems.length > 0 ? 2 : 0;
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

const COMMANDS: { readonly [command: string]: Command } = { check, claims, test, lsp };

function overview(): string {
  const rows = Object.values(COMMANDS).map(({ usage, about }) => `  ${usage.padEnd(24)} ${about}`);
  return [
    'Caveat finds medical claims about ketamine and esketamine that lack a citation, overstate, play risk down or miss their disclosures.',
    '', ...rows, `  ${'caveat COMMAND --help'.padEnd(24)} The options of a command.`, `  ${'caveat --version'.padEnd(24)} The version.`,
    '', 'Exit codes: 0 clean · 1 findings at or above the threshold · 2 wrong use, or a file that could not be read · 3 a fault of the program.', '',
  ].join('\n');
}

function helpOf({ usage, about, options, help }: Command): string {
  const rows = Object.entries(options).filter(([option]) => help[option])
    .map(([option, { type }]) => `  ${`--${option}${type === 'string' ? ' VALUE' : ''}`.padEnd(20)} ${help[option]}`);
  return [about, '', `Usage: ${usage}`, '', ...rows, ''].join('\n');
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
  return command.run(rest, flags.includes('--no-color') ? { ...io, colour: false } : io);
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

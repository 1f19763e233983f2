// `caveat check`, `report`, `merge` and `baseline`: one run over files, and what is made of it.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatOfPath, SEVERITIES, type Severity } from '../core/index';
import { builtinPacks } from '../packs';
import { mergeReports, PAGES, REPORTERS, reportOf, type DocumentModel, type Problem, type Report, type Reporter } from '../report/index';
import { isReport } from '../report/read';
import { oneOf, readArgs, UsageError } from './args';
import { BASELINE, makeBaseline, readBaseline, sizeOf, withoutKnown, writeBaseline } from './baseline';
import { readCache, writeCache } from './cache';
import { atLeast, COMMON, CONFIG_HELP, configOf, FAIL_ON, FILES, FILES_HELP, FILES_VALUES, numberOf, TOOL, type Command, type ExitCode, type Io } from './command';
import { findFiles, readText, type Found } from './files';
import { changedSince } from './git';
import { configPath, onePool, type Job, type PackInfo, type Setup } from './pipeline';

const RUN = {
  ...FILES, config: { type: 'string' }, since: { type: 'string' }, shard: { type: 'string' }, cache: { type: 'boolean' }, 'cache-file': { type: 'string' },
  stdin: { type: 'boolean' }, 'stdin-filename': { type: 'string' },
} as const;
const RUN_HELP = {
  config: CONFIG_HELP,
  since: 'only files that changed since the branch parted from this branch, tag or commit',
  shard: 'i/n: the i-th of n parts of the files, for runs on several machines',
  cache: 'keep what was found, and read only what changed',
  'cache-file': 'where that is kept (default .caveatcache)',
  stdin: 'read one document from standard input',
  'stdin-filename': 'the path that it would have; its ending says how it is read',
  ...FILES_HELP,
};
const OUTPUT = { output: { type: 'string', short: 'o' } } as const;
const OUTPUT_HELP = { output: 'write to this file instead of the terminal' };
const CACHE = '.caveatcache';

interface RunOptions {
  readonly 'no-ignore'?: boolean | undefined; readonly audience?: string | undefined; readonly region?: string | undefined; readonly config?: string | undefined; readonly since?: string | undefined;
  readonly shard?: string | undefined; readonly cache?: boolean | undefined; readonly 'cache-file'?: string | undefined; readonly stdin?: boolean | undefined; readonly 'stdin-filename'?: string | undefined;
}

/** The i-th of n parts: every n-th file, so that large folders are spread. */
function shardOf<T>(files: readonly T[], shard: string | undefined): readonly T[] {
  if (shard === undefined) return files;
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(shard);
  if (!match || Number(match[1]) > Number(match[2])) throw new UsageError(`--shard is i/n, as in 2/5; “${shard}” is not`);
  return files.filter((_, i) => i % Number(match[2]) === Number(match[1]) - 1);
}

async function jobsOf(paths: readonly string[], values: RunOptions, io: Io): Promise<{ readonly jobs: readonly Job[]; readonly errors: readonly Problem[] }> {
  if (values.stdin) {
    if (paths.length > 0) throw new UsageError(`With --stdin nothing else is read; “${paths[0]}” is a path`);
    const path = values['stdin-filename'] ?? 'stdin.md';
    if (!formatOfPath(path)) throw new UsageError(`--stdin-filename has no known ending: “${path}”`);
    const text = await io.stdin?.() ?? '';
    return { jobs: [{ path: path.replaceAll('\\', '/'), absolute: resolve(io.cwd, path), text }], errors: [] };
  }
  if (values['stdin-filename'] !== undefined) throw new UsageError('--stdin-filename goes with --stdin');
  if (paths.length === 0) throw new UsageError('Name the files or folders to read');
  const { files, errors } = await findFiles(paths, io.cwd, !(values['no-ignore'] ?? false));
  const changed = values.since === undefined ? undefined : await changedSince(values.since, io.cwd);
  const wanted: readonly Found[] = changed ? files.filter(({ absolute }) => changed.has(absolute)) : files;
  return { jobs: shardOf(wanted, values.shard).map(({ path, absolute }) => ({ path, absolute })), errors };
}

/** Names on standard error what could not be checked: last, where it is seen behind a long output. */
const tellErrors = ({ errors }: Report, io: Io): void => { for (const { path, message } of errors) io.err(`caveat: ${path}: ${message}\n`); };

/** Checks what a command line names. Nothing that can not be checked stops the others. */
async function checkAll(paths: readonly string[], values: RunOptions, io: Io, fixes: boolean): Promise<Report & { readonly faulty: boolean }> {
  const { jobs, errors } = await jobsOf(paths, values, io);
  const build = io.build ?? TOOL.version;
  const setup: Setup = { cwd: io.cwd, config: configPath(io.cwd, values.config), over: configOf(values), fixes, build, today: io.today?.() };
  const file = resolve(io.cwd, values['cache-file'] ?? CACHE);
  const useCache = (values.cache ?? false) || values['cache-file'] !== undefined;
  const cache = useCache ? await readCache(file, build) : new Map<string, never>();
  const pool = jobs.length > 1 && io.pool ? io.pool(setup) : onePool(setup);
  const problems: Problem[] = [...errors];
  const found = new Map<string, DocumentModel>();
  const packs = new Map<string, PackInfo>();
  const told = new Set<string>();
  let done = 0;
  await pool.run(useCache ? jobs.map((job) => ({ ...job, known: cache.get(job.path)?.key })) : jobs, (outcome) => {
    for (const line of outcome.told) told.add(line);
    for (const pack of outcome.packs) packs.set(`${pack.id}\0${pack.version}`, pack);
    const model = outcome.model ?? (outcome.key !== undefined ? cache.get(outcome.path)?.model : undefined);
    if (outcome.problem !== undefined) problems.push({ path: outcome.path, message: outcome.problem });
    else if (model) {
      found.set(outcome.path, model);
      if (useCache && outcome.key !== undefined) (cache as Map<string, unknown>).set(outcome.path, { key: outcome.key, model, packs: outcome.packs });
    }
    io.progress?.(++done, jobs.length);
  });
  if (useCache) await writeCache(file, build, cache).catch((error: NodeJS.ErrnoException) => io.err(`caveat: the cache can not be written (${error.code ?? error.message})\n`));
  for (const line of [...told].sort()) io.err(`caveat: ${line}\n`);
  // In the order of the files, however the threads went.
  const order = new Map(jobs.map(({ path }, i) => [path, i]));
  problems.sort((a, b) => (order.get(a.path) ?? -1) - (order.get(b.path) ?? -1));
  const documents = jobs.flatMap(({ path }) => found.get(path) ?? []);
  const faults = documents.flatMap(({ path, faults: own }) => own.map(({ where, message }) => ({ path, message: `internal fault in ${where}: ${message}` })));
  const used = packs.size > 0 ? [...packs.values()] : builtinPacks();
  return { ...reportOf({ tool: TOOL, date: io.today?.() ?? '', packs: used, documents, errors: [...problems, ...faults] }), faulty: faults.length > 0 };
}

/** Prints, or writes to the file that is asked for. */
async function give(text: string, output: string | undefined, io: Io): Promise<void> {
  if (output === undefined) io.out(text);
  else await writeFile(resolve(io.cwd, output), text).catch((error: NodeJS.ErrnoException) => { throw new UsageError(`“${output}” can not be written (${error.code ?? error.message})`); });
}

const VERDICT = { 'fail-on': { type: 'string' }, 'max-findings': { type: 'string' }, quiet: { type: 'boolean', short: 'q' }, baseline: { type: 'string' } } as const;
const VERDICT_HELP = {
  'fail-on': `exit with 1 from this severity on: ${SEVERITIES.join(', ')}, or never (default warning)`,
  'max-findings': 'exit with 1 only where more findings than this are that severe',
  quiet: 'show only findings that are that severe',
  baseline: 'leave out the findings that this file knows (caveat baseline writes it)',
};

interface VerdictOptions { readonly 'fail-on'?: string | undefined; readonly 'max-findings'?: string | undefined; readonly quiet?: boolean | undefined; readonly baseline?: string | undefined; readonly output?: string | undefined }

/** What is checked before a long run, and after it makes its output and exit code. */
async function judge(values: VerdictOptions, io: Io) {
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'warning', FAIL_ON);
  const most = numberOf('--max-findings', values['max-findings'] ?? '0');
  const baseline = values.baseline === undefined ? undefined : await readBaseline(resolve(io.cwd, values.baseline), values.baseline);
  if (values.baseline !== undefined && !baseline) throw new UsageError(`The baseline “${values.baseline}” is not there; caveat baseline writes one`);
  const counts: (severity: Severity) => boolean = atLeast(failOn);
  return async (report: Report, reporter: Reporter, fault: boolean): Promise<ExitCode> => {
    let { documents } = report;
    if (baseline) {
      const kept = withoutKnown(documents, baseline);
      documents = kept.documents;
      if (kept.gone > 0) io.err(`caveat: ${kept.gone} findings of the baseline are not found any more: run caveat baseline to take them out\n`);
    }
    const shown = values.quiet ? documents.map((document) => ({ ...document, findings: document.findings.filter(({ severity }) => counts(severity)) })) : documents;
    await give(reporter({ ...report, documents: shown }, io), values.output, io);
    tellErrors(report, io);
    if (fault) return 3;
    if (report.errors.length > 0) return 2;
    return documents.reduce((sum, { findings }) => sum + findings.filter(({ severity }) => counts(severity)).length, 0) > most ? 1 : 0;
  };
}

const CHECK = { ...RUN, ...VERDICT, ...OUTPUT, format: { type: 'string' } } as const;

export const check: Command = {
  usage: 'caveat check PATHS…',
  about: 'Checks documents: files, folders or globs.',
  options: CHECK,
  help: { format: `${Object.keys(REPORTERS).join(', ')} (default ${Object.keys(REPORTERS)[0]})`, ...VERDICT_HELP, ...OUTPUT_HELP, ...RUN_HELP },
  values: { format: Object.keys(REPORTERS), 'fail-on': FAIL_ON, ...FILES_VALUES },
  async run(args, io) {
    const { values, positionals } = readArgs(args, CHECK);
    const format = oneOf('--format', values.format ?? Object.keys(REPORTERS)[0]!, Object.keys(REPORTERS));
    const verdict = await judge(values, io);
    const { faulty, ...report } = await checkAll(positionals, values, io, format === 'sarif');
    return verdict(report, REPORTERS[format]!, faulty);
  },
};

const REPORT = { ...RUN, ...OUTPUT, format: { type: 'string' } } as const;

export const report: Command = {
  usage: 'caveat report PATHS…',
  about: 'Writes a report to hand on: claims and citations, disclosures, benefit and risk, findings.',
  options: REPORT,
  help: { format: `${Object.keys(PAGES).join(', ')} (default ${Object.keys(PAGES)[0]})`, ...OUTPUT_HELP, ...RUN_HELP },
  values: { format: Object.keys(PAGES), ...FILES_VALUES },
  async run(args, io) {
    const { values, positionals } = readArgs(args, REPORT);
    const format = oneOf('--format', values.format ?? Object.keys(PAGES)[0]!, Object.keys(PAGES));
    const { faulty, ...made } = await checkAll(positionals, values, io, false);
    await give(PAGES[format]!(made, io), values.output, io);
    tellErrors(made, io);
    return faulty ? 3 : made.errors.length > 0 ? 2 : 0;
  },
};

/** All that `merge` prints; its `json` is the report's own, so that merged reports can be merged again. */
const ALL: { readonly [format: string]: Reporter } = { ...REPORTERS, ...PAGES };
const MERGE = { ...COMMON, ...VERDICT, ...OUTPUT, format: { type: 'string' } } as const;
/** A report on a large library is large. */
const MOST_REPORT = 500_000_000;

export const merge: Command = {
  usage: 'caveat merge REPORTS…',
  about: 'Makes one report of several that caveat report --format json wrote, as on the machines of a build.',
  options: MERGE,
  help: { format: `${Object.keys(ALL).join(', ')} (default ${Object.keys(REPORTERS)[0]})`, ...VERDICT_HELP, ...OUTPUT_HELP },
  values: { format: Object.keys(ALL), 'fail-on': FAIL_ON },
  async run(args, io) {
    const { values, positionals } = readArgs(args, MERGE);
    if (positionals.length === 0) throw new UsageError('Name the reports to merge');
    const format = oneOf('--format', values.format ?? Object.keys(REPORTERS)[0]!, Object.keys(ALL));
    const verdict = await judge(values, io);
    const reports: Report[] = [];
    let broken = false;
    for (const path of positionals) {
      const read = await readText(resolve(io.cwd, path), MOST_REPORT);
      const problem = 'problem' in read ? read.problem : undefined;
      let data: unknown;
      try { data = 'text' in read ? JSON.parse(read.text) : undefined; } catch {}
      if (isReport(data)) reports.push(data);
      else { broken = true; io.err(`caveat: ${path}: ${problem ?? 'is no report that caveat report --format json wrote'}\n`); }
    }
    const code = await verdict(mergeReports(reports), ALL[format]!, false);
    return broken ? 2 : code;
  },
};

const KNOWN = { ...RUN, baseline: { type: 'string' }, shrink: { type: 'boolean' } } as const;

export const baseline: Command = {
  usage: 'caveat baseline PATHS…',
  about: 'Writes down the findings of today, so that caveat check --baseline reports only what is new.',
  options: KNOWN,
  help: { baseline: `the file to write (default ${BASELINE})`, shrink: 'take out what is not found any more, and add nothing; so it is on build servers', ...RUN_HELP },
  values: FILES_VALUES,
  async run(args, io) {
    const { values, positionals } = readArgs(args, KNOWN);
    const named = values.baseline ?? BASELINE;
    const file = resolve(io.cwd, named);
    const old = await readBaseline(file, named);
    const shrink = (values.shrink ?? false) || (io.ci ?? false);
    if (shrink && !old) throw new UsageError(`There is no “${named}” that could shrink; write one on your own machine`);
    const { faulty, ...found } = await checkAll(positionals, values, io, false);
    const fresh = makeBaseline(found.documents, old, shrink, (path) => existsSync(resolve(io.cwd, path)));
    await writeBaseline(file, fresh);
    io.out(`${named}: ${sizeOf(fresh)} findings${old ? `, before ${sizeOf(old)}` : ''}${shrink ? '; nothing was added' : ''}\n`);
    tellErrors(found, io);
    return faulty ? 3 : found.errors.length > 0 ? 2 : 0;
  },
};

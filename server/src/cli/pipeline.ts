// Checks files: one by one, or by workers; with a cache, a baseline's worth of data and what to tell of each.
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { librarian } from '../core/bibliography/library';
import type { Bibliography } from '../core/bibliography/index';
import { formatOfPath, lint, LineIndex, mergeConfig, parseDocument, RULES, type Config, type Document, type Pack, type Plan, type Span } from '../core/index';
import { localFiles } from '../workspace/disk';
import { builtinPacks } from '../packs';
import { hash, modelOf, type DocumentModel, type Report } from '../report/model';
import { planOfDocument, planStore } from '../workspace/check';
import { nodeFiles, pathOfFile } from '../workspace/node';
import { workspaceOf } from '../workspace/resolve';
import { UsageError } from './args';
import { readText } from './files';

/** What holds for a whole run; plain, so that workers can be given it. */
export interface Setup {
  readonly cwd: string;
  /** A configuration file that holds instead of the nearest. */
  readonly config?: string | undefined;
  /** What the command line says, on top of every configuration. */
  readonly over: Config;
  readonly fixes: boolean;
  /** Names the program: what another one has cached is not used. */
  readonly build: string;
  /** `YYYY-MM-DD`: what suppressions expire by; the machine's day where not given. */
  readonly today?: string | undefined;
}

export interface Job {
  readonly path: string;
  readonly absolute: string;
  /** Text that does not come from the file. */
  readonly text?: string | undefined;
  /** The cache's key of what is known already. */
  readonly known?: string | undefined;
}

export type PackInfo = Report['packs'][number];

export interface Outcome {
  readonly path: string;
  /** Lines about configurations and bibliographies, for standard error; each is told once. */
  readonly told: readonly string[];
  readonly packs: readonly PackInfo[];
  /** Why the file could not be checked. */
  readonly problem?: string | undefined;
  /** Undefined where there is a problem, or where what is known already holds. */
  readonly model?: DocumentModel | undefined;
  readonly key?: string | undefined;
}

/** Something that checks jobs in any order; `end` lets go of what it holds. */
export interface Pool {
  run(jobs: readonly Job[], done: (outcome: Outcome) => void): Promise<void>;
}

/** What holds for one file, before anything is looked for in it. */
interface Held {
  readonly told: readonly string[];
  readonly config: Config;
  readonly packs: readonly Pack[];
  readonly library: readonly Bibliography[];
  /** With what the document's front matter says. */
  plan(document: Document): { readonly plan: Plan; readonly told: readonly string[] };
}

/** Finds what holds for files, and keeps what they share. */
export function holder(setup: Pick<Setup, 'cwd' | 'config' | 'over' | 'today'>): (path: string, absolute: string, text: string) => Promise<Held> {
  const builtin = builtinPacks();
  const disk = nodeFiles(() => [pathOfFile(setup.cwd)]);
  const workspace = workspaceOf(disk, RULES, builtin, setup.config === undefined ? undefined : pathOfFile(resolve(setup.cwd, setup.config)));
  const books = librarian({ ...localFiles, reach: (document, file) => disk.reach!(pathOfFile(document), pathOfFile(file)) });
  const { today } = setup;
  const plans = planStore(today === undefined ? undefined : () => today);
  const shown = (file: string): string => (relative(setup.cwd, file) || '.').replaceAll('\\', '/');
  const placed = (file: string, text: string, problems: readonly { readonly message: string; readonly span: Span }[]): string[] => {
    if (problems.length === 0) return [];
    const lines = new LineIndex(text);
    return problems.map(({ message, span }) => {
      const { line, character } = lines.positionAt(span.start);
      return `${file}:${line + 1}:${character + 1}: ${message}`;
    });
  };
  return async (path, absolute, text) => {
    const wanted = await workspace.resolve(pathOfFile(absolute));
    const library = await books.of(absolute, text, wanted.bibliography);
    const packs = wanted.packs ?? builtin;
    const config = mergeConfig(wanted.config, setup.over);
    return {
      config, packs, library,
      told: [
        ...(await workspace.problems()).map((problem) => `${shown(problem.path)}:${problem.line + 1}:${problem.character + 1}: ${problem.message}`),
        ...library.flatMap((book) => placed(shown(book.file), book.text, book.problems)),
      ],
      plan(document) {
        const { plan, problems } = planOfDocument(document, plans(config, packs), plans, RULES, (one) => books.planFor(one, library), setup.over);
        return { plan, told: placed(path, text, problems) };
      },
    };
  };
}

/** Checks one file after another. */
export function checker(setup: Setup): (job: Job) => Promise<Outcome> {
  const holds = holder(setup);
  const packKeys = new WeakMap<readonly Pack[], string>();
  const keyOf = (packs: readonly Pack[]): string => {
    if (!packKeys.has(packs)) packKeys.set(packs, hash(JSON.stringify(packs)));
    return packKeys.get(packs)!;
  };
  return async ({ path, absolute, text: given, known }) => {
    try {
      const read = given === undefined ? await readText(absolute) : { text: given };
      if ('problem' in read) return { path, told: [], packs: [], problem: read.problem };
      const { text } = read;
      const held = await holds(path, absolute, text);
      const key = hash(JSON.stringify([setup.build, setup.fixes, /until/.test(text) ? setup.today : '', path, text, held.config, keyOf(held.packs), held.library.map((book) => book.text)]));
      const packs = held.packs.map(({ id, name, version, reviewed }) => ({ id, name, version, reviewed }));
      if (key === known) return { path, told: held.told, packs, key };
      const document = parseDocument(text, formatOfPath(absolute)!);
      const { plan, told } = held.plan(document);
      return { path, told: [...held.told, ...told], packs, model: modelOf(path, lint(document, plan), plan, { fixes: setup.fixes }), key };
    } catch (error) {
      return { path, told: [], packs: [], problem: `could not be checked: ${error instanceof Error ? error.message : String(error)}` };
    }
  };
}

/** Checks in this thread. */
export function onePool(setup: Setup): Pool {
  const check = checker(setup);
  return {
    async run(jobs, done) {
      for (const job of jobs) done(await check(job));
    },
  };
}

/** @throws UsageError where the file that a command line names is not there. */
export function configPath(cwd: string, named: string | undefined): string | undefined {
  if (named !== undefined && !existsSync(resolve(cwd, named))) throw new UsageError(`The configuration “${named}” is not there`);
  return named;
}

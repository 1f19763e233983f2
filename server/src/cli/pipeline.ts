// Checks files: one by one, or by workers; with a cache, a baseline's worth of data and what to tell of each.
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { librarian } from '../core/bibliography/library';
import { formatOfPath, LineIndex, mergeConfig, parseDocument, RULES, type Config } from '../core/index';
import { localFiles } from '../workspace/disk';
import { builtinPacks } from '../packs';
import { hash, modelOf, type DocumentModel, type Report } from '../report/model';
import { checkDocument, planStore } from '../workspace/check';
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

/** Checks one file after another, and keeps what they share. */
export function checker(setup: Setup): (job: Job) => Promise<Outcome> {
  const builtin = builtinPacks();
  const workspace = workspaceOf(nodeFiles(() => [pathOfFile(setup.cwd)]), RULES, builtin, setup.config === undefined ? undefined : pathOfFile(resolve(setup.cwd, setup.config)));
  const books = librarian(localFiles);
  const plans = planStore();
  const shown = (file: string): string => (relative(setup.cwd, file) || '.').replaceAll('\\', '/');
  return async ({ path, absolute, text: given, known }) => {
    const told: string[] = [];
    try {
      const read = given === undefined ? await readText(absolute) : { text: given };
      if ('problem' in read) return { path, told, packs: [], problem: read.problem };
      const { text } = read;
      const wanted = await workspace.resolve(pathOfFile(absolute));
      for (const problem of await workspace.problems()) told.push(`${shown(problem.path)}:${problem.line + 1}:${problem.character + 1}: ${problem.message}`);
      const library = await books.of(absolute, text, wanted.bibliography);
      for (const { file, text: source, problems } of library) {
        const lines = new LineIndex(source);
        for (const { message, span } of problems) {
          const { line, character } = lines.positionAt(span.start);
          told.push(`${shown(file)}:${line + 1}:${character + 1}: ${message}`);
        }
      }
      const packs = wanted.packs ?? builtin;
      const config = mergeConfig(wanted.config, setup.over);
      const key = hash(JSON.stringify([setup.build, setup.fixes, path, text, config, packs, library.map((book) => book.text)]));
      const info = packs.map(({ id, name, version, reviewed }) => ({ id, name, version, reviewed }));
      if (key === known) return { path, told, packs: info, key };
      const plan = plans(config, packs);
      const { result, plan: own, problems } = checkDocument(parseDocument(text, formatOfPath(absolute)!), plan, plans, RULES, (one) => books.planFor(one, library), setup.over);
      const lines = new LineIndex(text);
      for (const { message, span } of problems) {
        const { line, character } = lines.positionAt(span.start);
        told.push(`${path}:${line + 1}:${character + 1}: ${message}`);
      }
      return { path, told, packs: info, model: modelOf(path, result, own, { fixes: setup.fixes }), key };
    } catch (error) {
      return { path, told, packs: [], problem: `could not be checked: ${error instanceof Error ? error.message : String(error)}` };
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

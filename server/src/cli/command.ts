// What commands share.
import { name, version } from '../../../package.json';
import { SEVERITIES, type Audience, type Config, type Region, type Severity } from '../core/index';
import type { Style } from '../report/index';
import { oneOf, UsageError, type Options } from './args';
import type { Pool, Setup } from './pipeline';

export interface Io extends Style {
  readonly cwd: string;
  out(text: string): void;
  err(text: string): void;
  /** Runs the language server over standard input and output until the editor ends it. */
  serve(): Promise<number>;
  /** All of standard input. */
  stdin?(): Promise<string>;
  /** Threads for a run over many files; none: everything runs in this one. */
  pool?(setup: Setup): Pool;
  /** Told how far a long run is, where somebody watches. */
  progress?(done: number, all: number): void;
  /** True on a build server: nothing that is put off may grow there. */
  readonly ci?: boolean;
  /** `YYYY-MM-DD`. */
  today?(): string;
  /** Names the program: changes whenever it does. */
  readonly build?: string;
}

/** 0 clean · 1 findings at or above the threshold · 2 wrong use, or a file that could not be read · 3 a fault of the program. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Command {
  readonly usage: string;
  readonly about: string;
  readonly options: Options;
  /** What each option is for, by its name. */
  readonly help: { readonly [option: string]: string };
  /** What each option can be, by its name, where it is one of a few words: for completion. */
  readonly values?: { readonly [option: string]: readonly string[] };
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

export const TOOL = { name, version };
export const COMMON = { help: { type: 'boolean', short: 'h' }, color: { type: 'boolean' }, 'no-color': { type: 'boolean' } } as const;
export const FILES = { ...COMMON, 'no-ignore': { type: 'boolean' }, audience: { type: 'string' }, region: { type: 'string' } } as const;
export const CONFIG_HELP = 'a configuration file that holds instead of the nearest caveat.yaml';
export const FILES_HELP = {
  'no-ignore': 'also read what .gitignore and .caveatignore leave out',
  audience: 'patient, clinician or scholarly, instead of guessing from the document',
  region: 'us or uk, for the wording of caveats',
};

const AUDIENCES: readonly Audience[] = ['patient', 'clinician', 'scholarly'];
const REGIONS: readonly Region[] = ['us', 'uk'];
export const FILES_VALUES = { audience: AUDIENCES, region: REGIONS };
export const FAIL_ON = [...SEVERITIES, 'never'] as const;

export function configOf(values: { readonly audience?: string | undefined; readonly region?: string | undefined }): Config {
  return {
    ...values.audience === undefined ? {} : { audience: oneOf('--audience', values.audience, AUDIENCES) },
    ...values.region === undefined ? {} : { region: oneOf('--region', values.region, REGIONS) },
  };
}

/** A whole number from 0 on. */
export function numberOf(option: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${option} is a whole number; “${value}” is not`);
  return Number(value);
}

/** True of severities at or above a threshold. */
export const atLeast = (threshold: Severity | 'never') => (severity: Severity): boolean => threshold !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);

import type { LintResult } from '../core/index';

/** One document that was checked. */
export interface Checked {
  /** As it is shown to people: relative, with slashes. */
  readonly path: string;
  readonly result: LintResult;
}

/** A file that could not be checked, or a part of the check that failed. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** What every output format is made from. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly documents: readonly Checked[];
  readonly errors: readonly Problem[];
}

/** How a report is shown where it is read by people. */
export interface Style {
  readonly colour: boolean;
  /** Characters a line. */
  readonly columns: number;
}

/** Turns a report into one output format; ends with a line break unless it is empty. */
export type Reporter = (report: Report, style: Style) => string;

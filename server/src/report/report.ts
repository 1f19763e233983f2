import type { Report } from './model';

export type { Problem, Report } from './model';

/** How a report is shown where it is read by people. */
export interface Style {
  readonly colour: boolean;
  /** Characters a line. */
  readonly columns: number;
}

/** Turns a report into one output format; ends with a line break unless it is empty. */
export type Reporter = (report: Report, style: Style) => string;

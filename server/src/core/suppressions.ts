import type { Parsed } from './formats/format';
import type { Span } from './text';

export interface Suppression {
  readonly form: 'next-line' | 'line' | 'range' | 'file';
  /** Rule ids; empty: all rules. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** `YYYY-MM-DD`, or ''. */
  readonly until: string;
  /** The comment that says so. */
  readonly span: Span;
  /** The lines or range of the source that it covers. */
  readonly covers: Span;
}

/** The suppressions that a document's comments ask for. */
export function readSuppressions(_text: string, _parsed: Parsed): Suppression[] {
  return [];
}

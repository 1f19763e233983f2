import type { Edit, Span } from './text';

export type Severity = 'error' | 'warning' | 'information' | 'hint';
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** What a rule saw at one place. Plain data: the editor, the command line, the report and the tests read the same. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly Related[];
  readonly data: { readonly [key: string]: Json };
}

/**
 * One way to deal with a finding. `safe`: the claim is untouched (tidy a DOI, add a missing definition). `judgement`:
 * it rewords or adds to a medical text, so it is offered one by one and never applied unasked.
 */
export interface Fix {
  readonly title: string;
  readonly kind: 'safe' | 'judgement';
  readonly action: 'replace' | 'insert' | 'suppress';
  /** The first choice among the fixes of its finding. */
  readonly preferred: boolean;
  readonly edits: readonly Edit[];
}

/** A rule or part of the engine that failed; the others went on. */
export interface Fault {
  readonly where: string;
  readonly message: string;
}

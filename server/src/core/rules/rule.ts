import type { Analysis } from '../claims';
import type { Document, Unit } from '../document';
import type { Finding, Fix, Json, Related, Severity } from '../finding';
import type { Plan } from '../plan';
import type { Span } from '../text';

export interface RuleContext {
  readonly document: Document;
  readonly analysis: Analysis;
  readonly plan: Plan;
}

/** What a rule reports; `lint` adds the rule's id and, where none is given, its severity. */
export interface Report {
  readonly span: Span;
  readonly message: string;
  readonly severity?: Severity | undefined;
  readonly related?: readonly Related[] | undefined;
  readonly data?: { readonly [key: string]: Json } | undefined;
}

/** A text with the places a rule must mark in «guillemets»; none: it must stay quiet. */
export interface Example {
  readonly text: string;
  /** Ending of the file it stands in; `.md` where not given. */
  readonly extension?: string;
}

/** One rule, with all that is said about it anywhere: its page, setting and README row are made from this. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  /** One sentence: why an editor should care. */
  readonly why: string;
  /** What the rule rests on: a guideline, the pack, the editorial standard of the project. */
  readonly basis: string;
  readonly severity: Severity;
  /** Of sentences that read like what the rule marks and say it in words that it does not know. */
  readonly likely?: {
    /** What is said of them, behind their words. */
    readonly message: string;
    /** What exempts a sentence, whatever its words. */
    unless(unit: Unit, context: RuleContext): boolean;
  };
  /** Its findings are dropped where the mark of another rule covers the same words. */
  readonly yields?: boolean;
  check(context: RuleContext): Iterable<Report>;
  /** The fixes of one of its findings, preferred first. Made only when asked for. */
  fixes?(finding: Finding, context: RuleContext): readonly Fix[];
  readonly examples: readonly Example[];
}

/** Words of a text in quotation marks, cut at a word where they are many. */
export const shortened = (words: string): string => (words.length <= 60 ? `“${words}”` : `“${words.slice(0, 60).replace(/\s+\S*$/, '')} …”`);

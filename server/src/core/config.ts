import type { Severity } from './finding';

export type Audience = 'patient' | 'clinician' | 'scholarly';
export type Region = 'us' | 'uk';
export type Reach = 'sentence' | 'paragraph' | 'section';

/** What a workspace, a document or a setting asks for; every field may be left out. */
export interface Config {
  readonly audience?: Audience | undefined;
  readonly region?: Region | undefined;
  /** Severity by rule; `off` switches a rule off. */
  readonly rules?: { readonly [rule: string]: Severity | 'off' } | undefined;
  readonly citations?: { readonly reach?: Reach | undefined } | undefined;
  /** Reads every sentence as if it were about the drug: for scoring the claim model on sets about other topics. */
  readonly anyTopic?: boolean | undefined;
  /** Disclosure ids that are required or left out beyond the pack's own table. */
  readonly disclosures?: { readonly require?: readonly string[] | undefined; readonly ignore?: readonly string[] | undefined } | undefined;
}

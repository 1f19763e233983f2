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
  /** Words that a rule leaves alone, by rule: what it marks and nothing more, in any case. */
  readonly allow?: { readonly [rule: string]: readonly string[] } | undefined;
  readonly citations?: { readonly reach?: Reach | undefined } | undefined;
  /** The day, `YYYY-MM-DD`, by which suppressions expire; the engine has no clock of its own. */
  readonly today?: string | undefined;
  /** Reads every sentence as if it were about the drug: for scoring the claim model on sets about other topics. */
  readonly anyTopic?: boolean | undefined;
  /** False: only what rules know by its words, without what the second reader takes for likely. */
  readonly likely?: boolean | undefined;
  /** Disclosure ids that are required or left out beyond the pack's own table. */
  readonly disclosures?: { readonly require?: readonly string[] | undefined; readonly ignore?: readonly string[] | undefined } | undefined;
}

/** One configuration on top of another: what the upper one says holds; rules and their words are taken together. */
export function mergeConfig(under: Config, over: Config): Config {
  const both = <T>(a: T | undefined, b: T | undefined): T | undefined => (a && b ? { ...a, ...b } : b ?? a);
  return clean({
    ...under, ...clean(over),
    rules: both(under.rules, over.rules),
    allow: both(under.allow, over.allow),
    citations: both(under.citations, clean(over.citations ?? {})),
    disclosures: both(under.disclosures, clean(over.disclosures ?? {})),
  });
}

/** Without the fields that say nothing. */
function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined && !(typeof field === 'object' && field !== null && !Array.isArray(field) && Object.keys(field).length === 0))) as T;
}

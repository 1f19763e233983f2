import type { Audience } from './config';
import type { Severity } from './finding';

/** Lines that must be hit by an entry and lines that must not; every entry of a shipped pack has both. */
export interface Tested {
  readonly fires: readonly string[];
  readonly quiet: readonly string[];
}

/** Where a medical fact comes from: ids of the pack's references, or URLs; and when it was last checked. */
export interface Sourced {
  readonly sources: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly reviewed: string;
}

export interface Drug extends Sourced {
  readonly id: string;
  /** Display name. */
  readonly name: string;
  /** Phrases that name it by themselves. */
  readonly names: readonly string[];
  /** Names that count only in a document that also uses one of `names` (slang, ambiguous abbreviations). */
  readonly also: readonly string[];
}

export interface Condition {
  readonly id: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly group: 'psychiatric' | 'pain' | 'other';
}

/** What the evidence for a drug in a condition supports. */
export interface Grade extends Sourced {
  readonly condition: string;
  readonly drug: string;
  readonly grade: 'strong' | 'moderate' | 'limited' | 'insufficient';
  /** The strongest wording that the evidence supports. */
  readonly wording: string;
}

export interface Caveat {
  readonly us: string;
  readonly uk: string;
}

export interface Disclosure extends Sourced, Tested {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly level: 'required' | 'recommended';
  readonly audiences: readonly Audience[];
  /** What in a document calls for it: phrases; empty: always where there is a benefit claim. */
  readonly trigger: readonly string[];
  /** A unit with one of these satisfies it … */
  readonly satisfied: readonly string[];
  /** … unless it also has one of these. */
  readonly not: readonly string[];
  readonly caveat: Caveat;
}

export interface Wording extends Tested {
  readonly id: string;
  readonly rule: 'absolute-language' | 'promotional-language' | 'minimised-risk';
  readonly phrases: readonly string[];
  /** Phrases that take the sting out where they overlap a hit (`not a cure`, `cure period`). */
  readonly unless: readonly string[];
  /** `effect`: counts only where the unit speaks of the drug's effect, evidence or safety. `always`: in any unit about the drug. */
  readonly when: 'always' | 'effect';
  /** Measured replacements by the word or phrase as it stands in the text, lower case; the preferred first. '' deletes. */
  readonly replace: { readonly [found: string]: readonly string[] };
}

export interface KnownError extends Sourced, Tested {
  readonly id: string;
  readonly says: string;
  readonly correction: string;
  readonly severity: Severity;
  readonly phrases: readonly string[];
  readonly unless: readonly string[];
}

export interface Reference {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly authors: string;
  readonly journal: string;
  readonly year: number;
  readonly volumePages: string;
  readonly doi: string;
  readonly pmid: string;
  readonly url: string;
  readonly n: number | null;
  readonly drug: string;
  readonly indication: readonly string[];
  readonly direction: 'supports' | 'mixed' | 'null' | 'harm' | 'context';
  readonly finding: string;
  readonly tier: 'core' | 'extended';
  readonly retracted: boolean;
}

/** What we know about one drug, or (without drugs) about a kind of language. */
export interface Pack {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly reviewed: string;
  readonly drugs: readonly Drug[];
  readonly conditions: readonly Condition[];
  /** Lists of terms by kind: `mechanism`, `routes`, `scales`, `trials`, `comparators`, `regulators`, … */
  readonly terms: { readonly [kind: string]: readonly string[] };
  readonly grades: readonly Grade[];
  readonly disclosures: readonly Disclosure[];
  readonly wordings: readonly Wording[];
  readonly errors: readonly KnownError[];
  readonly references: readonly Reference[];
  readonly journals: readonly { readonly name: string; readonly abbreviations: readonly string[]; readonly from: number | null; readonly to: number | null }[];
}

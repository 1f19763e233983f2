import type { Audience } from './config';
import type { Document } from './document';
import type { Plan } from './plan';
import type { Span } from './text';

/** Kinds of claim, the strongest first. */
export const CLAIM_KINDS = ['study', 'statistic', 'approval', 'comparison', 'efficacy', 'safety', 'mechanism', 'prevalence'] as const;
export type ClaimKind = typeof CLAIM_KINDS[number];

/** How strongly a claim ties its effect to the drug. */
export type Strength = 'none' | 'association' | 'conditional' | 'direct';

/** A unit that asserts something about the drug that a reader could check against evidence. */
export interface Claim {
  readonly unit: number;
  /** Never empty; strongest first. */
  readonly kinds: readonly ClaimKind[];
  /** The phrase that carries the claim, in the source. */
  readonly span: Span;
  /** Condition ids of the packs that the unit or its list's lead-in names. */
  readonly conditions: readonly string[];
  readonly hedged: boolean;
  readonly negated: boolean;
  readonly strength: Strength;
  /** Says that the drug helps: what disclosures are called for by. */
  readonly benefit: boolean;
  /** Indexes into `document.citations` of those in reach. */
  readonly citations: readonly number[];
}

/** What is known of a document before any rule runs. */
export interface Analysis {
  readonly inScope: boolean;
  readonly audience: Audience;
  readonly claims: readonly Claim[];
  /** For each unit: whether it is about a drug of the packs. */
  readonly about: readonly boolean[];
}

export function analyse(document: Document, _plan: Plan): Analysis {
  return { inScope: false, audience: 'patient', claims: [], about: document.units.map(() => false) };
}

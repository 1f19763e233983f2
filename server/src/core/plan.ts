import type { Bibliography } from './bibliography/index';
import type { Config } from './config';
import { CUES, type Cue } from './cues';
import type { Condition, Drug, Pack } from './pack';
import { Matcher } from './phrases';
import { builtinReader, type SecondReader } from './secondreader';

/** What a phrase of the lexicon says when it is met: a cue, a drug by its name, a condition, a term of a pack. */
export type Sense =
  | { readonly type: 'cue'; readonly cue: Cue }
  | { readonly type: 'drug'; readonly drug: Drug; readonly ambiguous: boolean }
  | { readonly type: 'condition'; readonly condition: Condition };

/** Configuration and packs, compiled once. */
export interface Plan {
  readonly config: Config;
  readonly packs: readonly Pack[];
  /** Changes whenever anything it was compiled from changes. */
  readonly key: string;
  /** The general cues and the packs' names in one automaton. */
  readonly lexicon: Matcher<Sense>;
  /** The bibliographies that a document can cite from, as its host found them; empty where none is known. */
  readonly library: readonly Bibliography[];
  /** What was learnt from labelled sentences; `secondReaderOf` gives it where it may speak. */
  readonly second: SecondReader;
}

/** The second reader of a plan; undefined where the configuration does without, and on any topic, of which it has read nothing. */
export const secondReaderOf = ({ config, second }: Plan): SecondReader | undefined => (config.likely === false || config.anyTopic ? undefined : second);

/** Terms of a pack that say what the general cues say, by kind of term. */
const TERM_CUES: { readonly [kind: string]: Cue } = { mechanism: 'body', comparators: 'other' };

function* entries(packs: readonly Pack[]): Iterable<{ phrase: string; value: Sense }> {
  for (const [cue, phrases] of Object.entries(CUES)) {
    const value: Sense = { type: 'cue', cue: cue as Cue };
    for (const phrase of phrases) yield { phrase, value };
  }
  for (const pack of packs) {
    for (const drug of pack.drugs) {
      const value: Sense = { type: 'drug', drug, ambiguous: false };
      for (const phrase of drug.names) yield { phrase, value };
      const also: Sense = { type: 'drug', drug, ambiguous: true };
      for (const phrase of drug.also) yield { phrase, value: also };
    }
    for (const condition of pack.conditions) {
      const value: Sense = { type: 'condition', condition };
      for (const phrase of condition.names) yield { phrase, value };
    }
    for (const [kind, terms] of Object.entries(pack.terms)) {
      const cue = TERM_CUES[kind];
      if (!cue) continue;
      const value: Sense = { type: 'cue', cue };
      for (const phrase of terms) yield { phrase, value };
    }
  }
}

/** @throws PhraseError where a phrase of a pack can not be read; the pack reader leaves such phrases out. */
export function compilePlan(config: Config, packs: readonly Pack[], second: SecondReader = builtinReader()): Plan {
  const key = JSON.stringify([config, packs.map((pack) => [pack.id, pack.version, pack.reviewed])]);
  return { config, packs, key, lexicon: new Matcher(entries(packs)), library: [], second };
}

let libraries = 0;

/** The plan for documents that cite from these bibliographies. Hosts keep what they get, so that equal libraries are one plan. */
export const withLibrary = (plan: Plan, library: readonly Bibliography[]): Plan =>
  (library.length === 0 ? plan : { ...plan, library, key: `${plan.key} library ${++libraries}` });

// A second reader beside the claim model. The model knows what a claim is made of and misses what is said in words that
// it has not met; this knows nothing and has read many labelled sentences. It weighs the words of a sentence, by a
// logistic regression (claim check-worthiness detection, as in Hassan et al. 2017), and speaks up only where it is sure:
// a sentence that reads like those in which editors want a citation is a claim, one that reads like none is not marked.
// `npm run learn` makes the weights from the labelled articles of the tests.
import type { Block } from './formats/format';
import { ofReading, type Reading } from './reading';
import learnt from './checkworthy.json';

/** What a sentence is by where it stands. */
export interface Setting {
  readonly kind: Block['kind'];
  readonly about: boolean;
  /** Somebody's own words. */
  readonly voiced: boolean;
  readonly audience: string;
}

/** A word without its ending, roughly: forms of a word weigh the same. */
const stem = (word: string): string => (/\d/.test(word) ? (word.endsWith('%') ? '<pct>' : '<num>') : word.replace(/ies$/, 'y').replace(/(?:ing|ed|es|s)$/, '').slice(0, 9));

/** What is longer is no sentence. */
const MOST_WORDS = 120;

/** What of a sentence's own words is weighed: its words, its cues, and its cues by what else is named. */
export function featuresOf(reading: Reading): readonly string[] {
  const words = (reading.text.slice(0, 10 * MOST_WORDS).toLowerCase().match(/[a-z']+|\d+(?:\.\d+)?%?|[?:;]/g) ?? []).slice(0, MOST_WORDS).map(stem);
  const out = new Set(words);
  const [drug, condition] = [reading.drugs.length > 0, reading.conditions.length > 0];
  const named = `${drug ? ' drug' : ''}${condition ? ' condition' : ''}`;
  for (const cue of reading.cues.keys()) {
    out.add(`cue:${cue}`);
    out.add(`cue:${cue} with${named}`);
  }
  if (drug) out.add('has:drug');
  if (condition) out.add('has:condition');
  if (drug && condition) out.add('has:both');
  if (reading.denied.length > 0) out.add('has:denial');
  if (reading.question) out.add('has:question');
  out.add(`length:${Math.min(6, words.length >> 2)}`);
  if (words.length > 0) out.add(`first:${words[0]!}`);
  return [...out];
}

/** What of where it stands is weighed. */
export const settingOf = ({ kind, about, voiced, audience }: Setting): readonly string[] => [`kind:${kind}`, `about:${about}`, `voiced:${voiced}`, `audience:${audience}`];

const { bias, weights } = learnt as { readonly bias: number; readonly weights: { readonly [feature: string]: number } };
const weightOf = new Map(Object.entries(weights));
const sum = (features: readonly string[]): number => features.reduce((total, feature) => total + (weightOf.get(feature) ?? 0), 0);

const ownWeight = ofReading((reading) => sum(featuresOf(reading)));
/** Of settings there are few. */
const settings = new Map<string, number>();

function settingWeight(setting: Setting): number {
  const key = setting.kind + (setting.about ? '+' : '-') + (setting.voiced ? '+' : '-') + setting.audience;
  let weight = settings.get(key);
  if (weight === undefined) settings.set(key, weight = sum(settingOf(setting)));
  return weight;
}

/** How much a sentence reads like one that wants a citation, as log odds; what it is cited by does not count. */
export const checkworthiness = (reading: Reading, setting: Setting): number => (bias + ownWeight(reading) + settingWeight(setting)) / 100;

/** From here on it is a claim, whatever the claim model says of it. */
export const WORTHY = 0.75;
/** From here down it is not marked, whatever the claim model says of it. */
export const UNWORTHY = -4;

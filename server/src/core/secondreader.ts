// A second reader beside the claim model and the rules. These know what a claim, a testimonial or a disclosure is made of
// and miss what is said in words that they have not met; this knows nothing and has read many labelled sentences. It
// weighs the words of a sentence, by a logistic regression for each question (claim check-worthiness detection, as in
// Hassan et al. 2017), and speaks up only where it is sure. `npm run learn` makes the weights from the labelled articles
// and sentences of the tests.
import type { Block } from './formats/format';
import { ofReading, type Reading } from './reading';
import builtin from './secondreader.json';

/** What is asked of a sentence: whether a rule would mark it, by the rule's id, or whether it makes a disclosure, by `says` and the disclosure's id. */
export type Question = string;

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

/** Weights as log odds a hundredfold, in whole numbers: the file is read by people, too. */
export interface Learnt {
  readonly questions: readonly Question[];
  /** By question. */
  readonly bias: readonly number[];
  /** By feature: the place of a question and the weight for it, in turn. */
  readonly weights: { readonly [feature: string]: readonly number[] };
}

export class SecondReader {
  readonly #places: ReadonlyMap<Question, number>;
  readonly #weights: ReadonlyMap<string, readonly number[]>;
  readonly #bias: readonly number[];
  /** By kind and audience, then about or not, voiced or not. */
  readonly #settings = new Map<string, Map<string, (Int32Array | undefined)[]>>();
  readonly #own = ofReading((reading) => this.#sum(featuresOf(reading)));

  constructor({ questions, bias, weights }: Learnt) {
    this.#places = new Map(questions.map((question, place) => [question, place]));
    this.#weights = new Map(Object.entries(weights));
    this.#bias = bias;
  }

  #sum(features: readonly string[]): Int32Array {
    const out = new Int32Array(this.#bias.length);
    for (const feature of features) {
      const own = this.#weights.get(feature);
      if (own) for (let i = 0; i < own.length; i += 2) out[own[i]!]! += own[i + 1]!;
    }
    return out;
  }

  /** The log odds that the answer is yes, as far as a sentence's words and setting tell; -Infinity where it has not learnt the question. */
  odds(question: Question, reading: Reading, setting: Setting): number {
    const place = this.#places.get(question);
    if (place === undefined) return -Infinity;
    return (this.#bias[place]! + this.#own(reading)[place]! + this.#around(setting)[place]!) / 100;
  }

  #around(setting: Setting): Int32Array {
    let audiences = this.#settings.get(setting.kind);
    if (!audiences) this.#settings.set(setting.kind, audiences = new Map());
    let four = audiences.get(setting.audience);
    if (!four) audiences.set(setting.audience, four = []);
    return four[(setting.about ? 2 : 0) + (setting.voiced ? 1 : 0)] ??= this.#sum(settingOf(setting));
  }
}

/** That of the labelled articles. */
export const SECOND_READER = new SecondReader(builtin as Learnt);

/** From here on the answer is yes, whatever else is known; from here down it is no. */
export interface Sure {
  readonly yes: number;
  readonly no: number;
}

export const SURE: { readonly [question: Question]: Sure } = {
  'missing-citation': { yes: 0.75, no: -4 },
};

/** Of a question that nothing is sure of. */
export const UNSURE: Sure = { yes: Infinity, no: -Infinity };

// A second reader beside the claim model and the rules. These know what a claim, a testimonial or a disclosure is made of
// and miss what is said in words that they have not met; this knows nothing and has read many labelled sentences. It
// weighs the words of a sentence (claim check-worthiness detection, as in Hassan et al. 2017) and speaks up only where it
// is sure. `npm run learn` makes the weights from the labelled articles and sentences of the tests.
import type { Block } from './formats/format';
import { ofReading, type Reading } from './reading';
import builtin from './secondreader.json';

/** What is asked of a sentence: whether a rule would mark it, by the rule's id; whether it makes a disclosure, by `says`, or a known error, by `errs`, with the pack's id and its own. */
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
  // What is denied weighs otherwise: `does not cure`.
  for (const { start, end } of reading.denied) {
    if (start > 10 * MOST_WORDS) break;
    for (const word of reading.text.slice(start, Math.min(end, start + 10 * MOST_WORDS)).toLowerCase().match(/[a-z']+/g) ?? []) out.add(`not:${stem(word)}`);
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

/** Characters that stand for whole numbers from -45 to 45; none needs an escape in JSON. */
const DIGITS = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i)).filter((c) => c !== '\\').join('');
const MIDDLE = (DIGITS.length - 1) / 2;

/** A matrix in rows: a character a number, to be multiplied by the scale of its column. */
export interface PackedMatrix {
  readonly scales: readonly number[];
  readonly rows: string;
}

/** Packs a matrix with so many columns; numbers are rounded to 91 steps a column. */
export function packMatrix(matrix: Float64Array, columns: number): PackedMatrix {
  const scales = Array.from({ length: columns }, (_, c) => {
    let most = 0;
    for (let i = c; i < matrix.length; i += columns) most = Math.max(most, Math.abs(matrix[i]!));
    return Number((most / MIDDLE || 1).toPrecision(4));
  });
  return { scales, rows: Array.from(matrix, (value, i) => DIGITS[Math.round(value / scales[i % columns]!) + MIDDLE]!).join('') };
}

function unpackMatrix({ scales, rows }: PackedMatrix): Float32Array {
  const values = new Int8Array(128);
  for (let i = 0; i < DIGITS.length; i++) values[DIGITS.charCodeAt(i)] = i - MIDDLE;
  const out = new Float32Array(rows.length);
  for (let i = 0, c = 0; i < rows.length; i++) {
    out[i] = values[rows.charCodeAt(i)]! * scales[c]!;
    if (++c === scales.length) c = 0;
  }
  return out;
}

/**
 * What was learnt: a network of one hidden layer, which all questions share, and beside it a regression for each (wide
 * and deep, Cheng et al. 2016).
 */
export interface Learnt {
  /** A digest of what it was learnt from. */
  readonly from: string;
  readonly questions: readonly Question[];
  readonly features: readonly string[];
  /** By feature: what it adds to each hidden unit. */
  readonly inner: PackedMatrix;
  readonly innerBias: readonly number[];
  /** By hidden unit: what it adds to the odds of each question. */
  readonly outer: PackedMatrix;
  /** By feature: what it adds to the odds of each question by itself. */
  readonly direct: PackedMatrix;
  readonly bias: readonly number[];
}

/** From `yes` on the answer is yes, whatever else is known; from `no` down it is no. */
interface Sure {
  readonly yes: number;
  readonly no: number;
}

/** How sure it must be, by what helps most with authors that it has not read (`npm run learn`). */
const SURE: { readonly [question: Question]: Sure } = {
  'missing-citation': { yes: 0.5, no: -4 },
  'overstated-evidence': { yes: 0.25, no: -Infinity },
  'bare-statistic': { yes: 0.5, no: -Infinity },
  'approval-status': { yes: 0, no: -Infinity },
  'anecdotal-evidence': { yes: 1, no: -Infinity },
};
const OF_STATEMENTS: { readonly [kind: string]: Sure } = { says: { yes: 0.5, no: -Infinity }, errs: { yes: 0, no: -Infinity } };
/** Words that praise, overdo it or play down it can not tell from a sentence's other words. */
const NEVER: Sure = { yes: Infinity, no: -Infinity };

const sureOf = (question: Question): Sure => SURE[question] ?? OF_STATEMENTS[question.split(' ')[0]!] ?? NEVER;

/** Whether anybody asks it a question. */
export const isAsked = (question: Question): boolean => sureOf(question) !== NEVER;

/** The questions of which it is sure. */
export interface Answers {
  readonly yes: readonly Question[];
  readonly no: readonly Question[];
}

const NONE: readonly Question[] = [];

/** Sums over the features of a sentence or of a setting: for the hidden units, then for the questions. */
type Sums = Float32Array;

export class SecondReader {
  readonly #names: readonly Question[];
  readonly #features: ReadonlyMap<string, number>;
  readonly #inner: Float32Array;
  readonly #outer: Float32Array;
  readonly #direct: Float32Array;
  readonly #hidden: number;
  readonly #count: number;
  readonly #bias: Sums;
  /** By kind and audience, then about or not, voiced or not. */
  readonly #settings = new Map<string, Map<string, (Sums | undefined)[]>>();
  /** What is known of a reading, by the setting in which it was met; mostly there is one. */
  readonly #known = ofReading((): (Answers & { readonly around: Sums })[] => []);
  readonly #sure: readonly Sure[];

  constructor({ questions, features, inner, innerBias, outer, direct, bias }: Learnt) {
    this.#features = new Map(features.map((feature, place) => [feature, place]));
    this.#inner = unpackMatrix(inner);
    this.#outer = unpackMatrix(outer);
    this.#direct = unpackMatrix(direct);
    this.#hidden = innerBias.length;
    this.#count = questions.length;
    this.#bias = Float32Array.from([...innerBias, ...bias]);
    this.#names = questions;
    this.#sure = questions.map(sureOf);
  }

  #sums(features: readonly string[]): Sums {
    const [hidden, count, inner, direct] = [this.#hidden, this.#count, this.#inner, this.#direct];
    const out = new Float32Array(hidden + count);
    for (const feature of features) {
      const place = this.#features.get(feature);
      if (place === undefined) continue;
      for (let h = 0, at = place * hidden; h < hidden; h++) out[h]! += inner[at + h]!;
      for (let q = 0, at = place * count; q < count; q++) out[hidden + q]! += direct[at + q]!;
    }
    return out;
  }

  #around(setting: Setting): Sums {
    let audiences = this.#settings.get(setting.kind);
    if (!audiences) this.#settings.set(setting.kind, audiences = new Map());
    let four = audiences.get(setting.audience);
    if (!four) audiences.set(setting.audience, four = []);
    return four[(setting.about ? 2 : 0) + (setting.voiced ? 1 : 0)] ??= this.#sums(settingOf(setting));
  }

  #odds(reading: Reading, around: Sums): Float32Array {
    const [hidden, count, outer, bias] = [this.#hidden, this.#count, this.#outer, this.#bias];
    const own = this.#sums(featuresOf(reading));
    const odds = new Float32Array(count);
    for (let q = 0; q < count; q++) odds[q] = own[hidden + q]! + around[hidden + q]! + bias[hidden + q]!;
    for (let h = 0; h < hidden; h++) {
      const unit = own[h]! + around[h]! + bias[h]!;
      if (unit > 0) for (let q = 0, at = h * count; q < count; q++) odds[q]! += unit * outer[at + q]!;
    }
    return odds;
  }

  /** The questions of which it is sure, as far as a sentence's words and setting tell. */
  answers(reading: Reading, setting: Setting): Answers {
    const around = this.#around(setting);
    const known = this.#known(reading);
    // Mostly it was met in one setting only; this is asked of every sentence at every keystroke.
    let met = known[0]?.around === around ? known[0] : known.find((one) => one.around === around);
    if (!met) {
      const odds = this.#odds(reading, around);
      const those = (test: (odds: number, sure: Sure) => boolean): readonly Question[] => {
        const out = this.#names.filter((_, q) => test(odds[q]!, this.#sure[q]!));
        return out.length > 0 ? out : NONE;
      };
      known.push(met = { around, yes: those((of, { yes }) => of > yes), no: those((of, { no }) => of < no) });
    }
    return met;
  }
}

let ours: SecondReader | undefined;

/** That of the labelled articles; made when the first plan wants it, not at start-up. */
export const builtinReader = (): SecondReader => ours ??= new SecondReader(builtin as Learnt);


// Learns the weights of the second reader (`core/secondreader.ts`) from labelled articles and sentences: for each
// question a logistic regression, with steps that shrink for what has been seen often (Adagrad, Duchi et al. 2011). The
// same articles give the same weights.
import { compilePlan, formatOfPath, lint, parseDocument } from '../server/src/core/index';
import { featuresOf, SecondReader, settingOf, type Learnt, type Question } from '../server/src/core/secondreader';
import { builtinPacks } from '../server/src/packs';
import { score, type Count, type Gold, type Range } from './gold/score';
import { labelledArticles, labelledSentences, silentTexts, type LabelledArticle } from './labelled/index';
import { random } from './random';

/** The rules that the second reader is asked about. */
export const ASKED: readonly string[] = ['missing-citation', 'overstated-evidence', 'bare-statistic', 'approval-status', 'anecdotal-evidence', 'absolute-language', 'minimised-risk', 'promotional-language'];

/** A labelled sentence: places of its features, and the answers that are known. */
interface Row {
  readonly author: string;
  readonly features: readonly number[];
  readonly answers: ReadonlyMap<Question, boolean>;
}

export interface Rows {
  readonly features: readonly string[];
  readonly rows: readonly Row[];
}

const PACKS = builtinPacks();
const DISCLOSURES = PACKS.flatMap((pack) => pack.disclosures.map(({ id }) => id));
const ALONE = compilePlan({ secondReader: false }, PACKS);

const touches = ([from, to]: Range, [start, end]: Range): boolean => from < end && start < to;

/** Where a sentence stands that is labelled by itself: in a text on the treatment. */
const BEFORE = '# About ketamine\n\nSome clinics give ketamine to people with depression.\n\n';

/** Every labelled sentence, in its article or by itself. */
export function labelledRows(): Rows {
  const places = new Map<string, number>();
  const placeOf = (feature: string): number => {
    let place = places.get(feature);
    if (place === undefined) places.set(feature, place = places.size);
    return place;
  };
  const rows: Row[] = [];
  const add = (author: string, name: string, text: string, answersOf: (at: Range, cited: boolean) => ReadonlyMap<Question, boolean>): void => {
    const format = formatOfPath(name);
    if (!format) return;
    const document = parseDocument(text, format);
    const { analysis } = lint(document, ALONE);
    if (!analysis.inScope) return;
    const citing = new Set(document.citations.filter(({ form }) => form !== 'needed').map(({ unit }) => unit));
    for (const claim of analysis.claims) if (claim.citations.length > 0) citing.add(claim.unit);
    for (const unit of document.units) {
      const answers = answersOf([unit.span.start, unit.span.end], citing.has(unit.index));
      if (answers.size === 0) continue;
      const { kind, quoted } = document.blocks[unit.block]!;
      const setting = { kind, about: analysis.about[unit.index]!, voiced: quoted || analysis.voiced[unit.index]!, audience: analysis.audience };
      rows.push({ author, features: [...featuresOf(analysis.readings[unit.index]!), ...settingOf(setting)].map(placeOf), answers });
    }
  };
  for (const { author, name, text, labels, units } of labelledArticles()) {
    const asked = labels.needed ? ASKED : ['missing-citation'];
    // What a document does not say, none of its sentences says.
    const unsaid = labels.present ? DISCLOSURES.filter((id) => !labels.present!.includes(id) && !labels.unsure?.includes(id)) : [];
    add(author, name, text, (at, cited) => {
      const answers = new Map<Question, boolean>();
      if (units && !units.some((unit) => touches(unit, at))) return answers;
      for (const rule of asked) {
        // Nothing can be learnt from a cited sentence's having no mark.
        if (rule === 'missing-citation' && cited) continue;
        const { marks = [], optional = [] } = labels.rules[rule] ?? {};
        if (marks.some((mark) => touches(mark, at))) answers.set(rule, true);
        else if (!optional.some((mark) => touches(mark, at))) answers.set(rule, false);
      }
      for (const id of unsaid) answers.set(`says ${id}`, false);
      return answers;
    });
  }
  for (const { text, question, answer } of labelledSentences()) {
    const at: Range = [BEFORE.length, BEFORE.length + text.length];
    const answers = new Map([[question, answer]]);
    const none = new Map<Question, boolean>();
    add('sentences', 'a.md', `${BEFORE}${text}\n`, (unit) => (touches(unit, at) ? answers : none));
  }
  const quiet = new Map(ASKED.map((rule) => [rule, false]));
  for (const { name, text } of silentTexts()) add('silent', name, text, () => quiet);
  return { features: [...places.keys()], rows };
}

const ROUNDS = 8;
const STEP = 0.15;
const SHRINK = 3e-3;
/** What is rarer says nothing. */
const SELDOM = 3;
/** The weight of a sentence of which the answer is yes; there are few. */
const YES = 1.5;
/** What two editors have labelled and a third settled weighs twice; of the sentences by themselves as many are claims as not, where in articles it is one in ten. */
const WEIGHT: { readonly [author: string]: number } = { gold: 2, sentences: 0.3 };
/** Weights that matter least are left out. */
const KEPT = 3500;

/** Weights by the place of the feature, the last the bias. */
function learnOne({ features, rows }: Rows, question: Question): Float64Array {
  const used = rows.filter(({ answers }) => answers.has(question));
  const counts = new Int32Array(features.length);
  for (const row of used) for (const f of row.features) counts[f]!++;
  const bias = features.length;
  const seen = used.map(({ author, answers, features: own }) => {
    const yes = answers.get(question)!;
    return { weight: (WEIGHT[author] ?? 1) * (yes ? YES : 1), places: [bias, ...own.filter((f) => counts[f]! >= SELDOM)], yes };
  });
  const weight = new Float64Array(features.length + 1);
  const slope = new Float64Array(features.length + 1);
  const next = random(1);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = seen.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [seen[i], seen[j]] = [seen[j]!, seen[i]!];
    }
    for (const { places, yes, weight: of } of seen) {
      let odds = 0;
      for (const f of places) odds += weight[f]!;
      const error = ((yes ? 1 : 0) - 1 / (1 + Math.exp(-odds))) * of;
      for (const f of places) {
        slope[f]! += error * error;
        weight[f]! += STEP / Math.sqrt(0.01 + slope[f]!) * (error - SHRINK * weight[f]!);
      }
    }
  }
  const order = [...counts.keys()].filter((f) => Math.round(100 * weight[f]!) !== 0).sort((a, b) => Math.abs(weight[b]!) * Math.sqrt(counts[b]!) - Math.abs(weight[a]!) * Math.sqrt(counts[a]!) || a - b);
  for (const f of order.slice(KEPT)) weight[f] = 0;
  return weight;
}

/** The weights of all questions, without what an author has written. */
export function learn(all: Rows, without?: string): Learnt {
  const rows = { ...all, rows: all.rows.filter(({ author }) => author !== without) };
  const questions = [...ASKED, ...DISCLOSURES.map((id) => `says ${id}`)].filter((question) => rows.rows.some(({ answers }) => answers.get(question)));
  const own = questions.map((question) => learnOne(rows, question));
  const bias = own.map((weight) => Math.round(100 * weight.at(-1)!));
  const weights: { [feature: string]: number[] } = {};
  for (const [name, f] of all.features.map((feature, place) => [feature, place] as const).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const pairs = own.flatMap((weight, q) => (Math.round(100 * weight[f]!) === 0 ? [] : [q, Math.round(100 * weight[f]!)]));
    if (pairs.length > 0) weights[name] = pairs;
  }
  return { questions, bias, weights };
}

/** Scores by rule, of one author's articles; of those who labelled missing citations only, these only. */
export function scoreOf(articles: readonly LabelledArticle[], second?: SecondReader): Map<string, Count> {
  const plan = second ? compilePlan({}, PACKS, second) : ALONE;
  const sum = new Map<string, Count>();
  for (const { name, text, labels, units } of articles) {
    const format = formatOfPath(name);
    if (!format) continue;
    const document = parseDocument(text, format);
    const gold: Gold = {
      sha256: '', scope: labels.scope ?? true, audience: labels.audience ?? 'patient', needed: labels.needed ?? [], present: labels.present ?? [], unsure: labels.unsure ?? [],
      units: units ?? document.units.map(({ span }): Range => [span.start, span.end]),
      labels: Object.entries(labels.rules).flatMap(([rule, { marks = [], optional = [] }]) => [...marks.map((unit) => ({ rule, unit })), ...optional.map((unit) => ({ rule, unit, optional: true }))]),
    };
    for (const [rule, { tp, fp, fn }] of score(text, gold, lint(document, plan).findings).counts) {
      if (!labels.needed && rule !== 'missing-citation') continue;
      const old = sum.get(rule) ?? { tp: 0, fp: 0, fn: 0 };
      sum.set(rule, { tp: old.tp + tp, fp: old.fp + fp, fn: old.fn + fn });
    }
  }
  return sum;
}

export const f1 = ({ tp, fp, fn }: Count): number => 2 * tp / (2 * tp + fp + fn);

/** How the marks agree with the editors of one author's articles: of the rules alone, and with a second reader that has not read this author. */
export function leftOut(rows: Rows, author: string): { readonly alone: Map<string, Count>; readonly together: Map<string, Count> } {
  const own = [...labelledArticles()].filter((article) => article.author === author);
  return { alone: scoreOf(own), together: scoreOf(own, new SecondReader(learn(rows, author))) };
}

// Learns the weights of the second reader (`core/secondreader.ts`) from labelled articles and sentences: all questions at
// once, with steps that shrink for what has been seen often (Adagrad, Duchi et al. 2011) and with features left out at
// random (dropout, Srivastava et al. 2014). The same articles give the same weights.
import { createHash } from 'node:crypto';
import { compilePlan, formatOfPath, lint, parseDocument } from '../server/src/core/index';
import { featuresOf, isAsked, packMatrix, SecondReader, settingOf, type Learnt, type Question } from '../server/src/core/secondreader';
import { builtinPacks } from '../server/src/packs';
import { overlap, score, type Count, type Gold, type Range } from './gold/score';
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
const DISCLOSURES = PACKS.flatMap((pack) => pack.disclosures.map(({ id }) => ({ id, question: `says ${pack.id}/${id}` })));
const ERRORS = PACKS.flatMap((pack) => pack.errors.map(({ id }) => `errs ${pack.id}/${id}`));
const ALONE = compilePlan({ likely: false }, PACKS);

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
    const unsaid = labels.present ? DISCLOSURES.filter(({ id }) => !labels.present!.includes(id) && !labels.unsure?.includes(id)) : [];
    add(author, name, text, (at, cited) => {
      const answers = new Map<Question, boolean>();
      if (units && !units.some((unit) => overlap(unit, at))) return answers;
      for (const rule of asked) {
        // Nothing can be learnt from a cited sentence's having no mark.
        if (rule === 'missing-citation' && cited) continue;
        const { marks = [], optional = [] } = labels.rules[rule] ?? {};
        if (marks.some((mark) => overlap(mark, at))) answers.set(rule, true);
        else if (!optional.some((mark) => overlap(mark, at))) answers.set(rule, false);
      }
      for (const { question } of unsaid) answers.set(question, false);
      const { marks = [], optional = [] } = labels.rules['known-error'] ?? {};
      if (labels.needed && ![...marks, ...optional].some((mark) => overlap(mark, at))) for (const question of ERRORS) answers.set(question, false);
      return answers;
    });
  }
  for (const { text, question, answer } of labelledSentences()) {
    const at: Range = [BEFORE.length, BEFORE.length + text.length];
    const answers = new Map([[question, answer]]);
    const none = new Map<Question, boolean>();
    add('sentences', 'a.md', `${BEFORE}${text}\n`, (unit) => (overlap(unit, at) ? answers : none));
  }
  const quiet = new Map(ASKED.map((rule) => [rule, false]));
  for (const { name, text } of silentTexts()) add('silent', name, text, () => quiet);
  return { features: [...places.keys()], rows };
}

/** Networks that are trained by themselves, each from another start, and put side by side: together they err less. */
const NETWORKS = 2;
const HIDDEN = 16;
const ROUNDS = 8;
const STEP = 0.05;
const SHRINK = { inner: 1e-4, direct: 3e-3 };
/** So many of a sentence's features are left out each time that it is read: no word may say all by itself. */
const LEFT_OUT = 0.4;
/** What is rarer says nothing. */
const SELDOM = 6;
/** The weight of a sentence of which the answer is yes; there are few. */
const YES = 1.5;
/** What two editors have labelled and a third settled weighs twice; of the sentences by themselves as many are claims as not, where in articles it is one in ten. */
const WEIGHT: { readonly [author: string]: number } = { gold: 2, silent: 2, sentences: 0.15 };

/** Of what the weights were learnt: changes with every label, cue and setting above. */
export const digestOf = (rows: Rows): string => createHash('sha256').update(JSON.stringify([rows.features, rows.rows.map(({ author, features, answers }) => [author, features, [...answers]]),
  NETWORKS, HIDDEN, ROUNDS, STEP, SHRINK, LEFT_OUT, SELDOM, YES, WEIGHT])).digest('hex').slice(0, 16);

interface Example { readonly weight: number; readonly features: Int32Array; readonly answers: readonly (readonly [question: number, yes: boolean])[] }

/** A network of one hidden layer with a regression beside it, by stochastic gradient with steps that shrink for what was seen often. */
function train(examples: readonly Example[], features: number, questions: number, seed: number) {
  const next = random(seed);
  const order = [...examples];
  const filled = (length: number, value: () => number): Float64Array => new Float64Array(length).map(value);
  const inner = filled(features * HIDDEN, () => (next() - 0.5) * 0.3);
  const outer = filled(HIDDEN * questions, () => (next() - 0.5) * 0.5);
  const direct = new Float64Array(features * questions);
  const innerBias = new Float64Array(HIDDEN);
  const bias = filled(questions, () => -3);
  const seen = { inner: filled(inner.length, () => 0.01), outer: filled(outer.length, () => 0.01), direct: filled(direct.length, () => 0.01), innerBias: filled(HIDDEN, () => 0.01), bias: filled(questions, () => 0.01) };
  const units = new Float64Array(HIDDEN);
  const back = new Float64Array(HIDDEN);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (const { weight, features: all, answers } of order) {
      const own = all.filter(() => next() > LEFT_OUT);
      units.set(innerBias);
      back.fill(0);
      for (const f of own) for (let h = 0; h < HIDDEN; h++) units[h]! += inner[f * HIDDEN + h]!;
      for (const [q, yes] of answers) {
        let odds = bias[q]!;
        for (let h = 0; h < HIDDEN; h++) if (units[h]! > 0) odds += units[h]! * outer[h * questions + q]!;
        for (const f of own) odds += direct[f * questions + q]!;
        const error = (1 / (1 + Math.exp(-odds)) - (yes ? 1 : 0)) * weight * (yes ? YES : 1);
        if (Math.abs(error) < 0.01) continue; // it knows
        seen.bias[q]! += error * error;
        bias[q]! -= STEP / Math.sqrt(seen.bias[q]!) * error;
        for (let h = 0; h < HIDDEN; h++) {
          if (units[h]! <= 0) continue;
          const at = h * questions + q;
          const slope = error * units[h]!;
          back[h]! += error * outer[at]!;
          seen.outer[at]! += slope * slope;
          outer[at]! -= STEP / Math.sqrt(seen.outer[at]!) * (slope + SHRINK.inner * outer[at]!);
        }
        for (const f of own) {
          const at = f * questions + q;
          seen.direct[at]! += error * error;
          direct[at]! -= 2 * STEP / Math.sqrt(seen.direct[at]!) * (error + SHRINK.direct * direct[at]!);
        }
      }
      for (let h = 0; h < HIDDEN; h++) {
        const slope = back[h]!;
        if (slope === 0) continue;
        seen.innerBias[h]! += slope * slope;
        innerBias[h]! -= STEP / Math.sqrt(seen.innerBias[h]!) * slope;
        for (const f of own) {
          const at = f * HIDDEN + h;
          seen.inner[at]! += slope * slope;
          inner[at]! -= STEP / Math.sqrt(seen.inner[at]!) * (slope + SHRINK.inner * inner[at]!);
        }
      }
    }
  }
  return { inner, innerBias, outer, direct, bias };
}

/** Learns the answers to all questions, without what some authors have written. */
export function learn(all: Rows, without: readonly string[] = [], networks = NETWORKS): Learnt {
  const rows = all.rows.filter(({ author }) => !without.includes(author));
  const questions = [...new Set(rows.flatMap(({ answers }) => [...answers].filter(([, yes]) => yes).map(([question]) => question)))].sort();
  const questionAt = new Map(questions.map((question, q) => [question, q]));
  const counts = new Int32Array(all.features.length);
  for (const row of rows) for (const f of row.features) counts[f]!++;
  const kept = [...counts.keys()].filter((f) => counts[f]! >= SELDOM);
  const featureAt = new Map(kept.map((f, place) => [f, place]));
  const examples = rows.map(({ author, features, answers }): Example => ({
    weight: WEIGHT[author] ?? 1,
    features: Int32Array.from(features.flatMap((f) => featureAt.get(f) ?? [])),
    answers: [...answers].flatMap(([question, yes]) => (questionAt.has(question) ? [[questionAt.get(question)!, yes] as const] : [])),
  }));
  const nets = Array.from({ length: networks }, (_, n) => train(examples, kept.length, questions.length, n + 1));
  // Side by side they are one network; where all features are read, each counts for less than when some were left out.
  const share = 1 - LEFT_OUT;
  const inner = new Float64Array(kept.length * HIDDEN * networks);
  const outer = new Float64Array(HIDDEN * networks * questions.length);
  nets.forEach((net, n) => {
    for (let f = 0; f < kept.length; f++) for (let h = 0; h < HIDDEN; h++) inner[(f * networks + n) * HIDDEN + h] = net.inner[f * HIDDEN + h]! * share;
    net.outer.forEach((value, i) => { outer[n * net.outer.length + i] = value / networks; });
  });
  // All questions teach it to read; those that nobody asks it are not passed on.
  const asked = questions.flatMap((question, q) => (isAsked(question) ? [q] : []));
  const columns = (matrix: Float64Array): Float64Array => Float64Array.from({ length: matrix.length / questions.length * asked.length }, (_, i) => matrix[Math.floor(i / asked.length) * questions.length + asked[i % asked.length]!]!);
  const mean = (of: (net: (typeof nets)[number]) => Float64Array): Float64Array => of(nets[0]!).map((_, i) => nets.reduce((sum, net) => sum + of(net)[i]!, 0) / networks);
  const short = (values: Iterable<number>): number[] => [...values].map((value) => Number(value.toFixed(3)));
  return {
    from: digestOf(all), questions: asked.map((q) => questions[q]!), features: kept.map((f) => all.features[f]!),
    inner: packMatrix(inner, HIDDEN * networks), innerBias: short(nets.flatMap((net) => [...net.innerBias])), outer: packMatrix(columns(outer), asked.length),
    direct: packMatrix(columns(mean((net) => net.direct).map((value) => value * share)), asked.length), bias: short(columns(mean((net) => net.bias))),
  };
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

/** How the marks agree with the editors of some authors' articles: of the rules alone, and with a second reader that has not read these. */
export function leftOut(rows: Rows, authors: readonly string[], networks?: number): { readonly alone: Map<string, Count>; readonly together: Map<string, Count> } {
  const own = [...labelledArticles()].filter(({ author }) => authors.includes(author));
  return { alone: scoreOf(own), together: scoreOf(own, new SecondReader(learn(rows, authors, networks))) };
}

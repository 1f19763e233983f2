// Learns the weights of the second reader (`core/checkworthy.ts`) from labelled articles: a logistic regression, with
// steps that shrink for what has been seen often (Adagrad, Duchi et al. 2011). The same articles give the same weights.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { featuresOf, settingOf, UNWORTHY, WORTHY } from '../server/src/core/checkworthy';
import { compilePlan, formatOfPath, lint, parseDocument } from '../server/src/core/index';
import { builtinPacks } from '../server/src/packs';
import type { Gold, Range } from './gold/score';
import { random } from './random';

const HERE = import.meta.dirname;

/** A sentence of a labelled article. */
export interface Row {
  readonly author: string;
  readonly features: readonly string[];
  /** Editors want a citation; 'either' where good editors differ. */
  readonly wanted: boolean | 'either';
  /** Whether it is cited, so that nothing can be learnt from its having no mark. */
  readonly cited: boolean;
  /** It may be a claim by where it stands. */
  readonly open: boolean;
  /** The claim model alone marks it. */
  readonly marked: boolean;
}

interface Labelled { readonly author: string; readonly name: string; readonly text: string; readonly missing: readonly Range[]; readonly optional: readonly Range[]; readonly units?: readonly Range[] }

/** The labelled articles, by author: those of `gold`, and the sets in `labelled`, of which only missing citations are labelled. */
function* labelledArticles(): Iterable<Labelled> {
  const gold = join(HERE, 'gold');
  const files = new Map(readdirSync(join(gold, 'articles')).map((name) => {
    const bytes = readFileSync(join(gold, 'articles', name));
    return [createHash('sha256').update(bytes).digest('hex'), { name, text: bytes.toString('utf8') }] as const;
  }));
  for (const name of readdirSync(join(gold, 'labels')).sort()) {
    const { sha256, labels, units } = JSON.parse(readFileSync(join(gold, 'labels', name), 'utf8')) as Gold;
    const file = files.get(sha256);
    const own = labels.filter(({ rule }) => rule === 'missing-citation');
    if (file) yield { author: 'gold', ...file, units, missing: own.filter(({ optional }) => !optional).map(({ unit }) => unit), optional: own.filter(({ optional }) => optional).map(({ unit }) => unit) };
  }
  for (const author of readdirSync(join(HERE, 'labelled'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()) {
    const labels = JSON.parse(readFileSync(join(HERE, 'labelled', author, 'labels.json'), 'utf8')) as { readonly [name: string]: { readonly missing: readonly Range[]; readonly optional: readonly Range[] } };
    for (const [name, { missing, optional }] of Object.entries(labels)) yield { author, name, text: readFileSync(join(HERE, 'labelled', author, 'articles', name), 'utf8'), missing, optional };
  }
}

/** Sentences of the claim model's tests, each as it stands there in a text on the treatment, and texts that have no mark. */
function* others(): Iterable<Labelled> {
  const before = '# About ketamine\n\nSome clinics give ketamine to people with depression.\n\n';
  const cases = JSON.parse(readFileSync(join(HERE, 'core/cases/claims.json'), 'utf8')) as readonly { readonly claims: readonly string[]; readonly quiet: readonly string[] }[];
  for (const { claims, quiet } of cases) {
    for (const [sentence, wanted] of [...claims.map((one) => [one, true] as const), ...quiet.map((one) => [one, false] as const)]) {
      const at: Range = [before.length, before.length + sentence.length];
      yield { author: 'lines', name: 'a.md', text: `${before}${sentence}\n`, units: [at], missing: wanted ? [at] : [], optional: [] };
    }
  }
  for (const name of readdirSync(join(HERE, 'silent'), { recursive: true, encoding: 'utf8' }).filter((file) => formatOfPath(file)).sort()) yield { author: 'silent', name, text: readFileSync(join(HERE, 'silent', name), 'utf8'), missing: [], optional: [] };
}

/** Every sentence of the labelled articles, and those of the claim model's tests. */
export function labelledRows(): Row[] {
  const plan = compilePlan({ secondReader: false }, builtinPacks());
  const rows: Row[] = [];
  for (const { author, name, text, missing, optional, units } of [...labelledArticles(), ...others()]) {
    const format = formatOfPath(name);
    if (!format) continue;
    const document = parseDocument(text, format);
    const { analysis, findings } = lint(document, plan);
    if (!analysis.inScope) continue;
    const claims = new Map(analysis.claims.map((claim) => [claim.unit, claim]));
    const citing = new Set(document.citations.filter(({ form }) => form !== 'needed').map(({ unit }) => unit));
    const marks = findings.filter(({ rule }) => rule === 'missing-citation').map(({ span }): Range => [span.start, span.end]);
    for (const unit of document.units) {
      const at: Range = [unit.span.start, unit.span.end];
      const touches = (other: Range): boolean => other[0] < at[1] && at[0] < other[1];
      if (units && !units.some(touches)) continue;
      const { kind, quoted } = document.blocks[unit.block]!;
      const reading = analysis.readings[unit.index]!;
      const claim = claims.get(unit.index);
      rows.push({
        author,
        features: [...featuresOf(reading), ...settingOf({ kind, about: analysis.about[unit.index]!, voiced: quoted || analysis.voiced[unit.index]!, audience: analysis.audience })],
        wanted: missing.some(touches) ? true : optional.some(touches) ? 'either' : false,
        cited: citing.has(unit.index) || (claim?.citations.length ?? 0) > 0,
        open: !claim?.told && !analysis.personal && !analysis.voiced[unit.index] && !reading.question && !['heading', 'title', 'reference', 'aside', 'note', 'caption'].includes(kind),
        marked: marks.some(touches),
      });
    }
  }
  return rows;
}

/** Log odds a hundredfold, as whole numbers: the file is read by people, too. */
export interface Learnt { readonly bias: number; readonly weights: { readonly [feature: string]: number } }

const ROUNDS = 8;
const STEP = 0.15;
const SHRINK = 3e-3;
/** What is rarer says nothing. */
const SELDOM = 3;
/** The weight of a sentence that wants a citation; there are few. */
const WANTED = 1.5;
/** What two editors have labelled and a third settled weighs twice; of the tests' own sentences as many want one as not, where in articles it is one in ten. */
const WEIGHT: { readonly [author: string]: number } = { gold: 2, lines: 0.3 };
/** Weights that matter least are left out. */
const KEPT = 3500;

export function learn(rows: readonly Row[]): Learnt {
  const used = rows.filter(({ wanted, cited }) => wanted !== 'either' && !cited);
  const counts = new Map<string, number>();
  for (const { features } of used) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const seen = used.map(({ author, features, wanted }) => ({ weight: (WEIGHT[author] ?? 1) * (wanted ? WANTED : 1), features: ['', ...features.filter((feature) => counts.get(feature)! >= SELDOM)], wanted: wanted === true }));
  const weight = new Map<string, number>();
  const slope = new Map<string, number>();
  const next = random(1);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = seen.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [seen[i], seen[j]] = [seen[j]!, seen[i]!];
    }
    for (const { features, wanted, weight: of } of seen) {
      const odds = features.reduce((total, feature) => total + (weight.get(feature) ?? 0), 0);
      const error = ((wanted ? 1 : 0) - 1 / (1 + Math.exp(-odds))) * of;
      for (const feature of features) {
        const sum = (slope.get(feature) ?? 0) + error * error;
        const old = weight.get(feature) ?? 0;
        slope.set(feature, sum);
        weight.set(feature, old + STEP / Math.sqrt(0.01 + sum) * (error - SHRINK * old));
      }
    }
  }
  const bias = Math.round(100 * (weight.get('') ?? 0));
  weight.delete('');
  const kept = [...weight].map(([feature, value]) => [feature, Math.round(100 * value)] as const)
    .sort(([a, x], [b, y]) => Math.abs(y) * Math.sqrt(counts.get(b)!) - Math.abs(x) * Math.sqrt(counts.get(a)!) || (a < b ? -1 : 1)).slice(0, KEPT).filter(([, value]) => value !== 0);
  return { bias, weights: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

export const oddsOf = ({ bias, weights }: Learnt, { features }: Row): number => features.reduce((total, feature) => total + (weights[feature] ?? 0), bias) / 100;

/** How the marks of the claim model agree with the editors, alone and with a second reader that learnt from other authors. */
export function leftOut(rows: readonly Row[], author: string) {
  const learnt = learn(rows.filter((row) => row.author !== author));
  const f1 = (marks: (row: Row) => boolean) => {
    let [tp, fp, fn] = [0, 0, 0];
    for (const row of rows) {
      if (row.author !== author || row.wanted === 'either') continue;
      const mark = marks(row);
      if (mark && row.wanted) tp++;
      else if (mark) fp++;
      else if (row.wanted) fn++;
    }
    return { tp, fp, fn, f1: 2 * tp / (2 * tp + fp + fn) };
  };
  return {
    alone: f1(({ marked }) => marked),
    together: f1((row) => {
      const odds = oddsOf(learnt, row);
      return row.marked ? odds > UNWORTHY : row.open && !row.cited && odds > WORTHY;
    }),
  };
}

// Scores findings against the labels of medical editors. Rules about a unit match by overlap with the unit, rules
// about wording by overlap with the words, disclosures by their ids.
import type { Finding } from '../../server/src/core/finding';

/** Half-open UTF-16 offsets. */
export type Range = readonly [number, number];

export interface Label {
  readonly rule: string;
  readonly unit: Range;
  readonly span?: Range;
  readonly kind?: string;
  readonly optional?: boolean;
}

export interface Gold {
  readonly sha256: string;
  readonly units: readonly Range[];
  readonly labels: readonly Label[];
  readonly needed: readonly string[];
  readonly present: readonly string[];
  readonly unsure?: readonly string[];
  readonly scope: boolean;
  readonly audience: string;
}

export interface Count { readonly tp: number; readonly fp: number; readonly fn: number }

/** What differs between findings and labels: `missed` is a label without a finding, `false alarm` the reverse. */
export interface Miss { readonly rule: string; readonly what: 'missed' | 'false alarm'; readonly text: string; readonly at: number }

export interface Score { readonly counts: ReadonlyMap<string, Count>; readonly misses: readonly Miss[] }

const UNIT_RULES = ['missing-citation', 'overstated-evidence', 'bare-statistic', 'unmatched-study', 'anecdotal-evidence', 'approval-status', 'known-error', 'unresolved-citation'];
export const SPAN_RULES: readonly string[] = ['absolute-language', 'promotional-language', 'minimised-risk'];
const DISCLOSURE = 'missing-disclosure';

export const overlap = (a: Range, b: Range): boolean => a[0] < b[1] && b[0] < a[1];

/** Scores the findings of one document. */
export function score(text: string, gold: Gold, findings: readonly Finding[]): Score {
  const counts = new Map<string, Count>();
  const misses: Miss[] = [];
  const quote = ([from, to]: Range) => text.slice(from, to).replace(/\s+/g, ' ');
  const seen = findings.map(({ rule, span }) => ({ rule, at: [span.start, span.end] as const }))
    .filter(({ at }) => gold.units.some((unit) => overlap(unit, at)));
  for (const rule of [...UNIT_RULES, ...SPAN_RULES]) {
    const byUnit = UNIT_RULES.includes(rule);
    const place = (label: Label): Range => byUnit ? label.unit : label.span ?? label.unit;
    const labels = gold.labels.filter((label) => label.rule === rule);
    const wanted = [...new Map(labels.filter((label) => !label.optional).map((label) => [place(label).join(), place(label)])).values()];
    const optional = labels.filter((label) => label.optional).map(place);
    const hits = new Set<Range>();
    const alarms = new Set<string>();
    for (const { at } of seen.filter((one) => one.rule === rule)) {
      const met = wanted.filter((place) => overlap(place, at));
      met.forEach((place) => hits.add(place));
      if (met.length > 0 || optional.some((place) => overlap(place, at))) continue;
      const key = (byUnit ? gold.units.find((unit) => overlap(unit, at)) ?? at : at).join(); // two marks in one unit are one alarm
      if (alarms.has(key)) continue;
      alarms.add(key);
      misses.push({ rule, what: 'false alarm', text: quote(at), at: at[0] });
    }
    for (const place of wanted) if (!hits.has(place)) misses.push({ rule, what: 'missed', text: quote(place), at: place[0] });
    counts.set(rule, { tp: hits.size, fp: alarms.size, fn: wanted.length - hits.size });
  }
  const missing = new Set(gold.needed.filter((id) => !gold.present.includes(id)));
  const said = new Set(findings.filter(({ rule }) => rule === DISCLOSURE).flatMap(({ data }) => data['missing'] as readonly string[] ?? []));
  const lost = [...missing].filter((id) => !said.has(id));
  const wrong = [...said].filter((id) => !missing.has(id) && !gold.unsure?.includes(id));
  lost.forEach((id) => misses.push({ rule: DISCLOSURE, what: 'missed', text: id, at: 0 }));
  wrong.forEach((id) => misses.push({ rule: DISCLOSURE, what: 'false alarm', text: id, at: 0 }));
  counts.set(DISCLOSURE, { tp: missing.size - lost.length, fp: wrong.length, fn: lost.length });
  return { counts, misses };
}

/** Adds up the counts of several documents, with `all` for all rules together. */
export function total(scores: readonly Score[]): ReadonlyMap<string, Count> {
  const sum = new Map<string, Count>();
  const add = (key: string, { tp, fp, fn }: Count) => {
    const was = sum.get(key) ?? { tp: 0, fp: 0, fn: 0 };
    sum.set(key, { tp: was.tp + tp, fp: was.fp + fp, fn: was.fn + fn });
  };
  for (const { counts } of scores) for (const [rule, count] of counts) add(rule, count);
  const rules = [...sum.values()];
  for (const count of rules) add('all', count);
  return sum;
}

export const precision = ({ tp, fp }: Count): number => tp / (tp + fp);
export const recall = ({ tp, fn }: Count): number => tp / (tp + fn);
/** 0 where there is nothing right; NaN where there is neither a label nor a finding. */
export const f1 = ({ tp, fp, fn }: Count): number => 2 * tp / (2 * tp + fp + fn);

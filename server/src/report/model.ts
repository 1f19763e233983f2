// What a report is made from: plain data, so that workers, caches, shards and the editor can hand it on. The published
// schema (docs/report.schema.json) describes it.
import {
  fixOf, LineIndex, RULES, type Finding, type LinePosition, type LintResult, type Plan, type Rule, type Severity, type Span,
} from '../core/index';
import { disclosuresOf } from '../core/disclosures';
import type { Json } from '../core/finding';

/** Zero-based lines and UTF-16 offsets in them, as in LSP. */
export interface Range {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

export interface FixModel {
  readonly title: string;
  readonly kind: 'safe' | 'judgement';
  readonly preferred: boolean;
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
}

export interface FindingModel {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly data: { readonly [key: string]: Json };
  /** The words that are marked, shortened where they are long. */
  readonly excerpt: string;
  /** Names the finding by its words and their sentence: the same after edits elsewhere. */
  readonly fingerprint: string;
  readonly related: readonly { readonly message: string; readonly range: Range }[];
  readonly fixes: readonly FixModel[];
}

export interface ClaimModel {
  readonly kinds: readonly string[];
  readonly range: Range;
  readonly text: string;
  /** The sentence, item or cell that makes it. */
  readonly unit: string;
  /** What the claim is said to be treated; forms and comparisons of treatment are left out. */
  readonly conditions: readonly { readonly id: string; readonly name: string }[];
  readonly hedged: boolean;
  readonly negated: boolean;
  readonly strength: string;
  readonly benefit: boolean;
  readonly citations: readonly { readonly form: string; readonly keys: readonly string[]; readonly text: string; readonly range: Range }[];
  /** The section it stands in, by its place in `sections`; -1 before the first heading. */
  readonly section: number;
}

export interface DisclosureModel {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly level: 'required' | 'recommended';
  /** Where the document makes it; null: it does not. */
  readonly place: Range | null;
  readonly excerpt: string;
  /** The standard sentence. */
  readonly caveat: string;
  readonly sources: readonly string[];
  readonly reviewed: string;
}

export interface SuppressionModel {
  readonly form: string;
  readonly rules: readonly string[];
  readonly reason: string;
  /** `YYYY-MM-DD`, or ''. */
  readonly until: string;
  readonly range: Range;
  /** What it holds back. */
  readonly findings: readonly FindingModel[];
}

export interface DocumentModel {
  /** As it is shown to people: relative, with slashes; or an address. */
  readonly path: string;
  readonly title: string;
  readonly audience: string;
  readonly inScope: boolean;
  readonly lines: number;
  readonly words: number;
  readonly findings: readonly FindingModel[];
  readonly claims: readonly ClaimModel[];
  readonly sections: readonly { readonly title: string; readonly level: number; readonly line: number }[];
  /** Those that the document needs. */
  readonly disclosures: readonly DisclosureModel[];
  readonly suppressions: readonly SuppressionModel[];
  /** Sentences that speak of benefit or risk, with their places along the document from 0 to 1. */
  readonly strip: readonly { readonly tone: 'benefit' | 'risk'; readonly at: number; readonly line: number }[];
  readonly faults: readonly { readonly where: string; readonly message: string }[];
}

export interface Problem {
  readonly path: string;
  readonly message: string;
}

export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  /** `YYYY-MM-DD`, or '' where nobody said. */
  readonly date: string;
  readonly packs: readonly { readonly id: string; readonly name: string; readonly version: string; readonly reviewed: string }[];
  /** Those that occur in the documents. */
  readonly rules: readonly { readonly id: string; readonly title: string; readonly why: string; readonly basis: string; readonly severity: Severity }[];
  readonly documents: readonly DocumentModel[];
  /** Files that could not be checked, or a part of the check that failed. */
  readonly errors: readonly Problem[];
}

const LONGEST = 240;

/** A fix is made for so many findings of a document: a text with more has other needs. */
const MOST_FIXED = 40;

/** One line, cut at a word. */
export function shorten(text: string, longest = LONGEST): string {
  const line = text.slice(0, 8 * longest).replace(/\s+/gu, ' ').trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/\s+\S{0,40}$/, '')} …`;
}

/** Two FNV-1a hashes side by side, as 16 hexadecimal digits: for telling findings apart, not for keeping secrets. */
export function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c ^ (a >>> 13), 0x85ebca6b);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

const RISKS: ReadonlySet<string> = new Set(['safety']);

/** The model of a checked document. Fixes, the first choice of each finding, are made only where asked for: they cost as much as all else. */
export function modelOf(path: string, result: LintResult, plan: Plan, options: { readonly fixes?: boolean; readonly rules?: readonly Rule[] } = {}): DocumentModel {
  const { document, analysis } = result;
  const { text, units, blocks } = document;
  const lines = new LineIndex(text);
  const range = ({ start, end }: Span): Range => ({ start: lines.positionAt(start), end: lines.positionAt(end) });
  const plain = (words: string): string => words.replace(/\s+/gu, ' ').trim().toLowerCase();

  const unitAt = (offset: number): string => {
    let low = 0;
    let high = units.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (units[middle]!.span.start <= offset) low = middle;
      else high = middle - 1;
    }
    return units[low]?.text ?? '';
  };
  let fixed = 0;
  const findingOf = (finding: Finding): FindingModel => {
    const { missing } = finding.data;
    // Where something is missing from the whole, the place it is shown at says nothing.
    const key = Array.isArray(missing) ? JSON.stringify(missing) : `${plain(text.slice(finding.span.start, finding.span.end))}\0${plain(unitAt(finding.span.start))}`;
    const fix = options.fixes && fixed++ < MOST_FIXED ? fixOf(finding, result, plan, options.rules ?? RULES) : undefined;
    return {
      rule: finding.rule, severity: finding.severity, message: finding.message, range: range(finding.span), data: finding.data,
      excerpt: shorten(text.slice(finding.span.start, finding.span.end)),
      fingerprint: hash(`${finding.rule}\0${key}`),
      related: finding.related.slice(0, 20).map(({ span: at, message }) => ({ message, range: range(at) })),
      fixes: fix ? [{ title: fix.title, kind: fix.kind, preferred: true, edits: fix.edits.map((edit) => ({ range: range(edit.span), text: edit.text })) }] : [],
    };
  };

  const headings = blocks.flatMap((block, b) => (block.kind === 'heading' ? [{ b, title: shorten(document.texts[b]!.text, 120), level: block.level, line: lines.positionAt(block.span.start).line }] : []));
  const sectionOf = (unit: number): number => {
    const block = units[unit]!.block;
    return headings.findLastIndex(({ b }) => b <= block);
  };
  const conditions = new Map(plan.packs.flatMap((pack) => pack.conditions.filter(({ group }) => group !== 'form').map(({ id, name }) => [id, { id, name }] as const)));
  const claims = analysis.claims.map((claim): ClaimModel => ({
    kinds: claim.kinds, range: range(claim.span), text: shorten(text.slice(claim.span.start, claim.span.end)), unit: shorten(units[claim.unit]?.text ?? '', 400),
    conditions: claim.conditions.flatMap((id) => conditions.get(id) ?? []), hedged: claim.hedged, negated: claim.negated, strength: claim.strength, benefit: claim.benefit,
    citations: claim.citations.flatMap((index) => {
      const citation = document.citations[index];
      return citation ? [{ form: citation.form, keys: citation.keys, text: shorten(text.slice(citation.span.start, citation.span.end), 80), range: range(citation.span) }] : [];
    }),
    section: sectionOf(claim.unit),
  }));

  const region = plan.config.region ?? 'us';
  const states = analysis.inScope ? disclosuresOf(document, analysis, plan) : [];
  const disclosures = states.filter(({ needed }) => needed).map(({ disclosure, level, place }): DisclosureModel => ({
    id: disclosure.id, title: disclosure.title, why: disclosure.why, level, place: place ? range(place.span) : null,
    excerpt: place ? shorten(text.slice(place.span.start, place.span.end)) : '', caveat: disclosure.caveat[region], sources: disclosure.sources, reviewed: disclosure.reviewed,
  }));

  const benefit = new Set(analysis.claims.filter((claim) => claim.benefit).map((claim) => claim.unit));
  const risk = new Set([
    ...analysis.claims.filter((claim) => claim.negated || claim.kinds.some((kind) => RISKS.has(kind)) && !claim.benefit).map((claim) => claim.unit),
    ...states.flatMap(({ place }) => (place ? [place.unit] : [])),
    ...(analysis.inScope ? units.filter(({ index }) => analysis.about[index] && (analysis.readings[index]?.cues.get('harm')?.length ?? 0) > 0 && !benefit.has(index)).map(({ index }) => index) : []),
  ]);
  const tones = (of: ReadonlySet<number>, tone: 'benefit' | 'risk') => [...of].flatMap((index) => {
    const unit = units[index];
    return unit ? [{ tone, at: Math.round(1000 * unit.span.start / Math.max(1, text.length)) / 1000, line: lines.positionAt(unit.span.start).line }] : [];
  });
  const heldBack = new Map<object, FindingModel[]>();
  for (const { finding, by } of result.suppressed) heldBack.set(by, [...heldBack.get(by) ?? [], findingOf(finding)]);
  const titleAt = blocks.findIndex(({ kind, level }) => kind === 'title' || kind === 'heading' && level <= 1);

  return {
    path, title: titleAt < 0 ? '' : shorten(document.texts[titleAt]!.text, 160), audience: analysis.audience, inScope: analysis.inScope,
    lines: lines.lineCount, words: units.reduce((sum, unit) => sum + unit.text.split(' ').length, 0),
    findings: result.findings.map(findingOf), claims,
    sections: headings.map(({ title, level, line }) => ({ title, level, line })),
    disclosures,
    suppressions: document.suppressions.map((by) => ({ form: by.form, rules: by.rules, reason: shorten(by.reason), until: by.until, range: range(by.span), findings: heldBack.get(by) ?? [] })),
    strip: [...tones(benefit, 'benefit'), ...tones(risk, 'risk')].sort((a, b) => a.at - b.at),
    faults: result.faults,
  };
}

/** A report on documents; names the rules that occur in them. */
export function reportOf(parts: Omit<Report, 'rules' | 'packs'> & { readonly packs: readonly { readonly id: string; readonly name: string; readonly version: string; readonly reviewed: string }[] }, rules: readonly Rule[] = RULES): Report {
  const seen = new Set(parts.documents.flatMap(({ findings, suppressions }) => [...findings, ...suppressions.flatMap((by) => by.findings)].map(({ rule }) => rule)));
  return {
    tool: parts.tool, date: parts.date, packs: parts.packs.map(({ id, name, version, reviewed }) => ({ id, name, version, reviewed })),
    rules: rules.filter(({ id }) => seen.has(id)).map(({ id, title, why, basis, severity }) => ({ id, title, why, basis, severity })),
    documents: parts.documents, errors: parts.errors,
  };
}

/** Several reports as one: for the shards of a run. A document that stands in two is taken from the later one. */
export function mergeReports(reports: readonly Report[]): Report {
  const once = <T>(lists: readonly (readonly T[])[], key: (item: T) => string): T[] => [...new Map(lists.flat().map((item) => [key(item), item])).values()];
  return {
    tool: reports[0]?.tool ?? { name: 'caveat', version: '' },
    date: reports.map(({ date }) => date).sort().at(-1) ?? '',
    packs: once(reports.map(({ packs }) => packs), ({ id, version }) => `${id}\0${version}`),
    rules: once(reports.map(({ rules }) => rules), ({ id }) => id).sort((a, b) => RULES.findIndex(({ id }) => id === a.id) - RULES.findIndex(({ id }) => id === b.id)),
    documents: once(reports.map(({ documents }) => documents), ({ path }) => path).sort((a, b) => (a.path < b.path ? -1 : 1)),
    errors: once(reports.map(({ errors }) => errors), ({ path, message }) => `${path}\0${message}`),
  };
}

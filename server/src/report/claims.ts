import { LineIndex, type Claim, type LintResult } from '../core/index';
import { rangeOf } from './json';
import type { Problem, Report } from './report';

/** The claims of one document; with `line`, of one input line (from 0) that was read as a document of its own. */
export interface Inventory {
  readonly path: string;
  readonly line?: number;
  readonly result: Pick<LintResult, 'document' | 'analysis'>;
}

export interface ClaimReport {
  readonly tool: Report['tool'];
  readonly documents: readonly Inventory[];
  readonly errors: readonly Problem[];
}

function claimRow(claim: Claim, { document }: Inventory['result'], lines: LineIndex, firstLine: number) {
  const shift = (range: ReturnType<typeof rangeOf>) => ({
    start: { ...range.start, line: range.start.line + firstLine }, end: { ...range.end, line: range.end.line + firstLine },
  });
  return {
    kinds: claim.kinds,
    range: shift(rangeOf(lines, claim.span)),
    text: document.text.slice(claim.span.start, claim.span.end),
    unit: document.units[claim.unit]?.text ?? '',
    conditions: claim.conditions, hedged: claim.hedged, negated: claim.negated, strength: claim.strength, benefit: claim.benefit,
    citations: claim.citations.flatMap((index) => {
      const citation = document.citations[index];
      return citation ? [{ form: citation.form, keys: citation.keys, range: shift(rangeOf(lines, citation.span)) }] : [];
    }),
  };
}

function documentRow({ path, line, result }: Inventory) {
  const lines = new LineIndex(result.document.text);
  return {
    path, ...(line === undefined ? {} : { line }), audience: result.analysis.audience, inScope: result.analysis.inScope,
    claims: result.analysis.claims.map((claim) => claimRow(claim, result, lines, line ?? 0)),
  };
}

/** A cell that a spreadsheet takes as text, never as a formula. */
export const csvCell = (value: string | number | boolean): string => {
  const text = String(value).replace(/\s+/gu, ' ');
  const safe = /^[=+@\t\r-]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const COLUMNS = ['path', 'line', 'character', 'kinds', 'text', 'conditions', 'hedged', 'negated', 'strength', 'benefit', 'citations'] as const;

function csv({ documents }: ClaimReport): string {
  const rows = documents.map(documentRow).flatMap(({ path, claims }) => claims.map((claim) => [
    path, claim.range.start.line + 1, claim.range.start.character + 1, claim.kinds.join(' '), claim.text, claim.conditions.join(' '),
    claim.hedged, claim.negated, claim.strength, claim.benefit, claim.citations.map(({ keys }) => keys.join(' ')).join('; '),
  ]));
  return [COLUMNS, ...rows].map((row) => row.map(csvCell).join(',')).join('\n') + '\n';
}

/** The claim inventory: `json` one object, `jsonl` a line a document, `csv` a row a claim (lines and characters from 1). */
export const CLAIM_REPORTERS: { readonly [format: string]: (report: ClaimReport) => string } = {
  json: ({ tool, documents, errors }) => JSON.stringify({ tool, documents: documents.map(documentRow), errors }, undefined, 2) + '\n',
  jsonl: ({ documents }) => documents.map((document) => JSON.stringify(documentRow(document)) + '\n').join(''),
  csv,
};

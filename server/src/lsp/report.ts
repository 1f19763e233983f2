import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Rule } from '../core/index';
import { toRange } from './convert';
import type { DocumentReport, Report, ReportDisclosure } from './protocol';
import type { Checked } from './store';

const LONGEST = 160;

/** The first line of an excerpt, cut at a word. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/\s+\S*$/, '')} …`;
}

/** The ids that `missing-disclosure` lists, with the pack's titles. */
function missing({ result, plan }: Checked): ReportDisclosure[] {
  const ids = (result?.findings ?? []).filter(({ rule }) => rule === 'missing-disclosure').flatMap(({ data }) => Array.isArray(data['missing']) ? data['missing'] : []);
  return [...new Set(ids.filter((id) => typeof id === 'string'))].map((id) => {
    const known = plan.packs.flatMap(({ disclosures }) => disclosures).find((disclosure) => disclosure.id === id);
    return { id, title: known?.title ?? id, required: (known?.level ?? 'required') === 'required' };
  });
}

/** What is said about a document, as plain data. */
export function documentReport(document: TextDocument, checked: Checked): DocumentReport {
  const { state, result } = checked;
  return {
    uri: document.uri,
    state,
    inScope: result?.analysis.inScope ?? false,
    audience: result?.analysis.audience ?? '',
    findings: (result?.findings ?? []).map(({ rule, severity, message, span }) => ({
      rule, severity, message, place: toRange(document, span), excerpt: shorten(result!.document.text.slice(span.start, Math.min(span.end, span.start + 4 * LONGEST))),
    })),
    claims: result?.analysis.claims.length ?? 0,
    cited: result?.analysis.claims.filter(({ citations }) => citations.length > 0).length ?? 0,
    missing: missing(checked),
    suppressed: result?.suppressed.length ?? 0,
    faults: (result?.faults ?? []).map(({ where, message }) => `${where}: ${message}`),
  };
}

/** Documents' reports with the names of the rules that occur in them, in the rules' own order. */
export function reportOf(documents: readonly DocumentReport[], rules: readonly Rule[]): Report {
  const seen = new Set(documents.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  return { documents, rules: rules.filter(({ id }) => seen.has(id)).map(({ id, title, why }) => ({ id, title, why })) };
}

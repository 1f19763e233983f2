import { analyse, type Analysis } from './claims';
import type { Document } from './document';
import type { Fault, Finding, Fix } from './finding';
import type { Plan } from './plan';
import { RULES } from './rules/index';
import type { Rule, RuleContext } from './rules/rule';
import { flawOf } from './rules/suppression';
import type { Suppression } from './suppressions';
import { overlaps } from './text';

export interface LintResult {
  readonly document: Document;
  readonly analysis: Analysis;
  /** By place, then by rule. */
  readonly findings: readonly Finding[];
  /** Findings that a suppression in the text holds back, each with that suppression. */
  readonly suppressed: readonly { readonly finding: Finding; readonly by: Suppression }[];
  readonly faults: readonly Fault[];
}

/** Rules that mark where something is missing rather than the words themselves: no rule yields to them. */
const WIDE: ReadonlySet<string> = new Set(['missing-citation', 'missing-disclosure', 'unbalanced-benefit']);

/** Runs rules over a document. Never throws: a rule that does becomes a fault that names it, and the others go on. */
export function lint(document: Document, plan: Plan, rules: readonly Rule[] = RULES): LintResult {
  const faults: Fault[] = [];
  let findings: Finding[] = [];
  let analysis: Analysis;
  try {
    analysis = analyse(document, plan);
  } catch (error) {
    faults.push({ where: 'claims', message: String(error) });
    return { document, analysis: { inScope: false, audience: 'patient', personal: false, readings: [], about: [], voiced: [], claims: [] }, findings, suppressed: [], faults };
  }
  const context: RuleContext = { document, analysis, plan };
  for (const rule of rules) {
    const severity = plan.config.rules?.[rule.id];
    if (severity === 'off') continue;
    try {
      for (const report of rule.check(context)) {
        findings.push({
          rule: rule.id, severity: severity ?? report.severity ?? rule.severity, span: report.span,
          message: report.message, related: report.related ?? [], data: report.data ?? {},
        });
      }
    } catch (error) {
      faults.push({ where: rule.id, message: String(error) });
    }
  }
  const yielding = new Set(rules.filter((rule) => rule.yields).map((rule) => rule.id));
  const marks = findings.filter((finding) => !yielding.has(finding.rule) && !WIDE.has(finding.rule));
  findings = findings.filter((finding) => !yielding.has(finding.rule) || !marks.some((mark) => overlaps(mark.span, finding.span)));
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1));
  const allowed = allowedWords(plan);
  if (allowed) findings = findings.filter((finding) => !allowed(finding, document));
  const suppressed: { finding: Finding; by: Suppression }[] = [];
  const { today = '' } = plan.config;
  const kept = findings.filter((finding) => {
    if (finding.rule === 'suppression') return true;
    const by = document.suppressions.find((s) => !(s.until !== '' && today !== '' && s.until < today) && s.covers.start <= finding.span.start && finding.span.start < s.covers.end
      && (s.rules.length === 0 || s.rules.includes(finding.rule)));
    if (by) suppressed.push({ finding, by });
    return !by;
  });
  if (analysis.inScope && rules.length > 1 && plan.config.rules?.['suppression'] !== 'off') {
    for (const suppression of document.suppressions) {
      if (flawOf(suppression, today) || suppressed.some(({ by }) => by === suppression)) continue;
      kept.push({
        rule: 'suppression', severity: plan.config.rules?.['suppression'] ?? 'hint', span: suppression.span, related: [], data: {},
        message: 'This suppression holds nothing back: what it was for is gone, or stands elsewhere. Remove it.',
      });
    }
    kept.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1));
  }
  return { document, analysis, findings: kept, suppressed, faults };
}

/** Tells of findings whose words the configuration allows; undefined where it allows none. */
function allowedWords({ config: { allow } }: Plan): ((finding: Finding, document: Document) => boolean) | undefined {
  if (!allow || Object.keys(allow).length === 0) return undefined;
  const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim().toLowerCase();
  const words = new Map(Object.entries(allow).map(([rule, list]) => [rule, new Set(list.map(plain))]));
  return ({ rule, span: { start, end } }, { text }) => words.get(rule)?.has(plain(text.slice(start, end))) ?? false;
}

/** The fixes that its rule has for a finding, preferred first, not yet tried; none where the rule is unknown or fails. */
export function candidatesOf(finding: Finding, result: LintResult, plan: Plan, rules: readonly Rule[] = RULES): readonly Fix[] {
  const rule = rules.find((candidate) => candidate.id === finding.rule);
  try {
    return rule?.fixes?.(finding, { document: result.document, analysis: result.analysis, plan }) ?? [];
  } catch {
    return [];
  }
}

import { analyse, type Analysis } from './claims';
import type { Document } from './document';
import type { Fault, Finding, Fix } from './finding';
import { likelyIn } from './likely';
import type { Plan } from './plan';
import { RULES } from './rules/index';
import type { Report, Rule, RuleContext } from './rules/rule';
import { flawOf } from './rules/suppression';
import type { Suppression } from './suppressions';
import { coverOf } from './text';

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

/** A rule that reports more than this is broken. */
const MOST_REPORTS = 20_000;

/** The longest that one rule may take where somebody waits for it. */
export interface Patience {
  readonly milliseconds: number;
  /** A clock, which the engine has none of. */
  now(): number;
}

/**
 * Runs rules over a document. Never throws: a rule that does, or that reports or takes too much, becomes a fault that
 * names it, and the others go on. What it has reported until then holds.
 */
export function lint(document: Document, plan: Plan, rules: readonly Rule[] = RULES, patience?: Patience): LintResult {
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
    const until = patience ? patience.now() + patience.milliseconds : Infinity;
    const late = (): boolean => patience !== undefined && patience.now() > until;
    const own: Finding[] = [];
    const finding = (report: Report): Finding => ({
      // What is only likely is never more than a hint to look: no setting makes an error of it.
      rule: rule.id, severity: report.data?.['likely'] ? (severity === 'hint' ? 'hint' : 'information') : severity ?? report.severity ?? rule.severity, span: report.span, message: report.message, related: report.related ?? [], data: report.data ?? {},
    });
    try {
      let count = 0;
      for (const report of rule.check(context)) {
        if (++count > MOST_REPORTS) throw new Error(`reports more than ${MOST_REPORTS} things; what follows is left out`);
        if ((count & 63) === 0 && late()) throw new Error(`takes longer than ${patience!.milliseconds} ms; what follows is left out`);
        own.push(finding(report));
      }
      if (rule.likely) for (const report of likelyIn(rule, coverOf(own.map(({ span }) => span)), context)) {
        if (++count > MOST_REPORTS || late()) break;
        own.push(finding(report));
      }
      if (late()) throw new Error(`took longer than ${patience!.milliseconds} ms`);
    } catch (error) {
      faults.push({ where: rule.id, message: String(error) });
    }
    findings.push(...own);
  }
  const yielding = new Set(rules.filter((rule) => rule.yields).map((rule) => rule.id));
  const marks = findings.filter(({ rule, data }) => !yielding.has(rule) && !WIDE.has(rule) && !data['likely']);
  const marked = coverOf(marks.map(({ span }) => span));
  findings = findings.filter((finding) => !yielding.has(finding.rule) || !marked(finding.span));
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1));
  const allowed = allowedWords(plan);
  if (allowed) findings = findings.filter((finding) => !allowed(finding, document));
  const suppressed: { finding: Finding; by: Suppression }[] = [];
  const { today = '' } = plan.config;
  const order = new Map(document.suppressions.map((s, i) => [s, i]));
  const byStart = [...document.suppressions].sort((a, b) => a.covers.start - b.covers.start);
  let nextSuppression = 0;
  let open: Suppression[] = []; // those that cover the place that is looked at
  const kept = findings.filter((finding) => {
    if (finding.rule === 'suppression') return true;
    while (nextSuppression < byStart.length && byStart[nextSuppression]!.covers.start <= finding.span.start) open.push(byStart[nextSuppression++]!);
    if (open.some((s) => s.covers.end <= finding.span.start)) open = open.filter((s) => s.covers.end > finding.span.start);
    const by = open.filter((s) => !(s.until !== '' && today !== '' && s.until < today) && (s.rules.length === 0 || s.rules.includes(finding.rule)))
      .sort((a, b) => order.get(a)! - order.get(b)!)[0];
    if (by) suppressed.push({ finding, by });
    return !by;
  });
  if (analysis.inScope && rules.length > 1 && plan.config.rules?.['suppression'] !== 'off') {
    const used = new Set(suppressed.map(({ by }) => by));
    for (const suppression of document.suppressions) {
      if (flawOf(suppression, today) || used.has(suppression)) continue;
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

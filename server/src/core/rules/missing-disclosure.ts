import { disclosuresOf, missingDisclosures, type DisclosureState } from '../disclosures';
import type { Finding, Fix } from '../finding';
import { insertParagraphs } from '../insert';
import type { Report, Rule, RuleContext } from './rule';

const RELATED = 20;
const TITLE = 'Important safety information';

/** Disclosures that the document's benefit claims call for and that it does not make: one finding a level. */
export const missingDisclosure: Rule = {
  id: 'missing-disclosure',
  title: 'Missing disclosures',
  why: 'A reader who is told what a drug does needs to be told what it risks, what is not known and whom to ask.',
  basis: 'Caveat’s editorial standard; its list of disclosures, each with its sources.',
  severity: 'warning',
  *check({ document, analysis, plan }): Iterable<Report> {
    const [first, ...others] = analysis.claims.filter((claim) => claim.benefit);
    if (!first || !analysis.inScope) return;
    const missing = missingDisclosures(disclosuresOf(document, analysis, plan));
    for (const level of ['required', 'recommended'] as const) {
      const those = missing.filter((state) => state.level === level);
      if (those.length === 0) continue;
      yield {
        span: first.span,
        severity: level === 'required' ? 'warning' : 'information',
        message: messageOf(those, level),
        related: others.slice(0, RELATED).map((claim) => ({ span: claim.span, message: 'Another claim of benefit.' })),
        data: { level, missing: those.map(({ disclosure }) => disclosure.id) },
      };
    }
  },
  /** The whole disclaimer (all that the document lacks, whichever finding asks), then the caveats of this finding one by one. */
  fixes(finding: Finding, { document, analysis, plan }: RuleContext): readonly Fix[] {
    const listed = finding.data['missing'];
    if (!Array.isArray(listed)) return [];
    const region = plan.config.region ?? 'us';
    const missing = missingDisclosures(disclosuresOf(document, analysis, plan));
    const insert = (states: readonly DisclosureState[], title: string, preferred: boolean): Fix => ({
      title, kind: 'judgement', action: 'insert', preferred,
      edits: [insertParagraphs(document, TITLE, states.map(({ disclosure }) => disclosure.caveat[region]))],
    });
    const own = missing.filter(({ disclosure }) => listed.includes(disclosure.id));
    const single = own.map((state) => insert([state], `Add the statement on: ${state.disclosure.title}`, missing.length === 1));
    return missing.length > 1 && own.length > 0 ? [insert(missing, `Add the standard disclaimer (${missing.length} statements that are missing)`, true), ...single] : single;
  },
  examples: [
    { text: 'Ketamine is offered for depression. Ketamine «relieves depression» within hours.' },
    { text: 'Ketamine is an anaesthetic that is also given for depression. It is not a cure.' },
  ],
};

function messageOf(missing: readonly DisclosureState[], level: DisclosureState['level']): string {
  const titles = missing.map(({ disclosure }) => disclosure.title).join('; ');
  const [only] = missing;
  const why = missing.length === 1 ? ` ${only!.disclosure.why}` : '';
  return level === 'required'
    ? `The text says that the drug helps, and nowhere says: ${titles}.${why} A reader sees only one side of it. Add what is missing.`
    : `The text says that the drug helps; a careful one would also say: ${titles}.${why} Consider adding it.`;
}

import { citeFixes } from '../cite';
import type { ClaimKind } from '../claims';
import type { Fix } from '../finding';
import { softenAndMark } from '../remedies';
import { shortened, type Report, type Rule } from './rule';

const SAYS: { readonly [kind in ClaimKind]: string } = {
  study: 'names research as its ground',
  statistic: 'gives a figure for an outcome',
  approval: 'states an approval',
  comparison: 'compares the drug with another treatment',
  efficacy: 'says that the drug helps',
  safety: 'gives an assurance of safety',
  mechanism: 'says how the drug acts on the body',
  prevalence: 'says how often other treatments fail',
};

/** A claim with no citation in reach. */
export const missingCitation: Rule = {
  id: 'missing-citation',
  title: 'Claim without a citation',
  why: 'A reader who wants to check what a text says about a drug needs to be led to the evidence.',
  basis: 'Caveat’s editorial standard: which kinds of claim need a source.',
  severity: 'warning',
  *check({ document, analysis }): Iterable<Report> {
    const debts = new Set(document.citations.filter(({ form }) => form === 'needed').map(({ unit }) => unit));
    for (const claim of analysis.claims) {
      if (claim.told || claim.citations.length > 0) continue;
      if (debts.has(claim.unit)) continue;
      const kind = claim.kinds[0]!;
      const light = claim.likely || claim.hedged || kind === 'mechanism' || kind === 'prevalence';
      yield {
        span: claim.span,
        severity: light ? 'information' : 'warning',
        message: `${shortened(document.units[claim.unit]!.text.slice(claim.place.start, claim.place.end))} ${claim.likely ? 'reads like a claim about the drug' : SAYS[kind]}, and no citation is in reach. A reader can not check it. Cite a source that shows it, mark it [citation needed], or say less.`,
        data: { kind, kinds: claim.kinds, conditions: claim.conditions, hedged: claim.hedged, ...(claim.likely ? { likely: true } : {}) },
      };
    }
  },
  fixes(finding, context): readonly Fix[] {
    const { document, analysis, plan } = context;
    const claim = analysis.claims.find(({ span }) => span.start === finding.span.start && span.end === finding.span.end);
    if (!claim) return [];
    const cites = citeFixes(document.units[claim.unit]!, claim.kinds, document, analysis, plan);
    // The last of them marks the debt: a softer claim still wants its source.
    return [...cites, ...softenAndMark(finding, context, cites.at(-1)?.edits ?? [])];
  },
  examples: [
    { text: 'Ketamine infusions are offered for depression. Ketamine «relieves depression» within hours.' },
    { text: 'Ketamine for depression. Ketamine relieves depression within hours [1].\n\n## References\n\n1. Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-864.' },
    { text: 'Ketamine is not a cure for depression.' },
    { text: 'Ketamine, a general anaesthetic, is used off-label for depression.' },
  ],
};

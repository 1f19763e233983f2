import { replacementFixes } from '../replace';
import type { Report, Rule } from './rule';
import { findWordings } from './wording';

/** Emotive or sales wording in place of information. */
export const promotionalLanguage: Rule = {
  id: 'promotional-language',
  title: 'Promotional wording',
  why: 'Sales and emotive wording raises expectations without telling a reader anything that could be checked.',
  basis: 'Caveat’s list of promotional wordings. Scholarly documents are left alone.',
  severity: 'information',
  *check(context): Iterable<Report> {
    if (context.analysis.audience === 'scholarly') return;
    for (const { wording, unit, start, end, span } of findWordings(context, 'promotional-language')) {
      const words = unit.text.slice(start, end);
      yield {
        span,
        message: `“${words}” praises instead of informing. Leave it out, or say what was measured, in whom, and cite the source.`,
        data: { wording: wording.id, words },
      };
    }
  },
  fixes: (finding, context) => replacementFixes(finding, context, 'promotional-language'),
  examples: [
    { text: 'Ketamine is given for depression. Ketamine is a «groundbreaking» treatment that «offers hope».' },
    { text: 'Ketamine is given for depression. The FDA granted esketamine Breakthrough Therapy designation.' },
    { text: 'Ketamine is given for depression. Ketamine is not a miracle.' },
  ],
};

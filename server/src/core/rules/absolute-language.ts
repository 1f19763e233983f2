import { replacementFixes } from '../replace';
import type { Report, Rule } from './rule';
import { findWordings } from './wording';

/** Certainty, universality, permanence or flat denial of harm that no evidence supports. */
export const absoluteLanguage: Rule = {
  id: 'absolute-language',
  title: 'Absolute wording',
  why: 'No treatment works for everybody, for ever or without risk; a reader who takes the words at face value decides on a promise.',
  basis: 'Caveat’s list of words that leave no exception, each with measured wordings to put in their place.',
  severity: 'warning',
  *check(context): Iterable<Report> {
    for (const { wording, unit, start, end, span } of findWordings(context, 'absolute-language')) {
      const words = unit.text.slice(start, end);
      yield {
        span,
        message: wording.id === 'denial'
          ? `“${words}” denies a risk outright, and readers stop looking for it. Name the risks that are known, or say how large they are and cite the source.`
          : `“${words}” claims more certainty than studies of the drug can give. Say for whom, how often or how long, and cite the source.`,
        data: { wording: wording.id, words },
      };
    }
  },
  fixes: (finding, context) => replacementFixes(finding, context, 'absolute-language'),
  examples: [
    { text: 'Ketamine is given for depression. Ketamine «cures» depression.' },
    { text: 'Ketamine is given for depression. Its effect is «undeniable», and it has «no side effects».' },
    { text: 'Ketamine is given for depression. Ketamine is not a cure. Always consult a doctor. No treatment is guaranteed to work.' },
  ],
};

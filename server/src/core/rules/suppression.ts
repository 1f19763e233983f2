import type { Suppression } from '../suppressions';
import type { Report, Rule } from './rule';

const report = ({ span }: Suppression, message: string): Report => ({ span, message });

/** What is wrong with a suppression by itself: no reason, or its day has passed (`today` as `YYYY-MM-DD`, '' where not known). */
export function flawOf(suppression: Suppression, today: string): string {
  if (suppression.until !== '' && today !== '' && suppression.until < today) return `This suppression was good until ${suppression.until}, so it holds nothing back any more. Remove it, or give it a new day.`;
  return suppression.reason === '' ? 'This suppression gives no reason. Whoever reviews the text can not judge it. Add “-- ” and why the finding does not apply.' : '';
}

/** A suppression that gives no reason or has expired. That one holds nothing back is seen by `lint`, when all rules have run. */
export const suppressionRule: Rule = {
  id: 'suppression',
  title: 'Suppression that needs a look',
  why: 'A comment that switches a rule off outlives its reason unless somebody is reminded of it.',
  basis: 'Caveat’s editorial standard.',
  severity: 'hint',
  *check({ document, plan }): Iterable<Report> {
    for (const suppression of document.suppressions) {
      const flaw = flawOf(suppression, plan.config.today ?? '');
      if (flaw) yield report(suppression, flaw);
    }
  },
  examples: [
    { text: '«<!-- caveat-disable-next-line absolute-language -->»\nKetamine cures depression.\n' },
    { text: '<!-- caveat-disable-next-line absolute-language -- a quotation from the label -->\nKetamine cures depression.\n' },
  ],
};

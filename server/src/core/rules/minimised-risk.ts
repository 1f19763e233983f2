import { replacementFixes } from '../replace';
import type { Report, Rule, RuleContext } from './rule';
import { findWordings, type UnitHit } from './wording';

/** How often, in figures: a reader can judge for themselves. */
const RATE = /\d(?:[\d.,]*\d)?\s?(?:%|per ?cent\b)|\b\d[\d,]* (?:of|out of|in) (?:the |every )?\d[\d,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten) (?:in|out of) (?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|a hundred|\d+)\b/i;

/** When an effect ends, or what is done about it. */
const TIME = /\b(?:within|for|after|in|lasts?|lasting|about|around|up to|under) (?:about |around |roughly |the first |the |an? )?(?:\d+|an?|one|two|three|four|six|twelve|few|half an|couple of|several)?(?: ?(?:to|[-–]) ?\d+)? ?-?(?:minutes?|hours?|hrs?|half-hour|days?)\b/i;
const DONE = /\b(?:managed|treated|relieved|controlled|reversed|eased|handled) (?:with|by)\b|\bwe (?:can )?(?:give|treat|stop|slow|pause|adjust|lower|monitor)\b|\b(?:ondansetron|anti-?(?:nausea|sickness|emetic)\w*|antiemetic\w*|by (?:slowing|lowering|reducing|stopping|adjusting|pausing))\b/i;

/** Words that a stated time or remedy does not excuse: they weigh the effect for the reader. */
const WEIGHS = /\b(?:mild|minimal|minor|few|short-lived|transient|gentle|safe\w*|tolerat\w*|tolerab\w*|profile|all)\b/i;

function exempt({ document }: RuleContext, { unit, start, end }: UnitHit): boolean {
  const { text } = unit;
  if (RATE.test(text) || document.citations.some((citation) => citation.unit === unit.index && citation.form !== 'needed')) return true;
  const words = text.slice(start, end);
  if (!WEIGHS.test(words) && !/\ball (?:\w+ ){0,2}effects?\b/i.test(text) && (TIME.test(text) || DONE.test(text))) return true;
  // Doses weighed against each other, with the source in the paragraph.
  return /\bdos(?:e|es|ing)\b/i.test(text) && /\b(?:lower|higher|smaller|larger|than|compared)\b/i.test(text)
    && document.citations.some((citation) => document.units[citation.unit]?.block === unit.block && citation.form !== 'needed');
}

/** Risk told smaller than a reader would judge it from the figures. */
export const minimisedRisk: Rule = {
  id: 'minimised-risk',
  title: 'Risk played down',
  why: 'Ketamine and esketamine have common effects that need watching; words such as “mild” or “safe” stand where a reader needs to know which and how often.',
  basis: 'Caveat’s list of wordings that make risks sound small, and its safety disclosures with their sources.',
  severity: 'warning',
  *check(context): Iterable<Report> {
    for (const hit of findWordings(context, 'minimised-risk')) {
      if (exempt(context, hit)) continue;
      const words = hit.unit.text.slice(hit.start, hit.end);
      yield {
        span: hit.span,
        message: `“${words}” makes the risk sound small without saying which effects there are or how often they come. Name the common ones, give a rate, or cite the source.`,
        data: { wording: hit.wording.id, words },
      };
    }
  },
  fixes: (finding, context) => replacementFixes(finding, context, 'minimised-risk'),
  examples: [
    { text: 'Ketamine is given for depression. Ketamine has «minimal side effects».' },
    { text: 'Ketamine is given for depression. Ketamine is «generally well tolerated».' },
    { text: 'Ketamine is given for depression. Dissociation is common and passes within two hours. Nausea came in 20% of patients and was mild.' },
  ],
};

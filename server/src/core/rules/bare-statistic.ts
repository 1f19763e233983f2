import { sourceSpan, type Document, type Unit } from '../document';
import { places } from '../reading';
import type { Report, Rule } from './rule';

const WHO = /\b\d[\d,]*[ -](?:\w+ ){0,3}(?:patients?|people|persons?|adults|participants|members|veterans|women|men|teenagers|clients|subjects|mothers|guests|individuals|infusions)\b|\bn ?= ?\d|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)[- ]?\w* (?:\w+ )?(?:patients|people|adults|participants)\b|\b(?:patients|people|adults|participants|members|those|individuals|inpatients|outpatients) (?:with|who|in stable|aged)\b|\b(?:TRD|treatment-resistant|veterans|group|arm|inpatients|responders)\b/i;
const WHEN = /\b(?:at|after|within|by|over|in|for) (?:about |around |the (?:end of )?|a |one |just |only |ONE )?(?:\w+ )?(?:hours?|days?|weeks?|months?|years?|sessions?|infusions?|treatments?|drips?|visits?)\b|\b(?:week|day|month) \d+|\b(?:later|afterwards?|next day|day after|endpoint|follow-up|24-hour|end of)\b/i;
const AGAINST = /\b(?:versus|vs\.?|v|compared (?:with|to)|against|than|placebo|midazolam|saline|control|ECT|respectively|whereas|from baseline)\b/i;

/** The neighbours in the same block, and for a stat box the label that follows its figure. */
function around(document: Document, unit: Unit): string {
  const from = document.firstUnit[unit.block]!;
  const to = document.firstUnit[unit.block + 1]!;
  return [unit.index - 1, unit.index + 1].filter((u) => u >= from && u < to).map((u) => document.units[u]!.text).join(' ');
}

/** An outcome figure without who was studied and when or against what it was measured. */
export const bareStatistic: Rule = {
  id: 'bare-statistic',
  title: 'Figure without its frame',
  why: 'A response rate means little without who was studied and when, or against what, it was measured.',
  basis: 'House contract, “bare-statistic”.',
  severity: 'information',
  *check({ document, analysis }): Iterable<Report> {
    for (const claim of analysis.claims) {
      if (!claim.kinds.includes('statistic')) continue;
      const unit = document.units[claim.unit]!;
      const figure = places(analysis.readings[claim.unit]!, 'figure')[0];
      if (!figure) continue;
      const text = `${unit.text} ${around(document, unit)}`;
      const who = WHO.test(text);
      const when = WHEN.test(text) || AGAINST.test(text);
      if ((who && when) || (analysis.audience === 'scholarly' && claim.citations.length > 0)) continue;
      const lacks = who ? 'when or against what it was measured' : when ? 'who and how many were studied' : 'who was studied, when it was measured or against what';
      yield {
        span: sourceSpan(document, unit, figure.start, figure.end),
        severity: who || when ? 'information' : 'warning',
        message: `“${unit.text.slice(figure.start, figure.end)}” stands without ${lacks}. Readers can not weigh it. Add that from the study, or leave the figure out.`,
        data: { who, when },
      };
    }
  },
  examples: [
    { text: 'Ketamine for depression. «70%» of patients respond to ketamine.' },
    { text: 'Ketamine for depression. Of 73 adults with treatment-resistant depression, 64% responded at 24 hours.' },
  ],
};

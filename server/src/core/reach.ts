import type { Claim } from './claims';
import type { Context } from './context';
import type { Document } from './document';
import type { Plan } from './plan';

/** Goes on reporting the study that was just cited. */
const CONTINUES = /\b(?:the (?:latter|former|trial|study|authors|result|results|difference|same group|ketamine group|esketamine group|placebo group|participants|effect|gap)|both groups|respectively|respon(?:se|ded)|remission|relaps\w*|at \d+ (?:hours|weeks|days)|at week|that (?:study|trial)|this (?:study|trial)|it was|participants|arm|compared with|against|n ?=)\b/i;

/**
 * The citations in reach of a claim, as indexes into `document.citations`: those of its unit, the next one behind it
 * in its paragraph, and the one before it where the unit goes on reporting the same study.
 */
export function citationsInReach(claim: Claim, document: Document, context: Context, plan: Plan): number[] {
  const reach = plan.config.citations?.reach ?? 'paragraph';
  const unit = document.units[claim.unit]!;
  const cited = new Map<number, number[]>();
  document.citations.forEach((citation, c) => {
    if (citation.form === 'needed' || citation.unit < 0) return;
    cited.set(citation.unit, [...(cited.get(citation.unit) ?? []), c]);
  });
  const own = cited.get(claim.unit);
  if (own) return own;
  if (reach === 'sentence') return [];
  const from = document.firstUnit[unit.block]!;
  const to = document.firstUnit[unit.block + 1]!;
  for (let u = claim.unit + 1; u < to; u++) {
    const found = cited.get(u);
    if (found) return found;
  }
  for (let u = claim.unit - 1; u >= from; u--) {
    const found = cited.get(u);
    if (found) return CONTINUES.test(unit.text) ? found : [];
  }
  void context;
  return [];
}

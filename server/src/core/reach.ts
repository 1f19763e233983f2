import type { Claim } from './claims';
import type { Context } from './context';
import type { Document } from './document';
import type { Plan } from './plan';

/** Goes on reporting the study that was just cited. */
const CONTINUES = /\b(?:the (?:latter|former|trial|study|authors|result|results|difference|same group|ketamine group|esketamine group|placebo group|participants|effect|gap)|both groups|respectively|respon(?:se|ded)|remission|relaps\w*|at \d+ (?:hours|weeks|days)|at week|that (?:study|trial)|this (?:study|trial)|it was|participants|arm|compared with|against|n ?=)\b/i;

/** Names a study of its own, by year or by acronym: another study's citation says nothing of it. */
const NAMED = /\b(?:19|20)\d\d\b[^.]{0,30}\b(?:study|trial|review|analysis|paper)\b|\b(?:study|trial) [A-Z]{4,}|\b[A-Z]{4,}-?\d? (?:study|trial)\b/;

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
  const inBlock = (b: number): number[] => {
    for (let u = document.firstUnit[b]!; u < document.firstUnit[b + 1]!; u++) {
      const found = cited.get(u);
      if (found) return found;
    }
    return [];
  };
  const block = document.blocks[unit.block]!;
  if (block.kind === 'cell') {
    // A table is covered by its caption and heading row, a row by what any of its cells cites.
    const group = document.blocks.flatMap((other, b) => other.group === block.group && (other.kind === 'cell' ? other.row === block.row || other.row === 0 : true) ? [b] : []);
    const first = document.blocks.findIndex((other) => other.group === block.group);
    let last = unit.block;
    while (document.blocks[last + 1]?.group === block.group) last++;
    for (const b of [...group, first - 1, last + 1]) {
      if (b < 0 || b >= document.blocks.length || (!group.includes(b) && document.blocks[b]!.kind !== 'caption')) continue;
      const found = inBlock(b);
      if (found.length > 0) return found;
    }
    return [];
  }
  if (block.kind === 'item') {
    // The lead-in of a list covers its items, and a source line directly under it does.
    let lead = unit.block;
    while (lead > 0 && document.blocks[lead]!.kind === 'item' && document.blocks[lead]!.group === block.group) lead--;
    if (document.texts[lead]!.text.endsWith(':')) {
      const found = inBlock(lead);
      if (found.length > 0) return found;
    }
  }
  const from = document.firstUnit[unit.block]!;
  const to = document.firstUnit[unit.block + 1]!;
  for (let u = claim.unit + 1; u < to; u++) {
    const found = cited.get(u);
    // One that goes on to another study says nothing of this one.
    if (found && NAMED.test(unit.text)) break;
    if (found && u > claim.unit && /^(?:More recently|Another|Later|By contrast|You should also|A (?:second|later|larger|smaller|further))\b/.test(document.units[u]!.text)) break;
    if (found) return found;
  }
  for (let u = claim.unit - 1; u >= from; u--) {
    const found = cited.get(u);
    if (found) return CONTINUES.test(unit.text) ? found : [];
  }
  // A source line directly under it: a paragraph that is little but a citation.
  const under = document.blocks[unit.block + 1];
  if (under && (under.kind === 'paragraph' || under.kind === 'caption') && /^(?:\(?source|\[|\(|from:|ref)/i.test(document.texts[unit.block + 1]!.text) && document.texts[unit.block + 1]!.text.length < 160) {
    const found = inBlock(unit.block + 1);
    if (found.length > 0) return found;
  }
  // A lead-in that names a study, on a line of its own, covers the paragraph under it.
  const over = document.blocks[unit.block - 1];
  if (over && over.kind === 'paragraph' && document.texts[unit.block - 1]!.text.length < 80) {
    const found = inBlock(unit.block - 1);
    if (found.some((c) => document.citations[c]!.form === 'author-year')) return found;
  }
  if (from < claim.unit) {
    const found = cited.get(from);
    if (found?.some((c) => document.citations[c]!.form === 'author-year') && document.units[from]!.text.length < 60) return found;
  }
  void context;
  return [];
}

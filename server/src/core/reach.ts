import type { Claim } from './claims';
import type { Context } from './context';
import type { Document } from './document';
import type { Plan } from './plan';
import { groupOf } from './tables';

/** Goes on reporting the study that was just cited. */
const CONTINUES = /\b(?:the (?:latter|former|trial|study|authors|result|results|difference|same group|ketamine group|esketamine group|placebo group|participants|effect|gap)|both groups|respectively|respon(?:se|ded)|remission|relaps\w*|at \d+ (?:hours|weeks|days)|at week|that (?:study|trial)|this (?:study|trial)|it was|participants|arm|compared with|against|n ?=)\b/i;

/** Names a study of its own, by year or by acronym: another study's citation says nothing of it. */
const NAMED = /\b(?:19|20)\d\d\b[^.]{0,30}\b(?:study|trial|review|analysis|paper)\b|\b(?:study|trial) [A-Z]{4,}|\b[A-Z]{4,}-?\d? (?:study|trial)\b/;

/** Brings up a study that was not spoken of yet. */
const NEW_STUDY = /\b(?:a|an|another) (?:[\w-]+ ){0,3}(?:19|20)\d\d (?:[\w-]+ ){0,3}(?:study|trial|review|analysis|paper)\b/i;

/** Goes on to other people than those of the study before. */
const NEW_GROUP = /^(?:In|Among) (?:stable|older|younger|adults|people|patients|veterans|adolescents|teenagers|those with)\b(?!.*\b(?:the|that|this) (?:trial|study)\b)/;

const ANOTHER = /^(?:More recently|Another|Later|By contrast|You should also|A (?:second|later|larger|smaller|further))\b/;

/** Further back than this no list's lead is looked for. */
const FAR = 1000;

const NONE: readonly number[] = [];

interface CitedUnits {
  /** Citations by their unit. */
  readonly cited: ReadonlyMap<number, number[]>;
  /** The first unit from one on that has a citation; Infinity where there is none. */
  readonly next: (unit: number) => number;
  /** The last unit up to one that has a citation; -1 where there is none. */
  readonly previous: (unit: number) => number;
  /** The first of some blocks, which are in order, that has a citation; Infinity where none has. Found once for each list of blocks. */
  readonly firstCited: (blocks: readonly number[]) => number;
}

const known = new WeakMap<Document, CitedUnits>();

function citedUnits(document: Document): CitedUnits {
  const ready = known.get(document);
  if (ready) return ready;
  const cited = new Map<number, number[]>();
  document.citations.forEach((citation, c) => {
    if (citation.form === 'needed' || citation.unit < 0) return;
    const own = cited.get(citation.unit);
    if (own) own.push(c);
    else cited.set(citation.unit, [c]);
  });
  const order = [...cited.keys()].sort((a, b) => a - b);
  /** How many of them stand before a unit. */
  const before = (unit: number): number => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle]! < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const next = (unit: number): number => order[before(unit)] ?? Infinity;
  const firsts = new Map<readonly number[], number>();
  const firstCited = (blocks: readonly number[]): number => {
    let first = firsts.get(blocks);
    if (first === undefined) firsts.set(blocks, first = blocks.find((b) => next(document.firstUnit[b]!) < document.firstUnit[b + 1]!) ?? Infinity);
    return first;
  };
  const made: CitedUnits = { cited, next, previous: (unit) => order[before(unit + 1) - 1] ?? -1, firstCited };
  known.set(document, made);
  return made;
}

/**
 * The citations in reach of a claim, as indexes into `document.citations`: those of its unit, the next one behind it
 * in its paragraph, and the one before it where the unit goes on reporting the same study.
 */
export function citationsInReach(claim: Claim, document: Document, context: Context, plan: Plan): number[] {
  const reach = plan.config.citations?.reach ?? 'paragraph';
  const unit = document.units[claim.unit]!;
  const { cited, next, previous, firstCited } = citedUnits(document);
  const own = cited.get(claim.unit);
  if (own) return own;
  if (reach === 'sentence') return [];
  const inBlock = (b: number): number[] => {
    const u = next(document.firstUnit[b]!);
    return u < document.firstUnit[b + 1]! ? cited.get(u)! : [];
  };
  const block = document.blocks[unit.block]!;
  if (block.kind === 'cell') {
    // A table is covered by its caption and heading row, a row by what any of its cells cites.
    const { rows, others, first, last: end } = groupOf(document, unit.block);
    let last = Math.max(unit.block, end);
    while (last < unit.block + FAR && document.blocks[last + 1]?.group === block.group) last++;
    const within = Math.min(firstCited(rows.get(block.row) ?? NONE), firstCited(rows.get(0) ?? NONE), firstCited(others));
    if (within < Infinity) return inBlock(within);
    for (const b of [first - 1, last + 1]) {
      if (b < 0 || b >= document.blocks.length || (document.blocks[b]!.group !== block.group && document.blocks[b]!.kind !== 'caption')) continue;
      const found = inBlock(b);
      if (found.length > 0) return found;
    }
    return [];
  }
  if (block.kind === 'item') {
    // The lead-in of a list covers its items, and a source line directly under it does.
    let lead = unit.block;
    while (lead > 0 && lead > unit.block - FAR && document.blocks[lead]!.kind === 'item' && document.blocks[lead]!.group === block.group) lead--;
    if (document.texts[lead]!.text.endsWith(':')) {
      const found = inBlock(lead);
      if (found.length > 0) return found;
    }
  }
  const from = document.firstUnit[unit.block]!;
  const to = document.firstUnit[unit.block + 1]!;
  const behind = next(claim.unit + 1);
  // One that goes on to another study says nothing of this one.
  if (behind < to && !NAMED.test(unit.text) && !ANOTHER.test(document.units[behind]!.text)) return cited.get(behind)!;
  const before = previous(claim.unit - 1);
  if (before >= from) return CONTINUES.test(unit.text) && !NEW_STUDY.test(unit.text) && !NEW_GROUP.test(unit.text) ? cited.get(before)! : [];
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

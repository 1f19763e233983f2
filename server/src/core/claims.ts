import type { Audience } from './config';
import { contextOf, type Context } from './context';
import type { Cue } from './cues';
import { unitsWhere, sourceSpan, type Document, type Unit } from './document';
import { gated } from './gate';
import { readingLike, sayingsIn } from './likely';
import type { Plan } from './plan';
import { keeping, perDocument } from './kept';
import { citationsInReach } from './reach';
import { places, unitsRead, type Place, type Reading } from './reading';
import { asks, bareOutcome, answersBriefly, answerSigns, cellSigns, labelledUnknown, outcomeSigns, toldOfBeliefs } from './answers';
import { CLAIM_KINDS, join, LONGEST, signsOf, sways, type ClaimKind } from './signs';
import { strengthOf, tieOf, type Strength } from './strength';
import { groupOf } from './tables';
import type { Span } from './text';

export { CLAIM_KINDS, outcomeFigure, type ClaimKind } from './signs';
export type { Strength };

/** A unit that asserts something about the drug that a reader could check against evidence. */
export interface Claim {
  readonly unit: number;
  /** Never empty; strongest first. */
  readonly kinds: readonly ClaimKind[];
  /** The phrase that carries the claim, in the source. */
  readonly span: Span;
  /** The same, in the unit's normalised text. */
  readonly place: Place;
  /** Condition ids of the packs that the unit or its list's lead-in names. */
  readonly conditions: readonly string[];
  readonly hedged: boolean;
  readonly negated: boolean;
  readonly strength: Strength;
  /** Says that the drug helps: what disclosures are called for by. */
  readonly benefit: boolean;
  /** It is a claim, but is not marked by itself: another of the neighbourhood stands for it, or it reads like none that wants a citation. */
  readonly told: boolean;
  /** Found by how it reads, not by what it says: what it claims is not known for sure. */
  readonly likely: boolean;
  /** Indexes into `document.citations` of those in reach. */
  readonly citations: readonly number[];
}

/** What is known of a document before any rule runs. */
export interface Analysis extends Context {
  readonly claims: readonly Claim[];
}

/** Units that may make a claim: by their own words, as the answer to a question, by their place in a table or list. */
const assertive = unitsRead((read, unit, kind, before) => kind === 'cell' || !before || asks(before.said) || kind === 'item' && bareOutcome(unit.said)
  || signsOf(read(unit), true).length > 0 || signsOf(read(unit), false).length > 0);

export function analyse(document: Document, plan: Plan): Analysis {
  const context = contextOf(document, plan);
  if (!context.inScope) return { ...context, claims: [] };
  const drafts = (plan.config.anyTopic ? document.units : assertive(document, plan)).flatMap((unit) => {
    const draft = draftOf(unit, document, context) ?? (plan.config.anyTopic ? tied(unit, document, context) : undefined);
    return draft ? [draft] : [];
  });
  const told = neighbours(drafts, document, context);
  readAgain(drafts, told, document, context, plan);
  const cited = document.citations.filter((citation) => citation.unit >= 0 && citation.form !== 'needed').length >= 3;
  drafts.forEach((draft, i) => { if (cited && summarises(draft.unit, document)) told.add(i);
    else if (context.audience === 'scholarly' && ownResults(draft.unit, document)) told.add(i); });
  const claims = drafts.map((draft, i): Claim => ({
    unit: draft.unit.index,
    kinds: draft.kinds,
    span: sourceSpan(document, draft.unit, draft.place.start, draft.place.end),
    place: draft.place,
    conditions: draft.conditions,
    hedged: draft.hedged,
    negated: draft.negated,
    strength: strengthFor(draft, context.readings[draft.unit.index]!, plan),
    benefit: draft.benefit,
    told: told.has(i),
    likely: draft.likely ?? false,
    citations: [],
  }));
  return { ...context, claims: claims.sort((a, b) => a.unit - b.unit).map((claim) => ({ ...claim, citations: citationsInReach(claim, document, context, plan) })) };
}

interface Draft {
  readonly unit: Unit;
  readonly kinds: readonly ClaimKind[];
  readonly place: Place;
  readonly conditions: readonly string[];
  readonly hedged: boolean;
  readonly negated: boolean;
  readonly benefit: boolean;
  readonly likely?: boolean;
}

// -------------------------------------------------------------------------------------------------- second reader

/** Adds what reads like a claim and has not been found, and tells of what has been found and reads like none. */
function readAgain(drafts: Draft[], told: Set<number>, document: Document, context: Context, plan: Plan): void {
  const not = new Set(sayingsIn(document, context, plan).no.get('missing-citation'));
  drafts.forEach((draft, i) => { if (not.has(draft.unit)) told.add(i); });
  if (context.personal) return;
  const found = new Set(drafts.map((draft) => draft.unit));
  for (const unit of readingLike('missing-citation', { document, analysis: context, plan })) {
    // Limits are told for candour's sake.
    if (found.has(unit) || heads(unit.said) || places(context.readings[unit.index]!, 'limits').length > 0 || SOME_EVIDENCE.test(unit.said)) continue;
    drafts.push({
      unit, kinds: [kindOf(context.readings[unit.index]!)], place: { start: 0, end: unit.text.length }, conditions: conditionsOf(unit, document, context),
      hedged: places(context.readings[unit.index]!, 'hedge').length > 0, negated: false, benefit: false, likely: true,
    });
  }
}

/** What heads or introduces what follows: the claim is there. A line in title case is a heading without markup. */
const heads = keeping((text) => /:["')*]*$/.test(text) || !/[.!?]["')*]*$/.test(text) && text.split(' ').filter((word) => /^[a-z]{4}/.test(word)).length === 0);

/** Evidence told in its measure; where it is said to show something, the claim model knows. */
const SOME_EVIDENCE = gated(/\b(?:some|a few|few|limited|early|small|preliminary|mixed) (?:\w+ ){0,2}(?:studies|trials|evidence|research|data)\b/i);

/** The kind of a claim that was found by how it reads, from its cues. */
function kindOf(reading: Reading): ClaimKind {
  const has = (cue: Cue): boolean => places(reading, cue).length > 0;
  if (has('study') && has('finds')) return 'study';
  if (has('figure')) return 'statistic';
  if (has('compare')) return 'comparison';
  if (has('safety')) return 'safety';
  return has('body') && has('act') ? 'mechanism' : 'efficacy';
}

// --------------------------------------------------------------------------------------------------------- drafts

/** So many sentences of one paragraph are looked at before and behind a figure. */
const NEAR = 100;

/** Own figures told with their limits: in the same paragraph, in a note it points to, or right behind the list. */
function candidlyTold(unit: Unit, document: Document, context: Context): boolean {
  const { blocks, firstUnit } = document;
  const units = (b: number): number[] => {
    if (b < 0 || b >= blocks.length) return [];
    const from = b === unit.block ? Math.max(firstUnit[b]!, unit.index - NEAR) : firstUnit[b]!;
    return Array.from({ length: Math.min(firstUnit[b + 1]!, from + 2 * NEAR) - from }, (_, i) => from + i);
  };
  const block = blocks[unit.block]!;
  const near = [...units(unit.block)];
  if (block.kind === 'item') {
    let b = unit.block;
    while (b < unit.block + FAR && b + 1 < blocks.length && blocks[b + 1]!.group === block.group && blocks[b + 1]!.kind === 'item') b++;
    near.push(...units(b + 1));
  } else near.push(...units(unit.block + 1).slice(0, 2));
  const noted = /\*["'.)]*$|\*(?:\s|$)/.test(document.text.slice(unit.span.end - 1, unit.span.end + 12));
  const limits = near.filter((u) => places(context.readings[u]!, 'candid').length > 0).length
    + (noted ? candidNotes(document, context) : 0);
  const counted = near.some((u) => COUNTED.test(document.units[u]!.text)) || (noted && saysNumber(document));
  const listed = block.kind === 'item' && document.blocks.slice(Math.max(0, unit.block - 7), unit.block).some((other, n) => other.kind !== 'item' && COUNTED.test(document.texts[Math.max(0, unit.block - 7) + n]!.text));
  return limits > 0 && (counted || listed);
}

/** Units that are notes of an asterisk. */
const starNotes = unitsWhere(({ text }) => (text.includes('*') || /self/i.test(text)) && /^\W*\*|self-reported/i.test(text));
const candid = new WeakMap<Context, number>();

/** How many notes of an asterisk tell of limits. */
function candidNotes(document: Document, context: Context): number {
  let count = candid.get(context);
  if (count === undefined) candid.set(context, count = starNotes(document).filter(({ index }) => places(context.readings[index]!, 'candid').length > 0).length);
  return count;
}
const numbered = unitsWhere(({ text }) => /\bn ?= ?\d/i.test(text));
const saysNumber = (document: Document): boolean => numbered(document).length > 0;

const COUNTED = /\bn ?= ?\d|\b\d[\d,]*(?: \w+){0,2} (?:patients?|people|adults|clients|members|guests|participants|veterans|mothers|women|men|others|responders|charts|records|cases)\b|\bof the \w+ (?:patients|people|mothers|clients|members)\b/i;

const OWN = /\b(?:we|we've|our|ours|us|my|registry|members|our own|in-house|completed)\b/i;

const isOwn = keeping((text) => OWN.test(text));

/** Further than this no list is followed to its lead or its end. */
const FAR = 1000;

/** The figure is the author's own: the sentence, its paragraph or its list's lead-in says so. */
function ownFigures(unit: Unit, document: Document): boolean {
  const block = document.blocks[unit.block]!;
  let lead = unit.block;
  if (block.kind === 'item') while (lead > 0 && lead > unit.block - FAR && document.blocks[lead]!.kind === 'item') lead--;
  return [unit.block, lead, Math.max(0, lead - 1)].some((b) => isOwn(document.texts[b]!.text));
}

const ADVICE = /^(?:Please |Always |Never |Do |Don't |Ask |Tell |Talk |Speak |Call |Book |Take |Bring |Avoid |Look |Keep |Choose |Plan |Set |Read |Try |Consider |Let |Make |See |Think of |Discuss |Contact |Schedule |Expect |Arrange |Imagine |Visit |Learn |Find out )/;

/** What a unit's own words say of whether it can make a claim. */
const shapeOf = keeping((text) => {
  const words = text.split(' ').length;
  return {
    // A lead (`Rapid relief:`, `It's quick.`) heads what follows; the claim is there.
    leads: (words <= 2 && !/\b(?:fell|dropped|improved|vanished|lifted|faded|eased|cleared|works?[.!]|helps?[.!])/i.test(text)) || (words <= 8 && text.endsWith(':') && !/\b(?:is|are|was|were|has|have|can|may|works?|helps?|shows?|shown|treats?)\b/i.test(text)),
    short: words <= 3 && /^(?:It's|It is|They're)\b/.test(text),
    advises: ADVICE.test(text),
  };
});

function draftOf(unit: Unit, document: Document, context: Context): Draft | undefined {
  const block = document.blocks[unit.block]!;
  const reading = context.readings[unit.index]!;
  if (block.kind === 'heading' || block.kind === 'title' || block.kind === 'reference' || block.kind === 'aside' || block.kind === 'note' || block.kind === 'caption') return undefined;
  if (context.voiced[unit.index] || reading.question) return undefined;
  const { leads, short, advises } = shapeOf(unit.said);
  if (block.kind !== 'cell' && (leads || short && block.kind !== 'item') && !answersBriefly(unit, document)) return undefined;
  if (unit.text.length > LONGEST) return undefined;
  if (!context.about[unit.index] && places(reading, 'nonresponse').length === 0 && !sways(reading)) return undefined;
  if (advises) return undefined;
  if (block.kind === 'cell' && (toldOfBeliefs(unit, document) || labelledUnknown(unit, document, context))) return undefined;
  let signs = signsOf(reading, context.about[unit.index]!);
  if (signs.length === 0) signs = block.kind === 'cell' ? cellSigns(unit, document, context) : answerSigns(unit, document, reading);
  if (signs.length === 0 && (block.kind === 'cell' || block.kind === 'item')) signs = outcomeSigns(unit, document, context);
  if (signs.length === 0) return undefined;
  const kinds = CLAIM_KINDS.filter((kind) => signs.some((sign) => sign.kind === kind));
  // A study is a claim by what it is said to have found.
  if (kinds[0] === 'study' && kinds.length === 1 && !signs.some((sign) => sign.benefit)) return undefined;
  // In a person's own story what they have read is told as such.
  if (context.personal && (kinds[0] !== 'study' || places(reading, 'self').length > 0)) return undefined;
  const first = signs.filter((sign) => sign.kind === kinds[0]).sort((a, b) => a.start - b.start)[0]!;
  const carrier = first.kind === 'study' ? signs.filter((s) => s.kind !== 'study').reduce<Place>((a, b) => join(a, b), first) : first;
  if ((kinds[0] === 'statistic' || (kinds[0] === 'efficacy' && /\d/.test(unit.text))) && /\d/.test(unit.text) && ownFigures(unit, document) && candidlyTold(unit, document, context)) return undefined;
  const hedges = places(reading, 'hedge');
  return {
    unit,
    kinds,
    place: { start: carrier.start, end: carrier.end },
    conditions: conditionsOf(unit, document, context),
    hedged: hedges.some((hedge) => hedge.start < carrier.end && carrier.start - hedge.end < 60),
    negated: reading.denied.some((part) => part.start <= carrier.start && carrier.start < part.end),
    benefit: signs.some((sign) => sign.benefit),
  };
}

/** What a claim says of the drug itself (`the relief lasts for weeks`) ties an effect to it without a word for the tie. */
function strengthFor({ kinds, hedged }: Draft, reading: Reading, plan: Plan): Strength {
  const strength = strengthOf(reading);
  const effect = kinds.some((kind) => kind === 'efficacy' || kind === 'mechanism' || kind === 'comparison' || kind === 'safety');
  return strength !== 'none' || plan.config.anyTopic || !effect ? strength : hedged ? 'conditional' : 'direct';
}

/** On any topic: a sentence that ties an effect to a cause, whatever these are. */
function tied(unit: Unit, document: Document, context: Context): Draft | undefined {
  const { kind } = document.blocks[unit.block]!;
  const reading = context.readings[unit.index]!;
  const { strength, clause } = tieOf(reading);
  if (strength === 'none' || kind === 'reference' || kind === 'aside') return undefined;
  return {
    unit, place: clause, conditions: conditionsOf(unit, document, context), hedged: strength === 'conditional' || places(reading, 'hedge').length > 0, negated: false, benefit: false,
    kinds: [places(reading, 'study').length > 0 && places(reading, 'finds').length > 0 ? 'study' : 'efficacy'],
  };
}

function conditionsOf(unit: Unit, document: Document, context: Context): string[] {
  const own = context.readings[unit.index]!.conditions;
  if (own.length > 0) return [...new Set(own.map((c) => c.condition.id))];
  if (unit.text.endsWith(':')) {
    const ids: string[] = [];
    for (let b = unit.block + 1; document.blocks[b]?.kind === 'item'; b++) for (let u = document.firstUnit[b]!; u < document.firstUnit[b + 1]!; u++) ids.push(...context.readings[u]!.conditions.map((c) => c.condition.id));
    if (ids.length > 0) return [...new Set(ids)];
  }
  const block = document.blocks[unit.block]!;
  // An item or cell says its condition in its row, its list's lead-in or its heading.
  const near: number[] = [];
  if (block.kind === 'cell') near.push(...groupOf(document, unit.block).rows.get(block.row) ?? []);
  // The item that it stands under.
  if (block.kind === 'item' && block.level > 1) {
    let parent = unit.block - 1;
    while (parent > unit.block - FAR && document.blocks[parent]?.kind === 'item' && document.blocks[parent]!.level >= block.level) parent--;
    if (document.blocks[parent]?.kind === 'item') near.push(parent);
  }
  const path = document.headings[unit.block]!;
  const last = path.at(-1);
  // A heading that is little but a condition leads in what stands under it.
  if (last !== undefined && document.texts[last]!.text.split(' ').length <= 4) near.push(last);
  return [...new Set(near.flatMap((b) => {
    const ids: string[] = [];
    for (let u = document.firstUnit[b]!; u < document.firstUnit[b + 1]!; u++) ids.push(...context.readings[u]!.conditions.map((c) => c.condition.id));
    // A heading about mental health at large says the topic, not what the claim is for.
    return ids.filter((id) => id !== 'mental-health');
  }))];
}

const RESULTS = /^(?:\d+\.? )?(?:results?|findings|methods?|participants|outcomes?|primary|secondary|efficacy|adverse|safety outcomes|time course)\b/i;

/** How many citations stand under each heading: the results of a review are those of others. */
const citedUnder = perDocument((document: Document) => {
  const counts = new Map<number, number>();
  for (const { unit, form } of document.citations) if (unit >= 0 && form !== 'needed') for (const h of document.headings[document.units[unit]!.block]!) counts.set(h, (counts.get(h) ?? 0) + 1);
  return counts;
});

/** In a manuscript, under its results: what its authors found themselves. */
const ownResults = (unit: Unit, document: Document): boolean => document.headings[unit.block]!.some((h) => RESULTS.test(document.texts[h]!.text) && (citedUnder(document).get(h) ?? 0) < 3)
  || document.headings[unit.block]!.length > 0 && /\b(?:we (?:found|observed|saw|enrolled|recorded|treated|reviewed)|in our (?:study|cohort|sample|series)|in this (?:study|cohort|sample|series))\b/i.test(unit.text);

const SUMMARY = /^(?:abstract|summary|key (?:points|messages|takeaways|findings)|highlights|at a glance|in brief|conclusions?|the takeaway|takeaways?|bottom line|the bottom line|in short|to sum up|final thoughts)\b/i;

/** In an abstract, a summary box or the conclusion, which repeat what the text has cited. */
function summarises(unit: Unit, document: Document): boolean {
  const { role } = document.blocks[unit.block]!;
  if (role === 'abstract' || role === 'summary') return true;
  const h = document.headings[unit.block]!.at(-1);
  return h !== undefined && SUMMARY.test(document.texts[h]!.text);
}

// ----------------------------------------------------------------------------------------------------- neighbours

/** Indexes of drafts that a neighbour stands for: one mark a table row, one a comparison's halves, one a mechanism's steps. */
function neighbours(drafts: readonly Draft[], document: Document, _context: Context): Set<number> {
  const told = new Set<number>();
  for (let i = 1; i < drafts.length; i++) {
    const a = drafts[i - 1]!;
    const b = drafts[i]!;
    if (a.unit.block !== b.unit.block || b.unit.index !== a.unit.index + 1) continue;
    if (a.unit.from === 0 && a.unit.text.split(' ').length <= 5 && a.kinds.some((kind) => b.kinds.includes(kind))) told.add(i - 1);
    if (a.kinds[0] === 'mechanism' && b.kinds[0] === 'mechanism') told.add(i);
    else if (a.kinds.includes('study') && /^(?:These|Those|The|Such) (?:effects?|results?|improvements?|benefits?|findings|gains)\b|^(?:It|They|Both|Response|Remission)\b/.test(b.unit.text)) told.add(i);
  }
  // Bare items under a lead-in that carries the verb.
  const leads = new Set(drafts.filter((draft) => draft.unit.text.endsWith(':')).map((draft) => draft.unit.block));
  drafts.forEach((draft, i) => {
    const block = document.blocks[draft.unit.block]!;
    if (block.kind !== 'item' || draft.unit.text.split(' ').length > 8 || /[.!]$/.test(draft.unit.text)) return;
    let lead = draft.unit.block;
    while (lead > 0 && document.blocks[lead]!.kind === 'item' && document.blocks[lead]!.group === block.group) lead--;
    if (leads.has(lead)) told.add(i);
  });
  const rows = new Set<string>();
  drafts.forEach(({ unit }, i) => {
    const { kind, group, row } = document.blocks[unit.block]!;
    if (kind !== 'cell') return;
    const key = `${group} ${row}`;
    if (rows.has(key)) told.add(i);
    rows.add(key);
  });
  return told;
}
export type { Audience };

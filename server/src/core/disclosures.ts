import { standardWords } from './caveats';
import type { Analysis } from './claims';
import { sourceSpan, unitsWhere, type Document, type Unit } from './document';
import { keeping, saidOf, type Said } from './kept';
import type { Disclosure } from './pack';
import { Matcher, type Hit } from './phrases';
import { sayingsIn } from './likely';
import type { Plan } from './plan';
import type { Span } from './text';

/** Whether a document needs a disclosure, and where it makes it. */
export interface DisclosureState {
  readonly disclosure: Disclosure;
  readonly needed: boolean;
  /** As in the pack, or `required` where the configuration asks for it. */
  readonly level: Disclosure['level'];
  /** The first statement that satisfies it; undefined where there is none. */
  readonly place: { readonly unit: number; readonly span: Span } | undefined;
}

type Part = 'trigger' | 'satisfied' | 'not' | 'denied';

interface Sense {
  readonly disclosure: Disclosure;
  readonly part: Part;
}

const PARTS: readonly Part[] = ['trigger', 'satisfied', 'not', 'denied'];

interface Lexicon {
  readonly disclosures: readonly Disclosure[];
  readonly scan: (text: string | Said) => readonly Hit<Sense>[];
  /** Units with hits; and those that are read with what leads to them. */
  readonly hitting: (document: Document) => readonly Unit[];
  readonly sayers: (document: Document) => readonly Unit[];
  /** What the second reader is asked about each. */
  readonly questions: ReadonlyMap<Disclosure, string>;
  /** True of a sentence of a standard caveat: it says what it says and calls for nothing else. */
  readonly standard: (text: string | Said) => boolean;
}

const lexicons = new WeakMap<Plan, Lexicon>();

/** The phrases of all disclosures in one automaton. What stands in a text is kept by text, so that a keystroke scans only what it changed. */
function lexiconOf(plan: Plan): Lexicon {
  const known = lexicons.get(plan);
  if (known) return known;
  const disclosures = plan.packs.flatMap((pack) => pack.disclosures);
  let matcher: Matcher<Sense> | undefined; // compiled for the first document that makes a claim
  const scan = keeping((text): readonly Hit<Sense>[] => {
    matcher ??= new Matcher<Sense>(disclosures.flatMap((disclosure) =>
      PARTS.flatMap((part) => (disclosure[part] ?? []).map((phrase) => ({ phrase, value: { disclosure, part } })))));
    return matcher.scan(text);
  });
  const standard = standardWords(plan.packs);
  const hitting = unitsWhere(({ said }) => scan(said).length > 0);
  const sayers = unitsWhere(({ said }, kind) => kind === 'item' || kind === 'cell' || mayAnswer(said) || saying(said, scan).length > 0);
  const questions = new Map(plan.packs.flatMap((pack) => pack.disclosures.map((disclosure) => [disclosure, `says ${pack.id}/${disclosure.id}`] as const)));
  const lexicon = { disclosures, questions, scan, hitting, sayers, standard };
  lexicons.set(plan, lexicon);
  return lexicon;
}

/** The hits of `satisfied` phrases on which no `not` phrase lies; one inside a longer hit does not hold it back, but a denial that a hit ends in does. */
function standing(own: readonly Hit<Sense>[]): readonly Hit<Sense>[] {
  const held = own.filter(({ value }) => value.part === 'not');
  const denied = own.filter(({ value }) => value.part === 'denied');
  return own.filter(({ value, start, end }) => value.part === 'satisfied' && !denied.some((not) => start < not.start && not.end === end)
    && !held.some((not) => not.start < end && start < not.end && !(start <= not.start && not.end <= end && not.end - not.start < end - start)));
}

/** A unit as it is read for statements: its own text, and where it stands in a list or table, what leads to it. */
interface Statement {
  readonly unit: Unit;
  readonly text: string | Said;
  /** How much of the text is not the unit's own. */
  readonly lead: number;
  /** The unit says all of the text: it answers yes or no to what leads to it. */
  readonly whole?: boolean;
  readonly hits: readonly Hit<Sense>[];
}

/** What a text says towards one disclosure. */
interface Point {
  readonly disclosure: Disclosure;
  readonly stands: readonly Hit<Sense>[];
  readonly denied: readonly Hit<Sense>[];
}

const points = new WeakMap<readonly Hit<Sense>[], readonly Point[]>();

/** The hits of a text by disclosure. They are kept with the hits, which are kept by text. */
function pointsOf(hits: readonly Hit<Sense>[]): readonly Point[] {
  let known = points.get(hits);
  if (!known) {
    const groups = new Map<Disclosure, Hit<Sense>[]>();
    for (const hit of hits) {
      const group = groups.get(hit.value.disclosure);
      if (group) group.push(hit);
      else groups.set(hit.value.disclosure, [hit]);
    }
    known = [...groups].map(([disclosure, own]) => ({ disclosure, stands: standing(own), denied: own.filter(({ value }) => value.part === 'denied') }));
    points.set(hits, known);
  }
  return known;
}

/** A question that asks leave (`Can I drive afterwards?`): its answer says what the question names. Not of a harm. */
const PERMISSION = /^(?:can|may|should|do|must) (?:i|you|we)\b(?!.*\b(?:addict\w*|hooked|dependent|hallucinat\w*|side effects?|overdose|die)\b).*\?["')*]*$/i;

const asksLeave = keeping((text) => PERMISSION.test(text));

/** A question, also one that is set down to somebody (`"Is it addictive?" asked a man`, `Is it safe? (Robin)`). */
const ASKED = /\?["')*]*(?: (?:asked|asks|wondered|wrote|said)\b[^?]*| ?[–—(-][^?]{1,60})?$/;
const asks = keeping((text) => ASKED.test(text));
const ASSENT = /^["'(]*(?:yes|yep|unfortunately|sadly|(?:it|they|that|this|you) (?:can|does|do|is|are|may|might|could|will)(?= be\b| happen|[,.;!]|$)|(?:it|that)(?:'s| is) possible|possibly|potentially|sometimes|occasionally|it happens|some (?:people )?do|a few do|of course|absolutely|certainly)\b(?! not\b|n't)/i;
const DISSENT = /^["'(]*(?:(?:sadly|unfortunately|i'm afraid|well|honestly),? )?(?:no|nope|never|not|(?:it|they|that|this|we|you|ketamine|esketamine|spravato) (?:isn't|is not|aren't|are not|doesn't|does not|don't|do not|can't|cannot|hasn't|has not|won't|will not|wasn't|was not))\b/i;
/** How a question begins: what it asks after, and of what. */
const INQUIRY = /^["'(*]*(?:(?:but|and|so|then|well|ok),? )?(?:is|isn't|are|was|has|have|does|do|did|can|could|will|would|should|may|must)(?:n't)? ((?:the|this|that|these|my|your|a|an|its|their) [^ ]+|[^ ]+) /i;

/** What a question and its short answer say together: `Is it addictive? It can be.`, `Is it approved for depression? No.`; undefined where neither yes nor no is said. */
function answered(question: string, answer: string): string | undefined {
  const asked = question.replace(ASKED, '').replace(/^["'(*]+/, '');
  if (DISSENT.test(answer)) {
    const found = INQUIRY.exec(asked);
    return found ? `${found[1]} not ${asked.slice(found[0].length)}: ${answer}` : undefined;
  }
  return ASSENT.test(answer) && INQUIRY.test(asked) ? `${asked}: ${answer}` : undefined;
}

/** An answer that says something only with its question. */
const SHORT = 14;
const mayAnswer = keeping((text) => ASSENT.test(text) || DISSENT.test(text) || text.split(' ', SHORT + 1).length <= SHORT);

/** Another treatment that a sentence is about: what it says is not said of the drug. */
const OTHERS = '(?:SSRIs?|SNRIs?|(?:[\\w-]+ )?antidepressants?|tricyclics?|benzo(?:diazepine)?s?|opioids?|opiates|morphine|fentanyl|gabapentin\\w*|lithium|ECT|TMS|electroconvulsive therapy|psilocybin|MDMA|LSD|midazolam|Xanax|Ativan|Prozac|Zoloft|heroin|cocaine|alcohol|cannabis)';
const OF_ANOTHER = new RegExp(`^(?:(?:but|and|while|although|the|other|most|many|some|older|standard|traditional|conventional|daily|oral|these|common) ){0,3}${OTHERS}(?: (?:and|or|such as|like) ${OTHERS})? (?!with ketamine|plus)`, 'i');
const OF_THE_DRUG = /\b(?:ketamine|esketamine|spravato|it|its|this|infusions?|lozenges?)\b/i;
const elsewhere = keeping((text) => OF_ANOTHER.test(text) && !OF_THE_DRUG.test(text));

/**
 * What the units of each block are read with: of an answer its question, of an item the sentence or heading before its list, or the item that it is
 * nested in; of a cell the heads of its column and row. Empty elsewhere.
 */
function leadsOf(document: Document): string[] {
  const { blocks, units, firstUnit } = document;
  let group = -1;
  let before = ''; // the last sentence outside the list or table
  let leave = false; // it asks leave
  let nested: { level: number; text: string }[] = [];
  let columns = new Map<number, string>();
  let row = { index: -1, text: '' };
  return blocks.map((block, b) => {
    const last = firstUnit[b] === firstUnit[b + 1] ? undefined : units[firstUnit[b + 1]! - 1]!;
    const text = last?.text ?? '';
    if (block.kind !== 'item' && block.kind !== 'cell') {
      const lead = block.kind === 'paragraph' && leave ? before : '';
      before = text;
      leave = last !== undefined && asksLeave(last.said);
      group = -1;
      return lead;
    }
    if (block.group !== group) {
      group = block.group;
      nested = [];
      columns = new Map();
      row = { index: -1, text: '' };
    }
    if (block.kind === 'item') {
      nested = nested.filter((item) => item.level < block.level);
      const lead = nested.at(-1)?.text ?? before;
      nested.push({ level: block.level, text });
      return lead;
    }
    const heads = [columns.get(block.column), row.index === block.row ? row.text : ''].filter(Boolean).join(' ');
    if (block.header) columns.set(block.column, text);
    if (block.column === 0) row = { index: block.row, text };
    return heads;
  });
}

const WORD = /\p{L}{2,}/gu;

/** Longer leads say more than what they lead to. */
const LEAD_WORDS = 14;

const leadOf = keeping((text) => text.replace(/(?<![\s:.…-])[\s:.…-]+$/, '').split(' ').slice(-LEAD_WORDS).join(' '));
const severalWords = keeping((text) => (text.match(WORD)?.length ?? 0) >= 2);

const lastLed = keeping((): { before: string; text: Said } => ({ before: '', text: saidOf('') }));

/** A unit's text behind its lead; the same as for the last document where nothing has changed. */
function led({ said, text }: Unit, before: string): Said {
  const last = lastLed(said);
  if (last.before !== before) {
    last.before = before;
    last.text = saidOf(`${before} ${text}`);
  }
  return last.text;
}

const sayings = new WeakMap<readonly Hit<Sense>[], readonly Hit<Sense>[]>();

/** The hits that make a statement: what only calls for one is left out. */
function saying(text: Said, scan: Lexicon['scan']): readonly Hit<Sense>[] {
  const hits = scan(text);
  if (hits.length === 0) return hits;
  let own = sayings.get(hits);
  if (!own) sayings.set(hits, own = hits.filter(({ value }) => value.part !== 'trigger'));
  return own;
}

/** Whether a unit is one that can make a statement. */
function maySay(unit: Unit, document: Document, analysis: Analysis): boolean {
  const { kind } = document.blocks[unit.block]!;
  return kind !== 'heading' && kind !== 'title' && kind !== 'reference' && kind !== 'aside' && !analysis.readings[unit.index]!.question && !elsewhere(unit.said);
}

/** What is said anywhere of what disclosures say. */
function* saidIn(document: Document, analysis: Analysis, { scan, sayers }: Lexicon): Iterable<Statement> {
  const leads = leadsOf(document);
  for (const unit of sayers(document)) {
    if (!maySay(unit, document, analysis)) continue;
    const previous = document.units[unit.index - 1];
    if (previous && asks(previous.said) && mayAnswer(unit.said)) {
      const yes = answered(previous.text, unit.text);
      const text = saidOf(yes ?? `${previous.text.replace(ASKED, '')}: ${unit.text}`);
      const hits = saying(text, scan);
      const own = text.text.length - unit.text.length;
      if (yes === undefined ? hits.some(({ end }) => end > own) : hits.length > 0) {
        yield { unit, text, lead: own, whole: yes !== undefined, hits };
        continue;
      }
    }
    const before = leads[unit.block] === '' ? '' : leadOf(leads[unit.block]!);
    if (before === '') {
      const hits = saying(unit.said, scan);
      if (hits.length > 0 && severalWords(unit.said)) yield { unit, text: unit.said, lead: 0, hits }; // a lead of one word is a heading
      continue;
    }
    const text = led(unit, before);
    const hits = saying(text, scan);
    if (hits.length > 0) yield { unit, text, lead: before.length + 1, hits };
  }
}

/** Offers, prices or recommends something. */
const OFFER = /[$£€]\s?\d|\b(?:we|we'll|our|i|i'll) (?:\w+ ){0,3}(?:offer|ship|send|mail|post|deliver|prescribe|provide|recommend|compound|make)\w*|\b(?:your|our) (?:\w+ ){0,2}(?:lozenges?|troches?|melts?|tablets?|box|kit|home|couch|prescription|doses?|program\w*|ketamine)\b|\b(?:order|shipped|delivered|prescribed|mailed|by mail|by post|buy|available|sign up|per month|a month|try|consider|continue with|you (?:place|put|take|dissolve|hold|can|will)|recommended|convenient\w*|option)\b/i;
/** Warns of it, stays away from it, or reports it. */
const AGAINST = /\b(?:not|never|n't|cannot|stopped|avoid|without|instead of|rather than|against|warn\w*|risk\w*|danger\w*|caution\w*|illegal\w*|excluded?|refus\w*)\b|n't\b/i;

/** Home as where one rests or leaves things, not as where the drug is taken. */
const AFTERWARDS = /\b(?:after (?:your|the|each|an?|every) (?:[\w-]+ )?(?:infusion|drip|session|treatment|visit)|(?:recover\w*|rest(?:ing)?|relax\w*|(?:side|after)[- ]effects) at home|back (?:(?:at )?home|on your)|that (?:night|evening)|(?:keep|leave|put) [^,.]{1,24} at home)\b/i;

/** `That it isn't addictive.`: a belief is named, not held. */
const NAMED = /^["'(]*That (?:it|they|this)\b(?: [^ .,;:]+){1,6}[.]?$/;

/** So many sentences from a mention to the end of its paragraph are about what it names. */
const RUN = 3;

/** Units that call for a disclosure, in order, each with the hits that do. */
type Calls = ReadonlyMap<Disclosure, readonly { readonly unit: Unit; readonly hits: readonly Hit<Sense>[] }[]>;

function callsOf(document: Document, { scan, hitting, standard }: Lexicon): Calls {
  const out = new Map<Disclosure, { readonly unit: Unit; readonly hits: Hit<Sense>[] }[]>();
  for (const unit of hitting(document)) {
    const { kind } = document.blocks[unit.block]!;
    if (kind === 'reference' || kind === 'aside') continue;
    const hits = scan(unit.said);
    if (hits.length === 0 || standard(unit.said)) continue;
    for (const hit of hits) {
      if (hit.value.part !== 'trigger') continue;
      const { disclosure } = hit.value;
      const calls = out.get(disclosure);
      if (!calls) out.set(disclosure, [{ unit, hits: [hit] }]);
      else if (calls.at(-1)!.unit === unit) calls.at(-1)!.hits.push(hit);
      else calls.push({ unit, hits: [hit] });
    }
  }
  return out;
}

function calledFor(disclosure: Disclosure, document: Document, analysis: Analysis, calls: Calls, claims: ReadonlySet<number>, opens: number): boolean {
  if (disclosure.trigger.length === 0) return true;
  let named = 0;
  for (const { unit, hits } of calls.get(disclosure) ?? []) {
    const { kind } = document.blocks[unit.block]!;
    named++;
    switch (disclosure.call) {
      case 'discussed': {
        // A heading, a claim, what the document opens with, three mentions or a run of sentences: more than in passing.
        const first = unit.index <= opens;
        if (kind === 'heading' || kind === 'title' || claims.has(unit.index) || first || named >= 3
          || document.firstUnit[unit.block + 1]! - unit.index >= RUN) return true;
        break;
      }
      case 'offered':
        if (OFFER.test(unit.text) && !AGAINST.test(unit.text) && !AFTERWARDS.test(unit.text) && !analysis.readings[unit.index]!.question) return true;
        break;
      default:
        if (analysis.about[unit.index] || analysis.readings[unit.index]!.conditions.some((at) => !hits.some((hit) => at.start < hit.end && hit.start < at.end))) return true;
    }
  }
  return false;
}

/**
 * Which disclosures of the packs a document needs by its claims and its audience, and which it makes. Without a benefit
 * claim none is needed.
 */
export function disclosuresOf(document: Document, analysis: Analysis, plan: Plan): readonly DisclosureState[] {
  const lexicon = lexiconOf(plan);
  const { disclosures, questions, standard } = lexicon;
  const claimed = analysis.inScope && analysis.claims.some((claim) => claim.benefit);
  /** What is said towards each disclosure, in order. */
  const said = new Map<Disclosure, { readonly statement: Statement; readonly point: Point }[]>();
  if (claimed) {
    for (const statement of saidIn(document, analysis, lexicon)) {
      for (const point of pointsOf(statement.hits)) {
        const all = said.get(point.disclosure);
        if (all) all.push({ statement, point });
        else said.set(point.disclosure, [{ statement, point }]);
      }
    }
  }
  const calls: Calls = claimed ? callsOf(document, lexicon) : new Map();
  const claims = new Set(analysis.claims.filter((claim) => claim.benefit).map((claim) => claim.unit));
  // Up to the first unit that names a drug, the document opens.
  const naming = analysis.readings.findIndex(({ drugs }) => drugs.length > 0);
  const opens = naming < 0 ? Infinity : naming;
  const { require = [], ignore = [] } = plan.config.disclosures ?? {};
  return disclosures.map((disclosure): DisclosureState => {
    const asked = require.includes(disclosure.id);
    const level = asked ? 'required' : disclosure.level;
    const needed = claimed && !ignore.includes(disclosure.id)
      && (asked || (disclosure.audiences.includes(analysis.audience) && calledFor(disclosure, document, analysis, calls, claims, opens)));
    const own = said.get(disclosure) ?? [];
    const denied = own.some(({ statement: { unit, lead, whole }, point: { denied: denials, stands } }) => denials.length > 0 && !analysis.voiced[unit.index] && !NAMED.test(unit.text)
      && denials.some(({ start }) => whole || start >= lead) && !stands.some(({ end }) => whole || end > lead));
    for (const { statement: { unit, lead, whole }, point: { stands } } of own) {
      if (denied && !standard(unit.said)) continue;
      const hit = stands.find(({ end }) => whole || end > lead);
      if (!hit) continue;
      const within = hit.end > lead;
      return { disclosure, needed, level, place: { unit: unit.index, span: sourceSpan(document, unit, within ? Math.max(0, hit.start - lead) : 0, within ? hit.end - lead : unit.text.length) } };
    }
    // What says it in words that the pack has not: the first of them. The pack's own caveats say what their phrases say and no more.
    const unit = needed && !denied ? sayingsIn(document, analysis, plan).yes.get(questions.get(disclosure)!)?.find((one) => maySay(one, document, analysis) && !standard(one.said) && !analysis.voiced[one.index] && !document.blocks[one.block]!.quoted) : undefined;
    return { disclosure, needed, level, place: unit && { unit: unit.index, span: unit.span } };
  });
}

/** The needed disclosures that are not made. */
export const missingDisclosures = (states: readonly DisclosureState[]): readonly DisclosureState[] => states.filter(({ needed, place }) => needed && !place);

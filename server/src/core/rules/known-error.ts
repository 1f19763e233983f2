import { sourceSpan, unitsWhere, type Document, type Unit } from '../document';
import type { Fix } from '../finding';
import { keeping, type Said } from '../kept';
import { readingLike } from '../likely';
import type { KnownError, Pack } from '../pack';
import { Matcher, type Hit } from '../phrases';
import { correctionFixes, TEMPLATE } from '../remedies';
import { isReferenceNote } from '../works';
import { shortened, type Report, type Rule, type RuleContext } from './rule';
import { toldWhatIsKnown } from './told';

interface Role {
  readonly error: KnownError;
  readonly role: 'says' | 'unless' | 'omits' | 'tells';
}

interface Scan {
  (text: string | Said): readonly Hit<Role>[];
  /** Units with hits. */
  readonly units: (document: Document) => readonly Unit[];
}

const compiled = new WeakMap<readonly Pack[], Scan>();

/** The hits of all errors' phrases in a text. They are kept by text, so that a keystroke scans only what it changed. */
function scanOf(packs: readonly Pack[]): Scan {
  const ready = compiled.get(packs);
  if (ready) return ready;
  const all = (error: KnownError, role: Role['role'], phrases: readonly string[] = []) => phrases.map((phrase) => ({ phrase, value: { error, role } }));
  const matcher = new Matcher(packs.flatMap((pack) => pack.errors).flatMap((error) => [
    ...all(error, 'says', error.phrases), ...all(error, 'unless', error.unless),
    ...all(error, 'omits', error.omission?.phrases), ...all(error, 'tells', error.omission?.unless),
  ]));
  const hits = keeping((text) => matcher.scan(text));
  const scan: Scan = Object.assign((text: string | Said) => hits(text), { units: unitsWhere(({ said }) => hits(said).length > 0) });
  compiled.set(packs, scan);
  return scan;
}

const EDGE = /[,;:()–—]| (?:which|making|because|but|although|while) /g;

/** The clause around a hit: hedges and negations in other clauses do not touch it. */
function clauseAround(text: string, { start, end }: Hit<unknown>): { readonly before: string; readonly after: string; readonly whole: string } {
  let from = 0;
  let to = text.length;
  for (const m of text.matchAll(EDGE)) {
    if (m.index < start) from = Math.min(start, m.index + m[0].length);
    else if (m.index >= end) { to = m.index; break; }
  }
  return { before: text.slice(from, start), after: text.slice(end, to), whole: text.slice(from, to) };
}

const HEDGED = /\b(?:may|might|could|can|perhaps|possibl[ey]|potential(?:ly)?|appears?|seems?|suggest(?:s|ed|ing)?|thought to|believed|reported|some evidence|(?:in|for|among) (?:some|a few)|some (?:people|patients|adults))\b/i;
const DENIED = /\b(?:not|no|never|without|nor|neither|cannot|lacks?|nobody|hardly|rarely|unlikely|less than|instead of)\b|n't\b/i;
/** What somebody wants, plans or asks: not a statement of fact. */
const AIMED = /\b(?:aim(?:s|ed|ing)?|goals?|mission|seek(?:s|ing)?|striv\w+|want(?:s|ing)?|hop(?:e|es|ing) (?:for|to|of)|look(?:s|ing)? for|in search of|work(?:s|ing)? towards?|committed to|dedicated to|designed (?:for|to)|intended (?:for|to)|in order to|whether|if|deserv\w+|need(?:s|ed)?|promis(?:e|es|ed) of|pursuit of)\b/i;
const DISOWNED = /\b(?:myths?|misconceptions?|misleading|they (?:say|claim)|overstat\w+|exaggerat\w+|falsely|wrongly|incorrectly|debunk\w*|unfounded|not true|untrue|(?:supporters|proponents|advocates|enthusiasts|clinics?|ads?|adverts?|advertisements?|websites?|marketing|critics|some|headlines) (?:\w+ )?(?:claim|claims|claimed|promise|promises|advertise|advertises|say|says|describe|call|argue)|claims? that)\b/i;
/** What somebody has read or believes, and the text does not say itself: `She has read that …`, `Some people believe …`. */
const BELIEVED = /\b(?:(?:he|she|they|who|you|patients?|clients?|people|friends?|family|relatives|colleagues|the (?:man|woman|mother|father|daughter|son))(?:'s|'ve|'d| has| have| had| may have| might have| will have)? (?:often |also |now |once |already |sometimes )*(?:read|heard|been told|seen (?:it (?:said|claimed)|online)|come across|picked up)\b(?: \w+){0,3} (?:that|of|about)|(?:he|she|they|some|many|most|people|patients|clients|relatives|families|parents|the (?:public|patient|media)|customers|users|students|(?:some|many|most|other) \w+)(?: (?:still|often|also|sometimes|wrongly|may|might|tend to|seem to|commonly|mistakenly))* (?:believes?|thinks?|assumes?|suppose|imagines?|insists?|expects?|worr(?:y|ies)|fears?|asks?|hear|are told)\b|it is (?:often|widely|commonly|sometimes|still|frequently) (?:said|believed|claimed|thought|assumed|repeated|supposed)|the (?:belief|idea|notion|assumption|rumou?r|impression|claim|myth) (?:that|of)|contrary to|rumou?rs?|urban legends?)/i;
/** What stands behind a statement that is put to somebody to judge. */
const JUDGED = /^["'(]*(?:(?:is|was|are|were) (?:he|she|they|this|that|it|you)(?: \w+)? (?:right|wrong|true|correct|so|accurate|justified|the case|really|well founded)\b.{0,40}\?|(?:is|was) (?:the )?\w+ (?:right|wrong|correct|true)\?|(?:true|right|correct|fact|agree|really|wrong)\b.{0,24}\?|(?:false|wrong|myth|not (?:so|true|quite|really|exactly)|untrue|incorrect|no)\b[.,!: –—-]|(?:what|how) (?:do|would|should|will|could) (?:you|we) (?:say|tell|answer|reply|respond|advise|think|explain)|(?:do|would) you agree|(?:he|she|they|it|this|that) (?:is|are|was|were)(?: \w+)? (?:wrong|mistaken|not (?:true|right|so|quite right)|false|untrue|out of date))/i;
/** Sections in which statements are put to be judged. */
const QUIZ = /\b(?:quiz(?:zes)?|true or false|test yourself|self[- ](?:test|assessment|check)|multiple[- ]choice|MCQs?|check your (?:knowledge|understanding)|knowledge check|pre-?test|post-?test)\b/i;

/** The statement is put to the reader, or to a person of the text, to be judged. */
function judged({ units, headings, texts }: Document, unit: Unit): boolean {
  const next = units[unit.index + 1];
  return (next !== undefined && next.block - unit.block <= 1 && JUDGED.test(next.text)) || headings[unit.block]!.some((h) => QUIZ.test(texts[h]!.text));
}

const OWN_WORDS = /\b(?:I|I'm|I've|my|me|myself)\b/;

/** Denied further on in the clause: `preventing suicide has not been shown`. */
const TAKEN_BACK = /\b(?:has|have|had|is|are|was|were)(?: \w+)?(?: not\b|n't\b)|\b(?:is|are|remains?|still) (?:\w+ )?(?:unknown|unproven|unclear|uncertain|not)\b/i;

const lower = (text: string): string => text.toLowerCase();
const sentence = (text: string): string => (/^[a-z][a-z]* /.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text);

function report(context: RuleContext, unit: Unit, { start, end }: Hit<unknown>, error: KnownError): Report {
  const found = unit.text.slice(start, end);
  return {
    span: sourceSpan(context.document, unit, start, end),
    severity: error.severity,
    message: `“${found}” is among the statements that sources do not bear out. ${sentence(error.correction)} Check it, and correct it or cite what it rests on.`,
    data: { error: error.id, found: lower(found), sources: error.sources },
  };
}

/** True where the words state what the error says: not denied, hedged, hoped for or told as another's mistake. */
function states(unit: Unit, hit: Hit<Role>): boolean {
  const { error } = hit.value;
  const { before, after, whole } = clauseAround(unit.text, hit);
  if (DENIED.test(before) || TAKEN_BACK.test(after) || DISOWNED.test(unit.text) || BELIEVED.test(unit.text.slice(0, hit.start))) return false;
  // Named as a term, not said.
  if (unit.text[hit.start - 1] === '"' && unit.text[hit.end] === '"') return false;
  if (error.evenHedged) return true;
  return !HEDGED.test(whole) && !AIMED.test(before) && !/\?["')]*$/.test(unit.text);
}

/** Items of a list read behind the short heading or sentence that leads to it: `Conditions we treat`, `Fibromyalgia`. */
const SHORT_ITEM = 8;
const briefItems = unitsWhere(({ said, text }, kind) => kind === 'item' && text.split(' ', SHORT_ITEM + 1).length <= SHORT_ITEM && !/:\s*$/.test(said.text));

function* listed(context: RuleContext, scan: Scan): Iterable<Report> {
  const { document, analysis } = context;
  for (const unit of briefItems(document)) {
    const h = document.headings[unit.block]!.at(-1);
    if (h === undefined || scan(unit.said).some(({ value }) => value.role === 'says')) continue;
    const heading = document.texts[h]!.text.replace(/[\s:.]+$/, '');
    if (heading.split(' ').length > SHORT_ITEM || DENIED.test(heading) || /\?$/.test(heading)) continue;
    const lead = `${heading} `;
    const hits = scan(lead + unit.text);
    const hit = hits.find(({ value, start, end }) => value.role === 'says' && start < lead.length && end > lead.length && !hits.some((other) => other.value.role === 'unless' && other.value.error === value.error));
    if (!hit || !hit.value.error.anywhere && !analysis.about[unit.index] && !analysis.about[document.units.findIndex(({ block }) => block === h)]) continue;
    yield report(context, unit, { ...hit, start: 0, end: hit.end - lead.length }, hit.value.error);
  }
}

/** A statement that a pack lists as wrong. */
export const knownError: Rule = {
  id: 'known-error',
  title: 'Statement known to be wrong',
  why: 'Some statements are repeated from text to text although sources contradict them.',
  basis: 'Caveat’s list of common errors, each with its correction, sources and the date of their review.',
  severity: 'warning',
  yields: true,
  *check(context): Iterable<Report> {
    const { document, analysis, plan } = context;
    if (!analysis.inScope) return;
    const scan = scanOf(plan.packs);
    const told = new Set<KnownError>();
    const omitted = new Map<KnownError, Report>();
    yield* listed(context, scan);
    for (const unit of scan.units(document)) {
      const { kind } = document.blocks[unit.block]!;
      if (kind === 'reference') continue;
      const hits = scan(unit.said);
      if (hits.length === 0 || isReferenceNote(document, unit.block)) continue;
      const held = new Set(hits.filter(({ value }) => value.role === 'unless').map(({ value }) => value.error));
      const done = new Set<KnownError>();
      for (const hit of hits) {
        const { error, role } = hit.value;
        if (role === 'tells') told.add(error);
        if (role === 'omits' && kind !== 'heading' && kind !== 'title' && !omitted.has(error)) omitted.set(error, report(context, unit, hit, error));
        if (role !== 'says' || done.has(error) || held.has(error)) continue;
        if (!error.anywhere && !analysis.about[unit.index]) continue;
        if (!error.evenHedged && OWN_WORDS.test(unit.text)) continue;
        if (!states(unit, hit) || judged(document, unit) || toldWhatIsKnown(document, unit, plan)) continue;
        // A figure with a frame to fill in is asked for already.
        if (/\d/.test(unit.text.slice(hit.start, hit.end)) && TEMPLATE.test(unit.text)) continue;
        // Which paper is meant is asked already: the debt is marked.
        if (error.correction.includes('?') && document.citations.some(({ form, unit: at }) => form === 'needed' && at === unit.index)) continue;
        done.add(error);
        if (error.omission) told.add(error);
        yield report(context, unit, hit, error);
      }
    }
    for (const [error, found] of omitted) if (!told.has(error)) yield found;
    for (const [pack, error] of plan.packs.flatMap(({ id, errors }) => errors.map((one) => [id, one] as const))) {
      for (const unit of readingLike(`errs ${pack}/${error.id}`, context)) {
        const { text } = unit;
        if (scan(unit.said).some(({ value }) => value.error === error) || !error.anywhere && !analysis.about[unit.index] || !error.evenHedged && (HEDGED.test(text) || AIMED.test(text) || OWN_WORDS.test(text))) continue;
        if (DISOWNED.test(text) || BELIEVED.test(text) || judged(document, unit) || isReferenceNote(document, unit.block) || toldWhatIsKnown(document, unit, plan)) continue;
        yield {
          span: unit.span,
          severity: 'information',
          message: `${shortened(text)} reads like a statement that sources do not bear out. ${sentence(error.correction)} Check it, and correct it or cite what it rests on.`,
          data: { error: error.id, likely: true, sources: error.sources },
        };
      }
    }
  },
  fixes(finding, context): readonly Fix[] {
    const { plan, document } = context;
    // What only reads so is left as it is, and the correction stands beside it.
    if (finding.data['likely'] === true) return correctionFixes(finding, context).filter(({ action }) => action === 'insert').map((fix, i) => ({ ...fix, preferred: i === 0 }));
    const error = plan.packs.flatMap((pack) => pack.errors).find(({ id }) => id === finding.data['error']);
    const choices = error?.replace?.[String(finding.data['found'])] ?? [];
    const capital = /^\p{Lu}/u.test(document.text.slice(finding.span.start, finding.span.end));
    // What has no wording of its own may have one for a part of it.
    const source = document.text.slice(finding.span.start, finding.span.end);
    const parts = choices.length > 0 ? [] : Object.entries(error?.replace ?? {}).flatMap(([part, puts]) => {
      const at = source.toLowerCase().indexOf(part);
      return at < 0 ? [] : puts.map((put): Fix => ({
        title: `Write “${put}” for “${source.slice(at, at + part.length)}”`, kind: 'judgement', action: 'replace', preferred: true,
        edits: [{ span: { start: finding.span.start + at, end: finding.span.start + at + part.length }, text: document.format.write.inline(put) }],
      }));
    });
    const reworded = choices.map((choice, i): Fix => {
      const text = capital ? choice.charAt(0).toUpperCase() + choice.slice(1) : choice;
      return {
        title: `Write “${text}”`, kind: 'judgement', action: 'replace', preferred: i === 0,
        edits: [{ span: finding.span, text: document.format.write.inline(text) }],
      };
    });
    return [...reworded, ...parts, ...correctionFixes(finding, context)].map((fix, i) => ({ ...fix, preferred: i === 0 }));
  },
  examples: [
    { text: 'Ketamine for depression. It raises «neurotransmitters such as glutamate and BDNF».' },
    { text: 'Ketamine for depression. Ketamine is «available in various forms, including injectable solutions, nasal sprays» and tablets.' },
    { text: 'Ketamine for depression. Patients may feel relief within hours, making it a «valuable option for those in crisis».' },
    { text: 'Ketamine for depression. «Perry continues» to inspire people who are offered ketamine.' },
    { text: 'Ketamine for depression. «Lasting results» after six visits.' },
    { text: '# Ketamine infusions\n\nKetamine is given by drip.\n\n## Pain conditions we treat with ketamine\n\n- «Fibromyalgia»\n- Nerve pain' },
    { text: 'Ketamine for depression. Our goal is lasting relief for every guest.' },
    { text: 'Ketamine for depression. It does not give lasting relief.' },
    { text: 'Ketamine for depression. He has read that esketamine must always be taken with an oral antidepressant. Is he right?' },
    { text: 'Ketamine for depression. Ketamine gives lasting relief. True or false?' },
    { text: 'Ketamine for depression. Many people believe that ketamine brings instant relief.' },
    { text: 'Ketamine for depression. The effects of one infusion lasted for up to a week.' },
    { text: 'Ketamine for depression. Ketamine can be given by mouth, by vein or under the skin.' },
  ],
};

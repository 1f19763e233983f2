// What the three language rules share: the packs' wordings found in units about the drug, and the contexts in which
// they are not the author's own assertion (negation, question, quotation, name, disowned opinion, another's praise).

import type { Document, Unit } from '../document';
import { sourceSpan, unitsWhere } from '../document';
import { keeping, type Said } from '../kept';
import type { Pack, Wording } from '../pack';
import { Matcher } from '../phrases';
import type { Plan } from '../plan';
import { span, type Span } from '../text';
import { isReferenceNote } from '../works';
import { ELLIPSIS, findDenials, findEllipsis } from './denial';
import type { RuleContext } from './rule';

export type LanguageRule = Wording['rule'];

/** A wording at a place of a text (of a unit, where it is found in a document). */
export interface WordingHit {
  readonly wording: Wording;
  readonly start: number;
  readonly end: number;
}

export interface UnitHit extends WordingHit {
  readonly unit: Unit;
  readonly span: Span;
}

interface Compiled {
  readonly all: Matcher<Wording>;
  readonly unless: Matcher<Wording>;
  /** Wordings that are also found in code, by their ids: flat denials, and `Safe.` as a lead. */
  readonly denial: Wording | undefined;
  readonly safe: Wording | undefined;
  /** Units with hits, or with the form of an answer. */
  readonly units: (document: Document) => readonly Unit[];
  /** Hits in a text. */
  readonly seen: (text: string | Said) => readonly WordingHit[];
}

/** Compiled once for each set of packs; a plan's packs never change. */
const COMPILED = new WeakMap<readonly Pack[], Compiled>();

function compiled(packs: readonly Pack[]): Compiled {
  const known = COMPILED.get(packs);
  if (known) return known;
  const wordings = packs.flatMap((pack) => pack.wordings);
  const entries = (of: (wording: Wording) => readonly string[]) => wordings.flatMap((value) => of(value).map((phrase) => ({ phrase, value })));
  // Kept with the text, so that the three rules and the next keystroke read a unit once.
  const seen = keeping((text) => scanAfresh(text, { packs }));
  const fresh = {
    all: new Matcher(entries((wording) => wording.phrases)),
    unless: new Matcher(entries((wording) => wording.unless)),
    safe: wordings.find((wording) => wording.id === 'safe' && wording.rule === 'minimised-risk'),
    seen,
    units: unitsWhere(({ said }) => seen(said).length > 0 || mayAnswer(said)),
    denial: wordings.find((wording) => wording.id === 'denial' && wording.rule === 'absolute-language'),
  };
  COMPILED.set(packs, fresh);
  return fresh;
}

const touches = (a: WordingHit | Span, b: WordingHit | Span): boolean => a.start < b.end && b.start < a.end;

/** The clause before a place, back to the last stop; a comma ends it only where `commas` is set. */
function clauseBefore(text: string, at: number, commas: boolean): string {
  const before = text.slice(Math.max(0, at - 160), at);
  const stop = commas ? /.*(?:[.;:!?,()]|\s[-–—]+\s|—| but | although | though | while | whereas | yet )/s : /.*(?:[.;:!?()]|\s[-–—]+\s|—| but | although | though | while | whereas | yet )/s;
  return before.replace(stop, ' ');
}

const NEGATED = /(?:\b(?:not|no|never|nor|neither|without|cannot|none|nobody|nothing(?! short)|hardly|scarcely|rarely|far from|rather than|instead of|anything but|(?<!nothing )short of|lacks?|lacking|fails? to|failed to|isn't|unlikely to(?: be)?|stop(?:s|ped)? short of|yet to)|n't)(?! (?:only|just|merely|simply|doubt|question|wonder|surprise|alone|one of))(?:(?: |-)[^\s,;:]+){0,4}[ -]["'(]?$/i;
/** `Neither drug should be presented as a cure`: a negative subject reaches further. */
const NONE_OF = /^[ "'(]*(?:neither|nobody|no one|none|nothing|no (?:drug|treatment|medicine|medication|clinic|trial|study|therapy|single))(?: [^\s,;:]+){1,9} $/i;
const NEGATED_LIST = /(?:\b(?:not|no|never|nor|neither)|n't)(?! (?:only|just|merely|simply))(?:(?: |-)[^\s;:]+){0,8}[ -]$/i;

/** Is the wording at this place negated in its clause (`is not a cure`, `no guarantee`, `not a miracle or a cure`)? */
export function negated(text: string, start: number, end: number): boolean {
  const clause = clauseBefore(text, start, true);
  if (NEGATED.test(clause) || NONE_OF.test(clause)) return true;
  const whole = clauseBefore(text, start, false);
  const tail = text.slice(end, end + 30);
  return NEGATED_LIST.test(whole) && (/\b(?:or|nor)\b/.test(whole) || /^,? (?:[\w-]+ )?(?:or|nor) /.test(tail)) && /,[^,]{0,24}$|\b(?:or|nor)\b[^,]{0,20}$/.test(whole);
}

const QUESTION = /^["'(]*(?:(?:but|and|so|ok|okay|then|well|now),? )?(?:is|isn't|are|aren't|was|were|do|don't|does|doesn't|did|can|can't|could|will|won't|would|should|has|have|had|may|might|what|how|why|when|where|who|which|whether)\b/i;
const ASKED_LATE = /[,:;–—-] ?(?:is|are|do|does|did|can|could|will|would|should|has|have|how|what|why|which) [^?]{0,80}\?["')]*$/i;

/** A question in form that offers something: `Ready to reclaim your life?` */
const OFFERED = /^(?:(?:are you |feel )?ready|want|looking|tired|longing|dreaming|why not|what if|imagine|(?:do|would|don't|wouldn't) you (?:want|like|love|deserve))\b/i;

const isQuestion = (text: string): boolean => /\?["')]*$/.test(text) && (QUESTION.test(text) || ASKED_LATE.test(text) || text.split(' ').length <= 6);

/** The author speaks of the wording, or sets it down to somebody else, instead of asserting it. */
const DISOWNED = /\b(?:myths?|misconceptions?|not true|untrue|isn't true|false(?:ly)?|exaggerat\w*|oversell\w*|oversold|overstat\w*|overpromis\w*|misleading|debunk\w*|so-called|red flags?|(?:be|are|is|were|been|grow|grown) (?:wary|cautious|sk?eptical|suspicious)|beware|touted|marketed as|market(?:s|ing)? (?:it|ketamine|esketamine|the drug) as|advertis\w+|sold (?:\w+ ){0,2}as|billed as|purport\w*|(?:clinics?|websites?|companies|providers?|ads?|marketers?|promoters?|enthusiasts?|influencers?|headlines?|sellers?|anyone|anybody|somebody|someone) (?:\w+ ){0,3}(?:claim\w*|promis\w+|tell\w*|says?|who|boast\w*|suggests?)|(?:clinics|websites|companies|sellers|ads|adverts|headlines|newspapers|tabloids|the (?:press|media)) (?:\w+ ){0,2}(?:calls?|describes?|hails?|labels?|presents?|pitch(?:es)?|bills?|brands?)|you(?:'ve| have) been (?:promised|sold|told)|claim(?:s|ed|ing)? (?:\w+ ){0,3}(?:to (?:be|have|cure|heal)|that)|too good to be true|some (?:people )?(?:say|call|claim|believe|think)|(?:clinics|websites|companies|ads|adverts) (?:\w+ ){0,2}(?:talk|speak|call)|(?:would be|is|was|it's) wrong to|should (?:not|never) be|the word|would be a mistake|we (?:do not|don't|never|cannot|can't) (?:say|claim|promise|call)|stop(?:ped)? calling|nobody (?:can|should)|no one (?:can|should)|critics?)\b/i;

/** `That it isn't addictive.`: a claim is named, not made. */
const NAMED_CLAIM = /^["'(]*That (?:it|they|this)\b(?: [^ .,;:]+){1,6}[.]?$/;

/** `… is called a wonder drug; it is not.` */
const TAKEN_BACK = /[;,–—-] ?(?:but |and |which )?(?:it|they|that) (?:is|was|are|were)(?:n't| not| none)[.!]?$/i;

/** What somebody said or thought at the time: a story, not the text's own assertion. */
const REPORTED = /\b(?:(?<!(?:'m|am|are|is|been|being|'re|'s) )(?:told|said|believed|thought|swore|insisted|hoped|assumed|wondered|convinced|joked|promised|wrote|believe|ask(?:s|ed)?))\b(?: [^\s,;:]+){0,8} $/i;

const WHETHER = /\b(?:whether|if|until|unless|once|in case|as though|as if|how|to (?:find out|see|judge|decide|determine|establish|assess|prove|show|check|learn))\b(?: [^\s,;:]+){0,6} $/i;

const MINE = /\b(?:I|I'm|I've|I'd|me|my)(?: [^\s,;:.]+){0,2} $/;
const MINE_BEHIND = /^ (?:me|my|mine)\b/;

/** Places, people and things of a clinic: praise of these is not about the drug. */
const SERVICE = '(?:teams?|chief executive|CEO|(?:medical )?director|owner|host|coffee|volunteers?|an?aesthetists?|anesthesiologists?|paramedics?|guides?|coach(?:es)?|receptionists?|consultants?|pumps?|monitors?|devices?|staff|nurses?|doctors?|physicians?|psychiatrists?|therapists?|clinicians?|providers?|people|crew|clinics?|facilit(?:y|ies)|cent(?:er|re)s?|offices?|suites?|rooms?|chairs?|recliners?|locations?|prices?|pricing|value|service|hospitality|equipment|technology|website|app|company|leadership|careers?|view|playlists?|music|parking|food|coffee|colleagues?|founder|mentor|teacher|author|book|film|podcast|article|conference|courage|story|woman|man|friends?|family|care team|customer|deals?|offers?|discounts?)';
const SERVICE_BEHIND = new RegExp(`^(?: (?!(?:for|to|in|with|of|by|and|at|on|from|because|when|is|are|the|a|that)\\b)[\\w-]+)? ${SERVICE}(?![\\w-])`, 'i');
const SERVICE_BEFORE = new RegExp(`\\b${SERVICE} (?:here |there |who )?(?:is|are|was|were|has been|have been|feels?|looks?)(?: [\\w-]+){0,2} $`, 'i');

/** `Ketamine is incredible technology`: the drug itself is praised. */
const SAID_OF_DRUG = /(?:ketamine|spravato) (?:is|was|has been)(?: (?:an?|such|the|truly|really|some))* $/i;

const OTHER_TREATMENT = /\b(?:SSRIs?|SNRIs?|antidepressants?|ECT|electroconvulsive|TMS|psilocybin|MDMA|LSD|lithium|opioids?|morphine|benzodiazepines?|CBT|EMDR|psychotherapy|exercise|meditation|midazolam|naloxone|clozapine|propofol|vaccines?|insulin|Zoloft|Prozac|Lexapro|sertraline|fluoxetine|quetiapine|lamotrigine)\b/i;
const THE_DRUG = /ketamin|spravato|\b(?:it|its|they|this|these|than|unlike|versus|vs|beats?|compared|like|where|infusions?|lozenges?|drips?|sprays?|we|our|you|your)\b/i;

const capital = (word: string): boolean => /^[A-Z]/.test(word) && !/^(?:I|I'm|I've|I'd|Ketamine|Esketamine|Spravato|SPRAVATO|IV|FDA)$/.test(word);

/** A capitalised word beside another inside a sentence that is not a heading in capitals: part of a name. */
function isName(text: string, start: number, end: number): boolean {
  const found = text.slice(start, end);
  if (!capital(found)) return false;
  const words = text.split(' ').filter((word) => /[A-Za-z]{4}/.test(word));
  const capitals = words.filter((word) => /^["'(#*]*[A-Z]/.test(word)).length;
  const sentence = /[.!?]["')]*$/.test(text) && / [a-z]+ /.test(text);
  if (!sentence && (words.length < 4 || capitals * 2 >= words.length)) return /^-\d/.test(text.slice(end));
  if (/^-\d/.test(text.slice(end))) return true;
  if (start === 0 || /[.!?:"'(]\s?["'(]?$/.test(text.slice(Math.max(0, start - 3), start))) return false;
  const before = /([^\s]+) $/.exec(text.slice(0, start))?.[1] ?? '';
  const after = /^ ([^\s.,;:!?]+)/.exec(text.slice(end))?.[1] ?? '';
  return capital(before.replace(/^["'(]/, '')) && !/[.!?:]$/.test(before) || capital(after);
}

/** `I was cured`, `cured me`: a person's own story, which another rule looks at. */
const isStory = (text: string, start: number, end: number): boolean => /\b(?:my|me|I)\b/.test(text.slice(start, end)) || MINE.test(text.slice(Math.max(0, start - 60), start)) || MINE_BEHIND.test(text.slice(end, end + 24));

/** `Always bring …`: an instruction, unless an adjective or a finite verb follows. */
const ASKED_TO = /^(?:always|never) (?!\w+(?:s|ed|ing|ful|ive|able|ible)\b|(?:safe|gentle|mild|better|there|a|an|the|has|had)\b)[a-z]+/i;

function quiet(text: string, hit: WordingHit, rule: LanguageRule, denial: boolean): boolean {
  const { start, end } = hit;
  const clause = clauseBefore(text, start, true);
  if (!denial && negated(text, start, end)) return true;
  if (start === 0 && ASKED_TO.test(text.slice(start, end + 24))) return true;
  if (REPORTED.test(clause)) return true;
  if (rule !== 'promotional-language' && WHETHER.test(clause)) return true;
  if (rule === 'promotional-language' && /\b(?:whether|not sure if|wonder if)\b(?: [^\s,;:]+){0,6} $/i.test(clause)) return true;
  if (isStory(text, start, end)) return true;
  if (isName(text, start, end)) return true;
  if (rule !== 'minimised-risk' && (!/ /.test(text.slice(start, end)) || hit.wording.id === 'superiority' || hit.wording.id === 'intensity')) {
    if (!SAID_OF_DRUG.test(clause) && SERVICE_BEHIND.test(text.slice(end, end + 60)) && !/^ ?(?:who|that)\b/.test(text.slice(end)) && /(?:ly|al|ing|ive|able|ible|ful|ary|ous|best|class|edge|art|nt|ed|ic)$/i.test(text.slice(start, end))) return true;
    if (SERVICE_BEFORE.test(clause)) return true;
  }
  if (OTHER_TREATMENT.test(clause) && !THE_DRUG.test(clause)) return true;
  return false;
}

/** One-word leads (`Safe.`, `Fast, safe.`), which are no phrase: in a sentence the same word may say anything. */
const LEAD = /^(?:(?:fast|quick|easy|simple|effective|proven|legal|gentle|discreet|affordable|natural)(?:,| and|\.) )*(safe)(?:,? (?:and )?(?:legal|easy|simple|proven|discreet|fast))?[.!:]?$/i;

/** All wordings of a plan in one text that is taken to be about the drug: phrases and the contexts of the text itself. */
export const scanText = (text: string | Said, plan: Pick<Plan, 'packs'>): readonly WordingHit[] => compiled(plan.packs).seen(text);

function scanAfresh(text: string, plan: Pick<Plan, 'packs'>): WordingHit[] {
  const { all, unless, denial, safe } = compiled(plan.packs);
  // A figure glued to its label (`0downtime`, where markup alone parts them) is read without the figure.
  const glued = /^\d[\d.,]*[%+]?(?=[a-z]{4})/.exec(text);
  if (glued) return scanText(text.slice(glued[0].length), plan).map((hit) => ({ ...hit, start: hit.start + glued[0].length, end: hit.end + glued[0].length }));
  const raw: WordingHit[] = all.scan(text).map(({ value, start, end }) => ({ wording: value, start, end }));
  const lead = safe && LEAD.exec(text);
  if (lead) raw.push({ wording: safe, start: text.indexOf(lead[1]!), end: text.indexOf(lead[1]!) + 4 });
  const denials = denial ? findDenials(text) : [];
  if (denial) raw.push(...denials.map(({ start, end }) => ({ wording: denial, start, end })));
  if (raw.length === 0 || DISOWNED.test(text) || TAKEN_BACK.test(text) || NAMED_CLAIM.test(text)) return [];
  const question = isQuestion(text);
  const offered = question && OFFERED.test(text);
  const blocked = unless.scan(text);
  const hits = raw.filter((hit) => {
    const wide = hit.wording === denial;
    if (question && !(offered && hit.wording.rule === 'promotional-language')) return false;
    if (blocked.some((not) => not.value === hit.wording && touches(not, hit))) return false;
    return !quiet(text, hit, hit.wording.rule, wide && denials.some((one) => one.start === hit.start && one.end === hit.end) && !/^(?:harmless|risk|non|side|zero risk)/i.test(text.slice(hit.start, hit.end)));
  });
  return joined(settle(hits), text);
}

const rank = (rule: LanguageRule): number => (rule === 'absolute-language' ? 0 : rule === 'minimised-risk' ? 1 : 2);

/** Of hits that overlap, the longest of each rule stays; a flat denial leaves no softened risk at its place. */
function settle(hits: readonly WordingHit[]): WordingHit[] {
  const ordered = [...hits].sort((a, b) => rank(a.wording.rule) - rank(b.wording.rule) || (b.end - b.start) - (a.end - a.start) || a.start - b.start);
  const kept: WordingHit[] = [];
  for (const hit of ordered) {
    if (kept.some((other) => touches(other, hit) && (other.wording.rule === hit.wording.rule
      || hit.wording.rule === 'promotional-language' && other.wording.rule === 'minimised-risk' && other.start <= hit.start && hit.end <= other.end
      || hit.wording.rule === 'minimised-risk' && (other.wording.id === 'denial' || other.start <= hit.start && hit.end <= other.end)))) continue;
    kept.push(hit);
  }
  return kept.sort((a, b) => a.start - b.start || rank(a.wording.rule) - rank(b.wording.rule));
}

/** `mild` and `short-lived` of one statement are one mark. */
function joined(hits: readonly WordingHit[], text: string): WordingHit[] {
  const out: WordingHit[] = [];
  for (const hit of hits) {
    const last = out.at(-1);
    if (last && last.wording === hit.wording && hit.wording.rule === 'minimised-risk' && /^(?:,|,? (?:and|or)) $/.test(text.slice(last.end, hit.start))) out[out.length - 1] = { ...last, end: hit.end };
    else out.push(hit);
  }
  return out;
}

const SPEECH = /\b(?:said|says|told|asked|wrote|writes|recalls?|recalled|called|calls|calling|describ\w+|explains?|explained|words?|termed|dubbed|labell?ed|hailed|according to|put it|talk(?:s|ed|ing)? about|speak(?:s|ing)? of)\b/i;

/** Ranges of a block's text that are somebody's own words: quotations of more than three words, or attributed ones. */
function quotations(text: string): Span[] {
  const out: Span[] = [];
  const add = (start: number, end: number): void => {
    const words = text.slice(start, end).split(/\s+/).filter((word) => /\w/.test(word)).length;
    if (words > 3 || SPEECH.test(text.slice(Math.max(0, start - 110), start)) || SPEECH.test(text.slice(end, end + 40))) out.push(span(start, end));
  };
  let open = -1;
  for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
    if (/\d/.test(text[i - 1] ?? '') && open < 0) continue; // inches
    if (open < 0) open = i;
    else { add(open, i + 1); open = -1; }
  }
  if (open >= 0 && !/\w/.test(text[open - 1] ?? ' ') && /\w/.test(text[open + 1] ?? '')) out.push(span(open, text.length));
  for (const found of text.matchAll(/(?<![\w"])'(?=[A-Za-z])(?:[^'"]|'(?=\w)){3,500}?[^\s]'(?!\w)/g)) add(found.index, found.index + found[0].length);
  return out;
}

/** A heading, caption, hashtag line or one-word lead: it may leave the drug to the text around it. */
const brief = (document: Document, unit: Unit): boolean => {
  const { kind } = document.blocks[unit.block]!;
  return kind === 'heading' || kind === 'title' || kind === 'caption' || kind === 'aside' || /^#\w/.test(unit.text) || unit.text.split(' ').length <= 9;
};

function concerned({ document, analysis }: RuleContext, unit: Unit): boolean {
  if (analysis.about[unit.index]) return true;
  if (/^#\w/.test(unit.text) && /#\w*ketamin/i.test(unit.text)) return true;
  if (!brief(document, unit)) return false;
  // Near enough: the units that follow in the section, or those just before in the same one.
  for (let i = unit.index + 1; i <= unit.index + 4 && i < document.units.length; i++) {
    const next = document.units[i]!;
    if (document.blocks[next.block]!.kind === 'heading' && next.block !== unit.block) break;
    if (analysis.about[i]) return true;
  }
  for (let i = unit.index - 1; i >= unit.index - 5 && i >= 0; i--) {
    if (document.blocks[document.units[i + 1]!.block]!.kind === 'heading') break;
    if (analysis.about[i]) return true;
  }
  return false;
}

const EFFECT = /\b(?:work|help|treat|reliev|relief|effect|efficac|benefit|respon|symptom|depress|pain|mood|safe|risk|side|recover|improv|evidence|stud|trial|research|result|outcome|anxi|ptsd|migraine|suicid|brain|mental|heal|cure|therap|option|better|harm|addict)/i;

const AFFIRMED = /^(?:yes[,.!]? )?(totally|absolutely|definitely|completely|100 ?%|certainly|without a doubt|of course|perfectly|entirely|always|every time|guaranteed|never|not at all|zero|none|no way)[.!]?$/i;
/** `Absolutely not.`, `Not at our doses.` behind a question about a harm. */
const HARM_ASKED = /\b(?:addict\w*|hooked|dependen\w*|habit[- ]forming|side effects?|risks?|risky|dangerous|harmful|overdos\w*|hangover|withdrawal|downsides?)\b[^?]*\?$/i;
const INTRO = "(?:(?:yes|no|nope|nah|well)[,.!:;]? (?:[–—-] )?)?(?:(?:in|at|with|under|for|on) (?:[\\w'-]+ ){1,5}?[\\w'-]+, )?";
const FLAT_NO = new RegExp(`^${INTRO}((?:absolutely|definitely|certainly) not|not at all|not in the (?:least|slightest)|none(?: whatsoever| at all)?|impossible|no chance|not a chance|no way|zero|nil|never|not (?:when|if|with|at|here|under|in) (?!every|all\\b|most|many)[^.?!]{2,60})(?=[.!]|$| (?:at|in|with|if|when|here)\\b)`, 'i');
/** `Remarkably so.` behind a question about safety. */
const SAFE_ASKED = /\bsafe\b[^?]*\?$/i;
const SOFT_YES = new RegExp(`^${INTRO}((?:very|remarkably|extremely|generally|incredibly|quite|surprisingly|mostly|largely|exceptionally|highly|pretty|super|reassuringly)(?: (?:much )?so)?)[.!,]`, 'i');

/** `Very few.` behind a question about harm. */
const FEW = new RegExp(`^${INTRO}((?:very |only |just )?(?:few|minor|mild|minimal|little)(?: ones)?)(?=[.!]|$)`, 'i');

/** The words of an answer that deny a harm or play it down. */
function answer(expression: RegExp, text: string, asked: RegExp, previous: string): Span | undefined {
  const words = asked.test(previous) ? expression.exec(text)?.[1] : undefined;
  if (words === undefined) return undefined;
  const start = text.indexOf(words);
  return span(start, start + words.length);
}

const ASKED = /\b(?:safe|work|effective|help|addict\w*|side effects?|last|cure\w*|relief|risks?|dangerous|habit|hooked|harm\w*|dependen\w*|permanent)\b[^?]*\?$/i;

/** Lists of beliefs: they stand there to be looked at. */
const BELIEFS = /\b(?:myths?|misconceptions?|beliefs?|red flags?|warning signs?|fiction|what (?:they|the ads|people|patients) (?:say|said|claim|believed?|had heard))\b/i;

function amongBeliefs(document: Document, unit: Unit): boolean {
  const block = document.blocks[unit.block]!;
  if (block.kind === 'cell') {
    for (let b = unit.block; b >= 0 && b > unit.block - 500 && document.blocks[b]!.group === block.group; b--) {
      const { row, column } = document.blocks[b]!;
      if (row === 0 && column === block.column) return BELIEFS.test(document.texts[b]!.text);
    }
    return false;
  }
  if (block.kind !== 'item' && block.kind !== 'heading') return false;
  return document.headings[unit.block]!.some((h) => BELIEFS.test(document.texts[h]!.text));
}

/** Whether a unit has the form of an answer: what it answers is looked at then. */
const mayAnswer = keeping((text) => AFFIRMED.test(text) || FLAT_NO.test(text) || SOFT_YES.test(text) || FEW.test(text) || ELLIPSIS.test(text));

/** The hits of one rule in a document, in order. */
export function findWordings(context: RuleContext, rule: LanguageRule): UnitHit[] {
  const { document, analysis, plan } = context;
  if (!analysis.inScope) return [];
  const { denial, safe } = compiled(plan.packs);
  const out: UnitHit[] = [];
  let quotedBlock = -1;
  let quoted: readonly Span[] = [];
  for (const unit of compiled(plan.packs).units(document)) {
    const block = document.blocks[unit.block]!;
    if (block.quoted || block.kind === 'reference') continue;
    const { text } = unit;
    const hits = scanText(unit.said, plan);
    // Of most units it is known by their own words that there is nothing to find.
    if (hits.length === 0 && !mayAnswer(unit.said)) continue;
    const previous = document.units[unit.index - 1]?.text ?? '';
    const soft = answer(SOFT_YES, text, SAFE_ASKED, previous);
    const found = hits.filter((hit) => !(soft && touches(soft, hit)) && hit.wording.rule === rule && (hit.wording.when === 'always' || EFFECT.test(text)));
    if (rule === 'absolute-language' && denial) {
      const no = answer(FLAT_NO, text, HARM_ASKED, previous);
      const short = findEllipsis(text, previous);
      const yes = AFFIRMED.exec(text);
      if (no && !found.some((hit) => touches(no, hit))) found.push({ wording: denial, ...no });
      else if (short) found.push({ wording: denial, ...short });
      else if (yes && ASKED.test(previous) && found.length === 0) found.push({ wording: denial, start: text.indexOf(yes[1]!), end: text.indexOf(yes[1]!) + yes[1]!.length });
    }
    const few = rule === 'minimised-risk' && safe ? answer(FEW, text, HARM_ASKED, previous) : undefined;
    if (safe && few && !found.some((hit) => touches(few, hit))) found.push({ wording: safe, ...few });
    if (rule === 'minimised-risk' && safe && soft) found.push({ wording: safe, ...soft });
    if (found.length === 0 || isReferenceNote(document, unit.block) || !concerned(context, unit) && !/^none of/i.test(text.slice(found[0]!.start)) || amongBeliefs(document, unit)) continue;
    if (quotedBlock !== unit.block) {
      quotedBlock = unit.block;
      quoted = quotations(document.texts[unit.block]!.text);
    }
    for (const hit of found) {
      const at = span(unit.from + hit.start, unit.from + hit.end);
      if (quoted.some((quote) => quote.start <= at.start && at.end <= quote.end)) continue;
      out.push({ ...hit, unit, span: sourceSpan(document, unit, hit.start, hit.end) });
    }
  }
  return out;
}

/** The hit that a finding of a rule was made from; undefined where the text has changed since. */
export function hitOf({ document, plan }: RuleContext, at: Span, id: string, words: string): UnitHit | undefined {
  const unit = document.units.find((one) => one.span.start <= at.start && at.start < one.span.end);
  const wording = plan.packs.flatMap((pack) => pack.wordings).find((one) => one.id === id);
  if (!unit || !wording || words === '') return undefined;
  for (let start = unit.text.indexOf(words); start >= 0; start = unit.text.indexOf(words, start + 1)) {
    const end = start + words.length;
    const place = sourceSpan(document, unit, start, end);
    if (place.start === at.start && place.end === at.end) return { wording, start, end, unit, span: place };
  }
  return undefined;
}

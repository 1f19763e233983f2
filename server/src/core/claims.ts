import type { Audience } from './config';
import { contextOf, type Context } from './context';
import type { Cue } from './cues';
import { sourceSpan, type Document, type Unit } from './document';
import type { Plan } from './plan';
import { keeping } from './kept';
import { citationsInReach } from './reach';
import { places, within, type Place, type Reading } from './reading';
import { strengthOf, tieOf, type Strength } from './strength';
import { groupOf, type Group } from './tables';
import type { Span } from './text';

/** Kinds of claim, the strongest first. */
export const CLAIM_KINDS = ['study', 'statistic', 'approval', 'comparison', 'efficacy', 'safety', 'mechanism', 'prevalence'] as const;
export type ClaimKind = typeof CLAIM_KINDS[number];

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
  /** Another claim of the neighbourhood stands for this one: it is a claim, but is not marked by itself. */
  readonly told: boolean;
  /** Indexes into `document.citations` of those in reach. */
  readonly citations: readonly number[];
}

/** What is known of a document before any rule runs. */
export interface Analysis extends Context {
  readonly claims: readonly Claim[];
}

export function analyse(document: Document, plan: Plan): Analysis {
  const context = contextOf(document, plan);
  if (!context.inScope) return { ...context, claims: [] };
  const drafts = document.units.flatMap((unit) => {
    const draft = draftOf(unit, document, context) ?? (plan.config.anyTopic ? tied(unit, document, context) : undefined);
    return draft ? [draft] : [];
  });
  const told = neighbours(drafts, document, context);
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
    citations: [],
  }));
  return { ...context, claims: claims.map((claim) => ({ ...claim, citations: citationsInReach(claim, document, context, plan) })) };
}

/** The first figure of an outcome in a reading, whether or not the unit makes a claim; undefined where there is none. */
export function outcomeFigure(reading: Reading): Place | undefined {
  if (places(reading, 'figure').length === 0) return undefined;
  let known = figuresKnown.get(reading);
  if (!known) figuresKnown.set(reading, known = { place: figureAfresh(reading) });
  return known.place;
}

const figuresKnown = new WeakMap<Reading, { readonly place: Place | undefined }>();

function figureAfresh(reading: Reading): Place | undefined {
  for (const at of reading.clauses) {
    const clause = new Clause(reading, at);
    const sign = statisticSigns(clause)[0];
    const figure = sign && clause.all('figure').find((place) => within(place, sign));
    if (figure) return figure;
  }
  return undefined;
}

interface Draft {
  readonly unit: Unit;
  readonly kinds: readonly ClaimKind[];
  readonly place: Place;
  readonly conditions: readonly string[];
  readonly hedged: boolean;
  readonly negated: boolean;
  readonly benefit: boolean;
}

interface Sign extends Place {
  readonly kind: ClaimKind;
  readonly benefit: boolean;
}

// ------------------------------------------------------------------------------------------------------ tools

class Clause {
  constructor(readonly reading: Reading, readonly at: Place) {}

  get text(): string {
    return this.reading.text.slice(this.at.start, this.at.end);
  }

  all(cue: Cue): readonly Place[] {
    return places(this.reading, cue).filter((place) => within(place, this.at));
  }

  has(cue: Cue): boolean {
    return places(this.reading, cue).some((place) => within(place, this.at));
  }

  /** The first `a` that is followed by `b` within `reach` characters: from the start of `a` to the end of `b`. */
  pair(a: readonly Place[], b: readonly Place[], reach: number): Place | undefined {
    for (const first of a) {
      const second = b.find((place) => place.start >= first.end && place.start - first.end <= reach && !this.all('not').some((not) => not.start >= first.end && not.end <= place.start));
      if (second) return { start: first.start, end: second.end };
    }
    return undefined;
  }

  /** Under a negation or a doubt. */
  negated(place: Place): boolean {
    return this.reading.denied.some((part) => part.start <= place.start && place.start < part.end);
  }

  /** A regular expression in the clause's text, as a place in the unit. */
  match(expression: RegExp): Place | undefined {
    const m = expression.exec(this.text);
    return m ? { start: this.at.start + m.index, end: this.at.start + m.index + m[0].length } : undefined;
  }
}

const join = (a: Place, b: Place): Place => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });

const ailmentsIn = (clause: Clause): Place[] => [...clause.all('ailment'), ...clause.reading.conditions.filter((c) => c.condition.group !== 'form' && within(c, clause.at))].sort((a, b) => a.start - b.start);

// ------------------------------------------------------------------------------------------------------- efficacy

/** Said of a use, not of an effect: `is used off-label to treat`, `approved for`, `is being studied for`. */
const USE = /\b(?:used|use|using|given|giving|prescrib\w+|approv\w+|indicated|licensed|offered|offer it|utili[sz]ed|administered|employed|recommended|considered|marketed|trying|in order|as a potential|as an?|here|clinics?|drugs?|medicines?|option|treatments? (?:we|they)|study|studied|stud(?:y|ies) of|explored|evaluated|investigated|intended|designed|potential|want|wants|hope|hoping|aims?|how|whether|if|when|before|after|what|which)\b[^.]{0,28}$/i;
const REPORTED_USE = /\b(?:used|use|utili[sz]ed|prescribed|given|administered|employed|studied|explored|investigated|tested|considered|offered|approved|licensed|indicated|recommended)\b/i;

/** How somebody may feel on a drug that no one takes it for. */
const UNPLEASANT = /\b(?:unable|detached|drows\w*|sleepy|heavy|floaty|unreal|distant|disconnected|anxious|tired|light-?headed|woozy|numb|confused|unwell|nauseous|queasy|vomiting|spaced|shak\w+|helpless|worse|paranoid|panick\w+|drunk|sick|dizz\w*)\b/i;

function efficacySigns(clause: Clause): Sign[] {
  const out: Sign[] = [];
  const text = clause.reading.text;
  const lead = text.slice(clause.at.start, clause.at.end);
  // A condition or a concession asserts nothing: `if it helps`, `while known for its effects`.
  if (/^(?:(?:and|but|so|because|since) )?(?:if|when|unless|whether|once)\b/i.test(lead)) return out;
  if (/^(?:While|Although|Though|Despite|Even though|Whereas|Because|Since)\b/.test(lead) && /,\s*$/.test(lead) && !/\b(?:undeniable|unquestion\w*|proven|clear|well[- ]established|beyond doubt|certain)\b/i.test(lead)) return out;
  const subjects = [...clause.reading.drugs, ...clause.all('treatment').filter((place) => !/^(?:treatment|therapy)$/i.test(text.slice(place.start, place.end))), ...clause.all('pronoun')];
  const others = /\b(?:unlike|than|compared|versus|instead of|rather than|whereas|where)\b/i.test(text) ? [] : clause.all('other');
  const add = (place: Place | undefined, kind: ClaimKind = 'efficacy'): void => {
    if (!place || clause.negated(place)) return;
    // Another treatment does it: it stands before, and nothing of ours does.
    if (others.some((other) => other.end <= place.start) && !subjects.some((subject) => subject.start < place.start)) return;
    out.push({ ...place, kind, benefit: true });
  };
  const ailments = ailmentsIn(clause);
  const assets = [...clause.all('asset'), ...clause.all('effect')].sort((a, b) => a.start - b.start);
  for (const verb of clause.all('lessen')) {
    const target = ailments.find((place) => place.start >= verb.end && place.start - verb.end <= 45);
    if (!target) continue;
    const before = text.slice(Math.max(clause.at.start, verb.start - 40), verb.start);
    if (/^[A-Z]\w+ [A-Z]\w+$/.test(text.slice(verb.start, target.end)) && verb.start > 0) continue; // a name: `Combat Stress`
    // `used to treat`, `for treating`: an identification, unless it is said to be effective.
    if (/^treat/i.test(text.slice(verb.start, verb.end)) && !subjects.some((subject) => subject.end <= verb.start)) continue;
    if (/treat/i.test(text.slice(verb.start, verb.end)) && (USE.test(before) || /\b(?:to|we|of|in|for|they|doctors|who|I|clinic)\s*$/i.test(before)) && !/\beffective|successful|shown to|able to|help\w*|potential to/i.test(before)) continue;
    if (/\b(?:whether|if|how|what)\b/i.test(before) && !/shown|found/.test(before)) continue;
    add(join(verb, target));
  }
  for (const verb of clause.all('better')) {
    const help = /^(?:help|aid|assist)/i.test(text.slice(verb.start));
    const target = (help ? [...ailments, ...assets, ...clause.all('people')] : [...assets]).sort((a, b) => a.start - b.start).find((place) => place.start >= verb.end && place.start - verb.end <= (help ? 60 : 42));
    if (!target) continue;
    const before = text.slice(Math.max(clause.at.start, verb.start - 40), verb.start);
    if (/\b(?:we|our team|they|I|you|to|please|nurses?|doctors?|staff|clinicians?|therapists?|medications?|someone|seek\w*|for|can we|who)\s*$/i.test(before) && !/shown to|found to|able to|has helped|potential to|reported to|believed to|thought to|said to|ability to|appears to|seems to/i.test(before)) {
      if (!(help && /\b(?:have|has|we've) helped\b/i.test(text.slice(Math.max(0, verb.start - 8), verb.end)))) continue;
    }
    add(join(verb, target));
  }
  // What becomes of the ailment or the asset by itself: `nightmares fade`, `sleep returns`.
  const fading = clause.pair(ailments, clause.all('fade'), 22);
  if (fading && !/\b(?:if|when|until|whether|unless|who|whose|that|as)\b[^,]{0,24}$/i.test(text.slice(clause.at.start, fading.start))
    && !/^(?:symptoms?|pain) (?:scores? )?(?:return|drop) /i.test(text.slice(fading.start))) add(fading);
  const lighter = clause.match(/\b(?:become|becomes|became|get|gets|got|grow|grows|grew|turn|turns|are|is|feel|feels|felt) (?:\w+ly )?(?:shorter|milder|rarer|fewer|quieter|calmer|easier|lighter|softer|gentler|better|brighter|steadier|less \w+|more (?:manageable|bearable|settled))\b/i);
  if (lighter && [...ailments, ...assets].some((place) => place.end <= lighter.start && lighter.start - place.end < 12)) add(lighter);
  const mending = clause.pair(assets, clause.all('mend'), 18);
  if (mending && !/\b(?:if|when|until|whether|unless|who|whose|as)\b[^,]{0,24}$/i.test(text.slice(clause.at.start, mending.start))) add(mending);
  const kept = clause.all('keep')[0];
  if (kept && !/\b(?:that|which|whichever|to|who|please|must|should)\s*$/i.test(text.slice(clause.at.start, kept.start))) add(kept);
  add(clause.match(/\b(?:able to|can|could|may|might|will|does|really) help(?:s|ed)?(?=[.!]?$)/i));
  const caused = clause.match(/\b(?:lets?|gets?|got|allows?|enables?|leaves?|makes?|brings?|frees?|pulls?|carries|lifts?|moves?) (?:people|patients|you|them|many|us|folks|someone|a (?:person|man|woman|patient|veteran)|veterans|clients|members|guests|men|women|the (?:brain|mind|patient)|your (?:brain|mind|body)) (?:\w+ ){0,2}(?:\w+ing|to \w+|forgive|breathe|rest|grieve|heal|work|function|move|process|return|back|out|better|well|free|calmer|lighter|happier|feel (?!odd|weird|sick|strange|dizz|drunk|worse|nothing|different|unable)\w+|sleep|eat|live)\b/i);
  if (caused && !UNPLEASANT.test(text.slice(caused.start, caused.end + 12)) && !/\b(?:us|you) (?:know|to (?:do|see|offer|prescribe|give|charge|open|sell|sign|fill|come|bring|choose|stay|ask|drive|wait|pay|call|book))/i.test(text.slice(caused.start, caused.end + 12))) add(caused);
  // People and what becomes of them.
  const experienced = clause.pair(clause.all('experience'), [...clause.all('outcome'), ...clause.all('effect')].sort((a, b) => a.start - b.start), 40);
  if (experienced) {
    const people = [...clause.all('people'), ...clause.all('figure')].find((place) => place.start <= experienced.start && experienced.start - place.end < 60);
    const between = people ? text.slice(people.end, experienced.start) : '';
    const thin = /\b(?:too little|little|no|partial|only partial|not|never|n't)\b[^,]{0,20}$/i.test(text.slice(clause.at.start, experienced.end).replace(/\S+$/, '')) && /\b(?:too little|little|no|partial)\b/i.test(text.slice(experienced.start, experienced.end));
    if (people && !/\bwho$/i.test(text.slice(people.start, people.end)) && !thin && !/\bnot\b|n't\b|\bnever\b/i.test(between)) add(join(people, experienced));
    else if (people) { /* said of those whom nothing has helped */ }
    else if (/^\W*(?:may|might|can|could|often|commonly|typically|will)?\s*(?:report|notice|feel|experience)/i.test(clause.text)) add(experienced);
  }
  const responded = clause.match(/\b(?:respond(?:s|ed|ing)?(?: positively| well| favou?rably)?(?: to)?|went into remission|achieved? remission|improved|recovered|got better|get better|feel better|felt better|do well|does well|did well|sa(?:w|ee) (?:an )?improvements?)\b/i);
  if (responded) {
    const people = [...clause.all('people'), ...clause.all('figure')].find((place) => place.start < responded.start && responded.start - place.end < 70);
    if (people && !/\bnot\b|n't\b|who (?:have|had|has)/i.test(text.slice(people.end, responded.start))) add(join(people, responded));
  }
  // Nouns of effect with a verb that asserts them.
  for (const effect of clause.all('effect')) {
    if (/propert|qualities|potential/i.test(text.slice(effect.start, effect.end))) continue; // how it acts, not what it does
    if (/^Its\b.*\bmakes? it\b/.test(clause.text)) continue; // in a subject, not asserted
    const before = text.slice(Math.max(clause.at.start, effect.start - 90), effect.start);
    const after = text.slice(effect.end, Math.min(clause.at.end, effect.end + 60));
    if (/\b(?:offer(?:s|ing|ed)?|provid\w+|giv(?:e|es|ing)|gave|deliver\w*|bring(?:s|ing)?|produc\w+|show(?:s|n|ed|ing)?|demonstrat\w+|ha(?:s|ve|d)|having|with|known for|recogni[sz]ed for|its|experience|experienc\w+|exhibit\w*|display\w*|yield\w*|find|found|get|gets|see|report\w*|notice\w*|lead(?:s|ing)? to|result(?:s|ing|ed)? in|contribut\w+ to|exert\w*|produce)\b[^,;]{0,45}$/i.test(before)
      && !/\b(?:potential|hope|hoping|looking for|seeking|search(?:ing)? (?:of|for)|haven't found|have not found|not found|despite|assess\w*|measure\w*|about|of|any|evidence (?:of|for)|without)\s*(?:its|the|any|their)?\s*$/i.test(before)) add(join({ start: effect.start, end: effect.start }, effect));
    else if (/\b(?:offers?|provides?|gives?|gave|brings?|grants?)\b/i.test(before) && clause.all('people').some((people) => people.start < effect.start && effect.start - people.start < 80)) add(effect);
    else if (/^\s*(?:is|are|was|were|can|may|often|usually|typically|generally|begin\w*|starts?|last\w*|appear\w*|come\w*|within|in|of|often|from|for)\b/i.test(after) && /\b(?:rapid|fast|quick|antidepressant|effectiveness|efficacy|relief|benefits?|success rate|response rate|remission)\b/i.test(text.slice(effect.start, effect.end))
      && !/\b(?:of|about|for|whether|how|the|any|their|its|on)\s+$/i.test(before.slice(-12)) && (clause.has('onset') || clause.has('duration'))) add(join(effect, effect));
  }
  for (const place of clause.all('effective')) {
    const words = text.slice(place.start, place.end);
    const before = text.slice(Math.max(clause.at.start, place.start - 50), place.start);
    if (/\b(?:which|who|whatever|dose has(?: been)?|most|if|whether|when|how|as|more|less|not)\s*$/i.test(before) && /effective/i.test(words) && !/\b(?:found|shown)\b/.test(before)) continue;
    // Praise for a group names no effect.
    if (/\b(?:valuable|alternative|option|tool|right|perfect|ideal|best|good|great|suited|recommended|indicated|solution|answer)\b/i.test(words) && !/effective|beneficial|helpful|useful|promis/i.test(words)) continue;
    if (/promis/i.test(words) && ailments.length === 0) continue;
    if (/\bworks?$/i.test(words) && /^\s*(?:differently|by|through|on|as|in the|with|via|primarily|mainly|partly|like|at|out|together)\b/i.test(text.slice(place.end))) continue;
    if (/\bpartial\b/i.test(words)) continue;
    if (/\b(?:how|why|whether|if|when|where|what|less|not|understand)\s*$/i.test(before) && !/\b(?:found|shown)\b/.test(before)) continue;
    if (/^(?:working|worked|work|works)\b/i.test(words) && /\b(?:how|we|they|who|I|you|team|it)\s*$/i.test(before) && !/\bit\s*$/i.test(before)) continue;
    add(place);
  }
  for (const place of clause.all('onset')) {
    const words = text.slice(place.start, place.end);
    const around = text.slice(clause.at.start, clause.at.end);
    if (/^(?:rapid|fast|quick|swift|speed|prompt|instant)/i.test(words)) {
      if (/^Its\b.*\bmakes? it\b/.test(clause.text)) continue;
      if (/\b(?:rapid|fast|quick)(?:ly)?[- ]acting (?:antidepressant|treatment|option|effects)|\bits (?:rapid|quick|fast|swift) (?:action|onset|effects?)|\bquick action\b|\b(?:is|are|it's|works?|acts?) (?:so |very |also |really )?(?:fast|quick|rapid|quickly|rapidly|faster|quicker)\b/i.test(around.slice(Math.max(0, place.start - clause.at.start - 20)))) add(place);
      continue;
    }
    if (/\b(?:relief|effects?|work\w*|improv\w*|feel|felt|better|shift|respon\w*|lift\w*|benefit\w*|results?|change|mood|difference|symptoms|antidepressant|reduc\w*|act|acts|calmer|ease\w*|notice\w*)\b/i.test(around)
      && !/\b(?:resolve|resolved|wear|wears|settle|settles|pass|passes|subside|side effects?|blood pressure|nausea|dissociat\w*|sedation|appointment|consult\w*|follow[- ]up|stay|remain|arrive|drive|eat|drink|fast for|fade\w*|relaps\w*)\b/i.test(around)) add(place);
  }
  for (const place of clause.all('duration')) {
    const around = clause.text;
    if (/^last (?:\w+ )?(?:week|month|year|night)\b/i.test(text.slice(place.start, place.end))) continue;
    if (/\b(?:side effects?|blood pressure|nausea|dizziness|dissociat\w*|sedation|session|appointment|infusion (?:takes|lasts|itself)|it lasts? (?:about |around )?(?:\d+|forty|sixty|ninety) minutes|wear|wears|fade\w*|minutes|drip|bladder|damage|memory|harm|illness|depression (?:that|has)|trial|study|course (?:is|of|takes)|treatment (?:takes|course)|withdrawal)\b/i.test(around)) continue;
    if (/\bneed|\bhave to\b|^\w+ (?:are|is) /i.test(text.slice(place.start, place.end))) { out.push({ ...place, kind: 'efficacy', benefit: true }); continue; }
    if (/\b(?:effects?|benefits?|relief|results?|improvements?|response|remission|gains?|lift|change|insights|mood|it|they|healing|boosters?|recovery|window|freedom|solution|advantages?|afterglow|upside|calm)\b/i.test(around)) add(place);
  }
  return out;
}

// ------------------------------------------------------------------------------------------------------ the others

const POSITIVE = /\b(?:better|improv\w*|respond\w*|respons\w*|remission|relief|reliev\w*|reduc\w*|lower|fewer|less|effective\w*|benefit\w*|works?|success|help\w*|lift\w*|superior|non-?inferior|outperform\w*|beat\w*|promis\w*|drop\w*|decrease\w*|fell|declin\w*|recover\w*|safe\w*|tolerated|rapid\w*|grow\w*|regrow\w*|connections|plastic\w*|good|feel|felt|durab\w*|value|role in|calmer|shorter|milder|happier|last\w*|sustain\w*|antidepressant|treat)\b/i;

function studySigns(clause: Clause, reading: Reading): Sign[] {
  const grounds = clause.all('study');
  if (grounds.length === 0) return [];
  const found = clause.pair(grounds, clause.all('finds'), 110);
  if (!found || clause.negated(found)) return [];
  const benefit = POSITIVE.test(reading.text) || clause.has('lessen') || clause.has('better') || clause.has('effective') || clause.has('outcome') || clause.has('safety');
  return benefit ? [{ ...found, kind: 'study', benefit }] : [];
}

/** Figures of an outcome in a clause: what a statistic is told by. */
function statisticSigns(clause: Clause): Sign[] {
  const out: Sign[] = [];
  for (const figure of clause.all('figure')) {
    const around = { start: Math.max(clause.at.start, figure.start - 60), end: Math.min(clause.at.end, figure.end + 80) };
    const near = /points$/.test(clause.reading.text.slice(figure.start, figure.end)) ? figure : clause.all('measured').find((place) => within(place, around));
    if (!near || /\bno (?:better|different)\b|\bdefined as\b/i.test(clause.text) || clause.has('nonresponse')) continue;
    if (near === figure && clause.has('harm')) continue;
    // A plan, not a result: `a power of 80% to detect a difference of 6 points`.
    if (/\b(?:statistical power|power (?:of|to)|powered to|to detect|sample size|will be (?:defined|considered)|is defined as|cut-?off|threshold)\b/i.test(clause.text)) continue;
    if (/\b(?:saline|sodium|dextrose|hypertonic|oxygen|SpO2|humidity|off|discount|APR|deposit|insurance|price|cost|revenue|losses|profits?|earnings|turnover|sales|shares|margins|bookings|CI|confidence|solution|cream|\$)\b/i.test(clause.reading.text.slice(figure.start - 12, figure.end + 18))) continue;
    out.push({ ...join(figure, near), kind: 'statistic', benefit: true });
    break;
  }
  const none = clause.match(/\bnot (?:one|a single (?:one|patient|person|member)) of (?:them|our)\b/i);
  if (none && out.length === 0 && !clause.has('limits')) out.push({ ...none, kind: 'statistic', benefit: true });
  return out;
}

function approvalSigns(clause: Clause, reading: Reading): Sign[] {
  const out: Sign[] = [];
  const whole = reading.text;
  for (const place of clause.all('approval')) {
    if (clause.negated(place)) continue;
    const words = whole.slice(place.start, place.end);
    if (/\b(?:anaesthe|anesthe|surg|operat)/i.test(clause.text)) continue;
    if (/\b(?:anaesthe|anesthe|surg|operat)/i.test(whole) && !/\b(?:depress\w*|psychiatr\w*|mood|pain|PTSD|suicid\w*)\b/i.test(whole)) continue;
    const regulator = clause.has('regulator') || /FDA/i.test(words) || /\b(?:19|20)\d\d\b/.test(clause.text);
    const treats = reading.conditions.some((c) => c.condition.group !== 'form') || /\b(?:depress\w*|psychiatr\w*|mental health|suicid\w*|treatment-resistant|antidepressant|it to be used|indication)\b/i.test(whole);
    const scoped = reading.drugs.some((d) => d.drug.id === 'esketamine') && /^\s*(?:for|in|as|to)\b/i.test(whole.slice(place.end));
    if (!(regulator || treats || scoped)) continue;
    if (/\b(?:only|not|isn't|hasn't|never|no)\b[^.]{0,24}$/i.test(whole.slice(Math.max(0, place.start - 28), place.start)) && !/\bonly (?:one|version)|the only\b/i.test(whole)) continue;
    if (!treats && !reading.drugs.some((d) => d.drug.id === 'esketamine')) continue;
    if (/^registered$/i.test(words) && !clause.has('regulator')) continue;
    if (/\b(?:prior|we will|your|plan|insurer|coverage|policy|claim|criteria|renewal|initial) (?:approv|authori)/i.test(whole)) continue;
    out.push({ ...place, kind: 'approval', benefit: false });
    break;
  }
  return out;
}

function comparisonSigns(clause: Clause, reading: Reading, efficacy: readonly Sign[]): Sign[] {
  const compared = [...clause.all('compare'), ...places(reading, 'compare')].find((place) => !/^\s*(?:\$|£|€)?\d|^\s*(?:a|one|ten|twenty) (?:dozen|hundred|thousand|years|decade)|^ (?:the price|the cost|a clinic|IV clinics)/i.test(reading.text.slice(place.end)) && !/\b(?:less|cheaper|fewer) than$/i.test(reading.text.slice(place.start, place.end)));
  if (!compared) return [];
  const other = places(reading, 'other').some((place) => !/^(?:psycho)?therapy$/i.test(reading.text.slice(place.start, place.end))) || /\b(?:IV|clinic|therapy|years of|morphine|ECT)\b/.test(reading.text);
  if (!other) return [];
  const words = reading.text.slice(compared.start, compared.end);
  if (/^(?:than|better|faster|quicker|more|safer|superior|as |just|equal|outperf|surpass|beat|hands|quickest|fastest|most|twice|every|less|fewer|greater|sooner|inferior|non|compar|equiv|what|have none|the way)/i.test(words) && !clause.negated(compared)) return [{ ...compared, kind: 'comparison', benefit: !/^(?:less effective|inferior|worse)/i.test(words) }];
  return efficacy.slice(0, 1).map((sign) => ({ ...sign, kind: 'comparison' as const }));
}

const SAFE_CONTEXT = /\b(?:stay|keep|keeping|feel|until|when it is|is it|how|whether|to go|to drive|safe (?:and|space|place|storage|hands|disposal|messaging)|safely (?:disposed|store|home)|safety (?:data|concerns?|information|of|and efficacy|is|was|profile (?:is|are|was) (?:not|unknown))|ensure|for (?:your|their) safety|patient safety|seriously|long-term safety)\b/i;

function safetySigns(clause: Clause, reading: Reading): Sign[] {
  const out: Sign[] = [];
  for (const place of clause.all('safety')) {
    const words = reading.text.slice(place.start, place.end);
    const before = reading.text.slice(Math.max(clause.at.start, place.start - 30), place.start);
    const after = reading.text.slice(place.end, place.end + 30);
    if (/\b(?:include|includes|including)\b/i.test(words) || /\bnot\s*$/i.test(before)) continue;
    if (/^(?:safe|safely|safer|safest)$/i.test(words)) {
      if (SAFE_CONTEXT.test(before + words + after)) continue;
      if (clause.negated(place)) continue;
      if (!/\b(?:is|are|it's|was|been|proven|remarkably|very|completely|totally|perfectly|generally|considered|used|so|as|super|quite|both|and|remains?|given|combined|taken|just|as)\b[^,]{0,16}$/i.test(before)) continue;
    }
    if (/^gentle/i.test(words) && !/\b(?:is|it's|super|so|very|are|was)\s*$/i.test(before)) continue;
    if (/profile|record/i.test(words) && !/\b(?:favou?rable|good|excellent|strong|reassuring|established|proven|well[- ]established|solid|acceptable|benign|attractive|impressive|better)\b/i.test(before + after)) continue;
    if (/\b(?:not|isn't|can't|don't|doesn't|won't|no one|nobody|never|cannot|no)\b/i.test(words) && !/respirat|addict|hooked|habit|dependen|harm|toxic|dangerous|breath|mania|side effect|risk|interaction|downtime|hangover|withdrawal|damage|adverse|overdose/i.test(words)) continue;
    if (/\brisk/i.test(words) && /\b(?:high|some|these|its|the|known|potential)\b/i.test(words) && !/\bno\b|low|minimal|nil|zero/i.test(words)) continue;
    if (/\b(?:rare|few|uncommon)\b/i.test(words) && !/side effects|adverse|risks|complication|problems|reactions/i.test(words)) continue;
    out.push({ ...place, kind: 'safety', benefit: false });
  }
  return out;
}

function mechanismSigns(clause: Clause, reading: Reading): Sign[] {
  // What acts must be ours: a drug, the treatment or a pronoun for it, somewhere in the sentence.
  if (reading.drugs.length === 0 && places(reading, 'treatment').length === 0 && places(reading, 'pronoun').length === 0 && places(reading, 'people').length === 0) return [];
  if (/\b(?:won't|can't|cannot|don't|not) (?:treat|accept|take|give)|\bhormones?\b/i.test(clause.text)) return [];
  const bodies = clause.all('body');
  const acts = clause.all('act');
  const out: Sign[] = [];
  const by = clause.match(/\bwork(?:s|ed|ing)?(?: primarily| mainly| partly| largely| chiefly| in part| essentially| simply)? by\b/i);
  if (by && bodies.length > 0) out.push({ ...by, end: Math.max(by.end, bodies[0]!.end), kind: 'mechanism', benefit: false });
  const found = clause.pair(acts, bodies, 70) ?? acts.find((act) => bodies.some((part) => within(part, act)));
  const target = clause.match(/\b(?:target(?:s|ing)?|block(?:s|ing)?|act(?:s|ing) (?:directly )?on|tap(?:s|ping)? into)\b/i);
  if (target && bodies.some((part) => part.start >= target.end && part.start - target.end < 40)
    && /\b(?:which|that) (?:plays?|is (?:involved|responsible|essential|key|linked)|are (?:involved|responsible)|may|can|could|leads?|helps?|regulat\w*|control\w*|govern\w*)\b/i.test(reading.text.slice(target.end))) out.push({ ...target, kind: 'mechanism', benefit: false });
  if (found && !clause.negated(found)) out.push({ ...found, kind: 'mechanism', benefit: false });
  const turned = clause.pair(bodies, acts, 30);
  if (!found && turned && /\b(?:grow|form|formed|rebuild|reconnect|regrow|rewir|reset)/i.test(reading.text.slice(turned.start, turned.end)) && !clause.negated(turned)) out.push({ ...turned, kind: 'mechanism', benefit: false });
  const property = clause.match(/\b(?:has|have|with|its) (?:\w+ )?(?:anti-?inflammatory|neuroprotective|analgesic|anti-?suicidal) (?:properties|effects?|action)\b/i);
  if (property) out.push({ ...property, kind: 'mechanism', benefit: false });
  const thought = clause.match(/\b(?:mechanism|action)\b.{0,40}\b(?:contribut\w+|responsible|account\w*|explain\w*|underl\w+)\b/i);
  if (thought && /\beffects?\b/i.test(clause.text)) out.push({ ...thought, kind: 'mechanism', benefit: false });
  return out;
}

function prevalenceSigns(clause: Clause): Sign[] {
  const figure = clause.all('figure')[0] ?? clause.match(/\b(?:one|a|two) (?:in (?:three|four|five)|thirds?|quarter|half)\b|\b(?:third|half|quarter) of\b/i);
  if (!figure) return [];
  const none = clause.all('nonresponse').find((place) => Math.abs(place.start - figure.end) < 90);
  if (!none || !/\b(?:antidepress\w*|medic\w*|treatments?|SSRIs?|drugs?|respond|relief|pills?)\b/i.test(clause.text)) return [];
  return [{ ...join(figure, none), kind: 'prevalence', benefit: false }];
}

// --------------------------------------------------------------------------------------------------------- drafts

/** Own figures told with their limits: in the same paragraph, in a note it points to, or right behind the list. */
function candidlyTold(unit: Unit, document: Document, context: Context): boolean {
  const { blocks, firstUnit } = document;
  const units = (b: number): number[] => b < 0 || b >= blocks.length ? [] : Array.from({ length: firstUnit[b + 1]! - firstUnit[b]! }, (_, i) => firstUnit[b]! + i);
  const block = blocks[unit.block]!;
  const near = [...units(unit.block)];
  if (block.kind === 'item') {
    let b = unit.block;
    while (b + 1 < blocks.length && blocks[b + 1]!.group === block.group && blocks[b + 1]!.kind === 'item') b++;
    near.push(...units(b + 1));
  } else near.push(...units(unit.block + 1).slice(0, 2));
  const noted = /\*["'.)]*$|\*(?:\s|$)/.test(document.text.slice(unit.span.end - 1, unit.span.end + 12));
  const limits = near.filter((u) => places(context.readings[u]!, 'candid').length > 0).length
    + (noted ? document.units.filter((other) => /^\W*\*|self-reported/i.test(other.text) && places(context.readings[other.index]!, 'candid').length > 0).length : 0);
  const counted = near.some((u) => COUNTED.test(document.units[u]!.text)) || (noted && document.units.some((other) => /\bn ?= ?\d/i.test(other.text)));
  const listed = block.kind === 'item' && document.blocks.slice(Math.max(0, unit.block - 7), unit.block).some((other, n) => other.kind !== 'item' && COUNTED.test(document.texts[Math.max(0, unit.block - 7) + n]!.text));
  return limits > 0 && (counted || listed);
}

const COUNTED = /\bn ?= ?\d|\b\d[\d,]*(?: \w+){0,2} (?:patients?|people|adults|clients|members|guests|participants|veterans|mothers|women|men|others|responders)\b|\bof the \w+ (?:patients|people|mothers|clients|members)\b/i;

const OWN = /\b(?:we|we've|our|ours|us|my|registry|members|our own|in-house|completed)\b/i;

/** The figure is the author's own: the sentence, its paragraph or its list's lead-in says so. */
function ownFigures(unit: Unit, document: Document): boolean {
  const block = document.blocks[unit.block]!;
  let lead = unit.block;
  if (block.kind === 'item') while (lead > 0 && document.blocks[lead]!.kind === 'item') lead--;
  return OWN.test(document.texts[unit.block]!.text) || OWN.test(document.texts[lead]!.text) || OWN.test(document.texts[Math.max(0, lead - 1)]!.text);
}

const REFUTED = /\b(?:your (?:psychiatrist|doctor|GP|consultant|team|clinician) (?:has|have|may have) (?:suggested|recommended|offered|mentioned)|(?:patients|people|they|readers|clients|referrals|\)) believed|beliefs?|misconceptions?|myths?|hype|oversold|some (?:websites|clinics|sites|ads|people (?:say|think|believe|claim|call))|websites? (?:talk|claim|say)|critics?|supporters|enthusiasts|proponents|fans|advertis\w*|(?:he|she|they) (?:claims?|insists?)|don't believe|wary of|whoever|anyone who|anybody who|it would be wrong|should not be (?:claimed|presented|read)|we (?:can't|cannot) assume|does(?:n't| not) mean|not the same as)\b/i;
const ADVICE = /^(?:Please |Always |Never |Do |Don't |Ask |Tell |Talk |Speak |Call |Book |Take |Bring |Avoid |Look |Keep |Choose |Plan |Set |Read |Try |Consider |Let |Make |See |Think of |Discuss |Contact |Schedule |Expect |Arrange |Imagine |Visit |Learn |Find out )/;
const FUTURE = /\b(?:will (?:be|present|provide|add|pave)|plans? to|aims? to|hopes? to|intends? to|goal is|in the future|future of|potential to|potential (?:as|use|role|of|in|for|treatment|applications?))\b/i;

/** What a unit's own words say of whether it can make a claim. */
const shapeOf = keeping((text) => {
  const words = text.split(' ').length;
  return {
    // A lead (`Rapid relief:`, `It's quick.`) heads what follows; the claim is there.
    leads: (words <= 2 && !/\b(?:fell|dropped|improved|vanished|lifted|faded|eased|cleared)\b/i.test(text)) || (words <= 8 && text.endsWith(':') && !/\b(?:is|are|was|were|has|have|can|may|works?|helps?|shows?|shown|treats?)\b/i.test(text)),
    short: words <= 3 && /^(?:It's|It is|They're)\b/.test(text),
    advises: ADVICE.test(text),
  };
});

const signsKnown = new WeakMap<Reading, { about?: readonly Sign[]; other?: readonly Sign[] }>();

/** The signs of a claim in a unit's own words. They depend on nothing else, and are kept with its reading. */
function signsOf(reading: Reading, about: boolean): readonly Sign[] {
  let known = signsKnown.get(reading);
  if (!known) signsKnown.set(reading, known = {});
  return known[about ? 'about' : 'other'] ??= signsAfresh(reading, about);
}

function signsAfresh(reading: Reading, about: boolean): readonly Sign[] {
  const signs: Sign[] = [];
  for (const at of reading.clauses) {
    const clause = new Clause(reading, at);
    const efficacy = about ? efficacySigns(clause) : [];
    const found: Sign[] = [...prevalenceSigns(clause)];
    if (about) {
      found.push(...efficacy, ...studySigns(clause, reading), ...statisticSigns(clause), ...approvalSigns(clause, reading), ...comparisonSigns(clause, reading, efficacy), ...safetySigns(clause, reading), ...mechanismSigns(clause, reading));
    }
    for (const sign of found) if (!exempt(sign, clause, reading)) signs.push(sign);
  }
  return signs;
}

/** What is longer is no sentence (data, a text without stops), and looking at all its clauses would take long. */
const LONGEST = 5000;

function draftOf(unit: Unit, document: Document, context: Context): Draft | undefined {
  const block = document.blocks[unit.block]!;
  const reading = context.readings[unit.index]!;
  if (block.kind === 'heading' || block.kind === 'title' || block.kind === 'reference' || block.kind === 'aside' || block.kind === 'note' || block.kind === 'caption') return undefined;
  const { leads, short, advises } = shapeOf(unit.text);
  if (block.kind !== 'cell' && (leads || short && block.kind !== 'item')) return undefined;
  if (unit.text.length > LONGEST) return undefined;
  if (!context.about[unit.index] && places(reading, 'nonresponse').length === 0) return undefined;
  if (context.voiced[unit.index] || context.personal || reading.question) return undefined;
  if (advises) return undefined;
  if (block.kind === 'cell' && (toldOfBeliefs(unit, document) || labelledUnknown(unit, document, context))) return undefined;
  const signs: Sign[] = [...signsOf(reading, context.about[unit.index]!)];
  if (signs.length === 0) signs.push(...(block.kind === 'cell' ? cellSigns(unit, document, context) : answerSigns(unit, document, reading)));
  if (signs.length === 0 && (block.kind === 'cell' || block.kind === 'item')) signs.push(...outcomeSigns(unit, document, context));
  if (signs.length === 0) return undefined;
  const kinds = CLAIM_KINDS.filter((kind) => signs.some((sign) => sign.kind === kind));
  // A study is a claim by what it is said to have found.
  if (kinds[0] === 'study' && kinds.length === 1 && !signs.some((sign) => sign.benefit)) return undefined;
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

// ------------------------------------------------------------------------------------------------ answers and tables

const ASKS_EFFECT = /\b(?:work|works|help|helps|effective|fast|quickly|quick|soon|how long|last|lasts|feel better|better|results?|beat|beats|wait|notice|permanent)\b/i;
const ASKS_HARM = /\b(?:eat|food|pay|book|drink|fast\w* before|side effects?|hurt|risks?|safe|addict\w*|session (?:take|last)|appointment|infusion (?:take|last)|visit|stay|drive|insurance|cost)\b/i;
const SAYS_NO = /^(?:no|nope|not|never|rarely|unclear|unknown|nobody|we don't|it depends)\b/i;
const SAYS_WHEN = /\b(?:minutes?|hours?|days?|weeks?|months?|years?|overnight|morning|breakfast|bedtime|lunch|dinner|evening|session|infusion|forever|indefinitely|immediately|straight away|right away|same day)\b/i;

/** The question that a unit is the first to answer: of its heading, or of the sentence before it. */
function questionOf(unit: Unit, document: Document): string {
  const first = document.firstUnit[unit.block]!;
  const before = document.units[unit.index - 1];
  if (!before) return '';
  if (unit.index > first) return asks(before.text) ? before.text : '';
  const block = document.blocks[before.block]!;
  if (block.kind === 'cell' && document.blocks[unit.block]!.row !== block.row) return '';
  return asks(before.text) ? before.text : '';
}

const asks = (text: string): boolean => text.includes('?') && /\?["'*)]*$/.test(text);

/** A table of beliefs or myths asserts none of them. */
function toldOfBeliefs(unit: Unit, document: Document): boolean {
  return (groupOf(document, unit.block).rows.get(0) ?? []).some((b) => /\b(?:beliefs?|myths?|claims?|misconceptions?)\b/i.test(document.texts[b]!.text));
}

const BARE_OUTCOME = /^\W*(?:much |far |often )?(?:less|fewer|greater|better|improved?|improvements? (?:in|of)|reduced|reductions? (?:in|of)|rapid|fast|quick(?:er)?|lasting|long-(?:term|lasting)|sustained|relief|freedom|increased|enhanced|restored|renewed|deeper|calmer|quieter|lower|more|pain relief|stronger|lifted|healthier|sharper) /i;

/** An item or cell that is nothing but an outcome (`Less worry and better sleep`), where harms are not the topic. */
function outcomeSigns(unit: Unit, document: Document, context: Context): Sign[] {
  const { text } = unit;
  const block = document.blocks[unit.block]!;
  if (!BARE_OUTCOME.test(text) || text.split(' ').length > 12 || /[.!?]$/.test(text)) return [];
  const reading = context.readings[unit.index]!;
  const wanted = [...places(reading, 'ailment'), ...places(reading, 'asset'), ...reading.conditions, ...places(reading, 'effect')];
  if (wanted.length === 0 || places(reading, 'harm').length > 0 || places(reading, 'limits').length > 0) return [];
  const over = document.headings[unit.block]!.at(-1);
  if (over !== undefined && HARM_TABLE.test(document.texts[over]!.text)) return [];
  if (block.kind === 'cell' && (block.header || block.row <= 0)) return [];
  return [{ start: 0, end: text.length, kind: 'efficacy', benefit: true }];
}

/** `Unknown | long-term benefit`: the row's label takes back what its cells name. */
function labelledUnknown(unit: Unit, document: Document, context: Context): boolean {
  const { group, row, column } = document.blocks[unit.block]!;
  let label = unit.block;
  while (document.blocks[label - 1]?.kind === 'cell' && document.blocks[label - 1]!.group === group && document.blocks[label - 1]!.row === row) label--;
  if (column <= 0 || label === unit.block) return false;
  for (let u = document.firstUnit[label]!; u < document.firstUnit[label + 1]!; u++) if (places(context.readings[u]!, 'limits').length > 0) return true;
  return false;
}

function answerSigns(unit: Unit, document: Document, reading: Reading): Sign[] {
  const question = questionOf(unit, document);
  if (question === '') return [];
  if (/\bwhat (?:does|do|can|conditions?|will|else)\b.*\b(?:treat|help|work)/i.test(question) && reading.conditions.length >= 2) return [{ start: 0, end: reading.text.length, kind: 'efficacy', benefit: true }];
  if (!question || !ASKS_EFFECT.test(question) || ASKS_HARM.test(question)) return [];
  const words = unit.text.split(' ').length;
  if (words < 3 || words > 14 || SAYS_NO.test(unit.text) || places(reading, 'limits').length > 0) return [];
  if (!SAYS_WHEN.test(unit.text) && !/\b(?:yes|it does|it will|most people|for most)\b/i.test(unit.text)) return [];
  return [{ start: 0, end: reading.text.length, kind: 'efficacy', benefit: true }];
}

const OUTCOME_HEAD = /\b(?:relief|results?|outcomes?|effects?|benefits?|works?|tell us|told us|notice\w*|lasted|lasts?|response|respond\w*|improve\w*|what (?:guests|patients|clients|members|people)|how long|success|starts? working|onset|speed|effectiveness|helps?|feel)\b/i;
const NOT_OUTCOME = /\b(?:side effects?|adverse|risks?|what we do|dose|doses|dosing|how common|price|cost|fee|view|evidence|status|action|frequency|schedule|visits?|restrictions|covered|mmHg|pressure)\b/i;
const HARM_TABLE = /\b(?:side effects?|adverse|risks?|harms?|what we do|dos(?:es?|ing)|schedule|pric\w+|cost|fees?|monitoring)\b/i;

/** The captions that stand directly over or under a table. */
function captions({ cells, last }: Group, document: Document): string[] {
  const first = cells[0]!;
  return [first - 1, last + 1].flatMap((b) => document.blocks[b] && document.texts[b]!.text.length < 200 && document.blocks[b]!.kind !== 'heading' ? [document.texts[b]!.text] : []);
}

const RATE_LABEL = /\b(?:rate|percent\w*|%|success)\b/i;
const EMPTY_CELL = /^(?:[-–—✓✗x/\s]*|n\/?a|no|none|varies|unknown|not applicable|ask us!?)$/i;

/** What holds for all cells of a table. */
interface TableFacts {
  /** The column of the drug, where treatments stand side by side; -1 where they do not. */
  readonly drugColumn: number;
  /** How many columns its head names, without the first. */
  readonly columns: number;
  /** Its caption says that it is about harms, doses or prices. */
  readonly harms: boolean;
  /** Treatments stand down its side. */
  readonly treatments: boolean;
}

const namesDrug = (b: number, { firstUnit }: Document, { readings }: Context): boolean => firstUnit[b]! < firstUnit[b + 1]! && readings[firstUnit[b]!]!.drugs.length > 0;
const namesOther = (b: number, { firstUnit }: Document, { readings }: Context): boolean => firstUnit[b]! < firstUnit[b + 1]! && places(readings[firstUnit[b]!]!, 'other').length > 0;

const tablesKnown = new WeakMap<Context, Map<Group, TableFacts>>();

function tableFacts(table: Group, document: Document, context: Context): TableFacts {
  let known = tablesKnown.get(context);
  if (!known) tablesKnown.set(context, known = new Map());
  let facts = known.get(table);
  if (!facts) {
    const heads = (table.rows.get(0) ?? []).filter((b) => document.blocks[b]!.column > 0);
    const labels = [...table.labels].filter(([row]) => row > 0).map(([, b]) => b);
    const named = heads.find((b) => namesDrug(b, document, context));
    const others = heads.filter((b) => namesOther(b, document, context));
    facts = {
      drugColumn: named !== undefined ? document.blocks[named]!.column : heads.length > 1 && others.length > 0 && !others.some((b) => document.blocks[b]!.column === 1) ? 1 : -1,
      columns: heads.length,
      harms: captions(table, document).some((text) => HARM_TABLE.test(text)),
      treatments: labels.some((b) => namesOther(b, document, context)) && labels.some((b) => namesDrug(b, document, context)),
    };
    known.set(table, facts);
  }
  return facts;
}

/** What a cell asserts by its row's label or its column's head, where its own words are no sentence. */
function cellSigns(unit: Unit, document: Document, context: Context): Sign[] {
  const block = document.blocks[unit.block]!;
  if (block.header || block.row <= 0 || block.column <= 0 || EMPTY_CELL.test(unit.text)) return [];
  const table = groupOf(document, unit.block);
  const textOf = (b: number | undefined): string => (b === undefined ? '' : document.texts[b]!.text);
  const head = textOf(table.heads.get(block.column));
  const label = textOf(table.labels.get(block.row));
  const { drugColumn, columns, harms, treatments } = tableFacts(table, document, context);
  const whole = { start: 0, end: unit.text.length };
  const over = document.headings[unit.block]!.at(-1);
  if (over !== undefined && HARM_TABLE.test(document.texts[over]!.text)) return [];
  if (harms || places(context.readings[unit.index]!, 'harm').length > 0) return [];
  // Treatments down the side: the row of ours.
  if (treatments) {
    const own = table.labels.get(block.row);
    if (own === undefined || !namesDrug(own, document, context) || !OUTCOME_HEAD.test(head) || NOT_OUTCOME.test(head)) return [];
    return [{ ...whole, kind: RATE_LABEL.test(head) ? 'statistic' : 'comparison', benefit: true }];
  }
  if (drugColumn >= 0 && columns > 1) {
    if (block.column !== drugColumn || !OUTCOME_HEAD.test(label) || NOT_OUTCOME.test(label)) return [];
    return [{ ...whole, kind: RATE_LABEL.test(label) ? 'statistic' : 'comparison', benefit: true }];
  }
  if (label.endsWith('?') && ASKS_EFFECT.test(label) && !ASKS_HARM.test(label)) {
    return SAYS_NO.test(unit.text) || /\bno (?:difference|benefit)\b/i.test(unit.text) ? [] : [{ ...whole, kind: /\bbeat|better|than|versus\b/i.test(label) ? 'comparison' : 'efficacy', benefit: true }];
  }
  if (!OUTCOME_HEAD.test(head) || NOT_OUTCOME.test(head)) return [];
  if (/^"/.test(unit.text) || (table.rows.get(block.row) ?? []).some((b) => /\b(?:negative|no benefit|none|did not|no better|unclear)\b/i.test(textOf(b)))) return [];
  return [{ ...whole, kind: 'efficacy', benefit: true }];
}

function exempt(sign: Sign, clause: Clause, reading: Reading): boolean {
  const { text } = reading;
  if (reading.quoted.some((quote) => within(sign, quote))) return true;
  if (REFUTED.test(clause.text)) return true;
  if (/\bnot (?:been )?(?:determined|established|shown|found|demonstrated|proven|concluded) (?:that|whether|to)\b/i.test(text.slice(0, sign.start))) return true;
  const limited = clause.has('limits');
  const intent = clause.has('intent');
  switch (sign.kind) {
    case 'efficacy':
    case 'comparison':
      if (clause.all('instruct').some((place) => place.end <= sign.start)) return true;
      if (intent && !/\b(?:has|have) been (?:shown|found)\b/i.test(clause.text)) return true;
      if (limited) return true;
      if (FUTURE.test(clause.text) && !/\b(?:may|can|could) (?:provide|help|relieve)/i.test(clause.text)) return true;
      if (/\b(?:side effects?|nausea)\b/i.test(clause.text) && !/\b(?:relief|depress\w*|mood|symptoms of)\b/i.test(clause.text)) return true;
      return REPORTED_USE.test(text.slice(Math.max(0, sign.start - 24), sign.start)) && /\b(?:to|for|in)\s*$/.test(text.slice(0, sign.start)) && !/\b(?:is|been|be) (?:very |highly )?effective/i.test(text.slice(sign.start, sign.end));
    case 'study':
      return limited || intent;
    case 'statistic':
      if (clause.all('instruct').some((place) => place.end <= sign.start)) return true;
      return limited && !/\d|half|third/.test(text.slice(sign.start, sign.end));
    case 'mechanism':
      return limited || (intent && !/\bbelieved|thought\b/i.test(clause.text)) || clause.has('instruct');
    case 'safety':
      return clause.all('instruct').some((place) => place.end <= sign.start) || (limited && !/well[- ]tolerated/i.test(text));
    default:
      return false;
  }
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
  const path = document.headings[unit.block]!;
  const last = path.at(-1);
  if (last !== undefined) near.push(last);
  return [...new Set(near.flatMap((b) => {
    const ids: string[] = [];
    for (let u = document.firstUnit[b]!; u < document.firstUnit[b + 1]!; u++) ids.push(...context.readings[u]!.conditions.map((c) => c.condition.id));
    // A heading about mental health at large says the topic, not what the claim is for.
    return ids.filter((id) => id !== 'mental-health');
  }))];
}

const RESULTS = /^(?:\d+\.? )?(?:results?|findings|methods?|participants|outcomes?|primary|secondary|efficacy|adverse|safety outcomes|time course)\b/i;

/** In a manuscript, under its results: what its authors found themselves. */
const ownResults = (unit: Unit, document: Document): boolean => document.headings[unit.block]!.some((h) => RESULTS.test(document.texts[h]!.text))
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

// What in a sentence's own words makes a claim, by kind. Nothing here looks at the document around it.
import type { Cue } from './cues';
import { gated } from './gate';
import { ofReading, places, within, type Place, type Reading } from './reading';

/** Kinds of claim, the strongest first. */
export const CLAIM_KINDS = ['study', 'statistic', 'approval', 'comparison', 'efficacy', 'safety', 'mechanism', 'prevalence'] as const;
export type ClaimKind = typeof CLAIM_KINDS[number];

/** A place in a unit's normalised text that makes a claim of a kind. */
export interface Sign extends Place {
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

  readonly #known = new Map<RegExp, boolean>();

  /** Whether the clause's text matches; asked of each sign, found out once. */
  matches(expression: RegExp): boolean {
    let known = this.#known.get(expression);
    if (known === undefined) this.#known.set(expression, known = expression.test(this.text));
    return known;
  }

  /** A regular expression in the clause's text, as a place in the unit. */
  match(expression: RegExp): Place | undefined {
    const m = expression.exec(this.text);
    return m ? { start: this.at.start + m.index, end: this.at.start + m.index + m[0].length } : undefined;
  }
}

/** From the first of two places to the last. */
export const join = (a: Place, b: Place): Place => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });

/** `Many feel …`: people without the word for them. */
const SOME = (clause: Clause): readonly Place[] => {
  const some = clause.match(/^(?:Many|Most|Others|Plenty|Several|A few|Quite a few|Almost all)(?= (?:then |also |often |soon )?(?:feel|report|describe|say|notice|find|tell|see|get|experience|respond)\b)/i);
  return some ? [some] : [];
};

const ailmentsIn = (clause: Clause): Place[] => [...clause.all('ailment'), ...clause.reading.conditions.filter((c) => c.condition.group !== 'form' && within(c, clause.at))].sort((a, b) => a.start - b.start);

// ------------------------------------------------------------------------------------------------------- efficacy

/** Said of a use, not of an effect: `is used off-label to treat`, `approved for`, `is being studied for`. */
const USE = /\b(?:used|use|using|given|giving|prescrib\w+|approv\w+|indicated|licensed|offered|offer it|utili[sz]ed|administered|employed|recommended|considered|marketed|trying|in order|as a potential|as an?|here|clinics?|drugs?|medicines?|option|treatments? (?:we|they)|study|studied|stud(?:y|ies) of|explored|evaluated|investigated|intended|designed|potential|want|wants|hope|hoping|aims?|how|whether|if|when|before|after|what|which)\b[^.]{0,28}$/i;
const REPORTED_USE = /\b(?:used|use|utili[sz]ed|prescribed|given|administered|employed|studied|explored|investigated|tested|considered|offered|approved|licensed|indicated|recommended)\b/i;

/** What a verb acts on: `stress weakens the connections`. */
const OBJECT = /^ (?:the|your|our|their|its|his|her|my|a|an|them|us|people|patients|this|these|those|connections)\b/i;

/** What helps with the visit, the text or the work of the staff, not with the illness. */
const HELPER = /\b(?:pages?|guides?|articles?|leaflets?|websites?|blog|posts?|handouts?|booklets?|videos?|questionnaires?|diar(?:y|ies)|journals?|checklists?|forms?|apps?|music|playlists?|blankets?|eye ?masks?|team|staff|nurses?|doctors?|clinicians?|therapists?|counsel+ors?|coordinators?|we|they|our people|information|answers?)(?: (?:can|will|may|might|should|is here to|are here to|here to|to))? $/i;

/** What else does somebody good: said of it, not of the drug. */
const SELF_CARE = /^(?:(?:a|an|the|good|your|some|gentle|regular|soft|warm|quiet|calm) ){0,3}(?:sleep|journal\w*|blankets?|lights?|lighting|music|diet|food|breathing|rest|walk\w*|nature|hydration|family|friends?|hobbies|routines?|massage|aromatherapy)\b/i;

/** When somebody has stopped: what comes then is no effect. */
const STOPPED = /\b(?:(?:after|of|since|following) (?:the|their|your|his|her) last (?:dose|use)|(?:stop(?:s|ped|ping)?|quit(?:s|ting)?|gives? up|giving up|coming off|withdraw(?:n|ing)? from) (?:using |taking |the use of )?(?:ketamine|the drug|it|use)|(?:once|when|after|if) (?:use|using|the use) (?:stops|ends)|withdrawal (?:symptoms )?(?:start|begin|peak|last|from ketamine)|first symptoms)\b/i;

const stopped = ofReading(({ text }) => STOPPED.test(text));
const tellsOfWeeks = ofReading(({ text }) => /\b(?:take|takes|need|needs|in|within|after|for) (?:\w+ ){0,4}(?:weeks|months)\b/i.test(text));

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
  const intransitive = ({ end }: Place): boolean => !OBJECT.test(text.slice(end, end + 12));
  const ailments = ailmentsIn(clause);
  const assets = [...clause.all('asset'), ...clause.all('effect')].sort((a, b) => a.start - b.start);
  const selfCare = clause.reading.drugs.length === 0 && SELF_CARE.test(lead);
  for (const verb of selfCare ? [] : clause.all('lessen')) {
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
  const betters = selfCare ? [] : clause.all('better');
  const helped = betters.length > 0 ? [...ailments, ...assets, ...clause.all('people')].sort((a, b) => a.start - b.start) : [];
  for (const verb of betters) {
    const help = /^(?:help|aid|assist)/i.test(text.slice(verb.start));
    if (help && (HELPER.test(text.slice(Math.max(clause.at.start, verb.start - 40), verb.start)) || /^ (?:us|our (?:team|staff|clinicians?|doctors?|nurses?|therapists?|practice|clinic|work|understanding)|your (?:doctor|clinician|team|care team|psychiatrist))\b/i.test(text.slice(verb.end)))
      && !/\b(?:have|has|we've) helped\b/i.test(text.slice(Math.max(0, verb.start - 8), verb.end))) continue;
    const target = (help ? helped : assets).find((place) => place.start >= verb.end && place.start - verb.end <= (help ? 60 : 42));
    if (!target) continue;
    const before = text.slice(Math.max(clause.at.start, verb.start - 40), verb.start);
    if (/\b(?:we|our team|they|I|you|to|please|nurses?|doctors?|staff|clinicians?|therapists?|medications?|someone|seek\w*|for|can we|who)\s*$/i.test(before) && !/shown to|found to|able to|has helped|potential to|reported to|believed to|thought to|said to|ability to|appears to|seems to|enough to/i.test(before)) {
      if (!(help && /\b(?:have|has|we've) helped\b/i.test(text.slice(Math.max(0, verb.start - 8), verb.end)))) continue;
    }
    add(join(verb, target));
  }
  // `Cravings are curbed by it`: with what does it, or how soon.
  const passive = clause.all('lessen').find((verb) => /(?:ed|cut|halved)$/i.test(text.slice(verb.start, verb.end)) && !/^(?:treat|address|manag|fix|heal)/i.test(text.slice(verb.start))
    && /\b(?:is|are|was|were|be|been|being|get|gets|got)(?: \w+ly)? $/i.test(text.slice(Math.max(clause.at.start, verb.start - 24), verb.start)) && /^ (?:\w+ ){0,2}(?:by|with|after|through|within|following|in)\b/i.test(text.slice(verb.end)));
  const suffered = passive && ailments.find((place) => place.end <= passive.start && passive.start - place.end <= 30);
  if (passive && suffered && !/\b(?:if|when|until|whether|unless|who|whose)\b[^,]{0,40}$/i.test(text.slice(clause.at.start, passive.start))) add(join(suffered, passive));
  // `Ketamine quiets all of them`: what was named before.
  add(clause.match(/\b(?:ketamine|it|infusions?|the drug|treatment) (?:can |may |often |really ){0,2}(?:quiets?|eases?|relieves?|lifts?|treats?|helps?(?: with)?|reduces?|calms?|clears?|improves?|works? for) (?:all of |both of |each of )(?:them|these|those)\b/i));
  // What becomes of the ailment or the asset by itself: `nightmares fade`, `sleep returns`.
  const fading = clause.pair(ailments, clause.all('fade').filter(intransitive), 22);
  if (fading && !/\b(?:if|when|until|whether|unless|who|whose|(?<!\b(?:is|was|saw|found|show|shows|showed|means|report|reported|reports) )that|as)\b[^,]{0,24}$/i.test(text.slice(clause.at.start, fading.start))
    && !/^(?:symptoms?|pain) (?:scores? )?(?:return|drop) /i.test(text.slice(fading.start))) add(fading);
  const lighter = clause.match(/\b(?:become|becomes|became|get|gets|got|grow|grows|grew|turn|turns|are|is|feel|feels|felt) (?:\w+ly )?(?:shorter|milder|rarer|rare|bearable|manageable|tolerable|fewer|quieter|calmer|easier|lighter|softer|gentler|better|brighter|steadier|less \w+|more (?:manageable|bearable|settled))\b/i);
  if (lighter && [...ailments, ...assets].some((place) => place.end <= lighter.start && lighter.start - place.end < 12)) add(lighter);
  const mending = clause.pair(assets, clause.all('mend').filter(intransitive), 18);
  if (mending && !/\b(?:if|when|until|whether|unless|who|whose|as)\b[^,]{0,24}$/i.test(text.slice(clause.at.start, mending.start))) add(mending);
  const kept = clause.all('keep')[0];
  if (kept && !/\b(?:that|which|whichever|to|who|please|must|should)\s*$/i.test(text.slice(clause.at.start, kept.start))) add(kept);
  add(clause.match(/\b(?:able to|can|could|may|might|will|does|really) help(?:s|ed)?(?=[.!]?$)/i));
  const caused = clause.match(/\b(?:lets?|gets?|got|allows?|enables?|leaves?|makes?|brings?|frees?|pulls?|carries|lifts?|moves?) (?:people|patients|you|them|many|us|folks|someone|a (?:person|man|woman|patient|veteran)|veterans|clients|members|guests|men|women|the (?:brain|mind|patient)|your (?:brain|mind|body)) (?:\w+ ){0,2}(?:\w+ing|to \w+|forgive|breathe|rest|grieve|heal|work|function|move|process|return|back|step (?:outside|back)|face|revisit|confront|let go|open up|out|better|well|free|calmer|lighter|happier|feel (?!odd|weird|sick|strange|dizz|drunk|worse|nothing|different|unable)\w+|sleep|eat|live)\b/i);
  if (caused && !selfCare && !UNPLEASANT.test(text.slice(caused.start, caused.end + 12)) && !/\b(?:us|you) (?:know|to (?:do|see|offer|prescribe|give|charge|open|sell|sign|fill|come|bring|choose|stay|ask|drive|wait|pay|call|book))/i.test(text.slice(caused.start, caused.end + 12))) add(caused);
  // People and what becomes of them.
  const experienced = clause.pair(clause.all('experience'), [...clause.all('outcome'), ...clause.all('effect')].sort((a, b) => a.start - b.start), 40);
  if (experienced) {
    const people = [...clause.all('people'), ...clause.all('figure'), ...SOME(clause)].find((place) => place.start <= experienced.start && experienced.start - place.end < 60);
    const between = people ? text.slice(people.end, experienced.start) : '';
    const thin = /\b(?:too little|little|no|partial|only partial|not|never|n't)\b[^,]{0,20}$/i.test(text.slice(clause.at.start, experienced.end).replace(/\S+$/, '')) && /\b(?:too little|little|no|partial)\b/i.test(text.slice(experienced.start, experienced.end));
    if (people && !/\bwho$/i.test(text.slice(people.start, people.end)) && !thin && !/\bnot\b|n't\b|\bnever\b|\bwould have\b/i.test(between)) add(join(people, experienced));
    else if (people) { /* said of those whom nothing has helped */ }
    else if (/^\W*(?:may|might|can|could|often|commonly|typically|will)?\s*(?:report|notice|feel|experience)/i.test(clause.text)) add(experienced);
  }
  const responded = clause.match(/\b(?:respond(?:s|ed|ing)?(?: positively| well| favou?rably)?(?: to)?|went into remission|achieved? remission|improved|recovered|got better|get better|feel better|felt better|do well|does well|did well|do(?:es)? (?:even |much |far )?better|did (?:even |much |far )?better|sa(?:w|ee) (?:an )?improvements?)\b/i);
  if (responded) {
    const people = [...clause.all('people'), ...clause.all('figure')].find((place) => place.start < responded.start && responded.start - place.end < 70);
    if (people && !/\bnot\b|n't\b|who (?:have|had|has)|would have/i.test(text.slice(people.end, responded.start))) add(join(people, responded));
  }
  // What people do again, what is seen in them, what a reader is told to expect.
  add(clause.match(/\b(?:people|patients|clients|veterans|members|guests|mothers|men|women|adults|many|most|some|you|those who \w+(?: \w+){0,3})(?:'ll|'re)? (?:(?:who|whose|with) (?:\w+ ){1,5})?(?:(?:are|can|will|may|could|often|then|soon|now|finally|usually) ){0,2}(?:(?:now|finally|once again|once more) (?:go|going|work|working|sleep|sleeping|live|living|enjoy|enjoying|laugh|laughing|travel|travelling|drive|driving|out|back|able)|(?:going out|working|sleeping|living|laughing|studying|back at work|back to work|at work) again|(?:sleep|bond|function|cope|concentrate|connect|communicate|eat|think) (?:better|more (?:easily|deeply|freely|clearly|soundly)|well again|through the night)|(?:say|describe|report|find|tell us)(?: that)?(?: after [\w ]{2,24})? (?:they can|being able to) (?!feel|see|hear|taste|eat|drive)\w+)\b/i));
  add(clause.match(/\b(?:see|seen|saw|watch|watched|watching|witness|witnessed) (?:\w+ ){0,2}(?:people|patients|clients|veterans|members|guests|mothers|men|women|folks) (?:\w+ ){0,3}(?:come back|recover|improve|transform|heal|get better|get well|blossom|return to|with their pain (?:cut|gone|halved))\b/i));
  add(clause.match(/^(?:you(?:'ll| will| can| should)? (?:can )?)?(?:expect|look forward to) (?:to feel )?(?:an? |more |much )?(?:calmer|brighter|lighter|better|happier|more hopeful|less (?:anxious|depressed|pain|worry)|relief|improved? (?:mood|sleep)|improvement|lift)\b/i));
  add(clause.match(/\b(?:result|outcome|upshot|pay-?off) is (?:often |usually |typically )?(?:an? )?(?:\w+ ){0,1}(?:calmer|better|less|fewer|restful|brighter|steadier|clearer|lighter|relief|quieter|deeper|happier|lasting)\b/i));
  add(clause.match(/\b(?:opens?|opening|creates?|provides?) (?:up )?an? (?:\w+ ){0,3}window (?:of|in which|during which|for|when)\b(?! (?:time|two hours|opportunity to (?:book|call)))/i));
  add(clause.match(/\b(?:pain|symptoms?|depression|anxiety|cravings?|scores?) (?:is |are |was |were )?(?:cut|sliced|chopped) in half\b/i));
  // What was seen, said with a noun: `benefits have been reported in OCD`, `its efficacy is well established`.
  add(clause.match(/\b(?:benefits?|improvements?|relief|remission|responses?|gains|(?:positive|good|encouraging|dramatic|excellent|impressive|similar|strong) results|successe?s?)\b[^.;]{0,40} (?:has|have|had) (?:(?:also|even|now|already) )?been (?:(?:also|even) )?(?:reported|seen|observed|noted|achieved|documented|described|shown|demonstrated|found)\b/i));
  add(clause.match(/\b(?:effectiveness|efficacy|benefits?|usefulness|antidepressant effects?)\b[^.;]{0,50} (?:is|are|has been|have been) (?:now )?(?:(?:well|widely|clearly|firmly|amply) )?(?:established|documented|proven|demonstrated|confirmed|beyond dispute)\b/i));
  add(clause.match(/\b(?:results|findings|outcomes|data)\b[^.;]{0,40} (?:look|looked|looks|are|were|have been|seem) (?:\w+ly |very |so )?(?:encouraging|promising|impressive|striking|positive|exciting|excellent)\b/i));
  add(clause.match(/\b(?:good|high|better|strong|excellent|real|greater) (?:chance|odds|likelihood|probability|prospect)s? of (?:remission|relief|recovery|response|improvement|success|feeling better|getting better|responding)\b/i));
  add(clause.match(/\bleads? to (?:an? )?(?:healthier|better|brighter|calmer|happier|improved|fuller|richer) \w+/i));
  add(clause.match(/\b(?:ketamine|treatment|infusion|drug|active|esketamine) (?:group|arm) (?:\w+ly )?(?:did|fared|scored|felt|improved|had|reported|showed) (?:\w+ly )?(?:better|less|fewer|lower|more|improvement|improved)\b/i));
  add(clause.match(/\b(?:antidepressant|analgesic|anxiolytic|clinical|therapeutic) (?:effects?|response|benefits?|action) (?:\w+ly )?(?:peaks?|emerges?|begins?|sets? in|follows?)\b/i));
  add(clause.match(/\b(?:pulls?|brings?|brought|pulled|draws?|drags?) (?:[\w']+ ){1,3}(?:back )?from the (?:edge|brink)\b/i));
  add(clause.match(/\b(?:helps?|works?|worked|helped)\b[^.,;]{0,20} (?:when|where|after) (?:all else|nothing else|everything else|other \w+|\w+ other \w+) (?:has |have |had )?(?:failed|fails?|worked|did)\b/i));
  add(clause.match(/\byou(?:'ll| can| will| could| may| might) (?:soon )?(?:get back to|go back to|become|be) (?:the person|yourself|your old self|your life|who you)\b/i));
  add(clause.match(/\b(?:most|many|patients|people|they) (?:were|are) (?:soon |now )?(?:smiling|laughing|symptom-free|pain-free|free of (?:pain|symptoms))\b/i));
  add(clause.match(/\b(?:is|was) its (?:speed|rapid (?:onset|action))\b|\bits speed (?:is|sets|makes)\b/i));
  // Nouns of effect with a verb that asserts them.
  for (const effect of clause.all('effect')) {
    if (/propert|qualities|potential/i.test(text.slice(effect.start, effect.end))) continue; // how it acts, not what it does
    if (/^Its\b.*\bmakes? it\b/.test(clause.text)) continue; // in a subject, not asserted
    const before = text.slice(Math.max(clause.at.start, effect.start - 90), effect.start);
    const after = text.slice(effect.end, Math.min(clause.at.end, effect.end + 60));
    if (/\b(?:offer(?:s|ing|ed)?|provid\w+|giv(?:e|es|ing)|gave|deliver\w*|bring(?:s|ing)?|produc\w+|show(?:s|n|ed|ing)?|demonstrat\w+|ha(?:s|ve|d)|having|with|known for|recogni[sz]ed for|its|experience|experienc\w+|exhibit\w*|display\w*|yield\w*|find|found|get|gets|see|report\w*|notice\w*|lead(?:s|ing)? to|result(?:s|ing|ed)? in|contribut\w+ to|exert\w*|produce)\b[^,;]{0,45}$/i.test(before)
      && !/\b(?:potential|hope|hoping|looking for|seeking|search(?:ing)? (?:of|for)|haven't found|have not found|not found|despite|assess\w*|measure\w*|about|of|any|evidence (?:of|for)|without)\s*(?:its|the|any|their)?\s*$/i.test(before)) add(join({ start: effect.start, end: effect.start }, effect));
    else if (/\b(?:offers?|provides?|gives?|gave|brings?|grants?)\b/i.test(before) && clause.all('people').some((people) => people.start < effect.start && effect.start - people.start < 80)) add(effect);
    else if (/^\s*(?:is|are|was|were|can|may|often|usually|typically|generally|begin\w*|starts?|last\w*|appear\w*|come\w*|within|in|of|often|from|for)\b/i.test(after) && /\b(?:rapid|fast|quick|antidepressant|effectiveness|efficacy|relief|benefits?|improvements?|onset|success rate|response rate|remission)\b/i.test(text.slice(effect.start, effect.end))
      && !/\b(?:of|about|for|whether|how|the|any|their|its|on)\s+$/i.test(before.slice(-12)) && (clause.has('onset') || clause.has('duration'))) add(join(effect, effect));
  }
  for (const place of clause.all('effective')) {
    const words = text.slice(place.start, place.end);
    const before = text.slice(Math.max(clause.at.start, place.start - 50), place.start);
    if (/\b(?:which|who|whatever|dose has(?: been)?|most|if|whether|when|how|as|more|less|not)\s*$/i.test(before) && /effective/i.test(words) && !/\b(?:found|shown)\b/.test(before)) continue;
    // Praise for a group names no effect.
    if (/\b(?:valuable|alternative|option|tool|right|perfect|ideal|best|good|great|suited|recommended|indicated|solution|answer)\b/i.test(words) && !/effective|beneficial|helpful|useful|promis|proven|record|\bas good|\bout of|\bhave been|results|outcomes/i.test(words)) continue;
    if (/useful|helpful/i.test(words) && HELPER.test(`${before.trim().replace(/ (?:was|is|were|are|has been|very|this)\b/g, '')} `)) continue;
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
    if (/\b(?:relief|effects?|onset|work\w*|improv\w*|feel|felt|better|shift|respon\w*|lift\w*|benefit\w*|results?|change|mood|difference|symptoms|antidepressant|reduc\w*|act|acts|calmer|ease\w*|notice\w*)\b/i.test(around)
      && !/\b(?:resolve|resolved|wear|wears|settle|settles|pass|passes|subside|side effects?|blood pressure|nausea|dissociat\w*|sedation|appointment|consult\w*|follow[- ]up|stay|remain|arrive|drive|eat|drink|fast for|fade\w*|relaps\w*|unreal\w*|detach\w*|sensations?|numbness|withdrawal|tiredness|grogg\w*|look for|how you feel|know how)\b/i.test(around)) add(place);
  }
  for (const place of clause.all('duration')) {
    const around = clause.text;
    if (/^(?:hold|remain|stay|continue)\w* the (?:\w+ )?(?:hours|days|weeks|months|year|month|week)/i.test(text.slice(place.start, place.end))) continue;
    const ofEffect = /\b(?:effects?|benefits?|relief|improvements?|response|gains|lift) (?:of|from|after|following) (?:\w+ ){1,3}(?:infusion|session|dose|treatment|drip|course)s? /i.test(around);
    if (/^last (?:\w+ )?(?:week|month|year|night)\b/i.test(text.slice(place.start, place.end))) continue;
    if (/\b(?:side effects?|blood pressure|nausea|dizziness|dissociat\w*|sedation|session|appointment|infusion (?:takes|itself)|it lasts? (?:about |around )?(?:\d+|forty|sixty|ninety) minutes|wear|wears|fade\w*|minutes|drip|bladder|damage|memory|harm|illness|depression (?:that|has)|trial|study|course (?:is|of|takes)|treatment (?:takes|course)|withdrawal)\b/i.test(around)) continue;
    if (!ofEffect && /\binfusion lasts\b/i.test(around)) continue;
    if (/\bneed|\bhave to\b|^\w+ (?:are|is) /i.test(text.slice(place.start, place.end))) { out.push({ ...place, kind: 'efficacy', benefit: true }); continue; }
    if (/\b(?:effects?|benefits?|relief|results?|improvements?|response|remission|gains?|lift|change|insights|mood|it|they|healing|boosters?|recovery|stay(?:s|ed)? well|stays? better|window|freedom|solution|advantages?|afterglow|upside|calm)\b/i.test(around)) add(place);
  }
  return out;
}

// ------------------------------------------------------------------------------------------------------ the others

const SWAYED = /\b(?:blunts?|blunted|weakens?|weakened|dampens?|reduces?|lessens?|diminish(?:es)?|dulls?|counteracts?|cancels? out|interferes? with|gets? in the way of|prolongs?|extends?|strengthens?|enhances?|amplif(?:y|ies)|boosts?|deepens?|cements?|consolidates?|potentiates?|lengthens?|sustains?) (?:(?:the|its|their|your|any|this|that|ketamine's|ketamine|antidepressant|therapeutic|lasting) ){0,3}(?:benefits?|effects?|response|gains|results|improvements?|relief)\b/i;

/** What strengthens or weakens the effect: another medicine, therapy. */
function swayedSigns(clause: Clause): Sign[] {
  const swayed = clause.match(SWAYED);
  if (!swayed || clause.negated(swayed) || /\b(?:side|adverse|dissociative|psychedelic)\b/i.test(clause.text)) return [];
  if (clause.all('other').length === 0 && !/\b(?:therapy|counsell?ing|integration|exercise|lamotrigine|lithium|alcohol)\b/i.test(clause.text)) return [];
  return [{ ...swayed, kind: 'efficacy', benefit: /^(?:pro|ext|str|enh|amp|boo|dee|cem|con|pot|len|sus)/i.test(clause.reading.text.slice(swayed.start)) }];
}

const OURS = /\b(?:the|its) (?:antidepressant |therapeutic )?(?:benefits?|response|gains|effects? of (?:ketamine|the infusion\w*|treatment))\b|\bketamine\b/i;

/** Says of something else what it does to the drug's effect. */
export const sways = ofReading(({ text }) => SWAYED.test(text) && OURS.test(text));

const POSITIVE = /\b(?:better|improv\w*|respond\w*|respons\w*|remission|relief|reliev\w*|reduc\w*|lower|fewer|less|effective\w*|benefit\w*|works?|success|help\w*|lift\w*|superior|non-?inferior|outperform\w*|beat\w*|promis\w*|drop\w*|decrease\w*|fell|declin\w*|recover\w*|safe\w*|tolerated|rapid\w*|grow\w*|regrow\w*|connections|plastic\w*|good|feel|felt|durab\w*|value|role in|favou?r\w*|effects?|support(?:s|ed|ing)? (?:its|the|ketamine's|esketamine's) (?:use|role|place)|calmer|shorter|milder|happier|last\w*|sustain\w*|antidepressant|treat)\b/i;

function studySigns(clause: Clause, reading: Reading): Sign[] {
  const grounds = clause.all('study');
  if (grounds.length === 0) return [];
  // The evidence itself is praised, or called on.
  const praised = clause.match(/\b(?:evidence|research|data|science|support)\b[^.]{0,50}? (?:is|are|looks?) (?:(?:now|very|so|really|quite|already|remarkably|increasingly|extremely) ){0,2}(?:strong|clear|compelling|robust|solid|convincing|overwhelming|impressive|mounting|growing|unequivocal|persuasive|good|conclusive)\b/i)
    ?? clause.match(/\b(?:strong|good|solid|compelling|robust|substantial|considerable|ample|convincing|overwhelming|high-quality|clear) (?:\w+ )?(?:evidence|data|research|proof) (?:for|that|in favou?r|behind|supporting)\b/i)
    ?? clause.match(/\b(?:backed|supported|borne out|validated) (?:up )?by (?!(?:some|a few|few|limited|early|small|preliminary|mixed|weak)\b)(?:\w+ ){0,3}(?:science|research|evidence|studies|trials|data)\b/i);
  if (praised && !clause.negated(praised) && !/\b(?:less|more|not|far from|nobody|our (?:approach|team|clinic))\b/i.test(clause.text)) return [{ ...praised, kind: 'study', benefit: true }];
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
    const figured = clause.reading.text.slice(figure.start, figure.end);
    // Doses and prices are multiplied too.
    if (/times (?:as|the|more)$/i.test(figured) && (/^ (?:much|many|amount|dose|price|cost)\b/i.test(clause.reading.text.slice(figure.end)) || /\b(?:take|takes|use|uses|cost|costs|pay|dose|doses)\b/i.test(clause.text.slice(0, figure.start - clause.at.start)))) continue;
    const near = /points$/.test(figured) && (/\d/.test(figured) || /\b(?:score|scale|MADRS|HAM-?D|PHQ|by|drop\w*|fell|improv\w*|lower|better)\b/i.test(clause.text)) || /^(?:effect size|number needed|NNT|cohen)/i.test(figured) ? figure : clause.all('measured').find((place) => within(place, around));
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
    if (/^ (?:[\w-]+ ){0,3}(?:clinicians?|providers?|doctors?|psychiatrists?|psychologists?|therapists?|counsell?ors?|pharmac\w+|nurses?|facilit\w+|clinics?|professionals?|physicians?|prescribers?|practitioners?)\b/i.test(whole.slice(place.end))) continue;
    if (/^registered$/i.test(words) && !clause.has('regulator')) continue;
    if (/\b(?:prior|we will|your|plan|insurer|coverage|policy|claim|criteria|renewal|initial) (?:approv|authori)/i.test(whole)) continue;
    out.push({ ...place, kind: 'approval', benefit: false });
    break;
  }
  return out;
}

function comparisonSigns(clause: Clause, reading: Reading, efficacy: readonly Sign[]): Sign[] {
  const compared = [...clause.all('compare'), ...places(reading, 'compare')].find((place) => !/^\s*(?:\$|£|€)?\d|^\s*(?:a|one|ten|twenty) (?:dozen|hundred|thousand|years|decade)|^ (?:the price|the cost|a clinic|IV clinics)/i.test(reading.text.slice(place.end)) && !/\b(?:less|cheaper|fewer) than$/i.test(reading.text.slice(place.start, place.end)));
  // `SSRIs take six weeks; ketamine takes six hours`.
  const sooner = places(reading, 'other').length > 0 ? clause.match(/\b(?:ketamine|it|infusions?|esketamine|this)\b[^.]{0,30}? (?:takes?|needs?|within|in) (?:only |just |about |a few |a matter of |\w+ ){0,2}(?:minutes|hours|days|a day|an afternoon)\b/i) : undefined;
  if (sooner && tellsOfWeeks(reading) && !clause.negated(sooner)) return [{ ...sooner, kind: 'comparison', benefit: true }];
  if (!compared) return [];
  const other = places(reading, 'other').some((place) => !/^(?:psycho)?therapy$/i.test(reading.text.slice(place.start, place.end))) || /\b(?:IV|clinic|therapy|years of|morphine|ECT)\b/.test(reading.text);
  if (!other && !/^(?:nothing|no other|what no)\b/i.test(reading.text.slice(compared.start, compared.end))) return [];
  const words = reading.text.slice(compared.start, compared.end);
  if (/^(?:than|better|faster|quicker|more|safer|superior|as |just|equal|outperf|surpass|beat|hands|quickest|fastest|most|twice|every|less|fewer|greater|sooner|inferior|non|compar|equiv|what|that|long|well before|weeks|months|have none|the way|no other|nothing|came|come|edge|advantage|superiority|succeed|works? |worked |helps? )/i.test(words) && !clause.negated(compared)) return [{ ...compared, kind: 'comparison', benefit: !/^(?:less effective|inferior|worse)/i.test(words) }];
  return efficacy.slice(0, 1).map((sign) => ({ ...sign, kind: 'comparison' as const }));
}

const SAFE_CONTEXT = /\b(?:stay|keep|keeping|feel|until|when it is|is it|how|whether|to go|to drive|safe (?:and|space|place|storage|hands|disposal|messaging)|safely (?:disposed|store|home)|safety (?:data|concerns?|information|of|and efficacy|is|was|profile (?:is|are|was) (?:not|unknown))|ensure|for (?:your|their) safety|patient safety|seriously|long-term safety)\b/i;

function safetySigns(clause: Clause, reading: Reading): Sign[] {
  const out: Sign[] = [];
  for (const place of clause.all('safety')) {
    const words = reading.text.slice(place.start, place.end);
    const before = reading.text.slice(Math.max(clause.at.start, place.start - 30), place.start);
    const after = reading.text.slice(place.end, place.end + 30);
    if (/\b(?:include|includes|including|if|when)\b/i.test(words) || /\bnot\s*$/i.test(before)) continue;
    if (/^(?:safe|safely|safer|safest)$/i.test(words)) {
      // How it came about: `developed as a safer alternative to PCP`.
      if (/\b(?:develop\w*|made|created|designed|synthesi\w*|introduced|sought|seek\w*|look\w* for|looking|search\w*|hunt) (?:[\w']+ ){0,3}$/i.test(before)) continue;
      if (SAFE_CONTEXT.test(before + words + after)) continue;
      if (clause.negated(place)) continue;
      if (!/\b(?:is|are|it's|was|been|proven|remarkably|very|completely|totally|perfectly|generally|considered|used|so|as|super|quite|both|and|remains?|given|combined|taken|just|as)\b[^,]{0,16}$/i.test(before)) continue;
    }
    if (/^gentle/i.test(words) && !/\b(?:is|it's|super|so|very|are|was)\s*$/i.test(before)) continue;
    if (/profile|record/i.test(words) && !/\b(?:favou?rable|good|excellent|strong|reassuring|established|proven|well[- ]established|solid|impeccable|unblemished|spotless|enviable|unmatched|long|acceptable|benign|attractive|impressive|better)\b/i.test(before + after)) continue;
    if (/\b(?:not|isn't|can't|don't|doesn't|won't|no one|nobody|never|cannot|no)\b/i.test(words) && !/respirat|addict|hooked|habit|dependen|harm|toxic|dangerous|breath|mania|side effect|risk|interaction|downtime|hangover|withdrawal|damage|adverse|overdose|problem|incident|trouble|ill effect|complication|interact|grogg|fogg|zombie|drows|sedat|flat|sleepy|tired|numb|sluggish|toxic|been (?:seen|reported|observed|found)/i.test(words)) continue;
    if (/\brisk/i.test(words) && /\b(?:high|some|these|its|the|known|potential)\b/i.test(words) && !/\bno\b|low|minimal|nil|zero/i.test(words)) continue;
    if (/\b(?:rare|few|uncommon)\b/i.test(words) && !/side effects|adverse|risks|complication|problems|reactions/i.test(words)) continue;
    out.push({ ...place, kind: 'safety', benefit: false });
  }
  return out;
}

function mechanismSigns(clause: Clause, reading: Reading): Sign[] {
  // What acts must be ours: a drug, the treatment or a pronoun for it, somewhere in the sentence.
  // Or the sentence is elliptic, an item's, or tells a step of what the text is on: growth in the brain.
  const grows = /\b(?:re-?grow\w*|sprout\w*|new (?:\w+ )?(?:connections|synapses|branches|pathways)|BDNF)\b/i.test(clause.text) && !/^(?:depression|stress|chronic|trauma|alcohol|heavy|long-term|repeated|addiction|pain)\b/i.test(reading.text);
  const elliptic = clause.at.start === 0 && clause.all('act').some((act) => act.start === 0 && /s$/i.test(reading.text.slice(act.start, act.end)));
  if (!grows && !elliptic && reading.drugs.length === 0 && places(reading, 'treatment').length === 0 && places(reading, 'pronoun').length === 0 && places(reading, 'people').length === 0) return [];
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

// ------------------------------------------------------------------------------------------------------- together

const REFUTED = /^That (?:it|ketamine|they|esketamine)\b|\b(?:your (?:psychiatrist|doctor|GP|consultant|team|clinician) (?:has|have|may have) (?:suggested|recommended|offered|mentioned)|(?:patients|people|they|readers|clients|referrals|\)) believed|beliefs?|misconceptions?|myths?|hype|oversold|(?:claims?|idea|notion|suggestion|belief|talk|theory) that|, (?:they|some|advocates|promoters|sellers) (?:say|claim)|some (?:websites|clinics|sites|ads|people (?:say|think|believe|claim|call))|websites? (?:talk|claim|say)|(?<!inner )critics?|supporters|enthusiasts|proponents|fans|advertis\w*|(?:he|she|they) (?:claims?|insists?)|don't believe|wary of|whoever|anyone who|anybody who|it would be wrong|should not be (?:claimed|presented|read)|we (?:can't|cannot) assume|does(?:n't| not) mean|not the same as)\b/i;
const FUTURE = /\b(?:will (?:be|present|provide|add|pave)|plans? to|aims? to|hopes? to|intends? to|(?:goal|mission|purpose|aim|passion|job) is|in the future|future of|potential to|potential (?:as|use|role|of|in|for|treatment|applications?))\b/i;

/** A limit of the benefit; not of what others were helped by (`whose depression has not got better`), nor of harm (`no effect on breathing`). */
function limiting(place: Place, { at, reading: { text } }: Pick<Clause, 'at' | 'reading'>): boolean {
  if (/^no effect/i.test(text.slice(place.start, place.end)) && /^ on (?:the rest|breathing|blood|the heart|the liver|driving|memory|other)\b/i.test(text.slice(place.end))) return false;
  return !/\b(?:people|patients|adults|those|anyone|veterans|men|women|teenagers) (?:who|whose|for whom|in whom)\b[^,;]{0,24}$/i.test(text.slice(at.start, place.start));
}

/** Where a sentence limits what it says of the benefit. */
export const limitsOf = ofReading((reading) => places(reading, 'limits').filter((place) => limiting(place, { at: { start: 0, end: reading.text.length }, reading })));

function exempt(sign: Sign, clause: Clause, reading: Reading): boolean {
  const { text } = reading;
  if (reading.quoted.some((quote) => quote.start <= sign.start && sign.start < quote.end)) return true;
  if (clause.matches(REFUTED)) return true;
  if (/\bnot (?:been )?(?:determined|established|shown|found|demonstrated|proven|concluded) (?:that|whether|to)\b/i.test(text.slice(0, sign.start))) return true;
  const limited = clause.all('limits').some((place) => limiting(place, clause));
  if ((sign.kind === 'efficacy' || sign.kind === 'statistic') && stopped(reading)) return true;
  const intent = clause.has('intent');
  switch (sign.kind) {
    case 'efficacy':
    case 'comparison':
      if (clause.all('instruct').some((place) => place.end <= sign.start)) return true;
      if (intent && !/\b(?:has|have) been (?:shown|found)\b/i.test(clause.text)) return true;
      if (limited) return true;
      if (clause.matches(FUTURE) && !/\b(?:may|can|could) (?:provide|help|relieve)/i.test(clause.text)) return true;
      if (clause.matches(SIDE_EFFECTS) && !/\b(?:fewer|milder|less|gentler)\b/i.test(text.slice(sign.start, sign.end)) && !/\b(?:relief|depress\w*|mood|symptoms of)\b/i.test(clause.text)) return true;
      return REPORTED_USE.test(text.slice(Math.max(0, sign.start - 24), sign.start)) && /\b(?:to|for|in)\s*$/.test(text.slice(0, sign.start)) && !/\b(?:is|been|be) (?:very |highly )?effective/i.test(text.slice(sign.start, sign.end));
    case 'study':
      return limited || intent;
    case 'statistic':
      if (clause.all('instruct').some((place) => place.end <= sign.start)) return true;
      return limited && !/\d|half|third/.test(text.slice(sign.start, sign.end));
    case 'mechanism':
      return limited || (intent && !/\bbelieved|thought\b/i.test(clause.text)) || clause.has('instruct');
    case 'safety':
      return clause.all('instruct').some((place) => place.end <= sign.start) || (limited && !/well[- ]tolerated/i.test(text) && !clause.all('limits').every((place) => /\b(?:wear|wears|wore|fad|not)/i.test(text.slice(place.start, place.end))));
    default:
      return false;
  }
}

const SIDE_EFFECTS = /\b(?:side effects?|nausea)\b/i;

const signsAbout = ofReading((reading) => signsAfresh(reading, true));
const signsElsewhere = ofReading((reading) => signsAfresh(reading, false));

/** The signs of a claim in a unit's own words. They depend on nothing else, and are kept with its reading. */
export const signsOf = (reading: Reading, about: boolean): readonly Sign[] => (about ? signsAbout : signsElsewhere)(reading);

/** What is longer is no sentence (data, a text without stops), and looking at all its clauses for each sign would take long. */
export const LONGEST = 5000;

/** Words of an effect that mean something else here: work as labour, hearts that beat, kinds of things. */
const HOMONYMS = gated(/\b(?:(?:back|return\w*|going|go|went|off) to work\b|(?:(?:this|that|the|our|my|your|their|slow|hard|deep|inner|real|actual|long-term|rest of the) )+work(?! (?:of|by) (?:ketamine|the drug))\b|(?:we|I|you|staff|nurses|who|and|live and) work (?:on|with|alongside|from|for|at)\b|(?:the|an?|other|some|any|every|one|what|that|this|these|those|first|second) kinds? of\b|(?:kind|kinder|kindest) (?:thing|word|voice|face|person|people|hand)s?\b|the better part of\b|better (?:tested|known|studied|understood|informed|placed|qualified|trained|paid)\b|(?:know|knows|knew|had|'d) better\b|hearts? (?:will |can |may |might |to )?beats?\b|beats? (?:us|you|faster|harder|quicker)\b)/gi);

/** Whether the words that carry an effect mean something else: all of these, or all that are left of them. */
function meansOther({ start, end }: Place, text: string): boolean {
  const own = text.slice(start, end);
  if (own.split(' ').length > 4) return false;
  for (const found of HOMONYMS.all(text)) {
    if (found.index < end && start < found.index + found[0].length && /^(?:do(?:es|ing)?|works?|kind\w*|better|beats?)(?: |$)|\b(?:works?|beats?)$/i.test(own)) return true;
  }
  return false;
}

function signsAfresh(reading: Reading, about: boolean): readonly Sign[] {
  const signs: Sign[] = [];
  if (reading.text.length > LONGEST) return signs;
  for (const at of reading.clauses) {
    const clause = new Clause(reading, at);
    const efficacy = about ? efficacySigns(clause) : [];
    const found: Sign[] = [...prevalenceSigns(clause)];
    if (!about && sways(reading)) found.push(...swayedSigns(clause));
    if (about) {
      found.push(...efficacy, ...swayedSigns(clause), ...studySigns(clause, reading), ...statisticSigns(clause), ...approvalSigns(clause, reading), ...comparisonSigns(clause, reading, efficacy), ...safetySigns(clause, reading), ...mechanismSigns(clause, reading));
    }
    for (const sign of found) if (!exempt(sign, clause, reading) && !meansOther(sign, reading.text)) signs.push(sign);
  }
  return signs;
}

/** The first figure of an outcome in a reading, whether or not the unit makes a claim; undefined where there is none. */
export function outcomeFigure(reading: Reading): Place | undefined {
  if (places(reading, 'figure').length === 0) return undefined;
  return figureOf(reading) ?? undefined;
}

const figureOf = ofReading((reading) => figureAfresh(reading) ?? null);

function figureAfresh(reading: Reading): Place | undefined {
  for (const at of reading.clauses) {
    const clause = new Clause(reading, at);
    const sign = statisticSigns(clause)[0];
    const figure = sign && clause.all('figure').find((place) => within(place, sign));
    if (figure) return figure;
  }
  return undefined;
}

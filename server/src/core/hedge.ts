// Softens what a sentence asserts, and keeps it grammatical: a verb, a quantity of people, the weight of studies.

import { span, type Edit } from './text';

/** One softer way to put it, as edits of the text it was made for; they do not overlap and are in order. */
export interface Hedge {
  readonly edits: readonly Edit[];
  /** What is taken out and put in, for a title. */
  readonly taken: string;
  readonly put: string;
}

interface Place { readonly start: number; readonly end: number }

const edit = (start: number, end: number, text: string): Edit => ({ span: span(start, end), text });

// ------------------------------------------------------------------------------------------------------------- words

/** Verbs of effect, in their base form. */
const VERBS = 'relieve alleviate reduce ease lessen decrease diminish lower quiet quieten calm soften soothe combat fight resolve reverse prevent dampen dispel dissolve loosen shorten curb dull interrupt halt erase tackle subdue shrink cut clear end stop break mitigate ameliorate counter counteract offset silence weaken settle steady treat cure heal fix overcome conquer defeat beat address improve enhance restore boost elevate brighten benefit facilitate accelerate speed rebuild strengthen optimise optimize stabilise stabilize sharpen revive renew lift raise increase extend prolong sustain maintain help aid assist work act provide offer bring give deliver produce yield cause create promote trigger stimulate support generate encourage foster regrow grow rewire repair regenerate reconnect reset flood form sprout wake reopen last fade return respond lead result make let allow enable free pull carry turn take save change transform manage disrupt target modulate regulate normalise normalize outperform surpass come keep hold remove get unlock kick relax balance leave fire'.split(' ');

/** Base forms that a plural subject has; words that are nouns as often are left out. */
const IRREGULAR: { readonly [third: string]: string } = { has: 'have', does: 'do', is: 'be', goes: 'go' };

/** `relieves` → `relieve`, `goes` → `go`. */
export function baseOf(third: string): string {
  const low = third.toLowerCase();
  if (IRREGULAR[low]) return IRREGULAR[low];
  if (/(?:[^aeiou]ies)$/.test(low) && !/^(?:dies|lies|ties)$/.test(low)) return `${third.slice(0, -3)}y`;
  return /(?:ss|sh|ch|x|zz|o)es$/.test(low) ? third.slice(0, -2) : third.slice(0, -1);
}

const thirdOf = (base: string): string => (/(?:ss|sh|ch|x|zz)$/.test(base) ? `${base}es` : /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ies` : `${base}s`);

const THIRD = VERBS.map(thirdOf).join('|');
const BASE = VERBS.join('|');
const ING = VERBS.map((verb) => (/[^aeiou][aeiou][bdgptn]$/.test(verb) && !/(?:en|er|on|it)$/.test(verb) ? `${verb}${verb.at(-1)!}ing` : /[^eio]e$/.test(verb) ? `${verb.slice(0, -1)}ing` : `${verb}ing`)).join('|');

const KNOWN = new RegExp(`^(?:${THIRD}|${BASE})$`, 'i');

const ADVERB = '(?:(?:always|quickly|rapidly|often|usually|typically|also|effectively|significantly|greatly|markedly|substantially|dramatically|directly|even|reliably|powerfully|safely|gently|truly|really|actually|literally|commonly|frequently|regularly|generally|swiftly|naturally|simply|just|now|further|consistently|clearly|profoundly|immediately|instantly|almost immediately) )';
/** Adverbs that promise too much to stand behind a hedge. */
const STRONG = /\b(?:always|significantly|greatly|markedly|substantially|dramatically|reliably|powerfully|truly|really|actually|literally|consistently|clearly|profoundly|immediately|instantly|naturally|simply|just) /gi;
const WHOM = 'patients|people|clients|veterans|individuals|members|guests|adults|participants|sufferers|users|teenagers|mothers|men|women|responders|recipients';
const QUANTITY = '(?:many|most|our|all|the|these|several|countless|numerous|the majority of|the vast majority of|most of (?:our|the)|many of (?:our|the|these)|thousands of|hundreds of|more and more) ';

const upper = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
const isUpper = (word: string): boolean => /^[^a-z]*[A-Z]/.test(word.slice(0, 1));
/** Gives what is put in the capital of what it stands for. */
const as = (put: string, taken: string): string => (isUpper(taken) ? upper(put) : put);

// ----------------------------------------------------------------------------------------------------------- patterns

type Maker = (found: RegExpExecArray, text: string) => readonly Edit[] | undefined;

/** The end of what a sentence says here: before its stop or the clause that goes on. */
function clauseEnd(text: string, from: number): number {
  const rest = text.slice(from);
  const stop = /(?:, (?:which|making|because|but|although|while|whereas|so|and (?:it|they|this|that|many|most|some))\b|[;:]| [–—]|—| because | but | while | whereas |\s?[([]|[.!?]["')\]]*(?:$| )|["']?$)/.exec(rest);
  return from + (stop?.index ?? rest.length);
}

/** ` in some people` where the clause ends, unless it says in whom already. */
function tail(text: string, from: number, words: string): Edit[] {
  const listed = /, (?:including|such as|like|especially|particularly|notably|with|along with) /.exec(text.slice(from));
  // What stands in brackets belongs to the words before it.
  let end = clauseEnd(text, from);
  for (let inner = /^\s?\([^)]{0,80}\)/.exec(text.slice(end)); inner; inner = /^\s?\([^)]{0,80}\)/.exec(text.slice(end))) end = clauseEnd(text, end + inner[0].length);
  if (listed && from + listed.index < end) end = from + listed.index;
  if (/\b(?:patients|people|adults|veterans|you|your|those|individuals|participants|clients|anyone|everyone|some|is|are|was|were|says?)\b|"/i.test(text.slice(from, end)) || end <= from) return [];
  return [edit(end, end, ` ${words}`)];
}

/** Verbs that stand beside the one that is hedged lose their ending with it: `relieves pain and improves sleep`. */
function conjoined(text: string, from: number): Edit[] {
  const out: Edit[] = [];
  const end = clauseEnd(text, from);
  const beside = new RegExp(`(?:,? (?:and|or)|,) (?:${ADVERB})?(${THIRD})(?= )`, 'gi');
  beside.lastIndex = from;
  for (let found = beside.exec(text); found && found.index < end; found = beside.exec(text)) {
    const at = found.index + found[0].length - found[1]!.length;
    // A clause of its own has its own subject.
    if (/\b(?:that|which|who|where|when)\b[^,]*$/.test(text.slice(from, found.index))) break;
    out.push(edit(at, at + found[1]!.length, baseOf(found[1]!)));
  }
  return out;
}

const soften = (adverbs: string): string => adverbs.replace(STRONG, '');

/** `relieves` → `may relieve`, what stands beside it too. */
const mayVerb: Maker = (m, text) => {
  const adverbs = m[1] ?? '';
  const verb = m[2]!;
  const end = m.index + m[0].length;
  return [edit(m.index, end, as(`may ${soften(adverbs)}${baseOf(verb.toLowerCase())}`, m[0])), ...conjoined(text, end)];
};

const few = (text: string, end: number): boolean => {
  const rest = text.slice(end, clauseEnd(text, end));
  return rest.split(' ').length <= 7 && !/,/.test(rest) && /^[.!]/.test(text.slice(clauseEnd(text, end)));
};

const NOUNS = /^(?:benefits|results|changes|returns|increases|decreases|lifts|aids|supports|cuts|breaks|offers|boosts|balances|targets|leads|leaves|takes|lasts|fires|forms|shows|causes|acts|helps|works|releases|speeds|ends|stops|keeps|fights|treats|yields|offsets|raises|resets|floods|pulls|turns|saves|brings)$/i;

/** A form that is a noun as often, behind a word that no subject ends with: `significant benefits`. */
const nounHere = (word: string, before: string): boolean => NOUNS.test(word)
  && !/(?:^|\b(?:it|this|that|which|who|he|she|ketamine|esketamine|spravato|treatment|therapy|drug|medicine|medication|infusion|dose|session|spray|drip|lozenge|evidence|research|also|often|\w+ly)) $/i.test(before);

/** Words behind a verb form that show it to be one. */
const OBJECT = '(?= (?!of\\b|and\\b|or\\b|is\\b|are\\b|for (?:depression|people)\\b)[\\w"(-])';
const SUBJECT_PLURAL = '(?:[a-z]{2,}(?<!ss|us|is)s|people|it and ketamine|they|we|men|women|both)';

const PATTERNS: readonly { readonly expression: RegExp; readonly make: Maker }[] = [
  // has been shown to reduce → has been reported to reduce … in some people
  { expression: /\b(has|have) (?:(?:also|now|repeatedly|consistently|clearly|convincingly|already|long) )?been (?:(?:also|now|repeatedly|consistently|clearly|convincingly|clinically|scientifically|widely) )?(?:shown|found|proven|proved|demonstrated) to(?= [a-z])/gi,
    make: (m, text) => [edit(m.index, m.index + m[0].length, `${m[1]!} been reported to`), ...tail(text, m.index + m[0].length, 'in some people')] },
  { expression: /\b(is|are) (?:\w+ly )?(?:shown|found|proven|proved|demonstrated|known) to(?= [a-z])/gi,
    make: (m, text) => [edit(m.index, m.index + m[0].length, `${m[1]!} reported to`), ...tail(text, m.index + m[0].length, 'in some people')] },
  // Studies show → Some studies suggest
  { expression: /(?<!\b(?:one|a|some|few|this|that|each|same) )\b(?:(many|several|numerous|multiple|countless|various|a number of|a growing number of|dozens of|most|extensive|ample|strong|solid|compelling|robust|overwhelming|growing|mounting|abundant|considerable) )?((?:(?:recent|clinical|early|new|small|small-scale|scientific|medical|brain|emerging|current|preliminary|further|modern|controlled|peer-reviewed|rigorous|human|imaging) ){0,2})(studies|trials|research|evidence|data|findings|science)( have| has)? (?:(?:also|now|clearly|consistently|repeatedly|already|even|recently|convincingly) )*(shows?|shown|proves?|proven|proved|demonstrates?|demonstrated|confirms?|confirmed|finds?|found|indicates?|indicated|reveals?|revealed|establish(?:es|ed)?|showcases?|showcased|highlights?|highlighted|supports?|supported)\b(?! by)/gi,
    make: (m) => {
      const plural = /^(?:studies|trials|findings|data)$/i.test(m[3]!);
      const noun = /^(?:science)$/i.test(m[3]!) ? 'research' : m[3]!.toLowerCase();
      const verb = plural && !/^shows$/i.test(m[5]!) ? 'suggest' : 'suggests';
      return [edit(m.index, m.index + m[0].length, as(`some ${m[2]!.toLowerCase()}${noun} ${verb}`, m[0]))];
    } },
  // is effective for PTSD → may help some people with PTSD
  { expression: /\b(?:is|are|can be|has been|have been) (?:(?:very|highly|extremely|also|remarkably|particularly|especially|quite|really|so|equally|often|generally|clinically) )*(?:effective|helpful|beneficial|useful|successful|efficacious) (?:for|against|in treating|in the treatment of|at treating|for treating|in managing|for managing|in relieving|for relieving) (?=(?!many|most|people|patients|those|adults|all|a |an |the |some|individuals|treating|managing|reducing|relieving)(?:[A-Za-z-]+ ){0,4}?(?:depress|PTSD|OCD|anxi|pain|fibromyalgia|CRPS|migraine|bipolar|disorder|addiction|symptom|syndrome|neuropath|trauma|suicid|insomnia|withdrawal|grief|burnout))/gi,
    make: (m, text) => (/\b(?:effectiveness|efficacy|therapy|protocols?|results?) $/i.test(text.slice(0, m.index)) || /^\w+ing\b/.test(text.slice(m.index + m[0].length)) ? undefined : [edit(m.index, m.index + m[0].length, as('may help some people with ', m[0]))]) },
  { expression: /\b(?:is|are|was|were|has been|have been|can be|has proven|have proven|proves|prove|has proved|have proved|proved) (?:to be )?(?:(?:very|highly|extremely|remarkably|quite|really|so|incredibly|exceptionally) )?((?:also|particularly|especially|equally|often|generally) )?(effective|helpful|beneficial|useful|successful|efficacious)\b/gi,
    make: (m) => [edit(m.index, m.index + m[0].length, as(`may ${/also/i.test(m[1] ?? '') ? 'also ' : ''}be ${/also/i.test(m[1] ?? '') ? '' : m[1] ?? ''}${m[2]!}`, m[0]))] },
  // Many patients report → Some patients report
  { expression: new RegExp(`(?<!\\d )(?<!\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|percent|half|third|our|the|these|those|all|their|some|few|of|help|helps|helped|let|lets|for|in|makes?|gives?|allows?|enables?|brings?|offers?|leaves?|with|among|to|that|and|by) )\\b(${QUANTITY})?((?:\\w+(?:-\\w+)? )??)(${WHOM})( with [\\w -]{2,30}?)? ((?:commonly|typically|usually|often|frequently|generally|routinely|consistently|regularly|reliably) )?(?=(?:report|experience|notice|describe|feel|felt|find|found|see|saw|say|said|tell|told|respond|recover|improve|get|got|show|have|had|enjoy|achieve|sleep|leave|left|go|went|become|became|reported|experienced|noticed|described|responded|recovered|improved|showed|achieved|benefit|benefited|gain|gained|start|started)\\b)`, 'gi'),
    make: (m) => (KNOWN.test(m[2]!.trim()) || /\b(?:some|few|no|that|who|which|two|three|\d+|other|of|with|in|for|and|or|the|than|when|if|as|where|by)\b/i.test(m[2]!) ? undefined : [edit(m.index, m.index + m[0].length, as(`some ${/^(?:most|many|all|our|the)\s/i.test(m[2]!) ? '' : m[2]!.toLowerCase()}${m[3]!.toLowerCase()}${m[4] ?? ''} `, m[0]))]) },
  // can, will, does + verb → may
  { expression: new RegExp(`\\b(?:can|will|does|do)(?! (?:not|n't))( also)? (${ADVERB}*)(?=[a-z]{2,}\\b)(?!you\\b|they\\b|we\\b|the\\b|so\\b|this\\b|it\\b|well\\b|better\\b|worse\\b|as\\b|in\\b|to\\b|for\\b|with\\b|at\\b|on\\b|of\\b)`, 'gi'),
    make: (m, text) => (/\b(?:who|that you|we|you|how|what|where|when|why|I) $/i.test(text.slice(0, m.index)) ? undefined
      : [edit(m.index, m.index + m[0].length, as(`may ${m[1] ? 'also ' : ''}${soften(m[2] ?? '')}`, m[0]))]) },
  // relieves PTSD → may relieve PTSD in some people
  { expression: new RegExp(`(?<!\\b(?:to|the|a|an|its|their|of|and|or|that|these|such) )(?<![\\w-]{1})\\b(${ADVERB}*)(${THIRD})\\b${OBJECT}`, 'gi'),
    make: (m, text) => {
      const end = m.index + m[0].length;
      if (nounHere(m[2]!, text.slice(0, m.index))) return undefined;
      const edits = mayVerb(m, text);
      return edits && few(text, end) && edits.length === 1 ? [...edits, ...tail(text, end, 'in some people')] : edits;
    } },
  { expression: new RegExp(`(?<=\\b(?:and|or|that|which|these) )(${ADVERB}*)(${THIRD})\\b${OBJECT}`, 'gi'), make: mayVerb },
  { expression: new RegExp(`\\b(?:works|work)(?=[.,;!]| (?:for|in|against|on|well|fast|quickly|best|within|when|where|even)\\b)`, 'gi'),
    make: (m) => [edit(m.index, m.index + m[0].length, as('may work', m[0]))] },
  // infusions relieve → infusions may relieve
  { expression: new RegExp(`(?<=(?:^|[\\s(])${SUBJECT_PLURAL} )(${ADVERB}*)(${BASE})\\b${OBJECT}`, 'gi'),
    make: (m) => [edit(m.index, m.index + m[0].length, `may ${soften(m[1] ?? '')}${m[2]!}`)] },
  // has shown promising results → has in some studies shown
  { expression: /\b(has|have) (shown|demonstrated|produced|yielded)(?= (?!no|little|only|some)[a-z])/gi,
    make: (m, text) => (/\b(?:stud(?:y|ies)|trials?|research|evidence|data|findings|science) (?:\w+ )?$/i.test(text.slice(0, m.index)) ? undefined : [edit(m.index, m.index + m[0].length, `${m[1]!} in some studies ${m[2]!}`)]) },
  { expression: /\bis (?=its (?:rapid|fast|quick|swift|speed|onset))/gi, make: (m) => [edit(m.index, m.index + m[0].length, 'may be ')] },
  // is a treatment → may be a treatment
  { expression: /\b(?:is|are|remains?|has become|have become|becomes) (?=(?:(?:a|an|the|one|our|another) )?(?:[\w-]+ ){0,3}?(?:treatments?|options?|solutions?|remedy|remedies|therapy|therapies|relief|answers?|tools?|alternatives?|approach|approaches|lifeline|choice|medicine)\b)/gi,
    make: (m, text) => (/\b(?:it|there|this|that)'s$/i.test(text.slice(0, m.index)) ? undefined : [edit(m.index, m.index + m[0].length, as('may be ', m[0]))]) },
  // helps people with → may help some people with
  { expression: new RegExp(`\\b(help|helps|helped|helping|for|in|among|gives?|gave|offers?|lets?|brings?|allows?|leaves?|makes?) ((?:many|most|our|all|the|these|countless|thousands of|hundreds of) )?((?:\\w+ )?)(${WHOM}|those)\\b`, 'gi'),
    make: (m) => (/\b(?:some|few|other|many|most|of|with|who|one|two|three|four|five|six|seven|eight|nine|ten|every|each|\d+)\b/i.test(m[3]!) ? undefined : [edit(m.index, m.index + m[0].length, `${m[1]!} some ${m[3]!}${/^those$/i.test(m[4]!) ? 'people' : m[4]!}`)]) },
  // …, relieving depression → …, potentially relieving depression
  { expression: new RegExp(`(?<=(?:,|—| –) )(${ING})\\b(?= [a-z])|(?<= )(?:while|by|and) (${ING})\\b(?= [a-z])`, 'gi'),
    make: (m) => { const word = m[1] ?? m[2]!; const at = m.index + m[0].length - word.length; return [edit(at, at, 'potentially ')]; } },
  { expression: /\b(?:are|is|becomes?|gets?|feels?|grows?) (?=(?:\w+ly )?(?:shorter|milder|rarer|fewer|quieter|calmer|easier|lighter|softer|gentler|better|brighter|steadier|less|more|fast|rapid|quick|lasting|durable|gone|reduced|lifted|relieved|restored|improved)\b)/gi,
    make: (m) => [edit(m.index, m.index + m[0].length, as(`may ${baseOfBe(m[0].trim())} `, m[0]))] },
];

function baseOfBe(verb: string): string {
  const low = verb.toLowerCase();
  return low === 'is' || low === 'are' ? 'be' : /s$/.test(low) ? baseOf(low) : low;
}

/** Growth or repair that is told as a fact: → is thought to. */
const THOUGHT: readonly { readonly expression: RegExp; readonly make: Maker }[] = [
  { expression: new RegExp(`(?<!\\b(?:to|the|a|an|its|their|of|these|such) )\\b(?:(?:can|will|does) )?(${ADVERB}*)(${THIRD})\\b${OBJECT}`, 'gi'),
    make: (m, text) => {
      const end = m.index + m[0].length;
      return [edit(m.index, end, as(`is thought to ${soften(m[1] ?? '')}${baseOf(m[2]!.toLowerCase())}`, m[0])), ...conjoined(text, end)];
    } },
];

/** No verb to hedge: `Less anxiety and better sleep`. */
const FRAGMENT = /^(?:(?:much|far|often|more|less|fewer|greater|better|improved|improvements?|reduced|reductions?|rapid|fast|quick(?:er)?|lasting|long-(?:term|lasting)|sustained|relief|increased|enhanced|restored|renewed|deeper|calmer|quieter|lower|stronger|lifted)\b)(?!.*\b(?:is|are|was|were|has|have|can|will|may|helps?|works?)\b)/i;

const applied = (text: string, edits: readonly Edit[]): string => edits.reduceRight((done, { span: at, text: put }) => done.slice(0, at.start) + put + done.slice(at.end), text);

/** Words that a sentence must not be left with. */
const BROKEN = /\b(?:does may|do may|may (?:also )?cure|may be (?:an? |the )?(?:FDA|approved|licensed)|some studies .{0,20}in some studies|may may|may be be|may can|some some|to may|may to|may (?:is|are|has|had|was|were|not been)|some (?:the|a|an|our|all)|is thought to be thought|potentially potentially)\b| {2}|[ ][.,;]/i;

/** Longer texts without a stop are no sentences. */
const LONGEST = 1200;

/**
 * Softer ways to put what a sentence says around a place, the fittest first; none where no verb or quantity of it can be
 * softened. `thought`: what it tells is a hypothesis (growth in the brain), not an effect that comes in some people.
 */
export function hedges(text: string, place: Place, thought = false): readonly Hedge[] {
  if (text.length > LONGEST || /\?["')]*$/.test(text)) return [];
  const found: { readonly rank: number; readonly hedge: Hedge }[] = [];
  const take = (edits: readonly Edit[] | undefined, at: Place, order: number): void => {
    if (!edits || edits.length === 0) return;
    // Of growth in the brain nobody knows in whom.
    const ordered = edits.filter((one) => !thought || one.text !== ' in some people').sort((a, b) => a.span.start - b.span.start);
    if (ordered.some((one, i) => i > 0 && one.span.start < ordered[i - 1]!.span.end)) return;
    const made = applied(text, ordered);
    if (made === text || BROKEN.test(made)) return;
    // Somebody's own words are left as they were said.
    const quotes = [...made === text ? [] : text.matchAll(/"[^"]{8,}"/g)];
    if (quotes.some((quote) => ordered.some((one) => one.span.start > quote.index && one.span.end < quote.index + quote[0].length))) return;
    const gap = at.start > place.end ? at.start - place.end : place.start > at.end ? place.start - at.end : 0;
    const first = ordered[0]!;
    const last = ordered.at(-1)!;
    const put = applied(text.slice(0, last.span.end), ordered).slice(first.span.start);
    if (found.some(({ hedge }) => applied(text, hedge.edits) === made)) return;
    found.push({ rank: (gap > 60 ? 1000 : gap) + order, hedge: { edits: ordered, taken: text.slice(first.span.start, last.span.end).trim(), put: put.trim() } });
  };
  [...thought ? THOUGHT : [], ...PATTERNS].forEach(({ expression, make }, order) => {
    for (const m of text.matchAll(expression)) take(make(m, text), { start: m.index, end: m.index + m[0].length }, order);
  });
  const first = /^[\w-]+/.exec(text)?.[0] ?? '';
  if (FRAGMENT.test(text) && text.length < 120) take([edit(0, first.length, `Possibly ${/^[A-Z][a-z]/.test(first) ? first[0]!.toLowerCase() + first.slice(1) : first}`)], { start: 0, end: first.length }, 50);
  const verb = new RegExp(`\\b(?:${THIRD}|${BASE}|\\w+ed|gave|felt|got|went|fell|is|are|was|were|has|have)\\b`, 'i').exec(text.slice(place.start));
  const ends = clauseEnd(text, place.end);
  if (verb && /^[.!]/.test(text.slice(ends)) && text.slice(place.end, ends).split(' ').length <= 7 && !/\b(?:lot of|who|and|I|we|:)\b|:/.test(text.slice(place.start, ends)) && !thought) take(tail(text, place.start, 'in some people'), place, 90);
  return found.sort((a, b) => a.rank - b.rank).map(({ hedge }) => hedge);
}

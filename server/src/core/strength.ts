// How strongly a sentence of any topic ties an effect to a cause: by its verbs of effect, its hedges and its words of
// correlation. English health news is the measure; nothing here knows a drug.

import { gated, type Gated } from './gate';
import { ofReading, type Place, type Reading } from './reading';

/** How strongly a claim ties its effect to its cause, the weakest first. */
export type Strength = 'none' | 'association' | 'conditional' | 'direct';

const inflected = (...stems: readonly string[]): string => stems.map((stem) =>
  stem.endsWith('e') ? `${stem}(?:s|d)?` : stem.endsWith('y') && !/[aeo]y$/.test(stem) ? `${stem.slice(0, -1)}(?:y|ies|ied)` : `${stem}(?:s|es|ed)?`).join('|');

/** Verbs by which one thing acts on another; forms in -ing are looked for apart. */
const VERBS = `${inflected(
  'increase', 'decrease', 'reduce', 'lower', 'raise', 'boost', 'improve', 'enhance', 'prevent', 'protect', 'cause', 'trigger', 'induce', 'promote', 'slow', 'delay', 'accelerate', 'shorten', 'lengthen', 'prolong', 'extend',
  'relieve', 'ease', 'alleviate', 'lessen', 'diminish', 'help', 'benefit', 'cure', 'heal', 'kill', 'damage', 'harm', 'worsen', 'impair', 'affect', 'influence', 'alter', 'contribute', 'produce', 'restore', 'reverse', 'save',
  'stimulate', 'suppress', 'inhibit', 'block', 'enable', 'allow', 'strengthen', 'weaken', 'sharpen', 'halve', 'double', 'triple', 'eliminate', 'eradicate', 'transform', 'change', 'modulate', 'mediate', 'regulate', 'activate',
  'aggravate', 'exacerbate', 'ameliorate', 'mitigate', 'attenuate', 'minimise', 'minimize', 'maximise', 'maximize', 'facilitate', 'hasten', 'speed', 'curb', 'destroy', 'disrupt', 'disturb', 'hinder', 'hamper', 'preserve', 'maintain',
  'soothe', 'calm', 'combat', 'counteract', 'counter', 'repair', 'regenerate', 'optimise', 'optimize', 'normalise', 'normalize', 'stabilise', 'stabilize', 'outperform', 'provoke', 'spark', 'fuel', 'threaten', 'endanger', 'poison',
  'deplete', 'elevate', 'generate', 'yield', 'reset', 'rewire', 'relax', 'stop', 'limit', 'deter', 'avert', 'suppress', 'slash', 'treat', 'encourage', 'discourage', 'support', 'impact', 'control', 'resolve', 'tackle', 'offset', 'trim',
)}|stopped|trimmed|controlled|cuts?|hurts?|makes?|made|drives?|drove|gives?|gave|brings?|brought|keeps?|kept|leads? to|led to|results? in|resulted in|works? (?:by|for|against|in|well)|fights? (?:off )?|fought|wards? off|staves? off|makes? (?:it )?(?:easier|harder)`;

const VERB = new RegExp(`\\b(?:${VERBS})\\b`, 'gi');
/** What goes on after its cause: `, reducing the risk`, `by lowering`, `is raising`. */
const GOING_ON = gated(/(?:, (?:thereby|thus|hence|so)?\s?|\b(?:thereby|thus|by|is|are|was|were) )(?:increas|decreas|reduc|lower|rais|boost|improv|enhanc|prevent|protect|caus|trigger|induc|promot|slow|delay|shorten|prolong|reliev|eas|alleviat|kill|damag|harm|worsen|impair|restor|revers|sav|stimulat|inhibit|block|lead|result|cutt|mak|contribut)ing\b/gi);
/** Effects said with a noun or an adjective. */
const PHRASE = gated(/\b(?:(?:has|have|had|having|exert\w*|show\w*|produc\w*|demonstrat\w*|with) (?:[\w-]+ ){0,4}(?:effects?|impact|influence|benefits?|efficacy|effectiveness) (?:on|for|in|against|over|of)|(?:effective|efficacious|beneficial|harmful|helpful|detrimental|useful|toxic) (?:in|for|against|at|to|as|when|treatment|therapy|tool|option|way|than|and)|(?:is|are|was|were|be|been|being|seems?|appears?|proved|proves|more|highly|very|as) (?:[\w-]+ly )?(?:effective|efficacious|beneficial|harmful|detrimental|superior|protective|responsible for|due to|caused by|to blame|attributable to|key to|crucial for|essential for)|play\w* an? (?:[\w-]+ ){0,2}(?:role|part) in|because of|due to|(?:beneficial|protective|harmful|adverse|positive|negative|causal|antidepressant|therapeutic|preventive) (?:effects?|impact|influence) (?:of|on|in|against|for)|promising (?:[\w-]+ ){0,2}(?:treatment|therapy|target|option|approach|candidate|drug|strategy|tool)|(?:results?|effects?) of (?:eating|drinking|taking|using))\b/gi);

/** Goes together, without a word on what acts on what. */
const TOGETHER = gated(/\b(?:associat(?:ed|ion|ions|es?)|link(?:s|ed|age)?|correlat\w+|(?:inter)?related|relat(?:es|ionships?|ions?) (?:to|between|with|of)|relationships?|tied|ties|connect(?:ed|ions?|s)|goes? (?:hand in hand|along) with|hand in hand|predict(?:s|ed|ors?|ive)?|risk factors?|markers?|(?:\w+ times |twice |\d+ ?(?:%|per ?cent) |half )?(?:as|more|less) (?:likely|prone|common|frequent|prevalent|often)|likelihood|odds|(?:at|an?|the|with|have|had|has) (?:\w+ ){0,2}(?:higher|greater|lower|increased|elevated|reduced|decreased|raised|similar) (?:\w+ )?(?:risks?|rates?|chances?|odds|incidence|prevalence|mortality|levels?|likelihood|probability)|the more \w+.*, the|tend(?:s|ed)? to)\b/gi);
/** Groups of people told apart by a figure. */
const GROUPS = gated(/\b(?:higher|lower|greater|better|worse|fewer|more|less|longer|shorter|slower|faster|poorer|richer|healthier|thinner|heavier|smaller|larger) (?!effective|efficacious|beneficial|harmful|superior|than (?:an?|one|two|three|half|\d))(?:[\w-]+ ){0,4}?(?:than|among|in (?:people|patients|women|men|children|those|adults|girls|boys|towns?|areas?|countries|participants|smokers)|for those)\b|\b(?:who|those|people|patients|women|men|children|adults|infants|babies|smokers|drinkers|participants)\b[^,;]{0,80}\b(?:had|have|lived|showed|scored|were|are|reported)\b[^,;]{0,40}\b(?:higher|lower|greater|better|worse|fewer|more|less|longer|shorter|healthier|poorer)\b/gi);

const HEDGE = gated(/\b(?:may|might|could|would|possibly|perhaps|potentially|potential|probably|presumably|plausibly|apparently|(?<!more |less |as |equally |twice as )likely|appear(?:s|ed)?|seem(?:s|ed|ingly)?|suggest(?:s|ed|ing|ive)?|hint(?:s|ed)?|(?:is|are|was|were) (?:thought|believed|said|expected|hoped|suspected|hypothesi[sz]ed|assumed)|(?:thought|believed) to|it is (?:possible|plausible|conceivable)|hypothesi[sz]e[sd]?|speculat\w+|promis(?:e|es|ing)|hopes?|in theory|preliminary|tentative\w*)\b/gi);

/** Asked, planned or advised, not said. */
const OPEN = /\b(?:whether|if|how|aim(?:s|ed)?|objective|purpose|goal|to (?:determine|find out|examine|investigate|assess|test|explore|evaluate|compare|study|see|learn|understand)|we (?:examined|investigated|assessed|evaluated|tested|studied|compared|describe|reviewed)|should|must|ought to|needs? to|recommend\w*|advis\w+|call(?:s|ed)? for|plans?|will (?:be|look|test|follow|examine|study|help us|help (?:researchers|scientists|doctors)))\b/i;
/** An infinitive that does assert: `was found to reduce`. */
const TO = /\b(?:shown|found|proven|proved|known|able|appears?|appeared|seems?|seemed|helps?|helped|likely|thought|believed|said|reported|potential|tends?|demonstrated|observed|suspected|expected|capable|power|ability|enough|continues?|serves?|works?|acts?|allows? \w+|people|patients|them)(?: [\w-]+ly)? to (?:[\w-]+ly )?$/i;
/** What makes the next word a noun or an adjective: `an increased risk`, `with reduced sleep`, `the increase in`. */
const NOMINAL = /\b(?:a|an|the|this|that|these|those|its|their|his|her|our|your|no|any|some|each|every|of|with|for|in|at|from|into|on|about|between|by|and|or|more|less|such|further|greater|significant|large|small|\d+%?|two|three|cost|after|before|during|under|per|without|than|as|first|new|mental|public|early|birth|health|climate|financial|social|peer|self|placebo|pest|quality|blood sugar|weight|speed|heart|brain|liver|kidney|nerve)(?: [\w-]+ly)? $/i;

const indexes = (text: string, expression: Gated): number[] => Array.from(expression.all(text), ({ index }) => index);

/** Nouns and verbs alike: they are nouns where no object follows. */
const OBJECTLESS = /^(?: (?:of|in|on|for|from|with|at|and|or|was|were|is|are|to|group|groups|trial|trials|rate|rates|program\w*|level|levels|study|arm|than)\b|\W*$)/i;

/** Places in the text at which something is said to act. */
function effects(text: string): number[] {
  const out: number[] = [];
  for (const found of text.matchAll(VERB)) {
    const at = found.index;
    const before = text.slice(Math.max(0, at - 40), at);
    const after = text.slice(at + found[0].length, at + found[0].length + 40);
    const word = found[0].toLowerCase();
    if (/\bto (?:[\w-]+ly )?$/i.test(before) && !TO.test(before)) continue;
    if (/^(?:makes?|made|gives?|gave|keeps?|kept|brings?|brought)$/.test(word) && !/^ (?:(?:people|patients|children|them|us|you|it|men|women|\w+) (?:\w+ ){0,2}?(?:\w+er\b|more|less|\w+)|\w+er\b|relief|better)/i.test(after)) continue;
    // `Increased screen time …`, `Lower income …`
    if (!/s$/.test(word) && /(?:^|[,:;] )$/.test(before)) continue;
    if (/^(?:contribute\w*|lead|work\w*)$/.test(word) && !/^ to\b/.test(after)) continue;
    const passive = /\b(?:is|are|was|were|be|been|being|gets?|got)(?: (?:[\w-]+ly|more|less|not))? $/i.test(before);
    if (passive && /(?:ed|cut|made|given|brought|kept|hurt|led)$/.test(word)) {
      if (/^(?: [\w-]+){0,3} (?:by|with|after|following|when|through|thanks to|in the (?:treatment|intervention|active|drug|exercise) )/i.test(after)) out.push(at);
      continue;
    }
    if (/^(?:affects?)$/.test(word) && /^ (?:about |nearly |almost |more than |around |up to |over |an estimated |roughly )*(?:\d|one|two|three|four|five|half|most|many|millions?|thousands?|a (?:third|quarter|fifth))/i.test(after)) continue;
    if (NOMINAL.test(before) && !(/\b(?:and|or|that|which|these|those|this) (?:[\w-]+ly )?$/i.test(before) && !/^ (?:risk|rate|level|in|of)s?\b/.test(after) && !(/ed$/.test(word) && /^ \w+\W*$/.test(after)))) continue;
    if (!/(?:ed|es|s|to|in)$/.test(word) || /^(?:changes|increases|decreases|benefits|effects|impacts|controls|limits|supports|cures|causes|treats|delays|results)$/.test(word)) { if (OBJECTLESS.test(after) && !/^ (?:to|from|against)\b/.test(after)) continue; }
    out.push(at);
  }
  for (const found of GOING_ON.all(text)) out.push(found.index + found[0].length - 3);
  // The last letter: `had no effect on` holds its own negator.
  for (const found of PHRASE.all(text)) out.push(found.index + found[0].length - 1);
  return out.sort((a, b) => a - b);
}

interface Signs {
  readonly acts: readonly number[];
  readonly together: readonly number[];
  readonly hedges: readonly number[];
}

function strengthIn(clause: Place, text: string, { acts, together, hedges }: Signs): Strength {
  const open = OPEN.exec(text.slice(clause.start, clause.end));
  const end = open ? clause.start + open.index : clause.end;
  const inside = (at: number): boolean => at >= clause.start && at < end;
  const bond = together.find(inside);
  const told = acts.filter((at) => inside(at) && !(bond !== undefined && bond < at));
  if (told.length === 0) return bond === undefined ? 'none' : 'association';
  const hedged = (at: number): boolean => hedges.some((hedge) => hedge < at + 14 && hedge >= clause.start - 200 && !/;|, but /.test(text.slice(hedge, at)));
  return told.every(hedged) ? 'conditional' : 'direct';
}

/** What is longer is no sentence; keeps the work for any text bounded. */
const LONGEST = 1500;
const RANK: readonly Strength[] = ['none', 'association', 'conditional', 'direct'];

/** The strongest tie between cause and effect that a sentence asserts, and the clause that does; `none` for questions, plans, advice and what is denied. */
interface Tie {
  readonly strength: Strength;
  readonly clause: Place;
}

/** A tie depends on nothing but the reading, and is kept with it. */
export const tieOf = ofReading((reading): Tie => tieAfresh(reading));

function tieAfresh(reading: Reading): Tie {
  let best: { strength: Strength; clause: Place } = { strength: 'none', clause: { start: 0, end: reading.text.length } };
  if (reading.question) return best;
  const text = reading.text.slice(0, LONGEST);
  const affirmed = (at: number): boolean => !reading.denied.some((part) => part.start <= at && at < part.end);
  const signs = {
    acts: effects(text).filter(affirmed),
    together: [...indexes(text, TOGETHER), ...indexes(text, GROUPS)].filter(affirmed).sort((a, b) => a - b),
    hedges: indexes(text, HEDGE),
  };
  for (const clause of reading.clauses) {
    if (clause.start >= LONGEST) break;
    const strength = strengthIn(clause, text, signs);
    if (RANK.indexOf(strength) > RANK.indexOf(best.strength)) best = { strength, clause };
  }
  return best;
}

export const strengthOf = (reading: Reading): Strength => tieOf(reading).strength;

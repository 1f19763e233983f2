import type { Audience } from './config';
import type { Document, Unit } from './document';
import { keeping } from './kept';
import type { Plan } from './plan';
import { ofReading, places, readerOf, type Reading } from './reading';

/** What is known of a document and of each unit before claims are looked for. */
export interface Context {
  readonly inScope: boolean;
  readonly audience: Audience;
  /** A patient's own story: first person, no practice of their own. */
  readonly personal: boolean;
  readonly readings: readonly Reading[];
  /** For each unit: whether it is about a drug of the packs. */
  readonly about: readonly boolean[];
  /** For each unit: whether a reader takes it as somebody's own words (a block quote, quotation marks around it). */
  readonly voiced: readonly boolean[];
}

const count = (readings: readonly Reading[], test: (reading: Reading) => boolean): number => readings.reduce((n, reading) => n + (test(reading) ? 1 : 0), 0);

export function contextOf(document: Document, plan: Plan): Context {
  const reader = readerOf(plan);
  const readings = document.units.map(({ said }) => reader(said));
  const voiced = voicedUnits(document, readings);
  const audience = plan.config.audience ?? guessAudience(document, readings);
  return {
    inScope: plan.config.anyTopic === true || scope(document, readings),
    audience,
    personal: audience === 'patient' && personal(document, readings),
    readings,
    about: plan.config.anyTopic ? readings.map(() => true) : aboutUnits(document, readings),
    voiced,
  };
}

const body = (document: Document, unit: Unit): boolean => {
  const { kind } = document.blocks[unit.block]!;
  return kind !== 'reference' && kind !== 'aside';
};

// ---------------------------------------------------------------------------------------------------------- scope

const ELSEWHERE = /\b(?:veterinar\w*|dogs?|cats?|canine|feline|equine|horses?|cattle|sheep|pigs?|rabbits?|ferrets?|foals?|mares?|livestock|xylazine|medetomidine|detomidine|mice|rats?|murine|rodents?|in vitro|assay|chromatograph\w*|LC-?MS|HPLC|reagents?|enantiomer synthesis|seiz(?:ed|ures? of drugs)|smuggl\w*|traffick\w*|arrest\w*|invoice|billing|superbill|analytics|dashboard|npm|repository|API|changelog|front-?end|back-?end|demos?|seed data|open[- ]source|software|source code|modules?|libraries|codebase|compilers?|databases?|drop-?downs?|JSON|SQL|JavaScript|TypeScript|Python|GitHub|unit tests?|test runners?|mocking|deploy\w*|plugins?|flaky)\b/gi;
/** A fence around a program: no article on a treatment has one, but for those that compute their figures (`{r}`). */
const PROGRAM = /^ {0,3}(?:```|~~~) *(?:sh|bash|shell|console|js|jsx|ts|tsx|javascript|typescript|python|py|json|yaml|toml|sql|go|rust|java|ruby|php|c|cpp|diff)\b/gim;
const TREATMENT_OF = /\b(?:depress\w*|antidepress\w*|mental health|mental illness|psychiatr\w*|psychotherap\w*|mood disorders?|suicid\w*|PTSD|chronic pain|pain clinic|nerve pain|neuropathic|CRPS|fibromyalgia|migraines?|anxiety|OCD|treatment[- ]resistant)\b/i;

const namesOf = ofReading(({ drugs, conditions }) => ({
  drug: drugs.some((d) => !d.ambiguous),
  treated: conditions.some((c) => c.condition.group === 'psychiatric' || c.condition.group === 'pain'),
}));

/** A document that mentions the drug as something given to people for a psychiatric or pain condition. */
function scope(document: Document, readings: readonly Reading[]): boolean {
  let named = 0;
  let together = 0;
  let treatable = 0;
  let elsewhere = 0;
  let words = 0;
  document.units.forEach((unit, u) => {
    if (!body(document, unit)) return;
    const reading = readings[u]!;
    const { treatment, strange } = traitsOf(unit.said);
    const { drug, treated } = namesOf(reading);
    const condition = treatment || treated;
    words += unit.text.length / 6;
    if (drug) named++;
    if (condition) treatable++;
    if (drug && condition && !places(reading, 'not').length) together++;
    elsewhere += strange;
  });
  if (named > 0 && /```|~~~/.test(document.text)) elsewhere += 3 * (document.text.match(PROGRAM)?.length ?? 0);
  if (named === 0 || treatable === 0) return false;
  if (elsewhere > 3 && elsewhere > 2 * treatable) return false;
  return together > 0 || (named >= 2 && treatable >= 2);
}

// ------------------------------------------------------------------------------------------------------- audience

const CLINICIAN = /\b(?:mg\/kg|mg\/mL|mcg\/kg|titrat\w*|prescribers?|formulary|monograph|bolus|induction dose|attending|order set|discharge criteria|contraindications|dos(?:e|ing) adjust\w*|IV push|PACU|SpO2|MOAA|CYP3A4|pharmacokinetic\w*|half-life|t½|premix\w*|vials?|infus(?:e|ion) rate|q\d+h|BP|HR|ECG|per protocol|CNS depressants|Tx|Rx|Hx|CI)\b/g;
const ADDRESSED = /\b(?:you|your|you're|you'll|yourself)\b/gi;

function guessAudience(document: Document, readings: readonly Reading[]): Audience {
  const { parsed } = document;
  const keys = parsed.marks.filter((mark) => mark.form === 'key').length + (document.text.match(/\[@[\w:-]+|(?<![\w.])@[a-z]+\d{4}/g)?.length ?? 0);
  if (document.format.id === 'latex' && document.blocks.length > 3) return 'scholarly';
  if (keys >= 3 || (keys > 0 && document.blocks.some((block) => block.role === 'abstract'))) return 'scholarly';
  if (/^#{0,3} ?\**(?:Abstract|Methods|Materials and methods)\**\s*$/im.test(document.text) && /^#{0,3} ?\**(?:Results|Discussion|Introduction|Background)\**\s*$/im.test(document.text)) return 'scholarly';
  let clinical = 0;
  let addressed = 0;
  let words = 1;
  document.units.forEach((unit) => {
    if (!body(document, unit)) return;
    const traits = traitsOf(unit.said);
    words += traits.words;
    clinical += traits.clinical;
    addressed += traits.addressed;
  });
  void readings;
  // A text that says it is a guideline and addresses no reader is for those who give the drug.
  const guideline = document.units.slice(0, 6).some((unit) => /\b(?:guidelines?|protocol|monograph|formulary|standard operating procedure|order set)\b/i.test(unit.text)) && addressed / words < 0.002 && clinical >= 3;
  return guideline || (clinical / words > 0.012 && addressed / words < 0.012 && clinical >= 6) ? 'clinician' : 'patient';
}

// ------------------------------------------------------------------------------------------------------- own story

const PRACTICE = /\b(?:our (?:clinic|patients|clients|guests|members|practice|team|doctors|clinicians|nurses|centers?|centres?)|my (?:patients|practice|clinic|clients)|we (?:treat|offer|provide|prescribe|give)|I (?:prescribe|treat patients|offer it|see patients)|I (?:don't|do not|won't) prescribe|book (?:a|your|my) )/i;
const LIVED = /\b(?:I (?:was|had|felt|got|took|went|woke|laughed|cried|slept|couldn't|could|tried|lay|sat|remember|stopped|started|thought)|I'd|I've been|my (?:psychiatrist|doctor|GP|consultant|husband|wife|brother|sister|mother|daughter|son|depression|pain|illness))\b/;

function personal(document: Document, readings: readonly Reading[]): boolean {
  const own = document.units.filter((unit) => body(document, unit) && !document.blocks[unit.block]!.quoted);
  if (own.length < 12) return false;
  const self = own.filter((unit) => places(readings[unit.index]!, 'self').length > 0).length;
  const lived = own.filter((unit) => traitsOf(unit.said).lived).length;
  return self / own.length > 0.25 && lived / own.length > 0.12 && !own.some((unit) => traitsOf(unit.said).practice);
}

// --------------------------------------------------------------------------------------------------- traits of units

/** What a unit's own words add to what is known of its document. */
interface Traits {
  readonly treatment: boolean;
  /** Words of animals, laboratories, programs. */
  readonly strange: number;
  readonly words: number;
  readonly clinical: number;
  readonly addressed: number;
  readonly lived: boolean;
  readonly practice: boolean;
}

const traitsOf = keeping((text): Traits => ({
  treatment: TREATMENT_OF.test(text),
  strange: text.match(ELSEWHERE)?.length ?? 0,
  words: text.split(' ').length,
  clinical: text.match(CLINICIAN)?.length ?? 0,
  addressed: text.match(ADDRESSED)?.length ?? 0,
  lived: LIVED.test(text),
  practice: PRACTICE.test(text),
}));

// ---------------------------------------------------------------------------------------------------------- voices

/** Quotations run over sentences; a unit is voiced where most of it stands between quotation marks. */
function voicedUnits(document: Document, readings: readonly Reading[]): boolean[] {
  const out: boolean[] = document.units.map(() => false);
  document.blocks.forEach((block, b) => {
    const from = document.firstUnit[b]!;
    const to = document.firstUnit[b + 1]!;
    if (block.quoted) { for (let u = from; u < to; u++) out[u] = true; return; }
    const text = document.texts[b]!.text;
    if (!text.includes('"')) return;
    let open = -1;
    const spans: [number, number][] = [];
    for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
      if (open < 0) open = i;
      else { spans.push([open, i + 1]); open = -1; }
    }
    if (open >= 0 && open <= 1) spans.push([open, text.length]);
    for (let u = from; u < to; u++) {
      const unit = document.units[u]!;
      const inside = spans.reduce((n, [s, e]) => n + Math.max(0, Math.min(e, unit.to) - Math.max(s, unit.from)), 0);
      const longest = spans.reduce((n, [s, e]) => Math.max(n, Math.min(e, unit.to) - Math.max(s, unit.from)), 0);
      out[u] = inside > (unit.to - unit.from) * 0.5 && text.slice(unit.from, unit.to).split(' ').length >= 2 && longest > 12;
    }
  });
  void readings;
  return out;
}

// ----------------------------------------------------------------------------------------------------------- about

type Topic = 'drug' | 'other' | 'open';

/** Where the subject of a sentence ends, roughly: its first verb-like word or comma. */
const SUBJECT_END = 40;

/** What a unit is about by its own words; 'open' where it goes on about what the text was about. */
const ownTopic = ofReading((reading): Topic => {
  const drug = reading.drugs.find((d) => !d.ambiguous) ?? reading.drugs[0];
  const others = places(reading, 'other');
  const other = others[0];
  if (drug && (!other || drug.start <= other.start || drug.start < 90)) return 'drug';
  const ours = [...places(reading, 'people'), ...places(reading, 'ours'), ...places(reading, 'treatment')];
  if (other && other.start < SUBJECT_END && !ours.some((place) => place.start < other.start)
    && !/\b(?:unlike|than|instead of|compared (?:with|to)|versus|vs|beats?|outperform\w*|not responded to|failed|off|stop(?:ped)?|without|other|not found relief with|it|it's)\b/i.test(reading.text.slice(0, other.start + 12))) return drug ? 'drug' : 'other';
  return 'open';
});

const topicOf = (reading: Reading, before: Topic): Topic => {
  const own = ownTopic(reading);
  return own === 'open' ? before : own;
};

const goesOn = ofReading((reading) => /^(?:They|It|Its|Their|This|These|That|Those|Both|Neither)\b/.test(reading.text) && places(reading, 'treatment').length === 0);

function aboutUnits(document: Document, readings: readonly Reading[]): boolean[] {
  const { units, blocks, headings } = document;
  const bodyReadings = units.filter((unit) => body(document, unit)).map((unit) => readings[unit.index]!);
  const share = count(bodyReadings, (reading) => reading.drugs.length > 0) / Math.max(1, bodyReadings.length);
  const opening = units.slice(0, 8).some((unit) => readings[unit.index]!.drugs.length > 0);
  const named = count(bodyReadings, (reading) => reading.drugs.some((d) => !d.ambiguous));
  const spoken = count(bodyReadings, (reading) => reading.drugs.length > 0);
  const others = count(bodyReadings, (reading) => places(reading, 'other').length > 0);
  const main: Topic = share > 0.08 || opening || named >= 3 || (spoken >= 1 && spoken * 3 >= others) ? 'drug' : 'open';
  const sections: (Topic | undefined)[] = [];
  const headingTopic = (b: number): Topic => sections[b] ??= topicAt(b);
  const topicAt = (b: number): Topic => {
    let topic: Topic = main;
    for (const h of headings[b]!) {
      const unit = document.firstUnit[h]!;
      if (unit >= document.firstUnit[h + 1]!) continue;
      const reading = readings[unit]!;
      if (reading.drugs.length > 0) topic = 'drug';
      else if (places(reading, 'other').length > 0 && reading.text.split(' ').length <= 8) topic = 'other';
    }
    return topic;
  };
  const out: boolean[] = units.map(() => false);
  let topic: Topic = main;
  let lastBlock = -1;
  for (const unit of units) {
    const { kind } = blocks[unit.block]!;
    if (kind === 'reference') continue;
    if (unit.block !== lastBlock) { topic = headingTopic(unit.block); lastBlock = unit.block; }
    const reading = readings[unit.index]!;
    const section = headingTopic(unit.block);
    // After a sentence about another treatment the text returns to its topic, unless a pronoun goes on about it.
    if (topic === 'other' && section !== 'other' && !goesOn(reading)) topic = section;
    topic = topicOf(reading, topic);
    const named = reading.drugs.length > 0;
    out[unit.index] = kind === 'heading' ? named || topic === 'drug' : named || topic === 'drug';
  }
  return out;
}

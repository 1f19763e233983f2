import type { Audience } from './config';
import { perRun, type Document, type Unit, type UnitRun } from './document';
import { gated } from './gate';
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

function joined<T>(runs: readonly (readonly T[])[]): T[] {
  const out: T[] = [];
  for (const run of runs) for (const one of run) out.push(one);
  return out;
}

/** Of figures that runs have, their sums. */
function summed<K extends string>(runs: readonly { readonly [key in K]: number }[], ...keys: readonly K[]): { readonly [key in K]: number } {
  const out = Object.fromEntries(keys.map((key) => [key, 0])) as { [key in K]: number };
  for (const run of runs) for (const key of keys) out[key] += run[key];
  return out;
}

export function contextOf(document: Document, plan: Plan): Context {
  const known = factsOf(plan);
  const readings = joined(known.readings(document));
  const voiced = joined(voicedUnits(document));
  const audience = plan.config.audience ?? guessAudience(document);
  return {
    inScope: plan.config.anyTopic === true || scope(document, known),
    audience,
    personal: audience === 'patient' && personal(document, known),
    readings,
    about: plan.config.anyTopic ? readings.map(() => true) : aboutUnits(document, readings, known),
    voiced,
  };
}

const body = (document: Document, unit: Unit): boolean => {
  const { kind } = document.blocks[unit.block]!;
  return kind !== 'reference' && kind !== 'aside';
};

// ------------------------------------------------------------------------------------------- what is put together

/** What of a document is put together from its runs, by the lexicon that they are read by. */
interface Known {
  readonly readings: (document: Document) => readonly (readonly Reading[])[];
  readonly names: (document: Document) => readonly { readonly bodies: number; readonly named: number; readonly spoken: number; readonly others: number; readonly treatable: number; readonly together: number }[];
  readonly strange: (document: Document) => readonly number[];
  readonly lives: (document: Document) => readonly { readonly own: number; readonly self: number; readonly lived: number; readonly practice: number }[];
  /** For each unit what it is about by its own words; 'none' of a reference. */
  readonly topics: (document: Document) => readonly (readonly (Topic | 'none')[])[];
}

const knownBy = new WeakMap<Plan['lexicon'], Known>();

function factsOf(plan: Plan): Known {
  const ready = knownBy.get(plan.lexicon);
  if (ready) return ready;
  const reader = readerOf(plan);
  const bodies = (document: Document, { from, to }: UnitRun): Unit[] => document.units.slice(from, to).filter((unit) => body(document, unit));
  const known: Known = {
    readings: perRun((document, { from, to }) => document.units.slice(from, to).map(({ said }) => reader(said))),
    names: perRun((document, run) => {
      const out = { bodies: 0, named: 0, spoken: 0, others: 0, treatable: 0, together: 0 };
      for (const { said } of bodies(document, run)) {
        const reading = reader(said);
        const { drug, treated } = namesOf(reading);
        const condition = treated || traitsOf(said).treatment;
        out.bodies++;
        if (drug) out.named++;
        if (reading.drugs.length > 0) out.spoken++;
        if (places(reading, 'other').length > 0) out.others++;
        if (condition) out.treatable++;
        if (drug && condition && !places(reading, 'not').length) out.together++;
      }
      return out;
    }),
    strange: perRun((document, run) => bodies(document, run).reduce((sum, { said }) => sum + traitsOf(said).strange, 0)),
    lives: perRun((document, run) => {
      const own = bodies(document, run).filter((unit) => !document.blocks[unit.block]!.quoted);
      const sum = (test: (unit: Unit) => boolean): number => own.filter(test).length;
      return { own: own.length, self: sum(({ said }) => places(reader(said), 'self').length > 0), lived: sum(({ said }) => traitsOf(said).lived), practice: sum(({ said }) => traitsOf(said).practice) };
    }),
    topics: perRun((document, { from, to }) => document.units.slice(from, to).map((unit) => (document.blocks[unit.block]!.kind === 'reference' ? 'none' : ownTopic(reader(unit.said))))),
  };
  knownBy.set(plan.lexicon, known);
  return known;
}

/** How clinical a run's words are, and how far they address the reader. */
const addressing = perRun((document, { from, to }) => {
  const out = { words: 0, clinical: 0, addressed: 0, learned: 0, patient: 0 };
  for (let u = from; u < to; u++) {
    const unit = document.units[u]!;
    if (!body(document, unit)) continue;
    const traits = traitsOf(unit.said);
    out.words += traits.words;
    out.clinical += traits.clinical;
    out.addressed += traits.addressed;
    out.patient += traits.patient;
    if (traits.learned && document.blocks[unit.block]!.kind === 'heading') out.learned++;
  }
  return out;
});

// ---------------------------------------------------------------------------------------------------------- scope

const ELSEWHERE = gated(/\b(?:veterinar\w*|dogs?|cats?|canine|feline|equine|horses?|cattle|sheep|pigs?|rabbits?|ferrets?|foals?|mares?|livestock|xylazine|medetomidine|detomidine|mice|rats?|murine|rodents?|in vitro|assay|chromatograph\w*|LC-?MS|HPLC|reagents?|enantiomer synthesis|seiz(?:ed|ures? of drugs)|smuggl\w*|traffick\w*|arrest\w*|invoice|billing|superbill|analytics|dashboard|npm|repository|API|changelog|front-?end|back-?end|demos?|seed data|open[- ]source|software|source code|modules?|libraries|codebase|compilers?|databases?|drop-?downs?|JSON|SQL|JavaScript|TypeScript|Python|GitHub|unit tests?|test runners?|mocking|deploy\w*|plugins?|flaky)\b/gi);
/** A fence around a program: no article on a treatment has one, but for those that compute their figures (`{r}`). */
const PROGRAM = /^ {0,3}(?:```|~~~) *(?:sh|bash|shell|console|js|jsx|ts|tsx|javascript|typescript|python|py|json|yaml|toml|sql|go|rust|java|ruby|php|c|cpp|diff)\b/gim;
const TREATMENT_OF = gated(/\b(?:depress\w*|antidepress\w*|mental health|mental illness|psychiatr\w*|psychotherap\w*|mood disorders?|suicid\w*|PTSD|chronic pain|pain clinic|nerve pain|neuropathic|CRPS|fibromyalgia|migraines?|anxiety|OCD|treatment[- ]resistant)\b/i);

const namesOf = ofReading(({ drugs, conditions }) => ({
  drug: drugs.some((d) => !d.ambiguous),
  treated: conditions.some((c) => c.condition.group === 'psychiatric' || c.condition.group === 'pain'),
}));

/** A document that mentions the drug as something given to people for a psychiatric or pain condition. */
function scope(document: Document, { names, strange }: Known): boolean {
  let named = 0;
  let together = 0;
  let treatable = 0;
  let elsewhere = 0;
  for (const run of names(document)) {
    named += run.named;
    together += run.together;
    treatable += run.treatable;
  }
  for (const run of strange(document)) elsewhere += run;
  if (named > 0 && /```|~~~/.test(document.text)) elsewhere += 3 * (document.text.match(PROGRAM)?.length ?? 0);
  if (named === 0 || treatable === 0) return false;
  if (elsewhere > 3 && elsewhere > 2 * treatable) return false;
  return together > 0 || (named >= 2 && treatable >= 2);
}

// ------------------------------------------------------------------------------------------------------- audience

const CLINICIAN = gated(/\b(?:mg\/kg|mg\/mL|mcg\/kg|titrat\w*|prescribers?|formulary|monograph|bolus|induction dose|attending|order set|discharge criteria|contraindications|dos(?:e|ing) adjust\w*|IV push|PACU|SpO2|MOAA|pharmacokinetic\w*|half-life|t½|premix\w*|vials?|bioavailab\w+|CYP\d\w+|infus(?:e|ion) rate|q\d+h|BP|HR|ECG|per protocol|CNS depressants|Tx|Rx|Hx|CI)\b/g);
/** What teaching and working papers of those who give the drug call themselves, in a title, a heading or the lines under it. */
const WORKING = gated(/\b(?:(?:medical|nursing|pharmacy|paramedic|midwifery|dental|pre-?clinical|PharmD|PA|NP|CRNA) (?:students?|trainees?|residents?|learners?)|(?:psychiatry|anesthesiology|anesthesia|anaesthetic|emergency medicine|family medicine|pharmacy|core) (?:residents?|registrars?|trainees?|interns?|residency)|for (?:residents|registrars|trainees|interns|prescribers|clinicians|pharmacists|nursing staff|ward staff|physicians|health[- ]?care (?:professionals|staff|providers)|general practitioners)|lecture notes?|course (?:handout|notes)|(?:session|lecture|class|teaching|seminar|module|tutorial) (?:\d+ )?(?:handout|notes)|handout: |grand rounds?|morning report|journal club|case (?:conference|discussion|presentation|of the (?:week|month))|teaching (?:points?|case|session)|clinical pearls|in-?service|CPD|CME|CPE|continuing (?:\w+ )?(?:professional|medical|pharmacy|nursing)? ?(?:education|development)|formulary|P&T|pharmacy and therapeutics|medicines? (?:information|management)|drug (?:bulletin|monograph|information)|guideline (?:summary|digest)|guidelines?|protocol|monograph|standard operating procedure|order set|standing orders?|shared[- ]care|prescribing (?:note|guide|summary|information)|pocket (?:card|guide)|ward (?:guide|card|reference|round)|bedside (?:card|guide)|clinical (?:update|bulletin|briefing|governance|handover|vignette)|board review|OSCE|viva|revision notes|quick reference|competenc(?:y|ies)|preceptors?|consult(?:ation)?[- ]liaison|M&M|tumou?r board)\b/i);
/** Headings that only papers for learners and prescribers have. */
const LEARNED = gated(/^(?:[\d.]+ )?(?:learning (?:objectives?|outcomes?|points?|goals?)|(?:educational|session|course|module) (?:objectives?|outcomes?)|objectives|teaching points?|take[- ]home points?|clinical pearls|key learning|case (?:[A-D1-9]|vignette|presentation|discussion|summary|history)\b.*|discussion questions?|self[- ]assessment(?: questions?)?|multiple[- ]choice questions?|MCQs?|dos(?:e|ing|age) and administration|monitoring parameters|drug interactions|pharmacokinetics|chemistry and (?:kinetics|pharmacology)|pharmacology|adverse (?:reactions|effects) and (?:management|monitoring)|pre-?treatment (?:work-?up|checklist)|differential(?: diagnosis)?|formulary status|place in therapy)$/i);
/** Speaks to somebody who is to be treated. */
const TO_PATIENT = gated(/\b(?:your|you have|you've had|you take) (?:own |usual |family |mental |physical |first |next |last |an? )*(?:doctors?|GP|psychiatrist|provider|prescriber|clinician|therapist|nurse|care team|infusions?|sessions?|treatments?|appointments?|depression|anxiety|pain|symptoms|mood|journey|insurance|illness|healing|body|loved ones?|family|husband|wife|partner|health)\b|\b(?:call|book with|contact|visit) us\b|\bour clinic\b/gi);
const ADDRESSED = gated(/\b(?:you|your|you're|you'll|yourself)\b/gi);

/** Headings and run-in labels that manuscripts and reviews have. */
const PAPER = /^(?:[\d.]+ )?(?:abstract|introduction|background|objectives?|aims?|methods?|materials and methods|methodology|search strategy|(?:eligibility|inclusion|exclusion|selection)(?: and exclusion)? criteria|(?:study|data) (?:selection|extraction|synthesis|sources|items|analysis|collection)|statistical (?:analysis|methods)|(?:assessment of )?(?:risk of bias|certainty of (?:the )?evidence|heterogeneity|publication bias)(?: assessment)?|results?|findings|discussion|(?:strengths and )?limitations|conclusions?|interpretation|(?:trial |protocol )?registration|funding|(?:conflicts?|declarations?) of interests?|competing interests|author contributions|data availability(?: statement)?|ethics(?: approval)?|references)[.:]?$/i;
/** What only the methods of a study or review have. */
const METHOD = /^(?:[\d.]+ )?(?:methods?|materials and methods|methodology|search strategy|(?:eligibility|inclusion|exclusion|selection)(?: and exclusion)? criteria|(?:study|data) (?:selection|extraction|synthesis|collection)|statistical (?:analysis|methods)|(?:assessment of )?risk of bias(?: assessment)?)[.:]?$/i;

/** A study or review by its headings or the labels of its abstract: its methods, its results and more of the like. */
function reviewed({ blocks, texts, units, firstUnit }: Document): boolean {
  const seen = new Set<string>();
  let method = false;
  blocks.forEach(({ kind }, b) => {
    // A label runs into its paragraph (`Methods: We searched …`) as its first unit or before its colon.
    const text = kind === 'heading' || kind === 'title' ? texts[b]!.text : kind === 'paragraph' && firstUnit[b]! < firstUnit[b + 1]! ? /^[A-Z][\w ]{2,40}(?=[.:](?: |$))/.exec(units[firstUnit[b]!]!.text)?.[0] ?? '' : '';
    if (text.length === 0 || text.length > 60 || !PAPER.test(text)) return;
    seen.add(text.toLowerCase().replace(/[^a-z]/g, ''));
    method ||= METHOD.test(text);
  });
  return method && seen.size >= 4;
}

/** So many units open a document; longer ones tell of something else than what it is. */
const OPENING = 8;
const OPENING_WORDS = 30;

function guessAudience(document: Document): Audience {
  const { parsed } = document;
  const keys = parsed.marks.filter((mark) => mark.form === 'key').length + (!document.text.includes('@') ? 0 : document.text.match(/\[@[\w:-]+|(?<![\w.])@[a-z]+\d{4}/g)?.length ?? 0);
  if (document.format.id === 'latex' && document.blocks.length > 3) return 'scholarly';
  if (keys >= 3 || (keys > 0 && document.blocks.some((block) => block.role === 'abstract'))) return 'scholarly';
  if (/^#{0,3} ?\**(?:\d[\d.]*\s)?(?:Abstract|Methods|Materials and methods)\**\s*$/im.test(document.text) && /^#{0,3} ?\**(?:\d[\d.]*\s)?(?:Results|Discussion|Introduction|Background)\**\s*$/im.test(document.text)) return 'scholarly';
  if (reviewed(document)) return 'scholarly';
  let clinical = 0;
  let addressed = 0;
  let learned = 0;
  let patient = 0;
  let words = 1;
  for (const run of addressing(document)) {
    words += run.words;
    clinical += run.clinical;
    addressed += run.addressed;
    learned += run.learned;
    patient += run.patient;
  }
  // A text that calls itself a guideline or a handout and does not speak to patients is for those who give the drug.
  const named = document.units.slice(0, OPENING).some((unit) => traitsOf(unit.said).working && unit.text.split(' ').length <= OPENING_WORDS);
  const working = patient <= words / 400 && (named ? addressed / words < 0.02 && clinical + 2 * learned >= 3 : learned >= 2 && addressed / words < 0.012 && clinical >= 3);
  return working || (clinical / words > 0.012 && addressed / words < 0.012 && clinical >= 6) ? 'clinician' : 'patient';
}

// ------------------------------------------------------------------------------------------------------- own story

const PRACTICE = gated(/\b(?:our (?:clinic|patients|clients|guests|members|practice|team|doctors|clinicians|nurses|centers?|centres?)|my (?:patients|practice|clinic|clients)|we (?:treat|offer|provide|prescribe|give)|I (?:prescribe|treat patients|offer it|see patients)|I (?:don't|do not|won't) prescribe|book (?:a|your|my) )/i);
const LIVED = gated(/\b(?:I (?:was|had|felt|got|took|went|woke|laughed|cried|slept|couldn't|could|tried|lay|sat|remember|stopped|started|thought)|I'd|I've been|my (?:psychiatrist|doctor|GP|consultant|husband|wife|brother|sister|mother|daughter|son|depression|pain|illness))\b/);

function personal(document: Document, { lives }: Known): boolean {
  const { own, self, lived, practice } = summed(lives(document), 'own', 'self', 'lived', 'practice');
  return own >= 12 && self / own > 0.25 && lived / own > 0.12 && practice === 0;
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
  readonly patient: number;
  /** Of papers for those who give the drug, or learn to: what they call themselves, and their headings. */
  readonly working: boolean;
  readonly learned: boolean;
  readonly lived: boolean;
  readonly practice: boolean;
}

const traitsOf = keeping((text): Traits => ({
  treatment: TREATMENT_OF.test(text),
  strange: ELSEWHERE.count(text),
  words: text.split(' ').length,
  clinical: CLINICIAN.count(text),
  addressed: ADDRESSED.count(text),
  patient: TO_PATIENT.count(text),
  working: WORKING.test(text),
  learned: LEARNED.test(text),
  lived: LIVED.test(text),
  practice: PRACTICE.test(text),
}));

// ---------------------------------------------------------------------------------------------------------- voices

/** Quotations run over sentences; a unit is voiced where most of it stands between quotation marks. */
const voicedUnits = perRun((document, run) => {
  const out: boolean[] = [];
  let block = -1;
  let spans: [number, number][] = [];
  for (let u = run.from; u < run.to; u++) {
    const unit = document.units[u]!;
    const { text } = document.texts[unit.block]!;
    if (unit.block !== block) {
      block = unit.block;
      spans = [];
      let open = -1;
      for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
        if (open < 0) open = i;
        else { spans.push([open, i + 1]); open = -1; }
      }
      if (open >= 0 && open <= 1) spans.push([open, text.length]);
    }
    if (document.blocks[block]!.quoted) { out.push(true); continue; }
    let [inside, longest] = [0, 0];
    // Quotations stand in order: of a paragraph of many, those around the unit are looked at.
    for (let n = behind(spans, unit.from); n < spans.length && spans[n]![0] < unit.to; n++) {
      const common = Math.max(0, Math.min(spans[n]![1], unit.to) - Math.max(spans[n]![0], unit.from));
      inside += common;
      longest = Math.max(longest, common);
    }
    out.push(inside > (unit.to - unit.from) * 0.5 && longest > 12 && unit.text.includes(' '));
  }
  return out;
});

/** The first of some ranges that ends behind a place. */
function behind(spans: readonly (readonly [number, number])[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]![1] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
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

const goesOn = ofReading((reading) => /^(?:They|It|Its|Their|This|These|That|Those|Both|Neither)\b/.test(reading.text) && places(reading, 'treatment').length === 0);

/** A text or section on the habit: what is said there without the drug's name is not said of it as a medicine. */
const HABIT = keeping((text) => /\b(?:ketamine|K) (?:addiction|abuse|misuse|dependen\w+|use disorder|withdrawal|detox|rehab|bladder)\b|\bwithdrawal (?:symptoms|timeline)\b|\b(?:addiction|addicted|abuse|misuse) (?:of|to) ketamine\b/i.test(text));

function aboutUnits(document: Document, readings: readonly Reading[], { names, topics }: Known): boolean[] {
  const { units, headings } = document;
  const { bodies, named, spoken, others } = summed(names(document), 'bodies', 'named', 'spoken', 'others');
  const share = spoken / Math.max(1, bodies);
  const opening = units.slice(0, 8).some((unit) => readings[unit.index]!.drugs.length > 0);
  const main: Topic = share > 0.08 || opening || named >= 3 || (spoken >= 1 && spoken * 3 >= others) ? 'drug' : 'open';
  const sections: (Topic | undefined)[] = [];
  const headingTopic = (b: number): Topic => sections[b] ??= topicAt(b);
  const topicAt = (b: number): Topic => {
    let topic: Topic = main;
    for (const h of headings[b]!) {
      const unit = document.firstUnit[h]!;
      if (unit >= document.firstUnit[h + 1]!) continue;
      const reading = readings[unit]!;
      if (HABIT(reading.text)) topic = 'other';
      else if (reading.drugs.length > 0) topic = 'drug';
      else if (places(reading, 'other').length > 0 && reading.text.split(' ').length <= 8 && !/\b(?:than|versus|vs|compared?|instead|beats?|different from)\b/i.test(reading.text)) topic = 'other';
    }
    return topic;
  };
  const out: boolean[] = [];
  topics(document).forEach((own, r) => {
    const { from } = document.runs[r]!;
    // What a unit goes on about is looked for from its block's heading on: a run has whole blocks.
    let topic: Topic = main;
    let lastBlock = -1;
    own.forEach((said, n) => {
      if (said === 'none') { out.push(false); return; }
      const { block } = units[from + n]!;
      const section = headingTopic(block);
      if (block !== lastBlock) { topic = section; lastBlock = block; }
      const reading = readings[from + n]!;
      // After a sentence about another treatment the text returns to its topic, unless a pronoun goes on about it.
      if (topic === 'other' && section !== 'other' && !goesOn(reading)) topic = section;
      if (said !== 'open') topic = said;
      out.push(topic === 'drug' || reading.drugs.length > 0);
    });
  });
  return out;
}

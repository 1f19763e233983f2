import type { Cue } from './cues';
import { unitsWhere, type Document, type Unit } from './document';
import { negatedParts } from './negation';
import { keeping, type Said } from './kept';
import type { Condition, Drug } from './pack';
import type { Plan } from './plan';

/** Where in a unit's normalised text something stands; half open. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface NamedDrug extends Place {
  readonly drug: Drug;
  readonly ambiguous: boolean;
}

export interface NamedCondition extends Place {
  readonly condition: Condition;
}

/** What stands in a text, before its surroundings are looked at. Depends on nothing but the text and the plan. */
export interface Reading {
  readonly text: string;
  readonly drugs: readonly NamedDrug[];
  readonly conditions: readonly NamedCondition[];
  readonly cues: ReadonlyMap<Cue, readonly Place[]>;
  /** Clauses, in order; together they cover the text. */
  readonly clauses: readonly Place[];
  /** What a negation or a doubt covers. */
  readonly denied: readonly Place[];
  /** What stands in quotation marks as somebody's words: four words or more. */
  readonly quoted: readonly Place[];
  readonly question: boolean;
  /** What was found out from this reading: see `ofReading`. */
  readonly facts: unknown[];
}

let factCount = 0;

/** A function of a reading whose results are kept with it. It must never give undefined. */
export function ofReading<T extends {} | null>(compute: (reading: Reading) => T): (reading: Reading) => T {
  const fact = factCount++;
  return (reading) => {
    const known = reading.facts[fact];
    return (known === undefined ? reading.facts[fact] = compute(reading) : known) as T;
  };
}

const NONE: readonly Place[] = [];

export const places = (reading: Reading, cue: Cue): readonly Place[] => reading.cues.get(cue) ?? NONE;

export const within = (place: Place, range: Place): boolean => range.start <= place.start && place.end <= range.end;

/** Reads a text by the plan's lexicon. Readings are kept with the text, so that a keystroke reads only what it changed. */
export const read = (text: string | Said, plan: Plan): Reading => readerOf(plan)(text);

/** As `read`, for many texts. */
export function readerOf(plan: Plan): (text: string | Said) => Reading {
  let reader = readers.get(plan.lexicon);
  if (!reader) readers.set(plan.lexicon, reader = keeping((one) => readAfresh(one, plan.lexicon)));
  return reader;
}

/** Finds units by a test of their reading, and of what else `unitsWhere` gives; one finder for all plans with one lexicon. */
export function unitsRead(test: (read: (unit: Unit) => Reading, unit: Unit, kind: Parameters<Parameters<typeof unitsWhere>[0]>[1], before: Unit | undefined) => boolean): (document: Document, plan: Plan) => readonly Unit[] {
  const finders = new WeakMap<Plan['lexicon'], (document: Document) => readonly Unit[]>();
  return (document, plan) => {
    let finder = finders.get(plan.lexicon);
    if (!finder) {
      const reader = readerOf(plan);
      finders.set(plan.lexicon, finder = unitsWhere((unit, kind, before) => test((one) => reader(one.said), unit, kind, before)));
    }
    return finder(document);
  };
}

/** By the lexicon: plans that differ in their settings only read alike. */
const readers = new WeakMap<Plan['lexicon'], (text: string | Said) => Reading>();

function readAfresh(text: string, lexicon: Plan['lexicon']): Reading {
  const cues = new Map<Cue, Place[]>();
  const drugs: NamedDrug[] = [];
  const conditions: NamedCondition[] = [];
  for (const { value, start, end } of lexicon.scan(text)) {
    if (value.type === 'cue') {
      const list = cues.get(value.cue);
      if (!list) cues.set(value.cue, [{ start, end }]);
      // Two phrases of one cue at one place: the longer says it.
      else if (list.at(-1)!.start === start) { if (list.at(-1)!.end < end) list[list.length - 1] = { start, end }; } else list.push({ start, end });
    } else if (value.type === 'drug') drugs.push({ start, end, drug: value.drug, ambiguous: value.ambiguous });
    else conditions.push({ start, end, condition: value.condition });
  }
  return {
    text, drugs: longest(drugs), conditions: longest(conditions), cues, clauses: clausesOf(text), quoted: quotedIn(text), denied: negatedParts(text),
    question: /\?["')*]*$/.test(text), facts: [],
  };
}

/** Drops what lies within a longer place (`depression` in `treatment-resistant depression`). */
function longest<T extends Place>(found: readonly T[]): T[] {
  const ordered = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept = new Set<T>();
  let end = -1; // of what starts no later
  let last: T | undefined;
  for (const one of ordered) {
    if (one.end > end || (last?.start === one.start && last.end === one.end)) {
      kept.add(one);
      last = one;
    }
    end = Math.max(end, one.end);
  }
  return found.filter((one) => kept.has(one));
}

const BREAK = /[;:] | [–—] ?|—|, (?=(?:but|although|though|yet|and yet|whereas|while|even though|which|because|since|so|and (?:it|they|the|we|you|ketamine))\b)| (?=(?:but|although|whereas|even though)\b)|\. (?=[A-Z])/g;

function clausesOf(text: string): Place[] {
  const out: Place[] = [];
  let from = 0;
  const lead = /^(?:[^:,.]{1,40}: )?(?:While|Although|Though|Despite|Even though|Whereas|Because|Since|When|If|Once)\b[^,]*, /.exec(text);
  if (lead) {
    out.push({ start: 0, end: lead[0].length });
    from = lead[0].length;
  }
  BREAK.lastIndex = from;
  for (let m = BREAK.exec(text); m; m = BREAK.exec(text)) {
    if (m.index > from) out.push({ start: from, end: m.index + m[0].length });
    from = m.index + m[0].length;
    if (m[0].length === 0) BREAK.lastIndex++;
  }
  if (from < text.length || out.length === 0) out.push({ start: from, end: text.length });
  return out;
}

function quotedIn(text: string): Place[] {
  const out: Place[] = [];
  let open = -1;
  for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
    if (open < 0) open = i;
    else {
      out.push({ start: open, end: i + 1 });
      open = -1;
    }
  }
  // A quotation that runs on into the next sentence is open here; one that began before closes here.
  if (open >= 0) out.push(/^[\s(]*$/.test(text.slice(0, open)) || /[,:] ?$/.test(text.slice(0, open)) ? { start: open, end: text.length } : { start: 0, end: open + 1 });
  return out.filter((place) => text.slice(place.start, place.end).split(' ').length >= 4);
}

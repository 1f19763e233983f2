import * as v from 'valibot';
import { checkPhrase } from './phrases';
import { span, type Span } from './text';
import { readYaml } from './yaml';

// The schema of packs. Types, the reader and `server/packs/schema.json` (scripts/schema.mjs) are made from it.

const list = <T extends v.GenericSchema>(item: T, most = 2000) => v.pipe(v.array(item), v.maxLength(most), v.readonly());
const text = v.pipe(v.string(), v.maxLength(4000));
const filled = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));
const id = v.pipe(v.string(), v.regex(/^[A-Za-z][\w.-]{0,63}$/), v.description('A short name of its own.'));
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/), v.description('YYYY-MM-DD.'));
const phrases = list(v.pipe(v.string(), v.minLength(2), v.maxLength(2000)));
const lines = list(filled);
const replace = v.pipe(v.record(v.pipe(v.string(), v.maxLength(200)), list(text)), v.readonly(),
  v.description('Measured wordings by the words as they stand in a text, in lower case; the preferred first. An empty one deletes.'));

const sourced = {
  sources: v.pipe(list(filled), v.description('Where the fact comes from: ids of references of this pack, or addresses.')),
  reviewed: v.pipe(day, v.description('When the fact was last checked, YYYY-MM-DD.')),
};
const tested = {
  fires: v.pipe(lines, v.description('Lines that the entry must hit; every phrase is hit by one of them.')),
  quiet: v.pipe(lines, v.description('Lines that it must leave alone.')),
};

const DrugSchema = v.pipe(v.strictObject({
  id,
  name: v.pipe(filled, v.description('Display name.')),
  names: v.pipe(phrases, v.description('Phrases that name it by themselves.')),
  also: v.pipe(phrases, v.description('Names that count only in a document that also uses one of `names`: slang, ambiguous abbreviations.')),
  ...sourced,
}), v.readonly());

const ConditionSchema = v.pipe(v.strictObject({
  id,
  name: filled,
  names: phrases,
  group: v.pipe(v.picklist(['psychiatric', 'pain', 'other', 'form']),
    v.description('`form`: no condition, but a form or course of treatment or an effect that has an evidence grade of its own.')),
}), v.readonly());

const GradeSchema = v.pipe(v.strictObject({
  condition: id,
  drug: id,
  grade: v.picklist(['strong', 'moderate', 'limited', 'insufficient']),
  wording: v.pipe(filled, v.description('The strongest wording that the evidence supports.')),
  ...sourced,
}), v.readonly());

const DisclosureSchema = v.pipe(v.strictObject({
  id,
  title: filled,
  why: filled,
  level: v.picklist(['required', 'recommended']),
  audiences: list(v.picklist(['patient', 'clinician', 'scholarly'])),
  trigger: v.pipe(phrases, v.description('What in a document calls for it; none: every benefit claim does.')),
  satisfied: v.pipe(phrases, v.description('A unit with one of these satisfies it …')),
  not: v.pipe(phrases, v.description('… unless one of these lies over it; one that lies inside it does not hold it back.')),
  denied: v.optional(v.pipe(phrases, v.description('A unit with one of these takes back what the rest of the document says: `non addictive`.'))),
  call: v.optional(v.pipe(v.picklist(['named', 'discussed', 'offered']),
    v.description('What of a trigger calls for it: `named` (as a rule) in any unit about the drug; `discussed` beyond a passing mention; `offered`, priced or recommended.'))),
  caveat: v.pipe(v.strictObject({ us: filled, uk: filled }), v.readonly(), v.description('The standard sentence that a fix inserts.')),
  ...sourced,
  ...tested,
}), v.readonly());

const WordingSchema = v.pipe(v.strictObject({
  id,
  rule: v.picklist(['absolute-language', 'promotional-language', 'minimised-risk']),
  phrases,
  unless: v.pipe(phrases, v.description('Phrases that take the sting out where they overlap a hit: `not a cure`, `cure period`.')),
  when: v.pipe(v.picklist(['always', 'effect']),
    v.description('`effect`: counts only where the unit speaks of the drug’s effect, evidence or safety. `always`: in any unit about the drug.')),
  replace,
  ...tested,
}), v.readonly());

const KnownErrorSchema = v.pipe(v.strictObject({
  id,
  says: v.pipe(filled, v.description('What is wrongly said.')),
  correction: filled,
  sentence: v.optional(v.pipe(filled, v.description('The correction as a sentence that can stand in a text in place of the wrong one; none where only an editor can put it right.'))),
  severity: v.picklist(['error', 'warning', 'information', 'hint']),
  anywhere: v.optional(v.pipe(v.boolean(), v.description('Counts in any unit of a document in scope, not only in those about the drug.'))),
  evenHedged: v.optional(v.pipe(v.boolean(), v.description('Wrong however carefully it is put; other statements are let go where they are hedged or stated as an aim.'))),
  phrases: v.pipe(phrases, v.description('None: another rule reports it, and its correction is kept here.')),
  unless: v.pipe(phrases, v.description('Phrases that hold it back anywhere in the same unit.')),
  omission: v.optional(v.pipe(v.strictObject({ phrases, unless: phrases }), v.readonly(),
    v.description('What misleads by silence: the first of `phrases` counts where the document has none of `unless` and nothing else of this entry.'))),
  replace: v.optional(replace),
  ...sourced,
  ...tested,
}), v.readonly());

const ReferenceSchema = v.pipe(v.strictObject({
  id,
  type: filled,
  title: filled,
  authors: text,
  journal: text,
  year: v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2100)),
  volumePages: text,
  doi: v.pipe(v.string(), v.regex(/^(?:10\.\d{4,9}\/\S{1,300})?$/), v.description('Without an address around it; empty where none is confirmed.')),
  pmid: v.pipe(v.string(), v.regex(/^\d{0,9}$/), v.description('Empty where none is confirmed.')),
  url: v.pipe(v.string(), v.regex(/^(?:https?:\/\/\S{1,2000})?$/)),
  n: v.nullable(v.pipe(v.number(), v.minValue(0))),
  drug: text,
  indication: list(filled),
  direction: v.picklist(['supports', 'mixed', 'null', 'harm', 'context']),
  finding: v.pipe(filled, v.description('What it found, in the pack’s own words.')),
  tier: v.pipe(v.picklist(['core', 'extended']), v.description('`core` is offered, `extended` only on request.')),
  retracted: v.boolean(),
}), v.readonly());

const year = v.nullable(v.pipe(v.number(), v.integer()));
const JournalSchema = v.pipe(v.strictObject({ name: filled, abbreviations: list(filled), from: year, to: year }), v.readonly());

const HEAD = {
  id,
  name: filled,
  version: v.pipe(v.string(), v.regex(/^\d+(?:\.\d+){0,2}$/)),
  reviewed: day,
};
const LISTS = {
  drugs: DrugSchema,
  conditions: ConditionSchema,
  grades: GradeSchema,
  disclosures: DisclosureSchema,
  wordings: WordingSchema,
  errors: KnownErrorSchema,
  references: ReferenceSchema,
  journals: JournalSchema,
};
const TermsSchema = v.pipe(v.record(v.string(), phrases), v.readonly(), v.description('Lists of terms by kind: `mechanism`, `routes`, `scales`, `trials`, …'));

/** The whole of a pack; the reader takes its lists entry by entry, so that one bad entry costs no other. */
export const PackSchema = v.pipe(v.strictObject({
  ...HEAD,
  drugs: v.optional(list(DrugSchema), []),
  conditions: v.optional(list(ConditionSchema), []),
  terms: v.optional(TermsSchema, {}),
  grades: v.optional(list(GradeSchema), []),
  errors: v.optional(list(KnownErrorSchema), []),
  references: v.optional(list(ReferenceSchema), []),
  journals: v.optional(list(JournalSchema), []),
  wordings: v.optional(list(WordingSchema), []),
  disclosures: v.optional(list(DisclosureSchema), []),
}), v.readonly(), v.description('What is known about one drug, or (without drugs) about a kind of language.'));

/** Lines that must be hit by an entry and lines that must not; every entry of a shipped pack has both. */
export interface Tested {
  readonly fires: readonly string[];
  readonly quiet: readonly string[];
}

/** Where a medical fact comes from: ids of the pack's references, or URLs; and when it was last checked. */
export interface Sourced {
  readonly sources: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly reviewed: string;
}

export type Drug = v.InferOutput<typeof DrugSchema>;
export type Condition = v.InferOutput<typeof ConditionSchema>;
/** What the evidence for a drug in a condition supports. */
export type Grade = v.InferOutput<typeof GradeSchema>;
export type Disclosure = v.InferOutput<typeof DisclosureSchema>;
export type Caveat = Disclosure['caveat'];
export type Wording = v.InferOutput<typeof WordingSchema>;
export type KnownError = v.InferOutput<typeof KnownErrorSchema>;
export type Reference = v.InferOutput<typeof ReferenceSchema>;
export type Journal = v.InferOutput<typeof JournalSchema>;
/** What we know about one drug, or (without drugs) about a kind of language. */
export type Pack = v.InferOutput<typeof PackSchema>;

export interface PackProblem {
  readonly message: string;
  /** Where in the data: `['errors', 3, 'phrases', 0]`. */
  readonly path: readonly (string | number)[];
  /** Where in the text, if the pack was read from one. */
  readonly span?: Span;
}

export interface PackRead {
  /** What could be read; undefined where not even the head could. */
  readonly pack?: Pack;
  readonly problems: readonly PackProblem[];
}

/** More than any sensible pack has; a pack is compiled into one matcher, so its phrases are bounded together. */
const MOST_PHRASES = 20_000;
const MOST_PROBLEMS = 200;

/**
 * Reads a pack from data of unknown shape. An entry that can not be read, names what is not there or has a phrase that
 * can not be compiled is reported and left out; the rest works. Never throws.
 */
export function readPack(data: unknown): PackRead {
  const problems: PackProblem[] = [];
  const report = (message: string, ...path: (string | number)[]): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ message, path });
  };
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    report('A pack is a mapping with id, name, version and reviewed.');
    return { problems };
  }
  const fields = new Map<string, unknown>(Object.entries(data));
  const head = v.safeParse(v.object(HEAD), Object.fromEntries(fields));
  if (!head.success) {
    issues(head.issues, [], report);
    return { problems };
  }
  for (const key of fields.keys()) if (!(key in HEAD) && !(key in LISTS) && key !== 'terms') report(`Nothing is known of “${key.slice(0, 60)}” here.`, key);

  let budget = MOST_PHRASES;
  /** False where a phrase can not be compiled or there are too many of them; says so. */
  const compile = (found: readonly string[], path: readonly (string | number)[]): boolean => {
    let good = true;
    found.forEach((phrase, i) => {
      if (--budget < 0) {
        good = false;
        if (budget === -1) report(`A pack holds at most ${MOST_PHRASES} phrases.`, ...path, i);
        return;
      }
      try {
        checkPhrase(phrase);
      } catch (error) {
        good = false;
        report(error instanceof Error ? error.message : String(error), ...path, i);
      }
    });
    return good;
  };
  const compiles = (value: object, path: readonly (string | number)[]): boolean => Object.entries(value).map(([key, found]) =>
    (PHRASE_FIELDS.has(key) ? compile(found as readonly string[], [...path, key]) : key !== 'omission' || compiles(found as object, [...path, key]))).every(Boolean);
  const entries = <T>(key: keyof typeof LISTS, accept: (entry: T, path: (string | number)[]) => boolean = () => true): T[] => {
    const found = fields.get(key) ?? [];
    if (!Array.isArray(found)) {
      report(`“${key}” is a list.`, key);
      return [];
    }
    const seen = new Set<string>();
    const out: T[] = [];
    found.slice(0, 2000).forEach((value: unknown, i) => {
      const read = v.safeParse(LISTS[key] as unknown as v.GenericSchema<unknown, T>, value);
      if (!read.success) {
        issues(read.issues, [key, i], report);
        return;
      }
      const entry = read.output;
      const { id: own } = entry as { id?: string };
      if (own !== undefined && seen.has(own)) {
        report(`“${own}” stands here twice.`, key, i, 'id');
        return;
      }
      const good = compiles(entry as object, [key, i]);
      if (!accept(entry, [key, i]) || !good) return;
      if (own !== undefined) seen.add(own);
      out.push(entry);
    });
    if (found.length > 2000) report(`“${key}” holds at most 2000 entries.`, key, 2000);
    return out;
  };

  const references = entries<Reference>('references');
  const known = new Set(references.map((reference) => reference.id));
  const grounded = ({ sources }: Sourced, path: (string | number)[]): boolean => sources.every((source, i) => {
    const good = known.has(source) || /^https?:\/\//.test(source);
    if (!good) report(`“${source.slice(0, 60)}” is neither a reference of this pack nor an address.`, ...path, 'sources', i);
    return good;
  });
  const drugs = entries<Drug>('drugs', grounded);
  const conditions = entries<Condition>('conditions');
  const has = (value: string, among: readonly { readonly id: string }[], path: (string | number)[]): boolean => {
    const good = among.some((entry) => entry.id === value);
    if (!good) report(`This pack has no “${value}”.`, ...path);
    return good;
  };
  const terms: { [kind: string]: readonly string[] } = {};
  const told = fields.get('terms') ?? {};
  if (typeof told !== 'object' || Array.isArray(told)) report('“terms” is a mapping of lists.', 'terms');
  else {
    for (const [kind, value] of Object.entries(told as object)) {
      const read = v.safeParse(phrases, value);
      if (!read.success) issues(read.issues, ['terms', kind], report);
      else if (compile(read.output, ['terms', kind])) terms[kind] = read.output;
    }
  }
  const pack: Pack = {
    ...head.output,
    drugs,
    conditions,
    terms,
    grades: entries<Grade>('grades', (grade, path) =>
      [has(grade.condition, conditions, [...path, 'condition']), has(grade.drug, drugs, [...path, 'drug']), grounded(grade, path)].every(Boolean)),
    errors: entries<KnownError>('errors', grounded),
    references,
    journals: entries<Journal>('journals'),
    wordings: entries<Wording>('wordings'),
    disclosures: entries<Disclosure>('disclosures', grounded),
  };
  return { pack, problems };
}

const PHRASE_FIELDS = new Set(['names', 'also', 'trigger', 'satisfied', 'not', 'denied', 'phrases', 'unless']);

function issues(found: readonly v.BaseIssue<unknown>[], base: readonly (string | number)[], report: (message: string, ...path: (string | number)[]) => void): void {
  for (const issue of found) {
    const path = (issue.path ?? []).map((item) => (typeof item.key === 'number' ? item.key : String(item.key)));
    const missing = issue.received === 'undefined';
    const extra = issue.expected === 'never';
    const last = String(path.at(-1) ?? '');
    report(missing ? `“${last}” is missing.` : extra ? `Nothing is known of “${last.slice(0, 60)}” here.` : `${issue.message}.`, ...base, ...path);
  }
}

/** Bytes are not to be had here; UTF-16 units serve. */
const MOST_TEXT = 1_000_000;

/**
 * Reads a pack from YAML. Anchors, aliases and merge keys are refused, size and depth are bounded, and each problem has
 * its place in the text. Never throws.
 */
export function readPackText(source: string): PackRead {
  const yaml = readYaml(source, 'a pack', MOST_TEXT);
  if (yaml.problems.length > 0) return { problems: yaml.problems.map(({ message, span: at }) => ({ message, path: [], span: at })) };
  const read = readPack(yaml.data);
  return { ...read, problems: read.problems.map((problem) => ({ ...problem, span: yaml.spanOf(problem.path) ?? span(0, source.length) })) };
}

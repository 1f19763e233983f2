// Reads `caveat.yaml` and what a document's front matter says to Caveat. The schema is said once: types, the lenient
// reader and docs/caveat.schema.json (scripts/schema.mjs) are made from it.
import * as v from 'valibot';
import { mergeConfig, type Config } from './config';
import type { Document } from './document';
import { SEVERITIES } from './finding';
import { matchesGlob } from './glob';
import { didYouMean } from './spelling';
import { span, type Span } from './text';
import { readYaml, type Path } from './yaml';

/** The name of the configuration file, in any folder of a workspace. */
export const CONFIG_FILE = 'caveat.yaml';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const list = <T extends v.GenericSchema>(item: T, most = 200) => v.pipe(v.array(item), v.maxLength(most), v.readonly());
const level = v.picklist([...SEVERITIES, 'off'] as const);
const rules = v.pipe(v.record(v.string(), v.union([level, v.strictObject({
  severity: v.optional(v.pipe(level, v.description('How serious the rule\'s findings are; `off` switches it off.'))),
  allow: v.optional(v.pipe(list(text, 2000), v.description('Words that the rule leaves alone: what it would mark, whole, in upper or lower case.'))),
})])), v.description('Rules by their ids: a severity, or a severity and the rule\'s options.'));
const audience = v.pipe(v.picklist(['patient', 'clinician', 'scholarly']), v.description('Who the documents are written for; guessed from each document where it is not given.'));

const COMMON = {
  audience: v.optional(audience),
  region: v.optional(v.pipe(v.picklist(['us', 'uk']), v.description('Whose regulators and crisis lines inserted caveats name.'))),
  rules: v.optional(rules),
  citations: v.optional(v.strictObject({
    reach: v.optional(v.pipe(v.picklist(['sentence', 'paragraph', 'section']), v.description('How far a citation reaches.'))),
  })),
  likely: v.optional(v.pipe(v.boolean(), v.description('`false` leaves out what only reads like something to mark; what rules know by its words stays.'))),
  disclosures: v.optional(v.strictObject({
    require: v.optional(v.pipe(list(text), v.description('Disclosures that every document with a benefit claim needs, by their ids.'))),
    ignore: v.optional(v.pipe(list(text), v.description('Disclosures that are not asked for, by their ids.'))),
  })),
};
const OWN = {
  ...COMMON,
  packs: v.optional(v.pipe(list(text, 50), v.description('Packs to use: ids of those that come with Caveat, and files of your own beside this one (`./our-pack.yaml`). None: all that come with it.'))),
  bibliography: v.optional(v.pipe(list(text, 50), v.description('Bibliographies that documents cite from, relative to this file.'))),
};

export const ConfigSchema = v.pipe(v.strictObject({
  extends: v.optional(v.pipe(v.union([text, list(text, 16)]), v.description('Configurations that this one builds on, relative to it; what this one says holds.'))),
  ...OWN,
  overrides: v.optional(v.pipe(list(v.strictObject({
    files: v.pipe(v.union([text, list(text)]), v.description('Patterns of paths relative to this file: `leaflets/**`, `*.tex`.')),
    ...COMMON,
  })), v.description('What holds for some of the files only; of two that fit, the later holds.'))),
}), v.description('Configuration of Caveat for the documents in this folder and below.'));

const FrontSchema = v.strictObject({ audience: COMMON.audience, rules: COMMON.rules });

type Told = v.InferOutput<typeof FrontSchema> & Pick<v.InferOutput<typeof ConfigSchema>, 'region' | 'citations' | 'likely' | 'disclosures'>;

/** Something in a configuration that can not be used; the rest is. */
export interface ConfigProblem {
  readonly message: string;
  readonly span: Span;
}

/** A name in a file with its place. */
export interface Named {
  readonly name: string;
  readonly span: Span;
}

export interface ConfigFile {
  readonly config: Config;
  readonly extends: readonly Named[];
  /** Undefined where the file says nothing of it. */
  readonly packs: readonly Named[] | undefined;
  readonly bibliography: readonly Named[] | undefined;
  readonly overrides: readonly { readonly files: readonly string[]; readonly config: Config }[];
}

/** Names that a configuration may use. */
export interface KnownNames {
  readonly rules: readonly string[];
  /** Empty: any is taken. */
  readonly disclosures: readonly string[];
}

const LONGEST = 200_000;

/** Reads a configuration file. What can not be used is reported at its place and left out. Never throws. */
export function readConfig(source: string, known: KnownNames): { readonly file: ConfigFile; readonly problems: readonly ConfigProblem[] } {
  const yaml = readYaml(source, 'a configuration', LONGEST);
  const problems: ConfigProblem[] = [...yaml.problems];
  const at = (path: Path, key = false): Span => yaml.spanOf(path, key) ?? span(0, 0);
  const report: Report = (message, path, key) => { if (problems.length < 200) problems.push({ message, span: at(path, key) }); };
  const told = (yaml.data === null || yaml.data === undefined ? {} : salvage(ConfigSchema, yaml.data, [], report) ?? {}) as v.InferOutput<typeof ConfigSchema>;
  const names = (path: string, found: readonly string[]): Named[] => found.flatMap((name) => {
    const place = asList((yaml.data as { readonly [key: string]: unknown })[path]).indexOf(name);
    return [{ name, span: Array.isArray((yaml.data as { readonly [key: string]: unknown })[path]) ? at([path, place]) : at([path]) }];
  });
  return {
    file: {
      config: configOf(told, known, [], report),
      extends: names('extends', asList(told.extends)),
      packs: told.packs && names('packs', told.packs),
      bibliography: told.bibliography && names('bibliography', told.bibliography),
      overrides: (told.overrides ?? []).map((override, i) => ({ files: asList(override.files), config: configOf(override, known, ['overrides', i], report) })),
    },
    problems: problems.sort((a, b) => a.span.start - b.span.start),
  };
}

/** What the front matter of a document says under the key `caveat`; undefined where it says nothing. */
export function readFrontConfig({ text: source, parsed: { frontMatter } }: Document, known: KnownNames): { readonly config: Config; readonly problems: readonly ConfigProblem[] } | undefined {
  if (frontMatter?.language !== 'yaml') return undefined;
  const { start, end } = frontMatter.body;
  const body = source.slice(start, Math.min(end, start + LONGEST));
  if (!/^(?:caveat|"caveat"|'caveat')[ \t]*:/m.test(body)) return undefined;
  const yaml = readYaml(body, 'front matter', LONGEST);
  const data = (yaml.data as { readonly caveat?: unknown } | null | undefined)?.caveat;
  if (data === undefined || data === null) return undefined;
  const problems: ConfigProblem[] = [];
  const report: Report = (message, path, key) => {
    const place = yaml.spanOf(path, key) ?? span(0, 0);
    if (problems.length < 50) problems.push({ message, span: span(start + place.start, start + place.end) });
  };
  const told = (salvage(FrontSchema, data, ['caveat'], report) ?? {}) as v.InferOutput<typeof FrontSchema>;
  return { config: configOf(told, known, ['caveat'], report), problems };
}

/** What a file says for one document; `path` is relative to the file's folder. Overrides that fit come on top. */
export const configForPath = (file: ConfigFile, path: string): Config =>
  file.overrides.filter(({ files }) => files.some((pattern) => matchesGlob(pattern, path))).reduce((config, override) => mergeConfig(config, override.config), file.config);

type Report = (message: string, path: Path, key?: boolean) => void;

const asList = (value: unknown): string[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]) as string[];

function configOf(told: Told, known: KnownNames, path: Path, report: Report): Config {
  const severities: { [rule: string]: v.InferOutput<typeof level> } = {};
  const allow: { [rule: string]: readonly string[] } = {};
  for (const [rule, value] of Object.entries(told.rules ?? {})) {
    if (!known.rules.includes(rule)) {
      report(`There is no rule “${rule.slice(0, 60)}”${didYouMean(rule, known.rules)}.`.replace('?.', '?'), [...path, 'rules', rule], true);
      continue;
    }
    const { severity, allow: words } = typeof value === 'string' ? { severity: value, allow: undefined } : value;
    if (severity) severities[rule] = severity;
    if (words) allow[rule] = words;
  }
  const ids = (key: 'require' | 'ignore') => told.disclosures?.[key]?.filter((id, i) => {
    if (known.disclosures.length === 0 || known.disclosures.includes(id)) return true;
    report(`There is no disclosure “${id.slice(0, 60)}”${didYouMean(id, known.disclosures)}.`.replace('?.', '?'), [...path, 'disclosures', key, i]);
    return false;
  });
  return mergeConfig({}, {
    audience: told.audience, region: told.region, rules: severities, allow, likely: told.likely,
    citations: told.citations && { reach: told.citations.reach },
    disclosures: told.disclosures && { require: ids('require'), ignore: ids('ignore') },
  });
}

const KIND: { readonly [type: string]: string } = { string: 'text', boolean: 'true or false', array: 'a list', strict_object: 'a mapping', record: 'a mapping' };

/** A schema as it stands inside: what is behind `optional`, `pipe` and the like. */
type Schema = v.GenericSchema & {
  readonly type: string; readonly pipe?: readonly Schema[]; readonly wrapped?: Schema; readonly item?: Schema; readonly value?: Schema;
  readonly options?: readonly (Schema | string)[]; readonly entries?: { readonly [key: string]: Schema };
};

/** Takes from data what fits a schema, part by part; undefined where nothing does. What does not fit is reported at its place. */
function salvage(schema: v.GenericSchema, data: unknown, path: Path, report: Report): unknown {
  const given = schema as Schema;
  const root = given.type === 'optional' ? given.wrapped! : given;
  const inner = root.pipe?.[0] ?? root;
  const last = String(path.at(-1) ?? 'a configuration');
  switch (inner.type) {
    case 'strict_object': {
      if (!isMapping(data)) return void report(`“${last}” is a mapping.`, path);
      const keys = Object.keys(inner.entries!);
      const out: { [key: string]: unknown } = {};
      for (const [key, value] of Object.entries(data)) {
        const field = Object.hasOwn(inner.entries!, key) ? inner.entries![key]! : undefined;
        if (!field) { report(`Nothing is known of “${key.slice(0, 60)}” here${didYouMean(key, keys)}.`.replace('?.', '?'), [...path, key], true); continue; }
        if (value === null) continue; // a key that is being typed
        const kept = salvage(field, value, [...path, key], report);
        if (kept !== undefined) out[key] = kept;
      }
      for (const [key, field] of Object.entries(inner.entries!)) {
        if (field.type === 'optional' || out[key] !== undefined) continue;
        if (!Object.hasOwn(data, key) || data[key] === null) report(`“${key}” is missing.`, path);
        return undefined;
      }
      return out;
    }
    case 'record':
      if (!isMapping(data)) return void report(`“${last}” is a mapping.`, path);
      return Object.fromEntries(Object.entries(data).slice(0, 500).flatMap(([key, value]) => {
        const kept = value === null ? undefined : salvage(inner.value!, value, [...path, key], report);
        return kept === undefined ? [] : [[key, kept]];
      }));
    case 'array': {
      if (!Array.isArray(data)) return void report(`“${last}” is a list.`, path);
      const most = (root.pipe?.find((step) => step.type === 'max_length') as { readonly requirement?: number } | undefined)?.requirement ?? 200;
      if (data.length > most) report(`“${last}” holds at most ${most} entries.`, [...path, most]);
      return data.slice(0, most).flatMap((value: unknown, i) => {
        const kept = value === null ? undefined : salvage(inner.item!, value, [...path, i], report);
        return kept === undefined ? [] : [kept];
      });
    }
    case 'union': {
      const options = inner.options as readonly Schema[];
      const kindOf = (option: Schema) => (option.pipe?.[0] ?? option).type;
      const wanted = Array.isArray(data) ? 'array' : isMapping(data) ? 'strict_object' : undefined;
      const found = options.find((option) => (wanted ? kindOf(option) === wanted : !['array', 'strict_object'].includes(kindOf(option))));
      if (found) return salvage(found, data, path, report);
      return void report(`“${last}” is ${options.map((option) => KIND[kindOf(option)] ?? 'a word').join(' or ')}.`, path);
    }
    case 'picklist': {
      const words = inner.options as readonly string[];
      if (words.includes(data as string)) return data;
      return void report(`“${last}” is one of ${words.join(', ')}; “${shown(data)}” is not${didYouMean(shown(data), words)}.`.replace('?.', '?'), path);
    }
    default: {
      const read = v.safeParse(root, data);
      if (read.success) return read.output;
      return void report(typeof data === 'string' ? `“${last}” is empty or too long.` : `“${last}” is ${KIND[inner.type] ?? inner.type}; ${shown(data)} is not.`, path);
    }
  }
}

const isMapping = (data: unknown): data is { readonly [key: string]: unknown } => typeof data === 'object' && data !== null && !Array.isArray(data);
const shown = (data: unknown): string => (typeof data === 'object' ? 'what stands here' : String(data).slice(0, 60));

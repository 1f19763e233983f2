// Writes the JSON schemas of packs, configurations and reports from the schemas that read them.
//   node scripts/schema.mjs            writes them
//   node scripts/schema.mjs --check    fails where a file is out of date
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

/** Each file with the schema that it is made from. */
const FILES = [
  { file: 'server/packs/schema.json', title: 'Caveat pack', source: '../server/src/core/pack.ts', name: 'PackSchema' },
  { file: 'docs/caveat.schema.json', title: 'Caveat configuration', source: '../server/src/core/configfile.ts', name: 'ConfigSchema' },
  { file: 'docs/report.schema.json', title: 'Caveat report', source: '../server/src/report/read.ts', name: 'ReportSchema' },
];

/** What the steps behind a type say in JSON schema. */
const STEPS = {
  description: ({ description }) => ({ description }),
  regex: ({ requirement }) => ({ pattern: requirement.source }),
  min_length: ({ requirement }, type) => (type === 'array' ? { minItems: requirement } : { minLength: requirement }),
  max_length: ({ requirement }, type) => (type === 'array' ? { maxItems: requirement } : { maxLength: requirement }),
  min_value: ({ requirement }) => ({ minimum: requirement }),
  max_value: ({ requirement }) => ({ maximum: requirement }),
  integer: () => ({ type: 'integer' }),
  readonly: () => ({}),
};

/** The kinds of type that packs are made of. */
const TYPES = {
  string: () => ({ type: 'string' }),
  number: () => ({ type: 'number' }),
  boolean: () => ({ type: 'boolean' }),
  picklist: ({ options }) => ({ enum: options }),
  array: ({ item }) => ({ type: 'array', items: convert(item) }),
  unknown: () => ({}),
  union: ({ options }) => ({ anyOf: options.map(convert) }),
  record: ({ value }) => ({ type: 'object', additionalProperties: convert(value) }),
  optional: ({ wrapped }) => convert(wrapped),
  nullable: ({ wrapped }) => ({ anyOf: [convert(wrapped), { type: 'null' }] }),
  strict_object: ({ entries }) => ({
    type: 'object',
    properties: Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, convert(value)])),
    required: Object.entries(entries).filter(([, value]) => value.type !== 'optional').map(([key]) => key),
    additionalProperties: false,
  }),
};

/** A type as JSON schema. @throws where it meets a kind that it does not know, rather than leave something out. */
function convert(schema) {
  const [root, ...steps] = schema.pipe ?? [schema];
  let out = root.pipe ? convert(root) : TYPES[root.type]?.(root);
  if (!out) throw new Error(`no JSON schema for ${root.type}`);
  for (const step of steps) {
    if (step.kind === 'schema') { out = { ...out, ...convert(step) }; continue; }
    const told = STEPS[step.type];
    if (!told) throw new Error(`no JSON schema for the step ${step.type}`);
    out = { ...out, ...told(step, root.type) };
  }
  return out;
}

for (const { file, title, source, name } of FILES) {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', title, ...convert((await tsImport(source, import.meta.url))[name]) };
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  const url = new URL(`../${file}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(url, text);
  else if (!existsSync(url) || readFileSync(url, 'utf8') !== text) {
    console.error(`${file} is out of date: run \`node scripts/schema.mjs\`.`);
    process.exitCode = 1;
  }
}

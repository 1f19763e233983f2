// Writes server/packs/schema.json, the JSON schema of packs, from the schema that reads them.
//   node scripts/schema.mjs            writes it
//   node scripts/schema.mjs --check    fails where the file is out of date
import { readFileSync, writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const FILE = new URL('../server/packs/schema.json', import.meta.url);

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

const { PackSchema } = await tsImport('../server/src/core/pack.ts', import.meta.url);
const schema = { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Caveat pack', ...convert(PackSchema) };
const text = `${JSON.stringify(schema, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error('server/packs/schema.json is out of date: run `node scripts/schema.mjs`.');
    process.exitCode = 1;
  }
} else writeFileSync(FILE, text);

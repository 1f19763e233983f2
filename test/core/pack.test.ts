import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readPack, readPackText, type Pack } from '../../server/src/core/pack';
import { testPack } from '../../server/src/core/packtest';
import { builtinPacks } from '../../server/src/packs';

const ROOT = join(import.meta.dirname, '../..');
const HEAD = 'id: demo\nname: Demo\nversion: 1.0.0\nreviewed: "2026-01-01"\n';
const error = (rest: object = {}) => ({
  id: 'D1', says: 'It is blue.', correction: 'It is red.', severity: 'error', phrases: ['is blue'], unless: ['not blue'],
  sources: ['https://example.org'], reviewed: '2026-01-01', fires: ['It is blue.'], quiet: ['It is red.'], ...rest,
});
const head = { id: 'demo', name: 'Demo', version: '1.0.0', reviewed: '2026-01-01' };
const read = (rest: object) => readPack({ ...head, ...rest });
const packOf = (rest: object): Pack => {
  const { pack, problems } = read(rest);
  assert.deepEqual(problems, []);
  return pack!;
};

describe('built-in packs', () => {
  for (const file of ['ketamine', 'language']) {
    const text = readFileSync(join(ROOT, `server/packs/${file}.yaml`), 'utf8');
    it(`${file} is read without a problem`, () => assert.deepEqual(readPackText(text).problems, []));
  }

  it('ketamine passes its own lines', () => assert.deepEqual(testPack(builtinPacks()[0]!).failures, []));

  it('are both loaded, whole', () => {
    const packs = builtinPacks();
    assert.deepEqual(packs.map(({ id }) => id), ['ketamine', 'language']);
    assert.ok(packs[0]!.errors.length >= 30 && packs[0]!.references.length >= 60 && packs[1]!.wordings.length > 0);
  });

  it('give a reference for each medical fact', () => {
    const [ketamine] = builtinPacks();
    const bare = [...ketamine!.grades.map((grade) => ({ ...grade, id: `${grade.condition} ${grade.drug}` })), ...ketamine!.disclosures, ...ketamine!.errors]
      .filter(({ sources }) => sources.length === 0).map(({ id }) => id);
    // What no source stands behind: a house standard, a call for references, and two grades for want of any reference.
    assert.deepEqual(bare.sort(), ['E27', 'anti-inflammatory-analgesia ketamine', 'consult', 'withdrawal-symptoms ketamine']);
  });

  it('schema.json is what the schema says', () => {
    execFileSync(process.execPath, ['scripts/schema.mjs', '--check'], { cwd: ROOT, stdio: 'pipe' });
  });
});

describe('readPack', () => {
  it('fills in what is left out', () => {
    const pack = packOf({});
    assert.deepEqual([pack.drugs, pack.terms, pack.wordings, pack.journals], [[], {}, [], []]);
  });

  it('says what is missing from the head and gives no pack', () => {
    const { pack, problems } = readPack({ id: 'demo', name: 'Demo' });
    assert.equal(pack, undefined);
    assert.deepEqual(problems.map(({ path }) => path), [['version'], ['reviewed']]);
    for (const data of [null, 7, 'x', [], undefined]) assert.equal(readPack(data).problems.length, 1);
  });

  it('leaves a bad entry out, says where it is bad, and keeps the rest', () => {
    const { pack, problems } = read({ errors: [error(), error({ id: 'D2', severity: 'loud' }), error({ id: 'D3', phrases: ['(is blue'] }), error({ id: 'D4' })] });
    assert.deepEqual(pack!.errors.map(({ id }) => id), ['D1', 'D4']);
    assert.deepEqual(problems.map(({ path }) => path), [['errors', 1, 'severity'], ['errors', 2, 'phrases', 0]]);
  });

  it('reports unknown fields, ids given twice, sources and conditions that are not there', () => {
    const grade = { condition: 'sadness', drug: 'x', grade: 'strong', wording: 'w', sources: ['nobody2001'], reviewed: '2026-01-01' };
    const { pack, problems } = read({ colour: 1, errors: [error(), error(), error({ id: 'D5', quite: [] })], grades: [grade] });
    assert.equal(pack!.errors.length, 1);
    assert.equal(pack!.grades.length, 0);
    assert.deepEqual(problems.map(({ path }) => path.join('.')), ['colour', 'grades.0.condition', 'grades.0.drug', 'grades.0.sources.0', 'errors.1.id', 'errors.2.quite']);
  });

  it('bounds the phrases of all entries together', () => {
    const errors = Array.from({ length: 11 }, (_, i) => error({ id: `D${i}`, phrases: Array.from({ length: 2000 }, (_, j) => `word number${j}`) }));
    const { pack, problems } = read({ errors });
    assert.equal(problems.length, 1);
    assert.match(problems[0]!.message, /at most 20000 phrases/);
    assert.equal(pack!.errors.length, 9);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.object({ key: fc.constantFrom('id', 'errors', 'terms', 'drugs', 'names', '__proto__', 'phrases') }), (data) => {
      readPack(data);
      readPack({ ...head, ...data });
      readPack({ ...head, errors: [{ ...error(), ...data }], terms: data });
    }), { numRuns: 300 });
  });
});

describe('readPackText', () => {
  const spanned = (text: string) => readPackText(text).problems.map(({ span }) => text.slice(span!.start, span!.end));

  it('reads YAML', () => assert.equal(readPackText(HEAD).pack!.id, 'demo'));

  it('puts a problem at its place', () => {
    assert.deepEqual(spanned(`${HEAD}terms:\n  mechanism: [fine, "(broken"]\n`), ['"(broken"']);
    assert.deepEqual(spanned(`${HEAD}journals:\n  - { name: Pain, abbreviations: [], from: soon, to: null }\n`), ['soon']);
  });

  it('refuses anchors, aliases, merge keys and keys given twice', () => {
    for (const [text, at] of [
      ['terms:\n  a: &x [one]\n  b: [two]\n', '[one]'], ['terms:\n  a: [one]\n  <<: { b: [two] }\n', '<<'], ['id: other\n', 'id'],
    ] as const) {
      const read = readPackText(HEAD + text);
      assert.equal(read.pack, undefined);
      assert.deepEqual(read.problems.map(({ span }) => (HEAD + text).slice(span!.start, span!.end)), [at]);
    }
    assert.equal(readPackText(`${HEAD}terms:\n  a: *nobody\n`).pack, undefined);
  });

  it('is bounded in size and depth', () => {
    assert.match(readPackText(`${HEAD}# ${'x'.repeat(1_000_000)}`).problems[0]!.message, /1000000 characters/);
    for (const bomb of ['['.repeat(50_000), '{a: '.repeat(50_000), `[\n`.repeat(50_000), '- '.repeat(50_000), Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')]) {
      const { pack, problems } = readPackText(bomb);
      assert.equal(pack, undefined);
      assert.ok(problems.length > 0);
    }
  });

  it('never throws, and every problem has a place in the text', () => {
    const text = readFileSync(join(ROOT, 'server/packs/ketamine.yaml'), 'utf8').slice(0, 3000);
    fc.assert(fc.property(fc.nat(3000), fc.nat(40), fc.string(), (at, cut, put) => {
      const broken = text.slice(0, at) + put + text.slice(at + cut);
      for (const { span } of readPackText(broken).problems) assert.ok(span && span.start >= 0 && span.start <= span.end && span.end <= broken.length);
    }), { numRuns: 150 });
  });
});

describe('testPack', () => {
  const failures = (rest: object) => testPack(packOf({ errors: [error(rest)] })).failures.map(({ kind, line }) => `${kind}: ${line}`);

  it('passes an entry whose lines do as they should', () => assert.deepEqual(failures({}), []));
  it('reports a line that should fire and does not', () => assert.deepEqual(failures({ fires: ['It is blue.', 'It is green.'] }), ['not-fired: It is green.']));
  it('reports a line that fires and should not', () => assert.deepEqual(failures({ quiet: ['The sky is blue.'] }), ['not-quiet: The sky is blue.']));
  it('reports a phrase that no line fires', () => assert.deepEqual(failures({ phrases: ['is blue', 'is azure'] }), ['not-covered: is azure']));
  it('reports an entry without lines', () => assert.deepEqual(failures({ fires: [], quiet: [] }), ['no-lines: ', 'no-lines: ', 'not-covered: is blue']));
  it('takes a line that is held back as quiet', () => assert.deepEqual(failures({ fires: ['It is blue.', 'It is blue, not blue.'] }), ['not-fired: It is blue, not blue.']));
  it('leaves an entry without phrases to others', () => assert.equal(testPack(packOf({ errors: [error({ phrases: [], fires: [], quiet: [] })] })).entries, 0));
  it('reads the lines of a wording in their context', () => {
    const wording = { id: 'w', rule: 'absolute-language', phrases: ['miracle*'], unless: [], when: 'always', replace: {}, fires: ['Ketamine is a miracle.', 'Ketamine is no miracle.'], quiet: ['Is ketamine a miracle?'] };
    assert.deepEqual(testPack(packOf({ wordings: [wording] })).failures.map(({ line }) => line), ['Ketamine is no miracle.']);
  });
  it('holds a wording back only where the phrase overlaps the hit', () => {
    const wording = { id: 'w', rule: 'absolute-language', phrases: ['cure*'], unless: ['not a cure'], when: 'always', replace: {}, fires: ['Not a cure, yet it cures.'], quiet: ['It is not a cure.'] };
    assert.deepEqual(testPack(packOf({ wordings: [wording] })).failures, []);
  });
});

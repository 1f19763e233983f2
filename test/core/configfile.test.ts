import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compilePlan, configForPath, formatOfPath, lint, mergeConfig, parseDocument, readConfig, readFrontConfig } from '../../server/src/core/index';
import { matchesGlob } from '../../server/src/core/glob';
import { builtinPacks } from '../../server/src/packs';

const KNOWN = { rules: ['absolute-language', 'missing-citation'], disclosures: ['not-fda-approved', 'not-a-cure'] };
const FULL = `
extends: ../base.yaml
audience: clinician
region: uk
rules:
  absolute-language: off
  missing-citation: { severity: hint, allow: [Ketamine helps] }
packs: [ketamine, ./own.yaml]
bibliography: [refs.bib]
citations: { reach: section }
likely: false
disclosures: { require: [not-a-cure], ignore: [not-fda-approved] }
overrides:
  - files: "leaflets/**"
    audience: patient
    rules: { absolute-language: error }
`;
const read = (text: string) => {
  const { file, problems } = readConfig(text, KNOWN);
  return { file, told: problems.map(({ message, span }) => [text.slice(span.start, span.end), message] as const) };
};

describe('caveat.yaml', () => {
  it('is read whole', () => {
    const { file, told } = read(FULL);
    assert.deepEqual(told, []);
    assert.deepEqual(file.config, {
      audience: 'clinician', region: 'uk', rules: { 'absolute-language': 'off', 'missing-citation': 'hint' }, allow: { 'missing-citation': ['Ketamine helps'] },
      citations: { reach: 'section' }, likely: false, disclosures: { require: ['not-a-cure'], ignore: ['not-fda-approved'] },
    });
    assert.deepEqual([file.extends[0]!.name, file.packs?.map(({ name }) => name), file.bibliography?.map(({ name }) => name)], ['../base.yaml', ['ketamine', './own.yaml'], ['refs.bib']]);
    assert.equal(FULL.slice(file.packs![1]!.span.start, file.packs![1]!.span.end), './own.yaml');
    assert.equal(configForPath(file, 'leaflets/a/b.md').audience, 'patient');
    assert.equal(configForPath(file, 'leaflets/a/b.md').rules?.['absolute-language'], 'error');
    assert.equal(configForPath(file, 'other/b.md').audience, 'clinician');
  });

  for (const [what, text, place, message] of [
    ['an unknown key', 'audiense: patient', 'audiense', /Nothing is known of “audiense” here; did you mean “audience”\?/],
    ['an unknown rule', 'rules: { absolut-language: off }', 'absolut-language', /no rule “absolut-language”; did you mean “absolute-language”\?/],
    ['an unknown severity', 'rules: { absolute-language: warn }', 'warn', /one of error, warning.*did you mean “warning”\?/],
    ['an unknown option', 'rules: { absolute-language: { alow: [x] } }', 'alow', /did you mean “allow”/],
    ['an unknown disclosure', 'disclosures: { require: [not-a-cur] }', 'not-a-cur', /no disclosure “not-a-cur”; did you mean “not-a-cure”/],
    ['a wrong word', 'region: eu', 'eu', /one of us, uk/],
    ['a wrong shape', 'packs: ketamine', 'ketamine', /“packs” is a list/],
    ['a number for text', 'packs: [3]', '3', /text; 3 is not/],
    ['a key given twice', 'region: us\nregion: uk', 'region', /twice/],
    ['an alias', 'packs: &p [ketamine]\nbibliography: *p', '*p', /Anchors and aliases/],
  ] as const) {
    it(`tells of ${what} at its place, and the rest applies`, () => {
      const { file, told } = read(`${text}\ncitations: { reach: section }\n`);
      assert.deepEqual(file.config.citations, { reach: 'section' });
      assert.ok(told.some(([at, said]) => at === place && message.test(said)), JSON.stringify(told));
    });
  }

  it('takes what stands of a file that is being typed', () => {
    assert.equal(read('audience: patient\nrules:\n  absol').file.config.audience, 'patient');
    assert.deepEqual(read('audience: patient\nrules:\n').told, []);
    assert.equal(read('audience: clinician\nbibliography: [a.bib,').file.config.audience, 'clinician');
    assert.deepEqual(read('').told, []);
    assert.equal(read('- a\n- b').told.length, 1);
  });

  it('never throws, is bounded, and every problem has a place in the text', () => {
    const bits = fc.constantFrom('rules:', 'packs:', 'extends: ', 'overrides:', '\n', '  ', '- ', '{', '}', '[', ']', '&a ', '*a', '<<: *a', 'absolute-language: ', 'off', '"', "'", '|', '#', 'files: ', '__proto__: ', 'x', ': ');
    fc.assert(fc.property(fc.array(bits, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      for (const { span } of readConfig(text, KNOWN).problems) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
    }), { numRuns: 400 });
    assert.match(read('#'.repeat(300_000)).told[0]![1], /at most/);
    assert.match(read('['.repeat(100)).told[0]![1], /nested/);
    const bomb = `a: &a [x, x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*${n ? `b${n - 1}` : 'a'}, *${n ? `b${n - 1}` : 'a'}]`).join('\n')}`;
    assert.ok(read(bomb).told.length > 0);
  });
});

describe('front matter', () => {
  const document = (text: string) => parseDocument(text, formatOfPath('a.md')!);
  it('says who a document is for and how rules hold in it', () => {
    const text = '---\ntitle: T\ncaveat:\n  audience: clinician\n  rules: { absolute-language: off, x: off }\n---\nText.';
    const { config, problems } = readFrontConfig(document(text), KNOWN)!;
    assert.deepEqual(config, { audience: 'clinician', rules: { 'absolute-language': 'off' } });
    assert.deepEqual(problems.map(({ span }) => text.slice(span.start, span.end)), ['x']);
  });
  it('is silent where there is nothing for it', () => {
    for (const text of ['', 'caveat: x', '---\ntitle: caveat\n---\n', '---\ncaveat:\n---\n', '+++\ncaveat = 1\n+++\n']) assert.equal(readFrontConfig(document(text), KNOWN), undefined);
    assert.equal(readFrontConfig(document('---\ncaveat: x\n---\n'), KNOWN)!.problems.length, 1);
  });
});

describe('configurations', () => {
  it('stand on each other', () => {
    assert.deepEqual(mergeConfig({ audience: 'patient', region: 'uk', rules: { a: 'off', b: 'hint' } }, { audience: 'clinician', region: undefined, rules: { b: 'error' } }),
      { audience: 'clinician', region: 'uk', rules: { a: 'off', b: 'error' } });
  });
  it('allow words to a rule', () => {
    const document = parseDocument('# Ketamine for depression\n\nKetamine is a guaranteed cure for depression.\n', formatOfPath('a.md')!);
    const marked = (allow?: readonly string[]) => lint(document, compilePlan(allow ? { allow: { 'absolute-language': allow } } : {}, builtinPacks())).findings
      .filter(({ rule }) => rule === 'absolute-language').map(({ span }) => document.text.slice(span.start, span.end));
    const all = marked();
    assert.ok(all.length > 0);
    assert.deepEqual(marked([all[0]!.toUpperCase()]), all.slice(1));
  });
});

describe('globs', () => {
  for (const [pattern, path, fits] of [
    ['*.md', 'a.md', true], ['*.md', 'x/a.md', true], ['/*.md', 'x/a.md', false], ['x/*.md', 'x/a.md', true], ['x/*.md', 'x/y/a.md', false],
    ['x/**', 'x/y/a.md', true], ['x/', 'x/y/a.md', true], ['**/y/*', 'x/y/a.md', true], ['**/y/*', 'y/a.md', true], ['x/**/a.md', 'x/a.md', true],
    ['{a,b}.{md,txt}', 'b.txt', true], ['{a,b}.md', 'c.md', false], ['a?c', 'abc', true], ['a?c', 'a/c', false], ['[a].md', '[a].md', true], ['./x/*.md', 'x/a.md', true],
  ] as const) it(`${pattern} ${fits ? 'fits' : 'does not fit'} ${path}`, () => assert.equal(matchesGlob(pattern, path), fits));
  it('can not run away', () => {
    assert.equal(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(900)), false);
    assert.equal(matchesGlob('{a,{b,'.repeat(60), 'a'), false);
    assert.equal(matchesGlob('{a,b,c,d}'.repeat(50), 'a'.repeat(50)), true);
    assert.equal(matchesGlob('{b,c,d,e}'.repeat(50), 'a'.repeat(50)), false);
  });
});

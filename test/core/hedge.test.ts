import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, compilePlan, fixesOf, formatOfPath, lint, parseDocument } from '../../server/src/core/index';
import { baseOf, hedges } from '../../server/src/core/hedge';
import { builtinPacks } from '../../server/src/packs';

const PLAN = compilePlan({}, builtinPacks());
const LEAD = 'Ketamine is an anaesthetic that is also given for depression. ';

/** What the fixes of a sentence's findings make of it: its first line, the lead-in left out. */
function made(sentence: string): string[] {
  const text = LEAD + sentence;
  const result = lint(parseDocument(text, formatOfPath('a.md')!), PLAN);
  return result.findings.filter(({ rule }) => rule !== 'missing-disclosure')
    .flatMap((finding) => fixesOf(finding, result, PLAN)).map(({ edits }) => applyEdits(text, edits).slice(LEAD.length).split('\n')[0]!);
}

const soft = (text: string, words: string, thought = false): string[] => {
  const start = text.indexOf(words);
  return hedges(text, { start, end: start + words.length }, thought).map(({ edits }) => applyEdits(text, edits));
};

describe('fixes of sentences', () => {
  const golden = readFileSync(join(import.meta.dirname, 'fixes.golden.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const by = new Map<string, string[]>();
  for (const line of golden) by.set(line.split(' ⇒ ')[0]!, [...by.get(line.split(' ⇒ ')[0]!) ?? [], line]);

  it('has a golden file of 150 lines at least', () => assert.ok(golden.length >= 150, String(golden.length)));

  for (const [sentence, lines] of by) {
    it(sentence, () => {
      const found = made(sentence);
      for (const line of lines) assert.ok(found.includes(line.split(' ⇒ ')[1]!), `${line}\nmade of it: ${found.join(' | ')}`);
    });
  }

  it('spaces, stops, articles and verbs are in order', () => {
    for (const line of golden) {
      const text = line.split(' ⇒ ')[1]!;
      assert.doesNotMatch(text, / {2}| [.,;:!?]|,,|\.\.|^\s|\s$/, line);
      assert.doesNotMatch(text, /\ba (?:[aeio]\w)|\ban (?!hour|honest|FDA|8)[^aeiou\s"AEIOU]/, line);
      assert.doesNotMatch(text, /\b(?:a|an|the) (?:a|an|the|is|are|and|may|some)\b|\b(?:our|the|three|may|does|can) some\b|\b(?:is|are|to|does|can) may\b|\b(\w+) \1\b/, line);
      assert.doesNotMatch(text, /\bmay (?:not )?(?:\w+ly )?(?:relieves|reduces|improves|helps|is|are|has|eases|lifts|works|restores)\b/, line);
      assert.match(text, /^[A-Z0-9]/, line);
    }
  });
});

describe('softer verbs', () => {
  it('finds the base of a verb', () => {
    assert.deepEqual(['relieves', 'reaches', 'pushes', 'fixes', 'carries', 'plays', 'eases', 'has', 'is', 'goes'].map(baseOf), ['relieve', 'reach', 'push', 'fix', 'carry', 'play', 'ease', 'have', 'be', 'go']);
  });

  it('takes along the verb beside it, and no noun', () => {
    assert.equal(soft('It relieves pain and improves sleep.', 'relieves pain')[0], 'It may relieve pain and improve sleep.');
    assert.equal(soft('It relieves aches, lifts mood and restores sleep.', 'relieves')[0], 'It may relieve aches, lift mood and restore sleep.');
    assert.ok(!soft('It offers significant benefits for people.', 'benefits').some((text) => text.includes('significant may')));
  });

  it('tells a mechanism as what is thought', () => {
    assert.equal(soft('It literally rewires the brain.', 'rewires', true)[0], 'It is thought to rewire the brain.');
  });

  it('leaves questions, quotations and what is soft already', () => {
    assert.deepEqual(soft('Does it relieve pain?', 'relieve'), []);
    assert.deepEqual(soft('"It relieves all pain" is what he said.', 'relieves'), []);
    assert.ok(!soft('It may relieve pain.', 'relieve').some((text) => /may may|may be may/.test(text)));
  });

  it('ends on hostile text', () => {
    for (const text of ['relieves '.repeat(5000), 'people '.repeat(150), 'a'.repeat(1100), 's '.repeat(500), ', relieves'.repeat(100), 'can '.repeat(250)]) hedges(text, { start: 0, end: 5 });
  });
});

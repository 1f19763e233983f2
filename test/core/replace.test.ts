import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, compilePlan, formatOfPath, lint, parseDocument, type Rule } from '../../server/src/core/index';
// The wordings by themselves: whether they heal in a document is tested with the fixes.
import { candidatesOf as fixesOf } from '../../server/src/core/lint';
import { rewordings } from '../../server/src/core/replace';
import { absoluteLanguage } from '../../server/src/core/rules/absolute-language';
import { minimisedRisk } from '../../server/src/core/rules/minimised-risk';
import { promotionalLanguage } from '../../server/src/core/rules/promotional-language';
import { scanText } from '../../server/src/core/rules/wording';
import { builtinPacks } from '../../server/src/packs';

const RULES: readonly Rule[] = [absoluteLanguage, promotionalLanguage, minimisedRisk];
// Taken as about the drug whatever it names: the lines of a language pack name one drug or another.
const PLAN = compilePlan({ anyTopic: true }, builtinPacks());
const WORDINGS = PLAN.packs.flatMap((pack) => pack.wordings);
const FORMAT = formatOfPath('document.txt')!;

const linted = (text: string) => lint(parseDocument(text, FORMAT), PLAN, RULES);

/** What each fix that rewords makes of a text, with the finding that it answers. */
function reworded(text: string) {
  const result = linted(text);
  return result.findings.flatMap((finding) => fixesOf(finding, result, PLAN)
    .filter(({ action }) => action === 'replace')
    .map((fix) => ({ finding, fix, text: applyEdits(text, fix.edits) })));
}

describe('measured replacements', () => {
  const golden = readFileSync(join(import.meta.dirname, 'replace.golden.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));

  it('has a golden file of some length', () => assert.ok(golden.length >= 60));

  for (const line of golden) {
    it(line, () => {
      const [before, after] = line.split(' ⇒ ');
      const made = reworded(before!).map(({ text }) => text);
      assert.ok(made.includes(after!), `made of it: ${made.join(' | ')}`);
    });
  }

  it('the first of a finding is preferred, and all are for the editor to judge', () => {
    const result = linted('Ketamine is a groundbreaking option for depression.');
    const fixes = fixesOf(result.findings[0]!, result, PLAN);
    assert.deepEqual(fixes.map(({ preferred }) => preferred), fixes.map((_, i) => i === 0));
    assert.ok(fixes.every(({ kind }) => kind === 'judgement'));
  });

  // Every sentence that a pack says must be marked, with every wording that is offered for it.
  describe('for each sentence of the packs', () => {
    const lines = [...new Set(WORDINGS.flatMap((wording) => wording.fires))];
    const made = lines.flatMap((line) => reworded(line).map((one) => ({ line, ...one })));

    it('offers many', () => assert.ok(made.length > 250, String(made.length)));

    it('the finding is gone and there is no other', () => {
      for (const { line, finding, text } of made) {
        const before = linted(line).findings;
        const after = linted(text).findings;
        assert.ok(after.length < before.length, `${line} ⇒ ${text}`);
        for (const { rule, data } of after) assert.ok(before.some((one) => one !== finding && one.rule === rule && String(one.data['words']).includes(String(data['words']))), `${line} ⇒ ${text}: ${String(data['words'])}`);
      }
    });

    it('spaces, stops, articles and capitals are in order', () => {
      for (const { line, text } of made) {
        const what = `${line} ⇒ ${text}`;
        assert.doesNotMatch(text, / {2}| [.,;:!?]|,,|, ?\.|^\s|\s$/, what);
        assert.doesNotMatch(text, /\b(?:a [aeio]\w|an (?!hour|honest)[^aeiouAEIOU\s"])/, what);
        assert.doesNotMatch(text, /\b(?:a|an|the) (?:a|an|the|one|is|are|and|may|has)\b|\b(?:is|are) (?:is|are|may|has)\b|\b(\w+) \1\b/, what);
        assert.match(text, /^["#'(]*[A-Z0-9#]/, what);
        assert.doesNotMatch(text, /\b(?:is|are|and|or|a|an|the|of|with)[.!?]$/, what);
      }
    });
  });

  it('every key of a pack is written as it is looked up', () => {
    for (const { id, replace } of WORDINGS) {
      for (const [key, options] of Object.entries(replace)) {
        assert.equal(key, key.toLowerCase(), `${id}: ${key}`);
        assert.ok(options.length > 0, `${id}: ${key}`);
        for (const option of options) assert.doesNotMatch(option.replace(/^\((?:is|have)\) ?/, '').replace(/ ?\((?:noun|verb|modal|end|stop|unit)\)$/, ''), /[()]/, `${id}: ${key}: ${option}`);
      }
    }
  });

  it('gives nothing where a wording would not fit the sentence', () => {
    for (const text of ['The results of ketamine are phenomenal.', 'Ketamine works so remarkably that', 'Ketamine is as powerful as ECT.']) {
      for (const hit of scanText(text, PLAN)) assert.deepEqual(rewordings(text, hit, PLAN), [], text);
    }
  });

  it('keeps to the words where they are broken over lines, and to the format’s escapes', () => {
    const markdown = formatOfPath('document.md')!;
    const text = 'Ketamine is given for depression. Ketamine has minimal\nside effects.';
    const result = lint(parseDocument(text, markdown), PLAN, RULES);
    const [fix] = fixesOf(result.findings[0]!, result, PLAN);
    assert.equal(applyEdits(text, fix!.edits), 'Ketamine is given for depression. Ketamine has side effects such as dissociation, drowsiness, nausea and raised blood pressure.');
  });
});

import assert from 'node:assert/strict';
import { applyEdits, fixesOf } from '../../../server/src/core/index';
import { absoluteLanguage } from '../../../server/src/core/rules/absolute-language';
import { check } from '../../check';

const LEAD = 'Ketamine infusions are offered here for depression. ';
const marks = (text: string, extension?: string) => check(absoluteLanguage, LEAD + text, { extension });

describe('absolute-language', () => {
  for (const { text, extension } of absoluteLanguage.examples) it(text, () => void check(absoluteLanguage, text, { extension }));

  const cases: { readonly [title: string]: readonly string[] } = {
    'marks certainty, permanence, universality and superiority': [
      'Its benefit is «undeniable».', 'It is «clinically proven» to lift mood.', 'It «works for everyone».', 'The relief lasts «forever».',
      'It is «the most effective» choice.', 'Studies have «consistently demonstrated» its effect.', 'Ketamine «never fails».',
    ],
    'marks flat denials of harm, however they are put': [
      'It has «no side effects».', 'You «can\'t get hooked».', 'You «won’t become dependent».', '«Addiction isn’t a concern» here.', 'The «risk is nil».',
      'It «is not addictive».', 'It «doesn’t affect breathing».', 'It is «free from side effects».', 'There is «no danger» to you.', 'It «never causes dependence».',
      '«Non-addictive» ketamine is what we give.', 'Ketamine is «harmless».', 'It has «no interaction» with other medicines.',
    ],
    'tells denials from groups, instructions, comparisons and findings': [
      'People with no history of addiction may be offered ketamine.', 'Do not cause a stir during the ketamine session.', 'It is not as addictive as opioids.',
      'No side effects were seen in the 40 patients given ketamine.', 'Ketamine does not affect breathing as much as morphine does.', 'If you have no side effects, you may leave.',
      'No drug is without risk, and ketamine is no exception.', 'Ketamine is not without side effects.',
    ],
    'leaves negations, lists of them too': [
      'Ketamine is not a cure.', 'It is not a miracle, a cure or a shortcut.', 'Neither drug should be presented as a cure.', 'There is no guarantee that ketamine will help.',
      'Ketamine has not been proven to help anxiety.', 'Nobody can guarantee relief.',
    ],
    'takes “not only” for no negation': ['Ketamine is not only «proven» but quick.'],
    'leaves instructions, questions, conditions and reports': [
      'Always consult a doctor before ketamine.', 'Never drive after ketamine.', 'All patients should be monitored.', 'Does ketamine cure depression?', 'We do not know whether ketamine cures anyone.',
      'I told my sister that ketamine was completely safe.', 'Be wary of clinics that say ketamine cures depression.', 'It is a myth that ketamine has no side effects.',
    ],
    'leaves somebody’s own words, and takes scare quotes': [
      '"Ketamine cured my depression for good," said a patient.', 'She called it "permanent".', 'A “«proven»” drug is not a safe one, and ketamine has a “«permanent»” effect.',
    ],
    'leaves names': ['Ask about the Lumenwell Guarantee before ketamine.', 'In the Cure Alliance trial ketamine was given.'],
    'leaves praise of people, places and other treatments': [
      'We have the best staff, and ketamine is given by nurses.', 'ECT is the most effective treatment there is.',
    ],
    'takes `completely` only with effect, reach or safety': ['Ketamine works completely differently.', 'It «completely relieves» pain.', 'You must be fully awake before you go.'],
  };
  for (const [title, texts] of Object.entries(cases)) it(title, () => texts.forEach((text) => void marks(text)));

  it('marks headings, leads, items and cells', () => {
    void check(absoluteLanguage, '# Ketamine for depression\n\nKetamine infusions are offered here for depression.\n\n## «Permanent» relief with ketamine\n\n**«Proven».** Ketamine lifts mood.\n\n- «Guaranteed» results with ketamine\n');
  });

  it('marks the answer to a question about safety, and no other', () => {
    void marks('\n\n## Is ketamine safe?\n\n«Totally».\n\n## Is it legal?\n\nAbsolutely.\n');
  });

  it('marks the short answer to another drug’s harm', () => void marks('SSRIs can cause weight gain. Ketamine «won’t».'));

  it('reads through markup and entities', () => {
    void check(absoluteLanguage, '<p>Ketamine is given for depression. Ketamine «isn&#39;t physically addictive» and has <b>«no</b> side effects».</p>', { extension: '.html' });
  });

  it('leaves lists of beliefs', () => {
    void marks('\n\n| Belief | Held by |\n| --- | --- |\n| One course of ketamine is permanent | 35% |\n');
    void marks('\n\n## Myths\n\n- Ketamine cures depression\n');
  });

  it('leaves block quotes and reference entries', () => {
    void marks('\n\n> Ketamine cured depression for good.\n\n## References\n\n1. Doe J. Ketamine cures depression. J Test 2019;1:1-2.\n');
  });

  it('stays quiet where the drug is out of scope', () => void check(absoluteLanguage, 'Our mattress cures back pain and is guaranteed for life.'));

  it('says what was seen and offers measured wordings, then the caveat', () => {
    const result = marks('Ketamine «cures» depression.');
    const [finding] = result.findings;
    assert.equal(finding!.severity, 'warning');
    assert.match(finding!.message, /“cures”/);
    const fixes = fixesOf(finding!, result, result.plan);
    assert.deepEqual(fixes.map(({ preferred, kind }) => `${preferred} ${kind}`), ['true judgement', 'false judgement', 'false judgement']);
    assert.equal(fixes[0]!.title, 'Replace “cures” with “may reduce symptoms of”');
    assert.equal(applyEdits(result.text, fixes[0]!.edits), `${LEAD}Ketamine may reduce symptoms of depression.`);
    assert.equal(fixes[2]!.action, 'insert');
    assert.ok(applyEdits(result.text, fixes[2]!.edits).startsWith(`${LEAD}Ketamine may reduce symptoms of depression. `));
  });

  it('puts the caveat on misuse beside the answer to a denial of addiction, before the next sentence', () => {
    const result = marks('It «is not addictive». Call us.');
    const caveat = fixesOf(result.findings[0]!, result, result.plan).find(({ action }) => action === 'insert');
    const text = applyEdits(result.text, caveat!.edits);
    assert.match(text, /It is a controlled substance .*\. Ketamine is .*(?:misused|dependence).*\. Call us\.$/);
  });

  it('offers no wording that would cut through markup', () => {
    const result = marks('It has «no **side** effects».');
    assert.deepEqual(fixesOf(result.findings[0]!, result, result.plan).filter(({ action }) => action === 'replace'), []);
  });
});

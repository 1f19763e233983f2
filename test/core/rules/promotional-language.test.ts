import assert from 'node:assert/strict';
import { applyEdits, fixesOf } from '../../../server/src/core/index';
import { promotionalLanguage } from '../../../server/src/core/rules/promotional-language';
import { check } from '../../check';

const LEAD = 'Ketamine infusions are offered here for depression. ';
const marks = (text: string, extension?: string) => check(promotionalLanguage, LEAD + text, { extension });

describe('promotional-language', () => {
  for (const { text, extension } of promotionalLanguage.examples) it(text, () => void check(promotionalLanguage, text, { extension }));

  const cases: { readonly [title: string]: readonly string[] } = {
    'marks sales wording of each family': [
      'Ketamine is a «revolutionary» drug.', 'Ketamine is a «game-changer».', 'Ketamine can «transform lives».', 'Ketamine «offers hope».', 'It is a «glimmer of hope».',
      'Ketamine is «fertilizer for your brain».', 'Ketamine is «powerful» medicine.', 'Its effects are «profound».', '«Reclaim your life» with ketamine.', 'Three steps to a «new you» with ketamine.',
      'Ketamine does «in 40 minutes what years» of talking could not.', 'Ketamine is a «miracle».', '«Unlock» your mind with ketamine.',
    ],
    'leaves terms of art': [
      'Esketamine received Breakthrough Therapy designation.', 'Ketamine is used for breakthrough pain.', 'Esketamine was studied in TRANSFORM-2.', 'Ketamine is given in life-threatening asthma.',
    ],
    'leaves strong words about risk and identity': [
      'Ketamine can cause profound dissociation.', 'Ketamine is a powerful anaesthetic.', 'It may cause a dramatic rise in blood pressure.', 'Its most dramatic side effect is dissociation.',
    ],
    'leaves praise of people and places': ['Our ketamine clinic has a wonderful team.', 'The ketamine suite has exceptional staff.'],
    'leaves negations, reports and what is taken back': [
      'Ketamine is not a miracle.', 'Ketamine is no magic bullet.', 'Some clinics advertise ketamine as a miracle drug.', 'Ketamine is sometimes called a wonder drug; it is not.',
      'Ketamine should not be sold on false hope.', 'We hope that research on ketamine goes on.',
    ],
    'leaves plain questions and takes offers in the form of one': ['Is ketamine a miracle drug?', 'Ready to «reclaim your life» with ketamine?'],
    'leaves a patient’s own words': ['"It gave me my life back," said one patient of ketamine.', 'One patient called ketamine "miraculous".', 'Ketamine changed my life.'],
    'leaves crisis lines': ['If you are in crisis during ketamine treatment, call the Suicide and Crisis Lifeline.'],
  };
  for (const [title, texts] of Object.entries(cases)) it(title, () => texts.forEach((text) => void marks(text)));

  it('marks headings and hashtags', () => {
    void check(promotionalLanguage, '# «Groundbreaking» ketamine for depression\n\nKetamine infusions are offered here for depression.\n\n#ketamine #«breakthroughtherapy»\n');
  });

  it('leaves scholarly documents', () => {
    void check(promotionalLanguage, `${LEAD}For some patients the change is profound.`, { config: { audience: 'scholarly' } });
    void check(promotionalLanguage, `${LEAD}For some patients the change is «profound».`, { config: { audience: 'clinician' } });
  });

  it('deletes an adjective and mends the article', () => {
    const result = marks('Ketamine is an «incredible» treatment.');
    const [fix] = fixesOf(result.findings[0]!, result, result.plan);
    assert.equal(fix!.title, 'Replace “an incredible” with “a”');
    assert.equal(applyEdits(result.text, fix!.edits), `${LEAD}Ketamine is a treatment.`);
  });

  it('deletes a sentence that says nothing else', () => {
    const result = marks('«Live your best life» with ketamine. Call us.');
    const [fix] = fixesOf(result.findings[0]!, result, result.plan);
    assert.equal(fix!.title, 'Delete the sentence');
    assert.equal(applyEdits(result.text, fix!.edits), `${LEAD}Call us.`);
  });

  it('is information', () => assert.equal(marks('Ketamine is a «miracle».').findings[0]!.severity, 'information'));
});

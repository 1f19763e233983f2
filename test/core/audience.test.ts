import assert from 'node:assert/strict';
import { compilePlan, formatOfPath, lint, parseDocument } from '../../server/src/core/index';
import { builtinPacks } from '../../server/src/packs';

const plan = compilePlan({}, builtinPacks());
const audience = (text: string): string => lint(parseDocument(text, formatOfPath('a.md')!), plan).analysis.audience;

const CLINICAL = 'Ketamine 0.5 mg/kg is given over 40 minutes for depression. Its half-life is about three hours. Titrate with caution and check the ECG.';
const PLAIN = 'Ketamine is used off-label for depression. It is given as a drip over 40 minutes. Your doctor will check your blood pressure and ask about your symptoms.';

describe('audience', () => {
  for (const opening of [
    '# Session 4 handout: ketamine\n\nLecture notes for third-year pharmacy students',
    '# Grand rounds: ketamine for depression', '# Journal club: an esketamine trial', '# Formulary memo: ketamine', '# Ketamine: a CPD module',
    '# Morning report\n\nKetamine for a man with depression', '# Ketamine for nursing students',
  ]) {
    it(`is of clinicians: ${opening.replace(/\s+/g, ' ')}`, () => assert.equal(audience(`${opening}\n\n${CLINICAL}\n`), 'clinician'));
  }

  it('is of clinicians by headings that only their papers have', () => {
    assert.equal(audience(`# Ketamine for depression\n\n## Learning objectives\n\n- Know the doses\n\n## Dosing and administration\n\n${CLINICAL}\n`), 'clinician');
  });

  for (const opening of ['# Ketamine for depression', '# Ketamine: what our protocol means for you', '# A guideline for patients', '# From our journal club: ketamine explained']) {
    it(`is of patients, whom the text speaks to: ${opening}`, () => assert.equal(audience(`${opening}\n\n${PLAIN} Half-life is the time it takes for half of it to go.\n`), 'patient'));
  }

  it('is of scholars by the labels of an abstract', () => {
    const review = '# Ketamine for depression: a review\n\nBackground: Ketamine is used for depression.\n\nMethods: We searched three databases.\n\nResults: Twelve trials were found.\n\nConclusions: More trials are needed.\n';
    assert.equal(audience(review), 'scholarly');
    assert.equal(audience(review.replace('Methods', 'Sleep')), 'patient');
  });
});

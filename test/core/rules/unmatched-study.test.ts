import assert from 'node:assert/strict';
import type { Analysis } from '../../../server/src/core/claims';
import { applyEdits, compilePlan, fixesOf, formatOfPath, parseDocument } from '../../../server/src/core/index';
import { unmatchedStudy } from '../../../server/src/core/rules/unmatched-study';
import { builtinPacks } from '../../../server/src/packs';
import { check } from '../../check';
import { timesAsLong } from '../../ratio';

const LEAD = 'Ketamine infusions are offered here for depression. ';
const marks = (text: string) => check(unmatchedStudy, LEAD + text);

describe('unmatched-study', () => {
  for (const { text, extension } of unmatchedStudy.examples) it(text, () => void check(unmatchedStudy, text, { extension }));

  const cases: { readonly [title: string]: readonly string[] } = {
    'takes a year alone for too little': ['A 2012 study found that ketamine relieves depression.', 'In 2012 researchers tested ketamine.'],
    'knows journals that no pack lists': ['A «2011 trial in the Journal of Rapid Recovery» found that ketamine relieves depression.'],
    'wants year, journal and kind to fit': [
      'A 2017 consensus statement in JAMA Psychiatry advises caution with ketamine.', 'A «2017 trial in JAMA Psychiatry» found that ketamine relieves depression.',
    ],
    'wants the subject to fit': [
      'A 2019 trial of ketamine for treatment-resistant depression in the American Journal of Psychiatry compared it with midazolam.',
      'A «2019 trial of ketamine for migraine in the American Journal of Psychiatry» compared it with placebo.',
    ],
    'wants author and year to fit': ['Zarate et al. (2006) tested ketamine in depression.', '«Zarate and colleagues (1999» tested ketamine in depression.'],
    'takes author and year in brackets': ['Ketamine relieves depression («Quimby, 2014»).', 'Ketamine relieves depression (Spring 2014).'],
    'looks into the document’s own references': [
      'Ketamine relieves depression (Quimby, 2014).\n\n## References\n\n- Quimby A, Doe J. Ketamine and mood. J Test 2014;1:1-2.',
      'Ketamine relieves depression («Quimby, 2015»).\n\n## References\n\n- Quimby A, Doe J. Ketamine and mood. J Test 2014;1:1-2.',
    ],
    'leaves departments and schools alone': ['He joined the School of Medicine in 2015 to study ketamine.'],
  };
  for (const [title, texts] of Object.entries(cases)) it(title, () => texts.forEach((text) => void marks(text)));

  it('asks whether the nearest is meant, and can cite it', () => {
    const result = marks('In a «2012 study in the Archives of General Psychiatry», ketamine relieved treatment-resistant depression.');
    const [finding] = result.findings;
    assert.equal(finding!.data['nearest'], 'zarate2006nmda');
    assert.match(finding!.message, /Is Zarate et al\. 2006 \(Archives of General Psychiatry\) meant\?/);
    const [cite, check] = fixesOf(finding!, result, result.plan, [unmatchedStudy]);
    assert.match(applyEdits(result.text, cite!.edits), /treatment-resistant depression\.\[\^1\]\n\n\[\^1\]: Zarate CA Jr.*doi:10\.1001\/archpsyc\.63\.8\.856\n$/);
    assert.match(applyEdits(result.text, check!.edits), /treatment-resistant depression \[citation needed\]\.$/);
    assert.deepEqual([cite, check].map((fix) => [fix!.kind, fix!.preferred]), [['judgement', true], ['judgement', false]]);
  });

  it('has no nearest where nothing is near', () => {
    const result = marks('A «2011 trial in the Journal of Rapid Recovery» found that ketamine relieves depression.');
    assert.equal(result.findings[0]!.data['nearest'], '');
    assert.match(result.findings[0]!.message, /Which paper is meant\?/);
    assert.equal(fixesOf(result.findings[0]!, result, result.plan, [unmatchedStudy]).length, 1);
  });

  for (const [name, make] of Object.entries({
    words: (size: number) => 'A of '.repeat(size / 5), brackets: (size: number) => '(Aa, '.repeat(size / 5),
    authors: (size: number) => `${'Zed et al. '.repeat(size / 11)}2006`, years: (size: number) => 'study 2006 Journal '.repeat(size / 19),
  })) {
    it(`takes time in proportion to a sentence of ${name}`, () => {
      const plan = compilePlan({}, builtinPacks());
      const context = (text: string) => {
        const document = parseDocument(text, formatOfPath('a.txt')!);
        const analysis: Analysis = { inScope: true, audience: 'patient', personal: false, readings: [], about: document.units.map(() => true), voiced: [], claims: [] };
        return { document, plan, analysis };
      };
      assert.ok(timesAsLong(4, (size) => context(`Ketamine, depression and ${make(size)}`), (given) => [...unmatchedStudy.check(given)]) < 8);
    });
  }
});

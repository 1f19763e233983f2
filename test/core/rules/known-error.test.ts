import assert from 'node:assert/strict';
import { applyEdits, fixesOf } from '../../../server/src/core/index';
import type { Rule } from '../../../server/src/core/index';
import { knownError } from '../../../server/src/core/rules/known-error';
import { check } from '../../check';

const LEAD = 'Ketamine infusions are offered here for depression. ';
const marks = (text: string, extension?: string) => check(knownError, LEAD + text, { extension });

describe('known-error', () => {
  for (const { text, extension } of knownError.examples) it(text, () => void check(knownError, text, { extension }));

  const cases: { readonly [title: string]: readonly string[] } = {
    'is held back by denial in the same clause, before or after': [
      'Ketamine does not bring lasting relief.', 'Preventing suicide has not been shown for ketamine.', 'Nobody gets instant relief from ketamine.',
    ],
    'is held back by a hedge in the same clause only': [
      'Ketamine may bring lasting relief.', 'Ketamine may ease depression, which «saves lives».',
    ],
    'takes facts however they are hedged': ['Ketamine may raise «neurotransmitters such as glutamate and BDNF».'],
    'leaves stated aims, questions and other people’s claims alone': [
      'Our mission is lasting relief with ketamine.', 'Can ketamine bring lasting relief?', 'Some clinics claim that ketamine brings lasting relief.', 'It is a myth that ketamine brings instant relief.',
    ],
    'leaves a term that is named rather than said alone': ['The "success rate" of ketamine is a loose term.'],
    'marks «lasting» without a time, and more than two weeks after one dose': [
      'Ketamine brings «lasting relief».', 'With ketamine, «relief lasts for several months».', 'After ketamine the relief lasts for about 10 days.', 'Heavy use of ketamine does lasting damage to the bladder.',
    ],
    'tells lists of products from lists of routes': [
      'Ketamine is «available in several forms: intravenous, intranasal» and oral spray.', 'Ketamine is given by vein, by mouth or under the tongue.',
    ],
    'marks every sentence in the present tense on the dead': ['«Perry continues» to inspire. «Perry has spoken» of ketamine.'],
    'marks silence on how he died once': ['The story of «Matthew Perry» made ketamine known. Many people liked Matthew Perry.'],
    'is content where the text says how he died': ['The story of Matthew Perry made ketamine known. He died of its acute effects.'],
    'leaves a reference entry alone': ['It is used off-label.\n\n## References\n\n1. Doe J. Ketamine brings lasting relief. J Test 2019;1:1-2.'],
  };
  for (const [title, texts] of Object.entries(cases)) it(title, () => texts.forEach((text) => void marks(text)));

  it('marks headings', () => void check(knownError, '# Ketamine for depression\n\nKetamine infusions are offered here for depression.\n\n## «Lasting results» with ketamine\n\nSix visits.'));

  it('stays quiet where the drug is out of scope', () => void check(knownError, 'Our new mattress brings lasting relief from back pain.'));

  it('gives the correction, its id and its sources', () => {
    const [finding] = marks('It raises «neurotransmitters such as glutamate and BDNF».').findings;
    assert.match(finding!.message, /neurotrophic factor/);
    assert.equal(finding!.data['error'], 'E01');
    assert.equal(finding!.severity, 'error');
    assert.ok((finding!.data['sources'] as string[]).length > 0);
  });

  it('replaces only where the pack has a wording, and keeps the capital', () => {
    const result = marks('«Lasting relief» comes with ketamine. Ketamine «saves lives».');
    const [lasting, saves] = result.findings.map((finding) => fixesOf(finding, result, result.plan, [knownError]));
    assert.deepEqual(lasting!.map(({ preferred }) => preferred), [true, false]);
    assert.equal(lasting![0]!.kind, 'judgement');
    assert.equal(applyEdits(result.text, lasting![0]!.edits).slice(LEAD.length), 'Short-term relief that may need repeat treatment comes with ketamine. Ketamine saves lives.');
    assert.deepEqual(saves, []);
  });

  it('yields where another rule marks the same words, and not where that rule marks other words', () => {
    const other = (word: string): Rule => ({
      ...knownError, id: 'other', yields: false,
      *check({ document }) { const start = document.text.indexOf(word); yield { span: { start, end: start + word.length }, message: word }; },
    });
    const covered = check([knownError, other('relief')], `${LEAD}Ketamine brings lasting «relief».`);
    assert.deepEqual(covered.findings.map(({ rule }) => rule), ['other']);
    const apart = check([knownError, other('brings')], `${LEAD}Ketamine «brings» «lasting relief».`);
    assert.deepEqual(apart.findings.map(({ rule }) => rule), ['other', 'known-error']);
  });
});

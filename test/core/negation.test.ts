import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isNegated, negatedParts } from '../../server/src/core/negation';
import { timesAsLong } from '../ratio';
import first from './cases/sentences-negation.json';

const judged = (text: string, word: string): boolean => {
  const start = text.indexOf(word);
  assert.ok(start >= 0, `“${word}” is not in “${text}”`);
  return isNegated(text, { start, end: start + word.length });
};

/** Sentences with the word that is asked about between angle brackets. */
const DENIED = [
  'The treatment does not <work> for everybody.',
  'Nobody is <cured> by a single visit.',
  'The benefit of exercise for asthma has not been <proven>.',
  'The <benefit> of exercise for asthma has not been proven.',
  'A <cure> is still far away and remains unlikely.',
  'That coffee <protects> the heart is a myth.',
  'It is doubtful that vitamins <prevent> colds.',
  'The trial was unable to <show> a difference.',
  'Tea is not a miracle, a <cure> or a fix.',
  'The tablets do not, in most cases, <stop> the pain.',
  'No one knows if the gain <lasts>.',
  'It is too early to say that it <works>.',
  'The drug is not safe or <effective> in children.',
  'There is insufficient evidence that it <reverses> the damage.',
  'She left without <relief>.',
];
const ASSERTED = [
  'Without treatment, the pain <returns>.',
  'There is no doubt that it <works>.',
  'It never fails to <lift> her mood.',
  'Not surprisingly, the pain <eased>.',
  'Nothing short of <miraculous>.',
  'Adults who had never smoked <lived> longer.',
  'The cause is unknown, but the cream <helps>.',
  'Because it does not sedate, it <improves> alertness.',
  'The tablets did not help and so she <tried> yoga.',
  'Experts cannot deny that it <helps>.',
  'The drug <relieves> pain rather than swelling.',
  'It <works>, though nobody knows why.',
  'No side effects were seen; sleep <improved>.',
  'People without insurance may <benefit> too.',
  'The method is not only cheap but also <safe>.',
];

describe('negation', () => {
  const cases = first.posNegation.flatMap((one) => one.kind === 'negation' ? [one as { readonly id: string; readonly text: string; readonly word: string; readonly negated: boolean }] : []);

  it('judges at least 36 of the 38 hard cases', () => {
    assert.equal(cases.length, 38);
    const missed = cases.filter(({ text, word, negated }) => judged(text, word) !== negated);
    assert.ok(missed.length <= 2, `missed ${missed.map(({ id }) => id).join(', ')}`);
  });

  for (const [list, negated] of [[DENIED, true], [ASSERTED, false]] as const) {
    for (const marked of list) {
      it(`${negated ? 'denied' : 'asserted'}: ${marked}`, () => {
        const word = /<(.*)>/.exec(marked)![1]!;
        const start = marked.indexOf('<');
        assert.equal(isNegated(marked.replace(/[<>]/g, ''), { start, end: start + word.length }), negated);
      });
    }
  }

  it('gives parts within any text', () => {
    const word = fc.constantFrom('not', "isn't", 'who', 'did', 'no', 'without', 'non-', 'cure', ',', 'or', '.', ' ', 'improved', 'unclear', 'is', 'far from', '😀', '’');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(word).map((words) => words.join(' '))), (text) => {
      for (const { start, end } of negatedParts(text)) assert.ok(start >= 0 && start < end && end <= text.length);
    }));
  });

  for (const unit of ['not ', 'n\'t, or ', 'who did not ', 'is unclear ', 'word ', ', a cure', 'non-', 'no doubt ']) {
    it(`takes time in proportion to the text: ${unit}`, () => {
      const times = timesAsLong(4, (size) => unit.repeat(Math.ceil(size / unit.length)), negatedParts);
      assert.ok(times < 10, String(times));
    });
  }
});

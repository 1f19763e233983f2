import assert from 'node:assert/strict';
import { f1 } from '../gold/score';
import { compilePlan, lint, parseDocument } from '../../server/src/core/index';
import { text as plainText } from '../../server/src/core/formats/text';
import { read } from '../../server/src/core/reading';
import { strengthOf, type Strength } from '../../server/src/core/strength';
import { builtinPacks } from '../../server/src/packs';
import { timesAsLong } from '../ratio';
import sets from './cases/strength.json';

const plan = compilePlan({ anyTopic: true }, builtinPacks());
const judge = (sentence: string): Strength => strengthOf(read(sentence, plan));
const STRENGTHS: readonly Strength[] = ['none', 'association', 'conditional', 'direct'];

/** Of all claims of a line, the strongest: what `caveat claims --lines --any-topic` says of it. */
const listed = (sentence: string): Strength => lint(parseDocument(sentence, plainText), plan, []).analysis.claims
  .reduce<Strength>((best, { strength }) => (STRENGTHS.indexOf(strength) > STRENGTHS.indexOf(best) ? strength : best), 'none');

describe('strength', () => {
  for (const [name, set] of Object.entries(sets)) {
    const cases = STRENGTHS.flatMap((want) => set[want].map((sentence) => ({ sentence, want, got: judge(sentence) })));

    it(`is right for nine in ten of the ${cases.length} sentences of the ${name} set`, () => {
      const wrong = cases.filter(({ want, got }) => want !== got);
      assert.ok(wrong.length * 10 <= cases.length, wrong.map(({ sentence, want, got }) => `${sentence} ${want}, not ${got}`).join('\n'));
    });

    it(`finds direct ties in the ${name} set: F1 of at least 0.9`, () => {
      const count = { tp: 0, fp: 0, fn: 0 };
      for (const { want, got } of cases) {
        if (got === 'direct') count[want === 'direct' ? 'tp' : 'fp']++;
        else if (want === 'direct') count.fn++;
      }
      assert.ok(f1(count) >= 0.9, String(f1(count)));
    });

    it(`is what the claims of a line say in the ${name} set`, () => {
      const differ = cases.filter(({ sentence, got }) => listed(sentence) !== got);
      assert.deepEqual(differ.map(({ sentence, got }) => `${sentence}: ${got}, listed ${listed(sentence)}`), []);
    });
  }

  it('takes what is denied, asked or planned for none', () => {
    for (const sentence of ['Coffee does not lower the risk.', 'There is no evidence that coffee lowers the risk.', 'Does coffee lower the risk?', 'We tested whether coffee lowers the risk.']) assert.equal(judge(sentence), 'none', sentence);
  });

  it('takes a figure or a word of correlation with a hedge for no more than an association', () => {
    assert.equal(judge('Coffee may be linked to lower risk.'), 'association');
  });

  for (const unit of ['reduces ', 'may reduce the risk, ', 'people who had ', 'higher a b ', 'associated with ', 'an effective effect on ', 'the more a ', '😀', 'not, or ']) {
    it(`takes time in proportion to the text: ${unit}`, () => {
      const times = timesAsLong(4, (size) => {
        const text = unit.repeat(Math.ceil(size / unit.length));
        return { ...read('', plan), text, clauses: [{ start: 0, end: text.length }] };
      }, strengthOf);
      assert.ok(times < 10, String(times));
    });
  }
});

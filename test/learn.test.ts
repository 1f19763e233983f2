// The second reader: its weights are those of the labelled articles, and it helps with authors it has not read.
import assert from 'node:assert/strict';
import learnt from '../server/src/core/secondreader.json';
import { compilePlan, formatOfPath, lint, parseDocument } from '../server/src/core/index';
import { builtinPacks } from '../server/src/packs';
import type { Count } from './gold/score';
import { digestOf, labelledRows, leftOut } from './learn';

/** Authors whose misses nobody has looked at: no rule was made by them. */
const UNSEEN = ['columns', 'papers', 'press', 'services'];

describe('second reader', function suite() {
  this.timeout(180_000);
  const rows = labelledRows();

  it('has learnt from the labelled articles and sentences as they are (npm run learn)', () => assert.equal(learnt.from, digestOf(rows)));

  it('finds more of what authors say whom it has not read, and marks less that is none', () => {
    const scores = leftOut(rows, UNSEEN, 1);
    const sumOf = (counts: Iterable<Count>) => [...counts].reduce((sum, { tp, fp, fn }) => ({ tp: sum.tp + tp, wrong: sum.wrong + fp + fn }), { tp: 0, wrong: 0 });
    const sum = { alone: sumOf(scores.alone.values()), together: sumOf(scores.together.values()) };
    assert.ok(sum.together.tp > sum.alone.tp && sum.together.wrong < sum.alone.wrong, JSON.stringify(sum));
  });

  it('speaks of the drug’s claims only, never in a caveat of a pack, and can be left out', () => {
    const marks = (text: string, likely = true): number => {
      const plan = compilePlan({ likely, rules: { 'missing-disclosure': 'off', 'unbalanced-benefit': 'off' } }, builtinPacks());
      const { findings } = lint(parseDocument(text, formatOfPath('a.md')!), plan);
      return findings.filter(({ rule }) => rule === 'missing-citation').length;
    };
    const about = '# About ketamine\n\nSome clinics give ketamine to people with depression.\n\n';
    for (const { caveat } of builtinPacks().flatMap((pack) => pack.disclosures)) assert.equal(marks(`${about}${caveat.us}\n`), marks(`${about}${caveat.us}\n`, false), caveat.us);
    assert.equal(marks(`${about}Call us to book a visit. Parking is behind the building.\n`), 0);
  });
});

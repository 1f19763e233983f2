import { ok } from 'node:assert/strict';
import { evaluateCitations } from './cite-eval/cite-eval';

describe('suggestions to cite', () => {
  it('have what an editor would choose among the first three for 24 of 30 claims', () => {
    const outcomes = evaluateCitations();
    ok(outcomes.length >= 30);
    const right = outcomes.filter((one) => one.right).length;
    ok(right >= 24, `${right} of ${outcomes.length}; missed: ${outcomes.filter((one) => !one.right).map(({ claim }) => claim).join(' · ')}`);
  });
});

// What is a claim and what is not, sentence by sentence: each stands alone in a text on the treatment.
import assert from 'node:assert/strict';
import { compilePlan, formatOfPath, lint, parseDocument } from '../../server/src/core/index';
import { missingCitation } from '../../server/src/core/rules/missing-citation';
import { builtinPacks } from '../../server/src/packs';
import cases from './cases/claims.json';

/** The claim model alone: what the second reader makes of a sentence hangs on all that it has read. */
const PLAN = compilePlan({ likely: false }, builtinPacks());
const BEFORE = '# About ketamine\n\nSome clinics give ketamine to people with depression.\n\n';

const isClaim = (sentence: string): boolean => {
  const { findings, faults } = lint(parseDocument(`${BEFORE}${sentence}\n`, formatOfPath('document.md')!), PLAN, [missingCitation]);
  assert.deepEqual(faults, []);
  return findings.length > 0;
};

describe('claims', () => {
  it('has no sentence that makes one before those that are tried', () => assert.equal(isClaim('Call us.'), false));

  for (const { about, claims, quiet } of cases) {
    it(about, () => {
      assert.deepEqual({ missed: claims.filter((sentence) => !isClaim(sentence)), alarms: quiet.filter(isClaim) }, { missed: [], alarms: [] });
    });
  }
});

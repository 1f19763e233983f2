// Holds the figures that were reached on the labelled articles (test/gold/floors.json).
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../server/src/core/index';
import { evaluateGold, type Evaluated } from './eval';
import { f1, score, total, type Gold } from './gold/score';

const GOLD = join(import.meta.dirname, 'gold');
/** The least F1 by rule; `all` is all rules together. */
const floors = JSON.parse(readFileSync(join(GOLD, 'floors.json'), 'utf8')) as { readonly [rule: string]: number };

describe('agreement with the editors', () => {
  let documents: Evaluated[];
  before(function () {
    this.timeout(120_000);
    documents = evaluateGold();
  });

  it('is looked for in every labelled article', () => {
    assert.equal(documents.length, readdirSync(join(GOLD, 'labels')).length);
    assert.ok(documents.length >= 32);
    assert.deepEqual(documents.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`)), []);
  });

  it('has a floor for all rules together, and for no rule that is not there', () => {
    assert.ok(floors['all']! > 0);
    const known = ['all', ...RULES.map(({ id }) => id)];
    assert.deepEqual(Object.keys(floors).filter((rule) => !known.includes(rule)), []);
  });

  for (const [rule, floor] of Object.entries(floors)) {
    it(`${rule}: F1 of at least ${floor.toFixed(2)}`, () => {
      const reached = f1(total(documents).get(rule)!);
      assert.ok(reached >= floor, `F1 ${reached.toFixed(3)}; see npm run eval -- --misses --rule ${rule}`);
    });
  }
});

describe('scoring', () => {
  const text = 'One. Two two. Three.';
  const gold: Gold = {
    sha256: '', scope: true, audience: 'patient', units: [[0, 4], [5, 13], [14, 20]], needed: ['consult', 'misuse', 'driving'], present: ['misuse'], unsure: ['crisis'],
    labels: [
      { rule: 'missing-citation', unit: [5, 13], span: [5, 8] },
      { rule: 'absolute-language', unit: [5, 13], span: [5, 8] },
      { rule: 'known-error', unit: [14, 20], optional: true },
    ],
  };
  const found = (rule: string, start: number, end: number, data = {}) => ({ rule, severity: 'warning', span: { start, end }, message: '', related: [], data } as const);
  const counts = (...findings: ReturnType<typeof found>[]) => Object.fromEntries([...score(text, gold, findings).counts].filter(([, { tp, fp, fn }]) => tp + fp + fn > 0).map(([rule, { tp, fp, fn }]) => [rule, `${tp} ${fp} ${fn}`]));

  it('matches claims by their unit and wordings by their words', () => {
    assert.deepEqual(counts(found('missing-citation', 9, 12), found('absolute-language', 9, 12)),
      { 'missing-citation': '1 0 0', 'absolute-language': '0 1 1', 'missing-disclosure': '0 0 2' });
  });

  it('counts two marks in one unit once, what is optional not at all, and what nobody labelled not at all', () => {
    assert.deepEqual(counts(found('missing-citation', 0, 1), found('missing-citation', 2, 3), found('known-error', 14, 15), found('absolute-language', 4, 5)),
      { 'missing-citation': '0 1 1', 'absolute-language': '0 0 1', 'missing-disclosure': '0 0 2' });
  });

  it('compares disclosures by their ids', () => {
    assert.deepEqual(counts(found('missing-disclosure', 0, 1, { missing: ['consult', 'crisis', 'urinary'] }))['missing-disclosure'], '1 1 1');
  });
});

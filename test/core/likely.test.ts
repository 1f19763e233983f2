// What the second reader adds: marked as likely, never more than information, and left out where the configuration says so.
import assert from 'node:assert/strict';
import { compilePlan, formatOfPath, lint, parseDocument } from '../../server/src/core/index';
import { candidatesOf } from '../../server/src/core/lint';
import type { Pack } from '../../server/src/core/pack';
import type { Rule } from '../../server/src/core/rules/rule';
import { SecondReader, type Learnt } from '../../server/src/core/secondreader';
import learnt from '../../server/src/core/secondreader.json';
import { builtinPacks } from '../../server/src/packs';

const PACKS = builtinPacks();
const LEARNT = learnt as Learnt;
const FORMAT = formatOfPath('a.md')!;
const ABOUT = '# Ketamine at our clinic\n\nKetamine infusions are offered here for depression, PTSD and nerve pain.\n\n';
const read = (text: string, config = {}, packs: readonly Pack[] = PACKS, rules?: readonly Rule[]) => lint(parseDocument(`${ABOUT}${text}\n`, FORMAT), compilePlan(config, packs), rules);
const missing = (text: string, config = {}, packs = PACKS): string[] => read(`Ketamine relieves depression within hours. ${text}`, config, packs).findings.filter(({ rule }) => rule === 'missing-disclosure').flatMap(({ data }) => data['missing'] as string[]);

/** What no list of words has, by the rule that it reads like. */
const SAID: { readonly [rule: string]: string } = {
  'missing-citation': 'A single weekend can undo a decade of burnout.',
  'overstated-evidence': 'Stump pain after amputation often melts away during the drip itself.',
};

describe('second reader at work', () => {
  for (const [rule, text] of Object.entries(SAID)) {
    it(`marks as likely what reads like ${rule}, and not where it is left out`, () => {
      const found = read(text).findings.filter((finding) => finding.rule === rule);
      assert.equal(found.length, 1);
      assert.deepEqual([found[0]!.severity, found[0]!.data['likely']], ['information', true]);
      assert.match(found[0]!.message, /^“.*” reads /);
      assert.deepEqual(read(text, { likely: false }).findings.filter((finding) => finding.rule === rule), []);
    });

    it(`makes no error of what only reads like ${rule}`, () => {
      const severities = (level: string) => read(text, { rules: { [rule]: level } }).findings.filter((finding) => finding.rule === rule).map(({ severity }) => severity);
      assert.deepEqual(severities('error'), ['information']);
      assert.deepEqual(severities('hint'), ['hint']);
      assert.deepEqual(severities('off'), []);
    });
  }

  it('takes a disclosure for made in words that the pack has not', () => {
    for (const [id, text] of [['driving', "You won't be fit to be behind a wheel until you have slept."], ['blood-pressure', 'Your heart may thump and your pressure goes up for an hour.']] as const) {
      assert.ok(missing(text, { likely: false }).includes(id), `${id}: the pack knows it by now; write it in other words`);
      assert.ok(!missing(text).includes(id), id);
    }
    assert.ok(missing('Parking is behind the building.').includes('driving'));
  });

  it('takes a caveat of the pack for what its own phrases say', () => {
    for (const { id, caveat } of PACKS.flatMap((pack) => pack.disclosures)) for (const text of [caveat.us, caveat.uk]) assert.deepEqual(missing(text), missing(text, { likely: false }), `${id}: ${text}`);
  });

  it('knows the entries of the packs that it has learnt, and no others of their names', () => {
    const text = 'Your heart may thump and your pressure goes up for an hour.';
    const other = PACKS.map((pack) => (pack.id === 'ketamine' ? { ...pack, id: 'house' } : pack));
    assert.ok(!missing(text).includes('blood-pressure'));
    assert.ok(missing(text, {}, other).includes('blood-pressure'));
  });

  it('says nothing on other topics, and nothing of what stands in quotation marks', () => {
    const { findings } = lint(parseDocument('# Our garden\n\nA single weekend can undo a decade of neglect.\n', FORMAT), compilePlan({}, PACKS));
    assert.deepEqual(findings, []);
    assert.deepEqual(read(`"${SAID['missing-citation']!}"`).findings.filter(({ rule }) => rule === 'missing-citation'), []);
  });

  it('leaves the sentence that it is not sure of as it is', () => {
    const text = 'Our lozenges have the full backing of the regulator for low mood, and we check your heart first.';
    const result = read(text);
    const likely = result.findings.filter(({ data }) => data['likely']);
    assert.ok(likely.length > 0);
    for (const finding of likely) {
      for (const { edits } of candidatesOf(finding, result, compilePlan({}, PACKS))) for (const { span } of edits) assert.ok(span.end - span.start < text.length / 2, `${finding.rule} would replace “${result.document.text.slice(span.start, span.end)}”`);
    }
  });

  it('is a fault of its rule where it fails, and the other rules go on', () => {
    const broken: Rule = { id: 'missing-citation', title: '', why: '', basis: '', severity: 'warning', *check() { /* marks nothing */ }, examples: [], likely: { message: 'reads.', unless: () => { throw new Error('on purpose'); } } };
    assert.deepEqual(read(SAID['missing-citation']!, {}, PACKS, [broken]).faults, [{ where: 'missing-citation', message: 'Error: on purpose' }]);
  });

  it('takes time in proportion to the text', () => {
    const time = (n: number): number => {
      const document = parseDocument(ABOUT + `${Object.values(SAID).join(' ')} I came in on three prescriptions and flew home on none, said guest ${n}.\n\n`.repeat(n), FORMAT);
      const plan = compilePlan({}, PACKS, new SecondReader(LEARNT)); // one that has met nothing
      const began = performance.now();
      lint(document, plan);
      return performance.now() - began;
    };
    time(100);
    const [short, long] = [Math.min(time(500), time(500)), Math.min(time(4000), time(4000))];
    assert.ok(long < 24 * Math.max(short, 5), `${short} ms, eight times as long ${long} ms`);
  });
});

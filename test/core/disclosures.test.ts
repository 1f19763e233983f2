import assert from 'node:assert/strict';
import { compilePlan, formatOfPath, lint, parseDocument, type Config } from '../../server/src/core/index';
import { disclosuresOf, missingDisclosures } from '../../server/src/core/disclosures';
import { testPack } from '../../server/src/core/packtest';
import { builtinPacks } from '../../server/src/packs';

const packs = builtinPacks();
const plan = compilePlan({}, packs);
const CLAIM = 'Ketamine relieves depression within hours.';

function statesOf(text: string, extension = '.md', config?: Config) {
  const document = parseDocument(text, formatOfPath(`a${extension}`)!);
  const used = config ? compilePlan(config, packs) : plan;
  return disclosuresOf(document, lint(document, used, []).analysis, used);
}
const state = (text: string, id: string, extension?: string) => statesOf(text, extension).find(({ disclosure }) => disclosure.id === id)!;
/** What satisfies a disclosure in a text with a claim; undefined where nothing does. */
function place(body: string, id: string, extension?: string): string | undefined {
  const text = `${CLAIM}\n\n${body}`;
  const found = state(text, id, extension).place;
  return found && text.slice(found.span.start, found.span.end);
}
const needed = (body: string, id: string, extension?: string) => state(`${CLAIM}\n\n${body}`, id, extension).needed;

describe('disclosures', () => {
  it('the entries of the pack fire and stay quiet on their own lines', () => {
    for (const pack of packs) {
      const ids = new Set(pack.disclosures.map(({ id }) => id));
      assert.deepEqual(testPack({ ...pack, errors: [], wordings: [] }).failures.filter(({ entry }) => ids.has(entry)), []);
    }
  });

  it('a call is one of the pack’s words', () => {
    for (const { call, trigger } of packs.flatMap((pack) => pack.disclosures)) if (call) assert.ok(trigger.length > 0);
  });

  describe('a statement', () => {
    it('has its exact place', () => {
      assert.equal(place('It can *raise* your blood pressure a bit.', 'blood-pressure'), 'raise* your blood pressure');
      assert.equal(place('Some people see colours.\n', 'dissociation', '.html'), 'see colours');
    });

    it('is not a heading, a question, a reference or a lead of one word', () => {
      for (const body of ['## Misuse and dependence on it', 'Can it be misused?', '**Misuse**', '## References\n\n1. Morgan CJ, Curran HV. Ketamine use: abuse, dependence and misuse. Addiction 2012;107:27-38.']) {
        assert.equal(place(body, 'misuse'), undefined, body);
      }
      assert.equal(place('Ketamine can be misused.', 'misuse'), 'misused');
    });

    it('counts in a list by what leads to it', () => {
      assert.ok(place('Side effects include:\n\n- nausea\n- blood pressure\n- headache', 'blood-pressure'));
      assert.equal(place('Before the drip we check:\n\n- weight\n- blood pressure\n- pulse', 'blood-pressure'), undefined);
      assert.equal(place("We can't treat you if you have:\n\n- hypertension\n- a bad heart", 'blood-pressure'), undefined);
      assert.ok(place("We can't treat you if you have:\n\n- a bad heart", 'contraindications'));
    });

    it('counts in a table by its heads', () => {
      assert.ok(place('| Drug | Side effects |\n| --- | --- |\n| Ketamine | nausea, blood pressure |', 'blood-pressure'));
      assert.equal(place('| Drug | We check |\n| --- | --- |\n| Ketamine | weight, blood pressure |', 'blood-pressure'), undefined);
    });

    it('is not its denial', () => {
      assert.equal(place('There are no bladder problems.', 'urinary'), undefined);
      assert.equal(place('You take it without medical supervision.', 'supervision'), undefined);
      assert.equal(place('There is no sedation.', 'dissociation'), undefined);
    });

    it('is taken back by a denial elsewhere, but not by one that is quoted', () => {
      const body = 'Ketamine can be misused.';
      assert.equal(place(`${body} You can't get hooked.`, 'misuse'), undefined);
      assert.equal(place(`Ketamine is non-addictive.\n\n${body}`, 'misuse'), undefined);
      assert.ok(place(`> Ketamine is non-addictive.\n\n${body}`, 'misuse'));
      assert.ok(place(`${body}\n\n## It is not addictive\n\nSo it is said.`, 'misuse'));
    });

    it('is not a contraindication, monitoring or a legal class alone', () => {
      assert.equal(place('People with uncontrolled high blood pressure are excluded.', 'blood-pressure'), undefined);
      assert.equal(place('We check your blood pressure every ten minutes.', 'blood-pressure'), undefined);
      assert.equal(place('Ketamine is a Schedule III controlled substance and a club drug.', 'misuse'), undefined);
    });

    it('of no certainty is about the benefit, not the mechanism or a side effect', () => {
      assert.equal(place('More research is needed to understand its mechanism.', 'uncertainty'), undefined);
      assert.equal(place('These effects wear off within two hours.', 'uncertainty'), undefined);
      for (const body of ['The lift fades after a week or so.', 'Nobody has followed these patients for five years.', 'The trials were small.', 'You may need a booster.', "It doesn't work for everyone."]) assert.ok(place(body, 'uncertainty'), body);
    });
  });

  describe('needed', () => {
    it('none without a claim of benefit', () => {
      assert.ok(statesOf('Ketamine is an anaesthetic that some people take for depression.').every((one) => !one.needed));
      assert.deepEqual(missingDisclosures(statesOf('')), []);
    });

    it('off-label where ketamine is discussed, not esketamine alone', () => {
      assert.ok(needed('', 'off-label'));
      const text = '# Spravato\n\nEsketamine (Spravato) relieves depression within hours. It is related to ketamine.';
      assert.ok(!state(text, 'off-label').needed);
      assert.ok(state(text, 'esketamine').needed);
    });

    it('esketamine where it is discussed beyond naming it', () => {
      assert.ok(!needed('A related spray, esketamine, is sold too.', 'esketamine'));
      assert.ok(needed('## Esketamine\n\nIt is a spray.', 'esketamine'));
      assert.ok(needed('Then there is esketamine. It is a spray. Two doses a week are given. The price is high.', 'esketamine'));
    });

    it('a crisis line where suicide is spoken of', () => {
      assert.ok(!needed('', 'crisis'));
      assert.ok(needed('Some patients on ketamine have suicidal thoughts.', 'crisis'));
    });

    it('home use where it is offered, not where it is warned of', () => {
      for (const body of ['We ship ketamine lozenges to your home.', 'Our lozenges cost $99 a month.']) assert.ok(needed(body, 'at-home'), body);
      for (const body of ['We never prescribe take-home lozenges.', 'The danger of home use is real.', 'Can I take lozenges at home?', 'It comes as an infusion, a spray and a lozenge.']) assert.ok(!needed(body, 'at-home'), body);
    });

    it('by audience and configuration', () => {
      const ids = (config: Config) => statesOf(CLAIM, '.md', config).filter((one) => one.needed).map(({ disclosure }) => disclosure.id);
      assert.ok(!ids({ audience: 'scholarly' }).includes('consult'));
      assert.ok(ids({ audience: 'scholarly', disclosures: { require: ['consult'] } }).includes('consult'));
      assert.ok(!ids({ disclosures: { ignore: ['misuse'] } }).includes('misuse'));
      assert.equal(statesOf(CLAIM, '.md', { disclosures: { require: ['urinary'] } }).find(({ disclosure }) => disclosure.id === 'urinary')!.level, 'required');
    });

    it('a standard caveat calls for nothing else', () => {
      for (const { caveat } of packs.flatMap((pack) => pack.disclosures)) {
        for (const text of [caveat.us, caveat.uk]) for (const id of ['crisis', 'esketamine', 'at-home']) assert.ok(!needed(text, id), `${id}: ${text}`);
      }
    });
  });
});

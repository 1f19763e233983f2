import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, compilePlan, fixesOf, formatOfPath, lint, parseDocument, RULES, type Config, type Finding, type LintResult } from '../../../server/src/core/index';
import { disclosuresOf } from '../../../server/src/core/disclosures';
import { missingDisclosure } from '../../../server/src/core/rules/missing-disclosure';
import { builtinPacks } from '../../../server/src/packs';

const packs = builtinPacks();
const planOf = (config: Config = {}) => compilePlan(config, packs);
const plans = { us: planOf({ region: 'us' }), uk: planOf({ region: 'uk' }) };
const read = (text: string, path: string, plan = plans.us, rules = RULES): LintResult => lint(parseDocument(text, formatOfPath(path)!), plan, rules);
const missing = (result: LintResult): string[] => result.findings.filter(({ rule }) => rule === missingDisclosure.id).flatMap(({ data }) => data['missing'] as string[]);
const own = (result: LintResult): Finding[] => result.findings.filter(({ rule }) => rule === missingDisclosure.id);
const CLAIM = 'Ketamine relieves depression within hours.';

/** Findings of other rules, by what they mark. */
const others = (result: LintResult): string[] => result.findings.filter(({ rule }) => rule !== missingDisclosure.id)
  .map(({ rule, span }) => `${rule}: ${result.document.text.slice(span.start, span.end)}`).sort();

/** For each format a text with a section on risk, one with references only, and one with neither. */
const TEXTS: { readonly [extension: string]: readonly (readonly [text: string, before: RegExp | undefined, after: RegExp | undefined])[] } = {
  '.md': [
    [`# Ketamine for depression\n\n${CLAIM}\n\n## Risks\n\n- Nausea is common.\n\n## Prices\n\nAsk us.\n`, /## Prices/, /Nausea is common\./],
    [`# Ketamine for depression\n\n## What it does\n\n${CLAIM}[^1]\n\n## References\n\n1. Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-864.\n\n[^1]: A note.\n`, /## References/, /within hours/],
    [`# Ketamine for depression\n\n${CLAIM}[^1]\n\n[^1]: A note about it.\n`, /\[\^1\]: A/, /within hours/],
    [`${CLAIM}`, undefined, /within hours/],
  ],
  '.mdx': [
    [`import Box from './box';\n\n# Ketamine for depression\n\n${CLAIM}\n\n<Box>\n\n## Side effects\n\nNausea is common.\n\n</Box>\n\n## Prices\n\nAsk us.\n`, /## Prices/, /Nausea is common\./],
    [`# Ketamine for depression\n\n${CLAIM}\n\n## Sources\n\n- A book\n`, /## Sources/, /within hours/],
    [`---\ntitle: Ketamine\n---\n\n${CLAIM}\n`, undefined, /within hours/],
  ],
  '.html': [
    [`<!DOCTYPE html>\n<html>\n<body>\n  <main>\n    <h1>Ketamine for depression</h1>\n    <p>${CLAIM}</p>\n    <section>\n      <h2>Is it safe? The risks</h2>\n      <ul>\n        <li>Nausea is common.</li>\n      </ul>\n    </section>\n    <section>\n      <h2>Prices</h2>\n      <p>Ask us.</p>\n    </section>\n  </main>\n</body>\n</html>\n`, /<\/section>\s*<section>\s*<h2>Prices/, /<\/ul>/],
    [`<body>\n<h1>Ketamine for depression</h1>\n<h2>What it does</h2>\n<p>${CLAIM}</p>\n<section>\n<h2>References</h2>\n<ol><li>Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-864.</li></ol>\n</section>\n</body>\n`, /<section>\s*<h2>References/, /within hours/],
    [`<body>\n<main>\n<!-- not </main> yet -->\n<p>${CLAIM}</p>\n</main>\n<footer>Tel. 1</footer>\n</body>\n`, /<\/main>\s*<footer/, /within hours/],
    [`<p>${CLAIM}</p>`, undefined, /within hours/],
  ],
  '.txt': [
    [`KETAMINE FOR DEPRESSION\n\n${CLAIM}\n\nRISKS\n\nNausea is common.\n\nPRICES\n\nAsk us.\n`, /PRICES/, /Nausea is common\./],
    [`${CLAIM}\n`, undefined, /within hours/],
  ],
  '.tex': [
    [`\\documentclass{article}\n\\begin{document}\n\\section{Effects}\n${CLAIM}\n\n\\section{Safety}\nNausea is common.\n\n\\section{Prices}\nAsk us.\n\\end{document}\n`, /\\section\{Prices\}/, /Nausea is common\./],
    [`\\documentclass{article}\n\\begin{document}\n\\section{Effects}\n${CLAIM}\n\n\\bibliographystyle{plain}\n\\bibliography{refs}\n\\end{document}\n`, /\\bibliographystyle/, /within hours/],
    [`\\documentclass{article}\n\\begin{document}\n\\section{Effects}\n${CLAIM}\n\\end{document}\n`, /\\end\{document\}/, /within hours/],
  ],
  '.adoc': [
    [`= Ketamine for depression\n\n${CLAIM}\n\n== Adverse effects\n\n* Nausea is common.\n\n[#prices]\n== Prices\n\nAsk us.\n`, /\[#prices\]/, /Nausea is common\./],
    [`= Ketamine for depression\n\n== Effects\n\n${CLAIM}\n\n[bibliography]\n== References\n\n* [[[z]]] Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-864.\n`, /\[bibliography\]/, /within hours/],
  ],
  '.rst': [
    [`Ketamine for depression\n=======================\n\n${CLAIM}\n\nRisks\n~~~~~\n\n- Nausea is common.\n\n.. _prices:\n\nPrices\n~~~~~~\n\nAsk us.\n`, /Prices/, /Nausea is common\./],
    [`Ketamine for depression\n=======================\n\nEffects\n~~~~~~~\n\n${CLAIM} [1]_\n\nReferences\n~~~~~~~~~~\n\n.. [1] Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-864.\n`, /References/, /within hours/],
  ],
};

/** Applies the preferred fix of each finding until there is none left. */
function applied(text: string, path: string, plan = plans.us): string {
  let now = text;
  for (let round = 0; round < 3; round++) {
    const result = read(now, path, plan);
    const fix = own(result).flatMap((finding) => fixesOf(finding, result, plan))[0];
    if (!fix) return now;
    now = applyEdits(now, fix.edits);
  }
  return now;
}

describe('missing-disclosure', () => {
  it('says what is missing, at the first claim, required and recommended apart', () => {
    const result = read(`# Ketamine\n\n${CLAIM} It also helps with PTSD.`, 'a.md', plans.us, [missingDisclosure]);
    assert.deepEqual(own(result).map(({ severity, data }) => [severity, data['level']]), [['warning', 'required'], ['information', 'recommended']]);
    const [required, recommended] = own(result);
    assert.deepEqual(required!.data['missing'], ['off-label', 'dissociation', 'blood-pressure', 'misuse', 'supervision', 'uncertainty', 'consult']);
    assert.deepEqual(recommended!.data['missing'], ['urinary', 'contraindications', 'driving']);
    assert.match(required!.message, /Off-label use; Dissociation and sedation;/);
    assert.equal(result.document.text.slice(required!.span.start, required!.span.end).includes('relieves depression'), true);
    assert.equal(required!.related.length, 1);
  });

  it('is quiet where nothing is said to help, and out of scope', () => {
    for (const text of ['Ketamine is an anaesthetic that is also given for depression.', 'Ketamine is not a cure for depression.', 'Sertraline relieves depression.', '']) {
      assert.deepEqual(missing(read(text, 'a.md')), [], text);
    }
  });

  it('keeps to the audience', () => {
    const ids = (audience: Config['audience']) => missing(read(CLAIM, 'a.md', planOf({ audience })));
    assert.ok(ids('patient').includes('consult') && ids('patient').includes('driving'));
    for (const audience of ['clinician', 'scholarly'] as const) assert.ok(!ids(audience).some((id) => ['consult', 'driving', 'crisis'].includes(id)));
  });

  it('keeps to the configuration', () => {
    const plan = planOf({ disclosures: { require: ['urinary', 'esketamine'], ignore: ['misuse'] } });
    const [required, recommended] = own(read(CLAIM, 'a.md', plan));
    const ids = required!.data['missing'] as string[];
    assert.ok(ids.includes('urinary') && ids.includes('esketamine') && !ids.includes('misuse'));
    assert.ok(!(recommended!.data['missing'] as string[]).includes('urinary'));
  });

  it('reads its own examples as they are marked', () => {
    for (const { text, extension = '.md' } of missingDisclosure.examples) {
      const plain = text.replace(/[«»]/g, '');
      const at = own(read(plain, `a${extension}`)).map(({ span }) => plain.slice(span.start, span.end));
      assert.deepEqual([...new Set(at)], [...text.matchAll(/«([^»]*)»/g)].map((m) => m[1]));
    }
  });

  describe('fixes', () => {
    it('offers the whole disclaimer first, then each caveat', () => {
      const result = read(CLAIM, 'a.md');
      const [required, recommended] = own(result);
      const fixes = fixesOf(required!, result, plans.us);
      assert.equal(fixes.length, 8);
      assert.deepEqual(fixes.map(({ preferred }) => preferred), [true, ...Array(7).fill(false)]);
      assert.ok(fixes.every(({ kind, action }) => kind === 'judgement' && action === 'insert'));
      assert.equal(fixesOf(recommended!, result, plans.us).length, 4);
      assert.equal(new Set(fixes.map(({ title }) => title)).size, 8);
    });

    for (const [extension, texts] of Object.entries(TEXTS)) {
      texts.forEach(([text, before, after], i) => {
        it(`inserts it once and in its place: ${extension} ${i + 1}`, () => {
          for (const [eol, source] of [['\n', text], ['\r\n', text.replaceAll('\n', '\r\n')]] as const) {
            const first = read(source, `a${extension}`);
            assert.ok(missing(first).length > 5, 'finds what is missing');
            const fixed = applied(source, `a${extension}`);
            const result = read(fixed, `a${extension}`);
            assert.deepEqual(missing(result), []);
            assert.equal(applied(fixed, `a${extension}`), fixed);
            assert.deepEqual(others(result), others(first));
            assert.equal(fixed.split('can be misused').length, 2);
            const at = fixed.indexOf('off-label');
            assert.ok(at > fixed.search(after!), 'behind its section');
            if (before) assert.ok(fixed.search(before) > fixed.indexOf('take you home'), `before what follows:\n${fixed}`);
            if (source.includes(eol) && eol === '\r\n') assert.ok(!/(?<!\r)\n/.test(fixed), 'one kind of line end');
            assert.ok(!/\n\n\n\n|(?:\r\n){4}/.test(fixed), 'no run of blank lines');
          }
        });
      });

      for (const region of ['us', 'uk'] as const) {
        it(`each caveat satisfies its disclosure and nothing marks it: ${extension}, ${region}`, () => {
          const plan = planOf({ region, disclosures: { require: packs.flatMap((pack) => pack.disclosures.map(({ id }) => id)) } });
          for (const [text] of texts.slice(0, 1)) {
            const result = read(text, `a${extension}`, plan);
            for (const finding of own(result)) {
              const ids = finding.data['missing'] as string[];
              const fixes = fixesOf(finding, result, plan).slice(1);
              assert.equal(fixes.length, ids.length);
              fixes.forEach((fix, n) => {
                const after = read(applyEdits(text, fix.edits), `a${extension}`, plan);
                assert.ok(!missing(after).includes(ids[n]!), `${ids[n]!} is satisfied`);
                assert.ok(missing(after).every((id) => missing(result).includes(id)), 'and calls for nothing else');
                assert.deepEqual(others(after), others(result), ids[n]);
              });
            }
          }
        });
      }
    }

    it('uses the region’s wording', () => {
      assert.match(applied(CLAIM, 'a.md', plans.us), /In the United States ketamine is approved/);
      assert.match(applied(CLAIM, 'a.md', plans.uk), /Ketamine is licensed as an anaesthetic/);
    });

    it('adds a statement that the text denies elsewhere only once', () => {
      const fixed = applied(`${CLAIM}\n\nIt is not addictive. You can't get hooked.\n`, 'a.md');
      assert.equal(fixed.split('can be misused').length, 2);
      assert.deepEqual(missing(read(fixed, 'a.md')), []);
    });

    const folder = join(__dirname, '../../gold/articles');
    for (const name of readdirSync(folder).filter((file) => formatOfPath(file))) {
      it(`works on a whole article: ${name}`, function () {
        this.timeout(10_000); // several readings of a long text
        const path = join(folder, name);
        const text = readFileSync(path, 'utf8');
        const first = read(text, path);
        const fixed = applied(text, path);
        const result = read(fixed, path);
        assert.deepEqual(missing(result), []);
        assert.deepEqual(others(result), others(first));
        if (missing(first).length === 0) assert.equal(fixed, text);
      });
    }
  });

  it('every standard caveat satisfies its own disclosure', () => {
    for (const pack of packs) {
      for (const { id, caveat } of pack.disclosures) {
        for (const text of [caveat.us, caveat.uk]) {
          const document = parseDocument(`${CLAIM}\n\n${text}`, formatOfPath('a.md')!);
          const { analysis } = lint(document, plans.us, []);
          assert.ok(disclosuresOf(document, analysis, plans.us).find(({ disclosure }) => disclosure.id === id)?.place, `${id}: ${text}`);
        }
      }
    }
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBibliography } from '../../server/src/core/bibliography/index';
import { citeEdits, citeFixes, styleOf } from '../../server/src/core/cite';
import { applyEdits, compilePlan, formatOfPath, lint, parseDocument, type Finding, type Fix, type LintResult, type Plan } from '../../server/src/core/index';
import { completionsAt, definitionAt, referenceAt, referencesAt } from '../../server/src/core/lookup';
import { withLibrary } from '../../server/src/core/plan';
import { suggest } from '../../server/src/core/suggest';
import { worksOf } from '../../server/src/core/works';
import { builtinPacks } from '../../server/src/packs';

const PLAN = compilePlan({}, builtinPacks());
const REFS = `@article{anand2023, author={Anand, Amit and Mathew, S J and Sanacora, G}, title={Ketamine versus ECT for nonpsychotic treatment-resistant major depression}, journal={N Engl J Med}, year={2023}, volume={388}, pages={2315-2325}}
@article{green2020, author={Green, A and Brown, B}, title={Gardens}, journal={J Gard}, year={2020}}`;
const WITH_REFS = withLibrary(PLAN, [readBibliography('refs.bib', REFS)!]);

const lintText = (text: string, name: string, plan: Plan = PLAN): LintResult => lint(parseDocument(text, formatOfPath(name)!), plan);

/** What is offered for an uncited claim, before anything is tried: each has to heal by construction. */
function fixesOf(finding: Finding, { document, analysis }: LintResult, plan: Plan): readonly Fix[] {
  const claim = analysis.claims.find(({ span }) => span.start === finding.span.start && span.end === finding.span.end)!;
  return citeFixes(document.units[claim.unit]!, claim.kinds, document, analysis, plan);
}

/** Deletes what a fix inserted from what a finding marks, so that findings before and after can be compared. */
const named = ({ rule, span }: Finding, text: string, inserted: readonly string[]): string =>
  `${rule}: ${inserted.reduce((words, one) => (one.trim() === '' ? words : words.replace(one, '')), text.slice(span.start, span.end)).replace(/\s+/g, ' ')}`;

function tally(names: readonly string[]): Map<string, number> {
  const out = new Map<string, number>();
  for (const name of names) out.set(name, (out.get(name) ?? 0) + 1);
  return out;
}

/** Applies each fix of each uncited claim: the finding goes, none comes but the debt that was declared, and nothing else changes. */
function assertHeals(text: string, name: string, plan: Plan = PLAN): number {
  let count = 0;
  const before = lintText(text, name, plan);
  for (const finding of before.findings.filter(({ rule }) => rule === 'missing-citation')) {
    for (const fix of fixesOf(finding, before, plan)) {
      count++;
      const note = `${name}: ${fix.title}`;
      assert.equal(fix.kind, 'judgement');
      for (const { span } of fix.edits) assert.equal(span.start, span.end, `${note}: only inserts`);
      const after = applyEdits(text, fix.edits);
      if (/\r\n/.test(text)) assert.doesNotMatch(after, /(?<!\r)\n/, note);
      const result = lintText(after, name, plan);
      assert.deepEqual(result.faults, [], note);
      const inserted = fix.edits.map((edit) => edit.text);
      const old = tally(before.findings.map((one) => named(one, text, [])));
      const now = tally(result.findings.map((one) => named(one, after, inserted)));
      const mark = named(finding, text, []);
      assert.ok((now.get(mark) ?? 0) < old.get(mark)!, `${note}: not healed: ${mark}\n${inserted.join('\n')}`);
      const debt = inserted.some((one) => one.includes('citation needed') || one.includes('citation&#') || one.includes('&#91;citation'));
      const added = [...now].filter(([one, n]) => n > (old.get(one) ?? 0)).map(([one]) => one);
      assert.ok(debt ? added.length === 1 && added[0]!.startsWith('unresolved-citation') : added.length === 0, `${note}: adds ${JSON.stringify(added)}\n${inserted.join('\n')}`);
      // What was read elsewhere reads the same.
      const elsewhere = (one: LintResult) => one.document.units.filter(({ block }) => !/note|reference/.test(one.document.blocks[block]!.kind)).map(({ text: words }) => words);
      const lost = elsewhere(before).filter((words) => !elsewhere(result).includes(words));
      assert.ok(lost.length <= 1, `${note}: changes ${JSON.stringify(lost)}`);
    }
  }
  return count;
}

const CLAIM = 'Ketamine relieves treatment-resistant depression within hours';
const LEAD = 'Ketamine infusions are offered for depression';

/** Small documents: in every format, in every style of citation. */
const STYLES: readonly (readonly [name: string, text: string, form: string, expected: RegExp])[] = [
  ['a.md', `${LEAD}. ${CLAIM}.\n`, 'footnote', /hours\.\[\^1\]\n\n\[\^1\]: \S.*\n$/],
  ['a.md', `${LEAD}.[^1] ${CLAIM}.\n\n[^1]: Berman RM, et al. Biol Psychiatry 2000;47:351-354.\n`, 'footnote', /hours\.\[\^2\]\n\n\[\^1\]: .*\n\[\^2\]: \S.*\n$/],
  ['a.md', `${LEAD} [1]. ${CLAIM}.\n\n## References\n\n1. Berman RM, et al. Biol Psychiatry 2000;47:351-354.\n`, 'number', /hours \[2\]\.\n\n## References\n\n1\. .*\n2\. \S.*\n$/],
  ['a.md', `${LEAD}.<sup>1</sup> ${CLAIM}.\n\n## References\n\n1. Berman RM, et al. Biol Psychiatry 2000;47:351-354.\n\n2. Green A. J Gard 2020;1:2-3.`, 'number', /hours\.<sup>3<\/sup>\n\n## References\n\n1\. .*\n\n2\. .*\n\n3\. \S.*$/],
  ['a.md', `${LEAD} (Green et al., 2000). ${CLAIM}.\n\n## References\n\n- Green A, et al. J Gard 2000;4:5-6.\n`, 'author-year', /hours \(.*\d{4}.*\)\.\n\n## References\n\n- Green.*\n- \S.*\n$/],
  ['a.md', `${LEAD} ([Berman et al.](https://doi.org/10.1016/S0006-3223(99)00230-9)). \n\n${CLAIM}.\n`, 'link', /hours \(\[.*\]\(https:\/\/\S+\)\)\.\n$/],
  ['a.mdx', `<Intro>\n\n${LEAD}. ${CLAIM}.\n\n</Intro>\n`, 'link', /hours \(\[.*\]\(https:\/\/\S+\)\)\.\n\n<\/Intro>/],
  ['a.html', `<p>${LEAD}.</p>\n<p>${CLAIM}.</p>`, 'link', /hours \(<a href="https:[^"]+">[^<]*<\/a>\)\.<\/p>$/],
  ['a.html', `<p>${LEAD}.<sup>1</sup> It has been given for decades.</p>\n<p>${CLAIM}.</p>\n<h2>References</h2>\n<ol>\n  <li id="ref-1">Berman RM, et al. Biol Psychiatry 2000;47:351-354.</li>\n</ol>`, 'number', /hours\.<sup>2<\/sup><\/p>[^]*<li id="ref-1">.*<\/li>\n {2}<li id="ref-2">.*<\/li>\n<\/ol>$/],
  ['a.txt', `${LEAD}. ${CLAIM}.\n`, 'number', /hours \[1\]\.\n\nReferences\n-+\n\n\[1\] \S.*\n$/],
  ['a.txt', `${LEAD} [1]. ${CLAIM}.\n\nReferences\n\n1. Berman RM, et al. Biol Psychiatry 2000;47:351-354.\n`, 'number', /hours \[2\]\.\n\nReferences\n\n1\. .*\n2\. \S.*\n$/],
  ['a.tex', `\\begin{document}\n${LEAD}. ${CLAIM}.\n\\end{document}\n`, 'footnote', /hours\.\\footnote\{.*\}\n\\end/],
  ['a.tex', `\\begin{document}\n${LEAD}~\\cite{berman2000}. ${CLAIM}.\n\\begin{thebibliography}{9}\n\\bibitem{berman2000} Berman RM, et al. Biol Psychiatry 2000;47:351--354.\n\\end{thebibliography}\n\\end{document}\n`, 'key', /hours~\\cite\{(\w+)\}\.\n[^]*\\bibitem\{berman2000\}.*\n\\bibitem\{\1\} \S.*\n\\end\{theb/],
  ['a.adoc', `${LEAD}. ${CLAIM}.\n`, 'footnote', /hours\.footnote:\[.*\]\n$/],
  ['a.rst', `${LEAD}. ${CLAIM}.\n`, 'footnote', /hours \[1\]_\.\n\n\.\. \[1\] \S.*\n$/],
  ['a.rst', `${LEAD} [1]_. ${CLAIM}.\n\n.. [1] Berman RM, et al. Biol Psychiatry 2000;47:351-354.\n`, 'footnote', /hours \[2\]_\.\n\n\.\. \[1\] .*\n\.\. \[2\] \S.*\n$/],
];

describe('citing', () => {
  for (const [name, text, form, expected] of STYLES) {
    it(`follows the style of ${JSON.stringify(text.slice(0, 90))} in ${name}`, () => {
      const result = lintText(text, name);
      assert.equal(styleOf(result.document, PLAN).form, form);
      const finding = result.findings.find(({ rule }) => rule === 'missing-citation')!;
      assert.ok(finding, 'the claim is marked');
      const fix = fixesOf(finding, result, PLAN)[0]!;
      assert.match(fix.title, /^Cite .* \d{4} — verify: /);
      assert.match(applyEdits(text, fix.edits), expected);
      assert.match(applyEdits(text.replace(/\n/g, '\r\n'), fixesOf(lintText(text.replace(/\n/g, '\r\n'), name).findings.find(({ rule }) => rule === 'missing-citation')!, lintText(text.replace(/\n/g, '\r\n'), name), PLAN)[0]!.edits).replace(/\r\n/g, '\n'), expected);
      assert.ok(assertHeals(text, name) >= 5);
      assertHeals(text.replace(/\n/g, '\r\n'), name);
    });
  }

  it('uses a key of the workspace’s bibliography, and a note for what it has not', () => {
    const text = `---\nbibliography: refs.bib\n---\n\n${LEAD} [@green2020]. Ketamine worked as well as electroconvulsive therapy (ECT) for treatment-resistant depression in a trial.\n`;
    const result = lintText(text, 'a.md', WITH_REFS);
    const fixes = fixesOf(result.findings.find(({ rule }) => rule === 'missing-citation')!, result, WITH_REFS);
    const [listed, other] = [true, false].map((wanted) => fixes.find(({ title }) => title.startsWith('Cite ') && title.startsWith('Cite Anand et al. 2023 — verify: supports: ') === wanted)!);
    assert.match(applyEdits(text, listed!.edits), /in a trial \[@anand2023\]\.\n$/);
    assert.match(applyEdits(text, other!.edits), /\[\^1\]: /);
    assertHeals(text, 'a.md', WITH_REFS);
  });

  it('cites a work that the document lists already by its label', () => {
    const text = `${LEAD} [1].\n\nIn a trial, 55% responded to ketamine and 41% to ECT.\n\n## References\n\n1. Green A. J Gard 2020;1:2-3.\n2. Anand A, et al. Ketamine versus ECT for nonpsychotic treatment-resistant major depression. N Engl J Med 2023;388:2315-25.\n`;
    const result = lintText(text, 'a.md');
    const fix = fixesOf(result.findings.find(({ rule }) => rule === 'missing-citation')!, result, PLAN)[0]!;
    assert.equal(applyEdits(text, fix.edits), text.replace('to ECT.', 'to ECT [2].'));
  });

  it('keeps out of links and code, and leaves character references whole', () => {
    for (const [name, claim, expected] of [
      ['a.md', '[Ketamine relieves treatment-resistant depression](/page)', /\]\(\/page\)\[\^1\]/],
      ['a.html', '<p><a href="/page">Ketamine relieves treatment-resistant depression</a></p>', /depression<\/a> \(<a/],
      ['a.html', '<p>Ketamine relieves treatment-resistant depression&hellip;</p>', /depression(?:&hellip;)? ?\(<a.*<\/a>\)(?:&hellip;)?<\/p>/],
    ] as const) {
      const text = name === 'a.md' ? `${LEAD}.\n\n${claim}\n` : `<p>${LEAD}.</p>\n${claim}\n`;
      const result = lintText(text, name);
      const finding = result.findings.find(({ rule }) => rule === 'missing-citation')!;
      assert.match(applyEdits(text, fixesOf(finding, result, PLAN)[0]!.edits), expected);
      assertHeals(text, name);
    }
  });

  it('every reference of the pack can be cited in every style, and heals', () => {
    for (const [name, text] of STYLES) {
      const { document, analysis } = lintText(text, name);
      const claim = analysis.claims.find(({ citations, told }) => citations.length === 0 && !told)!;
      for (const work of worksOf(PLAN).filter(({ retracted }) => !retracted)) {
        const after = applyEdits(text, citeEdits(work, document.units[claim.unit]!, document, PLAN));
        const result = lintText(after, name);
        const marks = result.findings.filter(({ rule }) => rule === 'missing-citation' || rule === 'unmatched-study' || rule === 'unresolved-citation');
        const before = lintText(text, name).findings.filter(({ rule }) => rule === 'unmatched-study' || rule === 'unresolved-citation').length;
        assert.equal(marks.length, before, `${name} ${work.id}: ${JSON.stringify(marks.map(({ rule, message }) => [rule, message]))}\n${after}`);
      }
    }
  });

  it('heals every uncited claim of the articles', () => {
    const folder = join(import.meta.dirname, '../gold/articles');
    let count = 0;
    for (const name of readdirSync(folder)) if (formatOfPath(name)) count += assertHeals(readFileSync(join(folder, name), 'utf8'), name);
    assert.ok(count > 500, `${count} fixes`);
  }).timeout(240_000);
});

describe('suggestions', () => {
  const suggested = (claim: string, plan = PLAN) => {
    const { document, analysis } = lintText(`Ketamine treatment is discussed here.\n\n${claim}\n`, 'a.md', plan);
    const unit = document.units.at(-1)!;
    return suggest({ unit, kinds: analysis.claims.find((one) => one.unit === unit.index)?.kinds ?? ['efficacy'] }, document, analysis, plan);
  };

  it('are balanced: what speaks against is among the first three', () => {
    for (const claim of ['Ketamine relieves depression.', 'Ketamine relieves PTSD.', 'Ketamine eases chronic pain.', 'Ketamine reduces drinking in alcohol use disorder.', 'Esketamine relieves treatment-resistant depression.']) {
      const first = suggested(claim).slice(0, 3).map(({ work }) => work.reference!.direction);
      assert.ok(first.some((direction) => /null|mixed|harm/.test(direction)), `${claim} ${first.join()}`);
    }
  });

  it('are of the core tier, and never retracted', () => {
    const pack = PLAN.packs.find(({ references }) => references.length > 0)!;
    const plan = compilePlan({}, [...PLAN.packs.filter((one) => one !== pack), { ...pack, references: pack.references.map((one) => ({ ...one, retracted: one.id !== 'zarate2006nmda' })) }]);
    assert.deepEqual(suggested('Ketamine relieves treatment-resistant depression.', plan).map(({ work }) => work.id), ['zarate2006nmda']);
    for (const { work } of suggested('Ketamine relieves depression.')) assert.equal(work.reference!.tier, 'core');
  });

  it('know an entry of the bibliography for the reference of the pack', () => {
    const [first] = suggested('Ketamine worked as well as ECT for treatment-resistant depression.', WITH_REFS);
    assert.deepEqual([first!.work.key, first!.work.id], ['anand2023', 'anand2023elektd']);
  });
});

describe('looking up citations', () => {
  const text = `${LEAD} [@anand2023; @nobody]. It may help.[^a] More.[^a]\n\n[^a]: Berman RM, et al. 2000.\n`;
  const { document } = lintText(text, 'a.md', WITH_REFS);
  const at = (words: string): number => text.indexOf(words) + 1;

  it('finds where a citation leads', () => {
    assert.deepEqual(definitionAt(document, WITH_REFS, at('anand2023')), { file: 'refs.bib', span: { start: 9, end: 18 } });
    assert.equal(definitionAt(document, WITH_REFS, at('nobody')), undefined);
    const note = definitionAt(document, WITH_REFS, at('[^a]'))!;
    assert.equal(text.slice(note.span.start, note.span.end), 'Berman RM, et al. 2000.');
    assert.equal(definitionAt(document, WITH_REFS, 0), undefined);
  });

  it('finds who else cites it, from a mark or from the entry', () => {
    for (const offset of [at('[^a]'), at('Berman')]) {
      assert.deepEqual(referencesAt(document, offset, false).map(({ start, end }) => text.slice(start, end)), ['[^a]', '[^a]']);
      assert.equal(referencesAt(document, offset, true).length, 3);
    }
  });

  it('tells what a citation points to', () => {
    assert.match(referenceAt(document, WITH_REFS, at('anand2023'))!.text, /^Anand A, Mathew SJ, Sanacora G\. Ketamine versus ECT[^]*Found: Open-label trial/);
    assert.equal(referenceAt(document, WITH_REFS, at('[^a]'))!.text, 'Berman RM, et al. 2000.');
    assert.equal(referenceAt(document, WITH_REFS, at('nobody')), undefined);
  });

  it('completes keys and notes where they may stand', () => {
    for (const [name, typed, expected] of [
      ['a.md', 'See [@ana', ['anand2023', 'green2020']], ['a.md', 'See [@green2020; @', ['anand2023', 'green2020']], ['a.md', 'See [^', ['n']], ['a.md', 'Mail a@b', []], ['a.md', 'See [', []],
      ['a.tex', 'See \\cite{', ['anand2023', 'green2020']], ['a.tex', 'See \\citep[p. 2]{green2020, a', ['anand2023', 'green2020']], ['a.tex', 'See \\cite{a} ', []],
    ] as const) {
      const whole = `Ketamine.\n\n${typed}\n\n[^n]: A note.\n`;
      const offset = whole.indexOf(typed) + typed.length;
      const found = completionsAt(parseDocument(whole, formatOfPath(name)!), WITH_REFS, offset);
      assert.deepEqual(found.map(({ label }) => label), expected, `${name} ${typed}`);
      for (const { span } of found) assert.ok(span.end === offset && !/[@{^,\s]/.test(whole.slice(span.start, span.end)));
    }
  });
});

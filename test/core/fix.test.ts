import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, compilePlan, fixesOf, fixText, formatOfPath, isDebt, lint, parseDocument, type Document, type Edit, type Finding, type Fix } from '../../server/src/core/index';
import { composeEdits, mapOffset } from '../../server/src/core/edits';
import { builtinPacks } from '../../server/src/packs';

const PLAN = compilePlan({}, builtinPacks());
const read = (text: string, path: string) => lint(parseDocument(text, formatOfPath(path)!), PLAN);

/** The same findings said without places, so that texts of different length can be compared. */
const said = (text: string, { rule, span, data }: Finding): string => `${rule} “${text.slice(span.start, span.end)}” ${String(data['level'] ?? '')}`;

const missing = (findings: readonly Finding[]): string[] => findings.filter(({ rule }) => rule === 'missing-disclosure').flatMap(({ data }) => data['missing'] as string[]);

/** What stands outside the edits, in order. */
function outside(text: string, edits: readonly Edit[]): string[] {
  const parts: string[] = [];
  let done = 0;
  for (const { span } of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    parts.push(text.slice(done, span.start));
    done = span.end;
  }
  return [...parts, text.slice(done)];
}

/** Says in its own words, without the code under test, that a fix heals. */
function heals(text: string, path: string, finding: Finding, fix: Fix): void {
  const before = read(text, path);
  const after = applyEdits(text, fix.edits);
  const now = read(after, path);
  const what = `${path}: ${said(text, finding)} — ${fix.title}`;
  // Nothing outside is touched, and line ends are those of the text.
  let at = 0;
  for (const part of outside(text, fix.edits)) {
    at = after.indexOf(part, at);
    assert.ok(at >= 0, `${what}: what stands outside has changed`);
    at += part.length;
  }
  if (text.includes('\r\n') && !/[^\r]\n/.test(text)) assert.doesNotMatch(after, /[^\r]\n/, what);
  // There are fewer findings, but for those that say what is to be filled in.
  const open = now.findings.filter((one) => !isDebt(one));
  const was = before.findings.filter((one) => !isDebt(one));
  if (isDebt(finding)) assert.ok(now.findings.length < before.findings.length, what);
  else if (finding.rule === 'missing-disclosure') assert.ok(missing(open).length < missing(was).length, what);
  else assert.ok(open.length < was.length, `${what}: is still there`);
  // None of a rule is more than before.
  for (const rule of new Set(open.map((one) => one.rule))) {
    assert.ok(open.filter((one) => one.rule === rule).length <= was.filter((one) => one.rule === rule).length, `${what}: more of ${rule}`);
  }
  for (const id of missing(open)) assert.ok(missing(was).includes(id), `${what}: calls for ${id}`);
  // Tables, front matter, code and links are as many as before.
  const count = (document: Document, kind: string) => document.blocks.filter((block) => block.kind === kind).length;
  for (const kind of ['heading', 'cell', 'title', 'caption', 'aside']) {
    // A section of its own, or a list of references.
    const more = kind === 'heading' ? 1 : 0;
    assert.ok([0, more].includes(count(now.document, kind) - count(before.document, kind)), `${what}: ${kind}`);
  }
  assert.ok(now.document.parsed.links.length >= before.document.parsed.links.length, `${what}: links`);
  assert.equal(now.document.parsed.comments.length, before.document.parsed.comments.length, `${what}: comments`);
  assert.deepEqual(now.faults, []);
  // The finding is not offered again for the same words in the same place.
  const again = now.findings.filter((one) => !isDebt(one) && said(after, one) === said(text, finding) && one.span.start === mapOffset(fix.edits, finding.span.start, false));
  if (finding.rule !== 'missing-disclosure') assert.deepEqual(again, [], what);
}

const ARTICLES = join(import.meta.dirname, '../gold/articles');
const SAMPLES: readonly (readonly [string, string])[] = [
  ['a.md', '---\ntitle: Ketamine for depression\n---\n\n# Ketamine\n\nKetamine is given for depression. Ketamine relieves PTSD, and *Ketamine* **is FDA-approved**.\r\n\n- **70%** of patients respond to ketamine.\n- It has no side effects.\n\n> “I got my life back.” — Sam\n\n| Drug | Relief |\n| --- | --- |\n| Ketamine | Less anxiety within days |\n\n```\nKetamine cures PTSD.\n```\n'],
  ['b.html', '<!doctype html>\n<html><body><main>\n<h1>Ketamine for depression</h1>\n<p>Ketamine <b>relieves</b> PTSD &amp; <a href="/x">is FDA-approved</a>. Up to 70&nbsp;% of patients respond to ketamine.</p>\n<ul>\n  <li>Ketamine regrows connections in the brain.</li>\n</ul>\n<blockquote><p>I got my life back.</p><cite>Sam</cite></blockquote>\n</main></body></html>\n'],
  ['c.txt', 'KETAMINE FOR DEPRESSION\r\n\r\nKetamine relieves PTSD. Ketamine is FDA-approved for depression. 70% of patients respond to ketamine.\r\n\r\n"I got my life back after ketamine." - Sam\r\n'],
  ['d.tex', '\\documentclass{article}\n\\begin{document}\n\\section{Ketamine for depression}\nKetamine relieves PTSD. Ketamine is \\emph{FDA-approved} for depression. 70\\% of patients respond to ketamine. It \\textbf{regrows} connections in the brain.\n\\end{document}\n'],
  ['e.adoc', '= Ketamine for depression\n\nKetamine relieves PTSD. Ketamine is *FDA-approved* for depression. 70% of patients respond to ketamine.\n\n* It has no side effects.\n'],
  ['f.rst', 'Ketamine for depression\n=======================\n\nKetamine relieves PTSD. Ketamine is **FDA-approved** for depression. 70% of patients respond to ketamine.\n\n- It has no side effects.\n'],
  ['g.mdx', 'import { Card } from "./card"\n\n# Ketamine for depression\n\n<Card>\n\nKetamine relieves PTSD. Ketamine is FDA-approved for depression. 70% of patients respond to ketamine.\n\n</Card>\n'],
  ['h.md', '\ufeffKetamine relieves PTSD.\r\n\r\n70% of patients with depression respond to ketamine.\r\n'],
];

const DOCUMENTS = [
  ...readdirSync(ARTICLES).filter((name) => formatOfPath(name)).sort().map((name) => [name, readFileSync(join(ARTICLES, name), 'utf8')] as const),
  ...SAMPLES,
];

describe('every fix heals', function () {
  this.timeout(120_000);
  const count = { findings: 0, fixes: 0, without: 0 };
  for (const [path, text] of DOCUMENTS) {
    it(path, () => {
      const result = read(text, path);
      assert.deepEqual(result.faults, []);
      for (const finding of result.findings) {
        const fixes = fixesOf(finding, result, PLAN);
        count.findings++;
        count.fixes += fixes.length;
        if (fixes.length === 0) count.without++;
        assert.ok(fixes.filter(({ preferred }) => preferred).length <= 1);
        assert.equal(new Set(fixes.map(({ title }) => title)).size, fixes.length, said(text, finding));
        for (const fix of fixes) heals(text, path, finding, fix);
      }
    });
  }
  after(() => {
    console.log(`      ${DOCUMENTS.length} documents, ${count.findings} findings, ${count.fixes} fixes, ${count.without} findings without one`);
    assert.ok(count.fixes > 500 && count.without * 10 < count.findings, JSON.stringify(count));
  });
});

describe('all fixes, to the end', function () {
  this.timeout(120_000);
  for (const [path, text] of SAMPLES) {
    it(`${path}: nothing that has a fix is left, and once is enough`, () => {
      const document = parseDocument(text, formatOfPath(path)!);
      const once = fixText(document, PLAN, true);
      assert.ok(once.applied.length > 0);
      for (const finding of once.result.findings) assert.deepEqual(fixesOf(finding, once.result, PLAN).map(({ title }) => title), [], said(once.text, finding));
      const twice = fixText(parseDocument(once.text, document.format), PLAN, true);
      assert.equal(twice.text, once.text);
      assert.deepEqual(twice.applied, []);
      if (!/[^\r]\n/.test(text)) assert.doesNotMatch(once.text, /[^\r]\n/);
      assert.equal(once.text.startsWith('\ufeff'), text.startsWith('\ufeff'));
    });
  }

  it('rewords nothing unless asked', () => {
    const text = 'Ketamine relieves PTSD. Ketamine lifts depression.[^1] It is used (DOI 10.1001/archpsyc.63.8.856).\n';
    const { text: safe, applied, result } = fixText(parseDocument(text, formatOfPath('a.md')!), PLAN, false);
    assert.ok(safe.startsWith('Ketamine relieves PTSD. Ketamine lifts depression.[^1] '));
    assert.match(safe, /\(doi:10\.1001\/archpsyc\.63\.8\.856\)/);
    assert.equal(applied.length, 2);
    assert.ok(result.findings.some(({ rule }) => rule === 'missing-disclosure'));
  });
});

describe('a fix with a debt', () => {
  const P = 'Ketamine is an anaesthetic that is also given for depression. ';
  const first = (text: string, rule: string, path = 'a.md') => {
    const result = read(text, path);
    const finding = result.findings.find((one) => one.rule === rule);
    assert.ok(finding, rule);
    return { result, finding, fixes: fixesOf(finding, result, PLAN) };
  };

  it('a frame stays reported until it is filled', () => {
    const text = `${P}70% of patients respond to ketamine [1].`;
    const { fixes } = first(text, 'bare-statistic');
    const framed = applyEdits(text, fixes[0]!.edits);
    assert.match(framed, /70% of patients \[N people with CONDITION, at N WEEKS, against COMPARATOR\] respond/);
    assert.deepEqual(read(framed, 'a.md').findings.filter(({ rule }) => rule === 'bare-statistic').map(isDebt), [true]);
    const filled = framed.replace(/\[N people[^\]]*\]/, '(73 people with depression, at 24 hours, against midazolam)');
    assert.deepEqual(read(filled, 'a.md').findings.filter(({ rule }) => rule === 'bare-statistic'), []);
  });

  it('cuts through no markup', () => {
    for (const [path, text] of [
      ['a.md', `${P}Ketamine **re**lieves PTSD.`], ['a.md', `${P}Ketamine [relieves PTSD](/x).`], ['a.html', `<p>${P}Ketamine re<b>lieves</b> PTSD.</p>`], ['a.md', `${P}Ketamine is **FDA**-approved for depression.`],
    ] as const) {
      const result = read(text, path);
      for (const finding of result.findings) for (const fix of fixesOf(finding, result, PLAN)) {
        const after = applyEdits(text, fix.edits);
        for (const mark of ['**', '](/x)', '<b>', '</b>', '</p>']) assert.ok(after.split(mark).length >= text.split(mark).length, `${fix.title}: ${after}`);
      }
    }
  });

  it('puts what the evidence supports behind the claim, with what it rests on', () => {
    const text = `${P}Ketamine relieves OCD.\n`;
    const { fixes } = first(text, 'overstated-evidence');
    const add = fixes.find(({ title }) => title.startsWith('Add what the evidence supports'));
    assert.match(applyEdits(text, add!.edits), /Ketamine relieves OCD\. One 15-person trial found .*\[\^1\]\n\n\[\^1\]: Rodriguez/);
  });

  it('says behind a story that results vary', () => {
    const text = `# Ketamine for depression\n\n${P}\n\n> “I got my life back.” — Sam\n`;
    const { fixes } = first(text, 'anecdotal-evidence');
    assert.equal(fixes.length, 1);
    assert.match(applyEdits(text, fixes[0]!.edits), /— Sam\n\nIndividual results vary\. /);
  });
});

describe('edits', () => {
  it('one set does what two do after each other', () => {
    const text = 'abcdefghij';
    const cases: readonly (readonly [readonly Edit[], readonly Edit[]])[] = [
      [[{ span: { start: 2, end: 4 }, text: 'XYZ' }], [{ span: { start: 3, end: 4 }, text: '' }]],
      [[{ span: { start: 0, end: 0 }, text: '>' }, { span: { start: 10, end: 10 }, text: '<' }], [{ span: { start: 12, end: 12 }, text: '!' }, { span: { start: 0, end: 3 }, text: '' }]],
      [[{ span: { start: 5, end: 5 }, text: '12345' }], [{ span: { start: 4, end: 11 }, text: '-' }]],
      [[{ span: { start: 1, end: 9 }, text: '' }], [{ span: { start: 1, end: 1 }, text: 'mid' }]],
      [[{ span: { start: 3, end: 3 }, text: 'A' }, { span: { start: 7, end: 7 }, text: 'B' }], [{ span: { start: 4, end: 4 }, text: 'C' }, { span: { start: 9, end: 9 }, text: 'D' }]],
      [[], [{ span: { start: 4, end: 6 }, text: 'x' }]],
      [[{ span: { start: 4, end: 6 }, text: 'x' }], []],
    ];
    for (const [one, two] of cases) assert.equal(applyEdits(text, composeEdits(text, one, two)), applyEdits(applyEdits(text, one), two), JSON.stringify([one, two]));
  });

  it('an offset keeps its place', () => {
    const edits: Edit[] = [{ span: { start: 2, end: 4 }, text: 'XYZ' }, { span: { start: 6, end: 6 }, text: '++' }];
    assert.deepEqual([0, 2, 4, 5, 7].map((offset) => mapOffset(edits, offset, false)), [0, 2, 5, 6, 10]);
    assert.equal(mapOffset(edits, 6, false), 7);
    assert.equal(mapOffset(edits, 6, true), 9);
  });
});

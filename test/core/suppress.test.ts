import assert from 'node:assert/strict';
import { applyEdits, compilePlan, formatOfPath, lint, parseDocument, RULES, suppressFix, type Finding } from '../../server/src/core/index';
import { builtinPacks } from '../../server/src/packs';

const PLAN = compilePlan({}, builtinPacks());
const read = (text: string, extension: string) => lint(parseDocument(text, formatOfPath(`a${extension}`)!), PLAN, RULES);
const name = (text: string, { rule, span }: Finding) => `${rule}: ${text.slice(span.start, span.end)}`;

/** Applies the fix of the first finding of a rule: that finding goes, and every other one stays as it was. */
function holds(text: string, extension: string, rule = 'absolute-language'): string {
  const before = read(text, extension);
  const finding = before.findings.find((one) => one.rule === rule);
  assert.ok(finding, `${rule} finds nothing in ${JSON.stringify(text)}`);
  const after = applyEdits(text, suppressFix(finding, before.document).edits);
  const result = read(after, extension);
  const left = result.findings.map((one) => name(after, one)).sort();
  // What else of this rule stands on the same lines goes with it.
  const gone = result.suppressed.map((one) => name(after, one.finding));
  assert.ok(gone.includes(name(text, finding)), `not switched off:\n${after}`);
  assert.deepEqual([...left, ...gone].sort(), before.findings.map((one) => name(text, one)).sort(), `other findings changed:\n${after}`);
  assert.deepEqual(result.suppressed.map((one) => one.by.rules), gone.map(() => [rule]));
  return after;
}

const P = 'Ketamine is given for depression.';
const BAD = 'Ketamine is a guaranteed treatment for depression.';

describe('the fix that switches a finding off', () => {
  for (const [extension, text] of [
    ['.md', `# Title\n\n${P}\n\n${BAD}\n`], ['.md', `${BAD}`], ['.md', `\ufeff${BAD}\r\n\r\n${P}\r\n`], ['.md', `${P}\nAnd on the next line:\n${BAD}\nand more.\n`],
    ['.md', `# ${BAD}\n\n${P}\n`], ['.md', `- ${P}\n- ${BAD}\n  It goes on.\n- ${P}\n`], ['.md', `1. ${P}\n2. ${BAD}\n3. ${P}\n`],
    ['.md', `| Drug | Note |\n| --- | --- |\n| Ketamine | ${BAD} |\n| Other | ${P} |\n`],
    ['.mdx', `# Title\n\n${BAD}\n`], ['.mdx', `- ${BAD}\n- ${P}\n`],
    ['.html', `<!DOCTYPE html>\n<html><body>\n<p>${P}</p>\n  <p>${BAD}</p>\n<ul>\n  <li>${BAD}</li>\n</ul>\n</body></html>\n`],
    ['.txt', `${P}\n\n${BAD}\n`], ['.txt', `• ${P}\n• ${BAD}\n`],
    ['.tex', `\\documentclass{article}\n\\begin{document}\n\\section{Use}\n${P}\n${BAD}\n\\begin{itemize}\n\\item ${P}\n\\end{itemize}\n\\end{document}\n`],
    ['.adoc', `= Title\n\n${P}\n\n${BAD}\n\n* ${P}\n`], ['.rst', `Title\n=====\n\n${P}\n\n${BAD}\n`],
  ] as const) {
    it(`${extension} ${JSON.stringify(text).slice(0, 70)}`, () => { holds(text, extension); });
  }

  it('keeps a quotation together', () => {
    const after = holds(`${P}\n\n> “Ketamine took my depression away. I got my life back.”\n> Sarah\n`, '.md', 'anecdotal-evidence');
    assert.match(after, /\n> <!-- caveat-disable-next-line anecdotal-evidence -- reason -->\n> “Ketamine/);
  });

  it('leaves a place for the reason, in the format’s own comment', () => {
    assert.equal(holds(`${BAD}\n`, '.md'), `<!-- caveat-disable-next-line absolute-language -- reason -->\n${BAD}\n`);
    assert.equal(holds(`- ${BAD}\n`, '.md'), `- ${BAD} <!-- caveat-disable-line absolute-language -- reason -->\n`);
    assert.equal(holds(`${BAD}\n`, '.rst'), `.. caveat-disable-next-line absolute-language -- reason\n\n${BAD}\n`);
  });

  for (const [extension, text] of [
    ['.md', `${P}\n\nKetamine relieves depression within hours.\n`], ['.md', `---\ntitle: x\n---\n\n${P} Ketamine relieves depression within hours.\n`],
    ['.md', `---\ntitle: x\n---\n${P} Ketamine relieves depression within hours.\n`],
    ['.html', `<!DOCTYPE html>\n<html><body><p>${P} Ketamine relieves depression within hours.</p></body></html>\n`], ['.txt', `${P} Ketamine relieves depression within hours.\n`],
  ] as const) {
    it(`what is missing in a document is switched off at its top: ${extension} ${JSON.stringify(text).slice(0, 40)}`, () => {
      const after = holds(text, extension, 'missing-disclosure');
      assert.match(after, /caveat-disable-file missing-disclosure/);
      assert.match(after, /^(?:---\n|<!DOCTYPE|<!-- |caveat-)/);
    });
  }

  it('what stands in front matter is switched off behind it', () => {
    const after = holds(`---\ntitle: ${BAD}\n---\n\n${P}\n`, '.md');
    assert.match(after, /^---\ntitle: .*\n---\n+<!-- caveat-disable-file absolute-language -- reason -->\n/);
  });
});

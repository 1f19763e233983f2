import assert from 'node:assert/strict';
import { readBibliography } from '../../../server/src/core/bibliography/index';
import { applyEdits, compilePlan, fixesOf, formatOfPath, lint, parseDocument } from '../../../server/src/core/index';
import { withLibrary, type Plan } from '../../../server/src/core/plan';
import { unresolvedCitation } from '../../../server/src/core/rules/unresolved-citation';
import { builtinPacks } from '../../../server/src/packs';
import { check, readMarks, writeMarks } from '../../check';

const LEAD = 'Ketamine infusions are offered here for depression. ';
const marks = (text: string, extension = '.md') => check(unresolvedCitation, LEAD + text, { extension });

/** As `check`, with a bibliography. */
function withBibliography(bib: string, marked: string, extension = '.md') {
  const plan: Plan = withLibrary(compilePlan({}, builtinPacks()), [readBibliography('refs.bib', bib)!]);
  const { text } = readMarks(LEAD + marked);
  const result = lint(parseDocument(text, formatOfPath(`a${extension}`)!), plan, [unresolvedCitation]);
  assert.deepEqual(result.faults, []);
  assert.equal(writeMarks(text, result.findings), LEAD + marked);
  return { ...result, text, plan };
}

describe('unresolved-citation', () => {
  for (const { text, extension } of unresolvedCitation.examples) it(text, () => void check(unresolvedCitation, text, { extension }));

  const cases: { readonly [title: string]: readonly [text: string, extension?: string][] } = {
    'wants a number to be in the list': [
      ['It may help «[2,3]».\n\n## References\n\n1. «Berman RM. Biol Psychiatry 2000;47:351.»\n2. Zarate CA. Arch Gen Psychiatry 2006;63:856.'],
      ['It may help [2].'], // without a list nobody can tell
    ],
    'wants a note to be there': [['It may help.«[^a]» And fade.[^b]\n\n[^b]: Berman RM, 2000.'], ['It may help.* And so on.\n\n* A note.']],
    'knows debts in several words': [['It may help «[citation needed]». And «(source?)».'], ['It may help «[REF]».', '.txt']],
    'looks at the form of identifiers': [
      ['It may help (doi:10.1001/archpsyc.63.8.856; PMID: 16894061; NCT01627782).'],
      ['It may help («NCT0162778»).'], ['It may help («PMID: 168940612345»).'],
    ],
  };
  for (const [title, texts] of Object.entries(cases)) it(title, () => texts.forEach(([text, extension]) => void marks(text, extension)));

  it('is quiet where the document is not about the drug', () => void check(unresolvedCitation, 'The weather was fine.[^1] And dry [citation needed].'));

  it('knows keys by the bibliographies, and says nothing of keys where there is none', () => {
    withBibliography('@article{zarate2006, title={A}}', 'It may help [@zarate2006]. It may fade «[@nobody2000]».');
    marks('It may fade [@nobody2000].');
    withBibliography('@article{zarate2006, title={A}}', 'It may help \\cite{zarate2006} and fade «\\cite{zarate2006,nobody2000}».', '.tex');
  });

  it('warns of a retracted work', () => {
    const result = withBibliography('@article{gone2010, author={Gone, A}, year={2010}, title={A}, note={Retracted in 2012}}', 'It may help «[@gone2010]».');
    assert.match(result.findings[0]!.message, /Gone 2010 was retracted/);
    assert.equal(result.findings[0]!.severity, 'warning');
    withBibliography('@article{gone2010, doi={10.1000/gone}, title={A}, retracted={true}}', 'It may help («doi:10.1000/gone»).');
  });

  it('tidies an identifier, and once is enough', () => {
    for (const [from, to] of [['NCT 01627782', 'NCT01627782'], ['PMID#16894061', 'PMID: 16894061'], ['PMC 7704936', 'PMC7704936']] as const) {
      const result = marks(`It may help («${from}»).`);
      assert.equal(result.findings[0]!.severity, 'information');
      const [fix, ...others] = fixesOf(result.findings[0]!, result, result.plan, [unresolvedCitation]);
      assert.deepEqual([fix!.kind, others.length], ['safe', 0]);
      const after = applyEdits(result.text, fix!.edits);
      assert.equal(after, `${LEAD}It may help (${to}).`);
      check(unresolvedCitation, after);
    }
  });

  it('writes the note that is missing, which is reported until it is complete', () => {
    for (const [marked, extension, expected] of [
      ['It may help.«[^3]»', '.md', `${LEAD}It may help.[^3]\n\n[^3]: «[citation needed]»\n`],
      ['It may help.[^1]«[^x]»\r\n\r\n[^1]: Berman RM, 2000.\r\n', '.md', `${LEAD}It may help.[^1][^x]\r\n\r\n[^1]: Berman RM, 2000.\r\n[^x]: «[citation needed]»\r\n`],
    ] as const) {
      const result = marks(marked, extension);
      const [fix] = fixesOf(result.findings[0]!, result, result.plan, [unresolvedCitation]);
      assert.equal(fix!.kind, 'safe');
      const after = applyEdits(result.text, fix!.edits);
      assert.equal(after, readMarks(expected).text);
      check(unresolvedCitation, expected, { extension });
    }
  });

  it('fills a debt with a work that fits, in its place', () => {
    const result = marks('Ketamine reduces suicidal thoughts within a day «[citation needed]».');
    const [fix] = fixesOf(result.findings[0]!, result, result.plan, [unresolvedCitation]);
    assert.match(fix!.title, /^Cite .* — verify: /);
    const after = applyEdits(result.text, fix!.edits);
    assert.match(after, /within a day\.\[\^1\]\n\n\[\^1\]: .*suicid/i);
    check(unresolvedCitation, after);
  });

  it('says of a reference that nothing cites it only where others are cited', () => {
    marks('It may help.\n\n## References\n\n1. Berman RM. Biol Psychiatry 2000;47:351.');
    const result = marks('It may help [1].\n\n## References\n\n1. Berman RM. Biol Psychiatry 2000;47:351.\n2. «Zarate CA. Arch Gen Psychiatry 2006;63:856.»');
    assert.equal(result.findings[0]!.severity, 'information');
  });
});

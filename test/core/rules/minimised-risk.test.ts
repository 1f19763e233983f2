import assert from 'node:assert/strict';
import { applyEdits, fixesOf } from '../../../server/src/core/index';
import { minimisedRisk } from '../../../server/src/core/rules/minimised-risk';
import { check } from '../../check';

const LEAD = 'Ketamine infusions are offered here for depression. ';
const marks = (text: string, extension?: string) => check(minimisedRisk, LEAD + text, { extension });

describe('minimised-risk', () => {
  for (const { text, extension } of minimisedRisk.examples) it(text, () => void check(minimisedRisk, text, { extension }));

  const cases: { readonly [title: string]: readonly string[] } = {
    'marks softened risk': [
      '«Safe».', 'Ketamine is «generally safe».', 'Ketamine is «safe and effective».', 'Ketamine is «well tolerated».', 'It has a «favourable safety profile».',
      'It has «few side effects».', 'It is «gentle».', 'There is «no downtime».', 'It was «used safely» for decades.', '«Side effects are manageable».', '«Side effects are mild and short-lived».',
    ],
    'a rate in the unit excuses it': ['Nausea came in 20% of patients, and ketamine was well tolerated.', 'Side effects were mild in 14 of 20 patients.', 'Side effects are rare: about one in ten feels sick.'],
    'a citation in the unit excuses it': ['Ketamine is well tolerated.[^1]\n\n[^1]: Doe J. A trial. J Test 2019;1:1-2.\n'],
    'a time or a remedy excuses some words': [
      'Side effects are temporary and pass within two hours.', 'Side effects are manageable with ondansetron, and we can slow the drip.', '«Side effects are mild» and pass within two hours.',
    ],
    'leaves questions, conditions and instructions': [
      'Is ketamine safe?', 'A nurse will tell you when it is safe to go.', 'It is not known if ketamine is safe and effective in children.', 'We check whether ketamine is safe for you.', 'Keep ketamine in a safe place.',
      'Gently tilt your head back before the spray.', 'If you cannot keep yourself safe, call us.',
    ],
    'leaves negations': ['Ketamine is not safe for everyone.', 'Ketamine was not well tolerated.', 'Ketamine has not been shown to be safe over years.'],
    'leaves a named effect with its size, and short benefit': ['Side effects may include mild dissociation and nausea.', 'The benefit of ketamine is short-lived.', 'Transient dissociation is common.'],
    'leaves flat denials to their own rule': ['Ketamine has no side effects.', 'Ketamine is completely safe.'],
  };
  for (const [title, texts] of Object.entries(cases)) it(title, () => texts.forEach((text) => void marks(text)));

  it('marks headings and figures with their labels', () => {
    void check(minimisedRisk, '# Ketamine for depression\n\nKetamine infusions are offered here for depression.\n\n## «Minimal side effects» with ketamine\n\nSix visits.\n');
    void check(minimisedRisk, '<p>Ketamine is given for depression.</p><p><b>«0</b> <span>downtime»</span></p>', { extension: '.html' });
  });

  it('names the common effects, and offers the safety caveat', () => {
    const result = marks('Ketamine has «minimal side effects».');
    const [first, ...rest] = fixesOf(result.findings[0]!, result, result.plan);
    assert.equal(result.findings[0]!.severity, 'warning');
    assert.equal(applyEdits(result.text, first!.edits), `${LEAD}Ketamine has side effects such as dissociation, drowsiness, nausea and raised blood pressure.`);
    assert.ok(rest.some(({ action, edits }) => action === 'insert' && /dissociation/.test(edits[0]!.text)));
  });
});

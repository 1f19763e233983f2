import assert from 'node:assert/strict';
import { text } from '../../../server/src/core/formats/text';
import { read, readLinks, testLaws } from './laws';

const WRAPPED = `THE QUIET LETTER
================

Ketamine is a medicine that has been given in hospitals for a long
time, and in some clinics it is now given for depression that has not
got better with other medicines.

WHO IT IS FOR

* People who have tried two other medicines and who are still
  unwell
* People with pain

1. Ask your doctor.
2. Bring somebody along, since you can not drive home after the
   infusion.
   • a friend
`;
const LINES = `Ketamine for Depression
Ketamine is an anaesthetic that some clinics now give to people whose depression has not got better with other treatments.
What Does It Do?
Rapid onset: Unlike other medicines, which may take weeks, it may work within hours in some of those who are given it.
- Relief: It may help.
-
Alone: A marker on its own line.
References
1. Smith J. A trial. 2020.
2. Jones K. Another trial. 2021.
`;

describe('formats/text', () => {
  testLaws(text, [WRAPPED, LINES], ['caveat-disable', '> ', '- ', '* ', '1. ', '====', '----', 'From: a', '\t', ' | ', '|---|', 'HEADING', 'a: b', '[1] ', 'References', 'https://x.example/', '* note', '    ', 'a long line of words that goes on for quite some time without end']);

  it('joins the lines of a wrapped text', () => {
    assert.deepEqual(read(text, WRAPPED), [
      'heading 1: THE QUIET LETTER',
      'paragraph: Ketamine is a medicine that has been given in hospitals for a long time, and in some clinics it is now given for depression that has not got better with other medicines.',
      'heading 2: WHO IT IS FOR', 'item 1: People who have tried two other medicines and who are still unwell', 'item 1: People with pain',
      'item 1: Ask your doctor.', 'item 1: Bring somebody along, since you can not drive home after the infusion.', 'item 2: a friend',
    ]);
  });

  it('takes a line as a paragraph where none is wrapped', () => {
    assert.deepEqual(read(text, LINES), [
      'heading 1: Ketamine for Depression',
      'paragraph: Ketamine is an anaesthetic that some clinics now give to people whose depression has not got better with other treatments.',
      'heading 2: What Does It Do?',
      'paragraph: Rapid onset: Unlike other medicines, which may take weeks, it may work within hours in some of those who are given it.',
      'item 1: Relief: It may help.', 'item 1: Alone: A marker on its own line.',
      'heading 2: References', 'reference [1]: Smith J. A trial. 2020.', 'reference [2]: Jones K. Another trial. 2021.',
    ]);
  });

  it('gives items of one list one group', () => {
    const groups = text.parse('- a\n\n- b\n\nText of a paragraph.\n\n- c\n').blocks.filter((b) => b.kind === 'item').map((b) => b.group);
    assert.deepEqual(groups, [0, 0, 1]);
  });

  it('reads letters, quotes, tables and notes', () => {
    assert.deepEqual(read(text, 'From: me\nSubject: My year\n\n> It cured me.\n\nDrug\tRate\nketamine\t50%\n\n* Of those asked.\n').slice(0, 7), [
      'aside: From: me', 'title: My year', 'paragraph quoted: It cured me.', 'cell 0,0 head: Drug', 'cell 0,1 head: Rate', 'cell 1,0: ketamine', 'cell 1,1: 50%',
    ]);
    assert.deepEqual(read(text, '89% felt better*.\n\n* Of 214 asked.\n'), ['paragraph: 89% felt better*.', 'note [*]: Of 214 asked.']);
    assert.deepEqual(read(text, '* one\n* two\n').length, 2);
    assert.deepEqual(readLinks(text, 'See (https://x.example/a_b).'), ['https://x.example/a_b → https://x.example/a_b = https://x.example/a_b']);
  });

  it('takes suppressions as comments that cut no paragraph', () => {
    const source = 'First part of it.\n  caveat-disable-next-line x -- why\nSecond.\n';
    assert.deepEqual(text.parse(source).comments, [{ span: { start: 20, end: 53 }, body: 'caveat-disable-next-line x -- why' }]);
    assert.ok(read(text, source).every((block) => !block.includes('caveat')));
    const filled = 'A line of words that is long enough to show that the text is\nfilled to a width and that goes on\ncaveat-disable-line x -- why\nto its end.\n';
    assert.equal(read(text, filled).length, 1);
  });

  it('writes what it reads', () => {
    const { write } = text;
    const source = `${write.heading('Risks', 2)}\n\n${write.paragraph('It may raise blood pressure.')}\n\n${write.list(['one', 'two'])}\n\n${write.comment('caveat-disable x -- y')}\n`;
    assert.deepEqual(read(text, source), ['heading 1: Risks', 'paragraph: It may raise blood pressure.', 'item 1: one', 'item 1: two']);
    assert.equal(text.parse(source).comments.length, 1);
    const note = write.footnote('3', 'Smith 2020.')!;
    assert.deepEqual(read(text, `It helps ${note.mark}.\n\n${note.definition}\n`), ['paragraph: It helps [3].', 'reference [3]: Smith 2020.']);
  });
});

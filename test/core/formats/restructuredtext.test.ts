import assert from 'node:assert/strict';
import { restructuredtext } from '../../../server/src/core/formats/restructuredtext';
import { read, readLinks, readMarks, testLaws } from './laws';

const PAGE = `============
Ketamine News
============

:Editor: Somebody
:Abstract: In short.

.. caveat-disable-file x -- why

Near *miss*
===========

It was \`\`code\`\` and **helped** [1]_, see :cite:p:\`smith2020,jones2021\` and
\`the trial <https://x.example/a>\`_.

.. list-table:: Volumes
   :header-rows: 1

   * - Strength
     - Volume
   * - 10 mg/mL
     - 1.6 mL
       in all

.. warning::

   Must be diluted.

Ask
---

- one
  goes on

  - nested
#. first

Term
  Its definition.

    It saved me.

.. code-block:: none

   ketamine

=====  =====
Drug   Rate
=====  =====
A      50%
=====  =====

+---+---+
| B | C |
+===+===+
| d | e |
+---+---+

Example::

   literal

.. figure:: x.png
   :alt: no

   The caption.

.. rubric:: References

.. [1] Motov S. 2017.
.. [#f] A note.
`;

describe('formats/restructuredtext', () => {
  testLaws(restructuredtext, [PAGE], ['====\n', '----\n', '.. note:: ', '.. ', '.. [1] ', '- ', '1. ', '  ', '*', '**', '``', '`', ':a: ', ':sup:`1`', '[1]_ ', '::\n\n', '|', '+--+\n', '=== ===\n', '.. list-table::\n\n   * - ', 'term\n  ', '.. csv-table::\n\n   a, "b', '>', '_']);

  it('reads a page', () => {
    assert.deepEqual(read(restructuredtext, PAGE), [
      'heading 1: Ketamine News', 'paragraph @abstract: In short.', 'heading 2: Near miss', 'paragraph: It was and helped, see and the trial.',
      'caption: Volumes', 'cell 0,0 head: Strength', 'cell 0,1 head: Volume', 'cell 1,0: 10 mg/mL', 'cell 1,1: 1.6 mL in all',
      'paragraph: Must be diluted.', 'heading 3: Ask', 'item 1: one goes on', 'item 2: nested', 'item 1: first',
      'heading 7: Term', 'item 1: Its definition.', 'item 1 quoted: It saved me.',
      'cell 0,0 head: Drug', 'cell 0,1 head: Rate', 'cell 1,0: A', 'cell 1,1: 50%', 'cell 0,0 head: B', 'cell 0,1 head: C', 'cell 1,0: d', 'cell 1,1: e',
      'paragraph: Example:', 'caption: The caption.', 'heading 7: References', 'reference [1]: Motov S. 2017.', 'reference [f]: A note.',
    ]);
    assert.deepEqual(readMarks(restructuredtext, PAGE), ['[1]_ footnote 1', ':cite:p:`smith2020,jones2021` key smith2020,jones2021']);
    assert.deepEqual(readLinks(restructuredtext, PAGE), ['the trial → https://x.example/a = https://x.example/a', 'x.png → x.png = x.png']);
    assert.deepEqual(restructuredtext.parse(PAGE).comments.map((c) => c.body), [' caveat-disable-file x -- why']);
  });

  it('pairs notes without numbers in their order', () => {
    const source = 'It helps [#]_ and [#]_.\n\n.. [#] one\n.. [#] two\n';
    assert.deepEqual(readMarks(restructuredtext, source), ['[#]_ footnote #1', '[#]_ footnote #2']);
    assert.deepEqual(read(restructuredtext, source).slice(1), ['note [#1]: one', 'note [#2]: two']);
  });

  it('never hides what follows broken markup', () => {
    for (const broken of ['.. code-block::', '..', '.. [', '``', '`', ':x:', '====', '+---', '=== ===', '::', '.. list-table::', '|', '*', '.. note', '- ']) {
      const found = read(restructuredtext, `before\n\n${broken}\n\nketamine behind.\n`);
      assert.ok(found.some((block) => /ketamine behind\./.test(block)), `${broken}: ${found.join(' / ')}`);
    }
  });

  it('writes what it reads', () => {
    const { write } = restructuredtext;
    const plain = 'a * b `c` |d| e_ \\ f';
    const note = write.footnote('7', 'Smith & Jones.')!;
    const source = `${write.heading('A & B', 2)}\n\n${write.paragraph(plain)}\n\n${write.list(['x', 'y'])}\n\n${write.comment('caveat-disable x')}\n\nIt helps${note.mark}.\n\n${note.definition}\n`;
    assert.deepEqual(read(restructuredtext, source), ['heading 1: A & B', `paragraph: ${plain}`, 'item 1: x', 'item 1: y', 'paragraph: It helps.', 'reference [7]: Smith & Jones.']);
  });
});

import assert from 'node:assert/strict';
import { asciidoc } from '../../../server/src/core/formats/asciidoc';
import { read, readLinks, readMarks, testLaws } from './laws';

const PAGE = `= Ketamine Monograph
A Committee
v1, 2025
:toc: left
// a remark

[abstract]
For *prescribers*.

WARNING: Must never be taken home.

== Use
.Do not give
* Pregnancy
** unless agreed
. first
+
More of it.

Very common:: dissociation, dizziness
Rare::
  cystitis

.Doses
[cols="1,2", options="header"]
|===
|Drug |Dose

|Ketamine
|0.5 mg/kg <<smith>>
2+|both
|===

It _may_ help https://x.example/a[the trial] and SpO~2~.footnote:[Not shown [yet].] It helps.^2^ See <<smith>>.

____
It saved me.
____

----
code ketamine
----

////
hidden
////

[bibliography]
== References
* [[[smith]]] Smith J. 2020.
. Jones K. 2021.
`;

describe('formats/asciidoc', () => {
  testLaws(asciidoc, [PAGE], ['== ', '* ', '. ', 'term:: ', '|===\n', '|', '----\n', '____\n', '////\n', '// ', '[abstract]\n', '.Title\n', 'footnote:[', '<<a>>', '[[[a]]] ', '*', '_', '`', '#', '^1^', '+\n', 'https://x.example[', 'NOTE: ', '====\n', ':a: b\n', '{a}', "'''\n", '"`', 'image::x[', '**']);

  it('reads a page', () => {
    assert.deepEqual(read(asciidoc, PAGE), [
      'heading 1: Ketamine Monograph', 'paragraph @abstract: For prescribers.', 'paragraph: Must never be taken home.', 'heading 2: Use', 'heading 7: Do not give',
      'item 1: Pregnancy', 'item 2: unless agreed', 'item 3: first', 'item 3: More of it.', 'item 4: Very common: dissociation, dizziness', 'item 4: Rare: cystitis',
      'caption: Doses', 'cell 0,0 head: Drug', 'cell 0,1 head: Dose', 'cell 1,0: Ketamine', 'cell 1,1: 0.5 mg/kg', 'cell 2,0: both',
      'paragraph: It may help the trial and SpO2.', 'note [fn1]: Not shown [yet].', 'paragraph: It helps. See.',
      'paragraph quoted: It saved me.', 'heading 2: References', 'reference [smith]: Smith J. 2020.', 'reference [1]: Jones K. 2021.',
    ]);
    assert.deepEqual(readMarks(asciidoc, PAGE), ['<<smith>> cross-reference smith', 'footnote:[ footnote fn1', '^2^ superscript 2', '<<smith>> cross-reference smith']);
    assert.deepEqual(readLinks(asciidoc, PAGE), ['the trial → https://x.example/a = https://x.example/a']);
    assert.deepEqual(asciidoc.parse(PAGE).comments.map((c) => c.body.trim()), ['a remark', 'hidden']);
  });

  it('takes a table head from the line behind its opening', () => {
    assert.deepEqual(read(asciidoc, '|===\n|A |B\n\n|1 |2\n|===\n'), ['cell 0,0 head: A', 'cell 0,1 head: B', 'cell 1,0: 1', 'cell 1,1: 2']);
    assert.deepEqual(read(asciidoc, '|===\n|A |B\n|1 |2\n|===\n'), ['cell 0,0: A', 'cell 0,1: B', 'cell 1,0: 1', 'cell 1,1: 2']);
  });

  it('reads attributes that stand for a character as it', () => {
    assert.deepEqual(read(asciidoc, '50{nbsp}mg of A{amp}B at 5{deg}C{empty}, {product-name}daily{sp}now.'), ['paragraph: 50 mg of A&B at 5°C, daily now.']);
  });

  it('never hides what follows broken markup', () => {
    for (const broken of ['----', '////', '|===', '____', '====', 'footnote:[', '<<', '*', '[quote', 'image::', '`', '++++', '....', 'pass:[', ':x', '.T', '"`', 'https://x[']) {
      const found = read(asciidoc, `before\n\n${broken}\n\nketamine behind.\n`);
      assert.ok(found.some((block) => /ketamine behind\./.test(block)), `${broken}: ${found.join(' / ')}`);
    }
  });

  it('writes what it reads', () => {
    const { write } = asciidoc;
    const plain = '5 * 3 _a_ `b` #c# {d} <<e>> ^2^ 50% [1]';
    const source = `${write.heading('A & B', 2)}\n\n${write.paragraph(plain)}\n\n${write.list(['x', 'y'])}\n\n${write.comment('caveat-disable x')}\n\nIt helps.${write.footnote('1', 'See [2] & more.')!.mark}\n`;
    assert.deepEqual(read(asciidoc, source), ['heading 2: A & B', `paragraph: ${plain}`, 'item 1: x', 'item 1: y', 'paragraph: It helps.', 'note [fn1]: See [2] & more.']);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normalise } from '../../../server/src/core/document';
import type { Format } from '../../../server/src/core/formats/format';
import { markdown } from '../../../server/src/core/formats/markdown';
import { formatOfPath } from '../../../server/src/core/formats/index';
import { checkLaws, mutations, read, readLinks, readMarks, testLaws } from './laws';

const ARTICLE = `---
title: 'Don''t wait: "ketamine"'   # not this
description: >-
  Relief for
  many people.

  A second paragraph.
tags: [a, b]
summary: "A \\"quoted\\" text"
excerpt: Plain text # comment
abstract: |
  What we did.
---
Setext *heading*
================

## Spray, drip & more {#spray .unnumbered}

**Rapid relief.** It *may* lift a mood with \`code **x**\` and <b>bold</b>, so they say.<sup>1,2</sup> H<sub>2</sub>O over 5 m<sup>2</sup>.
It is caf&eacute;&nbsp;talk &mdash; STAR\\*D, 🐴, “smart”, $450 to $10,000, $x^2 + y$ done.

- **Fast.** Many notice a shift.
- [x] A task
  that goes on

  A second paragraph

  1. nested one
  2. nested two

| Belief | *n* |
|:-------|----:|
| It \\| works | 38 |
| | **9** |

: Beliefs at referral. {#tbl:beliefs}

> quoted text
lazy line

> [!WARNING]
> Not for everybody.

Text[^1], works![^b] Wow![3] See [the **trial**](https://x.example/a_(b) "t"), [2,5–7], [citation needed], [@key2000; @b].

[^1]: A note with *emphasis*.

    Its second paragraph.
[^b]: Another.

::: {.callout-note title="Mind this"}
Inside the **callout**.
:::

<!-- a comment

over lines -->

\`\`\`{r}
# ketamine <!-- no comment -->
\`\`\`

## References

1. Smith J. A title. *J Test* 2020;1:2.
2. Jones K. Another. 2021;3:4.

This page informs.
`;

const MARKUP = ['**', '*', '_', '`', '```\n', '~~~\n', '[', '](', '](https://a.example/b)', ')', '[^1]', '[^1]: ', '[1]: https://a.example\n', '![', '<b>', '</b>', '<div>', '</div>', '<!--', '-->', '<sup>1</sup>', '<p class="',
  '# ', '## References\n', '> ', '- ', '1. ', '    ', '| a | b |\n', '|---|---|\n', ': ', ':::note\n', ':::\n', '$', '$$', '---\n', '***\n', '===\n', '&amp;', '\\', '~', '^', '{.x}', '{{', '}}', 'https://a.example/x ', 'a@b.example ', '!!! note\n'];

/** That the letters of each block are what the source has at their places, entities apart. */
function checkExact(format: Format, text: string): void {
  const parsed = checkLaws(format, text);
  for (const block of parsed.blocks) {
    const { text: body, map } = normalise(parsed.prose, block.span);
    for (const { 0: c, index } of body.matchAll(/[A-Za-z0-9]/g)) {
      const source = text[map[index]!]!;
      if (source !== '&') assert.equal(source, c);
    }
  }
}

describe('formats/markdown', () => {
  testLaws(markdown, [ARTICLE], MARKUP.slice(0, 25));

  it('reads an article', () => {
    assert.deepEqual(read(markdown, ARTICLE), [
      'title: Don\'t wait: "ketamine"', 'title: Relief for many people.', 'title: A second paragraph.', 'title: A "quoted" text', 'title: Plain text', 'title @abstract: What we did.',
      'heading 1: Setext heading', 'heading 2: Spray, drip & more',
      'paragraph: Rapid relief. It may lift a mood with and bold, so they say. H2O over 5 m2. It is café talk — STAR*D, 🐴, “smart”, $450 to $10,000, done.',
      'item 1: Fast. Many notice a shift.', 'item 1: A task that goes on', 'paragraph: A second paragraph', 'item 2: nested one', 'item 2: nested two',
      'cell 0,0 head: Belief', 'cell 0,1 head: n', 'cell 1,0: It | works', 'cell 1,1: 38', 'cell 2,1: 9', 'caption: Beliefs at referral.',
      'paragraph quoted: quoted text lazy line', 'paragraph @warning: Not for everybody.',
      'paragraph: Text, works! Wow![3] See the trial, [2,5–7], [citation needed], [@key2000; @b].',
      'note [1]: A note with emphasis.', 'note [1]: Its second paragraph.', 'note [b]: Another.',
      'heading 7 @note: Mind this', 'paragraph @note: Inside the callout.',
      'heading 2: References', 'reference [1]: Smith J. A title. J Test 2020;1:2.', 'reference [2]: Jones K. Another. 2021;3:4.', 'paragraph: This page informs.',
    ]);
    assert.deepEqual(readMarks(markdown, ARTICLE), ['<sup>1,2</sup> superscript 1,2', '[^1] footnote 1', '[^b] footnote b']);
    assert.deepEqual(readLinks(markdown, ARTICLE), ['the **trial** → https://x.example/a_(b) = https://x.example/a_(b)']);
    assert.deepEqual(markdown.parse(ARTICLE).comments.map((comment) => comment.body), [' a comment\n\nover lines ']);
  });

  it('counts lists and tables', () => {
    const groups = markdown.parse('- a\n  - b\n- c\n\ntext\n\n| x | y |\n|---|---|\n| z | w |\n\n1. d\n').blocks.map((block) => block.group);
    assert.deepEqual(groups, [0, 1, 0, -1, 2, 2, 2, 2, 3]);
  });

  it('keeps the words at their places', () => {
    for (const text of [ARTICLE, ARTICLE.replace(/\n/g, '\r\n'), `\ufeff${ARTICLE}`, '> - **a** b\n>   c\n> 1. [d](e) f\n']) checkExact(markdown, text);
    fc.assert(fc.property(mutations([ARTICLE], MARKUP), (text) => checkExact(markdown, text)), { numRuns: 200 });
  });

  it('leaves no emphasis marks and link targets in what reads', () => {
    fc.assert(fc.property(mutations([ARTICLE], MARKUP), (text) => {
      const parsed = markdown.parse(text);
      for (const { span } of parsed.blocks) {
        const { text: body } = normalise(parsed.prose, span);
        const source = text.slice(Math.max(0, span.start - 1), span.end); // a backslash before its first character stands before it
        // What is escaped or an entity is meant to be read; what only comes together when marks are taken out (`](h**ttp:`) is no link.
        if (/\\|&/.test(source) || span.start < (parsed.frontMatter?.span.end ?? 0)) continue;
        for (const left of [/\*\*/, /\]\(https?:/]) if (left.test(source)) assert.doesNotMatch(body, left);
      }
    }), { numRuns: 300 });
  });

  it('is of its endings in any case', () => {
    for (const name of ['a.md', 'A.MD', 'b.markdown', 'c.qmd', 'd.Rmd']) assert.equal(formatOfPath(name)?.id, 'markdown');
  });

  it('reads TOML and JSON front matter, and none that is not closed or none at all', () => {
    assert.deepEqual(read(markdown, '+++\ntitle = "A \\"b\\""\ndescription = \'\'\'\nc\n\'\'\'\n[params]\ntitle = "no"\n+++\nText\n'), ['title: A "b"', 'title: c', 'paragraph: Text']);
    assert.deepEqual(read(markdown, '{\n  "title": "A",\n  "seo": { "title": "no" },\n  "summary": "B \\"c\\""\n}\n\nText\n'), ['title: A', 'title: B "c"', 'paragraph: Text']);
    assert.equal(markdown.parse('---\ntitle: A\n\nText\n').frontMatter, undefined);
    assert.deepEqual(read(markdown, '---\n\nSome prose here.\n\n---\n\nMore.\n'), ['paragraph: Some prose here.', 'paragraph: More.']);
    const { frontMatter } = markdown.parse('---\r\ntitle: A\r\n---\r\nText');
    assert.deepEqual(frontMatter, { span: { start: 0, end: 18 }, language: 'yaml', body: { start: 5, end: 15 } });
  });

  it('resolves links by their definitions, and takes numbers and keys for no links', () => {
    const text = 'See [the trial][r], [r], [1], [2], [none][zz], ![alt][r], <https://a.example/x>, https://b.example/a_b_c. and me@c.example.\n\n[r]: <https://r.example> "T"\n[1]: https://one.example\n';
    assert.deepEqual(read(markdown, text), ['paragraph: See the trial, r, [1], [2], [none][zz], , , . and .']);
    assert.deepEqual(readLinks(markdown, text), [
      'the trial → https://r.example = https://r.example', 'r → https://r.example = https://r.example', '1 → https://one.example = https://one.example', 'alt → https://r.example = https://r.example',
      'https://a.example/x → https://a.example/x = https://a.example/x', 'https://b.example/a_b_c → https://b.example/a_b_c = https://b.example/a_b_c', 'me@c.example → mailto:me@c.example = me@c.example',
    ]);
    assert.deepEqual(markdown.parse(text).links.map((link) => link.image), [false, false, false, true, false, false, false]);
  });

  it('reads HTML in Markdown', () => {
    assert.deepEqual(read(markdown, '<details>\n<summary>Is it safe?</summary>\n\nYes, *mostly*.\n\n</details>\n'), ['heading 7: Is it safe?', 'paragraph: Yes, mostly.']);
    assert.deepEqual(read(markdown, '<div class="testimonial">\n    <p>One.</p>\n    <p>Two.</p>\n</div>\n'), ['paragraph quoted: One.', 'paragraph quoted: Two.']);
    assert.deepEqual(read(markdown, '<ul><li>one</li><li>two</li></ul>\n\n<table><tr><th>A</th></tr><tr><td>b c</td></tr></table>\n'), ['item 1: one', 'item 1: two', 'cell 0,0 head: A', 'cell 1,0: b c']);
    assert.deepEqual(read(markdown, 'One<br>two <!-- x --> three <script>var ketamine = 1</script> four, a < b and <5 min.\n'), ['paragraph: One two three four, a < b and <5 min.']);
    assert.deepEqual(read(markdown, '<blockquote>open\n\nlater text\n'), ['paragraph: open', 'paragraph: later text'], 'an element that is not closed changes nothing');
  });

  it('finds captions, definitions and cells of tables that are not whole', () => {
    assert.deepEqual(read(markdown, 'Table: Before\n\n| a | b |\n|---|---|\n| c | d |\n'), ['caption: Table: Before', 'cell 0,0 head: a', 'cell 0,1 head: b', 'cell 1,0: c', 'cell 1,1: d']);
    assert.deepEqual(read(markdown, '| a | b |\n|---|---|  \n| c | d |\n\n*Table 1. What it tells.*\n'), ['cell 0,0 head: a', 'cell 0,1 head: b', 'cell 1,0: c', 'cell 1,1: d', 'caption: Table 1. What it tells.']);
    assert.deepEqual(read(markdown, 'Term\n: What it is\n: What else\n'), ['paragraph: Term', 'item 1: What it is', 'item 1: What else']);
    assert.deepEqual(read(markdown, '| a | b |\n| c |'), ['cell 0,0: a', 'cell 0,1: b', 'cell 1,0: c']);
  });

  it('takes a rule under a paragraph for no heading', () => {
    assert.deepEqual(read(markdown, 'Short one\n---\n\nIt may help some people.\n---\n'), ['heading 2: Short one', 'paragraph: It may help some people.']);
  });

  it('finds references by their heading and their look', () => {
    assert.deepEqual(read(markdown, '**Sources**\n\n[1] Smith J, et al. A. J 2006;1:3.\n[2] Jones K. B. 2010;1:2.\n'), ['paragraph: Sources', 'reference [1]: Smith J, et al. A. J 2006;1:3.', 'reference [2]: Jones K. B. 2010;1:2.']);
    assert.deepEqual(read(markdown, '# Notes\n\n- Doses are approximate.\n- Smith J. 2006;1:3.\n\n# After\n\n- Jones 2010;1:2.\n'), ['heading 1: Notes', 'item 1: Doses are approximate.', 'reference: Smith J. 2006;1:3.', 'heading 1: After', 'item 1: Jones 2010;1:2.']);
    assert.deepEqual(read(markdown, '## References\n\n[zarate2006]: Zarate CA. A title. Arch 2006;63:856.\n'), ['heading 2: References', 'reference [zarate2006]: Zarate CA. A title. Arch 2006;63:856.']);
  });

  it('knows raised numbers that are no citations', () => {
    assert.deepEqual(readMarks(markdown, 'Pandoc^3^, 10^5^, x^2^, 5 cm^2^, 5 m<sup>2</sup>, word^a b^, it helps.<sup>[4](#r4)</sup> In 2006<sup>5</sup>'), ['^3^ superscript 3', '<sup>[4](#r4)</sup> superscript 4', '<sup>5</sup> superscript 5']);
  });

  it('keeps what is half typed from hiding the rest', () => {
    assert.deepEqual(read(markdown, 'An <!-- open comment\n\nA **bold and [link](https://half and `code\n\nmore $x text\n'), ['paragraph: An open comment', 'paragraph: A bold and [link and `code', 'paragraph: more $x text']);
  });

  it('writes what reads back as it was', () => {
    const { write } = markdown;
    const text = fc.string({ unit: fc.constantFrom(...'ab1 .,*_`[](){}<>#-+=~:|!&;$^\\"\'@/%éß'.split('')), minLength: 1, maxLength: 24 })
      .filter((value) => /[ab]/.test(value) && !/@\S|www|:\/\//.test(value)).map((value) => value.trim());
    fc.assert(fc.property(text, (value) => {
      const want = value.replace(/\s+/g, ' ');
      const shown = (source: string): string[] => read(markdown, source).map((line) => line.slice(line.indexOf(': ') + 2));
      assert.deepEqual(shown(`${write.paragraph(value)}\n`), [want]);
      assert.deepEqual(shown(`${write.heading(value, 2)}\n`), [want]);
      assert.deepEqual(shown(`${write.list([value, 'x'])}\n`), [want, 'x']);
    }), { numRuns: 1000 });
    assert.equal(write.paragraph('It may help [citation needed] [1], "so"; 5–10 % (n = 3).'), 'It may help [citation needed] [1], "so"; 5–10 % (n = 3).');
    assert.deepEqual(write.footnote('a 1', 'Smith *et al*'), { mark: '[^a-1]', definition: '[^a-1]: Smith \\*et al\\*' });
    assert.deepEqual(markdown.parse(write.comment('caveat-disable-file -- why')).comments.map((comment) => comment.body.trim()), ['caveat-disable-file -- why']);
  });
});

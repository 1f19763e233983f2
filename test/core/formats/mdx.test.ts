import assert from 'node:assert/strict';
import { mdx } from '../../../server/src/core/formats/mdx';
import { checkLaws, read, readLinks, testLaws } from './laws';

const PAGE = `---
title: Your questions
---

import { Accordion } from '@/components/Accordion'
import {
  Quote,
  Price,
} from "@/components"

export const meta = {
  description: 'Ketamine cures',

  phone: '1',
}

# Hello {meta.name} {/* a comment */}

<Callout type="tip" title="Big &quot;news&quot;">
    Text that is **indented**.

    - item one
    - item two

    Ask about <Tooltip label="the receptor">NMDA</Tooltip>, it is{' '}{1 + \`}\`} close.
</Callout>

<AccordionItem title="Does it work?">
For [some](/some) people.
</AccordionItem>

<Faq q="Is it safe?" a="It is given under watch." items={[{ q: "x", a: "}" }]} heading={'What now?'} />

<Quote author="A, 38" text="It cured me." />
<PatientStory>

A long story.

</PatientStory>
<Preview>Not quoted</Preview>

| Plan | Cost |
|---|---|
| Starter | <Price amount={1} was="a|b" /> |

{
  open && (
    <p>don't show</p>

    )
}

{/* caveat-disable-next-line missing-citation -- reason */}
The end.
`;

describe('formats/mdx', () => {
  testLaws(mdx, [PAGE], ['{', '}', '{/*', '*/}', '<A>', '</A>', '<A title="', '<A b={', '/>', '<>', '</>', "import a from 'a'\n", 'import {\n', 'export const a = {\n', '**', '`', '```\n', '- ', '# ', '    ', '| a | b |\n', '<Quote text="x" />\n', '[a](b)', '"', "{' '}"]);

  it('reads a page', () => {
    assert.deepEqual(read(mdx, PAGE), [
      'title: Your questions', 'heading 1: Hello', 'heading 7: Big "news"', 'paragraph: Text that is indented.', 'item 1: item one', 'item 1: item two',
      'paragraph: Ask about NMDA, it is close.', 'heading 7: Does it work?', 'paragraph: For some people.',
      'heading 7: Is it safe?', 'paragraph: It is given under watch.', 'heading 7: What now?', 'paragraph quoted: It cured me.', 'paragraph quoted: A long story.', 'paragraph: Not quoted',
      'cell 0,0 head: Plan', 'cell 0,1 head: Cost', 'cell 1,0: Starter', 'paragraph: The end.',
    ]);
    assert.deepEqual(mdx.parse(PAGE).comments.map((comment) => [PAGE.slice(comment.span.start, comment.span.end), comment.body]), [
      ['{/* a comment */}', ' a comment '], ['{/* caveat-disable-next-line missing-citation -- reason */}', ' caveat-disable-next-line missing-citation -- reason '],
    ]);
    assert.deepEqual(readLinks(mdx, PAGE), ['some → /some = /some']);
  });

  it('has the value of an attribute as the span of its block', () => {
    const { blocks } = checkLaws(mdx, PAGE);
    assert.ok(blocks.some(({ kind, span }) => kind === 'heading' && PAGE.slice(span.start, span.end) === 'Does it work?'));
    assert.ok(blocks.some(({ quoted, span }) => quoted && PAGE.slice(span.start, span.end) === 'It cured me.'));
  });

  it('does not part a sentence at a component in it', () => {
    assert.deepEqual(read(mdx, 'Ring us on\n<Phone label="Our number" /> now.\n'), ['paragraph: Ring us on now.']);
  });

  it('keeps half-typed JSX from hiding the rest', () => {
    const rest = 'It may help.\n\nAnd more.\n';
    const shown = ['paragraph: It may help.', 'paragraph: And more.'];
    for (const start of ['<Callout', '<Callout title="', '<Callout title="open', '<Callout title="open>', '<Callout items={[1, {', '{', '{open', '{/* open', '<Quote>', '<Quote', '</Quote>', 'export const a = {', 'import {', "import a from '", '<>', '</', '<']) {
      const lines = read(mdx, `${start}\n\n${rest}`);
      assert.deepEqual(lines.slice(-2), shown, start);
    }
    assert.deepEqual(read(mdx, `Text <Callout title="open ${rest}`).at(-1), 'paragraph: And more.');
  });

  it('writes comments and escapes as MDX wants them', () => {
    assert.equal(mdx.write.comment('a */ b'), '{/* a * / b */}');
    assert.equal(mdx.write.paragraph('a {b} <c>'), 'a \\{b\\} \\<c\\>');
    assert.deepEqual(read(mdx, mdx.write.paragraph('# a {b} *c* <d>')), ['paragraph: # a {b} *c* <d>']);
  });
});

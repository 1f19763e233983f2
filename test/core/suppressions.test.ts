import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { formatOfPath } from '../../server/src/core/formats/index';
import { block, type Format, type Parsed } from '../../server/src/core/formats/format';
import { readSuppressions, suppressionComment, type Suppression } from '../../server/src/core/suppressions';
import { timesAsLong } from '../ratio';

const formatOf = (name: string): Format => {
  const format = formatOfPath(name);
  ok(format);
  return format;
};

const of = (text: string, name = 'a.md'): Suppression[] => readSuppressions(text, formatOf(name).parse(text));

/** What each suppression of a text covers, without the white space at its ends. */
const covered = (text: string, name?: string): string[] => of(text, name).map(({ covers }) => text.slice(covers.start, covers.end).trim());

describe('suppressions', () => {
  describe('reads the order', () => {
    for (const [body, rules, reason, until] of [
      ['caveat-disable-next-line absolute-language -- a quotation', ['absolute-language'], 'a quotation', ''],
      ['caveat-disable-next-line absolute-language, known-error,bare-statistic -- checked  by Ana', ['absolute-language', 'known-error', 'bare-statistic'], 'checked by Ana', ''],
      ['caveat-disable-next-line', [], '', ''],
      ['caveat-disable-next-line -- all of it', [], 'all of it', ''],
      ['caveat-disable-next-line absolute-language — a dash', ['absolute-language'], 'a dash', ''],
      ['caveat-disable-next-line absolute-language until=2027-01-31 -- under review', ['absolute-language'], 'under review', '2027-01-31'],
      ['caveat-disable-next-line absolute-language -- under review until=2027-01-31', ['absolute-language'], 'under review', '2027-01-31'],
      ['caveat-disable-next-line absolute-language until=2027-13-31 -- no such month', ['absolute-language'], 'no such month', ''],
      ['caveat-disable-next-line until=2027-01-31', [], '', '2027-01-31'],
      ['caveat-disable-next-line absolute-language it is a quotation', ['absolute-language'], 'it is a quotation', ''],
      ['caveat-disable-next-line it is a quotation', [], 'it is a quotation', ''],
      ['caveat-disable-next-line suppression', ['suppression'], '', ''],
      ['caveat-disable-next-line\n  Absolute-Language\n  -- over\n  lines', ['absolute-language'], 'over lines', ''],
    ] as const) {
      it(body.replaceAll('\n', ' / '), () => {
        const [only] = of(`<!-- ${body} -->\nIt cures.\n`);
        ok(only);
        deepEqual([only.form, only.rules, only.reason, only.until], ['next-line', rules, reason, until]);
      });
    }
    for (const body of ['caveat-disabled', 'caveat-disable-nextline', 'a caveat-disable', 'caveats', 'Caveat-disable-file', 'caveat']) {
      it(`none in “${body}”`, () => deepEqual(of(`<!-- ${body} -->\nIt cures.\n`), []));
    }
    it('with the place of its comment', () => {
      const text = 'One.\n\n<!-- caveat-disable-file known-error -- so -->\n';
      deepEqual(of(text).map(({ form, span }) => [form, text.slice(span.start, span.end)]), [['file', '<!-- caveat-disable-file known-error -- so -->']]);
    });
  });

  describe('covers', () => {
    const mark = '<!-- caveat-disable-next-line -- so -->';
    for (const [what, text, expected, name] of [
      ['the next line', `${mark}\nTwo.\n\nThree.\n`, ['Two.']],
      ['the next line that is not empty', `${mark}\n\n\nTwo.\n\nThree.\n`, ['Two.']],
      ['a heading', `${mark}\n## Two\n\nThree.\n`, ['## Two']],
      ['a list item', `- One\n${mark}\n- Two\n- Three\n`, ['- Two']],
      ['a table row', `${mark}\n| a | b |\n| - | - |\n| c | d |\n`, ['| a | b |']],
      ['the whole of a paragraph that is wrapped', `${mark}\nTwo goes\non here.\n\nThree.\n`, ['Two goes\non here.']],
      ['the same line where several comments stand over it', `${mark}\n${mark}\nTwo.\n`, ['Two.', 'Two.']],
      ['nothing at the end', `One.\n\n${mark}\n`, ['']],
      ['the next line with CRLF', `${mark}\r\nTwo.\r\nmore\r\n\r\nThree.\r\n`, ['Two.\r\nmore']],
      ['the block that a line of markup opens', `${mark}\n<p>\n  Two\n  more.\n</p>\n<p>Three.</p>\n`, ['<p>\n  Two\n  more.'], 'a.html'],
      ['an element on one line', `<p>One.</p>\n${mark}\n<p>Two.</p>\n<p>Three.</p>\n`, ['<p>Two.</p>'], 'a.html'],
      ['a line of plain text', 'One.\n\ncaveat-disable-next-line known-error -- so\nTwo.\n\nThree.\n', ['Two.'], 'a.txt'],
      ['a paragraph of LaTeX', '% caveat-disable-next-line -- so\nTwo\nmore.\n\nThree.\n', ['Two\nmore.'], 'a.tex'],
      ['a paragraph of AsciiDoc', '// caveat-disable-next-line -- so\nTwo\nmore.\n\nThree.\n', ['Two\nmore.'], 'a.adoc'],
      ['a paragraph of reStructuredText', '.. caveat-disable-next-line -- so\n\nTwo\nmore.\n\nThree.\n', ['Two\nmore.'], 'a.rst'],
      ['a paragraph of MDX', '{/* caveat-disable-next-line -- so */}\n\nTwo\nmore.\n\nThree.\n', ['Two\nmore.'], 'a.mdx'],
      ['its own line', 'One.\n\nTwo. <!-- caveat-disable-line -- so -->\n\nThree.\n', ['Two. <!-- caveat-disable-line -- so -->']],
      ['its own line and no more', 'One\nTwo. <!-- caveat-disable-line -- so -->\nThree.\n', ['Two. <!-- caveat-disable-line -- so -->']],
      ['all of the file', 'One.\n\n<!-- caveat-disable-file -- so -->\n', ['One.\n\n<!-- caveat-disable-file -- so -->']],
      ['a range', 'One.\n\n<!-- caveat-disable -- so -->\n\nTwo.\n\n<!-- caveat-enable -->\n\nThree.\n', ['Two.']],
      ['a range left open to the end', 'One.\n\n<!-- caveat-disable -- so -->\n\nTwo.\n\nThree.\n', ['Two.\n\nThree.']],
    ] as const) it(what, () => deepEqual(covered(text, name), expected));

    it('each rule of a range until that rule is switched on', () => {
      const text = '<!-- caveat-disable a-b, c-d -- so -->\n\nOne.\n\n<!-- caveat-enable a-b -->\n\nTwo.\n\n<!-- caveat-enable -->\n\nThree.\n';
      deepEqual(of(text).map(({ rules, covers }) => [rules, text.slice(covers.start, covers.end).includes('One.'), text.slice(covers.start, covers.end).includes('Two.'), text.slice(covers.start, covers.end).includes('Three.')]),
        [[['a-b'], true, false, false], [['c-d'], true, true, false]]);
    });
    it('all rules until all are switched on', () => {
      equal(of('<!-- caveat-disable -->\n\nOne.\n\n<!-- caveat-enable a-b -->\n\nTwo.\n').length, 1);
      ok(covered('<!-- caveat-disable -->\n\nOne.\n\n<!-- caveat-enable a-b -->\n\nTwo.\n')[0]!.endsWith('Two.'));
    });
    it('nothing by an end without a beginning', () => deepEqual(of('<!-- caveat-enable a-b -->\n\nOne.\n'), []));
  });

  it('is written so that it is read again, in every format', () => {
    for (const name of ['a.md', 'a.mdx', 'a.html', 'a.txt', 'a.tex', 'a.adoc', 'a.rst']) {
      for (const form of ['next-line', 'line', 'file', 'range'] as const) {
        const text = `${formatOf(name).write.comment(suppressionComment(form, ['a-b', 'c-d'], 'as  agreed -- by\nall'))}\n\nOne.\n`;
        deepEqual(of(text, name).map((s) => [s.form, s.rules, s.reason]), [[form, ['a-b', 'c-d'], 'as agreed – by all']], `${name}: ${text}`);
      }
    }
    equal(suppressionComment('next-line', [], ''), 'caveat-disable-next-line');
  });

  it('keeps to the text, whatever stands in it', () => {
    const piece = fc.constantFrom('<!-- caveat-disable', '<!-- caveat-disable-next-line', '-->', ' -- ', ' a-b', ',', '\n', '\r\n', '\r', 'One.', '<!-- caveat-enable', '<!-- caveat-disable-line -->', 'until=2027-01-01', '- ', '|', '\ud83d');
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')), fc.constantFrom('a.md', 'a.html', 'a.txt'), (text, name) => {
      for (const { span, covers } of of(text, name)) {
        ok(0 <= span.start && span.start < span.end && span.end <= text.length);
        ok(0 <= covers.start && covers.start <= covers.end && covers.end <= text.length);
      }
    }), { numRuns: 400 });
  });

  for (const [name, line] of [
    ['next lines', '<!-- caveat-disable-next-line a-b -- so -->\n'], ['ranges', '<!-- caveat-disable a-b -- so -->\n'], ['ends', '<!-- caveat-disable -->\n<!-- caveat-enable a-b -->\n'],
    ['pairs', '<!-- caveat-disable a-b, c-d -->\n<!-- caveat-enable a-b -->\nOne.\n'], ['empty lines', '<!-- caveat-disable-next-line -->\n\n\n\n'],
  ] as const) {
    it(`takes time in proportion to the text: ${name}`, () => {
      const make = (size: number): { text: string; parsed: Parsed } => {
        const text = line.repeat(Math.ceil(size / line.length));
        const comments = [...text.matchAll(/<!--(.*?)-->/g)].map((m) => ({ span: { start: m.index, end: m.index + m[0].length }, body: m[1]! }));
        return { text, parsed: { prose: text, blocks: [block('paragraph', { start: text.length - 1, end: text.length })], marks: [], links: [], comments, frontMatter: undefined, bibliographies: [] } };
      };
      const times = timesAsLong(4, make, ({ text, parsed }) => readSuppressions(text, parsed));
      ok(times < 10, String(times));
    });
  }
});

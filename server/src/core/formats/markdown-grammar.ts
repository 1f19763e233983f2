import { Autolink, parser as commonmark, Strikethrough, Subscript, Superscript, Table, TaskList, type BlockContext, type Line, type MarkdownConfig, type MarkdownParser } from '@lezer/markdown';

/** A block that goes on in lines indented by `value` columns and in blank lines. */
const indented = (_cx: BlockContext, line: Line, value: number): boolean => {
  if (line.next >= 0 && line.indent < line.baseIndent + value) return false;
  line.moveBaseColumn(line.baseIndent + value);
  return true;
};

export const NOTE = /\[\^([^\]\s]{1,99})\]:[ \t]*/y;
const ADMONITION = /(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+"[^"\n]*")?[ \t]*$/y;
const DEFINITION = /:[ \t]+(?=\S)/y;
const DIRECTIVE = /:{3,}(?!:)[^\n]*$/y;
export const TARGET = /\[((?:[^\]\\]|\\.){1,200})\]:[ \t]*(?:<([^>\n]*)>|(\S+))(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^\n]*\)))?[ \t]*$/y;

const matches = (expression: RegExp, line: Line): RegExpExecArray | null => {
  expression.lastIndex = line.pos;
  return line.indent < line.baseIndent + 4 ? expression.exec(line.text) : null;
};

/** Parses a composite block that opens with a mark and goes on by indentation. */
const composite = (name: string, expression: RegExp, width: number) => ({
  name,
  before: 'Blockquote',
  parse(cx: BlockContext, line: Line): boolean | null {
    const m = matches(expression, line);
    if (!m) return false;
    cx.startComposite(name, line.pos, width);
    cx.addElement(cx.elt('OwnMark', cx.lineStart + line.pos, cx.lineStart + line.pos + m[0].length));
    line.moveBase(line.pos + m[0].length);
    return null;
  },
  endLeaf: (_cx: BlockContext, line: Line) => matches(expression, line) !== null,
});

/** Parses a line that is a block of its own. */
const ownLine = (name: string, expression: RegExp, ends: boolean) => ({
  name,
  before: 'Blockquote',
  parse(cx: BlockContext, line: Line): boolean {
    if (!matches(expression, line)) return false;
    cx.addElement(cx.elt(name, cx.lineStart + line.pos, cx.lineStart + line.text.length));
    cx.nextLine();
    return true;
  },
  ...ends && { endLeaf: (_cx: BlockContext, line: Line) => matches(expression, line) !== null },
});

const OWN: MarkdownConfig = {
  // `scan` has taken out what these would read; the link definitions of lezer are not linear.
  remove: ['FencedCode', 'HTMLBlock', 'LinkReference', 'InlineCode', 'HTMLTag'],
  defineNodes: [
    'OwnMark', 'FootnoteReference',
    { name: 'Footnote', block: true, composite: indented },
    { name: 'Admonition', block: true, composite: indented },
    { name: 'Definition', block: true, composite: indented },
    { name: 'Directive', block: true }, { name: 'Target', block: true },
  ],
  parseBlock: [
    composite('Footnote', NOTE, 2), composite('Admonition', ADMONITION, 4), composite('Definition', DEFINITION, 2),
    ownLine('Directive', DIRECTIVE, true), ownLine('Target', TARGET, false),
  ],
  parseInline: [{
    name: 'FootnoteReference', before: 'Link',
    parse(cx, next, pos) {
      if (next !== 91 || cx.char(pos + 1) !== 94) return -1;
      const m = /^\[\^[^\]\s[]{1,99}\]/.exec(cx.slice(pos, Math.min(cx.end, pos + 103)));
      return m ? cx.addElement(cx.elt('FootnoteReference', pos, pos + m[0].length)) : -1;
    },
  }, {
    name: 'NoImage', before: 'FootnoteReference', // `effective![^1]`
    parse: (cx, next, pos) => next === 33 && cx.char(pos + 1) === 91 && cx.char(pos + 2) === 94 ? pos + 1 : -1,
  }, {
    name: 'BreakBeforeReturn', before: 'Escape', // CRLF reads as ` \n` in the copy
    parse: (cx, next, pos) => next === 92 && cx.char(pos + 1) === 32 && cx.char(pos + 2) === 10 ? cx.addElement(cx.elt('HardBreak', pos, pos + 3)) : -1,
  }],
};

/** MDX has no indented code: what is indented, as the content of components often is, reads as if it were not. */
const INDENTED: MarkdownConfig = {
  remove: ['IndentedCode'],
  defineNodes: [{ name: 'Indented', block: true, composite: indented }],
  parseBlock: [{
    name: 'Indented', before: 'IndentedCode',
    parse(cx, line) {
      const width = line.indent - line.baseIndent;
      if (width < 4 || cx.depth > 50) return false;
      cx.startComposite('Indented', line.pos, width);
      line.moveBaseColumn(line.indent);
      return null;
    },
  }],
};

/** Emphasis and links are matched within pieces of this size: matching is quadratic where marks do not pair up. */
const PIECE = 4000;

/** Lezer's parser with inline parsing bounded, and skipped where a text has no mark. */
function bounded(parser: MarkdownParser): MarkdownParser {
  const parse = parser.parseInline.bind(parser);
  parser.parseInline = (text, offset) => {
    if (!/[\\*_[\]!&~^@]|www\.|https?:|mailto:/.test(text)) return [];
    if (text.length <= PIECE * 2) return parse(text, offset);
    const out = [];
    for (let from = 0; from < text.length;) {
      let to = Math.min(text.length, from + PIECE);
      if (to < text.length) {
        const gap = text.lastIndexOf(' ', to);
        if (gap > from + PIECE / 2) to = gap;
      }
      out.push(...parse(text.slice(from, to), offset + from));
      from = to;
    }
    return out;
  };
  return parser;
}

const GRAMMAR = [Table, TaskList, Strikethrough, Autolink, Superscript, Subscript, OWN];
/** Parsers of the copy that `scan` leaves. */
export const PARSERS = {
  markdown: bounded(commonmark.configure(GRAMMAR)),
  mdx: bounded(commonmark.configure([...GRAMMAR, INDENTED])),
};

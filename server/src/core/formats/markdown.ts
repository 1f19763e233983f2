import type { SyntaxNodeRef } from '@lezer/common';
import { Autolink, parser as commonmark, Strikethrough, Subscript, Superscript, Table, TaskList, type BlockContext, type Line, type MarkdownConfig, type MarkdownParser } from '@lezer/markdown';
import { Canvas, finish, listHeading, markKeys, roleOf } from './canvas';
import { block, type Block, type BlockKind, type Comment, type Format, type Link, type Mark, type Parsed, type Writer } from './format';
import { readFrontMatter, showHead } from './frontmatter';
import { decodeEntity } from './html';
import { pairTags, readTag, type Budget, type Tag } from './tags';
import { overlaps, span, type Span } from '../text';

// Reading goes in three steps. `scan` finds what is no Markdown at all (front matter, code, math, comments, tags) and
// puts blanks or place holders there, in a copy of the same length; lezer reads the structure of that copy; `blocksOf`
// turns structure and tags into blocks. Each step is linear in the text, and what one can not read is prose to the next.

/** Stands for an inline stretch in the copy. Lezer takes it for a symbol, as it would the tag or code that it replaces. */
const OBJECT = '\uFFFC';

/** A stretch of the text that is no Markdown. */
export interface Region {
  readonly span: Span;
  /** Ends a paragraph, as a blank line does; else it stands in a line of text. */
  readonly blank: boolean;
  readonly tag?: Tag | undefined;
  /** Of a comment: what stands between its markers. */
  readonly comment?: Span | undefined;
  readonly link?: Link | undefined;
  /** What it reads as, where that is not nothing. */
  readonly reads?: string | undefined;
}

/** What MDX has beyond Markdown. */
export interface Dialect {
  /** JSX: braces in tags are expressions, and there is no indented code. */
  readonly jsx: boolean;
  /** The region that starts at `at`, of a kind that plain Markdown does not have. */
  region?(text: string, at: number, lineStart: number, budget: Budget): Region | undefined;
}

const MARKDOWN: Dialect = { jsx: false };

/* ---- scan ---- */

const RAW = new Set('script style pre textarea svg template math iframe object code kbd samp'.split(' '));
const PREFIX = /[ \t\ufeff]*(?:(?:>|[-*+]|\d{1,9}[.)])(?:[ \t]+|(?=[\r\n`~]|$)|(?<=>)))*/y;
const AUTOLINK = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]{1,2000}|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d.-]{1,255})>/iy;
const ATTRIBUTES = /\{(?:[#.:=][^{}\n]{0,400}|-|[\w-]{1,60}=[^{}\n]{0,400})\}/y;
const TEMPLATE = /\{\{(?!\s*(?:citation|cn\b|fact\b|source))[^\n]{0,400}?\}\}|\{%[^\n]{0,400}?%\}/iy;
const HALF_TAG = /<\/?[A-Z][\w.:-]*(?:[ \t]+[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|\{[^}\n]*\}|["'{])?)*[ \t]*\/?>?/y;

/** Finds the closing run of an inline code span before the paragraph ends. */
function codeEnd(text: string, at: number, width: number, limit: number): number {
  const run = /`+|\n[ \t\r]*\n/g;
  run.lastIndex = at + width;
  for (let m = run.exec(text); m && m.index < limit; m = run.exec(text)) {
    if (m[0][0] !== '`') return -1;
    if (m[0].length === width) return m.index + width;
  }
  return -1;
}

/** Where a fenced code block ends that opens at `at`; the end of the text where it is not closed. */
function fenceEnd(text: string, at: number, fence: string, quoted: boolean): number {
  const close = new RegExp(`[ \\t]*(?:>[ \\t]*)*${fence[0]}{${fence.length},}[ \\t]*(?=\\r|\\n|$)`, 'y');
  const quote = /[ \t]*>/y;
  let line = text.indexOf('\n', at) + 1;
  while (line > 0) {
    close.lastIndex = line;
    if (close.test(text)) return close.lastIndex;
    quote.lastIndex = line;
    if (quoted && !quote.test(text)) return line - 1;
    line = text.indexOf('\n', line) + 1;
  }
  return text.length;
}

/** Inline math between single dollars: not the prices of a clinic. */
function isMath(body: string): boolean {
  return body !== '' && !/^\s|\s$/.test(body) && (!/^\d/.test(body) || !/\s/.test(body) || /[\\^_=<>]/.test(body)) && !/\|/.test(body);
}

function scan(text: string, from: number, dialect: Dialect): Region[] {
  const regions: Region[] = [];
  const budget: Budget = { left: 2_000_000 };
  const lastComment = text.lastIndexOf('-->');
  const neverClosed = new Set<string>();
  const special = /[\\`<{$\n]/g;
  let failedCode = new Set<number>();
  let lineStart = from;
  let contentStart = from;
  let i = from;
  const alone = (start: number, end: number): boolean => start === contentStart && /^[ \t\r]*(?:\n|$)/.test(text.slice(end, end + 200).split('\n', 1)[0]!);
  const newLine = (at: number): void => {
    lineStart = at;
    PREFIX.lastIndex = at;
    PREFIX.test(text);
    contentStart = PREFIX.lastIndex;
    if (contentStart >= text.length || text[contentStart] === '\n' || text[contentStart] === '\r') failedCode = new Set();
  };
  /** Adds a region and goes on behind it. */
  const add = (region: Region): void => {
    regions.push(region);
    const line = text.slice(region.span.start, region.span.end).lastIndexOf('\n');
    if (line >= 0) { lineStart = region.span.start + line + 1; contentStart = -1; }
    i = region.span.end;
  };
  /** What starts at `i`; false where it is plain text. */
  const read = (c: string): boolean => {
    const own = dialect.region?.(text, i, lineStart, budget);
    if (own) { add({ ...own, blank: own.blank && alone(i, own.span.end) }); return true; }
    if (c === '`' || c === '~') {
      const width = /[`~]/.test(c) ? /^(?:`+|~+)/.exec(text.slice(i, i + 500))![0].length : 0;
      if (width >= 3 && i === contentStart) {
        const rest = text.slice(i + width, i + width + 500).split('\n', 1)[0]!;
        if (c === '~' || !rest.includes('`')) {
          add({ span: span(i, fenceEnd(text, i, c.repeat(width), text.slice(lineStart, i).includes('>'))), blank: true });
          return true;
        }
      }
      if (c === '~') return false;
      const end = failedCode.has(width) ? -1 : codeEnd(text, i, width, i + 4000);
      if (end < 0) { failedCode.add(width); i += width; return true; }
      add({ span: span(i, end), blank: false });
      return true;
    }
    if (c === '$') {
      if (text[i + 1] === '$') {
        const end = text.slice(i + 2, i + 5000).indexOf('$$');
        if (end < 0 || /\n[ \t\r]*\n/.test(text.slice(i, i + end + 2))) { i += 2; return true; }
        add({ span: span(i, i + end + 4), blank: alone(i, i + end + 4) });
        return true;
      }
      const body = /\$((?:[^$\n\\]|\\.){1,300})\$(?!\d)/y;
      body.lastIndex = i;
      const m = body.exec(text);
      if (!m || !isMath(m[1]!)) return false;
      add({ span: span(i, i + m[0].length), blank: false });
      return true;
    }
    if (c === '{') {
      if (text.startsWith(':::', contentStart)) return false;
      TEMPLATE.lastIndex = ATTRIBUTES.lastIndex = i;
      const before = text[i - 1] ?? '\n';
      const m = TEMPLATE.exec(text) ?? (/[\s\])`:]/.test(before) ? ATTRIBUTES.exec(text) : null);
      if (!m) return false;
      add({ span: span(i, i + m[0].length), blank: alone(i, i + m[0].length) });
      return true;
    }
    if (c !== '<') return false;
    if (text.startsWith('<!--', i)) {
      if (lastComment < i + 4) { add({ span: span(i, i + 4), blank: false }); return true; }
      const close = text.indexOf('-->', i + 4);
      const at = span(i, close + 3);
      add({ span: at, blank: alone(i, close + 3), comment: span(i + 4, close) });
      return true;
    }
    AUTOLINK.lastIndex = i;
    const address = AUTOLINK.exec(text);
    if (address && !/\](?:\(|:[ \t]*)$/.test(text.slice(Math.max(0, i - 20), i))) {
      const at = span(i + 1, i + address[0].length - 1);
      add({ span: span(i, AUTOLINK.lastIndex), blank: false, link: linkTo(address[1]!, at, at) });
      return true;
    }
    const tag = readTag(text, i, dialect.jsx ? budget : undefined);
    if (tag) {
      const name = tag.name.toLowerCase();
      if (tag.form === 'open' && RAW.has(name) && !neverClosed.has(name)) {
        const close = new RegExp(`</${name}\\s*>`, 'gi');
        close.lastIndex = tag.span.end;
        if (close.test(text)) {
          add({ span: span(i, close.lastIndex), blank: alone(i, close.lastIndex) });
          return true;
        }
        neverClosed.add(name);
      }
      add({ span: tag.span, blank: dialect.jsx && alone(i, tag.span.end), tag, reads: name === 'br' ? ' ' : undefined });
      return true;
    }
    HALF_TAG.lastIndex = i;
    const half = HALF_TAG.exec(text);
    if (!half) return false;
    add({ span: span(i, HALF_TAG.lastIndex), blank: false });
    return true;
  };
  newLine(from);
  while (i < text.length) {
    if (i === lineStart && contentStart >= 0 && i < contentStart) i = contentStart;
    if (i === contentStart && (i === lineStart || text[i] === '~') && i < text.length && text[i] !== '\n' && text[i] !== '\\') {
      if (read(text[i]!)) continue;
    }
    special.lastIndex = i;
    const m = special.exec(text);
    if (!m) break;
    i = m.index;
    if (m[0] === '\n') newLine(++i);
    else if (m[0] === '\\') i += text[i + 1] === '\n' ? 1 : 2;
    else if (!read(m[0])) i++;
  }
  return regions;
}

/* ---- structure ---- */

/** A block that goes on in lines indented by `value` columns and in blank lines. */
const indented = (_cx: BlockContext, line: Line, value: number): boolean => {
  if (line.next >= 0 && line.indent < line.baseIndent + value) return false;
  line.moveBaseColumn(line.baseIndent + value);
  return true;
};

const NOTE = /\[\^([^\]\s]{1,99})\]:[ \t]*/y;
const ADMONITION = /(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+"[^"\n]*")?[ \t]*$/y;
const DEFINITION = /:[ \t]+(?=\S)/y;
const DIRECTIVE = /:{3,}(?!:)[^\n]*$/y;
const TARGET = /\[((?:[^\]\\]|\\.){1,200})\]:[ \t]*(?:<([^>\n]*)>|(\S+))(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^\n]*\)))?[ \t]*$/y;

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
const PARSERS = {
  markdown: bounded(commonmark.configure(GRAMMAR)),
  mdx: bounded(commonmark.configure([...GRAMMAR, INDENTED])),
};

/* ---- blocks ---- */

type Base = Omit<Block, 'span'>;

/** What a container makes of the blocks in it. */
interface Context {
  readonly span: Span;
  readonly is: Partial<Base>;
}

const BLOCK_TAGS = new Set(('address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer '
  + 'form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p section select summary table tbody td tfoot th thead tr ul').split(' '));
const ASIDE_TAGS = new Set('nav button label option legend menu'.split(' '));
const TITLE_ATTRIBUTES = new Set('q question title heading label summary caption'.split(' '));
const TEXT_ATTRIBUTES = new Set('a answer text quote body content description note subtitle'.split(' '));
const PIPED = /^(?:\||\+[-=])/;
/** Before a raised number that is a power and no citation. */
const UNIT = /(?:\d|(?:^|[^\p{L}])(?:\p{L}|[cmk]m|kg))$/u;
const CAPTION = /^(?:[*_]{1,3}|<[^>]*>)?(?:Table|Figure|Fig|Box)\.?[ \t]*(?:[A-Z]?\d+[a-z]?)?[ \t]*[.:|–—-]/;

/** `PatientStory`, `patient-story` → `patient story`. */
const wordsOf = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[^A-Za-z\d]+/g, ' ').trim().toLowerCase();
const isQuote = (name: string): boolean => /quote|testimonial|\b(?:reviews?|story|stories)(?: (?:card|item|box|block|list|grid|carousel|slider))?$/.test(wordsOf(name))
  && !/\b(?:medical|clinical|peer|expert|last|next) reviews?\b/.test(wordsOf(name));
const isComponent = (tag: Tag): boolean => /^[A-Z]/.test(tag.name) || tag.name.includes('.');

function linkTo(address: string, at: Span, targetSpan: Span, image = false): Link {
  const target = address.replaceAll('&amp;', '&').replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return { span: at, target: /^[^/:\s]+@[^/:\s]+$/.test(target) ? `mailto:${target}` : target, targetSpan, image };
}

const keyOf = (label: string): string => label.trim().replace(/\s+/g, ' ').toLowerCase();

const ENTRY = /\b10\.\d{4,}\/|\bdoi\b|https?:|www\.|\bPMC?ID\b|\bet al\b|\bRetrieved\b|\bAccessed\b|\bisbn\b|\b(?:19|20)\d\d[a-z]?\b[^.]{0,40}[;:(,]\s*\d|\((?:19|20)\d\d[a-z]?\)|(?:19|20)\d\d\.?$/i;
const LABELLED = /^(?:\[([^\]\s]{1,40})\]:?|(\d{1,3})[.)])[ \t]+/;

/** Reads Markdown, or MDX by its dialect. Never throws. */
export function readMarkdown(text: string, dialect: Dialect = MARKDOWN): Parsed {
  try {
    return read(text, dialect);
  } catch {
    // Only the depth of what is nested can bring the parser down. Then each line is a paragraph.
    const canvas = new Canvas(text, false);
    const blocks = [...text.matchAll(/[^\r\n]+/g)].map((m) => block('paragraph', span(m.index, m.index + m[0].length)));
    return finish(canvas, { blocks });
  }
}

function read(text: string, dialect: Dialect): Parsed {
  const canvas = new Canvas(text, true);
  const normal = text.includes('\r') ? text.replace(/\r\n/g, ' \n').replace(/\r/g, '\n') : text;
  const head = readFrontMatter(text);
  const bodyStart = head?.frontMatter.span.end ?? 0;
  const regions = scan(normal, bodyStart, dialect);

  const pieces: string[] = [normal.slice(0, bodyStart).replace(/[^\n]/g, ' ')];
  let done = bodyStart;
  for (const { span: at, blank } of regions) {
    pieces.push(normal.slice(done, at.start), normal.slice(at.start, at.end).replace(/[^\n]/g, blank ? ' ' : OBJECT));
    done = at.end;
  }
  const copy = pieces.join('').concat(normal.slice(done)).replace(/^\ufeff/, ' ')
    .replace(/^([ \t>|:-]{2,500})\|([ \t]+)$/gm, '$1$2|'); // lezer takes no white space behind the last bar under a table's head

  const structure = structureOf(copy, normal, dialect);
  const tags = regions.flatMap((region) => region.tag ?? []);
  const markup = markupOf(normal, tags, structure.groups);
  const contexts = [...structure.contexts, ...markup.contexts].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const blocks = blocksOf(copy, structure.leaves, contexts, markup.cuts);

  for (const { span: at } of structure.leaves) canvas.show(at.start, at.end);
  for (const at of structure.masked) canvas.fill(at.start, at.end);
  for (const m of copy.matchAll(/(?<!\\)(?:\*{2,}|\]\((?:https?:|www\.|mailto:|\.{0,2}\/|#)[^\s)]*\)?)/g)) canvas.fill(m.index, m.index + m[0].length);
  for (const at of structure.entities) {
    const source = normal.slice(at.start, at.end);
    const value = decodeEntity(source);
    if (value !== source) canvas.put(value, at.start, at.end);
  }
  for (const { span: at, reads } of regions) {
    canvas.fill(at.start, at.end);
    if (reads) canvas.put(reads, at.start, at.end);
  }
  for (const { span: at } of markup.blocks) {
    canvas.show(at.start, at.end);
    for (const m of normal.slice(at.start, at.end).matchAll(/&(?:#\d{1,8}|#[xX][\da-fA-F]{1,8}|\w{2,32});/g)) {
      const value = decodeEntity(m[0]);
      if (value !== m[0]) canvas.put(value, at.start + m.index, at.start + m.index + m[0].length);
    }
  }
  if (head) showHead(canvas, head);

  // A link inside of a superscript's mark is the mark.
  const marks = [...structure.marks, ...markup.marks].sort((a, b) => a.span.start - b.span.start)
    .filter((mark, m, all) => m === 0 || !overlaps(all[m - 1]!.span, mark.span));
  return finish(canvas, {
    blocks: [...head?.blocks ?? [], ...references(canvas, [...blocks, ...markup.blocks].sort((a, b) => a.span.start - b.span.start), structure.numbers)],
    marks,
    links: [...structure.links, ...markup.links, ...regions.flatMap((region) => region.link ?? [])],
    comments: [...structure.comments, ...regions.flatMap(({ span: at, comment }) => comment ? { span: at, body: text.slice(comment.start, comment.end) } : [])],
    frontMatter: head?.frontMatter,
  });
}

interface Structure {
  /** Runs of text, before tags part them. */
  readonly leaves: readonly Block[];
  /** The numbers of the items of numbered lists, by where the items start. */
  readonly numbers: ReadonlyMap<number, string>;
  readonly contexts: readonly Context[];
  readonly masked: readonly Span[];
  readonly entities: readonly Span[];
  readonly marks: readonly Mark[];
  readonly links: readonly Link[];
  readonly comments: readonly Comment[];
  /** How many lists and tables there are. */
  readonly groups: number;
}

interface OpenLink {
  readonly from: number;
  readonly image: boolean;
  /** The brackets and parentheses met so far. */
  readonly marks: Span[];
  url: Span | undefined;
  label: Span | undefined;
}

function structureOf(copy: string, source: string, dialect: Dialect): Structure {
  const leaves: Block[] = [];
  const numbers = new Map<number, string>();
  const contexts: Context[] = [];
  const masked: Span[] = [];
  const entities: Span[] = [];
  const marks: Mark[] = [];
  const links: Link[] = [];
  const comments: Comment[] = [];
  const targets = new Map<string, { readonly target: string; readonly span: Span }>();
  const unresolved: OpenLink[] = [];
  const openLinks: OpenLink[] = [];
  const lists: { group: number; ordered: boolean; next: number; fresh: boolean }[] = [];
  const notes: string[] = [];
  const directives: { readonly span: Span; readonly text: string }[] = [];
  let groups = 0;
  let definitions = 0;
  let table = { group: -1, row: -1, delimiters: 0, leading: false, end: -1 };
  let inHeader = false;
  let definitionGroup = { group: -1, end: -1 };

  const isGap = (from: number, to: number): boolean => to - from < 400 && /^[\s>]*$/.test(copy.slice(from, to));
  const leaf = (kind: BlockKind, node: SyntaxNodeRef, { level = 0, group = -1, row = -1, column = -1, header = false, label = '' }: Partial<Base> = {}): void => {
    leaves.push({ kind, span: span(node.from, node.to), level, quoted: false, group, row, column, header, label, role: '' }); // of tables there are many: no spreads
  };

  const paragraph = (node: SyntaxNodeRef): void => {
    const list = lists.at(-1);
    const note = notes.at(-1);
    if (note !== undefined) return leaf('note', node, { label: note });
    const start = copy.slice(node.from, node.from + 60);
    const underTable = table.group >= 0 && isGap(table.end, node.from);
    if (definitions > 0) {
      if (table.group >= 0 && isGap(table.end, node.from - 2 - /[ \t]*$/.exec(copy.slice(Math.max(0, node.from - 20), node.from))![0].length)) {
        return leaf('caption', node, { group: table.group });
      }
      return leaf('item', node, { level: 1, group: definitionGroup.group });
    }
    if (CAPTION.test(start) && (underTable || /\d/.test(CAPTION.exec(start)![0]) && start.length > 20)) {
      const bare = /^Table:\s*/.exec(start);
      if (bare && underTable) masked.push(span(node.from, node.from + bare[0].length));
      return leaf('caption', node, { group: underTable ? table.group : -1 });
    }
    if (list) {
      if (!list.fresh) return leaf('paragraph', node, { group: list.group });
      list.fresh = false;
      if (list.ordered) numbers.set(node.from, String(list.next - 1));
      return leaf('item', node, { level: lists.length, group: list.group });
    }
    return leaf('paragraph', node);
  };

  const enter = (node: SyntaxNodeRef): boolean | void => {
    const name = node.name;
    switch (name) {
      case 'Paragraph': case 'Task': paragraph(node); return;
      case 'ATXHeading1': case 'ATXHeading2': case 'ATXHeading3': case 'ATXHeading4': case 'ATXHeading5': case 'ATXHeading6':
        leaf('heading', node, { level: Number(name.at(-1)) });
        return;
      case 'SetextHeading1': case 'SetextHeading2': {
        // A rule typed right under a paragraph makes a heading of it; nobody means that of a long one.
        const body = source.slice(node.from, node.to).replace(/\s*[-=]+\s*$/, '');
        if (name === 'SetextHeading2' && (body.length > 150 || body.includes('\n') || /[.!?:]["”’)*_]*$/.test(body))) paragraph(node);
        else leaf('heading', node, { level: Number(name.at(-1)) });
        return;
      }
      case 'BulletList': case 'OrderedList':
        lists.push({ group: groups++, ordered: name === 'OrderedList', next: -1, fresh: false });
        return;
      case 'ListItem': {
        const list = lists.at(-1)!;
        if (list.next < 0) list.next = Number(/^[\s>]*(\d{1,9})/.exec(copy.slice(node.from, node.from + 40))?.[1] ?? 1);
        list.next++;
        list.fresh = true;
        return;
      }
      case 'Blockquote': {
        const alert = /^>[ \t]*(\[!([\w-]{1,30})\][+-]?)/.exec(copy.slice(node.from, node.from + 60));
        if (alert) {
          const at = node.from + alert[0].length - alert[1]!.length;
          masked.push(span(at, at + alert[1]!.length));
          contexts.push({ span: span(node.from, node.to), is: { role: roleOf(alert[2]!) || alert[2]!.toLowerCase() } });
        } else contexts.push({ span: span(node.from, node.to), is: { quoted: true } });
        return;
      }
      case 'Table': {
        const before = leaves.at(-1);
        table = { group: groups++, row: -1, delimiters: 0, leading: false, end: node.to };
        if (before && before.kind !== 'caption' && isGap(before.span.end, node.from)) {
          const start = copy.slice(before.span.start, before.span.start + 60);
          const isCaption = before.kind === 'paragraph' ? CAPTION.test(start) : before.kind === 'item' && /\n[ \t]*\n:[ \t]+$/.test(copy.slice(Math.max(0, before.span.start - 20), before.span.start));
          if (isCaption) leaves[leaves.length - 1] = { ...before, kind: 'caption', group: table.group, level: 0 };
        }
        return;
      }
      case 'TableHeader': case 'TableRow':
        inHeader = name === 'TableHeader';
        table = { ...table, row: table.row + 1, delimiters: 0, leading: copy[node.from] === '|' };
        return;
      case 'TableDelimiter': table.delimiters++; return;
      case 'TableCell':
        leaf('cell', node, { group: table.group, row: table.row, column: table.delimiters - (table.leading ? 1 : 0), header: inHeader });
        return;
      case 'Footnote': {
        NOTE.lastIndex = node.from;
        notes.push(NOTE.exec(copy)?.[1] ?? '');
        return;
      }
      case 'Definition':
        if (!isGap(definitionGroup.end, node.from) && !(leaves.at(-1)?.kind === 'paragraph' && leaves.at(-1)!.span.start > definitionGroup.end && definitionGroup.end >= 0
          && isGap(leaves.at(-1)!.span.end, node.from) && isGap(definitionGroup.end, leaves.at(-1)!.span.start))) {
          definitionGroup = { group: groups++, end: node.to };
        } else definitionGroup.end = node.to;
        definitions++;
        return;
      case 'Admonition':
        contexts.push({ span: span(node.from, node.to), is: { role: /[\w-]+/.exec(copy.slice(node.from, node.from + 60))?.[0].toLowerCase() ?? '' } });
        return;
      case 'Directive': directives.push({ span: span(node.from, node.to), text: source.slice(node.from, node.to) }); return false;
      case 'Target': {
        TARGET.lastIndex = 0;
        const m = TARGET.exec(source.slice(node.from, node.to));
        if (!m) return false;
        const target = m[2] ?? m[3] ?? '';
        if (target === '#' && m[0].includes('(')) {
          comments.push({ span: span(node.from, node.from + m[0].trimEnd().length), body: m[0].slice(m[0].indexOf('(', m[1]!.length) + 1, m[0].lastIndexOf(')')) });
          return false;
        }
        const from = node.from + m[0].indexOf(target, m[1]!.length + 3);
        if (!targets.has(keyOf(m[1]!))) targets.set(keyOf(m[1]!), { target, span: span(from, from + target.length) });
        return false;
      }
      case 'CodeBlock': return false;
      case 'FootnoteReference':
        marks.push({ span: span(node.from, node.to), form: 'footnote', keys: [source.slice(node.from + 2, node.to - 1)] });
        return false;
      case 'Superscript': {
        const keys = markKeys(source.slice(node.from + 1, node.to - 1));
        if (keys && !UNIT.test(source.slice(Math.max(0, node.from - 6), node.from))) {
          marks.push({ span: span(node.from, node.to), form: 'superscript', keys });
        }
        return;
      }
      case 'Escape': masked.push(span(node.from, node.from + 1)); return;
      case 'Entity': entities.push(span(node.from, node.to)); return;
      case 'HardBreak': if (copy[node.from] === '\\') masked.push(span(node.from, node.from + 1)); return;
      case 'EmphasisMark': case 'StrikethroughMark': case 'SuperscriptMark': case 'SubscriptMark': case 'HeaderMark': case 'QuoteMark':
      case 'ListMark': case 'TaskMarker': case 'OwnMark':
        masked.push(span(node.from, node.to));
        return;
      case 'Link': case 'Image':
        openLinks.push({ from: node.from, image: name === 'Image', marks: [], url: undefined, label: undefined });
        return;
      case 'LinkMark': openLinks.at(-1)?.marks.push(span(node.from, node.to)); return;
      case 'LinkLabel': { const link = openLinks.at(-1); if (link) link.label = span(node.from, node.to); return; }
      case 'URL': {
        const link = openLinks.at(-1);
        if (link && link.marks.length >= 3) { link.url = span(node.from, node.to); return; }
        masked.push(span(node.from, node.to));
        if (!link) links.push(linkTo(source.slice(node.from, node.to), span(node.from, node.to), span(node.from, node.to)));
        return;
      }
      default:
    }
  };

  const leave = (node: SyntaxNodeRef): void => {
    switch (node.name) {
      case 'BulletList': case 'OrderedList': lists.pop(); return;
      case 'Footnote': notes.pop(); return;
      case 'Definition': definitions--; return;
      case 'Link': case 'Image': {
        const link = openLinks.pop()!;
        if (link.marks.length < 3) { unresolved.push(link); return; }
        if (link.image) masked.push(span(node.from, node.to));
        else masked.push(link.marks[0]!, span(link.marks[1]!.start, node.to));
        if (link.url) {
          const bracketed = source[link.url.start] === '<';
          const at = bracketed ? span(link.url.start + 1, link.url.end - 1) : link.url;
          links.push(linkTo(source.slice(at.start, at.end), span(link.marks[0]!.end, link.marks[1]!.start), at, link.image));
        }
        return;
      }
      default:
    }
  };

  (dialect.jsx ? PARSERS.mdx : PARSERS.markdown).parse(copy).iterate({ enter, leave });

  for (const { image, marks: [open, close], label } of unresolved) {
    if (!open || !close) continue;
    const visible = source.slice(open.end, close.start);
    const named = label && label.end - label.start > 2 ? source.slice(label.start + 1, label.end - 1) : visible;
    const target = targets.get(keyOf(named));
    if (target) {
      links.push(linkTo(target.target, span(open.end, close.start), target.span, image));
      if (image) masked.push(span(open.start, label?.end ?? close.end));
      // A number stays in its brackets: that is how it is read, and how citations are found.
      else if (!/^[\d\s,;–-]+$/.test(visible)) masked.push(open, span(close.start, label?.end ?? close.end));
    } else if (copy[close.end] === OBJECT && source[close.end] === '{') masked.push(open, close); // pandoc's `[text]{.class}`
    else if (copy[open.start - 1] === '[' && copy[close.end] === ']') { // a wiki's `[[page|text]]`
      const bar = visible.lastIndexOf('|');
      masked.push(span(open.start - 1, open.end + bar + 1), span(close.start, close.end + 1));
    }
  }
  contexts.push(...directiveContexts(directives, leaves));
  return { leaves, numbers, contexts, masked, entities, marks, links, comments, groups };
}

/** Containers of `:::` that are closed. Their titles become headings among the leaves. */
function directiveContexts(directives: readonly { readonly span: Span; readonly text: string }[], leaves: Block[]): Context[] {
  const contexts: Context[] = [];
  const open: typeof directives[number][] = [];
  for (const directive of directives) {
    if (/^:+\s*$/.test(directive.text)) {
      const start = open.pop();
      if (!start) continue;
      const words = start.text.match(/[A-Za-z][\w-]*/g) ?? [];
      const role = words.map((word) => roleOf(word.replaceAll('-', ' '))).find((found) => found !== '') ?? words[0]?.toLowerCase().replace(/^callout-/, '') ?? '';
      const quoted = words.slice(0, 4).some((word) => isQuote(word));
      contexts.push({ span: span(start.span.start, directive.span.end), is: { role, ...quoted && { quoted } } });
    } else open.push(directive);
    const title = /^:{3,}[ \t]*[\w-]*\[([^\]]+)\]|\btitle="([^"]+)"/.exec(directive.text);
    if (!title) continue;
    const value = title[1] ?? title[2]!;
    const from = directive.span.start + title.index + title[0].lastIndexOf(value);
    leaves.push(block('heading', span(from, from + value.length), { level: 7 }));
  }
  leaves.sort((a, b) => a.span.start - b.span.start);
  return contexts;
}

interface Markup {
  readonly contexts: readonly Context[];
  /** Tags that part one block from the next. */
  readonly cuts: readonly Span[];
  /** Attributes that readers see. */
  readonly blocks: readonly Block[];
  readonly marks: readonly Mark[];
  readonly links: readonly Link[];
}

function markupOf(text: string, tags: readonly Tag[], groups: number): Markup {
  const contexts: Context[] = [];
  const cuts: Span[] = [];
  const blocks: Block[] = [];
  const marks: Mark[] = [];
  const links: Link[] = [];
  const ends = new Set(tags.map((tag) => tag.span.end));
  const starts = new Set(tags.map((tag) => tag.span.start));
  /** Whether a component stands by itself and not in a sentence. */
  const standsAlone = (tag: Tag): boolean => {
    const before = /(?:^|\n)([ \t>]*(?:[-*+][ \t]+)?)$/.exec(text.slice(Math.max(0, tag.span.start - 200), tag.span.start));
    if (!before) return ends.has(tag.span.start) && /^[ \t]*(?:\n|$)/.test(text.slice(tag.span.end, tag.span.end + 200).split('\n', 1)[0]!);
    const rest = /^[ \t]*(\n|$)/.test(text.slice(tag.span.end, tag.span.end + 200).split('\n', 1)[0]!);
    if (rest) return true;
    const lineStart = tag.span.start - before[1]!.length;
    const previous = text.slice(Math.max(0, lineStart - 300), Math.max(0, lineStart - 1));
    return lineStart === 0 || /(?:^|\n)[ \t>]*$/.test(previous) || ends.has(lineStart - 1) || starts.has(tag.span.end);
  };
  const attribute = (tag: Tag, name: string): Span | undefined => tag.attributes.find((a) => a.name.toLowerCase() === name)?.value;
  const tables: { group: number; row: number; column: number; end: number }[] = [];
  const lists: { group: number; end: number; next: number }[] = [];
  let next = groups;

  for (const { open, close } of pairTags(tags)) {
    const component = isComponent(open);
    const name = component ? open.name : open.name.toLowerCase();
    const inside = span(open.span.end, close?.span.start ?? open.span.end);
    const cutting = component ? standsAlone(open) : BLOCK_TAGS.has(name);
    if (cutting) {
      cuts.push(open.span);
      if (close) cuts.push(close.span);
    }
    if (component) {
      const quoted = isQuote(name);
      if (quoted && close) contexts.push({ span: inside, is: { quoted } });
      if (close && cutting && /\b(?:button|nav|menu|breadcrumbs?|cta)\b/.test(wordsOf(name))) contexts.push({ span: inside, is: { kind: 'aside' } });
      const role = roleOf(wordsOf(name)) || [...open.attributes].map((a) => roleOf(text.slice(a.value.start, a.value.end))).find((found) => found !== '') || '';
      if (role && close) contexts.push({ span: inside, is: { role } });
      if (!cutting) continue;
      for (const { name: key, value } of open.attributes) {
        const body = text.slice(value.start, value.end);
        if (!/\p{L}/u.test(body) || /^[\w-]*[:/#][^\s]*$/.test(body)) continue;
        if (quoted && /^(?:text|quote|body|content)$/.test(key)) blocks.push(block('paragraph', value, { quoted }));
        else if (TITLE_ATTRIBUTES.has(key)) blocks.push(block('heading', value, { level: 7, quoted }));
        else if (TEXT_ATTRIBUTES.has(key) && (body.match(/\s+/g)?.length ?? 0) >= 2) blocks.push(block('paragraph', value, { quoted }));
      }
      continue;
    }
    while (tables.length > 0 && tables.at(-1)!.end < open.span.start) tables.pop();
    while (lists.length > 0 && lists.at(-1)!.end < open.span.start) lists.pop();
    const is = ((): Partial<Base> | undefined => {
      switch (name) {
        case 'h1': case 'h2': case 'h3': case 'h4': case 'h5': case 'h6': return { kind: 'heading', level: Number(name[1]) };
        case 'summary': return { kind: 'heading', level: 7 };
        case 'blockquote': return { quoted: true };
        case 'figcaption': return { kind: 'caption' };
        case 'caption': return { kind: 'caption', group: tables.at(-1)?.group ?? -1 };
        case 'table': if (close) tables.push({ group: next++, row: -1, column: -1, end: close.span.end }); return undefined;
        case 'tr': { const table = tables.at(-1); if (table) { table.row++; table.column = -1; } return undefined; }
        case 'td': case 'th': {
          const table = tables.at(-1);
          return table ? { kind: 'cell', group: table.group, row: table.row, column: ++table.column, header: name === 'th' && table.row === 0 } : undefined;
        }
        case 'ul': case 'ol': case 'dl': if (close) lists.push({ group: next++, end: close.span.end, next: 1 }); return undefined;
        case 'li': case 'dd': return { kind: 'item', level: Math.max(1, lists.length), group: lists.at(-1)?.group ?? -1 };
        default: return ASIDE_TAGS.has(name) ? { kind: 'aside' } : undefined;
      }
    })();
    if (is && close) contexts.push({ span: inside, is });
    const classes = attribute(open, 'class') ?? attribute(open, 'classname');
    if (close && classes && text.slice(classes.start, classes.end).split(/\s+/).some(isQuote)) contexts.push({ span: inside, is: { quoted: true } });
    const role = ['class', 'id', 'role'].map((key) => attribute(open, key)).map((at) => at ? text.slice(at.start, at.end).split(/\s+/).map((word) => roleOf(wordsOf(word))).find((r) => r !== '') : undefined).find(Boolean);
    if (role && close) contexts.push({ span: inside, is: { role } });
    if (name === 'sup' && close && inside.end - inside.start < 300) {
      const keys = markKeys(text.slice(inside.start, inside.end).replace(/<[^>]*>|\]\([^)]*\)|[[\]]/g, ''));
      if (keys && !UNIT.test(text.slice(Math.max(0, open.span.start - 6), open.span.start))) {
        marks.push({ span: span(open.span.start, close.span.end), form: 'superscript', keys });
      }
    }
    const href = name === 'a' ? attribute(open, 'href') : name === 'img' ? attribute(open, 'src') : undefined;
    if (href) links.push(linkTo(text.slice(href.start, href.end), name === 'a' ? inside : attribute(open, 'alt') ?? href, href, name === 'img'));
  }
  return { contexts, cuts: cuts.sort((a, b) => a.start - b.start), blocks, marks, links };
}

/** Parts leaves at tags that cut, and gives each part what its containers say. */
function blocksOf(copy: string, leaves: readonly Block[], contexts: readonly Context[], cuts: readonly Span[]): Block[] {
  const out: Block[] = [];
  let active: Context[] = [];
  let nextContext = 0;
  let nextCut = 0;
  const push = (leaf: Block, start: number, end: number): void => {
    const first = start + /^[\s\uFFFC]*/.exec(copy.slice(start, end))![0].length;
    if (first >= end) return;
    while (nextContext < contexts.length && contexts[nextContext]!.span.start <= first) active.push(contexts[nextContext++]!);
    if (active.length > 0) active = active.filter((context) => context.span.end > first);
    const part = start === leaf.span.start && end === leaf.span.end ? leaf : { ...leaf, span: span(start, end) };
    if (active.length === 0) { out.push(part); return; }
    let is: Partial<Base> = {};
    for (const context of active) is = { ...is, ...context.is };
    // What is a heading, an item or a cell by its own mark stays that in whatever element it stands.
    const keeps = leaf.kind !== 'paragraph' && is.kind !== 'aside';
    out.push(keeps ? { ...part, quoted: is.quoted ?? false, role: is.role ?? '' } : { ...part, ...is });
  };
  for (const leaf of leaves) {
    let start = leaf.span.start;
    while (nextCut < cuts.length && cuts[nextCut]!.end <= start) nextCut++;
    for (; nextCut < cuts.length && cuts[nextCut]!.start < leaf.span.end; nextCut++) {
      push(leaf, start, Math.max(start, cuts[nextCut]!.start));
      start = Math.max(start, cuts[nextCut]!.end);
    }
    if (start >= leaf.span.end) continue;
    if (leaf.kind !== 'paragraph' || !PIPED.test(copy.slice(start, start + 2))) { push(leaf, start, leaf.span.end); continue; }
    // A table that is not whole yet, or of a kind that lezer does not read: its lines still have cells.
    let row = -1;
    for (const line of copy.slice(start, leaf.span.end).matchAll(/[^\n]+/g)) {
      let column = -1;
      row++;
      for (const cell of line[0].matchAll(/(?:[^|\\]|\\.)+/g)) {
        if (!/[^\s|:+=-]/.test(cell[0])) continue;
        const from = start + line.index + cell.index;
        push({ ...leaf, kind: 'cell', row, column: ++column }, from, from + cell[0].length);
      }
    }
  }
  return out;
}

/** Turns the entries under a heading such as `References` into references. */
function references(canvas: Canvas, blocks: readonly Block[], numbers: ReadonlyMap<number, string>): Block[] {
  const out: Block[] = [];
  let level = 0;
  let kind: 'reference' | 'note' | undefined;
  for (const block of blocks) {
    const { start, end } = block.span;
    if (block.kind === 'heading' || (block.kind === 'paragraph' && end - start < 60)) {
      const heading = canvas.read(start, end).trim();
      const found = listHeading(heading);
      if (block.kind === 'heading') {
        if (found) { kind = found; level = block.level; } else if (block.level <= level || level === 0) kind = undefined;
      } else if (found && kind === undefined) { kind = found; level = 6; }
    }
    if (block.kind !== 'item' && block.kind !== 'paragraph') { out.push(block); continue; }
    if (!kind && !/^\s*\[/.test(canvas.text.slice(start, start + 20))) { out.push(block); continue; }
    const text = canvas.read(start, end).trim();
    const labelled = LABELLED.test(text);
    if (!kind && !(labelled && text.startsWith('[') && ENTRY.test(text))) { out.push(block); continue; }
    const isEntry = block.kind === 'item' ? kind === 'reference' || ENTRY.test(text) : ENTRY.test(text) || (kind === 'reference' && labelled);
    if (!isEntry) { out.push(block); continue; }
    for (const at of entrySpans(canvas, block, kind !== undefined)) {
      const entry = canvas.read(at.start, at.end);
      const lead = LABELLED.exec(entry.trimStart());
      const from = lead ? behind(canvas, at, lead[0].trimEnd().length) : at.start;
      out.push({ ...block, kind: 'reference', level: 0, label: lead ? lead[1] ?? lead[2]! : numbers.get(start) ?? '', span: span(from, at.end) });
    }
  }
  return out;
}

/** The entries of one block: its lines, where each looks like an entry. */
function entrySpans(canvas: Canvas, block: Block, listed: boolean): Span[] {
  const { start, end } = block.span;
  if (block.kind === 'item') return [block.span];
  const lines = [...canvas.text.slice(start, end).matchAll(/[^\r\n]+/g)].map((m) => span(start + m.index, start + m.index + m[0].length));
  const labelled = lines.map((at) => LABELLED.test(canvas.read(at.start, at.end).trimStart()));
  if (labelled[0] && lines.length > 1) {
    const out: Span[] = [];
    lines.forEach((at, l) => { if (labelled[l]) out.push(at); else out.push(span(out.pop()!.start, at.end)); });
    return out;
  }
  const all = lines.length > 1 && listed && lines.every((at) => ENTRY.test(canvas.read(at.start, at.end)));
  return all ? lines : [block.span];
}

/** The offset behind the first `count` units that read, and the white space behind them. */
function behind(canvas: Canvas, at: Span, count: number): number {
  let low = at.start;
  while (low < at.end && canvas.read(at.start, low).trimStart().length < count) low++;
  return low;
}

/* ---- writing ---- */

/** Escapes what Markdown, and with braces MDX, would take for markup. */
function escape(text: string, braces: boolean): string {
  const plain = text.replace(/\s*[\r\n]\s*/g, ' ')
    .replace(/[\\`*<>]|~(?=.*~)|(?<=~.*)~|&(?=#?\w{1,32};)|\[(?=[\^[])|\](?=[([:{])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\^(?=.*\^)|(?<=\^.*)\^|!(?=\[)/gu, '\\$&');
  // Of dollars only those that would enclose math: prices stay as they are.
  const math = text.includes('$$') || text.split('$').slice(1, -1).some(isMath);
  const priced = math ? plain.replaceAll('$', '\\$&') : plain;
  return priced.replace(braces ? /[{}]/g : /\{(?=[#.:={%-]|[\w-]+=)/g, '\\$&');
}

/** As `escape`, for text that opens a line. */
const escapeLine = (text: string, braces: boolean): string => escape(text.trim(), braces)
  .replace(/^(?:[#+=~:|-]|!!!|\?\?\?)/, '\\$&').replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');

export const writer = (comment: (body: string) => string, braces: boolean): Writer => ({
  comment,
  inline: (text) => escape(text, braces),
  heading: (text, level) => `${'#'.repeat(Math.max(1, Math.min(6, level)))} ${escape(text.trim(), braces).replace(/#+$/, '\\$&')}`,
  paragraph: (text) => escapeLine(text, braces),
  list: (items) => items.map((item) => `- ${escapeLine(item, braces)}`).join('\n'),
  footnote: (label, text) => {
    const name = label.replace(/[\s[\]^]+/g, '-');
    return { mark: `[^${name}]`, definition: `[^${name}]: ${escapeLine(text, braces)}` };
  },
});

/** Markdown: CommonMark and GFM with what pandoc, Quarto and R Markdown add. */
export const markdown: Format = {
  id: 'markdown',
  extensions: ['.md', '.markdown', '.qmd', '.rmd'],
  languages: ['markdown', 'quarto', 'rmd'],
  parse: (text) => readMarkdown(text),
  write: writer((body) => `<!-- ${body.replaceAll('-->', '-- >')} -->`, false),
};

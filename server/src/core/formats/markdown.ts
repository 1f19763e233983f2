import { Canvas, finish } from './canvas';
import { block, type Format, type Parsed, type Writer } from './format';
import { readFrontMatter, showHead } from './frontmatter';
import { decodeEntity } from './html';
import { blocksOf, markupOf, references } from './markdown-blocks';
import { isMath, OBJECT, scan, type Dialect } from './markdown-scan';
import { structureOf } from './markdown-structure';
import { overlaps, span } from '../text';

// Reading goes in three steps. `scan` finds what is no Markdown at all (front matter, code, math, comments, tags) and
// puts blanks or place holders there, in a copy of the same length; `structureOf` has lezer read that copy; `blocksOf`
// makes blocks of structure and tags. Each step is linear in the text, and what one can not read is prose to the next.

const MARKDOWN: Dialect = { jsx: false };

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

/** What Markdown and MDX write; they differ in their comments and in whether braces are markup. */
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

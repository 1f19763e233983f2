import { Canvas, finish } from './canvas';
import { block, type Block, type Comment, type Format, type Link, type Mark, type Parsed, type Run, type Writer } from './format';
import { readFrontMatter, showHead } from './frontmatter';
import { decodeEntity } from './html';
import { blocksOf, markupOf, references, type Listing } from './markdown-blocks';
import { leaksOf, piecesOf, TIGHT, type Leaks, type Parting, type Readable } from './markdown-pieces';
import { isMath, linkTo, OBJECT, scan, type Dialect } from './markdown-scan';
import { resolve, structureOf, type ReferenceLink, type Target } from './markdown-structure';
import { Kept } from '../kept';
import { overlaps, span, type Span } from '../text';

// Reading goes in three steps. `scan` finds what is no Markdown at all (front matter, code, math, comments, tags) and
// puts blanks or place holders there, in a copy of the same length; `structureOf` has lezer read that copy; `blocksOf`
// makes blocks of structure and tags. Each step is linear in the text, and what one can not read is prose to the next.
//
// A text is read in pieces, which are parted where nothing reaches across (see `piecesOf`), and what was made of a piece
// is kept by its text: a keystroke reads one piece again. What pieces say to each other (definitions of links, the
// heading over a list of references) is handed from one to the next.

const MARKDOWN: Dialect = { jsx: false };

/** Reads Markdown, or MDX by its dialect. Never throws. */
export function readMarkdown(text: string, dialect: Dialect = MARKDOWN): Parsed {
  const head = readFrontMatter(text);
  let kept = keptBy.get(dialect);
  if (!kept) keptBy.set(dialect, kept = { first: new Kept(), others: new Kept(), latest: new Kept() });
  let latest = kept.latest.get('');
  if (!latest) kept.latest.set('', latest = []);
  const pieces = piecesOf(text, head?.frontMatter.span.end ?? 0, latest, (piece, first) => {
    return (first ? kept.first : kept.others).of(piece, (own) => new Piece(own, dialect, first));
  });

  const targets = new Map<string, Target>();
  let at = 0;
  for (const piece of pieces) {
    for (const [key, { target, span: own }] of piece.targets) if (!targets.has(key)) targets.set(key, { target, span: moved(own, at) });
    at += piece.text.length;
  }
  const defined = targets.size > 0 ? JSON.stringify([...targets].map(([key, { target }]) => [key, target])) : '';

  const prose: string[] = [];
  const blocks: Block[] = [];
  const marks: Mark[] = [];
  const links: Link[] = [];
  const comments: Comment[] = [];
  const runs: Run[] = [];
  let listing: Listing = { kind: undefined, level: 0 };
  let groups = 0;
  at = 0;
  for (const piece of pieces) {
    const read = piece.read(targets, defined, listing);
    const { parsed, references: referring, behind, groups: own } = read;
    prose.push(parsed.prose);
    if (parsed.blocks.length > 0) runs.push({ key: read, from: blocks.length, to: blocks.length + parsed.blocks.length });
    for (const block of placed(read, at, groups)) blocks.push(block);
    for (const mark of parsed.marks) marks.push({ ...mark, span: moved(mark.span, at) });
    for (const link of parsed.links) links.push({ ...link, span: moved(link.span, at), targetSpan: moved(link.targetSpan, at) });
    for (const { key, target, span: own, image } of referring) links.push(linkTo(target, moved(own, at), targets.get(key)!.span, image));
    for (const comment of parsed.comments) comments.push({ ...comment, span: moved(comment.span, at) });
    listing = behind;
    groups += own;
    at += piece.text.length;
  }
  links.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { prose: prose.join(''), blocks, marks, links, comments, frontMatter: head?.frontMatter, bibliographies: [], runs };
}

const moved = (at: Span, by: number): Span => ({ start: at.start + by, end: at.end + by });

const keptBy = new WeakMap<Dialect, { readonly first: Kept<Piece>; readonly others: Kept<Piece>; readonly latest: Kept<Parting<Piece>[]> }>();

/** The blocks of a piece at its place: the same as the last time where that has not changed. */
function placed(read: Read, at: number, groups: number): readonly Block[] {
  if (read.last?.at === at && read.last.groups === groups) return read.last.blocks;
  const blocks: Block[] = [];
  // Of blocks there are many, and this is done at every keystroke: no spreads.
  for (const { kind, span: s, level, quoted, group, row, column, header, label, role } of read.parsed.blocks) {
    blocks.push({ kind, span: { start: s.start + at, end: s.end + at }, level, quoted, group: group < 0 ? group : group + groups, row, column, header, label, role });
  }
  read.last = { at, groups, blocks };
  return blocks;
}

interface Read {
  /** What readers of the document have found out about its blocks. */
  readonly facts: unknown[];
  /** Where it stood the last time. */
  last?: { readonly at: number; readonly groups: number; readonly blocks: readonly Block[] };
  readonly parsed: Parsed;
  readonly references: readonly ReferenceLink[];
  readonly behind: Listing;
  /** How many lists and tables there are. */
  readonly groups: number;
}

/** A stretch of a text that is read by itself; all its offsets are its own. */
class Piece implements Readable {
  readonly leaks: Leaks;
  readonly targets: ReadonlyMap<string, Target>;
  readonly #read: ((targets: ReadonlyMap<string, Target>, before: Listing) => Read) | undefined;
  /** What it last read as: one text may stand in several places, in lists of references and outside. */
  readonly #known: { readonly defined: string; readonly before: Listing; readonly read: Read }[] = [];

  constructor(readonly text: string, dialect: Dialect, first: boolean) {
    try {
      const made = prepare(text, dialect, first);
      this.leaks = made.leaks;
      this.targets = made.targets;
      this.#read = made.read;
    } catch {
      this.leaks = TIGHT;
      this.targets = new Map();
    }
  }

  /** What it reads as with the definitions of the whole text (`defined` says them in one string) and the listing before it. */
  read(targets: ReadonlyMap<string, Target>, defined: string, before: Listing): Read {
    for (const known of this.#known) if (known.defined === defined && known.before.kind === before.kind && known.before.level === before.level) return known.read;
    let read: Read;
    try {
      read = (this.#read ?? plainly(this.text))(targets, before);
    } catch {
      read = plainly(this.text)(targets, before);
    }
    this.#known.unshift({ defined, before, read });
    this.#known.length = Math.min(this.#known.length, 3);
    return read;
  }
}

/** Only the depth of what is nested can bring the parser down. Then each line is a paragraph. */
const plainly = (text: string) => (_targets: unknown, before: Listing): Read => ({
  parsed: finish(new Canvas(text, false), { blocks: [...text.matchAll(/[^\r\n]+/g)].map((m) => block('paragraph', span(m.index, m.index + m[0].length))) }),
  references: [], behind: before, groups: 0, facts: [],
});

function prepare(text: string, dialect: Dialect, first: boolean) {
  const normal = text.includes('\r') ? text.replace(/\r\n/g, ' \n').replace(/\r/g, '\n') : text;
  const head = first ? readFrontMatter(text) : undefined;
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
  const groups = Math.max(structure.groups, ...[...blocks, ...markup.blocks].map(({ group }) => group + 1));

  const read = (targets: ReadonlyMap<string, Target>, before: Listing): Read => {
    const referring = resolve(structure, targets, copy, normal);
    const canvas = new Canvas(text, true);
    for (const { span: at } of structure.leaves) canvas.show(at.start, at.end);
    for (const at of [...structure.masked, ...referring.masked]) canvas.fill(at.start, at.end);
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
    const listed = references(canvas, [...blocks, ...markup.blocks].sort((a, b) => a.span.start - b.span.start), structure.numbers, before);
    const parsed = finish(canvas, {
      blocks: [...head?.blocks ?? [], ...listed.blocks],
      marks,
      links: [...structure.links, ...markup.links, ...regions.flatMap((region) => region.link ?? [])],
      comments: [...structure.comments, ...regions.flatMap(({ span: at, comment }) => comment ? { span: at, body: text.slice(comment.start, comment.end) } : [])],
    });
    return { parsed, references: referring.links, behind: listed.behind, groups, facts: [] };
  };
  return { leaks: leaksOf(normal, regions, tags, dialect.jsx), targets: structure.targets, read };
}

/** Escapes what Markdown, and with braces MDX, would take for markup. */
function escape(text: string, braces: boolean): string {
  const plain = text.replace(/\s*[\r\n]\s*/g, ' ')
    .replace(/[\\`*<>]|~(?=.*~)|~(?<=~.*~)|&(?=#?\w{1,32};)|\[(?=[\^[])|\](?=[([:{])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\^(?=.*\^)|\^(?<=\^.*\^)|!(?=\[)/gu, '\\$&');
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

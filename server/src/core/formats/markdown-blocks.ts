import { listHeading, markKeys, roleOf, type Canvas } from './canvas';
import { block, type Block, type Link, type Mark } from './format';
import { linkTo } from './markdown-scan';
import { isQuote, UNIT, wordsOf, type Base, type Context } from './markdown-structure';
import { pairTags, type Tag } from './tags';
import { span, type Span } from '../text';

const BLOCK_TAGS = new Set(('address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer '
  + 'form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p section select summary table tbody td tfoot th thead tr ul').split(' '));
const ASIDE_TAGS = new Set('nav button label option legend menu'.split(' '));
const TITLE_ATTRIBUTES = new Set('q question title heading label summary caption'.split(' '));
const TEXT_ATTRIBUTES = new Set('a answer text quote body content description note subtitle'.split(' '));
const isComponent = (tag: Tag): boolean => /^[A-Z]/.test(tag.name) || tag.name.includes('.');

/** What the tags of a text say about its blocks. */
export interface Markup {
  readonly contexts: readonly Context[];
  /** Tags that part one block from the next. */
  readonly cuts: readonly Span[];
  /** Attributes that readers see. */
  readonly blocks: readonly Block[];
  readonly marks: readonly Mark[];
  readonly links: readonly Link[];
}

/** Reads tags. `groups` is the number of lists and tables that the Markdown has. */
export function markupOf(text: string, tags: readonly Tag[], groups: number): Markup {
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

const PIPED = /^(?:\||\+[-=])/;

/** Parts leaves at tags that cut, and gives each part what its containers say. */
export function blocksOf(copy: string, leaves: readonly Block[], contexts: readonly Context[], cuts: readonly Span[]): Block[] {
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

const ENTRY = /\b10\.\d{4,}\/|\bdoi\b|https?:|www\.|\bPMC?ID\b|\bet al\b|\bRetrieved\b|\bAccessed\b|\bisbn\b|\b(?:19|20)\d\d[a-z]?\b[^.]{0,40}[;:(,]\s*\d|\((?:19|20)\d\d[a-z]?\)|(?:19|20)\d\d\.?$/i;
const LABELLED = /^(?:\[([^\]\s]{1,40})\]:?|(\d{1,3})[.)])[ \t]+/;

/** Which list of references or notes a place stands in, by its heading. */
export interface Listing {
  readonly kind: 'reference' | 'note' | undefined;
  readonly level: number;
}

/** Turns the entries under a heading such as `References` into references; from the listing before to the one behind. */
export function references(canvas: Canvas, blocks: readonly Block[], numbers: ReadonlyMap<number, string>, before: Listing): { readonly blocks: Block[]; readonly behind: Listing } {
  const out: Block[] = [];
  let { kind, level } = before;
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
  return { blocks: out, behind: { kind, level: kind ? level : 0 } };
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

// Where a fix puts paragraphs into a document, and how they are written there.

import type { Document } from './document';
import type { Block } from './formats/format';
import { eolOf, span, type Edit, type Span } from './text';

const SAFETY = /\b(?:risks?|safety|side[- ]effects?|adverse (?:effects?|events?|reactions?)|unwanted effects|important (?:safety )?information|before you|warnings?|precautions|disclaimers?|harms?)\b/i;
const REFERENCES = /^\W*(?:\d+\.? )?(?:references|sources|bibliography|further reading|works cited|literature cited|citations|notes|footnotes|endnotes)\W*$/i;

interface Heading {
  readonly block: Block;
  readonly text: string;
  /** The start of its line, markers and the lines that belong to it included. */
  readonly start: number;
}

/** Where paragraphs go: `at` an offset behind which nothing but white space is taken up, `heading` the level of a heading of their own. */
interface Place {
  readonly at: number;
  /** Where the text goes on; what lies between is white space. */
  readonly next: number;
  readonly indent: string;
  readonly heading: number | undefined;
}

/** A plain text whose paragraphs are lines: a blank line between some would read as its only paragraph break. */
export function isTight({ format, text }: Document): boolean {
  if (format.id !== 'text') return false;
  const lines = text.split(/\r?\n/);
  return lines.length > 5 && lines.filter((line) => line.trim() === '').length <= lines.length / 6;
}

/** `Important safety information` as the heads of such a text are written. */
const titled = (title: string): string => title.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

/**
 * The edit that inserts paragraphs: at the end of the document's own section on risk or safety, else as a section with
 * this title before the references, else at the end; written as the document's format writes.
 */
export function insertParagraphs(document: Document, title: string, paragraphs: readonly string[]): Edit {
  const place = document.format.id === 'html' ? placeInHtml(document) : placeInLines(document);
  const { write } = document.format;
  const eol = eolOf(document.text);
  const parts = paragraphs.map((text) => write.paragraph(text));
  const tight = isTight(document);
  if (place.heading !== undefined) parts.unshift(tight ? titled(title) : headingOf(document, title, place.heading));
  const html = document.format.id === 'html';
  const gap = html || tight ? '\n' : '\n\n';
  const body = parts.join(gap).split('\n').map((line) => (line === '' ? line : place.indent + line)).join('\n');
  const lead = place.at === 0 ? '' : gap;
  const tail = place.next >= document.text.length ? '\n' : gap;
  // In HTML the white space before what follows is its indentation and stays.
  return html
    ? { span: span(place.at, place.at), text: `${lead}${body}`.replaceAll('\n', eol) }
    : { span: span(place.at, place.next), text: `${lead}${body}${tail}`.replaceAll('\n', eol) };
}

const headingsOf = (document: Document): Heading[] => document.blocks.flatMap((block, b): Heading[] =>
  (block.kind === 'heading' && block.level <= 6 && !block.quoted ? [{ block, text: document.texts[b]!.text, start: lineOf(document, block.span) }] : []));

/** The start of the line, and above it of the lines that name, open or overline what stands on it. */
function lineOf({ text, format }: Document, at: Span): number {
  let start = text.lastIndexOf('\n', at.start - 1) + 1;
  const belongs = format.id === 'asciidoc' ? /^\[.*\]\s*$/
    : format.id === 'restructuredtext' ? /^(?:\.\. _.*:|([=\-~^"'`#*+.:_])\1{2,})\s*$/
      : format.id === 'text' ? /^([=\-~*_#])\1{2,}\s*$/ : /^(?:<a (?:id|name)=.*|\(\S+\)=\s*)$/;
  while (start > 0) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    if (!belongs.test(text.slice(before, start - 1))) break;
    start = before;
  }
  return start;
}

/** The section that speaks of risk: its heading's index. A heading over the whole document is none. */
function safetySection(headings: readonly Heading[]): number {
  return headings.findIndex(({ block, text }, h) => SAFETY.test(text)
    && !(h === 0 && headings.length > 1 && headings.slice(1).every((other) => other.block.level > block.level)));
}

/** The level of the document's own sections: below its title the outermost, else the commonest. */
function sectionLevel(headings: readonly Heading[]): number {
  const [first, ...rest] = headings;
  if (!first) return 2;
  if (rest.every((other) => other.block.level > first.block.level)) {
    return rest.length > 0 ? rest.reduce((least, { block }) => Math.min(least, block.level), 6) : Math.max(2, first.block.level);
  }
  const counts = new Map<number, number>();
  for (const { block } of headings) counts.set(block.level, (counts.get(block.level) ?? 0) + 1);
  return [...counts].sort((one, two) => two[1] - one[1] || one[0] - two[0])[0]![0];
}

function headingOf(document: Document, title: string, level: number): string {
  const { format, text } = document;
  const headings = headingsOf(document);
  if (format.id === 'text' && headings.length > 0 && headings.every((heading) => !/\p{Ll}/u.test(heading.text))) return title.toUpperCase();
  const made = format.write.heading(title, level);
  if (format.id !== 'restructuredtext') return made;
  // Levels are told by the line under a heading: that of the document's own headings is taken.
  const model = headings.find(({ block }) => block.level === level);
  const under = model && /\n([^\w\s])\1*[ \t]*\r?$/m.exec(text.slice(model.block.span.end, model.block.span.end + 200))?.[1];
  return under ? `${made.split('\n')[0]!}\n${under.repeat(title.length)}` : made;
}

const trimmedEnd = (text: string, at: number): number => {
  let end = at;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  return end;
};

/** From trimmed to where the text goes on. */
const gapBefore = (text: string, next: number): { at: number; next: number } => ({ at: trimmedEnd(text, next), next });

// ------------------------------------------------------------------------------------------------- line formats

const LATEX_END = /^[ \t]*\\(?:begin\{thebibliography\}|bibliography\{|bibliographystyle\{|printbibliography|appendix\b|end\{document\}|(?:section|chapter)\*?\{(?:References|Bibliography)\})/m;

function placeInLines(document: Document): Place {
  const { text, blocks, format } = document;
  const headings = headingsOf(document);
  const stops = (from: number): number[] => {
    const out = blocks.filter(({ kind, span: at }) => (kind === 'reference' || kind === 'note') && at.start >= from).slice(0, 1).map(({ span: at }) => lineOf(document, at));
    if (format.id === 'latex') {
      const end = LATEX_END.exec(text.slice(from));
      if (end) out.push(from + end.index);
    }
    return out;
  };
  const own = safetySection(headings);
  if (own >= 0) {
    const from = headings[own]!.block.span.end;
    const next = Math.min(text.length, headings[own + 1]?.start ?? text.length, ...stops(from));
    if (next > from) return { ...gapBefore(text, next), indent: '', heading: undefined };
  }
  const references = headings.find((heading) => REFERENCES.test(heading.text) && heading.start > 0);
  const body = document.parsed.frontMatter?.span.end ?? 0;
  const next = Math.min(text.length, ...references ? [references.start] : [], ...stops(lastProse(document, body)));
  return { ...gapBefore(text, next), indent: '', heading: sectionLevel(headings) };
}

/** Behind the last block that is prose: what stands after it is notes and references. */
const lastProse = (document: Document, least: number): number => document.blocks.reduce((end, { kind, span: at }) =>
  (kind === 'reference' || kind === 'note' || kind === 'title' ? end : Math.max(end, at.end)), least);

// --------------------------------------------------------------------------------------------------------- HTML

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly start: number;
  readonly end: number;
}

const CONTAINERS = new Set(['html', 'body', 'main', 'article', 'section', 'div', 'header', 'footer', 'aside', 'nav', 'ul', 'ol', 'dl', 'table', 'blockquote', 'details', 'figure', 'form', 'fieldset']);
const RAW = new Set(['script', 'style', 'textarea', 'template']);

/** The tags of a text from an offset on, comments and scripts passed over. One pass. */
function* tagsFrom(text: string, from: number): Iterable<Tag> {
  const tag = /<(\/?)([a-zA-Z][\w-]*)(?:"[^"]*"|'[^']*'|[^<>"'])*>/y;
  const low = text.toLowerCase();
  for (let at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      if (end < 0) return;
      at = end + 3;
      continue;
    }
    tag.lastIndex = at;
    const found = tag.exec(text);
    if (!found) { at++; continue; }
    const name = found[2]!.toLowerCase();
    const end = at + found[0].length;
    yield { name, closing: found[1] === '/', start: at, end };
    at = end;
    if (RAW.has(name) && found[1] === '') {
      const close = low.indexOf(`</${name}`, end);
      if (close < 0) return;
      at = close;
    }
  }
}

const HEADING_TAG = /^h[1-6]$/;

function placeInHtml(document: Document): Place {
  const { text } = document;
  const headings = headingsOf(document);
  const own = safetySection(headings);
  const indentAt = (at: number): string => /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))![0];
  if (own >= 0) {
    let depth = 0;
    let next = text.length;
    for (const tag of tagsFrom(text, headings[own]!.block.span.end)) {
      if (depth === 0 && !tag.closing && (HEADING_TAG.test(tag.name) || /^(?:section|article|footer|aside|nav)$/.test(tag.name))) { next = tag.start; break; }
      if (!CONTAINERS.has(tag.name)) continue;
      depth += tag.closing ? -1 : 1;
      if (depth < 0) { next = tag.start; break; }
    }
    return { ...gapBefore(text, next), indent: indentAt(headings[own]!.block.span.start), heading: undefined };
  }
  const level = sectionLevel(headings);
  const model = headings.find(({ block }) => block.level === level);
  const references = headings.find((heading) => REFERENCES.test(heading.text));
  let next = text.length;
  if (references) {
    next = text.lastIndexOf('<', references.block.span.start - 1);
    // A section of the references' own is passed too.
    for (let open = /<(?:section|div|footer|aside)\b[^<>]*>\s*$/i.exec(text.slice(0, next)); open; open = /<(?:section|div|footer|aside)\b[^<>]*>\s*$/i.exec(text.slice(0, next))) next = open.index;
  } else {
    let best = 0;
    for (const tag of tagsFrom(text, 0)) {
      const worth = tag.closing ? { main: 4, article: 3, body: 1 }[tag.name] ?? 0 : tag.name === 'footer' ? 2 : 0;
      if (worth > 0 && worth >= best) { best = worth; next = tag.start; }
    }
    // A list of references without a heading of its own stays last.
    const listed = document.blocks.find(({ kind, span: at }) => kind === 'reference' && at.start < next);
    if (listed) {
      const open = [...tagsFrom(text, 0)].filter((tag) => !tag.closing && tag.end <= listed.span.start && /^(?:ol|ul|section|footer)$/.test(tag.name)).at(-1);
      if (open) next = open.start;
    }
  }
  return { ...gapBefore(text, next), indent: model ? indentAt(model.block.span.start) : '', heading: level };
}

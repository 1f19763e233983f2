import { Canvas, finish, listHeading } from './canvas';
import { block, type Block, type BlockKind, type Comment, type Format, type Parsed } from './format';
import { bareLinks, linesOf, type Line } from './lines';
import { span } from '../text';

const BULLET = /^(?:[•◦▪‣●○·–*+-]|\d{1,3}[.)]|\(\d{1,3}\)|[a-z][.)])(?:[ \t\u00a0]+|$)/;
const RULE = /^(?:--|(?:[-=_~*#+.:·•—]\s?){3,})$/;
const SUPPRESSION = /^caveat-(?:disable|enable)/;
const MAIL_HEADER = /^(?:from|to|cc|bcc|subject|date|sent|reply-to|re|attachments?)(?=:\s)/i;
const NOTE = /^([*†‡§¹²³⁴-⁹]{1,2})\s?(?=\p{L})/u;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Long lines in a text that is filled to a width are cut within sentences; elsewhere a line is a paragraph. */
function wrapWidth(lines: readonly Line[]): number | undefined {
  const long = lines.filter((line) => line.text.length > 40);
  if (long.length === 0) return undefined;
  let pairs = 0;
  let cut = 0;
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i]!;
    const next = lines[i + 1]!;
    if (line.text.length <= 40 || next.text === '' || BULLET.test(next.text)) continue;
    pairs++;
    if (!/[.!?:]["'”’)]*$/.test(line.text)) cut++;
  }
  const wide = long.filter((line) => line.text.length > 100).length;
  if (pairs < 1 || cut < pairs / 3 || wide > long.length / 4) return undefined;
  const lengths = long.map((line) => line.indent + line.text.length).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] ?? 80;
}

const isCapitals = (text: string): boolean => /\p{Lu}.*\p{Lu}/su.test(text) && !/\p{Ll}{2}/u.test(text);

/** Most of its longer words begin with a capital. */
function isTitleCase(text: string): boolean {
  const long = text.split(/[\s/–—-]+/).filter((word) => /^\W*\p{L}{4}/u.test(word));
  return /^\W*[\p{Lu}\d]/u.test(text) && long.length > 0 && long.filter((word) => /^\W*\p{Lu}/u.test(word)).length >= long.length * 0.6;
}

function parse(text: string): Parsed {
  const canvas = new Canvas(text, false);
  const lines = linesOf(text);
  const width = wrapWidth(lines);
  const blocks: Block[] = [];
  const comments: Comment[] = [];
  const blanks = lines.filter((line) => line.text === '').length;
  const spaced = blanks > lines.length / 6; // paragraphs stand apart
  const capitals = lines.some((line) => line.text.length > 6 && line.text.length < 80 && isCapitals(line.text) && !RULE.test(line.text));
  /** One starred line is the note of an asterisk; several are a list. */
  const starred = lines.filter((line) => /^\*\s/.test(line.text)).length === 1;
  /** For each line the next one with text in it, the suppressions left out. */
  const following: (Line | undefined)[] = [];
  for (let i = lines.length - 1, next: Line | undefined; i >= 0; i--) {
    following[i] = next;
    if (lines[i]!.text !== '' && !SUPPRESSION.test(lines[i]!.text)) next = lines[i];
  }

  let groups = 0;
  let headed = false;
  let list: number[] = []; // the indents of the markers of the list that is open
  let group = -1;
  let entries: 'reference' | 'note' | undefined;
  let open: { readonly start: number; end: number; readonly kind: BlockKind; readonly rest: Partial<Block>; last: Line; readonly indent: number } | undefined;

  const close = (): void => {
    if (open) blocks.push(block(open.kind, span(open.start, open.end), open.rest));
    open = undefined;
  };
  const begin = (kind: BlockKind, start: number, line: Line, rest: Partial<Block> = {}): void => {
    close();
    open = { kind, start, end: line.end, rest, last: line, indent: line.indent };
  };
  const heading = (line: Line, level: number): void => {
    headed = true;
    begin('heading', line.start, line, { level });
    close();
    list = [];
    entries = listHeading(line.text);
  };
  const isBlank = (i: number): boolean => (lines[i]?.text ?? '') === '' || RULE.test(lines[i]!.text);

  /** A line without markup that reads as the head of what follows; its level, or 0. */
  const headingLevel = (i: number): number => {
    const { text: words, indent } = lines[i]!;
    const next = following[i];
    if (words.length > 100 || !next || !/\p{L}{2}/u.test(words) || /^["“]/.test(words)) return 0;
    if (/[.,;!…"”]$/.test(words) || words.split(/\s+/).length > 14 || MAIL_HEADER.test(words)) return 0;
    if (listHeading(words) && (isBlank(i - 1) || width === undefined)) return 2;
    if (entries && /\d/.test(words)) return 0;
    const first = blocks.length === 0 && !open;
    const alone = isBlank(i - 1) && isBlank(i + 1);
    if (isCapitals(words) && words.length > 3 && (isBlank(i - 1) || alone || first) && !/:$/.test(words)) return first ? 1 : 2;
    if (/:$/.test(words)) return words.split(/\s+/).length <= 4 && isTitleCase(words) && next.text.length > words.length && !BULLET.test(words) && (alone || width === undefined) ? 3 : 0;
    if (indent > 3 && !first) return 0;
    const longer = next.text.length > words.length || BULLET.test(next.text);
    const level = first ? 1 : capitals ? 3 : 2;
    if (first && width === undefined && next.text.length > words.length) return 1;
    if (alone && spaced) return longer || isTitleCase(words) && next.text.length > 30 ? level : 0;
    if (spaced && width !== undefined) return first && isTitleCase(words) ? 1 : 0;
    if (spaced && !isBlank(i - 1)) return 0;
    return (next.text.length >= 80 || BULLET.test(next.text) || next.text.length > words.length && /[.:]$/.test(next.text)) && (isTitleCase(words) || words.endsWith('?') || next.text.length >= 160) ? level : 0;
  };

  const cellsOf = (line: Line): readonly { start: number; end: number }[] | undefined => {
    const separator = /\t/.test(line.text) ? '\t' : /^\|.*\|$|\S\s*\|.*\|\s*\S|\S\s+\|\s+\S/.test(line.text) ? '|' : undefined;
    if (!separator) return undefined;
    const cells: { start: number; end: number }[] = [];
    let at = line.start;
    let body = line.text;
    if (separator === '|') {
      if (body.startsWith('|')) { body = body.slice(1); at++; }
      if (body.endsWith('|')) body = body.slice(0, -1);
    }
    for (const cell of body.split(separator)) {
      cells.push({ start: at, end: at + cell.length });
      at += cell.length + 1;
    }
    return cells;
  };

  let i = 0;
  for (; i < lines.length && MAIL_HEADER.test(lines[i]!.text); i++) {
    const line = lines[i]!;
    const subject = /^subject:\s*/i.exec(line.text);
    begin(subject ? 'title' : 'aside', line.start + (subject?.[0].length ?? 0), line);
    close();
  }
  for (; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.text === '') { close(); continue; }
    if (SUPPRESSION.test(line.text)) {
      const at = span(line.start, line.end);
      comments.push({ span: at, body: line.text });
      canvas.fill(at.start, at.end);
      continue;
    }
    if (RULE.test(line.text)) { close(); canvas.fill(line.start, line.end); continue; }

    // Quoted lines
    const quote = /^(?:>\s?)+/.exec(line.text);
    if (quote) {
      canvas.fill(line.start, line.start + quote[0].length);
      const body = line.text.slice(quote[0].length).trim();
      const start = line.start + quote[0].length;
      if (body === '') close();
      else if (open?.rest.quoted && width !== undefined) { open.end = line.end; open.last = line; }
      else begin('paragraph', start, line, { quoted: true });
      continue;
    }
    if (open?.rest.quoted) close();

    // Tables
    const cells = cellsOf(line);
    if (cells && cells.length >= 2 && i + 1 < lines.length && (cellsOf(lines[i + 1]!)?.length ?? 0) >= 2 || cells && cells.length > 2 && RULE.test(lines[i + 1]?.text.replace(/[|+]/g, '-') ?? '')) {
      close();
      list = [];
      const table = groups++;
      let row = 0;
      for (; i < lines.length; i++) {
        const current = lines[i]!;
        if (/^[|+\-=:\s]+$/.test(current.text) && current.text !== '') { canvas.fill(current.start, current.end); continue; }
        const inRow = cellsOf(current);
        if (!inRow || inRow.length < 2) break;
        inRow.forEach((cell, column) => blocks.push(block('cell', cell, { group: table, row, column, header: row === 0 })));
        row++;
      }
      i--;
      continue;
    }

    // Underlined headings
    const under = lines[i + 1]?.text ?? '';
    if (/^(?:=+|-+|~+|\*+|_+|#+|\^+)$/.test(under) && under.length >= 3 && line.text.length <= 100 && (isBlank(i - 1)) && Math.abs(under.length - line.text.length) <= Math.max(12, line.text.length)) {
      heading(line, !headed || under[0] === '=' ? 1 : 2);
      continue;
    }

    // References and notes
    const entry = entries ? /^(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]?)\s+/.exec(line.text) : /^\[\^?(\d{1,3})\]:?\s+(?=\S)/.exec(line.text);
    if (entry && !(open && !entries)) {
      begin(entries ?? 'reference', line.start + entry[0].length, line, { label: entry[1] ?? entry[2] ?? entry[3] ?? '' });
      continue;
    }
    if (entries && !headingLevel(i)) {
      const bullet = BULLET.exec(line.text);
      if (open && !bullet && (line.indent > open.indent || (width !== undefined && open.last.indent + open.last.text.length > width * 0.7))) { open.end = line.end; open.last = line; }
      else begin(entries, line.start + (bullet?.[0].length ?? 0), line);
      continue;
    }

    // Lists
    const bullet = BULLET.exec(line.text);
    const joins = open !== undefined && width !== undefined && !/[.!?:;,]["'”’)]*$/.test(open.last.text) && open.kind !== 'item' && !/^[•◦▪‣●○*]/.test(line.text);
    if (bullet && !joins && !(/^[a-z]/.test(line.text) && list.length === 0 && !/^a/.test(line.text))) {
      const rest = line.text.slice(bullet[0].length);
      const numbered = /^\d/.test(bullet[0]);
      const next = following[i];
      if (numbered && rest !== '' && rest.length <= 80 && !/[.:;,!]$/.test(rest) && isTitleCase(rest) && next && !/^\d{1,3}[.)]\s/.test(next.text) && next.indent <= line.indent + 1) {
        heading(line, 3);
        continue;
      }
      const lone = starred && list.length === 0 && /^\*\s/.test(line.text) && text.slice(0, line.start).search(/[^\s*]\*(?![*\w])/) >= 0;
      if (lone) { begin('note', line.start + bullet[0].length, line, { label: line.text[0]! }); continue; }
      close();
      if (list.length === 0) group = groups++;
      while (list.length > 0 && list[list.length - 1]! >= line.indent + 1) list.pop();
      if (list.length === 0 || list[list.length - 1]! < line.indent) { if (list.length < 64) list.push(line.indent); }
      if (rest !== '') begin('item', line.start + bullet[0].length, line, { level: list.length, group });
      else if ((lines[i + 1]?.text ?? '') !== '' && !BULLET.test(lines[i + 1]!.text)) { // a marker on a line of its own
        i++;
        begin('item', lines[i]!.start, lines[i]!, { level: list.length, group });
      }
      continue;
    }

    // A line that goes on with what is open
    if (open) {
      const { last } = open;
      const goesOn = /^[\p{Ll}(]/u.test(line.text) || !/[.!?:;]["'”’)]*$/.test(last.text);
      const first = line.text.split(/\s/, 1)[0]!.length;
      const full = width !== undefined && last.indent + last.text.length + 1 + first > width * 0.75;
      if (open.kind === 'item' ? (line.indent > open.indent && (goesOn || width !== undefined)) || (full && line.indent >= open.indent)
        : width !== undefined && (full || /^\p{Ll}/u.test(line.text)) && !(last.indent === 0 && line.indent > 2 && !goesOn)) {
        open.end = line.end;
        open.last = line;
        continue;
      }
    }
    const level = headingLevel(i);
    if (level) { heading(line, level); continue; }
    const inList = list.length > 0 && line.indent > list[0]!; // a further paragraph of an item
    if (!inList) list = [];
    const note = NOTE.exec(line.text);
    if (note) begin('note', line.start + note[0].length, line, { label: note[1]!.replace(/[⁰¹²³⁴-⁹]/g, (c) => String(RAISED.indexOf(c))) });
    else if (inList) begin('item', line.start, line, { level: list.length, group });
    else begin('paragraph', line.start, line);
  }
  close();
  return finish(canvas, { blocks, comments, links: bareLinks(text, 0, text.length) });
}

/** Plain text, with the structure that people give it without markup. */
export const text: Format = {
  id: 'text',
  extensions: ['.txt', '.text'],
  languages: ['plaintext'],
  parse,
  write: {
    comment: (body) => body,
    inline: (value) => value,
    heading: (value, level) => `${value}\n${(level <= 1 ? '=' : '-').repeat(Math.max(3, value.length))}`,
    paragraph: (value) => value,
    list: (items) => items.map((item) => `- ${item}`).join('\n'),
    footnote: (label, value) => ({ mark: `[${label}]`, definition: `[${label}] ${value}` }),
  },
};

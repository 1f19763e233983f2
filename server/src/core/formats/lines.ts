import type { Link } from './format';
import { span } from '../text';

/** One line of a text without its line ending. */
export interface Line {
  /** Where the line starts. */
  readonly from: number;
  /** Its first unit that is no white space; `end` in a blank line. */
  readonly start: number;
  /** Behind its last unit that is no white space. */
  readonly end: number;
  /** Columns of white space at its start, a tab counted as up to the next multiple of 8. */
  readonly indent: number;
  /** The text from `start` to `end`. */
  readonly text: string;
}

/** The lines of a text; they end at LF, CRLF or a lone CR. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  while (from <= text.length) {
    let stop = from;
    while (stop < text.length && text.charCodeAt(stop) !== 10 && text.charCodeAt(stop) !== 13) stop++;
    let start = from;
    let indent = 0;
    for (; start < stop; start++) {
      const c = text.charCodeAt(start);
      if (c === 9) indent = (Math.floor(indent / 8) + 1) * 8;
      else if (c === 32 || c === 0xa0) indent++;
      else if (c !== 0xfeff && c !== 11 && c !== 12) break;
    }
    let end = stop;
    while (end > start && /\s/.test(text[end - 1]!)) end--;
    lines.push({ from, start, end, indent, text: text.slice(start, end) });
    from = stop + (text.charCodeAt(stop) === 13 && text.charCodeAt(stop + 1) === 10 ? 2 : 1);
  }
  return lines;
}

/** The bare web addresses in a stretch of text. */
export function bareLinks(text: string, start: number, end: number): Link[] {
  const links: Link[] = [];
  for (const m of text.slice(start, end).matchAll(/\b(?:https?:\/\/|www\.)[^\s<>"'`{}|\\^[\]]{2,2000}/gi)) {
    let address = m[0].replace(/[.,;:!?*_]+$/, '');
    if (address.endsWith(')') && !address.includes('(')) address = address.slice(0, -1).replace(/[.,;:!?]+$/, '');
    const at = span(start + m.index, start + m.index + address.length);
    links.push({ span: at, target: address, targetSpan: at, image: false });
  }
  return links;
}

// Where a Markdown text can be parted so that each piece reads by itself as it reads in the whole.

import type { Region } from './markdown-scan';
import { pairTags, type Tag } from './tags';

/** What of a piece may reach into what follows. */
export interface Leaks {
  /** Code or an expression that is not closed: it takes all that follows, or up to where that closes it. */
  readonly open: boolean;
  /** What, if it stands further down, ends something that is open here: `-->`, `</details`, `:::`. In small letters. */
  readonly closers: readonly string[];
}

export const TIGHT: Leaks = { open: false, closers: [] };

export interface Readable {
  readonly text: string;
  readonly leaks: Leaks;
}

/** What of a piece may reach into what follows, by what `scan` found in it. */
export function leaksOf(text: string, regions: readonly Region[], tags: readonly Tag[], jsx: boolean): Leaks {
  const closers = new Set<string>();
  let open = false;
  for (const { span: at, tag, comment } of regions) {
    if (at.end === text.length && /^(?:`{3}|~{3})/.test(text.slice(at.start, at.start + 3))) open = true;
    if (!tag && !comment && at.end - at.start === 4 && text.startsWith('<!--', at.start)) closers.add('-->');
  }
  if (tags.length > 0) {
    const whole = new Set(pairTags(tags).map((element) => element.open));
    for (const tag of tags) if (tag.form === 'open' && !whole.has(tag)) closers.add(`</${tag.name.toLowerCase()}`);
  }
  if (text.includes(':::')) {
    let depth = 0;
    for (const m of text.matchAll(/^[ \t>]*:{3,}(?!:)([^\n]*)$/gm)) depth = m[1]!.trim() !== '' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > 0) closers.add(':::');
  }
  if (jsx && /[{`]|\/\*/.test(text)) {
    const count = (of: string): number => text.split(of).length - 1;
    if (count('{') !== count('}') || count('`') % 2 === 1 || count('/*') !== count('*/')) open = true;
  }
  return open || closers.size > 0 ? { open, closers: [...closers] } : TIGHT;
}

/** Behind a blank line, a heading or a paragraph at the start of its line: no list, quote or note goes on there. */
const START = /\n[ \t\r]*\n(?=[#A-Za-z"“‘'(]|\*\*[^\s*])/g;
/** Captions belong to the table before them, and heads of tables to the caption before them. */
const BELONGS = /\**(?:Table|Figure|Fig|Box)\b|[^\n|]{0,300}\|/y;

/** Offsets at which a text may be parted, between two others. */
function starts(text: string, from: number, to: number): number[] {
  const out: number[] = [];
  START.lastIndex = Math.max(0, from - 1);
  for (let m = START.exec(text); m; m = START.exec(text)) {
    const at = m.index + m[0].length;
    if (at >= to) break;
    START.lastIndex = at - 1; // the line break before it may be the first of the next match
    if (at <= from) continue;
    if (text[at] !== '#') {
      // Behind definitions and what is indented, the next term may go on with them.
      if (/[:\s]/.test(text[text.lastIndexOf('\n', m.index - 1) + 1] ?? '')) continue;
      BELONGS.lastIndex = at;
      if (BELONGS.test(text)) continue;
    }
    out.push(at);
  }
  return out;
}

/** So many texts are remembered by their pieces. */
const REMEMBERED = 6;
/** … and beyond the latest so many characters of them: what is made of a text takes much more room than the text. */
const MOST_REMEMBERED = 2_000_000;

/** A text in its pieces. */
export interface Parting<P> {
  readonly text: string;
  readonly pieces: readonly P[];
  /** No piece leaks. */
  readonly tight: boolean;
  /** What it was made of. */
  readonly before?: Parting<P>;
}

/**
 * The pieces of a text, in order; together they are the text. A piece that leaks into what follows is joined with it.
 * @param from where the body starts: before it, nothing is parted
 * @param latest the texts that were parted last: what has not changed is taken from there
 */
export function piecesOf<P extends Readable>(text: string, from: number, latest: Parting<P>[], make: (piece: string, first: boolean) => P): readonly P[] {
  const found = changed(text, from, latest, make);
  const { before, ...parting } = found ?? partingOf(text, parted(text, from, make));
  const old = latest.indexOf(before ?? found!);
  if (old >= 0) latest.splice(old, 1);
  latest.unshift(parting);
  let room = MOST_REMEMBERED;
  let n = 1;
  while (n < latest.length && n < REMEMBERED && (room -= latest[n]!.text.length) >= 0) n++;
  latest.length = n;
  return parting.pieces;
}

const partingOf = <P extends Readable>(text: string, pieces: readonly P[]): Parting<P> => ({ text, pieces, tight: pieces.every(({ leaks }) => leaks === TIGHT) });

/** As `parted`, where a text differs from one that was read before in one place. */
function changed<P extends Readable>(text: string, from: number, latest: readonly Parting<P>[], make: (piece: string, first: boolean) => P): Parting<P> | undefined {
  for (const old of latest) {
    const { pieces: known, text: before } = old;
    if (known.length < 4 || known[0]!.text.length <= from || !text.startsWith(known[0]!.text) || !old.tight) continue;
    const alike = sameStart(text, before);
    let start = 0;
    let first = 0;
    while (first < known.length && start + known[first]!.text.length <= alike) start += known[first++]!.text.length;
    const tail = sameEnd(text, before, Math.min(text.length, before.length) - start);
    let end = text.length;
    let last = known.length;
    while (last > first && text.length - end + known[last - 1]!.text.length <= tail) end -= known[--last]!.text.length;
    // Whether a text is parted at a place is said by the lines around it: one piece more on either side.
    if (start === text.length && last === known.length) return old;
    if (first < 2) continue;
    start -= known[--first]!.text.length;
    if (last < known.length) end += known[last++]!.text.length;
    if (end - start > text.length / 2) continue;
    const bounds = [...starts(text, start, end), end];
    const fresh = bounds.map((bound, b) => make(text.slice(b === 0 ? start : bounds[b - 1]!, bound), false));
    if (fresh.some(({ leaks }) => leaks !== TIGHT)) return undefined;
    return { text, pieces: [...known.slice(0, first), ...fresh, ...known.slice(last)], tight: true, before: old };
  }
  return undefined;
}

const STRIDE = 2048;

/** How many units two texts have in common from their start on. Slices are compared first: that is quick. */
function sameStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let n = 0;
  while (n + STRIDE <= most && a.slice(n, n + STRIDE) === b.slice(n, n + STRIDE)) n += STRIDE;
  while (n < most && a.charCodeAt(n) === b.charCodeAt(n)) n++;
  return n;
}

/** How many units two texts have in common at their ends, up to so many. */
function sameEnd(a: string, b: string, most: number): number {
  let n = 0;
  while (n + STRIDE <= most && a.slice(a.length - n - STRIDE, a.length - n) === b.slice(b.length - n - STRIDE, b.length - n)) n += STRIDE;
  while (n < most && a.charCodeAt(a.length - n - 1) === b.charCodeAt(b.length - n - 1)) n++;
  return n;
}

function parted<P extends Readable>(text: string, from: number, make: (piece: string, first: boolean) => P): P[] {
  const bounds = [...starts(text, from, text.length), text.length];
  const out: P[] = [];
  const lastOf = new Map<string, number>();
  let low: string | undefined;
  const furtherDown = (closer: string, end: number): boolean => {
    let last = lastOf.get(closer);
    if (last === undefined) lastOf.set(closer, last = (low ??= text.toLowerCase()).lastIndexOf(closer));
    return last >= end;
  };
  let start = 0;
  for (let b = 0; b < bounds.length; b++) {
    let piece = make(text.slice(start, bounds[b]), start === 0);
    // Twice as many at a time, so that the work stays in proportion to the text.
    for (let more = 1; b < bounds.length - 1 && leaks(piece, bounds[b]!); more *= 2) {
      b = Math.min(bounds.length - 1, b + more);
      piece = make(text.slice(start, bounds[b]), start === 0);
    }
    out.push(piece);
    start = bounds[b]!;
  }
  return out;

  function leaks({ leaks: { open, closers } }: P, end: number): boolean {
    return open || closers.some((closer) => furtherDown(closer, end));
  }
}

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

/**
 * The pieces of a text, in order; together they are the text. A piece that leaks into what follows is joined with it.
 * @param from where the body starts: before it, nothing is parted
 * @param latest the pieces of the texts that were read last: what has not changed is taken from there
 */
export function piecesOf<P extends Readable>(text: string, from: number, latest: (readonly P[])[], make: (piece: string, first: boolean) => P): readonly P[] {
  const pieces = changed(text, from, latest, make) ?? parted(text, from, make);
  latest.unshift(pieces);
  latest.length = Math.min(latest.length, REMEMBERED);
  return pieces;
}

/** As `parted`, where a text differs from one that was read before in one place. */
function changed<P extends Readable>(text: string, from: number, latest: (readonly P[])[], make: (piece: string, first: boolean) => P): readonly P[] | undefined {
  for (const old of latest) {
    if (old.length < 4 || old[0]!.text.length <= from || !text.startsWith(old[0]!.text) || old.some(({ leaks }) => leaks !== TIGHT)) continue;
    let start = 0;
    let first = 0;
    while (first < old.length && text.startsWith(old[first]!.text, start)) start += old[first++]!.text.length;
    let end = text.length;
    let last = old.length;
    while (last > first && end - old[last - 1]!.text.length >= start && text.startsWith(old[last - 1]!.text, end - old[last - 1]!.text.length)) end -= old[--last]!.text.length;
    // Whether a text is parted at a place is said by the lines around it: one piece more on either side.
    if (first === old.length && last === old.length && start === text.length) {
      latest.splice(latest.indexOf(old), 1);
      return old;
    }
    if (first < 2) continue;
    start -= old[--first]!.text.length;
    if (last < old.length) end += old[last++]!.text.length;
    if (end - start > text.length / 2) continue;
    const bounds = [...starts(text, start, end), end];
    const fresh = bounds.map((bound, b) => make(text.slice(b === 0 ? start : bounds[b - 1]!, bound), false));
    if (fresh.some(({ leaks }) => leaks !== TIGHT)) return undefined;
    latest.splice(latest.indexOf(old), 1);
    return [...old.slice(0, first), ...fresh, ...old.slice(last)];
  }
  return undefined;
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

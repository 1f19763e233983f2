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

/** Offsets at which a text may be parted. */
function starts(text: string, from: number): number[] {
  const out: number[] = [];
  START.lastIndex = Math.max(0, from - 1);
  for (let m = START.exec(text); m; m = START.exec(text)) {
    const at = m.index + m[0].length;
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

/**
 * The pieces of a text, in order; together they are the text. A piece that leaks into what follows is joined with it.
 * @param from where the body starts: before it, nothing is parted
 */
export function piecesOf<P extends Readable>(text: string, from: number, make: (piece: string, first: boolean) => P): P[] {
  const bounds = [...starts(text, from), text.length];
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

import { FILL, type Block, type Comment, type FrontMatter, type Link, type Mark, type Parsed } from './format';
import { span, type Span } from '../text';

const NEWLINE = 10;
const RETURN = 13;

/** True for FILL and for everything that is white space or has no width. */
const isGap = (code: number): boolean =>
  code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x200b || (code >= 0x2000 && code <= 0x200a) || code === 0x3000 || code === 0x202f;

/** Prose in the making: as long as its text, written in place. */
export class Canvas {
  readonly #codes: Uint16Array;

  /** Starts from the text itself, or with all but the line breaks filled. */
  constructor(readonly text: string, blank: boolean) {
    const codes = new Uint16Array(text.length);
    for (let i = 0; i < codes.length; i++) {
      const code = text.charCodeAt(i);
      if (!blank || code === NEWLINE || code === RETURN) codes[i] = code;
    }
    this.#codes = codes;
  }

  /** Takes a range out of the prose. Line breaks stay, so that what stood on two lines does not become one word. */
  fill(start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const code = this.#codes[i];
      if (code !== NEWLINE && code !== RETURN) this.#codes[i] = 0;
    }
  }

  /** As `fill`, for line breaks too. */
  erase(start: number, end: number): void {
    this.#codes.fill(0, start, end);
  }

  /** Between what has been taken out and a stop behind it no space is left: `word [1].` reads as `word.`. */
  closeGap(start: number, end: number): void {
    const before = this.#codes[start - 1];
    if ((before === 32 || before === 0xa0) && '.,;:!?)'.includes(this.text[end] ?? ' ')) this.#codes[start - 1] = 0;
  }

  /** Shows a range of the text as it stands. */
  show(start: number, end: number): void {
    for (let i = start; i < end; i++) this.#codes[i] = this.text.charCodeAt(i);
  }

  /** Writes what a range reads as into its first units and fills the rest. What is too long for it is cut. */
  put(value: string, start: number, end: number): void {
    this.#codes.fill(0, start, end);
    const last = Math.min(end - start, value.length);
    for (let i = 0; i < last; i++) this.#codes[start + i] = value.charCodeAt(i);
  }

  /** Whether a unit has been taken out. */
  filled(at: number): boolean {
    return this.#codes[at] === 0;
  }

  /** The prose of a range, FILL left out. */
  read(start: number, end: number): string {
    return decode(this.#codes, start, end).replaceAll(FILL, '');
  }

  /** A range without the gaps at its ends; undefined where nothing in it reads. */
  trim(start: number, end: number): Span | undefined {
    let from = start;
    let to = end;
    while (from < to && isGap(this.#codes[from]!)) from++;
    while (from < to && isGap(this.#codes[to - 1]!)) to--;
    return from < to ? span(from, to) : undefined;
  }

  toString(): string {
    return decode(this.#codes, 0, this.#codes.length);
  }
}

function decode(codes: Uint16Array, start: number, end: number): string {
  let out = '';
  for (let i = start; i < end; i += 8192) out += String.fromCharCode.apply(undefined, codes.subarray(i, Math.min(end, i + 8192)) as unknown as number[]); // as fast again as `...`
  return out;
}

export interface Parts {
  readonly blocks: readonly Block[];
  readonly marks?: readonly Mark[];
  readonly links?: readonly Link[];
  readonly comments?: readonly Comment[];
  readonly frontMatter?: FrontMatter | undefined;
  readonly bibliographies?: Parsed['bibliographies'];
}

const byStart = (a: { readonly span: Span }, b: { readonly span: Span }): number => a.span.start - b.span.start || a.span.end - b.span.end;

/**
 * What a format gives back: blocks in order, drawn in to what reads in them (citation marks at their ends stay in),
 * without overlaps and without empty ones. Marks are taken out of the prose here.
 */
export function finish(canvas: Canvas, parts: Parts): Parsed {
  const marks = [...parts.marks ?? []].sort(byStart);
  for (const { span: at } of marks) {
    canvas.erase(at.start, at.end);
    canvas.closeGap(at.start, at.end);
  }
  const blocks: Block[] = [];
  let done = 0;
  let next = 0;
  for (const block of [...parts.blocks].sort(byStart)) {
    const start = Math.max(done, block.span.start);
    const end = block.span.end;
    if (end <= start) continue;
    let at = canvas.trim(start, end);
    while (next < marks.length && marks[next]!.span.start < start) next++;
    for (let m = next; m < marks.length && marks[m]!.span.end <= end; m++) {
      const mark = marks[m]!.span;
      at = at ? span(Math.min(at.start, mark.start), Math.max(at.end, mark.end)) : mark;
      next = m + 1;
    }
    if (!at) continue;
    blocks.push({ ...block, span: at });
    done = at.end;
  }
  return {
    prose: canvas.toString(), blocks, marks,
    links: [...parts.links ?? []].sort(byStart),
    comments: [...parts.comments ?? []].sort(byStart),
    frontMatter: parts.frontMatter,
    bibliographies: parts.bibliographies ?? [],
  };
}

/** The numbers of a mark such as `1`, `2,5–7` or `*`: ranges written out; undefined where it is no such mark. */
export function markKeys(value: string): readonly string[] | undefined {
  const plain = value.replace(/^[\s[(]+|[\s\])]+$/g, '');
  if (/^(?:[*†‡§¶#]{1,3}|[a-z])$/u.test(plain)) return [plain];
  if (plain.length > 60 || !/^\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*$/u.test(plain)) return undefined;
  const keys: string[] = [];
  for (const part of plain.split(/[,;]/)) {
    const [from, to] = part.split(/[–-]/).map(Number);
    if (to !== undefined && to > from! && to - from! < 100) for (let k = from!; k <= to; k++) keys.push(String(k));
    else keys.push(...part.split(/[–-]/).map((key) => key.trim()));
  }
  return keys;
}

/** Whether a heading opens a list of references or of notes. */
export function listHeading(heading: string): 'reference' | 'note' | undefined {
  const plain = heading.trim().replace(/^[\d.]+\s+|[\s:.]+$/g, '').toLowerCase();
  if (/^(?:foot|end)?notes$/.test(plain)) return 'note';
  return /^(?:(?:selected|key|cited|medical|scientific|our|article) )?(?:references?|bibliography|sources?|citations|works cited|literature(?: cited)?|reference list|further reading|references? (?:and|&) (?:further reading|notes|sources|links)|sources (?:and|&) (?:references|further reading)|(?:notes|sources) and references)(?: cited| list)?$/.test(plain)
    ? 'reference' : undefined;
}

/** The role that a section's name gives its text; '' where none is known. */
export function roleOf(name: string): string {
  const plain = name.trim().replace(/[\s:.]+$/, '').toLowerCase();
  if (plain === 'abstract') return 'abstract';
  return /^(?:summary|(?:executive|plain[- ]language|lay) summary|key[- ]?(?:points|takeaways|messages)|highlights|takeaways|at a glance|tl;?dr)$/.test(plain) ? 'summary' : '';
}

/** A half-open range of UTF-16 offsets into a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces what `span` covers by `text`; an empty span inserts, an empty text deletes. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export const span = (start: number, end: number): Span => ({ start, end });

/** The set of the words in a list, parted by single spaces. */
export const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** True where two half-open spans share at least one unit. */
export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** True where `inner` lies within `outer` (equal spans count). */
export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/**
 * Applies edits to a text. Edits may come in any order; of two that overlap the one that starts first is kept.
 * Two insertions at one place are both applied, in the order given.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order);
  let out = '';
  let done = 0;
  for (const { edit } of ordered) {
    if (edit.span.start < done) continue;
    out += text.slice(done, edit.span.start) + edit.text;
    done = edit.span.end;
  }
  return out + text.slice(done);
}

/** A zero-based line and the UTF-16 offset in it, as in LSP. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and lines. Lines end at LF, CRLF or a lone CR, as in LSP. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; offsets outside the text are clamped to its ends. */
  positionAt(offset: number): LinePosition {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - this.#starts[low]! };
  }

  /** The offset of a position; a line or character beyond the end is clamped. */
  offsetAt(position: LinePosition): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    if (start === undefined) return this.#length;
    const next = this.#starts[position.line + 1] ?? this.#length;
    return Math.min(start + Math.max(0, position.character), next);
  }

  /** The offset at which a line starts; lines beyond the last give the length of the text. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }
}

/** The line ending that a text uses: that of its first line, LF where it has none. */
export const eolOf = (text: string): '\n' | '\r\n' => {
  const at = text.indexOf('\n');
  return at > 0 && text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
};

/** Tells of spans whether any of these overlaps them. */
export function coverOf(spans: readonly Span[]): (at: Span) => boolean {
  const ordered = [...spans].sort((a, b) => a.start - b.start);
  let last = -1;
  const ends = ordered.map(({ end }) => last = Math.max(last, end));
  return (at) => {
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ordered[middle]!.start < at.end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && ends[low - 1]! > at.start;
  };
}

// Edits as maps between the text before and the text after them.

import { span, type Edit, type Span } from './text';

/** Edits in the order and with the overlaps resolved in which `applyEdits` applies them. */
function ordered(edits: readonly Edit[]): readonly Edit[] {
  const out: Edit[] = [];
  for (const edit of edits.map((one, order) => ({ one, order })).sort((a, b) => a.one.span.start - b.one.span.start || a.one.span.end - b.one.span.end || a.order - b.order)) {
    if (edit.one.span.start >= (out.at(-1)?.span.end ?? 0)) out.push(edit.one);
  }
  return out;
}

/** Where an offset of the old text is in the new one; in what was replaced, at its start or (`after`) its end. */
export function mapOffset(edits: readonly Edit[], offset: number, after: boolean): number {
  let shift = 0;
  for (const { span: at, text } of ordered(edits)) {
    if (at.end < offset || at.end === offset && (after || at.start < at.end)) shift += text.length - (at.end - at.start);
    else if (at.start < offset) return at.start + shift + (after ? text.length : 0);
    else break;
  }
  return offset + shift;
}

/** What the edits put into the new text. */
export function inserted(edits: readonly Edit[]): Span[] {
  let shift = 0;
  return ordered(edits).map(({ span: at, text }) => {
    const start = at.start + shift;
    shift += text.length - (at.end - at.start);
    return span(start, start + text.length);
  });
}

/** One set of edits that does what these and then, to the text they make, those do. */
export function composeEdits(text: string, first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  // The new text as pieces: kept from the old one, or put in.
  type Piece = { readonly text: string; readonly from: number };
  let pieces: Piece[] = [];
  let done = 0;
  for (const { span: at, text: put } of ordered(first)) {
    pieces.push({ text: text.slice(done, at.start), from: done }, { text: put, from: -1 });
    done = at.end;
  }
  pieces.push({ text: text.slice(done), from: done });
  for (const { span: at, text: put } of [...ordered(second)].reverse()) {
    const next: Piece[] = [];
    let offset = 0;
    let placed = false;
    for (const piece of pieces) {
      const start = Math.max(0, Math.min(piece.text.length, at.start - offset));
      const end = Math.max(start, Math.min(piece.text.length, at.end - offset));
      const head = { text: piece.text.slice(0, start), from: piece.from };
      const rest = { text: piece.text.slice(end), from: piece.from < 0 ? -1 : piece.from + end };
      if (!placed && at.start <= offset + piece.text.length) {
        next.push(head, { text: put, from: -1 }, rest);
        placed = true;
      } else next.push(head.text === piece.text ? piece : head, ...head.text === piece.text ? [] : [rest]);
      offset += piece.text.length;
    }
    pieces = next;
  }
  const out: Edit[] = [];
  let at = 0;
  let put = '';
  for (const piece of [...pieces, { text: '', from: text.length }]) {
    if (piece.from < 0) put += piece.text;
    else if (piece.text !== '' || piece.from === text.length) {
      if (put !== '' || piece.from > at) out.push({ span: span(at, piece.from), text: put });
      put = '';
      at = piece.from + piece.text.length;
    }
  }
  return out;
}

import type { Canvas } from './canvas';
import { block, type Block, type Link, type Mark } from './format';
import { span, type Span } from '../text';

/** A note whose text stands where it is cited. */
export interface InlineNote {
  /** The markup from its first unit to behind its last. */
  readonly whole: Span;
  readonly body: Span;
  readonly label: string;
}

/** What the inline markup of a line-based format adds up to. */
export interface Gathered {
  readonly canvas: Canvas;
  readonly marks: Mark[];
  readonly links: Link[];
  readonly notes: InlineNote[];
}

/** One piece of inline markup: what starts it, and what it makes of a match; where reading goes on, else behind the match. */
export type InlineRule = readonly [expression: RegExp, apply: (match: RegExpExecArray, gathered: Gathered) => number | void];

/**
 * Reads the inline markup of a stretch of text. At each place the first rule that matches there is used. Expressions
 * are sticky and bounded; what an earlier match has taken out is not read again.
 * @param triggers the characters that any rule can start with
 */
export function readInline(gathered: Gathered, start: number, end: number, triggers: RegExp, rules: readonly InlineRule[]): void {
  const text = gathered.canvas.text.slice(0, end);
  const next = new RegExp(triggers.source, 'g');
  next.lastIndex = start;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const at = found.index;
    if (gathered.canvas.filled(at)) continue;
    for (const [expression, apply] of rules) {
      expression.lastIndex = at;
      const match = expression.exec(text);
      if (!match || match[0] === '') continue;
      next.lastIndex = Math.max(at + 1, apply(match, gathered) ?? at + match[0].length);
      break;
    }
  }
}

/** A rule for markup that stands in a pair around its text: both are taken out, what is between them is read on. */
export const paired = (expression: RegExp): InlineRule => [expression, (m, { canvas }) => {
  const open = m[1]!.length;
  const end = m.index + m[0].length;
  canvas.fill(m.index, m.index + open);
  canvas.fill(end - open, end);
  return m.index + open;
}];

/** A rule for what contributes nothing. */
export const silent = (expression: RegExp): InlineRule => [expression, (m, { canvas }) => canvas.fill(m.index, m.index + m[0].length)];

/**
 * A block with the notes in it. A note behind a sentence becomes a block of its own; one within a sentence stays with
 * its mark (no key: it carries its own text), and the sentence stays whole.
 */
export function withNotes(gathered: Gathered, whole: Block, notes: readonly InlineNote[]): Block[] {
  const { canvas, marks } = gathered;
  const out: Block[] = [];
  let from = whole.span.start;
  for (const note of notes) {
    const before = canvas.read(Math.max(from, note.whole.start - 24), note.whole.start).trimEnd();
    const behind = canvas.text.slice(note.whole.end, Math.min(whole.span.end, note.whole.end + 24)).trimStart();
    if (behind === '' || (/[.!?:]["'”’)]*$/.test(before) && /^["“(*_]*[\p{Lu}\d]/u.test(behind))) {
      marks.push({ span: span(note.whole.start, note.body.start), form: 'footnote', keys: [note.label] });
      canvas.fill(note.body.end, note.whole.end);
      out.push({ ...whole, span: span(from, note.body.start) }, block('note', note.body, { label: note.label }));
      from = note.whole.end;
    } else marks.push({ span: note.whole, form: 'footnote', keys: [] });
  }
  if (from < whole.span.end) out.push({ ...whole, span: span(from, whole.span.end) });
  return out;
}

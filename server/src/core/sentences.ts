import { span, type Span } from './text';

/** The sentences of a normalised text, in order; together they cover all but the spaces between them. */
export function splitSentences(text: string): Span[] {
  const out: Span[] = [];
  const stop = /[.!?]["')\]]*(?:\[[\d, –-]+\])*(?= ["'(]*[A-Z0-9])/g;
  let from = 0;
  for (let m = stop.exec(text); m; m = stop.exec(text)) {
    const end = m.index + m[0].length;
    out.push(span(from, end));
    from = end + 1;
  }
  if (from < text.length) out.push(span(from, text.length));
  return out;
}

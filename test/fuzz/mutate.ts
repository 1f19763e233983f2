// One input made of others: pieces cut out, doubled, put in, taken from another, and characters that nobody types.
import { pick } from '../random';

const STRANGE = ['\r\n', '\r', '\n\n', '\n', ' ', '\t', '😀', '\ud83d', '\udc00', '\u0000', '\ufeff', 'é', 'İ', 'ß', '\u2028', '\u0085', '\u00a0', '\u200b', '\u202e', 'קטמין', 'e\u0301', '"', "'", '“', '”', '|', '*', '_', '`', '<', '>', '{', '}', '[', ']', '(', ')', '\\', '%', '$', '&', ':', '=', '-', '.', '+', '@', '^', '~', '1. ', '0', '-1', '99999999999999999999'];

/** Cut at any place: between the halves of a pair too. */
export function mutate(input: string, others: readonly string[], tokens: readonly string[], longest: number, next: () => number): string {
  let text = input;
  for (let n = 1 + Math.floor(next() ** 2 * 6); n > 0; n--) {
    const at = Math.floor(next() * (text.length + 1));
    const put = (start: number, end: number, value: string): void => { text = text.slice(0, start) + value + text.slice(end); };
    const piece = (from: string, most: number): string => {
      const start = Math.floor(next() * from.length);
      return from.slice(start, start + 1 + Math.floor(next() * most));
    };
    const roll = next();
    if (roll < 0.3 && tokens.length > 0) put(at, at, pick(next, tokens));
    else if (roll < 0.4) put(at, at, pick(next, STRANGE));
    else if (roll < 0.5) put(at, at + 1 + Math.floor(next() ** 3 * 60), '');
    else if (roll < 0.57) put(at, at + 1, pick(next, STRANGE));
    else if (roll < 0.67) put(at, at + Math.floor(next() * 20), piece(pick(next, others), 200));
    else if (roll < 0.74) put(at, at, piece(text, 80));
    else if (roll < 0.8) put(at, at, piece(text, 30).repeat(2 + Math.floor(next() * 12)));
    else if (roll < 0.86) { // a line goes elsewhere
      const lines = text.split('\n');
      const [line] = lines.splice(Math.floor(next() * lines.length), 1);
      lines.splice(Math.floor(next() * (lines.length + 1)), 0, line ?? '');
      text = lines.join('\n');
    } else if (roll < 0.9) text = text.slice(0, at); // half-typed
    else if (roll < 0.94) { // the beginning of one, the end of another
      const other = pick(next, others);
      text = text.slice(0, at) + other.slice(Math.floor(next() * (other.length + 1)));
    } else if (roll < 0.97) text = text.replace(/\d+/g, (digits) => (next() < 0.2 ? pick(next, ['0', '-1', '1e9', '2147483648', '07', digits + digits]) : digits));
    else { // of two things that stand in line, the order is changed
      const end = Math.min(text.length, at + 1 + Math.floor(next() * 40));
      put(at, end, [...text.slice(at, end)].reverse().join(''));
    }
  }
  return text.slice(0, longest);
}

/** The smallest input found that still fails: pieces are left out, from halves down to single characters. */
export async function shrink(input: string, fails: (candidate: string) => Promise<boolean>, most = 600): Promise<string> {
  let best = input;
  let runs = 0;
  for (let size = Math.ceil(best.length / 2); size >= 1 && runs < most; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && runs < most;) {
      const candidate = best.slice(0, at) + best.slice(at + size);
      runs++;
      if (await fails(candidate)) best = candidate;
      else at += size;
    }
  }
  return best;
}

// Patterns for paths: `*` and `?` within one name, `**` over folders, `{a,b}`. No regular expressions: a pattern comes
// from a file that may mean harm, and must not be able to run away.

const MOST_ALTERNATIVES = 64;
const LONGEST = 500;

/** The alternatives that braces stand for; more than are sensible are left out. */
function alternatives(pattern: string): string[] {
  const open = [pattern];
  const done: string[] = [];
  for (let next = open.pop(); next !== undefined && done.length < MOST_ALTERNATIVES; next = open.pop()) {
    const close = next.indexOf('}');
    const start = close < 0 ? -1 : next.lastIndexOf('{', close);
    if (start < 0) { done.push(next); continue; }
    const [before, after] = [next.slice(0, start), next.slice(close + 1)];
    open.push(...next.slice(start + 1, close).split(',').slice(0, MOST_ALTERNATIVES).reverse().map((part) => before + part + after));
  }
  return done;
}

/** Whether a sequence fits a pattern in which some entries stand for any number of items. Time is the product of both. */
function fits<P, T>(pattern: readonly P[], items: readonly T[], many: (entry: P) => boolean, one: (entry: P, item: T) => boolean): boolean {
  // `reached[j]`: the pattern so far can have taken the first j items.
  let reached = Array.from({ length: items.length + 1 }, (_, j) => j === 0);
  for (const entry of pattern) {
    const next: boolean[] = [];
    for (let j = 0; j <= items.length; j++) {
      next.push(many(entry) ? reached[j]! || (j > 0 && next[j - 1]!) : j > 0 && reached[j - 1]! && one(entry, items[j - 1]!));
    }
    reached = next;
  }
  return reached[items.length]!;
}

const fitsName = (pattern: string, name: string): boolean =>
  fits([...pattern], [...name], (c) => c === '*', (c, at) => c === '?' || c === at);

/**
 * Whether a path with slashes, relative to the folder that the pattern is relative to, fits the pattern. A pattern
 * without a slash fits a name in any folder; one that ends in a slash fits all that is below that folder.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  if (pattern.length > LONGEST || path.length > 4 * LONGEST) return false;
  return alternatives(pattern).some((one) => {
    const whole = one.endsWith('/') ? `${one}**` : one;
    const parts = whole.replace(/^\.?\//, '').split('/');
    return fits(parts.length === 1 && !whole.startsWith('/') ? ['**', ...parts] : parts, path.split('/'), (part) => part === '**', fitsName);
  });
}

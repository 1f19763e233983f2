// Unified diffs of two texts, line by line.

const CONTEXT = 3;
/** Beyond this many comparisons the middle of two texts is told as taken out and put in whole. */
const MOST = 4_000_000;

const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/(?<=\n)/));

interface Step { readonly sign: ' ' | '-' | '+'; readonly line: string }

/** The lines of both texts in order: kept, taken out, put in. */
function steps(before: readonly string[], after: readonly string[]): Step[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  const kept = (line: string): Step => ({ sign: ' ', line });
  const middle: Step[] = [];
  if (a.length * b.length > MOST) middle.push(...a.map((line): Step => ({ sign: '-', line })), ...b.map((line): Step => ({ sign: '+', line })));
  else {
    // The longest run of lines in common, from each pair of lines on.
    const width = b.length + 1;
    const common = new Uint32Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
      }
    }
    let i = 0;
    let j = 0;
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) { middle.push(kept(a[i]!)); i++; j++; }
      else if (i < a.length && (j === b.length || common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) middle.push({ sign: '-', line: a[i++]! });
      else middle.push({ sign: '+', line: b[j++]! });
    }
  }
  return [...before.slice(0, head).map(kept), ...middle, ...before.slice(before.length - tail).map(kept)];
}

/** What changed between two texts of a file, as `diff -u` says it; '' where nothing did. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const all = steps(linesOf(before), linesOf(after));
  const out = [`--- a/${path}`, `+++ b/${path}`];
  const changed = all.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]));
  for (let first = 0; first < changed.length;) {
    let last = first;
    while (last + 1 < changed.length && changed[last + 1]! - changed[last]! <= 2 * CONTEXT + 1) last++;
    const from = Math.max(0, changed[first]! - CONTEXT);
    const to = Math.min(all.length, changed[last]! + CONTEXT + 1);
    const ahead = all.slice(0, from);
    const hunk = all.slice(from, to);
    const count = (part: readonly Step[], other: Step['sign']): number => part.filter(({ sign }) => sign !== other).length;
    const range = (start: number, length: number): string => `${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`;
    out.push(`@@ -${range(count(ahead, '+'), count(hunk, '+'))} +${range(count(ahead, '-'), count(hunk, '-'))} @@`);
    for (const { sign, line } of hunk) out.push(line.endsWith('\n') ? sign + line.slice(0, -1) : `${sign}${line}\n\\ No newline at end of file`);
    first = last + 1;
  }
  return `${out.join('\n')}\n`;
}

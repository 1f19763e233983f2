/** The number of letters to add, leave out, change or swap with a neighbour to get from one word to the other. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

/** Longer words are not typed by hand. */
const LONGEST = 64;

/** `; did you mean “check”?` where one of the words is near, else nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  if (word.length > LONGEST) return '';
  const near = words.map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .map((one) => (word.length >= 3 && one.candidate.startsWith(word) ? { ...one, far: 1 } : one))
    .filter(({ candidate, far }) => far <= Math.max(1, Math.floor(candidate.length / 3))).sort((a, b) => a.far - b.far)[0];
  return near ? `; did you mean “${near.candidate}”?` : '';
}

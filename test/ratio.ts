/**
 * How many times as long a function takes for an input `factor` times the size: the least of several tries, so that a
 * busy machine does not make it look slower than it is. The size grows until one call takes long enough to be measured.
 */
export function timesAsLong<T>(factor: number, make: (size: number) => T, run: (input: T) => unknown, from = 4000, enough = 4): number {
  const least = (input: T): number => {
    let best = Infinity;
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      run(input);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };
  let size = from;
  let small = least(make(size));
  while (small < enough && size < 4_000_000) {
    size *= 2;
    small = least(make(size));
  }
  return least(make(size * factor)) / small;
}

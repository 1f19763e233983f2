/**
 * How many times as long a function takes for an input `factor` times the size. The inputs grow until one call takes long
 * enough to be measured, and on a busy machine the least of several rounds counts: noise makes a round look slower than
 * it is, but what grows with the square of its input does so in every round.
 */
export function timesAsLong<T>(factor: number, make: (size: number) => T, run: (input: T) => unknown, from = 4000, enough = 2): number {
  const least = (input: T): number => {
    let best = Infinity;
    for (let i = 0; i < 4; i++) {
      const start = performance.now();
      run(input);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };
  let size = from;
  while (size < 500_000 && least(make(size)) < enough) size *= 4;
  const small = make(size);
  const large = make(size * factor);
  let ratio = Infinity;
  for (let round = 0; round < 5 && ratio > factor * 1.5; round++) ratio = Math.min(ratio, least(large) / least(small));
  return ratio;
}

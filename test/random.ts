/** A small seeded source of numbers from 0 to below 1: the same documents at every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of several. */
export const pick = <T>(next: () => number, of: readonly T[]): T => of[Math.floor(next() * of.length)]!;

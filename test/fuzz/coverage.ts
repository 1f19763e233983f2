// Which parts of the program an input reaches, as V8 counts it.
import { Session, type Profiler } from 'node:inspector';

/** Ranges of a function that nothing has reached yet, in order. */
type Unreached = readonly (readonly [start: number, end: number])[];

/** What of a function was not run: its ranges nest, and the innermost one says how often a place was run. */
function unrunOf(ranges: readonly Profiler.CoverageRange[]): Unreached {
  const out: [number, number][] = [];
  const open: Profiler.CoverageRange[] = [];
  let at = ranges[0]!.startOffset;
  const upTo = (end: number): void => {
    if (end > at && open.at(-1)?.count === 0) {
      const last = out.at(-1);
      if (last && last[1] === at) last[1] = end;
      else out.push([at, end]);
    }
    at = Math.max(at, end);
  };
  const close = (before: number): void => {
    for (let last = open.at(-1); last && last.endOffset <= before; last = open.at(-1)) {
      upTo(last.endOffset);
      open.pop();
    }
  };
  for (const range of ranges) {
    close(range.startOffset);
    upTo(range.startOffset);
    open.push(range);
  }
  close(Infinity);
  return out;
}

function common(a: Unreached, b: Unreached): Unreached {
  const out: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const start = Math.max(a[i]![0], b[j]![0]);
    const end = Math.min(a[i]![1], b[j]![1]);
    if (start < end) out.push([start, end]);
    if (a[i]![1] < b[j]![1]) i++;
    else j++;
  }
  return out;
}

const lengthOf = (ranges: Unreached): number => ranges.reduce((sum, [start, end]) => sum + end - start, 0);

/** What was reached since it was made. */
export interface Reached {
  /** Takes what was run since the last look of anybody. True where some of it was not reached before. */
  look(): boolean;
  /** Functions that were run, and of their text so many of all characters. */
  readonly sums: { readonly functions: number; readonly reached: number; readonly characters: number };
}

/** Counts from now on in this process, in scripts whose address has `within`. Blocks are counted only of functions that were not compiled before: start it before they are loaded. */
export function startCoverage(within: string): { reached(): Reached; stop(): void } {
  const session = new Session();
  session.connect();
  // Answers come at once: the session is in this thread.
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const take = (): readonly Profiler.ScriptCoverage[] => {
    let found: readonly Profiler.ScriptCoverage[] = [];
    session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error) throw error;
      found = taken.result;
    });
    return found;
  };
  take(); // what was run before does not count
  return {
    reached() {
      const known = new Map<string, { readonly characters: number; unreached: Unreached }>();
      return {
        look() {
          let fresh = false;
          for (const { url, scriptId, functions } of take()) {
            if (!url.includes(within)) continue;
            for (const { ranges } of functions) {
              const whole = ranges[0]!;
              if (ranges.every(({ count }) => count === 0)) continue;
              const key = `${scriptId}:${whole.startOffset}:${whole.endOffset}`;
              const before = known.get(key);
              if (before?.unreached.length === 0) continue;
              const unrun = unrunOf(ranges);
              if (!before) {
                known.set(key, { characters: whole.endOffset - whole.startOffset, unreached: unrun });
                fresh = true;
                continue;
              }
              const still = common(before.unreached, unrun);
              if (lengthOf(still) < lengthOf(before.unreached)) {
                before.unreached = still;
                fresh = true;
              }
            }
          }
          return fresh;
        },
        get sums() {
          const all = [...known.values()];
          const characters = all.reduce((sum, one) => sum + one.characters, 0);
          return { functions: all.length, characters, reached: characters - all.reduce((sum, { unreached }) => sum + lengthOf(unreached), 0) };
        },
      };
    },
    stop() {
      session.post('Profiler.stopPreciseCoverage');
      session.post('Profiler.disable');
      session.disconnect();
    },
  };
}

// Fuzzing that is led by coverage: an input that reaches what none before it did is kept and made others of.
import { pick, random } from '../random';
import type { startCoverage } from './coverage';
import { mutate, shrink } from './mutate';
import type { Target } from './targets';

export interface Failure {
  readonly target: string;
  readonly message: string;
  /** The smallest input found. */
  readonly input: string;
}

export interface Sums {
  readonly target: string;
  readonly inputs: number;
  /** Inputs made by mutation that reached something new. */
  readonly fresh: number;
  readonly corpus: number;
  readonly functions: number;
  /** Of the text of these functions, what was run, in percent. */
  readonly reached: number;
  readonly seconds: number;
}

export interface Budget {
  /** Inputs of each target, or */
  readonly inputs?: number;
  /** seconds for each target. */
  readonly seconds?: number;
  readonly seed: number;
}

/** What a failure is about, so that one is told once. */
const kindOf = (error: unknown): string => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const place = stack?.split('\n').find((line) => /server\/src\//.test(line))?.replace(/^.*server\/src\/|:\d+:\d+\)?$/g, '') ?? '';
  return `${message.split('\n')[0]!.replace(/“[^”]*”|"[^"]*"|\d+/g, '#').slice(0, 120)} ${place}`;
};

/** A text of one piece over and over: time that grows faster than the text is found by that. */
const LONG = 24_000;
const SLOW = 50;

/** Fuzzes targets one after another. `told` gets each failure when it is found, `done` what was run when a target is done, `watch` the input that is run, '' behind it. */
export async function fuzz(targets: readonly Target[], coverage: ReturnType<typeof startCoverage>, { inputs = Infinity, seconds = Infinity, seed }: Budget, told: (failure: Failure) => void, done: (sums: Sums) => void, watch: (input: string) => void = () => {}): Promise<void> {
  for (const target of targets) {
    const next = random(seed * 7919 + target.name.length * 101 + target.name.charCodeAt(0));
    const reached = coverage.reached();
    const corpus: string[] = [];
    const kinds = new Set<string>();
    const start = performance.now();
    let count = 0;
    let fresh = 0;

    const failureOf = async (input: string): Promise<{ readonly error: unknown } | undefined> => {
      try {
        watch(input);
        await target.run(input);
        return undefined;
      } catch (error) {
        return { error };
      } finally {
        watch('');
      }
    };
    const fail = async (input: string, error: unknown): Promise<void> => {
      const kind = kindOf(error);
      if (kinds.has(kind)) return;
      kinds.add(kind);
      const small = await shrink(input, async (candidate) => {
        const found = await failureOf(candidate);
        return found !== undefined && kindOf(found.error) === kind;
      }, target.waits ? 120 : 600);
      told({ target: target.name, message: error instanceof Error ? error.stack ?? error.message : String(error), input: small });
    };
    /** Processor time of an input, the least of some runs: nothing makes one shorter. */
    const timeOf = async (input: string, runs: number): Promise<number> => {
      let least = Infinity;
      for (let n = 0; n < runs; n++) {
        const before = process.cpuUsage();
        await failureOf(input);
        const { user, system } = process.cpuUsage(before);
        least = Math.min(least, (user + system) / 1000);
      }
      return least;
    };
    /** Four times the text takes four times the time, and sixteen where each place is looked at from each. */
    const grows = async (input: string): Promise<void> => {
      if (target.waits || input.length < 2) return;
      const from = Math.floor(next() * input.length);
      const piece = input.slice(from, from + 1 + Math.floor(next() ** 2 * 60));
      const head = input.slice(0, next() < 0.5 ? 1 : from);
      const long = (length: number): string => head + piece.repeat(Math.max(1, Math.ceil(length / piece.length)));
      if (await timeOf(long(LONG), 1) < SLOW * 4) return;
      const [a, b] = [await timeOf(long(LONG / 4), 3), await timeOf(long(LONG), 3)];
      if (b > 10 * Math.max(a, SLOW / 2)) await fail(long(LONG), new Error(`time out of proportion: ${a.toFixed()} ms and for four times the text ${b.toFixed()} ms, head ${JSON.stringify(head)}, piece ${JSON.stringify(piece)}`));
    };
    const feed = async (input: string): Promise<boolean> => {
      count++;
      const found = await failureOf(input);
      const isNew = reached.look();
      if (found) await fail(input, found.error);
      if (!isNew) return false;
      corpus.push(input);
      return true;
    };

    const over = (): boolean => count >= inputs || performance.now() - start > seconds * 1000;
    // In a short run a part of the seeds; each is fed before anything is made of it.
    const seeds = target.seeds.length <= inputs / 2 ? target.seeds : Array.from({ length: Math.ceil(inputs / 2) }, () => pick(next, target.seeds));
    for (const one of seeds) if (!over()) await feed(one.slice(0, target.longest));
    const all = [...new Set([...corpus, ...seeds])];
    while (!over()) {
      // What is new is tried more often, as it has been made the least of.
      const base = next() < 0.4 && corpus.length > 0 ? corpus[corpus.length - 1 - Math.floor(next() ** 2 * corpus.length)]! : pick(next, all);
      const input = mutate(base, all, target.tokens, target.longest, next);
      if (await feed(input)) {
        fresh++;
        all.push(input);
        if (seconds < Infinity) await grows(input);
      }
    }
    const { functions, reached: run, characters } = reached.sums;
    done({ target: target.name, inputs: count, fresh, corpus: all.length, functions, reached: characters === 0 ? 0 : 100 * run / characters, seconds: (performance.now() - start) / 1000 });
  }
}

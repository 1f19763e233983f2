// Reads command lines; says what was meant where something is misspelt.
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** What the person at the terminal got wrong; its message is for them. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

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

/** `; did you mean “check”?` where one of the words is near, else nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const near = words.map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate) }))
    .filter(({ candidate, far }) => far <= Math.max(1, Math.floor(candidate.length / 3))).sort((a, b) => a.far - b.far)[0];
  return near ? `; did you mean “${near.candidate}”?` : '';
}

export type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads a command's arguments; `options` are all that it takes. */
export function readArgs<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const flag = /'(-[^']*)'/.exec(message)?.[1] ?? '';
      throw new UsageError(`There is no option “${flag}”${didYouMean(flag, Object.keys(options).map((name) => `--${name}`))}`);
    }
    throw new UsageError(message.split('. ')[0]!.replaceAll("'", '“').replace(/“([^“]*)“/g, '“$1”'));
  }
}

/** One of the values that an option takes. */
export function oneOf<const T extends string>(option: string, value: string, values: readonly T[]): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${option} is one of ${values.join(', ')}; “${value}” is not${didYouMean(value, values)}`);
  return found;
}

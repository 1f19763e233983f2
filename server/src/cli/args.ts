// Reads command lines; says what was meant where something is misspelt.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from '../core/spelling';

export { didYouMean };

/** What the person at the terminal got wrong; its message is for them. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
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

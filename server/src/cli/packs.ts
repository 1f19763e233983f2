// `caveat test`: the lines with which the entries of packs are tested.
import { resolve } from 'node:path';
import { LineIndex, type Pack } from '../core/index';
import { readPackText } from '../core/pack';
import { testPack } from '../core/packtest';
import { builtinPacks } from '../packs';
import { didYouMean, UsageError } from './args';
import { readText } from './files';
import type { ExitCode, Io } from './run';

/** The pack of a file; tells what is wrong with it, by line, where it is not sound. */
async function packOfFile(path: string, io: Io): Promise<Pack | undefined> {
  const read = await readText(resolve(io.cwd, path));
  if ('problem' in read) {
    io.err(`caveat: ${path}: ${read.problem}\n`);
    return undefined;
  }
  const { pack, problems } = readPackText(read.text);
  const lines = new LineIndex(read.text);
  for (const { message, span } of problems) {
    const { line, character } = lines.positionAt(span?.start ?? 0);
    io.err(`caveat: ${path}:${line + 1}:${character + 1}: ${message}\n`);
  }
  return problems.length > 0 ? undefined : pack;
}

/** Tests packs named by id or by file, all built-in ones where none is named, and prints what fails. */
export async function testPacks(named: readonly string[], coverage: boolean, io: Io): Promise<ExitCode> {
  const known = builtinPacks();
  const packs = named.length === 0 ? known : await Promise.all(named.map((name) => {
    const pack = known.find(({ id }) => id === name);
    if (!pack && !/[./\\]/.test(name)) throw new UsageError(`There is no pack “${name}”${didYouMean(name, known.map(({ id }) => id))}; of a pack of your own, name the file`);
    return pack ?? packOfFile(name, io);
  }));
  let failed = 0;
  for (const pack of packs) {
    if (!pack) continue;
    const { entries, lines, failures } = testPack(pack);
    const counted = failures.filter(({ kind }) => coverage || kind !== 'not-covered');
    failed += counted.length;
    io.out(`${pack.id}: ${entries} entries, ${lines} lines, ${counted.length === 0 ? 'all as they should be' : `${counted.length} not as they should be`}\n`);
    for (const { entry, line, message } of counted) io.out(`  ${entry}  ${message}${line ? `\n      ${line}` : ''}\n`);
  }
  return packs.includes(undefined) ? 2 : failed > 0 ? 1 : 0;
}

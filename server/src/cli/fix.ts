// `caveat fix`: what it does to one file, and how it is written.
import { randomBytes } from 'node:crypto';
import { chmod, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fixText, isDebt, parseDocument, type FixedText, type Plan } from '../core/index';
import type { Found } from './files';

/** Replaces a file's text in one step: whoever reads it finds the old text or the new one, never a part. Links and permissions stay. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const file = await realpath(path);
  const { mode } = await stat(file);
  const beside = join(dirname(file), `.${randomBytes(6).toString('hex')}.caveat.tmp`);
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(beside, mode);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** A text with its fixes applied: the safe ones, with `judgement` also the first choice of each finding. */
export const fixed = (text: string, { format }: Found, plan: Plan, judgement: boolean): FixedText => fixText(parseDocument(text, format), plan, judgement);

const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** One line on what was done to a file. */
export function told(path: string, { applied, result: { findings } }: FixedText, dry: boolean): string {
  const owed = findings.filter(isDebt).length;
  const left = findings.length === 0 ? 'nothing left' : `${many(findings.length, 'finding')} left${owed > 0 ? `, of them ${owed} to be filled in` : ''}`;
  return `${path}: ${many(applied.length, 'fix').replace('fixs', 'fixes')} ${dry ? 'would be ' : ''}applied, ${left}\n`;
}

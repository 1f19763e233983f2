import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from './args';

const run = promisify(execFile);

/** Absolute paths of the files that changed since a branch parted from a commit, those that git does not know yet included. */
export async function changedSince(ref: string, cwd: string): Promise<ReadonlySet<string>> {
  const git = async (...args: string[]): Promise<string> => (await run('git', args, { cwd, maxBuffer: 64 * 1024 * 1024 })).stdout;
  if (ref === '' || ref.startsWith('-')) throw new UsageError(`--since names a branch, tag or commit; “${ref}” is none`);
  let top: string;
  try {
    top = (await git('rev-parse', '--show-toplevel')).trim();
  } catch {
    throw new UsageError('--since needs git and a git repository; this folder is in none');
  }
  let base: string;
  try {
    base = (await git('merge-base', ref, 'HEAD')).trim();
  } catch {
    throw new UsageError(`git knows no “${ref}”, or nothing that it has in common with this branch (a shallow clone? fetch more of its history)`);
  }
  const names = (text: string): string[] => text.split('\0').filter(Boolean).map((name) => resolve(top, name));
  const changed = await git('-C', top, 'diff', '--name-only', '-z', '--diff-filter=d', base, '--');
  const fresh = await git('-C', top, 'ls-files', '--others', '--exclude-standard', '-z');
  return new Set([...names(changed), ...names(fresh)]);
}

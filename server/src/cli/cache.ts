// What was found in files that have not changed since, nor anything that it depends on.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DocumentModel } from '../report/model';
import type { PackInfo } from './pipeline';

export interface Entry { readonly key: string; readonly model: DocumentModel; readonly packs: readonly PackInfo[] }
export type Cache = Map<string, Entry>;

/** Never throws: a cache that can not be read is an empty one. */
export async function readCache(file: string, build: string): Promise<Cache> {
  try {
    const data = JSON.parse(await readFile(file, 'utf8')) as { readonly build?: string; readonly entries?: { readonly [path: string]: Entry } };
    if (data.build !== build || !data.entries) return new Map();
    return new Map(Object.entries(data.entries).filter(([, entry]) => typeof entry?.key === 'string' && Array.isArray(entry.model?.findings)));
  } catch {
    return new Map();
  }
}

/** Written beside and then moved, so that a run that is stopped leaves no half of one. */
export async function writeCache(file: string, build: string, cache: Cache): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify({ build, entries: Object.fromEntries(cache) }));
  await rename(`${file}.new`, file);
}

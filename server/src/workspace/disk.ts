// Files as Node has them, for looking up bibliographies: by path for the command line, by address for the server.
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Files } from '../core/bibliography/library';

const MOST_BYTES = 20_000_000;

async function read(file: string): Promise<string | undefined> {
  try {
    const info = await stat(file);
    return info.isFile() && info.size <= MOST_BYTES ? await readFile(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

const list = async (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

export const localFiles: Files = { read, list, folderOf: dirname, resolve };

const isFile = (address: string): boolean => address.startsWith('file:');

/** Addresses of other schemes (a draft that was never saved) have no files. */
export const addressedFiles: Files = {
  read: async (file) => (isFile(file) ? read(fileURLToPath(file)) : undefined),
  list: async (folder) => (isFile(folder) ? list(fileURLToPath(folder)) : []),
  // Editors write one address in several ways (`c%3A`): ours is that of the path.
  folderOf: (file) => (isFile(file) ? pathToFileURL(dirname(fileURLToPath(file))).href : file.slice(0, Math.max(0, file.lastIndexOf('/'))) || file),
  resolve: (folder, name) => (isFile(folder) ? pathToFileURL(resolve(fileURLToPath(folder), name)).href : `${folder}/${name}`),
};

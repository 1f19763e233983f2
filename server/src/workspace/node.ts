// Files of this machine, for the resolver.
import { realpath, readFile, stat } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { addressOf, type Files } from './resolve';

/** No configuration, pack or bibliography is larger; in bytes. */
const MOST_BYTES = 8_000_000;

const there = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);
const slashed = (path: string): string => path.replaceAll('\\', '/');

/**
 * Files by paths, or by addresses `file://…`. The top of a workspace is the repository's, else the folder that is named
 * for it (`tops`: an editor's folders, the folder that a command runs in).
 */
export function nodeFiles(tops: () => readonly string[]): Files {
  const roots = new Map<string, Promise<string | undefined>>();
  const native = (path: string): string => path.startsWith('file://') ? fileURLToPath(addressOf(path)) : path;
  /** Symbolic links must not lead out of the workspace. */
  const stays = async (path: string): Promise<boolean> => {
    const root = await rootOf(path);
    if (root === undefined) return false;
    const [real, top] = await Promise.all([realpath(native(path)), realpath(native(root))]);
    return slashed(real).startsWith(`${slashed(top).replace(/\/$/, '')}/`);
  };
  function rootOf(path: string): Promise<string | undefined> {
    const folder = path.slice(0, path.lastIndexOf('/'));
    let root = roots.get(folder);
    if (!root) {
      root = (async () => {
        const top = tops().filter((one) => folder === one || folder.startsWith(`${one}/`)).sort((a, b) => b.length - a.length)[0];
        for (let at = folder; at.includes('/') && !at.endsWith('//'); at = at.slice(0, at.lastIndexOf('/'))) {
          if (await there(native(`${at}/.git`))) return at;
        }
        return top ?? folder;
      })();
      roots.set(folder, root);
    }
    return root;
  }
  return {
    root: rootOf,
    async reach(document, path) {
      try {
        const real = slashed(await realpath(native(path)));
        const within = await Promise.all([await rootOf(document), ...tops()].map(async (top) => top !== undefined && top !== '' && real.startsWith(`${slashed(await realpath(native(top)).catch(() => native(top))).replace(/\/$/, '')}/`)));
        return within.includes(true);
      } catch {
        return false;
      }
    },
    async read(path) {
      try {
        const info = await stat(native(path));
        if (!info.isFile()) return { problem: 'is not a file' };
        if (info.size > MOST_BYTES) return { problem: 'is too large' };
        if (!await stays(path)) return { problem: 'leads out of the workspace' };
        return { text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(native(path))) };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_FILE_URL_PATH' || code === 'ERR_INVALID_FILE_URL_HOST') return undefined;
        return { problem: error instanceof TypeError ? 'is not UTF-8 text' : `can not be read (${code ?? 'unknown'})` };
      }
    },
  };
}

/** A path of this machine as the resolver has it. */
export const pathOfFile = (file: string): string => slashed(fileURLToPath(pathToFileURL(file)));

// Which files a command line means, and their text.
import { existsSync, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { glob, isDynamicPattern } from 'tinyglobby';
import { FORMATS, formatOfPath, type Format } from '../core/index';
import type { Problem } from '../report/index';

/** Beyond this a file is no article; in UTF-8 bytes. */
export const MAX_BYTES = 5_000_000;

/** A file to be checked. */
export interface Found {
  /** As it is shown: relative to the working folder, with slashes. */
  readonly path: string;
  readonly absolute: string;
  readonly format: Format;
}

const IGNORE_FILES = ['.gitignore', '.caveatignore'];

/**
 * Says which files below `folder` are left out by ignore files, from the repository's root down; a deeper file has the
 * last word. A folder that is itself ignored but was named outright is read by its own ignore files only.
 */
function ignored(folder: string): (file: string) => boolean {
  const rules = new Map<string, Ignore | undefined>();
  const rulesOf = (directory: string): Ignore | undefined => {
    if (!rules.has(directory)) {
      const texts = IGNORE_FILES.map((name) => join(directory, name)).filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8'));
      rules.set(directory, texts.length > 0 ? ignore().add(texts.join('\n')) : undefined);
    }
    return rules.get(directory);
  };
  const isIgnored = (path: string, top: string, asFolder: boolean): boolean => {
    let verdict = false;
    let directory = top;
    for (const part of [...relative(top, dirname(path)).split(sep).filter(Boolean), '']) {
      const inside = relative(directory, path).split(sep).join('/') + (asFolder ? '/' : '');
      const found = rulesOf(directory)?.test(inside);
      if (found?.ignored) verdict = true;
      else if (found?.unignored) verdict = false;
      directory = join(directory, part);
    }
    return verdict;
  };
  let root = folder;
  while (!existsSync(join(root, '.git')) && dirname(root) !== root) root = dirname(root);
  if (!existsSync(join(root, '.git'))) root = folder;
  const top = root !== folder && isIgnored(folder, root, true) ? folder : root;
  return (file) => isIgnored(file, top, false);
}

const shown = (cwd: string, absolute: string): string => (relative(cwd, absolute) || '.').split(sep).join('/');

const KINDS = FORMATS.flatMap(({ extensions }) => extensions).join(' ');

/** The files that paths, folders and globs stand for, each once and in order; what can not be found is a problem. */
export async function findFiles(paths: readonly string[], cwd: string, useIgnoreFiles: boolean): Promise<{ readonly files: readonly Found[]; readonly errors: readonly Problem[] }> {
  const files = new Map<string, Found>();
  const errors: Problem[] = [];
  const add = (absolute: string, format: Format) => files.set(absolute, { path: shown(cwd, absolute), absolute, format });
  const addMatches = async (pattern: string, folder: string, named: string) => {
    const matches = await glob(pattern, {
      cwd: folder, absolute: true, onlyFiles: true, followSymbolicLinks: false, expandDirectories: false,
      ignore: useIgnoreFiles ? ['**/node_modules/**', '**/.git/**'] : ['**/.git/**'],
    });
    const skip = useIgnoreFiles ? ignored(folder) : () => false;
    const known = matches.map((match) => resolve(match)).filter((match) => formatOfPath(match) && !skip(match)).sort();
    for (const match of known) if (!files.has(match)) add(match, formatOfPath(match)!);
    if (known.length === 0) errors.push({ path: named, message: `no document found (read are ${KINDS})` });
  };
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const info = await stat(absolute).catch((error: NodeJS.ErrnoException) => error);
    if (!(info instanceof Error)) {
      const format = formatOfPath(absolute);
      if (info.isDirectory()) await addMatches('**/*', absolute, path);
      else if (!info.isFile()) errors.push({ path, message: 'is not a regular file' });
      else if (format) add(absolute, format);
      else errors.push({ path, message: `has no known ending (read are ${KINDS})` });
    } else if (info.code === 'ENOENT' && isDynamicPattern(path)) await addMatches(path.split(sep).join('/'), cwd, path);
    else errors.push({ path, message: info.code === 'ENOENT' ? 'is not there' : `can not be read (${info.code})` });
  }
  return { files: [...files.values()], errors };
}

/** The text of a file, byte order mark included, or what is wrong with it. Never throws. */
export async function readText(file: string, most = MAX_BYTES): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const { size } = await stat(file);
    if (size > most) return { problem: `is too large (${(size / 1e6).toFixed(1)} MB; up to ${most / 1e6} MB are read)` };
    const bytes = await readFile(file);
    if (bytes.length >= 2 && (bytes[0] === 0xff && bytes[1] === 0xfe || bytes[0] === 0xfe && bytes[1] === 0xff)) return { problem: 'is UTF-16; save it as UTF-8' };
    if (bytes.includes(0)) return { problem: 'is binary, not text' };
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { problem: 'is not UTF-8 text' };
    return { problem: `can not be read (${(error as NodeJS.ErrnoException).code ?? String(error)})` };
  }
}


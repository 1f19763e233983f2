import { withLibrary, type Plan } from '../plan';
import { BIBLIOGRAPHY_EXTENSIONS, readBibliography, type Bibliography } from './index';

// Which bibliographies a document can cite from. Knows no file system: a host says how files are read and named.

export interface Files {
  /** The text of a file; undefined where there is none that can be read. */
  read(file: string): Promise<string | undefined>;
  /** Names of the files in a folder; none where it can not be read. */
  list(folder: string): Promise<readonly string[]>;
  folderOf(file: string): string;
  /** The file that a name stands for, seen from a folder. */
  resolve(folder: string, name: string): string;
  /** False where a document must not have a file read: it lies outside its workspace. Where it is not said, all are in reach. */
  reach?(document: string, file: string): Promise<boolean>;
}

/** Documents name few; folders of data may hold many. */
const MOST_BESIDE = 20;
const MOST_NAMED = 50;

const unquoted = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, '$2');

/** Names of bibliographies in a text: pandoc's front matter, `\bibliography`, `\addbibresource`, and their like. */
export function bibliographyNames(text: string): readonly string[] {
  const out = new Set<string>();
  const add = (name: string, ending = ''): void => { const file = unquoted(name); if (file !== '' && out.size < MOST_NAMED && !/^https?:/i.test(file)) out.add(/\.\w+$/.test(file) ? file : file + ending); };
  const front = /^\ufeff?---[ \t]*\r?\n([^]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text)?.[1];
  const line = front === undefined ? null : /^bibliography:[ \t]*([^\r\n]*)((?:\r?\n[ \t]*-[ \t]+[^\r\n]*)*)/m.exec(front);
  if (line) {
    const inline = line[1]!.replace(/\s#.*$/, '').trim();
    for (const name of inline.replace(/^\[|\]$/g, '').split(',')) add(name);
    for (const m of line[2]!.matchAll(/-[ \t]+([^\r\n]+)/g)) add(m[1]!);
  }
  for (const m of text.matchAll(/\\(?:bibliography|addbibresource)(?:\[[^\]\n]{0,80}\])?\{([^{}\n]{1,400})\}/g)) {
    const before = text.slice(Math.max(text.lastIndexOf('\n', m.index) + 1, m.index - 200), m.index);
    if (!/(?<!\\)%/.test(before)) for (const name of m[1]!.split(',')) add(name, '.bib'); // not in a comment
  }
  for (const m of text.matchAll(/^(?::(?:bibtex|bibliography)-(?:file|database|tex-file): |\.\. bibliography:: )([^\r\n]{1,300})/gm)) for (const name of m[1]!.split(/\s+/)) add(name);
  return [...out];
}

/** What a host keeps of the bibliographies that it has read. */
export function librarian(files: Files) {
  const read = new Map<string, Promise<Bibliography | undefined>>();
  const listed = new Map<string, Promise<readonly string[]>>();
  const reached = new Map<string, Promise<boolean>>();
  const shelves = new Map<string, readonly Bibliography[]>();
  const plans = new WeakMap<Plan, Map<readonly Bibliography[], Plan>>();
  const ending = (name: string): boolean => BIBLIOGRAPHY_EXTENSIONS.some((extension) => name.toLowerCase().endsWith(extension));

  function open(file: string): Promise<Bibliography | undefined> {
    let kept = read.get(file);
    if (!kept) read.set(file, kept = files.read(file).then((text) => (text === undefined ? undefined : readBibliography(file, text)), () => undefined));
    return kept;
  }
  function reach(document: string, folder: string, file: string): Promise<boolean> {
    const key = `${folder}\0${file}`;
    let kept = reached.get(key);
    if (!kept) reached.set(key, kept = files.reach?.(document, file).catch(() => false) ?? Promise.resolve(true));
    return kept;
  }
  function beside(folder: string): Promise<readonly string[]> {
    let kept = listed.get(folder);
    if (!kept) listed.set(folder, kept = files.list(folder).then((names) => names.filter(ending).sort().slice(0, MOST_BESIDE), () => []));
    return kept;
  }

  return {
    /**
     * The bibliographies of a document: those that it names, else those that the configuration names, else those that
     * lie beside it. `roots` are the folders that configured names are seen from. Equal answers are one array.
     */
    async of(file: string, text: string, configured: readonly string[] = [], roots: readonly string[] = []): Promise<readonly Bibliography[]> {
      const folder = files.folderOf(file);
      const named = bibliographyNames(text).map((name) => files.resolve(folder, name));
      const asked = [...named, ...configured.flatMap((name) => (roots.length > 0 ? roots : [folder]).map((root) => files.resolve(root, name)))];
      const wanted = [...new Set(asked.length > 0 ? asked : (await beside(folder)).map((name) => files.resolve(folder, name)))];
      const found = (await Promise.all(wanted.map(async (one) => (await reach(file, folder, one) ? open(one) : undefined)))).filter((one) => one !== undefined);
      const key = found.map((one) => one.file).join('\n');
      const shelf = shelves.get(key);
      if (shelf && shelf.every((one, i) => one === found[i])) return shelf;
      shelves.set(key, found);
      return found;
    },
    /** The plan for documents that cite from a library; the same for the same. */
    planFor(plan: Plan, library: readonly Bibliography[]): Plan {
      if (library.length === 0) return plan;
      let kept = plans.get(plan);
      if (!kept) plans.set(plan, kept = new Map());
      let out = kept.get(library);
      if (!out) {
        if (kept.size > 20) kept.clear();
        kept.set(library, out = withLibrary(plan, library));
      }
      return out;
    },
    /** Forgets a file that was changed, made or deleted. False where it was and is of no interest. */
    changed(file: string): boolean {
      if (!ending(file)) return false;
      read.delete(file);
      reached.clear();
      listed.delete(files.folderOf(file));
      return true;
    },
  };
}

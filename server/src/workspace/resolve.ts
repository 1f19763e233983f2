// Which configuration holds for a document: the nearest `caveat.yaml` up to the workspace's top, what it extends, its
// overrides, packs and bibliographies. One resolver for the editor and the command line; how files are read is the host's.
import {
  CONFIG_FILE, configForPath, LineIndex, mergeConfig, readConfig, span, type Config, type ConfigFile, type ConfigProblem, type KnownNames, type Pack, type Rule, type Span,
} from '../core/index';
import { readPackText } from '../core/pack';
import { didYouMean } from '../core/spelling';

/** Files as a host has them. Paths are absolute, with slashes; they may begin with a scheme (`file:///…`). */
export interface Files {
  /** Undefined where there is no such file. Never throws. */
  read(path: string): Promise<{ readonly text: string } | { readonly problem: string } | undefined>;
  /** The top of the workspace that a file belongs to: nothing above it is read for the file. Undefined: the file stands alone. */
  root(path: string): Promise<string | undefined>;
  /** False where a file lies, links followed, outside the workspace of a document. Never throws. */
  reach?(document: string, path: string): Promise<boolean>;
}

/** A mistake in a configuration file, or a file that it names and that can not be used. */
export interface PlacedProblem extends ConfigProblem {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly character: number;
}

/** What holds for a document before its own front matter. */
export interface Resolved {
  /** The configuration files that it comes from, nearest first; empty: none. */
  readonly files: readonly string[];
  readonly config: Config;
  /** Undefined: no configuration says which. */
  readonly packs: readonly Pack[] | undefined;
  /** Paths of bibliographies. */
  readonly bibliography: readonly string[];
}

/** One configuration file with all that it extends. */
interface Chain {
  readonly folder: string;
  readonly files: readonly string[];
  forPath(path: string): Config;
  readonly packs: readonly Pack[] | undefined;
  readonly bibliography: readonly string[];
  readonly problems: readonly PlacedProblem[];
}

export interface Workspace {
  /** Never throws. */
  resolve(path: string): Promise<Resolved>;
  /** The mistakes in one configuration file, and in those that it extends where they are not files of their own. */
  problemsIn(path: string): Promise<readonly PlacedProblem[]>;
  /** All mistakes in the configuration files that were needed so far. */
  problems(): Promise<readonly PlacedProblem[]>;
  /** Forgets what was read: something changed. */
  clear(): void;
}

const MOST_FILES = 16;

/** An address as a path of this module: its names written plainly. */
export function pathOfAddress(address: string): string {
  try {
    return decodeURIComponent(String(address).replace(/[?#].*$/s, '')).replace(/\/+$/, '');
  } catch {
    return address;
  }
}

/** The other way round: an address in which the names are encoded. */
export const addressOf = (path: string): string => path.split('/').map((part, i) => i < 3 || /^[a-z]:$/i.test(part) ? part : encodeURIComponent(part)).join('/');

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A name relative to a folder as a path; undefined where it is absolute or has a scheme. */
export function join(folder: string, name: string): string | undefined {
  const plain = name.replaceAll('\\', '/');
  if (/^(?:[a-z][a-z+.-]*:|\/)/i.test(plain) || plain.includes('\0')) return undefined;
  const parts = folder.split('/');
  for (const part of plain.split('/')) {
    if (part === '..') { if (parts.length < 2) return undefined; parts.pop(); } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

const inside = (root: string, path: string): boolean => path === root || path.startsWith(`${root}/`);

const NOTHING: Resolved = { files: [], config: {}, packs: undefined, bibliography: [] };

/**
 * Resolves configurations and keeps what it read. `config` names one file that holds for every document instead of the
 * nearest. Packs of a workspace that is not trusted are not read.
 */
export function workspaceOf(files: Files, rules: readonly Rule[], builtin: readonly Pack[], config?: string, trusted: () => boolean = () => true): Workspace {
  const known: KnownNames = { rules: rules.map(({ id }) => id), disclosures: [] };
  const chains = new Map<string, Promise<Chain | undefined>>();
  const nearest = new Map<string, Promise<Chain | undefined>>();
  const packs = new Map<string, Promise<{ readonly pack: Pack | undefined; readonly problem: string | undefined }>>();

  const chainOf = (path: string, root: string): Promise<Chain | undefined> => {
    let chain = chains.get(path);
    if (!chain) chains.set(path, chain = readChain(path, root));
    return chain;
  };

  /** The chain of the nearest file from a folder up to the root. */
  function nearestTo(folder: string, root: string): Promise<Chain | undefined> {
    let found = nearest.get(folder);
    if (!found) {
      found = (async () => {
        const own = await chainOf(`${folder}/${CONFIG_FILE}`, root);
        if (own || folder === root || !inside(root, folder)) return own;
        return nearestTo(folderOf(folder), root);
      })();
      nearest.set(folder, found);
    }
    return found;
  }

  async function readChain(path: string, root: string): Promise<Chain | undefined> {
    const read = await files.read(path);
    if (!read) return undefined;
    if ('problem' in read) return { folder: folderOf(path), files: [path], forPath: () => ({}), packs: undefined, bibliography: [], problems: [{ path, line: 0, character: 0, span: span(0, 0), message: read.problem }] };
    const problems: PlacedProblem[] = [];
    // The nearest file comes last, so that it holds; `seen` keeps circles from turning.
    const layers: { readonly path: string; readonly file: ConfigFile }[] = [];
    let chosen: readonly Pack[] | undefined;
    let bibliography: readonly string[] = [];
    const seen = new Set<string>();
    const add = async (at: string, text: string): Promise<void> => {
      seen.add(at);
      const lines = new LineIndex(text);
      const report = (message: string, place: Span): void => { problems.push({ path: at, message, span: place, ...lines.positionAt(place.start) }); };
      const own = readConfig(text, known);
      for (const problem of own.problems) report(problem.message, problem.span);
      const within = (name: string, place: Span): string | undefined => {
        const target = join(folderOf(at), name);
        if (target && inside(root, target)) return target;
        report(`“${name}” is not a file of this workspace: name one by its path relative to this file.`, place);
        return undefined;
      };
      for (const { name, span: place } of own.file.extends) {
        const target = within(name, place);
        if (!target) continue;
        if (seen.has(target)) { report(`“${name}” is read already: configurations extend each other in a circle, or twice.`, place); continue; }
        if (seen.size >= MOST_FILES) { report(`At most ${MOST_FILES} configurations stand on each other.`, place); continue; }
        const base = await files.read(target);
        if (!base) report(`“${name}” is not there.`, place);
        else if ('problem' in base) report(`“${name}” ${base.problem}.`, place);
        else await add(target, base.text);
      }
      layers.push({ path: at, file: own.file });
      if (own.file.packs) {
        const found = await Promise.all(own.file.packs.map(async ({ name, span: place }) => {
          const shipped = builtin.find(({ id }) => id === name);
          if (shipped) return shipped;
          if (!/[./\\]/.test(name)) {
            report(`There is no pack “${name}”${didYouMean(name, builtin.map(({ id }) => id)).replace(/\?$/, '')}? Of a pack of your own, name the file: ./${name}.yaml.`, place);
            return undefined;
          }
          if (!trusted()) {
            report(`“${name}” is a pack of this workspace and is not read before you trust the workspace.`, place);
            return undefined;
          }
          const target = within(name, place);
          const { pack, problem } = target ? await packOf(target) : { pack: undefined, problem: undefined };
          if (problem) report(`“${name}” ${problem}`, place);
          return pack;
        }));
        const usable = found.filter((pack) => pack !== undefined);
        // A list of which nothing could be read must not switch the rules off.
        chosen = usable.length > 0 ? [...new Map(usable.map((pack) => [pack.id, pack])).values()] : undefined;
      }
      if (own.file.bibliography) bibliography = own.file.bibliography.flatMap(({ name, span: place }) => within(name, place) ?? []);
      const ids = new Set((chosen ?? builtin).flatMap(({ disclosures }) => disclosures.map(({ id }) => id)));
      for (const problem of readConfig(text, { ...known, disclosures: [...ids] }).problems) {
        if (!own.problems.some(({ message, span: place }) => message === problem.message && place.start === problem.span.start)) report(problem.message, problem.span);
      }
    };
    await add(path, read.text);
    return {
      folder: folderOf(path), files: layers.map((layer) => layer.path).reverse(), packs: chosen, bibliography, problems,
      forPath: (document) => layers.reduce<Config>((under, layer) => {
        const folder = folderOf(layer.path);
        return mergeConfig(under, inside(folder, document) ? configForPath(layer.file, document.slice(folder.length + 1)) : layer.file.config);
      }, {}),
    };
  }

  function packOf(path: string): Promise<{ readonly pack: Pack | undefined; readonly problem: string | undefined }> {
    let found = packs.get(path);
    if (!found) {
      found = (async () => {
        const read = await files.read(path);
        if (!read) return { pack: undefined, problem: 'is not there.' };
        if ('problem' in read) return { pack: undefined, problem: `${read.problem}.` };
        const { pack, problems } = readPackText(read.text);
        const lines = new LineIndex(read.text);
        const told = problems.slice(0, 3).map(({ message, span: at }) => `${lines.positionAt(at?.start ?? 0).line + 1}: ${message}`);
        const rest = problems.length > told.length ? ` (and ${problems.length - told.length} more)` : '';
        return { pack, problem: problems.length > 0 ? `has mistakes, ${pack ? 'which are left out' : 'so it is not used'}; in line ${told.join(' ')}${rest}` : undefined };
      })();
      packs.set(path, found);
    }
    return found;
  }

  return {
    async resolve(path) {
      const root = config === undefined ? await files.root(path) : '';
      const chain = config !== undefined ? await chainOf(config, await files.root(config) ?? folderOf(config))
        : root !== undefined && inside(root, path) ? await nearestTo(folderOf(path), root) : undefined;
      return chain ? { files: chain.files, config: chain.forPath(path), packs: chain.packs, bibliography: chain.bibliography } : NOTHING;
    },
    async problemsIn(path) {
      const chain = await chainOf(path, await files.root(path) ?? folderOf(path));
      return (chain?.problems ?? []).filter((problem) => problem.path === path);
    },
    async problems() {
      const all = (await Promise.all(chains.values())).flatMap((chain) => chain?.problems ?? []);
      return [...new Map(all.map((problem) => [`${problem.path}\0${problem.span.start}\0${problem.message}`, problem])).values()];
    },
    clear() { chains.clear(); nearest.clear(); packs.clear(); },
  };
}

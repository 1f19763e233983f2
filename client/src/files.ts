import ignore, { type Ignore } from 'ignore';
import { Disposable, FileType, Uri, workspace, type CancellationToken } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { FileRequests } from '../../server/src/lsp/protocol';

/** At most so many documents are read for one report. */
const MOST = 2000;

/** Folders that hold no articles of one's own; those whose names begin with a dot are left out too. */
const SKIPPED = new Set(['node_modules']);

/** What they leave out is not read, as on the command line. */
const IGNORE_FILES = ['.gitignore', '.caveatignore'];

interface Folder {
  readonly uri: Uri;
  /** What the ignore files from the workspace's folder down say, the deepest last. */
  readonly ignores: readonly { readonly top: string; readonly rules: Ignore }[];
}

/** The deepest ignore file that says something has the last word. */
function leftOut(path: string, ignores: Folder['ignores']): boolean {
  const said = ignores.map(({ top, rules }) => rules.test(path.slice(top.length))).findLast(({ ignored, unignored }) => ignored || unignored);
  return said?.ignored ?? false;
}

export interface Found {
  readonly uris: readonly Uri[];
  /** True where there are more than are read at once. */
  readonly more: boolean;
}

/**
 * The documents of the workspace by their endings, by name, without those that ignore files leave out. Walks the folders
 * through the editor's own file system, which every workspace has, virtual ones too; a search may not be there.
 */
export async function findDocuments(extensions: readonly string[], token: CancellationToken): Promise<Found> {
  const uris: Uri[] = [];
  const queue = (workspace.workspaceFolders ?? []).map(({ uri }): Folder => ({ uri, ignores: [] }));
  const hidden = excluded();
  for (let folder = queue.shift(); folder && uris.length <= MOST && !token.isCancellationRequested; folder = queue.shift()) {
    const here = folder.uri;
    const entries = await workspace.fs.readDirectory(here).then((list) => list, () => []);
    const own = await Promise.all(IGNORE_FILES.filter((file) => entries.some(([name]) => name === file)).map(async (file) =>
      new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(here, file)).then((bytes) => bytes, () => new Uint8Array()))));
    const ignores = own.length > 0 ? [...folder.ignores, { top: `${here.path.replace(/\/$/, '')}/`, rules: ignore().add(own.join('\n')) }] : folder.ignores;
    for (const [name, type] of entries.sort(([a], [b]) => a < b ? -1 : 1)) {
      if (name.startsWith('.') || hidden.has(name)) continue;
      const uri = Uri.joinPath(here, name);
      if (leftOut(uri.path + (type === FileType.Directory ? '/' : ''), ignores)) continue;
      // A link to a folder may lead in circles.
      if (type === FileType.Directory && !SKIPPED.has(name)) queue.push({ uri, ignores });
      else if (type & FileType.File && extensions.some((extension) => name.toLowerCase().endsWith(extension))) uris.push(uri);
    }
  }
  return { uris: uris.slice(0, MOST), more: uris.length > MOST };
}

// Only patterns that hide one name everywhere (two stars, a slash, the name): what people write to hide build folders.
/** Names that `files.exclude` and `search.exclude` hide in every folder. */
function excluded(): Set<string> {
  const patterns = ['files.exclude', 'search.exclude'].flatMap((section) =>
    Object.entries(workspace.getConfiguration().get<Record<string, unknown>>(section) ?? {}).flatMap(([pattern, on]) => on === true ? [pattern] : []));
  return new Set(patterns.flatMap((pattern) => /^\*\*\/([^*/{}?]+)$/.exec(pattern)?.[1] ?? []));
}

/** No configuration, pack or bibliography is larger; in bytes. */
const MOST_BYTES = 8_000_000;

/** The address of a file or folder in the workspace; undefined for any other. */
function inWorkspace(address: string): Uri | undefined {
  const uri = Uri.parse(address, true);
  return !uri.path.split('/').includes('..') && workspace.getWorkspaceFolder(uri) ? uri : undefined;
}

async function fileOf(address: string): Promise<FileRequests['caveat/file']['out']> {
  const uri = inWorkspace(address);
  const info = uri && await workspace.fs.stat(uri).then((found) => found, () => undefined);
  if (!uri || !info) return null;
  if (info.type & FileType.SymbolicLink) return { problem: 'is a link; name the file itself' };
  if (!(info.type & FileType.File)) return { problem: 'is not a file' };
  if (info.size > MOST_BYTES) return { problem: 'is too large' };
  const bytes = await workspace.fs.readFile(uri).then((read) => read, () => undefined);
  if (!bytes) return { problem: 'can not be read' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'is not UTF-8 text' };
  }
}

async function namesIn(address: string): Promise<readonly string[]> {
  const uri = inWorkspace(address);
  const entries = uri ? await workspace.fs.readDirectory(uri).then((list) => list, () => []) : [];
  return entries.flatMap(([name, type]) => type & FileType.File ? [name] : []);
}

/** Reads configurations, packs and bibliographies for a server that has no access to files: those of the workspace and no others. */
export const serveFiles = (client: Pick<BaseLanguageClient, 'onRequest'>): Disposable => Disposable.from(
  client.onRequest('caveat/file' satisfies keyof FileRequests, ({ uri }: FileRequests['caveat/file']['in']) => fileOf(String(uri))),
  client.onRequest('caveat/folder' satisfies keyof FileRequests, ({ uri }: FileRequests['caveat/folder']['in']) => namesIn(String(uri))),
);

import { FileType, Uri, workspace, type CancellationToken } from 'vscode';

/** At most so many documents are read for one report. */
const MOST = 2000;

/** Folders that hold no articles of one's own; those whose names begin with a dot are left out too. */
const SKIPPED = new Set(['node_modules']);

export interface Found {
  readonly uris: readonly Uri[];
  /** True where there are more than are read at once. */
  readonly more: boolean;
}

/**
 * The documents of the workspace by their endings, by name. Walks the folders through the editor's own file system,
 * which every workspace has, virtual ones too; a search may not be there.
 */
export async function findDocuments(extensions: readonly string[], token: CancellationToken): Promise<Found> {
  const uris: Uri[] = [];
  const queue = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const hidden = excluded();
  for (let folder = queue.shift(); folder && uris.length <= MOST && !token.isCancellationRequested; folder = queue.shift()) {
    const here = folder;
    const entries = await workspace.fs.readDirectory(here).then((list) => list, () => []);
    for (const [name, type] of entries.sort(([a], [b]) => a < b ? -1 : 1)) {
      if (name.startsWith('.') || hidden.has(name)) continue;
      const uri = Uri.joinPath(here, name);
      // A link to a folder may lead in circles.
      if (type === FileType.Directory && !SKIPPED.has(name)) queue.push(uri);
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

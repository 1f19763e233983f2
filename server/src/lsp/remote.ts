// Files through the editor: for a server in a browser's worker, which has none of its own, and for workspaces that are on
// no disk. The editor reads nothing outside the workspace's folders.
import type { Connection } from 'vscode-languageserver';
import type { Files } from '../core/bibliography/library';
import { addressOf, folderOf, join, pathOfAddress, type Files as ConfigFiles } from '../workspace/resolve';
import type { Host } from './host';
import type { FileRequests } from './protocol';

/** Milliseconds that an editor is waited for: documents are rather checked without a file than not at all. */
const PATIENCE = 10_000;

/** Asks the editor at the other end of a connection. One that does not know the requests has no files. */
export function editorFiles(connection: Pick<Connection, 'sendRequest'>): Required<Pick<Host, 'files' | 'configFiles'>> {
  const ask = <Name extends keyof FileRequests>(request: Name, path: string): Promise<FileRequests[Name]['out'] | undefined> => new Promise((done) => {
    const timer = setTimeout(done, PATIENCE, undefined);
    connection.sendRequest<FileRequests[Name]['out']>(request, { uri: addressOf(path) }).catch(() => undefined).then((answer) => { clearTimeout(timer); done(answer); });
  });
  const readAt: ConfigFiles['read'] = async (path) => {
    const read = await ask('caveat/file', path);
    return typeof read?.text === 'string' ? { text: read.text } : typeof read?.problem === 'string' ? { problem: read.problem } : undefined;
  };
  return {
    files: {
      async read(file) {
        const read = await readAt(pathOfAddress(file));
        return read && 'text' in read ? read.text : undefined;
      },
      async list(folder) {
        const names = await ask('caveat/folder', pathOfAddress(folder));
        return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
      },
      folderOf: (file) => addressOf(folderOf(pathOfAddress(file))),
      // A configuration's names are whole paths already; what leads elsewhere is the folder itself, which is no file.
      resolve: (folder, name) => addressOf(/^[a-z][\w+.-]*:\/\//i.test(name) ? name : join(pathOfAddress(folder), name) ?? pathOfAddress(folder)),
    } satisfies Files,
    configFiles: (tops) => ({
      read: readAt,
      root: async (path) => tops().filter((top) => path.startsWith(`${top}/`)).sort((a, b) => b.length - a.length)[0],
    }),
  };
}

/** The server's own files where an address is of this machine, else the editor's. */
export function filesOf(connection: Pick<Connection, 'sendRequest'>, own: Required<Pick<Host, 'files' | 'configFiles'>>): Required<Pick<Host, 'files' | 'configFiles'>> {
  const remote = editorFiles(connection);
  const local = (path: string): boolean => path.startsWith('file:');
  const books = (path: string): Files => (local(path) ? own : remote).files;
  return {
    files: { read: (file) => books(file).read(file), list: (folder) => books(folder).list(folder), folderOf: (file) => books(file).folderOf(file), resolve: (folder, name) => books(folder).resolve(folder, name) },
    configFiles: (tops) => {
      const [ours, theirs] = [own.configFiles(tops), remote.configFiles(tops)];
      return { read: (path) => (local(path) ? ours : theirs).read(path), root: (path) => (local(path) ? ours : theirs).root(path) };
    },
  };
}

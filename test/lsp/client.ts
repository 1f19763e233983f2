// An editor for tests: speaks LSP to a server in the same process, over two streams, or to a process of its own.
import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import {
  createConnection, createProtocolConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter,
  type ClientCapabilities, type CodeAction, type CodeActionContext, type Diagnostic, type DocumentDiagnosticReport, type Hover,
  type InitializeResult, type MessageReader, type MessageWriter, type ProtocolConnection, type PublishDiagnosticsParams, type Range, type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Files } from '../../server/src/core/bibliography/library';
import type { Pack } from '../../server/src/core/index';
import type { Rule } from '../../server/src/core/rules/rule';
import type { Host } from '../../server/src/lsp/host';
import type { InitializationOptions } from '../../server/src/lsp/protocol';
import { editorFiles } from '../../server/src/lsp/remote';
import { startServer } from '../../server/src/lsp/server';

/** What a modern editor can do; tests take away from it. */
export const MODERN: ClientCapabilities = {
  workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true }, workspaceEdit: { documentChanges: true }, diagnostics: { refreshSupport: true } },
  textDocument: {
    diagnostic: { relatedInformation: true, codeDescriptionSupport: true } as NonNullable<ClientCapabilities['textDocument']>['diagnostic'],
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

/** No pull, no configuration, no resolve, no versions: an editor of some years ago. */
export const PLAIN: ClientCapabilities = { textDocument: { publishDiagnostics: {} } };

export interface Options {
  readonly rules?: readonly Rule[];
  readonly packs?: readonly Pack[];
  readonly capabilities?: ClientCapabilities;
  readonly initialization?: InitializationOptions;
  /** What the editor answers when asked for the section `caveat`. */
  readonly settings?: (uri: string) => unknown;
  readonly maxLength?: number;
  readonly files?: Files;
  readonly configFiles?: Host['configFiles'];
  readonly folders?: readonly string[];
  /** The server has no files of its own; the editor has these, by their addresses. */
  readonly served?: { readonly [uri: string]: string };
  readonly pushDelay?: number;
}

export interface Editor {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly pushed: PublishDiagnosticsParams[];
  readonly logged: string[];
  /** How often the server asked for fresh pulls, and for settings. */
  readonly asked: { refresh: number; settings: number };
  open(uri: string, text: string, language?: string): void;
  /** Replaces a range, as a keystroke does; positions are those of the text before. */
  change(uri: string, range: Range | undefined, text: string): void;
  close(uri: string): void;
  text(uri: string): string;
  version(uri: string): number;
  /** The range of the n-th occurrence of some words. */
  find(uri: string, words: string, nth?: number): Range;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  diagnostics(uri: string): Promise<Diagnostic[]>;
  actions(uri: string, range: Range, context?: Partial<CodeActionContext>): Promise<CodeAction[]>;
  hover(uri: string, words: string): Promise<Hover | null>;
  /** The document's text after an edit; throws where the edit is for another version, as an editor refuses it. */
  applied(edit: WorkspaceEdit | undefined): string;
  waitFor<T>(what: string, probe: () => T | undefined | false): Promise<T>;
  end(): Promise<void>;
}

/** An editor and a server in this process. */
export function connect(options: Options = {}): Promise<Editor> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(server, {
    rules: options.rules ?? [], packs: options.packs ?? [], pushDelay: options.pushDelay ?? 5, maxLength: options.maxLength ?? 1_000_000, files: options.files, configFiles: options.configFiles,
    ...options.served && editorFiles(server),
  });
  return edit(new StreamMessageReader(down), new StreamMessageWriter(up), options, () => server.dispose());
}

export interface Process extends Editor {
  /** Writes bytes past the protocol, as a broken editor would. */
  raw(bytes: string): void;
  readonly pid: number | undefined;
  readonly exit: Promise<number | null>;
}

/** An editor and a server process that speaks over stdio. */
export async function start(command: string, args: readonly string[], options: Options = {}): Promise<Process> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => { errors += data; });
  child.stdin.on('error', () => {});
  const exit = new Promise<number | null>((done) => { child.on('exit', done); });
  const died = exit.then((code) => { throw new Error(`the server ended with ${code}: ${errors}`); });
  died.catch(() => {});
  const editor = await Promise.race([died, edit(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin), options, () => { child.kill(); })]);
  return { ...editor, raw: (bytes) => { child.stdin.write(bytes); }, pid: child.pid, exit };
}

async function edit(reader: MessageReader, writer: MessageWriter, options: Options, stop: () => void): Promise<Editor> {
  const connection = createProtocolConnection(reader, writer);
  const open = new Map<string, TextDocument>();
  const pushed: PublishDiagnosticsParams[] = [];
  const logged: string[] = [];
  const asked = { refresh: 0, settings: 0 };
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => { pushed.push(params); });
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => { logged.push(message); });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => { asked.refresh++; return null; });
  connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri: string }[] }) => {
    asked.settings++;
    return items.map(({ scopeUri }) => options.settings?.(scopeUri) ?? null);
  });
  const { served } = options;
  if (served) {
    connection.onRequest('caveat/file', ({ uri }: { uri: string }) => (served[uri] === undefined ? null : { text: served[uri] }));
    connection.onRequest('caveat/folder', ({ uri }: { uri: string }) => Object.keys(served).filter((file) => file.startsWith(`${uri}/`) && !file.slice(uri.length + 1).includes('/')).map((file) => decodeURIComponent(file.slice(uri.length + 1))));
  }
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null, rootUri: null, capabilities: options.capabilities ?? MODERN, initializationOptions: options.initialization,
    workspaceFolders: options.folders?.map((uri) => ({ uri, name: uri })) ?? null,
  });
  void connection.sendNotification('initialized', {});
  const held = (uri: string): TextDocument => {
    const document = open.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    return document;
  };
  const find = (uri: string, words: string, nth = 1): Range => {
    const document = held(uri);
    let at = -1;
    for (let n = 0; n < nth; n++) at = document.getText().indexOf(words, at + 1);
    if (at < 0) throw new Error(`“${words}” is not in ${uri}`);
    return { start: document.positionAt(at), end: document.positionAt(at + words.length) };
  };
  const pull = (uri: string, previousResultId?: string) =>
    connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) });
  return {
    connection, initialized, pushed, logged, asked, find, pull,
    open(uri, text, language = 'plaintext') {
      open.set(uri, TextDocument.create(uri, language, 1, text));
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: language, version: 1, text } });
    },
    change(uri, range, text) {
      const document = held(uri);
      const changes = [range ? { range, text } : { text }];
      TextDocument.update(document, changes, document.version + 1);
      void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: document.version }, contentChanges: changes });
    },
    close(uri) {
      open.delete(uri);
      void connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    text: (uri) => held(uri).getText(),
    version: (uri) => held(uri).version,
    async diagnostics(uri) {
      const report = await pull(uri);
      if (report.kind !== 'full') throw new Error('unchanged, though nothing was known before');
      return report.items;
    },
    actions: (uri, range, context = {}) => connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri }, range, context: { diagnostics: [], ...context },
    }),
    hover: (uri, words) => connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri }, position: find(uri, words).start }),
    applied(workspaceEdit) {
      const [change, ...more] = workspaceEdit?.documentChanges ?? [];
      if (!change || more.length > 0 || !('textDocument' in change)) throw new Error('not an edit of one document');
      const document = held(change.textDocument.uri);
      if (change.textDocument.version !== document.version) throw new Error(`an edit for version ${change.textDocument.version}, the document has ${document.version}`);
      return TextDocument.applyEdits(document, change.edits.filter((one) => 'newText' in one));
    },
    async waitFor(what, probe) {
      for (let tries = 0; tries < 1000; tries++) {
        const found = probe();
        if (found !== undefined && found !== false) return found;
        await new Promise((next) => { setTimeout(next, 10); });
      }
      throw new Error(`waited in vain for ${what}`);
    },
    async end() {
      await connection.sendRequest('shutdown').catch(() => {});
      stop();
      connection.dispose();
    },
  };
}

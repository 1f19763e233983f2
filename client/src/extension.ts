import {
  commands, ProgressLocation, Range, Selection, TextEditorRevealType, Uri, ViewColumn, window, workspace,
  type Disposable, type ExtensionContext, type TextDocument,
} from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions, WorkspaceEdit } from 'vscode-languageclient';
import { RULE_SCHEME, TRUSTED, type InitializationOptions, type Place, type Requests, type Source, type Target } from '../../server/src/lsp/protocol';
import { findDocuments, serveFiles } from './files';
import { exportReport } from './report/export';
import { reportView } from './report/view';
import { statusItem } from './status';
import { claimsTree } from './tree';

export const ID = 'caveat';
export const NAME = 'Caveat';

/** Asks the server for what is beyond LSP. */
export type Ask = <Name extends keyof Asked>(request: Name, params: Asked[Name]['in']) => Promise<Asked[Name]['out']>;
type Asked = Requests<WorkspaceEdit>;

/** Where documents that people write live; other schemes hold output, older versions, search results. */
const SCHEMES = ['file', 'untitled'];

let running: BaseLanguageClient | undefined;

/** Starts the extension; `makeClient` is what differs between Node and the browser. */
export async function activate(context: ExtensionContext, makeClient: (options: LanguageClientOptions) => BaseLanguageClient): Promise<void> {
  const selector = selectorOf(context);
  const client = makeClient({
    documentSelector: [...selector, { pattern: '**/caveat.yaml' }],
    diagnosticPullOptions: { onChange: true },
    // A function: a server that starts again is told how it is then.
    initializationOptions: (): InitializationOptions => ({ trusted: workspace.isTrusted }),
    markdown: { isTrusted: false, supportHtml: false },
    outputChannelName: NAME,
  });
  running = client;

  const ask: Ask = (request, params) => client.sendRequest(request, params);
  const report = reportView();
  const own = (...disposables: Disposable[]) => context.subscriptions.push(...disposables);

  own(
    client, report, serveFiles(client),
    workspace.onDidGrantWorkspaceTrust(() => { client.sendNotification(TRUSTED).catch(() => {}); }), // one that does not run is told at its start
    statusItem(selector),
    claimsTree(ask, selector),
    commands.registerCommand('caveat.showReport', () => fenced(() => showReport(ask, report))),
    commands.registerCommand('caveat.showWorkspaceReport', () => fenced(() => showWorkspaceReport(ask, report))),
    commands.registerCommand('caveat.exportReport', (what?: unknown) => fenced(() => exportOf(ask, report, what === 'workspace'))),
    commands.registerCommand('caveat.insertDisclaimer', (uri?: string) => fenced(() => insertDisclaimer(ask, client, uri))),
    commands.registerCommand('caveat.restartServer', restartOf(client)),
    commands.registerCommand('caveat.openFinding', (uri: string, place?: Place) => fenced(() => openFinding(uri, place))),
    workspace.registerTextDocumentContentProvider(RULE_SCHEME, {
      provideTextDocumentContent: ({ path }) => rulePage(context.extensionUri, path),
    }),
  );
  await client.start().catch((error: unknown) => offerRestart(`Caveat's language server did not start: ${messageOf(error)}`));
}

export const stop = async (): Promise<void> => { await running?.stop().catch(() => {}); };

/** The languages that the manifest activates on, in the schemes that documents are written in. */
function selectorOf(context: ExtensionContext): { readonly scheme: string; readonly language: string }[] {
  const events: readonly string[] = context.extension.packageJSON.activationEvents ?? [];
  const languages = events.flatMap((event) => event.startsWith('onLanguage:') ? [event.slice('onLanguage:'.length)] : []);
  const schemes = new Set([...SCHEMES, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme) => languages.map((language) => ({ scheme, language })));
}

const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error);

/** A command tells what went wrong instead of failing in silence. */
async function fenced(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    await offerRestart(`Caveat could not do that: ${messageOf(error)}`);
  }
}

async function offerRestart(message: string): Promise<void> {
  const restart = 'Restart Server';
  if (await window.showErrorMessage(message, restart) === restart) await commands.executeCommand('caveat.restartServer');
}

/** The page of a rule, which comes with the extension; the preview shows it. */
async function rulePage(extension: Uri, path: string): Promise<string> {
  const name = path.split('/').at(-1) ?? '';
  return await textOf(Uri.joinPath(extension, 'docs', 'rules', name)) ?? `# ${name}\n\nThere is no page of this name.\n`;
}

/** Restarts one at a time: who asks while one is under way gets that one. */
function restartOf(client: BaseLanguageClient): () => Promise<void> {
  let under: Promise<void> | undefined;
  return () => under ??= client.stop()
    .catch(() => {}) // it may have died, which is why somebody asks
    .then(() => client.start())
    .then(() => { window.setStatusBarMessage('Caveat: server restarted.', 3000); })
    .catch((error: unknown) => { void offerRestart(`Caveat's language server did not restart: ${messageOf(error)}`); })
    .finally(() => { under = undefined; });
}

/** The document that a command is about: while the report has the focus, no editor is the active one. */
const documentInView = (): TextDocument | undefined => (window.activeTextEditor ?? window.visibleTextEditors[0])?.document;

const NO_DOCUMENT = 'Open an article first: Caveat works on the document in the active editor.';

async function showReport(ask: Ask, report: ReturnType<typeof reportView>): Promise<void> {
  const document = documentInView();
  if (!document) { void window.showInformationMessage(NO_DOCUMENT); return; }
  const uri = document.uri;
  await report.show({
    title: `Caveat: ${nameOf(uri)}`, beside: true, watch: uri,
    make: (nonce) => ask('caveat/page', { target: { uri: uri.toString() }, nonce }),
  });
}

/** Exports the report on the workspace, or on the document that a report or editor shows. */
async function exportOf(ask: Ask, report: ReturnType<typeof reportView>, whole: boolean): Promise<void> {
  if (whole && lastRun !== undefined) { await exportReport(ask, { run: lastRun }, 'workspace'); return; }
  const uri = window.activeTextEditor?.document.uri ?? report.watched() ?? documentInView()?.uri;
  if (!uri) { void window.showInformationMessage(NO_DOCUMENT); return; }
  await exportReport(ask, { uri: uri.toString() }, nameOf(uri).replace(/\.[^.]+$/, ''));
}

/** The number of the run over the workspace that was read to its end last; a restarted server knows none. */
let lastRun: number | undefined;
let runs = 0;

/** So many documents go in one request: progress moves, and a cancellation is seen. */
const BATCH = 8;

async function showWorkspaceReport(ask: Ask, report: ReturnType<typeof reportView>): Promise<void> {
  if (!workspace.workspaceFolders?.length) {
    void window.showInformationMessage('Open a folder first: the workspace report covers the articles in it.');
    return;
  }
  const made = await window.withProgress({ location: ProgressLocation.Notification, title: 'Caveat: reading the workspace', cancellable: true }, async (progress, token) => {
    const { uris, more } = await findDocuments(await ask('caveat/extensions', {}), token);
    const unread: string[] = [];
    const run = ++runs;
    const gather = (documents: readonly Source[]) => ask('caveat/gather', { run, shown: lastRun, documents });
    for (let at = 0; at < uris.length && !token.isCancellationRequested; at += BATCH) {
      const batch = uris.slice(at, at + BATCH);
      const documents = await Promise.all(batch.map(async (uri) => {
        const text = await textOf(uri);
        if (text === undefined) unread.push(workspace.asRelativePath(uri));
        return { uri: uri.toString(), text };
      }));
      await gather(documents.flatMap(({ uri, text }) => (text === undefined ? [] : [{ uri, text }])));
      progress.report({ increment: 100 * batch.length / uris.length, message: `${Math.min(at + BATCH, uris.length)} of ${uris.length}` });
    }
    if (uris.length === 0) await gather([]);
    if (token.isCancellationRequested) return undefined;
    lastRun = run;
    return { target: { run } satisfies Target, unread, more };
  });
  if (!made) { window.setStatusBarMessage('Caveat: stopped, no report was made.', 3000); return; }
  const { target, unread, more } = made;
  const notes = [
    ...(more ? ['There are more documents than are read at once; open a smaller folder to have them all.'] : []),
    ...(unread.length > 0 ? [`Not read, because they are no text in UTF-8: ${unread.join(', ')}.`] : []),
  ];
  await report.show({ title: 'Caveat: Workspace', beside: false, watch: undefined, make: (nonce) => ask('caveat/page', { target, nonce, notes }) });
}

/** The text of a file in UTF-8; undefined where it can not be read or is not text. */
async function textOf(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** Inserts into the document that a report names, else into the one in view. */
async function insertDisclaimer(ask: Ask, client: BaseLanguageClient, address?: string): Promise<void> {
  const document = address ? await workspace.openTextDocument(Uri.parse(address, true)) : documentInView();
  if (!document) { void window.showInformationMessage(NO_DOCUMENT); return; }
  const { state, edit, version } = await ask('caveat/disclaimer', { uri: document.uri.toString() });
  if (state !== 'ready' || !edit) {
    void window.showInformationMessage({
      'ready': 'Caveat has no disclaimer to insert.',
      'nothing-missing': 'Nothing to insert: the disclosures that this document calls for are in it.',
      'not-in-scope': 'Nothing to insert: this document does not discuss a treatment that Caveat knows.',
      'not-checked': 'Caveat does not check this document.',
    }[state]);
    return;
  }
  const changes = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (document.version !== version || !await workspace.applyEdit(changes)) {
    void window.showWarningMessage('The document changed in the meantime, so nothing was inserted. Try again.');
    return;
  }
  const first = changes.entries().flatMap(([, edits]) => edits)[0];
  if (!first) return;
  const lines = first.newText.split(/\r\n|\r|\n/);
  const written = lines.findIndex((line) => line.trim() !== '');
  const at = Math.min(document.lineCount - 1, first.range.start.line + Math.max(0, written));
  const shown = await window.showTextDocument(document, { viewColumn: columnOf(document.uri) });
  shown.selection = new Selection(at, 0, at, 0);
  shown.revealRange(new Range(at, 0, Math.min(document.lineCount - 1, first.range.start.line + lines.length), 0), TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where a document is shown already, else the first column: never over the report. */
const columnOf = (uri: Uri): ViewColumn =>
  window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString())?.viewColumn ?? ViewColumn.One;

async function openFinding(address: string, place?: Place): Promise<void> {
  const uri = Uri.parse(address, true);
  const selection = place && new Range(place.start.line, place.start.character, place.end.line, place.end.character);
  await window.showTextDocument(uri, { viewColumn: columnOf(uri), ...(selection && { selection }) });
}

const nameOf = (uri: Uri): string => uri.path.split('/').at(-1) || uri.toString();

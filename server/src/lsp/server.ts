import {
  CodeActionKind, CompletionItemKind, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, DocumentDiagnosticReportKind, LSPErrorCodes, MarkupKind,
  ResponseError, TextDocuments, TextDocumentSyncKind,
  type CancellationToken, type CompletionItem, type CompletionParams, type DefinitionParams, type Location, type ReferenceParams, type CodeAction, type CodeActionParams, type Connection, type Diagnostic, type DocumentDiagnosticParams,
  type DocumentDiagnosticReport, type Hover, type HoverParams, type InitializeParams, type InitializeResult, type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { name, version } from '../../../package.json';
import { CONFIG_FILE, FORMATS, fixesOf, mergeConfig, suppressFix, type Finding, type Fix, type Pack } from '../core/index';
import {
  configDiagnostic, FIX_ALL, KINDS, SOURCE, bibliographyDiagnostic, sameDiagnostic, toCodeAction, toDiagnostic, toOffset, toRange, toSpan, toWorkspaceEdit, tooLong, touches, wants, wantsSome,
  type Abilities,
} from './convert';
import type { Bibliography } from '../core/bibliography/index';
import { librarian } from '../core/bibliography/library';
import { completionsAt, definitionAt, referenceAt, referencesAt } from '../core/lookup';
import { explain } from './explain';
import type { Host } from './host';
import { RULE_PAGE, TRUSTED, type Disclaimer, type InitializationOptions, type Outline, type Requests, type Target } from './protocol';
import { exportOf, modelFor, outlineOf, pageOf, type Gathered } from './report';
import { settingsStore, type Settings } from './settings';
import { planStore } from '../workspace/check';
import { pathOfAddress, workspaceOf } from '../workspace/resolve';
import { resultStore, type Checked } from './store';

/** What the client can do, read once. */
interface Client extends Abilities {
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersFiles: boolean;
  /** The workspace's folders. */
  readonly roots: readonly string[];
  readonly pull: boolean;
  readonly refresh: boolean;
  readonly resolvesEdits: boolean;
  readonly markdown: boolean;
  readonly rulePage: string;
}

function clientOf({ capabilities, initializationOptions, workspaceFolders }: InitializeParams): Client {
  const { textDocument, workspace } = capabilities ?? {};
  const options = (initializationOptions ?? {}) as InitializationOptions;
  const action = textDocument?.codeAction;
  const formats = textDocument?.hover?.contentFormat;
  // A client may say what it can show under push, pull or both.
  const shows = (what: 'relatedInformation' | 'codeDescriptionSupport') => !!(textDocument?.publishDiagnostics?.[what] ?? textDocument?.diagnostic?.[what]);
  return {
    configuration: !!workspace?.configuration,
    registersConfiguration: !!workspace?.didChangeConfiguration?.dynamicRegistration,
    registersFiles: !!workspace?.didChangeWatchedFiles?.dynamicRegistration,
    roots: (workspaceFolders ?? []).map(({ uri }) => uri),
    pull: !!textDocument?.diagnostic,
    refresh: !!workspace?.diagnostics?.refreshSupport,
    related: shows('relatedInformation') || !!textDocument?.diagnostic,
    codeDescription: shows('codeDescriptionSupport') || !!textDocument?.diagnostic,
    documentChanges: !!workspace?.workspaceEdit?.documentChanges,
    resolvesEdits: !!action?.dataSupport && !!action.resolveSupport?.properties?.includes('edit'),
    markdown: !formats || formats.includes(MarkupKind.Markdown),
    rulePage: typeof options.rulePage === 'string' ? options.rulePage : RULE_PAGE,
  };
}

/** What a lazily resolved action carries: enough to make its edit again, for the same version only. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly fix: number;
}

/** Lets edits and cancellations that wait in the queue be seen before work begins. */
const tick = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });

const cancelled = () => new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');

/** Speaks LSP over a connection. All logic is here; `host` has what differs between Node, a worker and a test. */
export function startServer(connection: Connection, host: Host): void {
  const documents = new TextDocuments({
    // Whatever a client sends, a document is text.
    create: (uri, language, documentVersion, content) => TextDocument.create(uri, String(language ?? ''), documentVersion, String(content ?? '')),
    update: TextDocument.update,
  });
  const plans = planStore();
  const resultOf = resultStore(host.rules, plans, host.maxLength);
  const faulty = new Set<string>();
  const told = new Set<string>();
  let client: Client = clientOf({ capabilities: {} } as InitializeParams);
  let pushedSettings: unknown;

  // What is being typed into a configuration holds before it is saved.
  const onDisk = host.configFiles?.(() => client.roots.map(pathOfAddress));
  const books = host.files && librarian({
    ...host.files,
    ...(onDisk?.reach && { reach: (document, file) => onDisk.reach!(pathOfAddress(document), pathOfAddress(file)) }),
  });
  let trusted = true;
  const workspace = onDisk && workspaceOf({
    root: onDisk.root,
    read: async (path) => {
      const open = documents.all().find(({ uri }) => pathOfAddress(uri) === path);
      return open ? { text: open.getText() } : onDisk.read(path);
    },
  }, host.rules, host.packs, undefined, () => trusted);
  const isConfig = (uri: string): boolean => pathOfAddress(uri).endsWith(`/${CONFIG_FILE}`);

  const settings = settingsStore((uri) => client.configuration
    ? connection.workspace.getConfiguration({ scopeUri: uri, section: SOURCE })
    : Promise.resolve(pushedSettings));

  const log = (where: string, error: unknown): void =>
    connection.console.error(`${where}: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);

  /** Waits for what is needed, then checks in one synchronous stretch; undefined for a document that is not open any more. */
  async function checked(uri: string): Promise<{ document: TextDocument; checked: Checked } | undefined> {
    if (!documents.get(uri)) return undefined;
    const wanted = await wantedFor(uri);
    const library = await libraryOf(documents.get(uri), wanted);
    const document = documents.get(uri);
    return document && { document, checked: check(document, wanted, library) };
  }

  /** The bibliographies that a document can cite from. What is broken in one is shown there. */
  async function libraryOf(document: TextDocument | undefined, { enable, bibliography }: Settings): Promise<readonly Bibliography[]> {
    if (!books || !document || !enable || document.getText().length > host.maxLength) return [];
    const library = await books.of(document.uri, document.getText(), bibliography, client.roots).catch((error: unknown) => { log('bibliography', error); return []; });
    for (const { file, problems, text } of library) {
      if (problems.length === 0 || faulty.has(file)) continue;
      faulty.add(file);
      const source = TextDocument.create(file, '', 0, text);
      void connection.sendDiagnostics({ uri: file, diagnostics: problems.slice(0, 200).map((problem) => bibliographyDiagnostic(problem, source)) });
    }
    return library;
  }

  /** The editor's settings with the workspace's configuration on top. */
  async function wantedFor(uri: string): Promise<Wanted> {
    const own = await settings.get(uri).catch((error: unknown) => { log('settings', error); return DEFAULT; });
    const found = await workspace?.resolve(pathOfAddress(uri));
    const chosen = own.packs.length === 0 ? host.packs : host.packs.filter(({ id }) => own.packs.includes(id));
    if (!workspace || !found || found.files.length === 0) return { ...own, chosen };
    for (const { path, line, character, message } of await workspace.problems()) {
      const mistake = `${shownPath(path)}:${line + 1}:${character + 1}: ${message}`;
      if (told.has(mistake)) continue; // once, for those who have not opened the file; in it they stand at their places
      told.add(mistake);
      connection.console.warn(mistake);
    }
    const bibliography = found.bibliography.length > 0 ? found.bibliography.map((path) => path.replace(/^file:\/\/(?:\/(?=[a-z]:))?/i, '')) : own.bibliography;
    return { ...own, config: mergeConfig(own.config, found.config), chosen: found.packs ?? chosen, bibliography };
  }

  function check(document: TextDocument, wanted: Wanted, library: readonly Bibliography[] = []): Checked {
    const result = resultOf(document, plans(wanted.config, wanted.chosen), wanted.enable, (plan) => books?.planFor(plan, library) ?? plan);
    for (const { where, message } of result.result?.faults ?? []) {
      const fault = `${where}: ${message}`;
      if (told.has(fault)) continue; // once: it comes again at every keystroke
      told.add(fault);
      connection.console.error(`A rule failed, the others went on. ${fault}`);
    }
    return result;
  }

  const diagnosticsOf = (document: TextDocument, { state, result, problems }: Checked): Diagnostic[] => state === 'too-long'
    ? [tooLong(host.maxLength)]
    : [...problems.map((problem) => configDiagnostic(problem, document)), ...(result?.findings ?? []).map((finding) => toDiagnostic(finding, document, client, client.rulePage))];

  /** The mistakes in a configuration that is open; undefined for any other document. */
  async function configDiagnostics(uri: string): Promise<Diagnostic[] | undefined> {
    if (!workspace || !isConfig(uri)) return undefined;
    const problems = await workspace.problemsIn(pathOfAddress(uri));
    const document = documents.get(uri);
    return document ? problems.map((problem) => configDiagnostic(problem, document)) : [];
  }

  /** Makes a handler that never throws, sees cancellations before and after its work, and answers `fallback` where it fails. */
  function fence<In, Out>(where: string, fallback: Out, handler: (params: In, token: CancellationToken) => Promise<Out> | Out) {
    return async (params: In, token: CancellationToken): Promise<Out | ResponseError<never>> => {
      await tick();
      if (token.isCancellationRequested) return cancelled();
      try {
        const out = await handler(params, token);
        return token.isCancellationRequested ? cancelled() : out;
      } catch (error) {
        log(where, error);
        return fallback;
      }
    };
  }

  // — life —

  connection.onInitialize((params): InitializeResult => {
    client = clientOf(params);
    const options = params.initializationOptions as InitializationOptions | undefined;
    pushedSettings = options?.settings;
    trusted = options?.trusted !== false;
    return {
      serverInfo: { name, version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        completionProvider: { triggerCharacters: ['@', '^', '{', ',', '`'] },
        codeActionProvider: { codeActionKinds: [...Object.values(KINDS), FIX_ALL], resolveProvider: client.resolvesEdits },
        ...(client.pull && { diagnosticProvider: { identifier: SOURCE, interFileDependencies: false, workspaceDiagnostics: false } }),
      },
    };
  });

  connection.onInitialized(() => {
    if (books && client.registersFiles) {
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.{bib,bibtex,ris,json,yaml,yml}' }] }).catch((error) => log('register', error));
    }
    if (!client.configuration || !client.registersConfiguration) return;
    connection.client.register(DidChangeConfigurationNotification.type, { section: SOURCE }).catch((error) => log('register', error));
  });

  connection.onDidChangeConfiguration((params) => {
    pushedSettings = (params?.settings as { readonly [section: string]: unknown } | undefined)?.[SOURCE] ?? pushedSettings;
    settings.clear();
    again();
  });

  connection.onNotification(TRUSTED, () => {
    trusted = true;
    configChanged();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => /\.ya?ml$/i.test(uri))) configChanged();
    const { files } = host;
    if (!files || !books) return;
    const changed = changes.map(({ uri }) => files.resolve(files.folderOf(uri), decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)))).filter((file) => books.changed(file));
    if (changed.length === 0) return;
    // What was shown there holds no more; what still does is shown when it is read again.
    for (const file of changed) if (faulty.delete(file)) void connection.sendDiagnostics({ uri: file, diagnostics: [] });
    again();
  });

  // — diagnostics: asked for, or sent to clients that can not ask —

  connection.languages.diagnostics.on(fence<DocumentDiagnosticParams, DocumentDiagnosticReport>('diagnostic', { kind: DocumentDiagnosticReportKind.Full, items: [] },
    async ({ textDocument, previousResultId }) => {
      const mistakes = await configDiagnostics(textDocument.uri);
      if (mistakes) return { kind: DocumentDiagnosticReportKind.Full, items: mistakes };
      const at = await checked(textDocument.uri);
      if (!at) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const resultId = at.checked.id;
      return resultId === previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
        : { kind: DocumentDiagnosticReportKind.Full, resultId, items: diagnosticsOf(at.document, at.checked) };
    }));

  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function unschedule(uri: string): void {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  }

  function schedule(uri: string): void {
    unschedule(uri);
    timers.set(uri, setTimeout(() => { timers.delete(uri); void push(uri); }, host.pushDelay));
  }

  async function push(uri: string): Promise<void> {
    const asked = documents.get(uri)?.version;
    try {
      const mistakes = await configDiagnostics(uri);
      if (mistakes) return void connection.sendDiagnostics({ uri, version: asked, diagnostics: mistakes });
      const at = await checked(uri);
      // A later version has its own timer.
      if (!at || at.document.version !== asked) return;
      await connection.sendDiagnostics({ uri, version: asked, diagnostics: diagnosticsOf(at.document, at.checked) });
    } catch (error) {
      log('push', error);
      // Rather no marks than marks that may be stale.
      if (documents.get(uri)?.version === asked) void connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  }

  /** Everything is checked anew: what it depends on changed. */
  function again(): void {
    if (client.refresh) connection.languages.diagnostics.refresh().catch((error) => log('refresh', error));
    if (!client.pull) documents.keys().forEach(schedule);
  }

  let configTimer: ReturnType<typeof setTimeout> | undefined;

  /** Forgets the configurations at once; tells the editor when the typing rests. */
  function configChanged(): void {
    workspace?.clear();
    clearTimeout(configTimer);
    configTimer = setTimeout(again, host.pushDelay);
  }

  documents.onDidChangeContent(({ document }) => {
    if (isConfig(document.uri)) configChanged();
    if (!client.pull) schedule(document.uri);
  });
  documents.onDidClose(({ document }) => {
    if (isConfig(document.uri)) configChanged();
    settings.forget(document.uri);
    unschedule(document.uri);
    if (!client.pull) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  // — quick-fixes —

  const fixes = (finding: Finding, { result, plan }: Checked, wanted?: (fix: Fix) => boolean): readonly Fix[] =>
    result ? [...fixesOf(finding, result, plan, host.rules, wanted), suppressFix(finding, result.document)] : [];

  connection.onCodeAction(fence<CodeActionParams, CodeAction[]>('codeAction', [], async (params) => {
    const only = params.context.only;
    const quick = wantsSome(only, CodeActionKind.QuickFix);
    const all = only !== undefined && wants(only, FIX_ALL);
    if (!quick && !all) return [];
    const at = await checked(params.textDocument.uri);
    if (!at?.checked.result) return [];
    return [...(quick ? quickFixes(at, params) : []), ...(all ? fixAll(at) : [])];
  }));

  function quickFixes(at: { document: TextDocument; checked: Checked }, { range, context }: CodeActionParams): CodeAction[] {
    const { document } = at;
    const selection = toSpan(document, range);
    const offered = at.checked.result!.findings
      .filter((finding) => touches(finding.span, selection))
      // The word under the caret before the sentence around it.
      .sort((a, b) => (a.span.end - a.span.start) - (b.span.end - b.span.start))
      .flatMap((finding) => {
        const diagnostic = sameDiagnostic(toDiagnostic(finding, document, client, client.rulePage), context.diagnostics ?? []);
        return fixes(finding, at.checked).flatMap((fix, index) => wants(context.only, KINDS[fix.action]) ? [{
          fix,
          action: {
            ...toCodeAction(fix, diagnostic),
            ...(client.resolvesEdits
              ? { data: { uri: document.uri, version: document.version, rule: finding.rule, start: finding.span.start, end: finding.span.end, fix: index } satisfies ActionData }
              : { edit: toWorkspaceEdit(fix.edits, document, client) }),
          } satisfies CodeAction,
        }] : []);
      });
    // Switching off comes last, whatever it is offered for.
    return [...offered.filter(({ fix }) => fix.action !== 'suppress'), ...offered.filter(({ fix }) => fix.action === 'suppress')].map(({ action }) => action);
  }

  /** Safe fixes only: what rewords or adds to a medical text is never applied unasked. Of two that overlap the first holds. */
  function fixAll({ document, checked }: { document: TextDocument; checked: Checked }): CodeAction[] {
    const edits: { start: number; end: number; fix: Fix }[] = [];
    for (const finding of checked.result!.findings) {
      const fix = fixes(finding, checked, ({ kind }) => kind === 'safe').find(({ kind, action }) => kind === 'safe' && action !== 'suppress');
      if (!fix || fix.edits.length === 0) continue;
      const start = Math.min(...fix.edits.map(({ span }) => span.start));
      const end = Math.max(...fix.edits.map(({ span }) => span.end));
      if (edits.some((other) => start <= other.end && other.start <= end)) continue;
      edits.push({ start, end, fix });
    }
    if (edits.length === 0) return [];
    const flat = edits.sort((a, b) => a.start - b.start).flatMap(({ fix }) => fix.edits);
    return [{ title: 'Apply all safe fixes of Caveat', kind: FIX_ALL, edit: toWorkspaceEdit(flat, document, client) }];
  }

  connection.onCodeActionResolve(async (action, token) => fence('codeAction/resolve', action, async () => {
    const data = action.data as ActionData | undefined;
    if (!data || action.edit) return action;
    const at = await checked(data.uri);
    if (!at || at.document.version !== data.version) throw new Error('the document changed before the fix was chosen');
    const finding = at.checked.result?.findings.find(({ rule, span }) => rule === data.rule && span.start === data.start && span.end === data.end);
    const fix = finding && fixes(finding, at.checked)[data.fix];
    return fix ? { ...action, edit: toWorkspaceEdit(fix.edits, at.document, client) } : action;
  })(action, token));

  // — hover —

  connection.onHover(fence<HoverParams, Hover | null>('hover', null, async ({ textDocument, position }) => {
    const at = await checked(textDocument.uri);
    if (!at?.checked.result) return null;
    const offset = toOffset(at.document, position);
    const parts = new Map<string, string>();
    for (const finding of at.checked.result.findings) {
      const rule = host.rules.find(({ id }) => id === finding.rule);
      if (rule && finding.span.start <= offset && offset <= finding.span.end) parts.set(finding.rule, explain(finding, rule, at.checked.plan));
    }
    const cited = referenceAt(at.checked.result.document, at.checked.plan, offset);
    if (cited) parts.set('', cited.text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&'));
    if (parts.size === 0) return null;
    const value = [...parts.values()].join('\n\n---\n\n');
    return { contents: client.markdown ? { kind: MarkupKind.Markdown, value } : { kind: MarkupKind.PlainText, value: value.replace(/\\(\W)/g, '$1').replace(/\*+/g, '') } };
  }));

  // — citations: where they lead, who else cites it, what could stand here —

  connection.onDefinition(fence<DefinitionParams, Location | null>('definition', null, async ({ textDocument, position }) => {
    const at = await checked(textDocument.uri);
    const target = at?.checked.result && definitionAt(at.checked.result.document, at.checked.plan, toOffset(at.document, position));
    if (!at || !target) return null;
    const text = target.file === undefined ? undefined : at.checked.plan.library.find(({ file }) => file === target.file)?.text;
    return text === undefined ? { uri: at.document.uri, range: toRange(at.document, target.span) }
      : { uri: target.file!, range: toRange(TextDocument.create(target.file!, '', 0, text), target.span) };
  }));

  connection.onReferences(fence<ReferenceParams, Location[]>('references', [], async ({ textDocument, position, context }) => {
    const at = await checked(textDocument.uri);
    if (!at?.checked.result) return [];
    return referencesAt(at.checked.result.document, toOffset(at.document, position), context.includeDeclaration)
      .map((span) => ({ uri: at.document.uri, range: toRange(at.document, span) }));
  }));

  connection.onCompletion(fence<CompletionParams, CompletionItem[]>('completion', [], async ({ textDocument, position }) => {
    const at = await checked(textDocument.uri);
    if (!at?.checked.result) return [];
    return completionsAt(at.checked.result.document, at.checked.plan, toOffset(at.document, position)).map(({ label, detail, documentation, span }) => ({
      label, detail, documentation, kind: CompletionItemKind.Reference, filterText: label, textEdit: { range: toRange(at.document, span), newText: label },
    }));
  }));

  // — what the client asks beyond LSP —

  type Asked = Requests<WorkspaceEdit>;

  function on<Name extends keyof Asked>(request: Name, fallback: Asked[Name]['out'],
    handler: (params: Asked[Name]['in'], token: CancellationToken) => Promise<Asked[Name]['out']>): void {
    connection.onRequest<unknown, never>(request, fence(request, fallback, handler));
  }

  const tool = { name, version };
  const today = (): string => new Date().toISOString().slice(0, 10);
  /** Runs over the workspace by their numbers: the one that is gathered, and the one that is shown meanwhile. */
  const runs = new Map<number, Gathered>();

  /** A document's name for people: from its workspace folder down. */
  function shownPath(uri: string): string {
    const path = pathOfAddress(uri);
    const root = client.roots.map(pathOfAddress).filter((one) => path.startsWith(`${one}/`)).sort((a, b) => b.length - a.length)[0];
    const inside = root === undefined ? path.slice(path.lastIndexOf('/') + 1) : path.slice(root.length + 1);
    return root !== undefined && client.roots.length > 1 ? `${root.slice(root.lastIndexOf('/') + 1)}/${inside}` : inside;
  }

  async function gathered(target: Target): Promise<Gathered | undefined> {
    if ('run' in target) return runs.get(target.run);
    const at = await checked(target.uri);
    return at && { whole: false, documents: [{ uri: at.document.uri, path: shownPath(at.document.uri), state: at.checked.state, model: modelFor(shownPath(at.document.uri), at.checked, host.rules), packs: at.checked.plan.packs }] };
  }

  on('caveat/page', { html: '', key: '' }, async ({ target, nonce, notes }) => pageOf(await gathered(target), { tool, date: today(), nonce: String(nonce), notes: (notes ?? []).map(String), rules: host.rules }));

  on('caveat/export', { text: '' }, async ({ target, format }) => ({ text: exportOf(await gathered(target), format, { tool, date: today(), rules: host.rules }) }));

  on('caveat/gather', { read: 0 }, async ({ run, shown, documents: sources }, token) => {
    for (const id of runs.keys()) if (id !== run && id !== shown) runs.delete(id);
    if (!runs.has(run)) runs.set(run, { whole: true, documents: [] });
    const documentsOfRun = runs.get(run)!.documents;
    for (const { uri, text } of sources) {
      const open = await checked(uri);
      const document = open?.document ?? (text === undefined ? undefined : TextDocument.create(uri, '', 0, String(text)));
      if (document) {
        const wanted = await wantedFor(uri);
        const result = open?.checked ?? check(document, wanted, await libraryOf(document, wanted));
        documentsOfRun.push({ uri: document.uri, path: shownPath(document.uri), state: result.state, model: modelFor(shownPath(document.uri), result, host.rules), packs: result.plan.packs });
      }
      if (!open) settings.forget(uri);
      await tick(); // so that a keystroke does not wait for the whole workspace
      if (token.isCancellationRequested) break;
    }
    return { read: documentsOfRun.length };
  });

  on('caveat/outline', { nodes: [] }, async ({ uri }): Promise<Outline> => {
    const at = await checked(uri);
    return { nodes: at?.checked.result ? outlineOf(modelFor(shownPath(uri), at.checked, host.rules)!, host.rules) : [] };
  });

  on('caveat/disclaimer', { state: 'not-checked', edit: null, version: null }, async ({ uri }): Promise<Disclaimer<WorkspaceEdit>> => {
    const at = await checked(uri);
    const result = at?.checked.result;
    if (!at || !result) return { state: 'not-checked', edit: null, version: null };
    const version = at.document.version;
    if (!result.analysis.inScope) return { state: 'not-in-scope', edit: null, version };
    for (const finding of result.findings.filter(({ rule }) => rule === 'missing-disclosure')) {
      const whole = fixes(finding, at.checked).find(({ action }) => action === 'insert');
      if (whole) return { state: 'ready', edit: toWorkspaceEdit(whole.edits, at.document, client), version };
    }
    return { state: 'nothing-missing', edit: null, version };
  });

  on('caveat/extensions', [], async () => [...new Set(FORMATS.flatMap(({ extensions }) => extensions))]);

  documents.listen(connection);
  connection.listen();
}

/** What holds for a document before its front matter. */
interface Wanted extends Settings {
  readonly chosen: readonly Pack[];
}

/** What holds where the client does not say. */
const DEFAULT: Settings = { enable: true, packs: [], bibliography: [], config: {} };

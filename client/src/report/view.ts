import { languages, ViewColumn, window, type Disposable, type Uri, type WebviewPanel } from 'vscode';
import { reportPage, type Shown } from './page';

export interface Wanted {
  readonly title: string;
  readonly beside: boolean;
  /** The document whose changes make the report anew. */
  readonly watch: Uri | undefined;
  make(): Promise<Shown>;
}

const PAUSE = 300;

/** The report: one panel for a document, one for the workspace. No script runs in it, links are commands. */
export function reportView(): Disposable & { show(wanted: Wanted): Promise<void> } {
  const open = new Map<boolean, { readonly panel: WebviewPanel; wanted: Wanted; shown: string }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function render(kind: boolean): Promise<void> {
    const entry = open.get(kind);
    if (!entry) return;
    const { wanted, panel } = entry;
    const shown = await wanted.make();
    // Another report may have been asked for, or the panel closed, while this one was made.
    if (open.get(kind) !== entry || entry.wanted !== wanted) return;
    panel.title = wanted.title;
    // Diagnostics are told again when nothing changed; a page made anew would lose the reader's place and focus.
    const content = JSON.stringify(shown);
    if (content === entry.shown) return;
    entry.shown = content;
    panel.webview.html = reportPage(shown, nonce());
  }

  const watcher = languages.onDidChangeDiagnostics(({ uris }) => {
    const watched = open.get(true)?.wanted.watch?.toString();
    if (!watched || !uris.some((uri) => uri.toString() === watched)) return;
    clearTimeout(timer);
    // A document that closed or a server that stopped leaves the last report as it is.
    timer = setTimeout(() => { render(true).catch(() => {}); }, PAUSE);
  });

  return {
    async show(wanted) {
      const kind = wanted.beside;
      let entry = open.get(kind);
      if (entry) {
        entry.wanted = wanted;
        entry.panel.reveal();
      } else {
        const panel = window.createWebviewPanel('caveat.report', wanted.title, kind ? ViewColumn.Beside : ViewColumn.Active, {
          enableScripts: false, enableForms: false, localResourceRoots: [], enableFindWidget: true,
          enableCommandUris: ['caveat.openFinding', 'caveat.showWorkspaceReport', 'caveat.insertDisclaimer'],
        });
        entry = { panel, wanted, shown: '' };
        open.set(kind, entry);
        panel.onDidDispose(() => { open.delete(kind); });
      }
      await render(kind);
    },
    dispose() {
      clearTimeout(timer);
      watcher.dispose();
      for (const { panel } of [...open.values()]) panel.dispose();
    },
  };
}

const nonce = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

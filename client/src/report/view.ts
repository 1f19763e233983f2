import { languages, ViewColumn, window, type Disposable, type Uri, type WebviewPanel } from 'vscode';
import type { Page } from '../../../server/src/lsp/protocol';

export interface Wanted {
  readonly title: string;
  readonly beside: boolean;
  /** The document whose changes make the report anew. */
  readonly watch: Uri | undefined;
  /** Makes the page; its style is let in by the nonce. */
  make(nonce: string): Promise<Page>;
}

const PAUSE = 300;

/** What stands where a document is not open any more. */
const GONE = '<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>Caveat report</title></head><body><p>This document is not open any more. Open it and ask for its report again.</p></body></html>';

/** The report: one panel for a document, one for the workspace. No script runs in it, links are commands. */
export function reportView(): Disposable & { show(wanted: Wanted): Promise<void>; watched(): Uri | undefined } {
  const open = new Map<boolean, { readonly panel: WebviewPanel; wanted: Wanted; shown: string | undefined }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function render(kind: boolean): Promise<void> {
    const entry = open.get(kind);
    if (!entry) return;
    const { wanted, panel } = entry;
    const { html, key } = await wanted.make(nonce());
    // Another report may have been asked for, or the panel closed, while this one was made.
    if (open.get(kind) !== entry || entry.wanted !== wanted) return;
    panel.title = wanted.title;
    // Diagnostics are told again when nothing changed; a page made anew would lose the reader's place and focus.
    if (key === entry.shown) return;
    entry.shown = key;
    panel.webview.html = html || GONE;
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
          enableCommandUris: ['caveat.openFinding', 'caveat.showWorkspaceReport', 'caveat.insertDisclaimer', 'caveat.exportReport'],
        });
        entry = { panel, wanted, shown: undefined };
        open.set(kind, entry);
        panel.onDidDispose(() => { open.delete(kind); });
      }
      await render(kind);
    },
    /** The document that the report beside it is about. */
    watched: () => open.get(true)?.wanted.watch,
    dispose() {
      clearTimeout(timer);
      watcher.dispose();
      for (const { panel } of [...open.values()]) panel.dispose();
    },
  };
}

const nonce = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

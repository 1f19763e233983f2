import {
  Disposable, EventEmitter, languages, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, window, type DocumentSelector, type TextDocument, type TreeDataProvider,
} from 'vscode';
import type { OutlineNode } from '../../server/src/lsp/protocol';
import type { Ask } from './extension';

const PAUSE = 300;

const ICONS: { readonly [kind in OutlineNode['kind']]: ThemeIcon } = {
  section: new ThemeIcon('symbol-string'),
  cited: new ThemeIcon('pass'),
  uncited: new ThemeIcon('circle-large-outline'),
  citation: new ThemeIcon('references'),
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  information: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
  hint: new ThemeIcon('lightbulb'),
};

/** What a screen reader says of a kind before the label. */
const SPOKEN: { readonly [kind in OutlineNode['kind']]: string } = {
  section: 'Section', cited: 'Cited claim', uncited: 'Claim without citation', citation: 'Citation', error: 'Error', warning: 'Warning', information: 'Note', hint: 'Hint',
};

/** The claims of the document in view: sections, claims, and with each claim its citations and findings. */
export function claimsTree(ask: Ask, selector: DocumentSelector): Disposable {
  const changed = new EventEmitter<undefined>();
  let shown: TextDocument | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const provider: TreeDataProvider<OutlineNode> = {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (node) return [...node.children];
      if (!shown) return [];
      return [...(await ask('caveat/outline', { uri: shown.uri.toString() }).catch(() => ({ nodes: [] }))).nodes];
    },
    getTreeItem({ label, description, tooltip, kind, place, children }) {
      const state = children.length === 0 ? TreeItemCollapsibleState.None : kind === 'section' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
      const item = new TreeItem(label, state);
      item.description = description;
      item.iconPath = ICONS[kind];
      // Words of the document are shown as they are, never as markup.
      if (tooltip) item.tooltip = new MarkdownString().appendText(tooltip);
      item.accessibilityInformation = { label: [SPOKEN[kind], label, description].filter(Boolean).join(', ') };
      if (shown) item.command = { command: 'caveat.openFinding', title: 'Go to', arguments: [shown.uri.toString(), place] };
      return item;
    },
  };
  const view = window.createTreeView('caveat.claims', { treeDataProvider: provider, showCollapseAll: true });
  const update = (): void => {
    const document = window.activeTextEditor?.document;
    // While a panel has the focus, the tree keeps what it shows.
    if (!document && window.visibleTextEditors.length > 0) return;
    shown = document && languages.match(selector, document) > 0 ? document : undefined;
    view.description = shown?.uri.path.split('/').at(-1) ?? '';
    changed.fire(undefined);
  };
  const soon = (): void => { clearTimeout(timer); timer = setTimeout(() => { if (view.visible) update(); }, PAUSE); };
  update();
  return Disposable.from(
    view, changed, { dispose: () => clearTimeout(timer) },
    window.onDidChangeActiveTextEditor(soon), view.onDidChangeVisibility(soon),
    languages.onDidChangeDiagnostics(({ uris }) => { if (shown && uris.some((uri) => uri.toString() === shown!.uri.toString())) soon(); }),
  );
}

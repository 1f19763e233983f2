import { Uri, window, workspace } from 'vscode';
import type { ExportFormat, Target } from '../../../server/src/lsp/protocol';
import type { Ask } from '../extension';

const FORMATS: readonly { readonly format: ExportFormat; readonly ending: string; readonly label: string; readonly detail: string }[] = [
  { format: 'html', ending: 'html', label: 'Web page', detail: 'One file with all pictures, to read, print or send.' },
  { format: 'markdown', ending: 'md', label: 'Markdown', detail: 'To paste into a ticket or a review.' },
  { format: 'csv', ending: 'csv', label: 'Table of claims', detail: 'A row a claim, for spreadsheets.' },
  { format: 'json', ending: 'json', label: 'JSON', detail: 'For programs.' },
];

/** Asks for a format and a file, and writes the report there. */
export async function exportReport(ask: Ask, target: Target, name: string): Promise<void> {
  const chosen = await window.showQuickPick(FORMATS, { title: 'Export the report', placeHolder: 'What for?' });
  if (!chosen) return;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const file = await window.showSaveDialog({
    title: 'Export the report', filters: { [chosen.label]: [chosen.ending] },
    ...(folder && { defaultUri: Uri.joinPath(folder, `${name}-report.${chosen.ending}`) }),
  });
  if (!file) return;
  const { text } = await ask('caveat/export', { target, format: chosen.format });
  if (!text) throw new Error('there is no report to export; ask for it again');
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  window.setStatusBarMessage('Caveat: report exported.', 3000);
}

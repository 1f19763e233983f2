import { DiagnosticSeverity, Disposable, languages, LanguageStatusSeverity, window, type DocumentSelector } from 'vscode';

const SOURCE = 'caveat';
const NAMES = [['error', 'errors'], ['warning', 'warnings'], ['note', 'notes'], ['hint', 'hints']] as const;

/** Counts of the active document's findings, in the language status. */
export function statusItem(selector: DocumentSelector): Disposable {
  const item = languages.createLanguageStatusItem('caveat.status', selector);
  item.name = 'Caveat';
  item.command = { command: 'caveat.showReport', title: 'Show Report' };
  const update = (): void => {
    const uri = window.activeTextEditor?.document.uri;
    if (!uri) return;
    const found = languages.getDiagnostics(uri).filter(({ source }) => source === SOURCE).map(({ severity }) => severity);
    const counts = NAMES.map((_, severity) => found.filter((one) => one === severity).length);
    item.text = describe(counts);
    item.detail = 'Caveat';
    item.severity = counts[DiagnosticSeverity.Error] ? LanguageStatusSeverity.Error
      : counts[DiagnosticSeverity.Warning] ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  };
  update();
  return Disposable.from(item, languages.onDidChangeDiagnostics(update), window.onDidChangeActiveTextEditor(update));
}

/** `2 warnings, 1 note`. */
function describe(counts: readonly number[]): string {
  const parts = counts.flatMap((count, severity) => count > 0 ? [`${count} ${NAMES[severity]![count === 1 ? 0 : 1]}`] : []);
  return parts.length > 0 ? parts.join(', ') : 'Nothing marked';
}

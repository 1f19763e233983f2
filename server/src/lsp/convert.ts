// The only door between the engine's offsets and LSP's positions.
import {
  CodeActionKind, DiagnosticSeverity, TextDocumentEdit,
  type CodeAction, type Diagnostic, type Position, type Range, type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { span, type ConfigProblem, type Edit, type Finding, type Fix, type Severity, type Span } from '../core/index';

export const SOURCE = 'caveat';

export const KINDS = {
  replace: 'quickfix.caveat.replace',
  insert: 'quickfix.caveat.insert',
  suppress: 'quickfix.caveat.suppress',
} as const satisfies Record<Fix['action'], CodeActionKind>;

/** All safe fixes of a document at once; nothing that rewords or adds to it. */
export const FIX_ALL = 'source.fixAll.caveat';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information, hint: DiagnosticSeverity.Hint,
};

/** What of LSP the client can take; the server leaves out what it can not. */
export interface Abilities {
  readonly related: boolean;
  readonly codeDescription: boolean;
  readonly documentChanges: boolean;
}

export const toRange = (document: TextDocument, { start, end }: Span): Range =>
  ({ start: document.positionAt(start), end: document.positionAt(end) });

export const toSpan = (document: TextDocument, { start, end }: Range): Span => {
  const [a, b] = [document.offsetAt(start), document.offsetAt(end)];
  return a <= b ? span(a, b) : span(b, a);
};

export const toOffset = (document: TextDocument, position: Position): number => document.offsetAt(position);

/** True where a caret or selection touches a finding, its ends included: a caret behind the word still means the word. */
export const touches = (at: Span, selection: Span): boolean => at.start <= selection.end && selection.start <= at.end;

export function toDiagnostic(finding: Finding, document: TextDocument, abilities: Abilities, rulePage: string): Diagnostic {
  return {
    range: toRange(document, finding.span),
    severity: SEVERITY[finding.severity],
    source: SOURCE,
    code: finding.rule,
    ...(abilities.codeDescription && { codeDescription: { href: rulePage.replace('{id}', encodeURIComponent(finding.rule)) } }),
    message: finding.message,
    ...(abilities.related && finding.related.length > 0 && {
      relatedInformation: finding.related.map(({ span: at, message }) => ({ location: { uri: document.uri, range: toRange(document, at) }, message })),
    }),
    data: finding.data,
  };
}

/** What is wrong in a bibliography, at its place there. */
export const bibliographyDiagnostic = ({ message, span: at }: { readonly message: string; readonly span: Span }, document: TextDocument): Diagnostic =>
  ({ range: toRange(document, at), severity: DiagnosticSeverity.Warning, source: SOURCE, code: 'bibliography', message });

/** A mistake in a configuration, at its place. */
export const configDiagnostic = ({ message, span: at }: ConfigProblem, document: TextDocument): Diagnostic =>
  ({ range: toRange(document, at), severity: DiagnosticSeverity.Warning, source: SOURCE, code: 'configuration', message });

/** One diagnostic at the top for a document that is too long to be checked: silence would read as praise. */
export const tooLong = (maxLength: number): Diagnostic => ({
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  severity: DiagnosticSeverity.Information,
  source: SOURCE,
  code: 'too-large',
  message: `This document is longer than ${maxLength.toLocaleString('en')} characters, so Caveat does not check it. Split it to have it checked.`,
});

/** Edits for this version of the document; an editor that has a later one refuses them. */
export function toWorkspaceEdit(edits: readonly Edit[], document: TextDocument, { documentChanges }: Abilities): WorkspaceEdit {
  const changes = edits.map(({ span: at, text }) => ({ range: toRange(document, at), newText: text }));
  return documentChanges
    ? { documentChanges: [TextDocumentEdit.create({ uri: document.uri, version: document.version }, changes)] }
    : { changes: { [document.uri]: changes } };
}

/** True where a client that asked for kinds `only` wants actions of this kind; kinds are paths, `quickfix` has all `quickfix.…`. */
export const wants = (only: readonly string[] | undefined, kind: string): boolean =>
  !only || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));

/** True where some kind under `root` may be wanted: asking for a part of it counts too. */
export const wantsSome = (only: readonly string[] | undefined, root: string): boolean =>
  wants(only, root) || only!.some((wanted) => wanted.startsWith(`${root}.`));

const sameRange = (a: Range, b: Range): boolean =>
  a.start.line === b.start.line && a.start.character === b.start.character && a.end.line === b.end.line && a.end.character === b.end.character;

/** The client's own copy of a finding's diagnostic, so that it can tie the action to it; else ours. */
export const sameDiagnostic = (diagnostic: Diagnostic, sent: readonly Diagnostic[]): Diagnostic =>
  sent.find(({ source, code, range }) => source === SOURCE && code === diagnostic.code && sameRange(range, diagnostic.range)) ?? diagnostic;

/** A fix as an action, without its edit. */
export const toCodeAction = (fix: Fix, diagnostic: Diagnostic): CodeAction => ({
  title: fix.title,
  kind: KINDS[fix.action],
  diagnostics: [diagnostic],
  ...(fix.preferred && { isPreferred: true }),
});

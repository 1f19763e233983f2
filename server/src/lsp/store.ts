import type { TextDocument } from 'vscode-languageserver-textdocument';
import { formatOf, lint, parseDocument, type LintResult, type Plan, type Rule } from '../core/index';

/** What is known of one version of a document under one plan. */
export interface Checked {
  readonly state: 'checked' | 'off' | 'unread' | 'too-long';
  /** Undefined unless `state` is `checked`. */
  readonly result: LintResult | undefined;
  readonly plan: Plan;
  /** Different for every server, opening, version and plan, so that equal ids mean equal findings. */
  readonly id: string;
}

/**
 * Checks documents and keeps, of each, the last result. A document is mutable: its version is part of the key. What is
 * kept goes with the document.
 */
export function resultStore(rules: readonly Rule[], maxLength: number) {
  const kept = new WeakMap<TextDocument, { readonly version: number; readonly enable: boolean; readonly checked: Checked }>();
  // A client may remember ids of a server that ran before this one.
  const session = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  let serial = 0;
  return (document: TextDocument, plan: Plan, enable: boolean): Checked => {
    const last = kept.get(document);
    if (last && last.version === document.version && last.checked.plan === plan && last.enable === enable) return last.checked;
    const checked: Checked = { ...check(document, plan, enable, rules, maxLength), plan, id: `${session}.${++serial}` };
    kept.set(document, { version: document.version, enable, checked });
    return checked;
  };
}

function check(document: TextDocument, plan: Plan, enable: boolean, rules: readonly Rule[], maxLength: number): Pick<Checked, 'state' | 'result'> {
  if (!enable) return { state: 'off', result: undefined };
  const format = formatOf(document.languageId, pathOf(document.uri));
  if (!format) return { state: 'unread', result: undefined };
  const text = document.getText();
  if (text.length > maxLength) return { state: 'too-long', result: undefined };
  return { state: 'checked', result: lint(parseDocument(text, format), plan, rules) };
}

/** The path of a URI, without query and fragment: formats are known by its ending. */
const pathOf = (uri: string): string => uri.replace(/[?#].*$/s, '');

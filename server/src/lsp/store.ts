import type { TextDocument } from 'vscode-languageserver-textdocument';
import { formatOf, parseDocument, type ConfigProblem, type LintResult, type Patience, type Plan, type Rule } from '../core/index';
import { checkDocument, type planStore } from '../workspace/check';

/** What is known of one version of a document under one plan. */
export interface Checked {
  readonly state: 'checked' | 'off' | 'unread' | 'too-long';
  /** Undefined unless `state` is `checked`. */
  readonly result: LintResult | undefined;
  /** With what the document's front matter says. */
  readonly plan: Plan;
  /** Mistakes in the configuration that its front matter holds. */
  readonly problems: readonly ConfigProblem[];
  /** Different for every server, opening, version and plan, so that equal ids mean equal findings. */
  readonly id: string;
}

/** In an editor somebody waits: a rule that takes longer is told of in its output. */
const PATIENCE: Patience = { milliseconds: 5000, now: () => performance.now() };

/**
 * Checks documents and keeps, of each, the last result. A document is mutable: its version is part of the key. What is
 * kept goes with the document.
 */
export function resultStore(rules: readonly Rule[], plans: ReturnType<typeof planStore>, maxLength: number) {
  const kept = new WeakMap<TextDocument, { readonly version: number; readonly enable: boolean; readonly base: Plan; readonly checked: Checked }>();
  // A client may remember ids of a server that ran before this one.
  const session = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  let serial = 0;
  const check = (document: TextDocument, plan: Plan, enable: boolean, cites: (plan: Plan) => Plan): Omit<Checked, 'id'> => {
    const none = (state: Checked['state']) => ({ state, result: undefined, plan, problems: [] });
    if (!enable) return none('off');
    const format = formatOf(document.languageId, pathOf(document.uri));
    if (!format) return none('unread');
    const text = document.getText();
    return text.length > maxLength ? none('too-long') : { state: 'checked', ...checkDocument(parseDocument(text, format), plan, plans, rules, cites, undefined, PATIENCE) };
  };
  /** `cites` gives the plan for the document's bibliographies: the same one for the same. */
  return (document: TextDocument, plan: Plan, enable: boolean, cites: (plan: Plan) => Plan): Checked => {
    const last = kept.get(document);
    const base = cites(plan);
    if (last && last.version === document.version && last.base === base && last.enable === enable) return last.checked;
    const checked: Checked = { ...check(document, plan, enable, cites), id: `${session}.${++serial}` };
    kept.set(document, { version: document.version, enable, base, checked });
    return checked;
  };
}

/** The path of a URI, without query and fragment: formats are known by its ending. */
const pathOf = (uri: string): string => uri.replace(/[?#].*$/s, '');

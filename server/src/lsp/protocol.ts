// What the client and the server say to each other beyond LSP. Plain data, no imports: both sides bundle this file.

/** A place as LSP has it: zero-based lines, UTF-16 characters. */
export interface Place {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export type Level = 'error' | 'warning' | 'information' | 'hint';
export const LEVELS: readonly Level[] = ['error', 'warning', 'information', 'hint'];

/** What the client may say in `initializationOptions`; every field may be left out. */
export interface InitializationOptions {
  /** Settings for clients that can not be asked (`workspace/configuration`): the content of the section `caveat`. */
  readonly settings?: unknown;
  /** Where a rule's page is: `{id}` stands for the rule. */
  readonly rulePage?: string;
}

/** Where a rule's page is shown where nobody says otherwise: a virtual document of the VS Code client. */
export const RULE_SCHEME = 'caveat-rule';
export const RULE_PAGE = `${RULE_SCHEME}:/{id}.md`;

export interface ReportFinding {
  readonly rule: string;
  readonly severity: Level;
  readonly message: string;
  readonly place: Place;
  /** The words that are marked, shortened where they are long. */
  readonly excerpt: string;
}

export interface ReportDisclosure {
  readonly id: string;
  readonly title: string;
  readonly required: boolean;
}

/** What Caveat has to say about one document. */
export interface DocumentReport {
  readonly uri: string;
  /** `off`: switched off for it; `unread`: no format reads it; `too-long`: longer than what is checked. */
  readonly state: 'checked' | 'off' | 'unread' | 'too-long';
  readonly inScope: boolean;
  readonly audience: string;
  readonly findings: readonly ReportFinding[];
  readonly claims: number;
  readonly cited: number;
  readonly missing: readonly ReportDisclosure[];
  readonly suppressed: number;
  /** Rules that failed on it, each with what happened. */
  readonly faults: readonly string[];
}

export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  readonly why: string;
}

/** Documents with their rules' names; the rules are those that occur in them. */
export interface Report {
  readonly documents: readonly DocumentReport[];
  readonly rules: readonly RuleInfo[];
}

/** A document that the client read for the server, which has no access to files. Open ones are asked for by `uri` alone. */
export interface Source {
  readonly uri: string;
  readonly text?: string;
}

export type DisclaimerState = 'ready' | 'nothing-missing' | 'not-in-scope' | 'not-checked';

/** The answer to a wish for the standard disclaimer. */
export interface Disclaimer<Edit> {
  readonly state: DisclaimerState;
  /** A `WorkspaceEdit` that holds for the document's version; only where `state` is `ready`. */
  readonly edit: Edit | null;
  readonly version: number | null;
}

/** Requests: their names, and what goes in and out. */
export interface Requests<Edit = unknown> {
  'caveat/report': { readonly in: { readonly uri: string }; readonly out: Report };
  'caveat/workspaceReport': { readonly in: { readonly documents: readonly Source[] }; readonly out: Report };
  'caveat/disclaimer': { readonly in: { readonly uri: string }; readonly out: Disclaimer<Edit> };
  /** Endings of the files that some format reads, with the dot. */
  'caveat/extensions': { readonly in: Record<string, never>; readonly out: readonly string[] };
}

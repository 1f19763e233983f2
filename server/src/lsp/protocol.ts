// What the client and the server say to each other beyond LSP. Plain data, no imports: both sides bundle this file.

/** A place as LSP has it: zero-based lines, UTF-16 characters. */
export interface Place {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** What the client may say in `initializationOptions`; every field may be left out. */
export interface InitializationOptions {
  /** Settings for clients that can not be asked (`workspace/configuration`): the content of the section `caveat`. */
  readonly settings?: unknown;
  /** Where a rule's page is: `{id}` stands for the rule. */
  readonly rulePage?: string;
  /** False where the editor's user does not trust the workspace: its packs are not read. */
  readonly trusted?: boolean;
}

/** A notification of the client: the workspace is trusted from now on. */
export const TRUSTED = 'caveat/trusted';

/** Where a rule's page is shown where nobody says otherwise: a virtual document of the VS Code client. */
export const RULE_SCHEME = 'caveat-rule';
export const RULE_PAGE = `${RULE_SCHEME}:/{id}.md`;

/** What a report is about: an open document, or a run over the workspace that was gathered before. */
export type Target = { readonly uri: string } | { readonly run: number };

/** A report as a page; `key` is the same as long as it says the same. An empty page: there is nothing to show. */
export interface Page {
  readonly html: string;
  readonly key: string;
}

export type ExportFormat = 'html' | 'markdown' | 'csv' | 'json';

/** One line of the tree of claims. */
export interface OutlineNode {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly kind: 'section' | 'cited' | 'uncited' | 'citation' | 'error' | 'warning' | 'information' | 'hint';
  readonly place: Place;
  readonly children: readonly OutlineNode[];
}

/** The claims of a document by its sections. */
export interface Outline {
  readonly nodes: readonly OutlineNode[];
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
  /** `notes` are lines to add at the end. */
  'caveat/page': { readonly in: { readonly target: Target; readonly nonce: string; readonly notes?: readonly string[] }; readonly out: Page };
  /** Checks documents for a run over the workspace; a new number begins a new run and lets go of all others but `shown`, the one that a report shows. */
  'caveat/gather': { readonly in: { readonly run: number; readonly shown?: number | undefined; readonly documents: readonly Source[] }; readonly out: { readonly read: number } };
  'caveat/export': { readonly in: { readonly target: Target; readonly format: ExportFormat }; readonly out: { readonly text: string } };
  'caveat/outline': { readonly in: { readonly uri: string }; readonly out: Outline };
  'caveat/disclaimer': { readonly in: { readonly uri: string }; readonly out: Disclaimer<Edit> };
  /** Endings of the files that some format reads, with the dot. */
  'caveat/extensions': { readonly in: Record<string, never>; readonly out: readonly string[] };
}

/** What the server asks the client for, where it has no files of its own. Nothing outside the workspace's folders is answered. */
export interface FileRequests {
  /** Null: there is no such file. */
  'caveat/file': { readonly in: { readonly uri: string }; readonly out: { readonly text?: string; readonly problem?: string } | null };
  /** Names of the files in a folder. */
  'caveat/folder': { readonly in: { readonly uri: string }; readonly out: readonly string[] };
}

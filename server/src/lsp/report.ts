import type { Pack, Rule } from '../core/index';
import { hash, PAGES, reportOf, modelOf, type DocumentModel, type Report } from '../report/index';
import { htmlPage, messagePage, type View } from '../report/html';
import { EDITOR_THEME } from '../report/style';
import type { ExportFormat, OutlineNode, Page, Place } from './protocol';
import type { Checked } from './store';

/** What a report is made from. */
export interface Gathered {
  /** True of a run over the workspace. */
  readonly whole: boolean;
  readonly documents: {
    readonly uri: string;
    readonly path: string;
    readonly state: Checked['state'];
    readonly model: DocumentModel | undefined;
    readonly packs: readonly Pack[];
  }[];
}

interface Context {
  readonly tool: Report['tool'];
  readonly date: string;
  readonly rules: readonly Rule[];
}

/** The model of a checked document; undefined where it was not checked. */
export const modelFor = (path: string, { result, plan }: Checked, rules: readonly Rule[]): DocumentModel | undefined => result && modelOf(path, result, plan, { rules });

function reportFor({ documents }: Gathered, { tool, date, rules }: Context): Report {
  const packs = [...new Map(documents.flatMap((document) => document.packs).map((pack) => [`${pack.id}\0${pack.version}`, pack])).values()];
  return reportOf({ tool, date, packs, documents: documents.flatMap(({ model }) => model ?? []), errors: [] }, rules);
}

const command = (id: string, ...parameters: readonly unknown[]): string =>
  `command:${id}${parameters.length > 0 ? `?${encodeURIComponent(JSON.stringify(parameters))}` : ''}`;

const SILENT: { readonly [state in Exclude<Checked['state'], 'checked'>]: string } = {
  'off': 'Caveat is switched off for this document (setting caveat.enable).',
  'unread': 'Caveat does not read this kind of document.',
  'too-long': 'This document is too long to be checked. Split it to have it checked.',
};

/** The page for the editor's view: links are commands. */
export function pageOf(gathered: Gathered | undefined, context: Context & { readonly nonce: string; readonly notes: readonly string[] }): Page {
  if (!gathered) return { html: '', key: '' };
  const uris = new Map(gathered.documents.map(({ path, uri }) => [path, uri]));
  const view = (nonce: string): View => ({
    nonce, theme: EDITOR_THEME, notes: context.notes, title: gathered.whole ? 'Workspace' : '', nameOf: (path) => path,
    link: (path, range) => { const uri = uris.get(path); return uri === undefined ? '' : command('caveat.openFinding', uri, ...(range ? [range] : [])); },
    action: (name, path) => (name === 'disclaimer' ? command('caveat.insertDisclaimer', uris.get(path ?? ''))
      : name === 'again' ? command('caveat.showWorkspaceReport') : command('caveat.exportReport', gathered.whole ? 'workspace' : 'document')),
  });
  const [only] = gathered.documents;
  const make = (nonce: string): string => {
    if (!gathered.whole && only && only.state !== 'checked') return messagePage(only.path, SILENT[only.state], view(nonce));
    return htmlPage(reportFor(gathered, context), view(nonce));
  };
  return { html: make(context.nonce), key: hash(make('')) };
}

export function exportOf(gathered: Gathered | undefined, format: ExportFormat, context: Context): string {
  const page = Object.hasOwn(PAGES, format) ? PAGES[format] : undefined;
  return gathered && page ? page(reportFor(gathered, context), { colour: false, columns: 100 }) : '';
}

const one = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

const before = (a: Place['start'], b: Place['start']): boolean => a.line < b.line || a.line === b.line && a.character < b.character;

/** Claims by the sections that they stand in, each with its citations and with what was found in its place. */
export function outlineOf({ claims, sections, findings, lines }: DocumentModel, rules: readonly Rule[]): readonly OutlineNode[] {
  const titleOf = (id: string): string => rules.find((rule) => rule.id === id)?.title ?? id;
  const nodes = [-1, ...sections.keys()].flatMap((section): OutlineNode[] => {
    const own = claims.filter((claim) => claim.section === section);
    if (own.length === 0) return [];
    const line = sections[section]?.line ?? 0;
    const cited = own.filter(({ citations }) => citations.length > 0).length;
    const start = { line: Math.min(line, lines), character: 0 };
    return [{
      label: sections[section]?.title || 'Opening', description: `${cited} of ${own.length} cited`, tooltip: '', kind: 'section', place: { start, end: start },
      children: own.map((claim): OutlineNode => ({
        label: claim.text || claim.unit, description: [...claim.kinds, ...claim.conditions.map(({ name }) => name)].join(', '), tooltip: claim.unit, kind: claim.citations.length > 0 ? 'cited' : 'uncited', place: claim.range,
        children: [
          ...claim.citations.map(({ text, range, keys }): OutlineNode => ({ label: text || keys.join(', ') || 'citation', description: 'citation', tooltip: '', kind: 'citation', place: range, children: [] })),
          ...findings.filter(({ range, rule }) => rule !== 'missing-disclosure' && before(range.start, claim.range.end) && before(claim.range.start, range.end))
            .map(({ rule, severity, message, range }): OutlineNode => ({ label: titleOf(rule), description: '', tooltip: message, kind: severity, place: range, children: [] })),
        ],
      })),
    }];
  });
  return nodes.length === 0 ? [] : nodes.map((node) => ({ ...node, tooltip: node.kind === 'section' ? one(node.children.length, 'claim') : node.tooltip }));
}

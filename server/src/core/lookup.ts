import { referenceLabels, type Citation } from './citations';
import type { Document } from './document';
import type { Plan } from './plan';
import { contains, span, type Span } from './text';
import { addressOf, referenceText, shortName, workOfKey, worksOf, type Work } from './works';

// What an editor asks about citations: where one leads, who else cites the same, what could stand here.

/** A place in the document itself, or in a bibliography. */
export interface Target {
  readonly file: string | undefined;
  readonly span: Span;
}

/** What the caret stands on: a key of a citation, or an entry of a list of references. */
interface Pointed {
  readonly key: string;
  readonly span: Span;
  readonly citation: Citation | undefined;
}

/** The key of a citation or the label of an entry at an offset; undefined where there is neither. */
function pointedAt(document: Document, offset: number): Pointed | undefined {
  const at = span(offset, offset);
  const citation = document.citations.find((one) => contains(one.span, at));
  if (citation) {
    const { start, end } = citation.span;
    const text = document.text.slice(start, end);
    for (const key of citation.keys) {
      const from = text.indexOf(key, 0);
      if (from >= 0 && start + from <= offset && offset <= start + from + key.length) return { key, span: span(start + from, start + from + key.length), citation };
    }
    const [key] = citation.keys;
    return key === undefined ? undefined : { key, span: citation.span, citation };
  }
  const entry = document.blocks.find((block) => (block.kind === 'reference' || block.kind === 'note') && block.label !== ''
    && (contains(block.span, at) || markerOf(document, block.span.start) <= offset && offset < block.span.start));
  return entry && { key: entry.label, span: entry.span, citation: undefined };
}

const markerOf = ({ text }: Document, start: number): number => Math.max(text.lastIndexOf('\n', start - 1) + 1, start - 80);

const leads = (citation: Citation): boolean => citation.form === 'footnote' || citation.form === 'number' || citation.form === 'key';

/** Where the citation at an offset leads: to its note or reference here, or to the entry of a bibliography. */
export function definitionAt(document: Document, plan: Plan, offset: number): Target | undefined {
  const pointed = pointedAt(document, offset);
  if (!pointed?.citation || !leads(pointed.citation)) return undefined;
  const b = referenceLabels(document).get(pointed.key);
  if (b !== undefined) return { file: undefined, span: document.blocks[b]!.span };
  const work = workOfKey(pointed.key, plan);
  return work?.entry && { file: work.file, span: work.entry.keySpan };
}

/** All places of the document that cite what is cited, or listed, at an offset; first the entry itself, where it is asked for. */
export function referencesAt(document: Document, offset: number, withEntry: boolean): readonly Span[] {
  const pointed = pointedAt(document, offset);
  if (!pointed || pointed.citation && !leads(pointed.citation)) return [];
  const b = referenceLabels(document).get(pointed.key);
  return [
    ...withEntry && b !== undefined ? [document.blocks[b]!.span] : [],
    ...document.citations.filter((citation) => leads(citation) && citation.keys.includes(pointed.key)).map((citation) => citation.span),
  ];
}

/** A work for people who look at a citation of it: what it is, what it found, where it is. */
function about(work: Work): string {
  const { reference } = work;
  return [referenceText(work), reference ? `Found: ${reference.finding}` : '', work.retracted ? 'This work was retracted.' : '', addressOf(work)].filter(Boolean).join('\n\n');
}

/** What the citation at an offset points to, as plain paragraphs, and where the words are that say so; undefined where there is none or it leads nowhere. */
export function referenceAt(document: Document, plan: Plan, offset: number): { readonly text: string; readonly span: Span } | undefined {
  const pointed = pointedAt(document, offset);
  if (!pointed?.citation) return undefined;
  const { form, keys } = pointed.citation;
  const labels = referenceLabels(document);
  if (leads(pointed.citation)) {
    const listed = (pointed.span === pointed.citation.span ? keys : [pointed.key]).flatMap((key) => {
      const b = labels.get(key);
      const work = workOfKey(key, plan);
      return b !== undefined ? [document.texts[b]!.text] : work ? [about(work)] : [];
    });
    return listed.length > 0 ? { text: listed.join('\n\n'), span: pointed.span } : undefined;
  }
  const work = form === 'identifier' ? worksOf(plan).find(({ doi, pmid }) => keys.some((key) => doi !== '' && key.toLowerCase() === `doi:${doi.toLowerCase()}` || pmid !== '' && key === `pmid:${pmid}`)) : undefined;
  return work && { text: about(work), span: pointed.span };
}

export interface Completion {
  readonly label: string;
  /** In a few words, beside the label. */
  readonly detail: string;
  readonly documentation: string;
  /** What is replaced: what was typed of the key so far. */
  readonly span: Span;
}

const OPEN_KEY = /(?:\[[^[\]\n]{0,300}|(?<![\w.@/+-]))@\{?([\w:.#$%&+?~/-]{0,80})$/;
const OPEN_CITE = /\\(?:no|paren|foot|text|auto)?cite[a-zA-Z]{0,10}\*?(?:\[[^\]\n]{0,80}\]){0,2}\{(?:[^{}\n]{0,300},\s{0,9})?([^{},\s]{0,80})$/;
const OPEN_ROLE = /(?:\{cite(?::\w{1,10})?\}|:cite(?::\w{1,10})?:)`(?:[^`\n]{0,300}[,;]\s{0,9})?([^`,;\s]{0,80})$/;
const OPEN_NOTE = /\[\^([\w:.-]{0,60})$/;

const MOST = 500;

/** The keys and notes that may stand where the caret is: behind `[@`, `\cite{`, `` {cite}` ``, `[^`. */
export function completionsAt(document: Document, plan: Plan, offset: number): readonly Completion[] {
  const { text } = document;
  const line = text.slice(Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - 500), offset);
  const listed = (kind: 'note' | 'reference', typed: string): Completion[] => document.blocks.flatMap((block, b) => (block.kind === kind && block.label !== '' && /^[\w:.-]+$/.test(block.label)
    ? [{ label: block.label, detail: document.texts[b]!.text.slice(0, 80), documentation: document.texts[b]!.text.slice(0, 1000), span: span(offset - typed.length, offset) }] : []));
  const note = OPEN_NOTE.exec(line);
  if (note) return listed('note', note[1]!).slice(0, MOST);
  const markdown = document.format.id === 'markdown' || document.format.id === 'mdx';
  const open = (document.format.id === 'latex' || markdown ? OPEN_CITE.exec(line) : null) ?? (markdown ? OPEN_KEY.exec(line) : null) ?? OPEN_ROLE.exec(line);
  if (!open) return [];
  const typed = open[1]!;
  const seen = new Set<string>();
  const own = listed('reference', typed).filter(({ label }) => !/^\d+$/.test(label));
  const works = worksOf(plan).flatMap((work): Completion[] => (work.entry && work.key !== ''
    ? [{ label: work.key, detail: shortName(work), documentation: about(work), span: span(offset - typed.length, offset) }] : []));
  return [...own, ...works].filter(({ label }) => !seen.has(label) && seen.add(label)).slice(0, MOST);
}

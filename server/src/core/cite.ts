import type { Citation } from './citations';
import type { Analysis, ClaimKind } from './claims';
import type { Document, Unit } from './document';
import type { Fix } from './finding';
import type { Block, FormatId } from './formats/format';
import type { Plan } from './plan';
import { isTight } from './insert';
import { suggest } from './suggest';
import { eolOf, span, type Edit } from './text';
import { addressOf, authorsShort, isReferenceTo, locator, referenceText, shortName, type Work } from './works';

// Writing citations: in the style that a document already uses, with the entry where it belongs.

export type StyleForm = 'footnote' | 'number' | 'key' | 'author-year' | 'link';

/** How a document cites. */
export interface CitationStyle {
  readonly form: StyleForm;
  /** A citation of the document that others are modelled on: its source and its one key. */
  readonly sample: { readonly text: string; readonly key: string } | undefined;
  /** What stands between the words and a mark. */
  readonly gap: string;
  /** Marks stand behind the sentence's stop. */
  readonly behind: boolean;
}

/** What is put into a place that still wants its source. It is reported until it is filled. */
export const NEEDED = '[citation needed]';

// --------------------------------------------------------------------------------------------------------------- style

/** Formats whose footnotes are written where they are called. */
const INLINE_NOTES: ReadonlySet<FormatId> = new Set(['latex', 'asciidoc']);

function defaultStyle({ format, parsed }: Document, plan: Plan): CitationStyle {
  const plain = { sample: undefined, gap: ' ', behind: false };
  const named = parsed.bibliographies.length > 0 || parsed.frontMatter !== undefined && plan.library.length > 0;
  switch (format.id) {
    case 'markdown': return named && plan.library.length > 0 ? { ...plain, form: 'key' } : { ...plain, form: 'footnote', gap: '', behind: true };
    case 'latex': return named && plan.library.length > 0 ? { ...plain, form: 'key', gap: '~' } : { ...plain, form: 'footnote', gap: '', behind: true };
    case 'asciidoc': return { ...plain, form: 'footnote', gap: '', behind: true };
    case 'restructuredtext': return { ...plain, form: 'footnote' };
    case 'text': return { ...plain, form: 'number' };
    default: return { ...plain, form: 'link' };
  }
}

const footnoteStyle = (document: Document): CitationStyle => {
  switch (document.format.id) {
    case 'text': return { form: 'number', sample: undefined, gap: ' ', behind: false };
    case 'restructuredtext': return { form: 'footnote', sample: undefined, gap: ' ', behind: false };
    default: return { form: 'footnote', sample: undefined, gap: '', behind: true };
  }
};

const isEntry = (block: Block): boolean => block.kind === 'reference' || block.kind === 'note';

const FORMS: { readonly [form in Citation['form']]?: StyleForm } = { footnote: 'footnote', number: 'number', key: 'key', 'author-year': 'author-year', identifier: 'link', link: 'link' };

/** The style that most citations in the text of a document have; where there are none, a usual one of its format. */
export function styleOf(document: Document, plan: Plan): CitationStyle {
  const labels = new Set(document.blocks.filter(isEntry).map(({ label }) => label));
  const used = new Map<StyleForm, Citation[]>();
  for (const citation of document.citations) {
    const form = FORMS[citation.form];
    if (!form || citation.unit < 0 || form === 'footnote' && !citation.keys.every((key) => /^[\w.:-]+$/.test(key))) continue;
    if ((form === 'number' || form === 'footnote') && !citation.keys.some((key) => labels.has(key))) continue;
    used.set(form, [...(used.get(form) ?? []), citation]);
  }
  const [most] = [...used].sort((a, b) => b[1].length - a[1].length);
  if (!most) return defaultStyle(document, plan);
  const [form, citations] = most;
  const usual = { ...defaultStyle(document, plan), form };
  const { text } = document;
  const gaps = new Map<string, number>();
  let behind = 0;
  let stopped = 0;
  for (const { span: at } of citations) {
    const gap = /[ ~\u00a0]?$/.exec(text.slice(Math.max(0, at.start - 1), at.start))![0];
    gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
    if (/[.!?]/.test(text[at.start - gap.length - 1] ?? '')) behind++;
    if (/^[.!?]/.test(text.slice(at.end, at.end + 1))) stopped++;
  }
  const sample = citations.map(({ span: at, keys }) => ({ text: text.slice(at.start, at.end), key: keys[0] ?? '', keys }))
    .find((one) => one.keys.length === 1 && relabelled(one.text, one.key, `${one.key}0`) !== one.text);
  const prose = form === 'author-year' || form === 'link';
  return {
    form,
    sample: prose || !sample ? undefined : { text: sample.text, key: sample.key },
    gap: prose ? ' ' : [...gaps].sort((a, b) => b[1] - a[1])[0]?.[0] ?? usual.gap,
    behind: !prose && (behind === stopped ? usual.behind && form !== 'key' : behind > stopped),
  };
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (digits: string): string => digits.replace(/\d/g, (c) => RAISED[Number(c)]!);

/** A mark or marker with another label: `[3]` → `[12]`, `<li id="ref-3">` → `<li id="ref-12">`, `³` → `¹²`. */
function relabelled(mark: string, from: string, to: string): string {
  if (from === '') return mark;
  const literal = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const out = mark.replace(/^\d+$/.test(from) ? new RegExp(`(?<!\\d)${literal}(?!\\d)`, 'g') : new RegExp(`(?<![\\p{L}\\p{N}_:-])${literal}(?![\\p{L}\\p{N}_:-])`, 'gu'), () => to);
  return out === mark && mark.includes(raised(from)) ? mark.replace(raised(from), raised(to)) : out;
}

// --------------------------------------------------------------------------------------------------------------- place

/** Where a mark goes that belongs to a unit: behind its last word or behind its stop, outside links and code. */
function placeIn(document: Document, unit: Unit, behind: boolean): number {
  const { text, format } = document;
  let at = unit.span.end;
  // A character reference counts as its first unit.
  const reference = text[at - 1] === '&' ? /^&#?\w{1,32};/.exec(text.slice(at - 1, at + 34)) : null;
  if (reference) at += reference[0].length - 1;
  if (!behind) while (at > unit.span.start + 1 && /[.!?…:]/.test(text[at - 1]!)) at--;
  for (const link of document.parsed.links) {
    if (link.image || at <= link.span.start || at > link.span.end) continue;
    const tail = text.slice(Math.max(link.span.end, link.targetSpan.end), Math.max(link.span.end, link.targetSpan.end) + 400);
    const own = link.targetSpan.start === link.span.start;
    const close = format.id === 'html' || /^\s*<\/a/.test(tail) ? /^[^]*?<\/a\s*>/.exec(tail)
      : own ? /^[>\]]?/.exec(tail)
      : format.id === 'latex' ? /^\}?/.exec(tail)
      : format.id === 'asciidoc' ? /^\]?/.exec(tail)
      : format.id === 'restructuredtext' ? /^[^`\n]*`_{0,2}/.exec(tail)
      : /^[^\n)]{0,200}\)/.exec(tail) ?? /^\](?:\[[^\]\n]{0,100}\])?/.exec(tail);
    if (close) at = Math.max(link.span.end, link.targetSpan.end) + close[0].length;
  }
  while (text[at] === '`' || text[at] === '$' && document.parsed.prose[at] === '\u0000') at++;
  return at;
}

/** In front matter, titles and attributes nothing is markup. */
const isBare = ({ blocks }: Document, unit: Unit): boolean => blocks[unit.block]!.kind === 'title';

/** LaTeX loses footnotes that are called in a table. */
const holdsNotes = ({ blocks, format }: Document, unit: Unit): boolean => format.id !== 'latex' || blocks[unit.block]!.kind !== 'cell' && blocks[unit.block]!.kind !== 'caption';

/** A table whose columns are drawn: what is put into a cell would break it. */
function isDrawn({ blocks, text, format }: Document, unit: Unit): boolean {
  if (blocks[unit.block]!.kind !== 'cell') return false;
  const from = text.lastIndexOf('\n', unit.span.start - 1) + 1;
  const line = text.slice(from, Math.min(text.length, from + 400)).split('\n')[0]!;
  return format.id === 'restructuredtext' ? !/^\s*(?:\*\s+)?-\s/.test(line)
    : format.id === 'text' || format.id === 'markdown' && !line.includes('|') && !/<\/?t[dhr]\b/i.test(line);
}

// --------------------------------------------------------------------------------------------------------------- entry

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  const to = end < 0 ? text.length : end;
  return to > at && text[to - 1] === '\r' ? to - 1 : to;
}

interface Slot { readonly marker: string; readonly close: string; readonly start: number; readonly end: number }

/** The lines or the element of an entry: its marker, what closes it, and where it starts and ends. */
function slotOf(document: Document, block: Block): Slot {
  const { text, format } = document;
  const { start, end } = block.span;
  if (format.id === 'html') {
    const before = text.slice(Math.max(0, start - 400), start);
    const open = [...before.matchAll(/<(li|p|dd|div|dt|td|aside)\b[^<>]*>/gi)].at(-1);
    if (open) {
      const from = start - before.length + open.index;
      const close = new RegExp(`^[^]*?</${open[1]}\\s*>`, 'i').exec(text.slice(end, end + 2000));
      return { marker: text.slice(from, start), close: `</${open[1]}>`, start: from, end: close ? end + close[0].length : end };
    }
  }
  const from = lineStart(text, start);
  return { marker: text.slice(from, start), close: '', start: from, end: lineEnd(text, end) };
}

/** The entry of a list of references that one more goes behind. */
function lastEntry(document: Document, wanted: (block: Block) => boolean): number {
  for (let b = document.blocks.length - 1; b >= 0; b--) if (isEntry(document.blocks[b]!) && wanted(document.blocks[b]!)) return b;
  return -1;
}

/** The edit that puts an entry behind the last one of a list, marked as that is. */
function entryBehind(document: Document, b: number, label: string, entry: string): Edit {
  const { blocks, text } = document;
  const block = blocks[b]!;
  const slot = slotOf(document, block);
  let before = b - 1;
  while (before >= 0 && !(isEntry(blocks[before]!) && blocks[before]!.label !== block.label)) before--;
  const eol = eolOf(text);
  // As far apart as the last two; their markers alike, or one is not a neighbour of the other.
  const between = before >= 0 && blocks[before]!.kind === block.kind ? text.slice(slotOf(document, blocks[before]!).end, slot.start) : '';
  const indent = /[ \t]*$/.exec(text.slice(lineStart(text, slot.start), slot.start))![0];
  const gap = between !== '' && between.trim() === '' && between.length < 40 ? between : slot.close === '' || /^\s*$/.test(text.slice(lineStart(text, slot.start), slot.start)) ? eol + (slot.close === '' ? '' : indent) : '';
  const marker = block.label === '' ? slot.marker : relabelled(slot.marker, block.label, label);
  return { span: span(slot.end, slot.end), text: `${gap}${marker}${entry}${slot.close}` };
}

/** Where the last section of a document ends: before what closes the whole of it. */
function endOf(document: Document): number {
  const { text, format } = document;
  const closing = format.id === 'html' ? [...text.matchAll(/<\/(?:article|main|body|html)\s*>/gi)].at(0) : format.id === 'latex' ? [...text.matchAll(/\\end\{document\}/g)].at(-1) : undefined;
  return text.slice(0, closing?.index ?? text.length).trimEnd().length;
}

/** The edit that adds blocks at the end of a document, each a paragraph of its own. */
function atEnd(document: Document, blocks: readonly string[]): Edit {
  const eol = eolOf(document.text);
  const gap = isTight(document) ? eol : eol + eol;
  const at = endOf(document);
  const added = blocks.map((block) => block.replace(/\r?\n/g, eol)).join(gap);
  const rest = document.text.slice(at);
  return { span: span(at, at), text: `${gap}${added}${rest.startsWith('\n') || rest.startsWith('\r') || rest === '' ? rest === '' ? eol : '' : eol}` };
}

// ------------------------------------------------------------------------------------------------------------ inserting

/** A citation in the making: the mark, and the edits that put its entry where it belongs. */
interface Mark { readonly text: string; readonly edits: readonly Edit[]; readonly style: CitationStyle }

const numeric = (label: string): number => (/^\d{1,3}$/.test(label) ? Number(label) : 0);

/** The next free number. Numbers that are cited without an entry are not given to another work. */
function nextNumber(document: Document): number {
  let most = 0;
  for (const { label } of document.blocks) most = Math.max(most, numeric(label));
  for (const { form, keys } of document.citations) if (form === 'number' || form === 'footnote') for (const key of keys) most = Math.max(most, numeric(key));
  return most + 1;
}

/** A mark that points to an entry with this text, and the entry; undefined where the style has no such entries. */
function noted(document: Document, style: CitationStyle, text: string, label = ''): Mark | undefined {
  const { format } = document;
  const { write } = format;
  const { form } = style;
  if (form !== 'number' && form !== 'footnote' && form !== 'key') return undefined;
  if (form !== 'key' && INLINE_NOTES.has(format.id) && (form === 'footnote' || style.sample === undefined)) {
    const note = write.footnote('', text);
    return note && { text: note.mark, edits: [], style };
  }
  const number = String(nextNumber(document));
  const name = form === 'key' ? label : number;
  const kind: Block['kind'] | undefined = style.sample && document.blocks.find((block) => isEntry(block) && block.label === style.sample!.key)?.kind;
  const last = kind === undefined ? -1 : lastEntry(document, (block) => block.kind === kind && (form === 'key' ? block.label !== '' : numeric(block.label) > 0));
  if (style.sample && last >= 0) {
    // An ordered list counts for itself: it must not give this entry a number that the text already uses otherwise.
    const counted = numeric(document.blocks[last]!.label) + 1;
    const marker = slotOf(document, document.blocks[last]!).marker;
    if (form === 'key' || String(counted) === name || marker.includes(document.blocks[last]!.label) && !/^\s*\d+[.)]\s/.test(marker)) {
      return { text: relabelled(style.sample.text, style.sample.key, name), edits: [entryBehind(document, last, name, write.inline(text))], style };
    }
  }
  if (form === 'key') return undefined;
  const own = footnoteStyle(document);
  if (format.id === 'text') {
    return { text: `[${number}]`, edits: [lastList(document, `[${number}] ${write.inline(text)}`)], style: own };
  }
  const note = write.footnote(number, text);
  if (!note) return undefined;
  const behind = lastEntry(document, (block) => block.kind === 'note' && /^[\w-]+$/.test(block.label));
  const edit = behind >= 0 && format.id !== 'html' ? definitionBehind(document, behind, note.definition) : atEnd(document, [note.definition]);
  return { text: note.mark.trim(), edits: [edit], style: style.form === 'footnote' ? style : own };
}

/** A definition behind another of the same kind, on lines of its own. */
function definitionBehind(document: Document, b: number, definition: string): Edit {
  const at = lineEnd(document.text, document.blocks[b]!.span.end);
  return { span: span(at, at), text: eolOf(document.text) + definition };
}

/** An entry at the end of the list of references, which is begun where there is none. */
function lastList(document: Document, line: string): Edit {
  const last = lastEntry(document, (block) => block.kind === 'reference');
  if (last >= 0) {
    const at = slotOf(document, document.blocks[last]!).end;
    return { span: span(at, at), text: eolOf(document.text) + line };
  }
  return atEnd(document, [isTight(document) ? 'References' : document.format.write.heading('References', 2), line]);
}

/** `(Zarate et al., 2006)`: readable as a citation, so a body's or a lone author's work also says where it is. */
function authorYear(work: Work, placed: boolean): string {
  const name = authorsShort(work);
  const clear = /^\p{Lu}[\p{L}'-]+(?: et al\.| and \p{Lu}[\p{L}'-]+)?$/u.test(name) && work.author !== '';
  return `(${[name, work.year, placed || !clear ? locator(work) : ''].filter(Boolean).join(', ')})`;
}

function linkTo(format: FormatId, work: Work, write: (text: string) => string): string {
  const name = [authorsShort(work), work.year].filter(Boolean).join(', ');
  const address = addressOf(work);
  if (address === '') return write(authorYear(work, true));
  switch (format) {
    case 'html': return `(<a href="${address.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '%3C')}">${write(name)}</a>)`;
    case 'latex': return `(\\href{${address.replace(/[%#]/g, '\\$&')}}{${write(name)}})`;
    case 'asciidoc': return `(${address}[${write(name).replace(/\]/g, '\\]')}])`;
    case 'restructuredtext': return `(\`${name.replace(/[`<>]/g, '')} <${address}>\`__)`;
    case 'text': return `(${name}, ${address})`;
    default: return `([${write(name)}](${address.replace(/[()<>\s]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}))`;
  }
}

/** How a work is cited in this document. */
function markFor(document: Document, style: CitationStyle, work: Work, unit: Unit): Mark {
  const { write, id } = document.format;
  const bare = isBare(document, unit);
  const prose = (text: string): Mark => ({ text, edits: [], style: { form: 'link', sample: undefined, gap: ' ', behind: false } });
  if (bare) return prose(authorYear(work, true));
  const listed = document.blocks.findIndex((block, b) => isEntry(block) && block.label !== '' && isReferenceTo(document.texts[b]!.text, work));
  const label = listed >= 0 ? document.blocks[listed]!.label : '';
  switch (style.form) {
    case 'link': return prose(linkTo(id, work, write.inline));
    case 'author-year': {
      const already = document.blocks.some((block, b) => isEntry(block) && isReferenceTo(document.texts[b]!.text, work));
      const last = lastEntry(document, (block) => block.kind === 'reference' && block.label === '');
      const text = write.inline(authorYear(work, false));
      if (already) return prose(text);
      if (last >= 0) return { ...prose(text), edits: [entryBehind(document, last, '', write.inline(referenceText(work)))] };
      return { ...prose(text), edits: [atEnd(document, [write.heading('References', 2), write.list([referenceText(work)])])] };
    }
    case 'key': {
      const key = label || (work.entry ? work.key : '');
      if (key && style.sample) return { text: relabelled(style.sample.text, style.sample.key, key), edits: [], style };
      if (key && work.entry && id === 'markdown') return { text: `[@${key}]`, edits: [], style };
      if (key && id === 'latex') return { text: `\\cite{${key}}`, edits: [], style };
      const inList = style.sample && noted(document, style, referenceText(work), work.key || work.id);
      return inList || holdsNotes(document, unit) && noted(document, footnoteStyle(document), referenceText(work)) || prose(linkTo(id, work, write.inline));
    }
    default: {
      if (label && style.sample) return { text: relabelled(style.sample.text, style.sample.key, label), edits: [], style };
      return (style.form !== 'footnote' || holdsNotes(document, unit) ? noted(document, style, referenceText(work)) : undefined) ?? prose(linkTo(id, work, write.inline));
    }
  }
}

/** The edits that put a mark behind a unit's words. */
function insertMark(document: Document, unit: Unit, { text, edits, style }: Mark): Edit[] {
  const at = placeIn(document, unit, style.behind);
  const before = document.text[at - 1] ?? ' ';
  const gap = /[\s~]/.test(before) ? '' : style.gap;
  return [{ span: span(at, at), text: gap + text }, ...edits];
}

/** The edits that cite a work at a unit, in the document's style, with the entry where it belongs. */
export function citeEdits(work: Work, unit: Unit, document: Document, plan: Plan): readonly Edit[] {
  const style = styleOf(document, plan);
  return insertMark(document, unit, markFor(document, style, work, unit));
}

/** The edits that mark a unit as still wanting its source. */
export const debtEdits = (unit: Unit, document: Document): readonly Edit[] => insertMark(document, unit,
  { text: isBare(document, unit) ? NEEDED : document.format.write.inline(NEEDED), edits: [], style: { form: 'link', sample: undefined, gap: ' ', behind: false } });

// ----------------------------------------------------------------------------------------------------------------- fixes

const DIRECTIONS: { readonly [direction: string]: string } = {
  supports: 'supports', mixed: 'mixed results', null: 'found no difference', harm: 'reports harm', context: 'background',
};

const LONGEST = 120;

/** What a work found, short enough for a menu. */
function findingOf({ reference, journal, title }: Work): string {
  const text = reference?.finding ?? [title, journal].filter(Boolean).join('. ');
  const cut = text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$/, '')} …`;
  return reference ? `${DIRECTIONS[reference.direction] ?? reference.direction}: ${cut}` : cut;
}

const titleOf = (work: Work): string => `Cite ${shortName(work)} — verify: ${findingOf(work)}`;

/** Ways to give a unit its citation: the works that fit best, a footnote to complete, a mark of the debt. */
export function citeFixes(unit: Unit, kinds: readonly ClaimKind[], document: Document, analysis: Analysis, plan: Plan): readonly Fix[] {
  if (isDrawn(document, unit)) return [];
  const bare = isBare(document, unit);
  const style = styleOf(document, plan);
  const suggestions = suggest({ unit, kinds }, document, analysis, plan);
  const fix = (title: string, edits: readonly Edit[], preferred: boolean): Fix => ({ title, kind: 'judgement', action: 'insert', preferred, edits });
  const cites = suggestions.map(({ work, strong }, i) => fix(titleOf(work), insertMark(document, unit, markFor(document, style, work, unit)), i === 0 && strong));
  const preferred = cites.some((one) => one.preferred);
  const stub = bare || !holdsNotes(document, unit) ? undefined : noted(document, style.form === 'number' || style.form === 'footnote' ? style : footnoteStyle(document), NEEDED);
  return [
    ...cites,
    ...stub ? [fix('Insert a footnote to complete', insertMark(document, unit, stub), false)] : [],
    fix(`Mark as ${NEEDED}`, debtEdits(unit, document), !preferred),
  ];
}

// ------------------------------------------------------------------------------------------------------- put right

/** The edit that writes a DOI, PMID, PMCID or NCT number as it is registered; undefined where it is so already. */
export function tidied(document: Document, { form, span: at, keys }: Citation): Edit | undefined {
  const [key] = keys;
  if (form !== 'identifier' || key === undefined) return undefined;
  const source = document.text.slice(at.start, at.end);
  // Of a link only its words would be seen; its address is what counts, and that works.
  if (document.parsed.links.some(({ span: link }) => link.start < at.end && at.start < link.end)) return undefined;
  const value = key.slice(key.indexOf(':') + 1);
  const tidy = key.startsWith('nct:') ? value
    : key.startsWith('pmcid:') ? value
    : key.startsWith('pmid:') ? `PMID: ${value}`
    : /^doi/i.test(source) && !/^doi\.org/i.test(source) ? `doi:${value}` : source;
  const usual = key.startsWith('nct:') ? /^NCT\d{8}$/
    : key.startsWith('pmcid:') ? /^(?:PMCID:? ?)?PMC\d+$/
    : key.startsWith('pmid:') ? /^(?:PMID:? ?|PubMed ID:? ?)\d+$/
    : /^(?:doi: ?10|10\.|DOI: ?10|(?:https?:\/\/)?(?:dx\.)?doi\.org\/)/;
  return usual.test(source) || tidy === source ? undefined : { span: at, text: tidy };
}

/** The edits that write the notes that a footnote mark points to and that are not there. */
export function missingNoteEdit(document: Document, { form, keys }: Citation): readonly Edit[] {
  const { format } = document;
  if (form !== 'footnote' || INLINE_NOTES.has(format.id) || format.id === 'text') return [];
  const labels = new Set(document.blocks.filter(isEntry).map(({ label }) => label));
  const lost = keys.filter((key) => !labels.has(key) && /^[\w.:-]+$/.test(key));
  const notes = lost.flatMap((key) => format.write.footnote(key, NEEDED)?.definition ?? []);
  if (notes.length === 0) return [];
  const behind = lastEntry(document, (block) => block.kind === 'note' && /^[\w.:-]+$/.test(block.label));
  return [behind >= 0 && format.id !== 'html' ? definitionBehind(document, behind, notes.join(eolOf(document.text))) : atEnd(document, [notes.join('\n')])];
}

/** Works that may fill a place that still wants its source; only those that fit well. */
export function citeDebtFixes(debt: Citation, document: Document, analysis: Analysis, plan: Plan): readonly Fix[] {
  const unit = document.units[debt.unit];
  if (!unit || isDrawn(document, unit)) return [];
  const kinds = analysis.claims.find((claim) => claim.unit === unit.index)?.kinds ?? [];
  const style = styleOf(document, plan);
  const gap = /[ ~\u00a0]$/.test(document.text.slice(0, debt.span.start)) ? 1 : 0;
  return suggest({ unit, kinds }, document, analysis, plan).filter(({ strong }) => strong).map(({ work }, i): Fix => ({
    title: titleOf(work), kind: 'judgement', action: 'insert', preferred: i === 0,
    edits: [{ span: span(debt.span.start - gap, debt.span.end), text: '' }, ...insertMark(document, unit, markFor(document, style, work, unit))],
  }));
}

import { span } from '../text';
import { authorOf, bareDoi, saysRetracted, yearIn, type Author, type Entry, type Problem, type Read } from './entry';

// CSL JSON: an array of items. Each item is cut out by a scan of the whole and read by itself, so that one that is
// broken costs no other and every item has its place.

/** A file with more is no bibliography; each costs a search for where the next item begins. */
const MOST_PROBLEMS = 100;

type Item = { readonly [field: string]: unknown };

/** True where a JSON text looks like a list of CSL items and nothing else. */
export const looksLikeCsl = (text: string): boolean => /^\ufeff?\s*(?:\{\s*"(?:items|references)"\s*:\s*)?\[\s*(?:\]|\{)/.test(text)
  && /"(?:id|citation-key|type|title|DOI)"\s*:/.test(text.slice(0, 20_000)) && /"(?:title|DOI|author|issued)"\s*:/.test(text.slice(0, 200_000));

/** Reads a CSL JSON file. Never throws. */
export function readCsl(text: string): Read {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const open = text.indexOf('[');
  if (open < 0) return { entries, problems: text.trim() === '' ? [] : [{ message: 'A bibliography in CSL JSON is a list of items: “[” is expected.', span: span(0, Math.min(1, text.length)) }] };
  let at = open + 1;
  for (;;) {
    if (problems.length > MOST_PROBLEMS) return { entries, problems };
    while (at < text.length && /[\s,]/.test(text[at]!)) at++;
    if (at >= text.length) {
      problems.push({ message: 'The list is not closed: its “]” is missing.', span: span(open, open + 1) });
      return { entries, problems };
    }
    if (text[at] === ']') return { entries, problems };
    if (text[at] !== '{') {
      const next = nextItem(text, at + 1);
      problems.push({ message: 'An item in braces is expected here.', span: span(at, Math.min(next, lineEnd(text, at))) });
      at = next;
      continue;
    }
    const end = endOf(text, at);
    const item = parsed(text.slice(at, end));
    if (item) {
      const entry = entryOf(item, text, at, end);
      if (entry.key !== '' && seen.has(entry.key)) problems.push({ message: `The id “${entry.key}” stands twice; the first item is the one that citations lead to.`, span: entry.keySpan });
      seen.add(entry.key);
      entries.push(entry);
      at = end;
    } else {
      problems.push({ message: 'This item is not sound JSON: look for a missing comma, quotation mark or brace.', span: span(at, Math.min(end, lineEnd(text, at))) });
      at = nextItem(text, at + 1);
    }
  }
}

/** The end of the object that opens here: behind its closing brace, else where the next item begins. */
function endOf(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
      else if (c === '\n') return nextItem(text, from + 1); // a string does not go over a line
    } else if (c === '"') quoted = true;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return i + 1;
  }
  return nextItem(text, from + 1);
}

/** Where the next item seems to begin: a brace at the start of a line, or behind a closing one. */
function nextItem(text: string, from: number): number {
  const next = /(?:^[ \t]{0,4}|\}\s{0,200},\s{0,200})\{\s{0,200}"(?:id|type|title|citation-key|author)"|^[ \t]{0,2}\{[ \t\r]*$/gm;
  next.lastIndex = from;
  const found = next.exec(text);
  return found ? found.index + found[0].indexOf('{') : text.length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : Math.max(end, from + 1);
}

function parsed(text: string): Item | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? value as Item : undefined;
  } catch {
    return undefined;
  }
}

function entryOf(item: Item, text: string, start: number, end: number): Entry {
  const get = (...names: readonly string[]): string => {
    for (const name of names) {
      const value = item[name];
      if (typeof value === 'string' && value.trim() !== '') return value.replace(/<\/?[a-z]{1,8}[^>]{0,80}>/g, '').replace(/\s+/g, ' ').trim();
      if (typeof value === 'number') return String(value);
    }
    return '';
  };
  const key = get('citation-key', 'id');
  const id = /"(?:citation-key|id)"\s{0,20}:\s{0,20}"?/.exec(text.slice(start, end));
  const from = id ? start + id.index + id[0].length : start;
  const title = get('title');
  const keywords = get('keyword', 'keywords');
  return {
    key, type: get('type').toLowerCase(), title, authors: names(item['author'] ?? item['editor']), more: false,
    journal: get('container-title', 'publisher', 'authority'), year: issued(item['issued']),
    volume: get('volume'), issue: get('issue'), pages: get('page').replace(/–/g, '-'),
    doi: bareDoi(get('DOI')), pmid: get('PMID'), url: get('URL'), abstract: get('abstract'), keywords,
    retracted: item['retracted'] === true || saysRetracted(get('retracted'), keywords, `${get('note')} ${get('status')}`, title),
    span: span(start, end), keySpan: span(from, key !== '' && text.startsWith(key, from) ? from + key.length : from),
  };
}

function names(list: unknown): Author[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((name: unknown): Author[] => {
    if (typeof name === 'string') return [authorOf(name)];
    if (!name || typeof name !== 'object') return [];
    const { family, given, literal, 'non-dropping-particle': particle } = name as Item;
    if (typeof family === 'string') return [{ family: typeof particle === 'string' ? `${particle} ${family}` : family, given: typeof given === 'string' ? given : '' }];
    return typeof literal === 'string' ? [{ family: literal, given: '' }] : [];
  });
}

function issued(value: unknown): number | undefined {
  if (typeof value === 'string' || typeof value === 'number') return yearIn(String(value));
  if (!value || typeof value !== 'object') return undefined;
  const { 'date-parts': parts, literal, raw } = value as Item;
  const first: unknown = Array.isArray(parts) && Array.isArray(parts[0]) ? parts[0][0] : undefined;
  return yearIn(String(first ?? literal ?? raw ?? ''));
}

import { span, type Span } from '../text';
import { authorOf, bareDoi, saysRetracted, yearIn, type Author, type Entry, type Problem, type Read } from './entry';

// BibTeX and BibLaTeX with the place of every entry. An entry ends at the latest where the next begins at the start of
// a line, so that one that is not closed costs no other.

const HEAD = /(?<=^[ \t]{0,20}|[})][ \t]{0,20})@[ \t]{0,9}([A-Za-z]{1,40})[ \t\r\n]{0,100}([{(])/gm;
/** Values of one entry that may fail before the rest of it is given up: each is looked for to the entry's end. */
const MOST_BROKEN = 20;
const NAME = /[A-Za-z][\w:.+/-]{0,80}/y;
const WORD = /[^\s,#{}()"=%]{1,200}/y;
const SPACE = /(?:\s|%[^\n]*(?:\n|$))*/y;

const MONTHS = new Set(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']);

interface Value { readonly raw: string; readonly end: number }

/** Reads a BibTeX file. Never throws. */
export function readBibtex(text: string): Read {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const strings = new Map<string, string>();
  const seen = new Map<string, Span>();
  const heads = [...text.matchAll(HEAD)];
  let done = 0;
  heads.forEach((head, n) => {
    const start = head.index;
    if (start < done) return;
    const type = head[1]!.toLowerCase();
    const limit = heads[n + 1]?.index ?? text.length;
    const reader = new Reader(text, head.index + head[0].length, limit, head[2] === '{' ? '}' : ')', strings, problems);
    if (type === 'comment' || type === 'preamble') return;
    if (type === 'string') {
      for (const [name, value] of reader.fields(start)) strings.set(name, value);
      return;
    }
    const { key, keySpan } = reader.key(start);
    const fields = reader.fields(start);
    done = reader.at;
    if (key !== '') {
      if (seen.has(key)) problems.push({ message: `The key “${key}” stands twice; the first entry is the one that citations lead to.`, span: keySpan });
      else seen.set(key, keySpan);
    }
    entries.push(entryOf(type, key, keySpan, span(start, reader.at), fields));
  });
  return { entries, problems };
}

class Reader {
  constructor(readonly text: string, public at: number, readonly limit: number, readonly close: string,
    readonly strings: ReadonlyMap<string, string>, readonly problems: Problem[]) {}

  #skip(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = Math.min(SPACE.lastIndex, this.limit);
  }

  #take(expression: RegExp): string {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text)?.[0] ?? '';
    const within = found.slice(0, Math.max(0, this.limit - this.at));
    this.at += within.length;
    return within;
  }

  key(start: number): { readonly key: string; readonly keySpan: Span } {
    this.#skip();
    const from = this.at;
    const key = this.#take(/[^\s,{}()"=#%]{0,200}/y);
    const keySpan = span(from, this.at);
    this.#skip();
    if (this.text[this.at] === '=') { // a field where the key should be
      this.problems.push({ message: 'This entry has no key, so nothing can cite it.', span: span(start, this.at) });
      this.at = from;
      return { key: '', keySpan: span(from, from) };
    }
    if (key === '') this.problems.push({ message: 'This entry has no key, so nothing can cite it.', span: span(start, Math.max(from, start + 1)) });
    return { key, keySpan };
  }

  /** The fields up to the end of the entry, by name in lower case; the first of a name holds. */
  fields(start: number): Map<string, string> {
    const out = new Map<string, string>();
    let broken = 0;
    for (;;) {
      this.#skip();
      while (this.text[this.at] === ',' && this.at < this.limit) { this.at++; this.#skip(); }
      if (this.at >= this.limit) {
        this.problems.push({ message: `This entry is not closed: its “${this.close}” is missing.`, span: span(start, Math.min(this.limit, this.#lineEnd(start))) });
        return out;
      }
      if (this.text[this.at] === this.close) { this.at++; return out; }
      const from = this.at;
      const name = this.#take(NAME).toLowerCase();
      this.#skip();
      if (name === '' || this.text[this.at] !== '=' || this.at >= this.limit) {
        this.at = Math.max(this.at, from + 1);
        this.problems.push({ message: 'A field is expected here: a name, “=” and a value.', span: span(from, Math.max(from + 1, Math.min(this.at, this.limit))) });
        // Go on with the next line: what stands on this one can not be told apart.
        const next = this.text.indexOf('\n', from);
        this.at = next < 0 || next >= this.limit ? this.#closeBefore(this.limit, from) : this.#closeBefore(next, from);
        continue;
      }
      this.at++;
      const value = this.#value();
      if (value === undefined) {
        this.problems.push({ message: `The value of “${name}” is missing or not closed.`, span: span(from, Math.min(this.limit, this.#lineEnd(from))) });
        const next = this.text.indexOf('\n', from);
        this.at = next < 0 || next >= this.limit || ++broken > MOST_BROKEN ? this.limit : next + 1;
        continue;
      }
      this.at = value.end;
      if (!out.has(name)) out.set(name, value.raw);
      this.#skip();
      const c = this.text[this.at];
      if (this.at < this.limit && c !== ',' && c !== this.close) this.problems.push({ message: `A comma is missing behind “${name}”.`, span: span(from, value.end) });
    }
  }

  /** The closing sign at the end of what can not be read, so that the entry still ends there; else the place itself. */
  #closeBefore(to: number, from: number): number {
    let end = to;
    while (end > from && /\s/.test(this.text[end - 1]!)) end--;
    return end > from + 1 && this.text[end - 1] === this.close ? end - 1 : to;
  }

  #lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }

  #value(): Value | undefined {
    let raw = '';
    for (;;) {
      this.#skip();
      const c = this.text[this.at];
      if (this.at >= this.limit) return undefined;
      if (c === '{' || c === '"') {
        const end = this.#closing(c === '{' ? '}' : '"');
        if (end < 0) return undefined;
        raw += this.text.slice(this.at + 1, end);
        this.at = end + 1;
      } else {
        const word = this.#take(WORD);
        if (word === '') return undefined;
        raw += /^\d+$/.test(word) || MONTHS.has(word.toLowerCase()) ? word : this.strings.get(word.toLowerCase()) ?? word;
      }
      const end = this.at;
      this.#skip();
      if (this.text[this.at] !== '#' || this.at >= this.limit) return { raw, end };
      this.at++;
    }
  }

  /** The place of the sign that closes what opens here; braces inside are balanced. -1 where there is none. */
  #closing(sign: string): number {
    let depth = 0;
    for (let i = this.at + 1; i < this.limit; i++) {
      const c = this.text[i];
      if (c === '\\') i++;
      else if (c === sign && depth === 0) return i;
      else if (c === '{') depth++;
      else if (c === '}' && --depth < 0) return -1;
    }
    return -1;
  }
}

function entryOf(type: string, key: string, keySpan: Span, at: Span, fields: ReadonlyMap<string, string>): Entry {
  const get = (...names: readonly string[]): string => {
    for (const name of names) {
      const raw = fields.get(name);
      if (raw !== undefined && raw.trim() !== '') return plain(raw);
    }
    return '';
  };
  const people = fields.get('author') ?? fields.get('editor') ?? '';
  const eprint = /^pubmed$/i.test(get('eprinttype', 'archiveprefix')) ? get('eprint') : '';
  const title = [get('title'), get('subtitle')].filter(Boolean).join(': ');
  return {
    key, type, title,
    authors: authorsOf(people), more: /\sand\s+others\s*$/.test(people),
    journal: get('journaltitle', 'journal', 'booktitle', 'publisher', 'institution', 'organization'),
    year: yearIn(get('year')) ?? yearIn(get('date')),
    volume: get('volume'), issue: get('number', 'issue'), pages: get('pages').replace(/-{2,3}|–/g, '-'),
    doi: bareDoi(fields.get('doi') === undefined ? '' : unescaped(fields.get('doi')!)),
    pmid: get('pmid') || eprint, url: unescaped(fields.get('url') ?? '').trim(),
    abstract: get('abstract'), keywords: get('keywords', 'keyword'),
    retracted: saysRetracted(get('retracted'), get('keywords', 'keyword'), get('note', 'addendum', 'annotation', 'pubstate'), title),
    span: at, keySpan,
  };
}

/** Names between ` and `; a name in braces of its own is that of a body. */
function authorsOf(raw: string): Author[] {
  const names: string[] = [];
  let depth = 0;
  let from = 0;
  const text = raw.replace(/\s+/g, ' ').trim();
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (c === ' ' && depth === 0 && text.startsWith(' and ', i)) {
      names.push(text.slice(from, i));
      from = i + 5;
      i += 4;
    }
  }
  names.push(text.slice(from));
  return names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'others')
    .map((name) => (/^\{[^{}]*\}$/.test(name) ? { family: plain(name), given: '' } : authorOf(plain(name))));
}

const ACCENTS: { readonly [sign: string]: string } = {
  '`': '\u0300', "'": '\u0301', '^': '\u0302', '~': '\u0303', '"': '\u0308', '=': '\u0304', '.': '\u0307',
  u: '\u0306', v: '\u030c', H: '\u030b', c: '\u0327', k: '\u0328', r: '\u030a', d: '\u0323', b: '\u0331',
};
const LETTERS: { readonly [command: string]: string } = {
  ss: 'ß', o: 'ø', O: 'Ø', ae: 'æ', AE: 'Æ', oe: 'œ', OE: 'Œ', aa: 'å', AA: 'Å', l: 'ł', L: 'Ł', i: 'i', j: 'j', dh: 'ð', th: 'þ',
  textendash: '–', textemdash: '—', textasciitilde: '~', textbackslash: '\\', alpha: 'α', beta: 'β', mu: 'μ', pm: '±', times: '×', leq: '≤', geq: '≥',
};

const unescaped = (raw: string): string => raw.replace(/\\([%&_#$~{}])/g, '$1').replace(/[{}]/g, '').trim();

/** What a LaTeX value reads as: accents composed, commands and braces taken out, white space as one space. */
function plain(raw: string): string {
  return raw
    .replace(/\\([`'^~"=.])\s{0,9}(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))/g, (_, sign: string, a?: string, b?: string) => (a ?? b ?? '') + ACCENTS[sign]!)
    .replace(/\\([uvHckrdb])(?:\s{1,9}|(?=\{))\{?\\?([A-Za-z])\}?/g, (_, sign: string, letter: string) => letter + ACCENTS[sign]!)
    .replace(/\\([A-Za-z]{1,40})\*?(?:\{\}|\s{1,9})?/g, (whole, command: string) => LETTERS[command] ?? (/\s$/.test(whole) ? ' ' : ''))
    .replace(/\\([%&_#$~{}\\ ,;])/g, (_, c: string) => (c === ',' || c === ';' ? ' ' : c === '{' || c === '}' ? '' : c))
    .replace(/[{}$]/g, '').replace(/~/g, ' ').replace(/``|''/g, '"')
    .replace(/\s+/g, ' ').trim().normalize('NFC');
}

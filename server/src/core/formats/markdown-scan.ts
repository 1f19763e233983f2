import type { Link } from './format';
import { readTag, type Budget, type Tag } from './tags';
import { span, type Span } from '../text';

/** Stands for an inline stretch in the copy. Lezer takes it for a symbol, as it would the tag or code that it replaces. */
export const OBJECT = '\uFFFC';

/** A stretch of the text that is no Markdown. */
export interface Region {
  readonly span: Span;
  /** Ends a paragraph, as a blank line does; else it stands in a line of text. */
  readonly blank: boolean;
  readonly tag?: Tag | undefined;
  /** Of a comment: what stands between its markers. */
  readonly comment?: Span | undefined;
  readonly link?: Link | undefined;
  /** What it reads as, where that is not nothing. */
  readonly reads?: string | undefined;
}

/** What MDX has beyond Markdown. */
export interface Dialect {
  /** JSX: braces in tags are expressions, and there is no indented code. */
  readonly jsx: boolean;
  /** The region that starts at `at`, of a kind that plain Markdown does not have. */
  region?(text: string, at: number, lineStart: number, budget: Budget): Region | undefined;
}

const RAW = new Set('script style pre textarea svg template math iframe object code kbd samp'.split(' '));
const PREFIX = /[ \t\ufeff]*(?:(?:>|[-*+]|\d{1,9}[.)])(?:[ \t]+|(?=[\r\n`~]|$)|(?<=>)))*/y;
const AUTOLINK = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]{1,2000}|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d.-]{1,255})>/iy;
const ATTRIBUTES = /\{(?:[#.:=][^{}\n]{0,400}|-|[\w-]{1,60}=[^{}\n]{0,400})\}/y;
const TEMPLATE = /\{\{(?!\s*(?:citation|cn\b|fact\b|source))[^\n]{0,400}?\}\}|\{%[^\n]{0,400}?%\}/iy;
const HALF_TAG = /<\/?[A-Z][\w.:-]*(?:[ \t]+[\w:-]+=(?:"[^"\n]{0,400}"|'[^'\n]{0,400}'|\{[^}\n]{0,400}\}|["'{])?)*[ \t]*\/?>?/y;

/** Finds the closing run of an inline code span before the paragraph ends. */
function codeEnd(text: string, at: number, width: number, limit: number): number {
  const run = /`+|\n[ \t\r]*\n/g;
  run.lastIndex = at + width;
  for (let m = run.exec(text); m && m.index < limit; m = run.exec(text)) {
    if (m[0][0] !== '`') return -1;
    if (m[0].length === width) return m.index + width;
  }
  return -1;
}

/** Where a fenced code block ends that opens at `at`; the end of the text where it is not closed. */
function fenceEnd(text: string, at: number, fence: string, quoted: boolean): number {
  const close = new RegExp(`[ \\t]*(?:>[ \\t]*)*${fence[0]}{${fence.length},}[ \\t]*(?=\\r|\\n|$)`, 'y');
  const quote = /[ \t]*>/y;
  let line = text.indexOf('\n', at) + 1;
  while (line > 0) {
    close.lastIndex = line;
    if (close.test(text)) return close.lastIndex;
    quote.lastIndex = line;
    if (quoted && !quote.test(text)) return line - 1;
    line = text.indexOf('\n', line) + 1;
  }
  return text.length;
}

/** Inline math between single dollars: not the prices of a clinic. */
export function isMath(body: string): boolean {
  return body !== '' && !/^\s|\s$/.test(body) && (!/^\d/.test(body) || !/\s/.test(body) || /[\\^_=<>]/.test(body)) && !/\|/.test(body);
}

/** The stretches of a text, from an offset on, that are no Markdown, in order. */
export function scan(text: string, from: number, dialect: Dialect): Region[] {
  const regions: Region[] = [];
  const budget: Budget = { left: 2_000_000 };
  const lastComment = text.lastIndexOf('-->');
  const neverClosed = new Set<string>();
  const special = /[\\`<{$\n]/g;
  let failedCode = new Set<number>();
  let lineStart = from;
  let contentStart = from;
  let i = from;
  const alone = (start: number, end: number): boolean => start === contentStart && /^[ \t\r]*(?:\n|$)/.test(text.slice(end, end + 200).split('\n', 1)[0]!);
  const newLine = (at: number): void => {
    lineStart = at;
    PREFIX.lastIndex = at;
    PREFIX.test(text);
    contentStart = PREFIX.lastIndex;
    if (contentStart >= text.length || text[contentStart] === '\n' || text[contentStart] === '\r') failedCode = new Set();
  };
  /** Adds a region and goes on behind it. */
  const add = (region: Region): void => {
    regions.push(region);
    const line = text.slice(region.span.start, region.span.end).lastIndexOf('\n');
    if (line >= 0) { lineStart = region.span.start + line + 1; contentStart = -1; }
    i = region.span.end;
  };
  /** What starts at `i`; false where it is plain text. */
  const read = (c: string): boolean => {
    const own = dialect.region?.(text, i, lineStart, budget);
    if (own) { add({ ...own, blank: own.blank && alone(i, own.span.end) }); return true; }
    if (c === '`' || c === '~') {
      const width = /[`~]/.test(c) ? /^(?:`+|~+)/.exec(text.slice(i, i + 500))![0].length : 0;
      if (width >= 3 && i === contentStart) {
        const rest = text.slice(i + width, i + width + 500).split('\n', 1)[0]!;
        if (c === '~' || !rest.includes('`')) {
          add({ span: span(i, fenceEnd(text, i, c.repeat(width), text.slice(lineStart, i).includes('>'))), blank: true });
          return true;
        }
      }
      if (c === '~') return false;
      const end = failedCode.has(width) ? -1 : codeEnd(text, i, width, i + 4000);
      if (end < 0) { failedCode.add(width); i += width; return true; }
      add({ span: span(i, end), blank: false });
      return true;
    }
    if (c === '$') {
      if (text[i + 1] === '$') {
        const end = text.slice(i + 2, i + 5000).indexOf('$$');
        if (end < 0 || /\n[ \t\r]*\n/.test(text.slice(i, i + end + 2))) { i += 2; return true; }
        add({ span: span(i, i + end + 4), blank: alone(i, i + end + 4) });
        return true;
      }
      const body = /\$((?:[^$\n\\]|\\.){1,300})\$(?!\d)/y;
      body.lastIndex = i;
      const m = body.exec(text);
      if (!m || !isMath(m[1]!)) return false;
      add({ span: span(i, i + m[0].length), blank: false });
      return true;
    }
    if (c === '{') {
      if (text.startsWith(':::', contentStart)) return false;
      TEMPLATE.lastIndex = ATTRIBUTES.lastIndex = i;
      const before = text[i - 1] ?? '\n';
      const m = TEMPLATE.exec(text) ?? (/[\s\])`:]/.test(before) ? ATTRIBUTES.exec(text) : null);
      if (!m) return false;
      add({ span: span(i, i + m[0].length), blank: alone(i, i + m[0].length) });
      return true;
    }
    if (c !== '<') return false;
    if (text.startsWith('<!--', i)) {
      if (lastComment < i + 4) { add({ span: span(i, i + 4), blank: false }); return true; }
      const close = text.indexOf('-->', i + 4);
      const at = span(i, close + 3);
      add({ span: at, blank: alone(i, close + 3), comment: span(i + 4, close) });
      return true;
    }
    AUTOLINK.lastIndex = i;
    const address = AUTOLINK.exec(text);
    if (address && !/\](?:\(|:[ \t]*)$/.test(text.slice(Math.max(0, i - 20), i))) {
      const at = span(i + 1, i + address[0].length - 1);
      add({ span: span(i, AUTOLINK.lastIndex), blank: false, link: linkTo(address[1]!, at, at) });
      return true;
    }
    const tag = readTag(text, i, dialect.jsx ? budget : undefined);
    if (tag) {
      const name = tag.name.toLowerCase();
      if (tag.form === 'open' && RAW.has(name) && !neverClosed.has(name)) {
        const close = new RegExp(`</${name}\\s*>`, 'gi');
        close.lastIndex = tag.span.end;
        if (close.test(text)) {
          add({ span: span(i, close.lastIndex), blank: alone(i, close.lastIndex) });
          return true;
        }
        neverClosed.add(name);
      }
      add({ span: tag.span, blank: dialect.jsx && alone(i, tag.span.end), tag, reads: name === 'br' ? ' ' : undefined });
      return true;
    }
    HALF_TAG.lastIndex = i;
    const half = HALF_TAG.exec(text);
    if (!half) return false;
    add({ span: span(i, HALF_TAG.lastIndex), blank: false });
    return true;
  };
  newLine(from);
  while (i < text.length) {
    if (i === lineStart && contentStart >= 0 && i < contentStart) i = contentStart;
    if (i === contentStart && (i === lineStart || text[i] === '~') && i < text.length && text[i] !== '\n' && text[i] !== '\\') {
      if (read(text[i]!)) continue;
    }
    special.lastIndex = i;
    const m = special.exec(text);
    if (!m) break;
    i = m.index;
    if (m[0] === '\n') newLine(++i);
    else if (m[0] === '\\') i += text[i + 1] === '\n' ? 1 : 2;
    else if (!read(m[0])) i++;
  }
  return regions;
}

/** A link by its address as written, entities and escapes in it. */
export function linkTo(address: string, at: Span, targetSpan: Span, image = false): Link {
  const target = address.replaceAll('&amp;', '&').replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return { span: at, target: /^[^/:\s]+@[^/:\s]+$/.test(target) ? `mailto:${target}` : target, targetSpan, image };
}

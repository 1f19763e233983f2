import type { Canvas } from './canvas';
import { block, type Block, type FrontMatter } from './format';
import { span, type Span } from '../text';

export interface Head {
  readonly frontMatter: FrontMatter;
  /** Titles and abstract: the values that readers see. Show them with `showHead`. */
  readonly blocks: readonly Block[];
  /** Escapes and comments inside of the blocks: no part of what reads. */
  readonly masked: readonly Span[];
}

const TITLES = new Set(['title', 'description', 'summary', 'excerpt']);
const KEY = /^(["']?)([A-Za-z_][\w-]*)\1[ \t]*[:=]/;

/** The front matter at the start of a text; undefined where there is none, or none that is closed yet. */
export function readFrontMatter(text: string): Head | undefined {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text[start] === '{') return readJson(text, start);
  const fence = /(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)/y;
  fence.lastIndex = start;
  const open = fence.exec(text);
  if (!open) return undefined;
  const yaml = open[1] === '---';
  const body = fence.lastIndex;
  const close = (yaml ? /^(?:---|\.\.\.)[ \t]*$/gm : /^\+\+\+[ \t]*$/gm);
  close.lastIndex = body;
  const end = close.exec(text);
  if (!end) return undefined;
  // A rule at the top of a text and another further down are not front matter.
  const first = /^[ \t]*[^\s#].*$/m.exec(text.slice(body, Math.min(end.index, body + 10_000)));
  if (first && !KEY.test(first[0].trimStart())) return undefined;
  const frontMatter: FrontMatter = {
    span: span(start, end.index + end[0].length), language: yaml ? 'yaml' : 'toml', body: span(body, end.index),
  };
  const blocks: Block[] = [];
  const masked: Span[] = [];
  const lines = [...text.slice(body, end.index).matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)].filter((m) => m[0] !== '')
    .map((m) => ({ from: body + m.index, text: m[0].replace(/[\r\n]+$/, '') }));
  for (let l = 0; l < lines.length; l++) {
    const line = lines[l]!;
    const key = KEY.exec(line.text);
    if (!key) {
      if (!yaml && /^\s*\[/.test(line.text)) break; // a TOML table: what follows is not of the top level
      continue;
    }
    const name = key[2]!.toLowerCase();
    const abstract = name === 'abstract';
    if (!abstract && !TITLES.has(name)) continue;
    let next = l + 1;
    if (yaml) while (next < lines.length && (/^[ \t]/.test(lines[next]!.text) || lines[next]!.text === '')) next++;
    const from = line.from + key[0].length;
    const to = yaml ? lines[next - 1]!.from + lines[next - 1]!.text.length : end.index;
    for (const at of yaml ? yamlValue(text, from, to, masked) : tomlValue(text, from, to, masked)) {
      blocks.push(block('title', at, { role: abstract ? 'abstract' : '' }));
    }
  }
  return { frontMatter, blocks, masked };
}

/** Writes what a head reads as on a canvas. */
export function showHead(canvas: Canvas, head: Head): void {
  for (const { span: at } of head.blocks) canvas.show(at.start, at.end);
  for (const at of head.masked) canvas.erase(at.start, at.end);
}

/** The paragraphs of a YAML value. */
function yamlValue(text: string, from: number, to: number, masked: Span[]): Span[] {
  const raw = text.slice(from, to);
  const lead = /^[ \t]*/.exec(raw)![0].length;
  const c = raw[lead];
  if (c === '>' || c === '|') {
    const header = /^[>|][+\-\d]*[ \t]*(?:#.*)?(?:\r\n|\n|\r|$)/.exec(raw.slice(lead));
    return header ? paragraphs(text, from + lead + header[0].length, to) : [];
  }
  if (c === '"' || c === "'") return quoted(text, from + lead, to, c, c === '"', masked);
  if (c === undefined || /[[{&*!#]/.test(c)) return [];
  const comment = /[ \t]#/.exec(raw.slice(lead).split(/[\r\n]/, 1)[0]!);
  return paragraphs(text, from + lead, comment ? from + lead + comment.index : to);
}

function tomlValue(text: string, from: number, to: number, masked: Span[]): Span[] {
  const value = /[ \t]*("""|'''|"|')/y;
  value.lastIndex = from;
  const quote = value.exec(text)?.[1];
  if (!quote) return [];
  const start = value.lastIndex - quote.length;
  const line = /[\r\n]/g;
  line.lastIndex = start;
  return quoted(text, start, quote.length === 3 ? to : Math.min(to, line.exec(text)?.index ?? to), quote, quote[0] === '"', masked);
}

/** The paragraphs of a quoted value whose opening quote stands at `from`; an escape's backslash or doubled quote is masked. */
function quoted(text: string, from: number, to: number, quote: string, escapes: boolean, masked: Span[]): Span[] {
  let i = from + quote.length;
  for (; i < to; i++) {
    if (text.startsWith(quote, i)) {
      if (quote !== "'" || text[i + 1] !== "'") break;
      masked.push(span(i, ++i));
    } else if (escapes && text[i] === '\\') {
      masked.push(span(i, /[ntr]/.test(text[i + 1] ?? '') ? i + 2 : i + 1));
      i++;
    }
  }
  return paragraphs(text, from + quote.length, Math.min(i, to));
}

function paragraphs(text: string, from: number, to: number): Span[] {
  return [...text.slice(from, to).matchAll(/\S(?:[^\r\n]|(?:\r\n|\n|\r)(?![ \t]*(?:[\r\n]|$)))*/g)]
    .map((m) => span(from + m.index, from + m.index + m[0].trimEnd().length));
}

/** An object at the start of a text, closed by a brace on a line of its own. */
function readJson(text: string, start: number): Head | undefined {
  const end = /^\}[ \t]*$/m.exec(text.slice(start));
  if (!end || !/^\{\s*(?:"|\}$)/.test(text.slice(start, start + end.index + 1))) return undefined;
  const stop = start + end.index + 1;
  const blocks: Block[] = [];
  const masked: Span[] = [];
  let depth = 0;
  const token = /"((?:[^"\\\r\n]|\\.)*)"(\s*:\s*)?|[{}[\]]/g;
  token.lastIndex = start;
  let key = '';
  for (let m = token.exec(text); m && m.index < stop; m = token.exec(text)) {
    if (m[0] === '{' || m[0] === '[') depth++;
    else if (m[0] === '}' || m[0] === ']') depth--;
    else if (m[2] !== undefined) { key = depth === 1 ? m[1]!.toLowerCase() : ''; continue; }
    else if (key === 'abstract' || TITLES.has(key)) {
      for (const at of quoted(text, m.index, m.index + m[0].length, '"', true, masked)) {
        blocks.push(block('title', at, { role: key === 'abstract' ? 'abstract' : '' }));
      }
    }
    key = '';
  }
  return { frontMatter: { span: span(start, stop), language: 'json', body: span(start, stop) }, blocks, masked };
}

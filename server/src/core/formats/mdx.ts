import type { Format } from './format';
import { readMarkdown, writer } from './markdown';
import type { Dialect, Region } from './markdown-scan';
import { skipBraces, type Budget } from './tags';
import { span } from '../text';

const ESM = /(?:import[ \t]*(?:["'{*]|[\w$]+[^\n]*?(?:\bfrom[ \t]*["']|,[ \t]*\{))|export[ \t]+(?:(?:const|let|var|function|async|default|class|type|interface|enum)\b|[{*]))/y;

const region = (start: number, end: number, blank: boolean, rest: Partial<Region> = {}): Region => ({ span: span(start, end), blank, ...rest });

/** An import or export from the start of its line: to the end of the line on which its braces are closed. */
function moduleLines(text: string, at: number, budget: Budget): Region | undefined {
  ESM.lastIndex = at;
  if (!ESM.test(text)) return undefined;
  let i = at;
  while (i < text.length && text[i] !== '\n') {
    const end = text[i] === '{' ? skipBraces(text, i, budget) : -1;
    i = end > 0 ? end : i + 1;
    // A statement goes on in lines that are indented or that close something.
    while (text[i] === '\n' && /[ \t)\]}]/.test(text[i + 1] ?? '') && !/^[ \t\r]*\n/.test(text.slice(i + 1, i + 200))) i++;
  }
  return region(at, i, true);
}

const MDX: Dialect = {
  jsx: true,
  region(text, at, lineStart, budget) {
    if (at === lineStart && (text[at] === 'i' || text[at] === 'e')) return moduleLines(text, at, budget);
    if (text[at] !== '{') return undefined;
    const comment = /\{\s*\/\*/y;
    comment.lastIndex = at;
    if (comment.test(text)) {
      if (budget.commentOpen) return undefined;
      const close = /\*\/\s*\}/g;
      close.lastIndex = comment.lastIndex;
      const end = close.exec(text);
      if (!end) {
        budget.commentOpen = true;
        return undefined;
      }
      const stop = end.index + end[0].length;
      return region(at, stop, true, { comment: span(comment.lastIndex, end.index) });
    }
    const end = skipBraces(text, at, budget);
    if (end < 0) return undefined;
    return region(at, end, true, { reads: /^\{\s*(["'`])\s+\1\s*\}$/.test(text.slice(at, Math.min(end, at + 20))) ? ' ' : undefined });
  },
};

/** MDX: Markdown with components and expressions. Half-typed JSX is prose. */
export const mdx: Format = {
  id: 'mdx',
  extensions: ['.mdx'],
  languages: ['mdx'],
  parse: (text) => readMarkdown(text, MDX),
  write: writer((body) => `{/* ${body.replaceAll('*/', '* /')} */}`, true),
};

import { span, words, type Span } from '../text';

/** Tags of HTML and of JSX, as they stand in Markdown and MDX. */
export interface Tag {
  readonly span: Span;
  /** As written; '' of a fragment. */
  readonly name: string;
  readonly form: 'open' | 'close' | 'empty';
  /** Attributes whose value is text, with what stands between the quotes. */
  readonly attributes: readonly { readonly name: string; readonly value: Span }[];
}

/** How far braces may be looked through in a whole text: a bound on the work for braces that never close. */
export interface Budget {
  left: number;
  /** A comment in braces has been met that nothing closes; no later one is closed then. */
  commentOpen?: boolean;
}

/** Elements of HTML that have no content and no closing tag. */
export const VOID = words('area base basefont br col embed frame hr img input link meta param source track wbr');
const LONGEST = 20_000;
const NAME = /<(\/?)([A-Za-z][\w.:-]*|(?=[>\s]))/y;
const GAP = /[ \t\r]*(?:\n[ \t\r]*)?/y;
const ATTRIBUTE = /([^\s"'<>/={}`]+)[ \t]*(=?)[ \t]*/y;
const BARE = /[^\s"'=<>`{}]+/y;
const BLANK_LINE = /\n[ \t\r]*\n/;

/**
 * The tag at an offset; undefined where the text there is none or none that is whole. With a budget the tag may be JSX:
 * attributes in braces, fragments. No tag reaches across a blank line, except inside of braces.
 */
export function readTag(text: string, at: number, jsx: Budget | undefined): Tag | undefined {
  NAME.lastIndex = at;
  const head = NAME.exec(text);
  if (!head || (head[2] === '' && !jsx)) return undefined;
  const name = head[2]!;
  let i = NAME.lastIndex;
  if (head[1]) {
    const end = /\s*>/y;
    end.lastIndex = i;
    return end.test(text) ? { span: span(at, end.lastIndex), name, form: 'close', attributes: [] } : undefined;
  }
  if (name === '') return text[i] === '>' ? { span: span(at, i + 1), name, form: 'open', attributes: [] } : undefined;
  const attributes: { name: string; value: Span }[] = [];
  const limit = at + LONGEST;
  while (i < text.length && i < limit) {
    const before = i;
    GAP.lastIndex = i;
    GAP.test(text);
    i = GAP.lastIndex;
    const c = text[i];
    if (c === '>') return { span: span(at, i + 1), name, form: VOID.has(name) ? 'empty' : 'open', attributes };
    if (c === '/' && text[i + 1] === '>') return { span: span(at, i + 2), name, form: 'empty', attributes };
    if (i === before && i === NAME.lastIndex) return undefined;
    if (c === '{' && jsx) {
      i = skipBraces(text, i, jsx);
      if (i < 0) return undefined;
      continue;
    }
    ATTRIBUTE.lastIndex = i;
    const attribute = ATTRIBUTE.exec(text);
    if (!attribute) return undefined;
    i = ATTRIBUTE.lastIndex;
    if (!attribute[2]) continue;
    const quote = text[i];
    if (quote === '"' || quote === "'") {
      const close = text.slice(i + 1, i + LONGEST).indexOf(quote);
      if (close < 0 || BLANK_LINE.test(text.slice(i, i + close + 1))) return undefined;
      attributes.push({ name: attribute[1]!, value: span(i + 1, i + 1 + close) });
      i += close + 2;
    } else if (quote === '{' && jsx) {
      const end = skipBraces(text, i, jsx);
      if (end < 0) return undefined;
      const literal = /^\{\s*(?:"([^"\\]*)"|'([^'\\]*)'|`([^`\\$]*)`)\s*\}$/.exec(text.slice(i, Math.min(end, i + 4000)));
      if (literal) {
        const from = i + literal[0].search(/["'`]/) + 1;
        attributes.push({ name: attribute[1]!, value: span(from, from + (literal[1] ?? literal[2] ?? literal[3] ?? '').length) });
      }
      i = end;
    } else {
      BARE.lastIndex = i;
      if (!BARE.test(text)) return undefined;
      const end = text[BARE.lastIndex] === '>' && text[BARE.lastIndex - 1] === '/' ? BARE.lastIndex - 1 : BARE.lastIndex;
      attributes.push({ name: attribute[1]!, value: span(i, end) });
      i = end;
    }
  }
  return undefined;
}

/**
 * The offset behind the brace that closes the one at `at`; -1 where none does. Strings, templates and comments are
 * stepped over. A blank line ends the search unless code visibly goes on behind it.
 */
export function skipBraces(text: string, at: number, budget: Budget): number {
  if (budget.left <= 0) return -1;
  const stop = Math.min(text.length, at + LONGEST * 5);
  let depth = 0;
  let i = at;
  const done = (end: number): number => {
    budget.left -= i - at;
    return end;
  };
  for (; i < stop; i++) {
    const c = text[i];
    if (c === '{') depth++;
    else if (c === '}') {
      if (--depth === 0) return i + 1;
    } else if (c === '"' || c === "'") {
      const rest = text.slice(i + 1, i + 2000);
      const close = rest.indexOf(c);
      const line = rest.indexOf('\n');
      if (close >= 0 && (line < 0 || close < line)) i += close + 1;
    } else if (c === '`') {
      const close = text.slice(i + 1, i + LONGEST).indexOf('`');
      if (close >= 0) i += close + 1;
    } else if (c === '/' && text[i + 1] === '*') {
      const close = text.slice(i + 2, i + LONGEST).indexOf('*/');
      if (close < 0) {
        budget.left -= LONGEST; // it has been looked for as far as that
        return done(-1);
      }
      i += close + 3;
    } else if (c === '/' && text[i + 1] === '/' && text[i - 1] !== ':') {
      const line = text.indexOf('\n', i);
      i = line < 0 || line > stop ? stop : line - 1;
    } else if (c === '\n') {
      const next = /(?:[ \t\r]*\n)+([ \t]+\S|[)}\]<{])?/y;
      next.lastIndex = i + 1;
      const blank = next.exec(text);
      if (blank && blank[1] === undefined) return done(-1);
    }
  }
  return done(-1);
}

/** An element with both its tags, or a tag that needs no second one. */
export interface Element {
  readonly open: Tag;
  readonly close: Tag | undefined;
}

const DEEPEST = 100;

/** Pairs tags. Those without a partner are left out: a half-typed element must not change what the rest of the text is. */
export function pairTags(tags: readonly Tag[]): Element[] {
  const out: Element[] = [];
  const stack: Tag[] = [];
  const open = new Map<string, number>();
  for (const tag of tags) {
    if (tag.form === 'empty') out.push({ open: tag, close: undefined });
    else if (tag.form === 'open') {
      if (stack.length >= DEEPEST) {
        const oldest = stack.shift()!;
        open.set(oldest.name, open.get(oldest.name)! - 1);
      }
      stack.push(tag);
      open.set(tag.name, (open.get(tag.name) ?? 0) + 1);
    } else if (open.get(tag.name)) {
      for (let top = stack.pop(); top; top = stack.pop()) {
        open.set(top.name, open.get(top.name)! - 1);
        if (top.name === tag.name) { out.push({ open: top, close: tag }); break; }
      }
    }
  }
  return out.sort((a, b) => a.open.span.start - b.open.span.start);
}

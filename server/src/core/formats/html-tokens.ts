import { Tokenizer } from 'htmlparser2';
import type { Span } from '../text';

export interface Attribute {
  readonly name: string;
  /** Of its value, without quotation marks; empty and behind the name where it has none. */
  readonly start: number;
  readonly end: number;
}

/** A stretch of HTML: text with its entities as they stand, a comment with what is between its markers, or a tag. */
export type HtmlToken = Span & (
  | { readonly kind: 'text' }
  | { readonly kind: 'comment'; readonly body: string }
  | { readonly kind: 'open'; readonly name: string; readonly attributes: readonly Attribute[] }
  | { readonly kind: 'close'; readonly name: string });

/** Elements whose content is no markup: it ends at the first closing tag of the name. */
const RAW = new Set(['iframe', 'script', 'style', 'textarea', 'xmp']);
/** Elements that the tokenizer reads up to their closing tags, or to the end of the text where there are none. */
const SWALLOWING = new Set([...RAW, 'noembed', 'noframes', 'plaintext', 'title']);
const CDATA = '<![CDATA[';

/** Finds the next place of a string at or behind an offset that only grows; each stretch of text is looked at once. */
function seeker(text: string, what: string): (from: number) => number {
  let at = -2;
  return (from) => {
    if (at === -1 || at >= from) return at;
    return at = text.indexOf(what, from);
  };
}

/**
 * The tokens of a text in order; what is neither prose nor markup of interest (the content of scripts, declarations) has
 * none. The tokenizer is given the text in pieces, each up to the next `<`: it takes what is half-typed up to the next `>`
 * or the end of the text, which would swallow the text behind it. So what is not whole at the next `<` ends there, but
 * for comments and quoted values that are closed further on; the tokenizer then starts anew.
 */
export function tokensOf(text: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  const nextTag = seeker(text, '<');
  const tagEnd = seeker(text, '>');
  const commentEnd = seeker(text, '-->');
  const quotes = { '"': seeker(text, '"'), "'": seeker(text, "'") };
  const rawEnds = new Map<string, RegExp | undefined>();
  let base = 0; // where the tokenizer was started
  let limit = 0; // the end of the piece
  let done = 0; // the end of what has been read whole
  let tag: { readonly name: string; readonly attributes: Attribute[] } | undefined;
  let attribute: { readonly name: string; start: number; end: number; valued: boolean } | undefined;

  const nameAt = (start: number, end: number): string => text.slice(base + start, base + Math.min(end, start + 64)).toLowerCase();
  const add = (token: HtmlToken): void => { if (token.start < token.end) tokens.push(token); };

  /** Where the content of an element that is no markup ends; -1 where it is never closed: what is not, hides nothing. */
  const rawEnd = (name: string, from: number): number => {
    const closing = rawEnds.has(name) ? rawEnds.get(name) : new RegExp(`</${name}(?=[\\s/>])`, 'gi');
    if (closing) closing.lastIndex = from;
    const found = closing?.exec(text);
    rawEnds.set(name, found ? closing : undefined);
    return found ? found.index : -1;
  };

  const opened = (end: number, empty = false): void => {
    if (!tag) return;
    add({ kind: 'open', start: done, end, ...tag });
    done = end;
    if (SWALLOWING.has(tag.name)) {
      tokenizer.pause();
      if (RAW.has(tag.name) && !empty) done = Math.max(end, rawEnd(tag.name, end));
    }
    tag = undefined;
  };
  const skip = (_: number, end: number): void => { done = Math.min(base + end + 1, limit); };
  const ignore = (): void => { /* no such event: entities are not decoded here, the text is no XML */ };

  const tokenizer: Tokenizer = new Tokenizer({ decodeEntities: false }, {
    ontext(start, end) {
      done = Math.min(base + end, limit);
      add({ kind: 'text', start: base + start, end: done });
    },
    onopentagname(start, end) { tag = { name: nameAt(start, end), attributes: [] }; },
    onattribname(start, end) { attribute = { name: nameAt(start, end), start: base + end, end: base + end, valued: false }; },
    onattribdata(start, end) {
      if (!attribute) return;
      if (!attribute.valued) attribute.start = base + start;
      attribute.end = Math.min(base + end, limit);
      attribute.valued = true;
    },
    onattribend() {
      if (attribute) tag?.attributes.push(attribute);
      attribute = undefined;
    },
    onopentagend(end) { opened(Math.min(base + end + 1, limit)); },
    onselfclosingtag(end) { opened(Math.min(base + end + 1, limit), true); },
    onclosetag(start, end) { // comes at the end of the name
      const close = tagEnd(base + end);
      if (close < 0 || close >= limit) tokenizer.pause();
      const name = nameAt(start, end);
      const from = done;
      done = close < 0 || close >= limit ? limit : close + 1;
      add({ kind: 'close', start: from, end: done, name });
    },
    oncomment(start, end, tail) { // anything that begins as markup can not is one too: `</3>`, `<!x>`, `<?x>`
      const from = done;
      skip(start, end);
      if (text.startsWith('<!--', from)) add({ kind: 'comment', start: from, end: done, body: text.slice(base + start, base + end - tail) });
      else if (text[from + 1] === '/') add({ kind: 'text', start: from, end: done });
    },
    oncdata(start, end, tail) {
      add({ kind: 'text', start: base + start, end: base + end - tail });
      skip(start, end);
    },
    ondeclaration: skip,
    onprocessinginstruction: ignore, onattribentity: ignore, ontextentity: ignore, onend: ignore,
  });

  const restart = (at: number): number => {
    tokenizer.reset();
    tag = attribute = undefined;
    return base = done = at;
  };

  /** Where reading goes on behind a piece: at its end, or where the tokenizer has been started anew. */
  const settle = (): number => {
    if (!tokenizer.running) return restart(done);
    if (done >= limit) return limit;
    if (text.startsWith('<!--', done)) {
      if (commentEnd(done + 4) >= 0) return limit;
      const line = text.indexOf('\n', done); // one that is never closed ends with its line
      const end = line < 0 ? text.length : line;
      add({ kind: 'comment', start: done, end, body: text.slice(done + 4, end) });
      return restart(end);
    }
    if (attribute) {
      const start = attribute.valued ? attribute.start : limit;
      const quote = text[start - 1];
      if (quote === '"' || quote === "'") {
        const close = quotes[quote](limit);
        if (close >= 0 && (close + 1 === text.length || /[\t-\r />]/.test(text[close + 1]!))) return limit;
        let end = start; // one that is never closed ends with its line
        while (end < limit && text[end] !== '\n' && text[end] !== '>') end++;
        tag?.attributes.push({ name: attribute.name, start, end });
        opened(text[end] === '>' ? end + 1 : end);
        return restart(done);
      }
    }
    if (text.startsWith(CDATA, done)) return restart(done + CDATA.length); // with `<` in it: read as markup
    tokenizer.write('>');
    return restart(Math.max(done, limit));
  };

  for (let at = 0; at < text.length; at = settle()) {
    const next = nextTag(at + 1);
    limit = next < 0 ? text.length : next;
    tokenizer.write(text.slice(at, limit));
  }
  return tokens;
}

// Phrase patterns: what packs and cue lists are written in. They are a small language of their own, not regular
// expressions, so that an editor can write one and no pack can make the engine run away: every repetition is bounded.
//
//   improv*            a word by its beginning              (a|b c|d*)   one of these
//   [very]             may be left out                      _            any one word
//   ~3                 up to three words in between, within the clause
//   <num>  <pct>       a number (digits or a word)          a percentage
//
// A space also matches a hyphen. Letter case does not count, except in a word written in capitals only (`SAD`, `KAP`).

// Letters and digits, as far as articles have them. `\p{L}` with the flag `u` says it exactly and takes ten times as
// long to compile and to run, which is felt at the first keystroke.
const W = '0-9A-Za-z\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0370-\\u1fff\\u2c00-\\u2dff\\u3040-\\ud7ff';
const NUMBER_WORDS = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|dozens|half|third|quarter|fifth|hundred|hundreds|thousand|thousands|thirds|quarters';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const NUMBER = `(?:\\d[\\d,]*(?:\\.\\d+)?|(?:(?:${TENS})(?:[ -](?:${NUMBER_WORDS}))?|${NUMBER_WORDS})(?![${W}]))`;
const PERCENT = `(?:${NUMBER}[ -]?(?:%|percent(?![${W}])|per cent(?![${W}])))`;
const GAP_WORD = `[^\\s.;:!?]+`;
const SPACE = `(?: |-)`;

export class PhraseError extends Error {
  constructor(readonly pattern: string, readonly at: number, message: string) {
    super(`${message} at character ${at + 1} of “${pattern}”`);
    this.name = 'PhraseError';
  }
}

type Node =
  | { readonly type: 'word'; readonly text: string; readonly open: boolean; readonly exact: boolean }
  | { readonly type: 'punctuation'; readonly text: string }
  | { readonly type: 'number' }
  | { readonly type: 'percent' }
  | { readonly type: 'any' }
  | { readonly type: 'gap'; readonly most: number }
  | { readonly type: 'choice'; readonly options: readonly (readonly Node[])[]; readonly optional: boolean };

const WORD = /[\p{L}\p{N}'’&+]/u;

function parsePhrase(pattern: string): readonly Node[] {
  let i = 0;
  let depth = 0;
  const fail = (message: string): never => { throw new PhraseError(pattern, i, message); };
  const sequence = (closers: string): Node[] => {
    const out: Node[] = [];
    while (i < pattern.length && !closers.includes(pattern[i]!)) {
      const c = pattern[i]!;
      if (c === ' ' || c === '-') { i++; continue; }
      if (c === '(' || c === '[') {
        if (++depth > 4) fail('groups are nested too deeply');
        i++;
        const close = c === '(' ? ')' : ']';
        const options: Node[][] = [];
        do {
          options.push(sequence('|' + close));
        } while (pattern[i] === '|' && ++i);
        if (pattern[i] !== close) fail(`“${close}” is missing`);
        i++;
        depth--;
        if (options.some((option) => option.length === 0)) fail('an alternative is empty');
        out.push({ type: 'choice', options, optional: c === '[' });
      } else if (c === '~') {
        const digits = /^~(\d{1,2})/.exec(pattern.slice(i));
        if (!digits || Number(digits[1]) > 12) fail('“~” wants a number from 1 to 12');
        out.push({ type: 'gap', most: Number(digits![1]) });
        i += digits![0].length;
      } else if (c === '<') {
        const name = /^<(num|pct)>/.exec(pattern.slice(i));
        if (!name) fail('“<” starts <num> or <pct>');
        out.push(name![1] === 'num' ? { type: 'number' } : { type: 'percent' });
        i += name![0].length;
      } else if (c === '_') {
        out.push({ type: 'any' });
        i++;
      } else if (WORD.test(c)) {
        const from = i;
        while (i < pattern.length && WORD.test(pattern[i]!)) i++;
        const text = pattern.slice(from, i).replaceAll('’', "'");
        const open = pattern[i] === '*';
        if (open) i++;
        if (open && text.length < 3) fail('a word beginning wants three letters before “*”');
        out.push({ type: 'word', text, open, exact: /^[A-Z][A-Z0-9&]+$/.test(text) });
      } else if (',%/.:$£€#@"='.includes(c)) {
        out.push({ type: 'punctuation', text: c });
        i++;
      } else fail(`“${c}” means nothing here`);
    }
    return out;
  };
  const nodes = sequence('');
  if (i < pattern.length) fail(`“${pattern[i]}” closes nothing`);
  if (nodes.length === 0) fail('the phrase is empty');
  const first = nodes[0]!;
  if (first.type === 'gap' || first.type === 'any' || first.type === 'punctuation') fail('a phrase starts with a word, a number or a group');
  return nodes;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const anyCase = (text: string): string => [...text].map((c) => {
  const low = c.toLowerCase();
  const up = c.toUpperCase();
  return low === up ? escape(c) : `[${low}${up}]`;
}).join('');

/** The regular expression source of a sequence; a space is put before each part but the first. */
function source(nodes: readonly Node[], lead: boolean): string {
  let out = '';
  let first = !lead;
  for (const node of nodes) {
    const space = first ? '' : SPACE;
    if (node.type === 'gap') {
      // A gap brings its own spaces: `a ~2 b` is `a b`, `a x b`, `a x y b`.
      out += `(?:${SPACE}${GAP_WORD}){0,${node.most}}?`;
      first = false;
      continue;
    }
    if (node.type === 'choice') {
      // Options carry the space themselves, so that an optional group leaves no double space behind.
      const options = node.options.map((option) => source(option, !first)).join('|');
      out += node.optional ? `(?:${options})?` : `(?:${options})`;
      if (node.optional && first) {
        // An optional first part is followed by a space only where it is there.
        out = `(?:(?:${node.options.map((option) => source(option, false)).join('|')})${SPACE})?`;
        continue;
      }
      first = false;
      continue;
    }
    if (node.type === 'punctuation') out += `${first ? '' : ' ?'}${escape(node.text)}`;
    else if (node.type === 'number') out += space + NUMBER;
    else if (node.type === 'percent') out += space + PERCENT;
    else if (node.type === 'any') out += space + GAP_WORD;
    else out += `${space}${node.exact ? escape(node.text) : anyCase(node.text)}${node.open ? `[${W}']*` : ''}(?![${W}])`;
    first = false;
  }
  return out;
}

/** First letters by which a phrase can start, to look it up by; `#` for a number. */
function keysOf(nodes: readonly Node[], into: Set<string>): void {
  for (const node of nodes) {
    if (node.type === 'word') { into.add(keyOf(node.text.toLowerCase())); return; }
    if (node.type === 'number' || node.type === 'percent') {
      into.add('#');
      for (const word of `${NUMBER_WORDS}|${TENS}`.split('|')) into.add(keyOf(word));
      return;
    }
    if (node.type === 'choice') {
      for (const option of node.options) keysOf(option, into);
      if (!node.optional) return;
      continue;
    }
    return;
  }
}

const keyOf = (word: string): string => (word.charCodeAt(0) < 58 && word.charCodeAt(0) > 47 ? '#' : word.slice(0, 3));

export interface Hit<T> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
}

interface Entry<T> {
  readonly value: T;
  readonly expression: RegExp;
}

/** Many phrases, compiled once and looked up by the first letters of each word of a text. */
export class Matcher<T> {
  readonly #buckets = new Map<string, Entry<T>[]>();

  /** @throws PhraseError where a pattern can not be read */
  constructor(entries: Iterable<{ readonly phrase: string; readonly value: T }>) {
    for (const { phrase, value } of entries) {
      const nodes = parsePhrase(phrase);
      const entry = { value, expression: new RegExp(source(nodes, false), 'y') };
      const keys = new Set<string>();
      keysOf(nodes, keys);
      for (const key of keys) {
        const bucket = this.#buckets.get(key);
        if (bucket) bucket.push(entry);
        else this.#buckets.set(key, [entry]);
      }
    }
  }

  /** All hits in a normalised text (see `normalise`), by start, then as entered. Hits may overlap. */
  scan(text: string): Hit<T>[] {
    const hits: Hit<T>[] = [];
    const words = /[\p{L}\p{N}][\p{L}\p{N}'&+]*/gu;
    for (let word = words.exec(text); word; word = words.exec(text)) {
      const bucket = this.#buckets.get(keyOf(word[0].slice(0, 3).toLowerCase()));
      if (!bucket) continue;
      for (const { value, expression } of bucket) {
        expression.lastIndex = word.index;
        const found = expression.exec(text);
        if (found) hits.push({ value, start: word.index, end: word.index + found[0].length });
      }
    }
    return hits;
  }
}

/** Compiles one phrase to see whether it can be read. @throws PhraseError */
export const checkPhrase = (phrase: string): void => void parsePhrase(phrase);

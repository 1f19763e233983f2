// Phrase patterns: what packs and cue lists are written in. They are a small language of their own, not regular
// expressions, so that an editor can write one and no pack can make the engine run away: every repetition is bounded.
//
//   improv*            a word by its beginning              (a|b c|d*)   one of these
//   [very]             may be left out                      _            any one word
//   ~3                 up to three words in between, within the clause
//   <num>  <pct>       a number (digits or a word)          a percentage
//
// A space also matches a hyphen; around punctuation it may be missing. A gap counts words between spaces, and the phrase
// may go on at a hyphen inside one (`ketamine ~2 therapy` finds `ketamine-assisted talking therapy`). Letter case does not count, except in a word written in capitals only (`SAD`, `KAP`).

// Letters and digits, as far as articles have them. `\p{L}` with the flag `u` says it exactly and takes ten times as
// long to compile and to run, which is felt at the first keystroke.
const W = '0-9A-Za-z\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0300-\\u036f\\u0370-\\u1fff\\u2c00-\\u2dff\\u3040-\\ud7ff';
const NUMBER_WORDS = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|dozens|half|third|quarter|fifth|hundred|hundreds|thousand|thousands|thirds|quarters';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const inCase = (words: string): string => words.replace(/[a-z]/g, (c) => `[${c.toUpperCase()}${c}]`);
const NUMBER = `(?:\\d+(?:,\\d+)*(?:\\.\\d+)?|(?:(?:${inCase(TENS)})(?:[ -](?:${inCase(NUMBER_WORDS)}))?|${inCase(NUMBER_WORDS)})(?![${W}]))`;
const PERCENT = `(?:${NUMBER}[ -]?(?:%|percent(?![${W}])|per cent(?![${W}])))`;
const SPACE = `(?: |-)`;
/** A word of a gap: within the clause (a decimal does not end it), at most five parts joined by hyphens. */
const PART = `[^\\s.;:!?-]{1,40}(?:[.:]\\d[^\\s.;:!?-]{0,40}){0,2}`;
const GAP_WORD = `(?:${PART}(?:-${PART}){0,4}|-{1,3}(?= ))`;
const LONGEST_PHRASE = 20_000;
const LONGEST_SEQUENCE = 60;

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
        if (options.some((option) => option.every(canBeLeftOut))) fail('an alternative is empty');
        out.push({ type: 'choice', options, optional: c === '[' });
      } else if (c === '~') {
        const digits = /^~(\d{1,2})/.exec(pattern.slice(i));
        if (!digits || Number(digits[1]) < 1 || Number(digits[1]) > 12) fail('“~” wants a number from 1 to 12');
        const last = out.at(-1);
        if (last?.type === 'gap') out[out.length - 1] = { type: 'gap', most: Math.min(36, last.most + Number(digits![1])) };
        else out.push({ type: 'gap', most: Number(digits![1]) });
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
      } else fail(c === ')' || c === ']' ? `“${c}” closes nothing` : c === '|' ? '“|” stands between alternatives in a group' : `“${c}” means nothing here`);
    }
    if (out.length > LONGEST_SEQUENCE) fail('too many parts in a row');
    return out;
  };
  if (pattern.length > LONGEST_PHRASE) fail('the phrase is too long');
  const nodes = sequence('');
  if (nodes.length === 0) fail('the phrase is empty');
  if (!opens(nodes)) {
    i = 0;
    fail('a phrase starts with a word, a number or a group of these, and not all of it can be left out');
  }
  return nodes;
}

const canBeLeftOut = (node: Node): boolean => node.type === 'choice' && node.optional;

/** Whether a sequence starts with something that can be looked up, however much of it is left out. */
function opens(nodes: readonly Node[]): boolean {
  for (const node of nodes) {
    if (node.type === 'choice') {
      if (!node.options.some(opens)) return false;
      if (!node.optional) return true;
    } else return node.type === 'number' || node.type === 'percent' || node.type === 'word' && /^[\p{L}\p{N}]/u.test(node.text);
  }
  return false;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** What stands before a part: nothing at the start, a space or hyphen, and behind punctuation either or nothing. */
type Lead = 'none' | 'space' | 'loose';
const LEAD = { none: '', space: SPACE, loose: `${SPACE}?` } as const;

function leadsOf(nodes: readonly Node[], lead: Lead): Lead[] {
  let next = lead;
  return nodes.map((node) => {
    const own = next;
    // An optional part at the start brings the space behind it, where it is there.
    next = node.type === 'punctuation' ? 'loose' : own === 'none' && canBeLeftOut(node) ? 'none' : 'space';
    return own;
  });
}

type Leaf = Exclude<Node, { readonly type: 'gap' | 'any' | 'choice' | 'word' }>;

function leafSource(node: Leaf, lead: Lead): string {
  switch (node.type) {
    case 'punctuation': return `${lead === 'none' ? '' : ' ?'}${escape(node.text)}`;
    case 'number': return LEAD[lead] + NUMBER;
    case 'percent': return LEAD[lead] + PERCENT;
  }
}

// A phrase is matched in steps: a part, then what follows it. To make a regular expression of each phrase would take a
// second before the first document is read, most of it for phrases that are then tried once. Where parts can end at many
// places (several gaps, groups whose alternatives begin alike), each step fails at most once at any place of a text, so
// that the time stays in proportion to the text.

/** In how many ways a part could be laid over one text, at most. */
function waysOf(node: Node): number {
  if (node.type === 'gap') return 2 * (node.most + 1);
  if (node.type === 'any') return 2;
  if (node.type !== 'choice') return 1;
  // Alternatives exclude each other where they start with different words.
  const closed = new Map<string, number>();
  const open = new Map<string, number>();
  let other = 0;
  for (const option of node.options) {
    const ways = option.reduce((product, part) => product * waysOf(part), 1);
    const first = option[0]!;
    if (first.type !== 'word' && first.type !== 'punctuation') other += ways;
    else if (first.type === 'word' && first.open) open.set(keyOf(first.text), (open.get(keyOf(first.text)) ?? 0) + ways);
    else {
      const word = first.text.toLowerCase().split(/['&+]/, 1)[0]!;
      closed.set(word, (closed.get(word) ?? 0) + ways);
    }
  }
  let most = Math.max(0, ...open.values());
  for (const [word, ways] of closed) most = Math.max(most, ways + (open.get(keyOf(word)) ?? 0));
  return most + other + (node.optional ? 1 : 0);
}

/** One scan of a text: where which step is known to fail. */
interface Run {
  readonly text: string;
  readonly failed: Set<number>;
}

/** Matches the rest of a phrase from a place on: where it ends, or -1. */
type Step = (run: Run, at: number) => number;

let steps = 0;

/** A step that many ways lead to: where it has failed it is not tried again. */
function once(step: Step, many: boolean): Step {
  if (!many) return step;
  const id = ++steps;
  return (run, at) => {
    const key = id * (run.text.length + 1) + at;
    if (run.failed.has(key)) return -1;
    const end = step(run, at);
    if (end < 0) run.failed.add(key);
    return end;
  };
}

const GAP = new RegExp(GAP_WORD, 'y');

/** Where a word of a gap that starts at a place could end: at its end, then at each hyphen in it. None: no word there. */
function gapEnds(text: string, from: number): number[] {
  GAP.lastIndex = from;
  if (!GAP.test(text)) return [];
  const ends = [GAP.lastIndex];
  for (let i = GAP.lastIndex - 1; i > from; i--) if (text[i] === '-') ends.push(i);
  return ends;
}

const isDigit = (text: string, at: number): boolean => text.charCodeAt(at) > 47 && text.charCodeAt(at) < 58;
const isSpace = (c: string | undefined): boolean => c === ' ' || c === '-';

function stepsOf(nodes: readonly Node[], lead: Lead, then: Step, many: boolean): Step {
  const leads = leadsOf(nodes, lead);
  let next = then;
  for (let n = nodes.length - 1; n >= 0; n--) next = stepOf(nodes[n]!, leads[n]!, next, many);
  return next;
}

function stepOf(node: Node, lead: Lead, then: Step, many: boolean): Step {
  if (node.type === 'gap') {
    const next = once(then, many);
    return (run, at) => {
      let end = next(run, at);
      for (let words = 0, from = at; end < 0 && words < node.most && isSpace(run.text[from]) && (words === 0 || run.text[from] === ' '); words++) {
        const ends = gapEnds(run.text, from + 1);
        for (let e = 0; end < 0 && e < ends.length; e++) end = next(run, ends[e]!);
        if (ends.length === 0) break;
        from = ends[0]!;
      }
      return end;
    };
  }
  if (node.type === 'any') {
    const next = once(then, many);
    return (run, at) => {
      const from = lead === 'none' ? at : isSpace(run.text[at]) ? at + 1 : lead === 'loose' ? at : -1;
      const ends = from < 0 ? [] : gapEnds(run.text, from);
      let end = -1;
      for (let e = 0; end < 0 && e < ends.length; e++) end = next(run, ends[e]!);
      return end;
    };
  }
  if (node.type === 'choice') {
    const next = once(then, many);
    const trailing = node.optional && lead === 'none';
    const options = node.options.map((option) => stepsOf(option, lead, trailing ? (run, at) => (isSpace(run.text[at]) ? next(run, at + 1) : -1) : next, many));
    return (run, at) => {
      for (const option of options) {
        const end = option(run, at);
        if (end >= 0) return end;
      }
      return node.optional ? next(run, at) : -1;
    };
  }
  if (node.type === 'word') return wordStep(node, lead, then);
  const expression = leafOf(leafSource(node, lead));
  return (run, at) => {
    expression.lastIndex = at;
    return expression.test(run.text) ? then(run, expression.lastIndex) : -1;
  };
}

const leaves = new Map<string, RegExp>();

/** The expression of a number or a mark: there are few different ones. */
function leafOf(source: string): RegExp {
  let leaf = leaves.get(source);
  if (!leaf) leaves.set(source, leaf = new RegExp(source, 'y'));
  return leaf;
}

/** Which UTF-16 units are letters or digits, as `W` has them. */
const LETTERS = new Uint8Array(65_536);
for (const [, from, to] of W.matchAll(/(\\u[0-9a-f]{4}|[0-9A-Za-z])(?:-(\\u[0-9a-f]{4}|[0-9A-Za-z]))?/g)) {
  const unit = (said: string): number => (said.length > 1 ? parseInt(said.slice(2), 16) : said.charCodeAt(0));
  LETTERS.fill(1, unit(from!), unit(to ?? from!) + 1);
}

const APOSTROPHE = 39;

function wordStep({ text: word, open, exact }: Extract<Node, { readonly type: 'word' }>, lead: Lead, then: Step): Step {
  const length = word.length;
  const low: number[] = [];
  const up: number[] = [];
  for (let i = 0; i < length; i++) {
    const [small, capital] = [word[i]!.toLowerCase(), word[i]!.toUpperCase()];
    const cased = !exact && small.length === 1 && capital.length === 1;
    low.push(cased ? small.charCodeAt(0) : word.charCodeAt(i));
    up.push(cased ? capital.charCodeAt(0) : word.charCodeAt(i));
  }
  return (run, at) => {
    const { text } = run;
    let i = at;
    if (lead !== 'none') {
      const c = text.charCodeAt(i);
      if (c === 32 || c === 45) i++;
      else if (lead === 'space') return -1;
    }
    for (let n = 0; n < length; n++, i++) {
      const c = text.charCodeAt(i);
      if (c !== low[n] && c !== up[n]) return -1;
    }
    if (open) while (LETTERS[text.charCodeAt(i)] || text.charCodeAt(i) === APOSTROPHE) i++;
    else if (LETTERS[text.charCodeAt(i)]) return -1;
    return then(run, i);
  };
}

/** Ways that may be left to try without writing down which have failed. */
const FEW = 256;

/** Matches a phrase from a place on. The steps are made when it is first tried: most are not. */
function compile(nodes: readonly Node[]): Step {
  let made: Step | undefined;
  return (run, at) => (made ??= stepsOf(nodes, 'none', (_run, end) => end, nodes.reduce((ways, node) => ways * waysOf(node), 1) > FEW))(run, at);
}

/** The words by which a phrase can start, to look it up by: whole, or the first letters of an open one; `#` for a number. */
function startsOf(nodes: readonly Node[], whole: Set<string>, open: Set<string>): void {
  for (const node of nodes) {
    if (node.type === 'word') { (node.open ? open : whole).add(node.open ? keyOf(node.text) : wordOf(node.text)); return; }
    if (node.type === 'number' || node.type === 'percent') {
      whole.add('#');
      for (const word of `${NUMBER_WORDS}|${TENS}`.split('|')) whole.add(word);
      return;
    }
    if (node.type !== 'choice') return;
    for (const option of node.options) startsOf(option, whole, open);
    if (!node.optional) return;
  }
}

const RUN_OF_LETTERS = new RegExp(`^[${W}]+`);

/** A word up to where a phrase's word could end in it (`can` of `can't`), in small letters. */
const wordOf = (word: string): string => (isDigit(word, 0) ? '#' : (RUN_OF_LETTERS.exec(word)?.[0] ?? word).toLowerCase());

/** By what an open word is looked up: its first letters, in small letters. */
const keyOf = (word: string): string => wordOf(word).slice(0, 3);

/** A set of words as bits, by their first letters: what a text has not, no phrase that needs it is tried for. */
type Bits = readonly [number, number];

function addBit(bits: [number, number], key: string): void {
  if (key === '') return;
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash, 31) + key.charCodeAt(i) | 0;
  hash ^= hash >>> 11;
  bits[hash >>> 5 & 1]! |= 1 << (hash & 31);
}

/**
 * What a text must have for a phrase to be in it: all of `all`, and of each of the groups in `some` one word. Words in
 * parts that can be left out are not counted.
 */
function needsOf(nodes: readonly Node[]): { readonly all: Bits; readonly some: readonly Bits[] } {
  const all: [number, number] = [0, 0];
  const some: Bits[] = [];
  nodes.forEach((node, n) => {
    // A phrase is found by its first part: that it is there is known.
    if (node.type === 'word' && n > 0) addBit(all, /^[\p{L}\p{N}]/u.test(node.text) ? keyOf(node.text) : '');
    else if (node.type === 'choice' && !node.optional && n > 0) {
      const group: [number, number] = [0, 0];
      for (const [first] of node.options) {
        if (first!.type !== 'word' || !/^[\p{L}\p{N}]/u.test(first!.text)) return;
        addBit(group, keyOf(first!.text));
      }
      some.push(group);
    }
  });
  return { all, some };
}

export interface Hit<T> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
}

interface Entry<T> {
  readonly value: T;
  readonly match: Step;
  readonly order: number;
  readonly all: Bits;
  readonly some: readonly Bits[];
}

const NO_ENTRIES: readonly never[] = [];
const WORDS_KEPT = 20_000;

/** Many phrases, compiled once and looked up by each word of a text; of those, only what the text can have is tried. */
export class Matcher<T> {
  readonly #whole = new Map<string, Entry<T>[]>();
  readonly #open = new Map<string, Entry<T>[]>();
  /** What each word that was met leads to. */
  readonly #met = new Map<string, readonly Entry<T>[]>();

  /** @throws PhraseError where a pattern can not be read */
  constructor(entries: Iterable<{ readonly phrase: string; readonly value: T }>) {
    let order = 0;
    const add = (index: Map<string, Entry<T>[]>, key: string, entry: Entry<T>): void => {
      const bucket = index.get(key);
      if (bucket) bucket.push(entry);
      else index.set(key, [entry]);
    };
    for (const { phrase, value } of entries) {
      const nodes = parsePhrase(phrase);
      const entry: Entry<T> = { value, order: order++, match: compile(nodes), ...needsOf(nodes) };
      const whole = new Set<string>();
      const open = new Set<string>();
      startsOf(nodes, whole, open);
      for (const word of whole) add(this.#whole, word, entry);
      for (const key of open) add(this.#open, key, entry);
    }
  }

  /** The phrases that can start with a word, as entered. */
  #startingWith(word: string): readonly Entry<T>[] {
    let found = this.#met.get(word);
    if (!found) {
      const whole = this.#whole.get(word) ?? NO_ENTRIES;
      const open = this.#open.get(word.slice(0, 3)) ?? NO_ENTRIES;
      found = open.length === 0 ? whole : whole.length === 0 ? open : [...new Set([...whole, ...open])].sort((a, b) => a.order - b.order);
      if (this.#met.size > WORDS_KEPT) this.#met.clear();
      this.#met.set(word, found);
    }
    return found;
  }

  /** All hits in a normalised text (see `normalise`), by start, then as entered. Hits may overlap. */
  scan(text: string): Hit<T>[] {
    const hits: Hit<T>[] = [];
    const run: Run = { text, failed: new Set() };
    const words = wordsIn(text);
    const [low, high] = words.bits;
    for (let w = 0; w < words.starts.length; w++) {
      const bucket = this.#startingWith(words.words[w]!);
      if (bucket.length === 0) continue;
      const start = words.starts[w]!;
      // The decimals of a number are no number of their own.
      if (isDigit(text, start) && /[.,]/.test(text[start - 1] ?? '') && isDigit(text, start - 2)) continue;
      next: for (const { value, match, all, some } of bucket) {
        if ((all[0] & low) !== all[0] || (all[1] & high) !== all[1]) continue;
        for (const group of some) if ((group[0] & low) === 0 && (group[1] & high) === 0) continue next;
        const end = match(run, start);
        if (end > start) hits.push({ value, start, end });
      }
    }
    return hits;
  }
}

interface Words {
  readonly text: string;
  readonly starts: readonly number[];
  readonly words: readonly string[];
  readonly bits: Bits;
}

/** The words of the text that was scanned last: several matchers read it one after the other. */
let last: Words = { text: '', starts: [], words: [], bits: [0, 0] };

function wordsIn(text: string): Words {
  if (last.text === text) return last;
  const starts: number[] = [];
  const found: string[] = [];
  const bits: [number, number] = [0, 0];
  const words = /[\p{L}\p{N}][\p{L}\p{N}'&+]*/gu;
  for (let word = words.exec(text); word; word = words.exec(text)) {
    const key = wordOf(word[0]);
    starts.push(word.index);
    found.push(key);
    addBit(bits, key.slice(0, 3));
  }
  return last = { text, starts, words: found, bits };
}

/** Compiles one phrase to see whether it can be read. @throws PhraseError */
export const checkPhrase = (phrase: string): void => void parsePhrase(phrase);

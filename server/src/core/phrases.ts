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

import type { Said } from './kept';
import { APOSTROPHE, isDigit, keyOf, LETTER, LETTERS, meeting, needsOf, wordsOf, type Needs, type Words } from './words';

const NUMBER_WORDS = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|dozens|half|third|quarter|fifth|hundred|hundreds|thousand|thousands|thirds|quarters';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const inCase = (words: string): string => words.replace(/[a-z]/g, (c) => `[${c.toUpperCase()}${c}]`);
const NUMBER = `(?:\\d+(?:,\\d+)*(?:\\.\\d+)?|(?:(?:${inCase(TENS)})(?:[ -](?:${inCase(NUMBER_WORDS)}))?|${inCase(NUMBER_WORDS)})(?![${LETTER}]))`;
const PERCENT = `(?:${NUMBER}[ -]?(?:%|percent(?![${LETTER}])|per cent(?![${LETTER}])))`;
const SPACE = `(?: |-)`;
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

const inWord = (pattern: string, at: number): boolean => LETTERS[pattern.charCodeAt(at)] === 1 || "'’&+".includes(pattern[at]!);

const parsed = new Map<string, readonly Node[]>();
const MOST_PARSED = 10_000;

/** A phrase is checked where its pack is read, and compiled later: it is parsed once. */
function nodesOf(pattern: string): readonly Node[] {
  let nodes = parsed.get(pattern);
  if (!nodes) {
    nodes = parsePhrase(pattern);
    if (parsed.size > MOST_PARSED) parsed.clear();
    parsed.set(pattern, nodes);
  }
  return nodes;
}

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
      } else if (inWord(pattern, i)) {
        const from = i;
        while (i < pattern.length && inWord(pattern, i)) i++;
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
    } else return node.type === 'number' || node.type === 'percent' || node.type === 'word' && LETTERS[node.text.charCodeAt(0)] === 1;
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
    else if (first.type === 'word' && first.open) open.set(beginning(first.text), (open.get(beginning(first.text)) ?? 0) + ways);
    else {
      const word = first.text.toLowerCase().split(/['&+]/, 1)[0]!;
      closed.set(word, (closed.get(word) ?? 0) + ways);
    }
  }
  let most = Math.max(0, ...open.values());
  for (const [word, ways] of closed) most = Math.max(most, ways + (open.get(beginning(word)) ?? 0));
  return most + other + (node.optional ? 1 : 0);
}

/** One scan of a text: its words, and where which step is known to fail. */
interface Run {
  readonly text: string;
  readonly words: Words;
  /** Made when the first step fails that is looked at twice. */
  failed: Set<number> | undefined;
  /** Where words of gaps end, by where they start: as far as it was asked. */
  gaps: Map<number, readonly number[]> | undefined;
  /** For each place of the text the number of the word that starts there, counted from 1; made when it is asked for. */
  at: Uint32Array | undefined;
}

const NO_ENTRIES: readonly never[] = [];

/** Matches the rest of a phrase from a place on: where it ends, or -1. */
type Step = (run: Run, at: number) => number;

let steps = 0;

/** A step that many ways lead to: where it has failed it is not tried again. */
function once(step: Step, many: boolean): Step {
  if (!many) return step;
  const id = ++steps;
  return (run, at) => {
    const key = id * (run.text.length + 1) + at;
    if (run.failed?.has(key)) return -1;
    const end = step(run, at);
    if (end < 0) (run.failed ??= new Set()).add(key);
    return end;
  };
}

/** The longest part of a word of a gap, and the most parts that hyphens join. */
const LONGEST_PART = 40;
const MOST_PARTS = 5;

/** Ends a part of a gap's word: white space, what ends a clause, a hyphen. */
const ENDS_PART = new Uint8Array(65_536);
for (const c of ' .;:!?-\t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff') ENDS_PART[c.charCodeAt(0)] = 1;
const [HYPHEN, FULL_STOP, COLON] = [45, 46, 58];

/** Where a part that starts at a place ends: a decimal does not end it. */
function partEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < LONGEST_PART && !ENDS_PART[text.charCodeAt(end)]) end++;
  for (let n = 0; n < 2 && end > from; n++) {
    const c = text.charCodeAt(end);
    if (c !== FULL_STOP && c !== COLON || !isDigit(text, end + 1)) break;
    const decimals = end += 2;
    while (end < text.length && end - decimals < LONGEST_PART && !ENDS_PART[text.charCodeAt(end)]) end++;
  }
  return end;
}

/**
 * Where a word of a gap that starts at a place could end: at its end, then before each hyphen or mark in it. None: no
 * word there.
 */
function gapEnds(run: Run, from: number): readonly number[] {
  const { text } = run;
  const gaps = run.gaps ??= new Map<number, readonly number[]>();
  const known = gaps.get(from);
  if (known) return known;
  let end = partEnd(text, from);
  for (let n = 1; n < MOST_PARTS && end > from && text.charCodeAt(end) === HYPHEN; n++) {
    const next = partEnd(text, end + 1);
    if (next === end + 1) break;
    end = next;
  }
  if (end === from) {
    // A dash between spaces is passed over like a word.
    while (end < from + 3 && text.charCodeAt(end) === HYPHEN) end++;
    if (text[end] !== ' ') end = from;
  }
  const ends = end > from ? [end] : NO_ENTRIES;
  for (let i = end - 1; i > from; i--) if (MARKS.includes(text[i]!)) (ends as number[]).push(i);
  gaps.set(from, ends);
  return ends;
}

const MARKS = '-,%/.:$£€#@"=';

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
        const ends = gapEnds(run, from + 1);
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
      const ends = from < 0 ? NO_ENTRIES : gapEnds(run, from);
      let end = -1;
      for (let e = 0; end < 0 && e < ends.length; e++) end = next(run, ends[e]!);
      return end;
    };
  }
  if (node.type === 'choice') {
    const next = once(then, many);
    const trailing = node.optional && lead === 'none';
    const options = node.options.map((option) => stepsOf(option, lead, trailing ? (run, at) => (isSpace(run.text[at]) ? next(run, at + 1) : -1) : next, many));
    const starting = node.options.length > FEW_OPTIONS ? optionsBy(node.options, options) : undefined;
    return (run, at) => {
      for (const option of starting ? starting(wordAt(run, lead !== 'none' && isSpace(run.text[at]) ? at + 1 : at)) : options) {
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

/** Of more alternatives than this, those are looked up that can start with the word that stands there. */
const FEW_OPTIONS = 3;

function wordAt(run: Run, at: number): string {
  if (!run.at) {
    const starts = run.at = new Uint32Array(run.text.length + 2);
    run.words.starts.forEach((start, w) => { starts[start] = w + 1; });
  }
  return run.words.words[run.at[at]! - 1]?.key ?? '';
}

function optionsBy(nodes: readonly (readonly Node[])[], options: readonly Step[]): (word: string) => readonly Step[] {
  const firsts = nodes.map(([first]) => first!);
  const known = new Map<string, readonly Step[]>();
  return (word) => {
    let found = known.get(word);
    if (!found) {
      found = options.filter((_, n) => {
        const first = firsts[n]!;
        return first.type !== 'word' || !LETTERS[first.text.charCodeAt(0)] || (first.open ? word.startsWith(keyOf(first.text)) : word === keyOf(first.text));
      });
      if (known.size > 200) known.clear();
      known.set(word, found);
    }
    return found;
  };
}

const leaves = new Map<string, RegExp>();

/** The expression of a number or a mark: there are few different ones. */
function leafOf(source: string): RegExp {
  let leaf = leaves.get(source);
  if (!leaf) leaves.set(source, leaf = new RegExp(source, 'y'));
  return leaf;
}

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
    if (node.type === 'word') { (node.open ? open : whole).add((node.open ? beginning : keyOf)(node.text)); return; }
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

/** By what an open word is looked up: its first letters, in small letters. */
const beginning = (word: string): string => keyOf(word).slice(0, 3);

const ANY_NUMBER: readonly string[] = ['#', ...`${NUMBER_WORDS}|${TENS}`.split('|')];

/** The words of which a text must have one for a part of a phrase to be in it; none where that can not be told. */
function needOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'word': return LETTERS[node.text.charCodeAt(0)] ? [node.open ? `${keyOf(node.text)}*` : keyOf(node.text)] : [];
    case 'number':
    case 'percent': return ANY_NUMBER;
    case 'choice': {
      if (node.optional) return [];
      const firsts = node.options.map((option) => needOf(option.find((part) => needOf(part).length > 0) ?? option[0]!));
      return firsts.some((first) => first.length === 0) ? [] : firsts.flat();
    }
    default: return [];
  }
}

/** What a text must have for a phrase to be in it. Parts that can be left out are not counted, nor is the first: by that the phrase is found. */
const neededBy = (nodes: readonly Node[]): Needs => needsOf(nodes.slice(1).map(needOf).filter((words) => words.length > 0));

export interface Hit<T> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
}

interface Entry<T> {
  readonly value: T;
  readonly match: Step;
  readonly order: number;
  readonly needs: Needs;
}

/** What words lead to is kept for so many of them. */
const WORDS_MET = 20_000;

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
      const nodes = nodesOf(phrase);
      const entry: Entry<T> = { value, order: order++, match: compile(nodes), needs: neededBy(nodes) };
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
      if (this.#met.size > WORDS_MET) this.#met.clear();
      this.#met.set(word, found);
    }
    return found;
  }

  /** All hits in a normalised text (see `normalise`), by start, then as entered. Hits may overlap. */
  scan(said: string | Said): Hit<T>[] {
    const hits: Hit<T>[] = [];
    const text = typeof said === 'string' ? said : said.text;
    const words = wordsOf(said);
    const meets = meeting(words);
    const run: Run = { text, words, failed: undefined, gaps: undefined, at: undefined };
    for (let w = 0; w < words.words.length; w++) {
      const bucket = this.#startingWith(words.words[w]!.key);
      if (bucket.length === 0) continue;
      const start = words.starts[w]!;
      // The decimals of a number are no number of their own.
      if (isDigit(text, start) && /[.,]/.test(text[start - 1] ?? '') && isDigit(text, start - 2)) continue;
      for (const { value, match, needs } of bucket) {
        if (!meets(needs)) continue;
        const end = match(run, start);
        if (end > start) hits.push({ value, start, end });
      }
    }
    return hits;
  }
}

/** Compiles one phrase to see whether it can be read. @throws PhraseError */
export const checkPhrase = (phrase: string): void => void nodesOf(phrase);

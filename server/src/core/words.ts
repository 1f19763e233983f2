// The words of a text, found once for all that looks for words in it: phrases, and expressions that can match only where
// one of their words stands. What a text can not have by its words is not tried on it.
import { keeping, type Said } from './kept';

/**
 * Letters and digits, as far as articles have them, for an expression's character class. `\p{L}` with the flag `u` says
 * it exactly and takes ten times as long to compile and to run, which is felt at the first keystroke.
 */
export const LETTER = '0-9A-Za-z\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0300-\\u036f\\u0370-\\u1fff\\u2c00-\\u2dff\\u3040-\\ud7ff';

/** The same by UTF-16 unit: 1 for a letter or digit. */
export const LETTERS = new Uint8Array(65_536);
for (const [, from, to] of LETTER.matchAll(/(\\u[0-9a-f]{4}|[0-9A-Za-z])(?:-(\\u[0-9a-f]{4}|[0-9A-Za-z]))?/g)) {
  const unit = (said: string): number => (said.length > 1 ? parseInt(said.slice(2), 16) : said.charCodeAt(0));
  LETTERS.fill(1, unit(from!), unit(to ?? from!) + 1);
}

export const APOSTROPHE = 39;
const [AMPERSAND, PLUS] = [38, 43];

export const isDigit = (text: string, at: number): boolean => text.charCodeAt(at) > 47 && text.charCodeAt(at) < 58;

/** A word up to its first mark (`can` of `can't`), in small letters; `#` for what starts with a digit. */
export function keyOf(word: string): string {
  if (isDigit(word, 0)) return '#';
  let end = 0;
  while (end < word.length && LETTERS[word.charCodeAt(end)]) end++;
  return (end === 0 ? word : word.slice(0, end)).toLowerCase();
}

interface Word {
  readonly key: string;
  /** Its parts between marks, in small letters: `can`, `t`. */
  readonly parts: readonly string[];
  /** Numbers of the needs that it meets. */
  meets: readonly number[];
  /** So many needs were known when these were looked up. */
  known: number;
}

export interface Words {
  readonly words: readonly Word[];
  /** For each word where it starts. */
  readonly starts: readonly number[];
  /** Numbers of the needs that the words meet, and how many needs were known then. */
  meets: readonly number[];
  known: number;
}

const NONE: readonly number[] = [];

const WORDS_KEPT = 20_000;

/** What is known of words as they are written. */
const vocabulary = new Map<string, Word>();

/** The words of a text, in order; a word goes on at an apostrophe, `&` and `+`. */
export const wordsOf: (text: string | Said) => Words = keeping((text): Words => {
  const words: Word[] = [];
  const starts: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (!LETTERS[text.charCodeAt(i)]) continue;
    const start = i++;
    for (let c = text.charCodeAt(i); LETTERS[c] || c === APOSTROPHE || c === AMPERSAND || c === PLUS; c = text.charCodeAt(i)) i++;
    const written = text.slice(start, i);
    let word = vocabulary.get(written);
    if (!word) {
      const parts = written.toLowerCase().split(/['&+]+/);
      if (vocabulary.size > WORDS_KEPT) vocabulary.clear();
      vocabulary.set(written, word = { key: keyOf(written), parts, meets: [], known: 0 });
    }
    words.push(word);
    starts.push(start);
  }
  return { words, starts, meets: NONE, known: 0 };
});

/** Each word, and each beginning of one (`improv*`), that is needed anywhere, has a number. */
const numbers = new Map<string, number>();
/** For each number the last text that was marked as having such a word. */
let seen = new Uint32Array(8192);
let stamp = 0;
let marked: Words | undefined;

function numberOf(key: string): number {
  let number = numbers.get(key);
  if (number === undefined) {
    numbers.set(key, number = numbers.size);
    if (number === seen.length) {
      const more = new Uint32Array(2 * number);
      more.set(seen);
      seen = more;
    }
    marked = undefined;
  }
  return number;
}

const LONGEST_WORD = 40;

function meetsOf({ key, parts }: Word): number[] {
  const out = new Set<number>();
  const add = (name: string): void => {
    const number = numbers.get(name);
    if (number !== undefined) out.add(number);
  };
  add(key);
  for (const part of parts) {
    add(keyOf(part));
    for (let length = 1; length <= part.length && length <= LONGEST_WORD; length++) add(`${part.slice(0, length)}*`);
  }
  return [...out];
}

function mark(words: Words): void {
  if (marked === words) return;
  marked = words;
  stamp++;
  if (words.known !== numbers.size) {
    words.known = numbers.size;
    const all: number[] = [];
    for (const word of words.words) {
      if (word.known !== numbers.size) {
        word.meets = meetsOf(word);
        word.known = numbers.size;
      }
      for (const number of word.meets) {
        if (seen[number] !== stamp) all.push(number);
        seen[number] = stamp;
      }
    }
    words.meets = all;
  } else for (const number of words.meets) seen[number] = stamp;
}

/** What a text must have: of each of the lists one word. */
export type Needs = readonly (readonly number[])[];

/**
 * Of each list a text must have one word: whole (`risk`), by its beginning (`improv*`), or `#` for one that starts with
 * a digit. In small letters.
 */
export const needsOf = (lists: readonly (readonly string[])[]): Needs =>
  [...lists].sort((a, b) => a.length - b.length).map((list) => list.map((key) => numberOf(key.length > LONGEST_WORD ? `${key.slice(0, LONGEST_WORD)}*` : key)));

/** Tells of needs whether these words meet them. */
export function meeting(words: Words): (needs: Needs) => boolean {
  mark(words);
  return meets;
}

/** Of the words that were marked last. */
function meets(needs: Needs): boolean {
  for (const need of needs) {
    let n = 0;
    while (n < need.length && seen[need[n]!] !== stamp) n++;
    if (n === need.length) return false;
  }
  return true;
}

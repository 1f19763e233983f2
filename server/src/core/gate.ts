// Regular expressions that are only tried on texts that can match: what words a match needs is read from the
// expression. Most expressions are never tried on most sentences, and many not even compiled.
import type { Said } from './kept';
import { meeting, needsOf, wordsOf, type Needs } from './words';

/** Words that most sentences have: to need one of them says little. */
const COMMON = new Set('a an the of to in on for and or is are was were be been it that this with has have had can may do does you your we our i as at by from they their'.split(' '));

/** One of these words is needed. A word whose end is not seen yet ends in `~`; `improv*` is a beginning. */
type OneOf = readonly string[];

interface Part {
  readonly needs: readonly OneOf[];
  /** What follows starts at the beginning of a word. */
  readonly boundary: boolean;
}

type Atom =
  | { readonly type: 'letter'; readonly text: string }
  | { readonly type: 'space' }
  /** The start or end of a word, or of the text. */
  | { readonly type: 'edge' }
  /** Takes up no place. */
  | { readonly type: 'nothing' }
  /** `starts`: where a word can start. */
  | ({ readonly type: 'part'; readonly digit: boolean; readonly starts: boolean } & Part);

const cost = (words: OneOf): number => words.reduce((sum, word) => sum + (COMMON.has(word) ? 60 : word.length < 4 && word.endsWith('*') ? 20 : 1), 0);

const settled = (words: OneOf, whole: boolean): OneOf => words.map((word) => (word.endsWith('~') ? word.slice(0, -1) + (whole ? '' : '*') : word));

/** Reads an expression without judging it: what is not understood needs nothing. */
class Reader {
  #i = 0;

  constructor(readonly source: string) {}

  get #next(): string {
    return this.source[this.#i] ?? '';
  }

  #ahead(text: string): boolean {
    return this.source.startsWith(text, this.#i);
  }

  /** Alternatives up to the end or a closing bracket. */
  alternatives(boundary: boolean): Part {
    const all = [this.#sequence(boundary)];
    while (this.#next === '|') {
      this.#i++;
      all.push(this.#sequence(boundary));
    }
    const ends = all.every((part) => part.boundary);
    if (all.length === 1) return { needs: all[0]!.needs, boundary: ends };
    // Of each alternative the word that says most.
    const best = all.map(({ needs }) => [...needs].sort((a, b) => cost(a) - cost(b))[0]);
    return { needs: best.some((words) => !words) ? [] : [[...new Set(best.flatMap((words) => words!))]], boundary: ends };
  }

  #sequence(start: boolean): Part {
    const needs: OneOf[] = [];
    let boundary = start;
    /** The letters of the word that is being read. */
    let word = '';
    const end = (how: '' | '*' | '~'): void => {
      if (word.length > (how === '*' ? 1 : 0)) needs.push([word + how]);
      word = '';
    };
    /** Words of the group just read, whose ends what follows tells. */
    let open: OneOf | undefined;
    const settle = (whole: boolean): void => {
      if (open) needs.push(settled(open, whole));
      open = undefined;
    };
    while (this.#i < this.source.length && this.#next !== '|' && this.#next !== ')') {
      const atom = this.#atom(boundary && word === '');
      const { optional, repeated } = this.#quantifier();
      if (open) settle(!optional && (atom.type === 'space' || atom.type === 'edge'));
      if (atom.type === 'edge') {
        end('');
        boundary = true;
      } else if (atom.type === 'space') {
        end(optional ? '*' : '');
        boundary = !optional;
      } else if (atom.type === 'letter') {
        if (optional || repeated && word === '') {
          end('*');
          boundary = false;
        } else if (word !== '' || boundary) {
          word += atom.text;
          boundary = false;
          if (repeated) end('*');
        }
      } else if (atom.type === 'nothing') {
        if (word !== '') {
          end('*');
          boundary = false;
        }
      } else {
        end('*');
        if (!optional) {
          // The word that stands last may go on.
          open = atom.needs.find((words) => words.some((one) => one.endsWith('~')));
          for (const words of atom.needs) if (words !== open) needs.push(settled(words, false));
          if (atom.digit && atom.starts) needs.push(['#']);
        }
        // What may be missing leaves the start of a word where it was.
        boundary = atom.boundary && (!optional || atom.starts);
      }
    }
    if (open) needs.push(open);
    end('~');
    return { needs, boundary };
  }

  /** Whether what was read last may be missing, or may come more than once. */
  #quantifier(): { readonly optional: boolean; readonly repeated: boolean } {
    const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.source.slice(this.#i, this.#i + 12));
    if (!found) return { optional: false, repeated: false };
    this.#i += found[0].length;
    return { optional: /^[*?]/.test(found[0]) || found[1] === '0', repeated: /^[+{]/.test(found[0]) };
  }

  #atom(starts: boolean): Atom {
    const other = { type: 'part', digit: false, starts, needs: [], boundary: false } as const;
    const c = this.source[this.#i++]!;
    if (c === '(') return this.#group(starts);
    if (c === '[') return this.#set(starts);
    if (c === '\\') {
      const escaped = this.source[this.#i++] ?? '';
      if (escaped === 'b') return { type: 'edge' };
      if (escaped === 's') return { type: 'space' };
      if (escaped === 'd') return { ...other, digit: true };
      if (escaped === 'u') this.#i += 4;
      else if (escaped === 'x') this.#i += 2;
      else if (escaped === 'k' || escaped === 'p' || escaped === 'P') this.#i = Math.max(this.#i, this.source.indexOf(escaped === 'k' ? '>' : '}', this.#i) + 1);
      else if (!/\w/.test(escaped)) return { type: 'space' };
      return other;
    }
    if (c === '^') return { type: 'edge' };
    if (c === '$') return { type: 'nothing' };
    if (/[A-Za-z]/.test(c)) return { type: 'letter', text: c.toLowerCase() };
    if (c === '.' || /[\d_]/.test(c) || c > '\u007f') return other;
    return { type: 'space' };
  }

  #group(starts: boolean): Atom {
    const around = this.#ahead('?=') || this.#ahead('?!') || this.#ahead('?<=') || this.#ahead('?<!');
    if (this.#ahead('?')) {
      if (this.#ahead('?<') && !around) this.#i = this.source.indexOf('>', this.#i) + 1;
      else this.#i += this.#ahead('?<') ? 3 : 2;
    }
    const part = this.alternatives(starts && !around);
    this.#i++;
    return around ? { type: 'nothing' } : { type: 'part', digit: false, starts, ...part };
  }

  #set(starts: boolean): Atom {
    const from = this.#i;
    while (this.#i < this.source.length && this.#next !== ']') this.#i += this.#next === '\\' ? 2 : 1;
    const inside = this.source.slice(from, this.#i++);
    if (/^([a-z])\1$/i.test(inside)) return { type: 'letter', text: inside[0]!.toLowerCase() };
    if (/^(?:[ \-'",.:;!?]|\\s)+$/.test(inside)) return { type: 'space' };
    return { type: 'part', digit: /^\\d$|^\d-\d$/.test(inside), starts, needs: [], boundary: false };
  }
}

/** Words that a text must have for an expression to match in it: of each list one. */
export const wordsNeeded = (expression: RegExp): readonly (readonly string[])[] =>
  new Reader(expression.source).alternatives(false).needs.map((words) => settled(words, false)).filter((words) => cost(words) < 200);

export interface Gated {
  readonly expression: RegExp;
  /** Whether a text's words let the expression match in it. */
  readonly possible: (text: string | Said) => boolean;
  /** Whether it matches. */
  readonly test: (text: string | Said) => boolean;
  /** As `exec`, from the start. */
  readonly exec: (text: string | Said) => RegExpExecArray | null;
  /** As `matchAll`, of a global expression. */
  readonly all: (text: string | Said) => Iterable<RegExpExecArray>;
  /** How often it matches, where it is global. */
  readonly count: (text: string | Said) => number;
}

const textOf = (text: string | Said): string => (typeof text === 'string' ? text : text.text);

/** An expression that is tried only where it can match. */
export function gated(expression: RegExp): Gated {
  let needs: Needs | undefined;
  const possible = (text: string | Said): boolean => {
    // First: words are marked by the needs that are known.
    needs ??= needsOf(wordsNeeded(expression));
    return needs.length === 0 || meeting(wordsOf(text))(needs);
  };
  const exec = (text: string | Said): RegExpExecArray | null => {
    if (!possible(text)) return null;
    expression.lastIndex = 0;
    return expression.exec(textOf(text));
  };
  return {
    expression, possible, exec,
    test: (text) => exec(text) !== null,
    all: (text) => (possible(text) ? textOf(text).matchAll(expression) : []),
    count: (text) => (possible(text) ? textOf(text).match(expression)?.length ?? 0 : 0),
  };
}

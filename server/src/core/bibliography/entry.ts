import type { Span } from '../text';

export interface Author {
  readonly family: string;
  /** Given names or initials; '' where none are given. */
  readonly given: string;
}

/** One work of a bibliography, whatever format it was kept in. Texts are plain; what is not given is ''. */
export interface Entry {
  /** What documents cite it by; '' where the file gives none. */
  readonly key: string;
  /** As the format names it, in lower case: `article`, `article-journal`, `jour`. */
  readonly type: string;
  readonly title: string;
  readonly authors: readonly Author[];
  /** There are more authors than the entry names: `and others`. */
  readonly more: boolean;
  readonly journal: string;
  readonly year: number | undefined;
  readonly volume: string;
  readonly issue: string;
  readonly pages: string;
  readonly doi: string;
  readonly pmid: string;
  readonly url: string;
  readonly abstract: string;
  readonly keywords: string;
  /** Marked as withdrawn: `retracted: true`, or so said in its keywords, note or title. */
  readonly retracted: boolean;
  /** The whole entry in its file. */
  readonly span: Span;
  /** Its key in its file; where it has none, where the key would stand. */
  readonly keySpan: Span;
}

export interface Problem {
  readonly message: string;
  readonly span: Span;
}

/** What could be read of a bibliography. Never empty-handed for one bad entry: the others are there. */
export interface Read {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

const RETRACTED = /\bretract(?:ed|ion)\b|\bwithdrawn (?:article|publication|by)\b/i;

/** True where an entry's own words say that the work was withdrawn. A notice's title says so at its start only. */
export const saysRetracted = (mark: string, keywords: string, note: string, title: string): boolean =>
  /^(?:true|yes|1)$/i.test(mark.trim()) || RETRACTED.test(keywords) || RETRACTED.test(note) || /^\W*(?:retracted(?: article)?\b|withdrawn:)/i.test(title);

/** A DOI without the address or label around it. */
export const bareDoi = (value: string): string => value.trim().replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi: ?)/i, '');

export const yearIn = (value: string): number | undefined => {
  const year = /(?<!\d)(?:1[89]|20)\d\d(?!\d)/.exec(value)?.[0];
  return year === undefined ? undefined : Number(year);
};

/** `Zarate, Carlos A.` or `Carlos A. Zarate` as an author; a lower-case particle goes with the family name. */
export function authorOf(name: string): Author {
  const comma = name.indexOf(',');
  if (comma >= 0) {
    const parts = name.split(',').map((part) => part.trim());
    return { family: parts[0]!, given: parts.at(-1)! };
  }
  const words = name.trim().split(/\s+/);
  if (words.length < 2) return { family: words[0] ?? '', given: '' };
  // `Zarate CA`: initials behind the name.
  if (words.length === 2 && /^\p{Lu}{1,3}$/u.test(words[1]!)) return { family: words[0]!, given: words[1]! };
  let from = words.length - 1;
  while (from > 1 && /^\p{Ll}/u.test(words[from - 1]!)) from--;
  return { family: words.slice(from).join(' '), given: words.slice(0, from).join(' ') };
}

import type { Span } from '../text';

export type FormatId = 'markdown' | 'mdx' | 'html' | 'text' | 'latex' | 'asciidoc' | 'restructuredtext';

/**
 * Stands in `Parsed.prose` where the source has something that contributes nothing to the prose: markup, the tail of
 * an entity, a citation mark. Readers drop it, so `word<b>part</b>` reads as one word.
 */
export const FILL = '\u0000';

/** What formats write one or a few characters for: entities, escapes and commands of LaTeX, dashes, quotation marks. */
const STANDS_FOR = /&#?\w{1,32};|\\(?:[a-zA-Z]{1,32}(?:\{\})?|[^a-zA-Z\s](?:\{\\?[a-zA-Z]\}|\\?[a-zA-Z])?)|-{2,3}|`{2}|'{2}|\{[\w-]{1,32}\}|<\/?q\b[^<>]{0,64}>/y;

/**
 * Where in the source ends what the prose has at an offset. Mostly that is one unit; but of `&eacute;`, which reads as
 * `é` and FILL, it is behind the semicolon, so that a fix does not cut it in two. Markup behind it is left out.
 */
export function sourceEnd(text: string, prose: string, at: number): number {
  if (prose[at + 1] !== FILL) return at + 1;
  for (let start = at; start >= 0 && start > at - 8 && (start === at || prose[start] !== FILL); start--) {
    STANDS_FOR.lastIndex = start;
    if (!STANDS_FOR.test(text) || STANDS_FOR.lastIndex <= at + 1) continue;
    let end = at + 1;
    while (end < STANDS_FOR.lastIndex && prose[end] === FILL) end++;
    return text[start - 1] === '{' && text[end] === '}' && prose[end] === FILL ? end + 1 : end;
  }
  return at + 1;
}

export type BlockKind =
  | 'title' // title, description, summary, excerpt of the front matter, <title>
  | 'heading'
  | 'paragraph'
  | 'item' // the text of one list item, without the items nested in it
  | 'cell' // one table cell
  | 'caption' // of a table or figure
  | 'note' // the body of a footnote definition
  | 'reference' // an entry of a reference list
  | 'aside'; // navigation, buttons, form labels: text that is not running prose

/** One run of prose: what a sentence can not reach across. Spans of blocks are in order and do not overlap. */
export interface Block {
  readonly kind: BlockKind;
  /** From the first to behind the last character of its text, markers such as `- `, `## `, `|` left out. */
  readonly span: Span;
  /** 1–6 of a heading (7 for the question of a component); depth of a list item, from 1; else 0. */
  readonly level: number;
  /** In a block quote, a quote component or a quote environment. */
  readonly quoted: boolean;
  /** The number of the list or table it belongs to, counted through the document; -1 outside. */
  readonly group: number;
  /** Of a cell: its row and column, from 0, and whether it heads its column. -1 and false elsewhere. */
  readonly row: number;
  readonly column: number;
  readonly header: boolean;
  /** Of a note or reference: what it is cited by (`1`, `zarate2006`); else ''. */
  readonly label: string;
  /** The nearest role of a container: `abstract`, `summary`, `code-of-…`; '' where none is known. */
  readonly role: string;
}

/** A citation mark that the format's own syntax makes; the same span is FILL in `prose`. */
export interface Mark {
  readonly span: Span;
  readonly form: 'footnote' | 'superscript' | 'key' | 'cross-reference';
  /** What it points to: `['1']`, `['zarate2006', 'murrough2013']`; empty for an empty `\cite{}`. */
  readonly keys: readonly string[];
}

export interface Link {
  /** The link's visible text in the source; of an autolink the address itself. */
  readonly span: Span;
  readonly target: string;
  readonly targetSpan: Span;
  readonly image: boolean;
}

export interface Comment {
  /** The whole comment with its markers. */
  readonly span: Span;
  /** What stands between the markers, untrimmed. */
  readonly body: string;
}

export interface FrontMatter {
  readonly span: Span;
  readonly language: 'yaml' | 'toml' | 'json';
  /** The text between the fences and where it starts. Read as data where a reader needs it, never by a format. */
  readonly body: Span;
}

/** What a format makes of a text. */
export interface Parsed {
  /** As long as the text: prose as it reads (entities decoded into their first unit), FILL for markup, line breaks kept. */
  readonly prose: string;
  readonly blocks: readonly Block[];
  readonly marks: readonly Mark[];
  readonly links: readonly Link[];
  readonly comments: readonly Comment[];
  readonly frontMatter: FrontMatter | undefined;
  /** Names of bibliographies that the body of the document itself names (`\bibliography{refs}`), with their places. */
  readonly bibliographies: readonly { readonly name: string; readonly span: Span }[];
  /** Where the format has kept what it read of parts of the text: in order, all blocks. What is made of a run can be kept by its key. */
  readonly runs?: readonly Run[] | undefined;
}

/** Blocks that read as they did before, but for their place: the same key, the same prose in the same blocks. */
export interface Run {
  /** The same for the same run; what is found out about it can be kept in its facts. */
  readonly key: { readonly facts: unknown[] };
  /** Blocks from one to before the other. */
  readonly from: number;
  readonly to: number;
}

/** How a fix writes into a document of this format. Texts are plain prose; each function escapes what it must. */
export interface Writer {
  /** A comment with this body, for a suppression. */
  comment(body: string): string;
  inline(text: string): string;
  heading(text: string, level: number): string;
  paragraph(text: string): string;
  /** One list, an item a text. */
  list(items: readonly string[]): string;
  /** A mark in the text and the definition that it points to; undefined where the format has no footnotes. */
  footnote(label: string, text: string): { readonly mark: string; readonly definition: string } | undefined;
}

/**
 * One document language. `parse` never throws: half-typed text is the normal case, and what it can not read it takes
 * as prose or leaves out.
 */
export interface Format {
  readonly id: FormatId;
  /** With the dot, in lower case. */
  readonly extensions: readonly string[];
  /** VS Code's names of the language. */
  readonly languages: readonly string[];
  parse(text: string): Parsed;
  readonly write: Writer;
}

/** A block with every field that is not named at its neutral value. */
export const block = (kind: BlockKind, at: Span, rest: Partial<Omit<Block, 'kind' | 'span'>> = {}): Block => ({
  kind, span: at, level: 0, quoted: false, group: -1, row: -1, column: -1, header: false, label: '', role: '', ...rest,
});

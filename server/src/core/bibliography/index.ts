import { readBibtex } from './bibtex';
import { looksLikeCsl, readCsl } from './csl';
import type { Read } from './entry';
import { readRis } from './ris';

export type { Author, Entry, Problem } from './entry';

/** A bibliography of the workspace: where the host found it, and what it holds. */
export interface Bibliography extends Read {
  /** The host's name of the file: its path or address. */
  readonly file: string;
  /** What it was read from: places in it are offsets into this. */
  readonly text: string;
}

/** Endings of the files that may hold a bibliography, with the dot. */
export const BIBLIOGRAPHY_EXTENSIONS: readonly string[] = ['.bib', '.bibtex', '.ris', '.json'];

/** What a file name's ending says is read as. JSON is a bibliography only where it looks like one. */
export function readBibliography(file: string, text: string): Bibliography | undefined {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase();
  switch (ending) {
    case 'bib': case 'bibtex': return { file, text, ...readBibtex(text) };
    case 'ris': return { file, text, ...readRis(text) };
    case 'json': return looksLikeCsl(text) ? { file, text, ...readCsl(text) } : undefined;
    default: return undefined;
  }
}

import type { Document } from './document';
import type { Span } from './text';

export type CitationForm =
  | 'number' // [1], [2,5–7], ¹, <sup>1</sup>
  | 'footnote' // [^1], an asterisk or dagger with its note
  | 'key' // [@zarate2006], \cite{zarate2006}, {cite:p}`zarate2006`
  | 'author-year' // (Zarate et al., 2006), Zarate and colleagues, 2006
  | 'identifier' // DOI, PMID, PMCID, NCT number
  | 'link' // an external link
  | 'timestamp' // a timestamped source link
  | 'needed'; // [citation needed]: a marked debt, not a citation

export interface Citation {
  readonly span: Span;
  readonly form: CitationForm;
  /** Numbers, keys, identifiers or the link's target; of an author–year the first author and the year. */
  readonly keys: readonly string[];
  /** The unit it belongs to: the one it stands in, or whose stop it follows; -1 in a reference or note of its own. */
  readonly unit: number;
}

/** All citations of a document, in order. A mark behind a sentence's stop belongs to that sentence. */
export function findCitations(_document: Omit<Document, 'citations'>): Citation[] {
  return [];
}

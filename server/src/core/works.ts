import type { Bibliography, Entry } from './bibliography/index';
import type { Document } from './document';
import type { Reference } from './pack';
import type { Plan } from './plan';

/** A published work that a document may cite: an entry of a bibliography, a reference of a pack, or both at once. */
export interface Work {
  /** The key in the bibliography; '' where only a pack has it. */
  readonly key: string;
  /** The id in the pack; '' where only a bibliography has it. */
  readonly id: string;
  /** The first author's family name, or the body; '' where none is given. */
  readonly author: string;
  /** The second of two authors; '' where there are one or more than two. */
  readonly second: string;
  readonly many: boolean;
  /** All authors, as a reference list has them: `Zarate CA Jr, Singh JB, et al.` */
  readonly authors: string;
  readonly title: string;
  readonly journal: string;
  readonly year: number | undefined;
  /** `63(8):856-864` */
  readonly volumePages: string;
  readonly doi: string;
  readonly pmid: string;
  readonly url: string;
  readonly retracted: boolean;
  /** The reference of the pack, with what it found. */
  readonly reference: Reference | undefined;
  /** The entry of the bibliography. */
  readonly entry: Entry | undefined;
  readonly file: string;
}

const initials = (given: string): string => (/^\p{Lu}{1,4}$/u.test(given) ? given : given.split(/[\s.-]+/).filter(Boolean).map((part) => part[0]!).join(''));

const SHOWN_AUTHORS = 3;

function ofEntry(entry: Entry, { file }: Bibliography): Work {
  const { authors, more, journal, year, volume, issue, pages } = entry;
  const shown = authors.slice(0, authors.length > SHOWN_AUTHORS + 1 ? SHOWN_AUTHORS : SHOWN_AUTHORS + 1).map(({ family, given }) => [family, initials(given)].filter(Boolean).join(' '));
  return {
    key: entry.key, id: '', author: authors[0]?.family ?? '', second: authors.length === 2 && !more ? authors[1]!.family : '', many: authors.length > 2 || more,
    authors: [...shown, ...shown.length < authors.length || more ? ['et al.'] : []].join(', '),
    title: entry.title, journal, year, volumePages: `${volume}${issue && `(${issue})`}${pages && `:${pages}`}`,
    doi: entry.doi, pmid: entry.pmid, url: entry.url, retracted: entry.retracted, reference: undefined, entry, file,
  };
}

/** `Zarate CA Jr` without its initials. */
export const familyOf = (author: string): string => author.replace(/ (?:Jr|Sr|II|III)\b\.?/, '').replace(/(?: \p{Lu}{1,4}\.?)+$/u, '').trim();

function ofReference(reference: Reference): Work {
  const names = reference.authors.split(/, /).filter(Boolean);
  const others = /^et al\.?$/.test(names.at(-1) ?? '');
  return {
    key: '', id: reference.id, author: familyOf(names[0] ?? ''), second: names.length === 2 && !others ? familyOf(names[1]!) : '', many: others || names.length > 2,
    authors: reference.authors, title: reference.title, journal: reference.journal, year: reference.year, volumePages: reference.volumePages,
    doi: reference.doi, pmid: reference.pmid, url: reference.url, retracted: reference.retracted, reference, entry: undefined, file: '',
  };
}

/** Letters and digits in lower case, accents dropped: for comparing names and titles. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** True where two works are one: by DOI or PMID, else by title. */
function same(a: Work, b: Work): boolean {
  if (a.doi && b.doi) return a.doi.toLowerCase() === b.doi.toLowerCase();
  if (a.pmid && b.pmid) return a.pmid === b.pmid;
  return a.title.length > 20 && folded(a.title) === folded(b.title);
}

const known = new WeakMap<Plan, readonly Work[]>();

/** All works that a document under this plan can cite: those of its bibliographies, then those that only the packs have. */
export function worksOf(plan: Plan): readonly Work[] {
  let works = known.get(plan);
  if (!works) {
    const references = plan.packs.flatMap((pack) => pack.references).map(ofReference);
    const byDoi = new Map(references.filter(({ doi }) => doi).map((work) => [work.doi.toLowerCase(), work]));
    const byPmid = new Map(references.filter(({ pmid }) => pmid).map((work) => [work.pmid, work]));
    const byTitle = new Map(references.map((work) => [folded(work.title), work]));
    const used = new Set<Work>();
    const listed = plan.library.flatMap((bibliography) => bibliography.entries.map((entry): Work => {
      const work = ofEntry(entry, bibliography);
      const twin = byDoi.get(work.doi.toLowerCase()) ?? byPmid.get(work.pmid) ?? byTitle.get(folded(work.title));
      if (!twin || !same(work, twin)) return work;
      used.add(twin);
      return { ...work, id: twin.id, reference: twin.reference, retracted: work.retracted || twin.retracted, doi: work.doi || twin.doi, pmid: work.pmid || twin.pmid, url: work.url || twin.url };
    }));
    works = [...listed, ...references.filter((work) => !used.has(work))];
    known.set(plan, works);
  }
  return works;
}

/** `Zarate et al.`, `Morgan and Curran`, `Cohen`; the title where no author is given. */
export const authorsShort = ({ author, second, many, title }: Work): string =>
  (author === '' ? title.split(/[:.(]/)[0]!.trim() : many ? `${author} et al.` : second ? `${author} and ${second}` : author);

/** `Zarate et al. 2006` */
export const shortName = (work: Work): string => [authorsShort(work), work.year].filter(Boolean).join(' ');

/** Where a reader finds the work: `doi:10.1/x`, `PMID 1`, an address; '' where none is known. */
export const locator = ({ doi, pmid, url }: Work): string => (doi ? `doi:${doi}` : pmid ? `PMID: ${pmid}` : url);

/** The address of the work; '' where none is known. */
export const addressOf = ({ doi, pmid, url }: Work): string => url || (doi ? `https://doi.org/${doi}` : pmid ? `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` : '');

const stopped = (text: string): string => (text === '' || /[.?!]$/.test(text) ? text : `${text}.`);

/** The work as an entry of a reference list, as plain text. */
export function referenceText(work: Work): string {
  const { authors, title, journal, year, volumePages } = work;
  const where = [stopped(journal), [year, volumePages].filter(Boolean).join(';')].filter(Boolean).join(' ');
  return [stopped(authors), stopped(title), stopped(where), locator(work)].filter(Boolean).join(' ');
}

/** The work of a citation key; the first where bibliographies have it twice. */
export const workOfKey = (key: string, plan: Plan): Work | undefined => worksOf(plan).find((work) => work.entry && work.key === key);

/** True where a reference, as plain text, is this work: by an identifier, else by title, else by author, year and place. */
export function isReferenceTo(text: string, work: Work): boolean {
  if (work.doi && text.toLowerCase().includes(work.doi.toLowerCase())) return true;
  if (work.pmid && new RegExp(String.raw`\bPMID:? ?${work.pmid}\b`).test(text)) return true;
  const words = folded(text);
  if (work.title.length > 30 && words.includes(folded(work.title))) return true;
  // A list may leave the title out: `Zarate CA, et al. (2006). Arch Gen Psychiatry 63 (8): 856–864.`
  const [volume, page] = [/^\d+/.exec(work.volumePages)?.[0], /:\D{0,2}(\d+)/.exec(work.volumePages)?.[1]];
  return work.author !== '' && work.year !== undefined && volume !== undefined && page !== undefined && page !== volume
    && words.startsWith(folded(work.author)) && ` ${words} `.includes(` ${work.year} `) && ` ${words} `.includes(` ${volume} `) && ` ${words} `.includes(` ${page} `);
}

const REFERENCE = /\bdoi: ?10\.|doi\.org\/10\.|\bPMID:? ?\d|\bet al\.|\b(?:19|20)\d\d; ?\d/i;

/** True for a note that gives a work rather than words of the author's own: its title is not the author's claim. */
export const isReferenceNote = (document: Pick<Document, 'blocks' | 'texts'>, b: number): boolean =>
  document.blocks[b]!.kind === 'note' && REFERENCE.test(document.texts[b]!.text);

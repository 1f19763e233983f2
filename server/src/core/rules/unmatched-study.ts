import { citeEdits, debtEdits, NEEDED } from '../cite';
import { sourceSpan, unitsWhere, type Document, type Unit } from '../document';
import type { Fix } from '../finding';
import { keeping, perDocument, type Said } from '../kept';
import type { Journal, Pack, Reference } from '../pack';
import { overlaps, type Edit } from '../text';
import { referenceText, worksOf } from '../works';
import type { Report, Rule, RuleContext } from './rule';

/** A study as a text names it. */
interface Named {
  readonly start: number;
  readonly end: number;
  readonly year: number;
  /** The first author's surname; '' where a journal is named instead. */
  readonly author: string;
  readonly journal: string;
}

// ------------------------------------------------------------------------------------------------------- journals

interface Titles {
  /** Names of the packs' journals as they are written, longest first, each with what is one journal with it. */
  readonly known: readonly { readonly name: string; readonly journal: Journal }[];
  /** What each is called in full, both as `plain` has them. */
  readonly full: ReadonlyMap<string, string>;
  /** References by the first author's name as `plain` has it. */
  readonly byAuthor: ReadonlyMap<string, readonly Reference[]>;
}

const titles = new WeakMap<readonly Pack[], Titles>();

function titlesOf(packs: readonly Pack[]): Titles {
  let found = titles.get(packs);
  if (!found) {
    const known = packs.flatMap((pack) => pack.journals).flatMap((journal) => [journal.name, ...journal.abbreviations].map((name) => ({ name: name.replace(/^The /, ''), journal })));
    known.sort((a, b) => b.name.length - a.name.length);
    const full = new Map<string, string>();
    for (const { name, journal } of known) if (!full.has(plain(name))) full.set(plain(name), plain(journal.name));
    const byAuthor = new Map<string, Reference[]>();
    for (const reference of packs.flatMap((pack) => pack.references)) byAuthor.set(plain(surname(reference.authors)), [...byAuthor.get(plain(surname(reference.authors))) ?? [], reference]);
    titles.set(packs, found = { known, full, byAuthor });
  }
  return found;
}

/** A journal that no pack knows, by the words that journals are called by. */
const JOURNAL = /\b(?:[A-Z][\w&]*(?: (?:of|and|in|for|the|&))* ){0,5}(?:Journal|Annals|Archives|Lancet|JAMA|NEJM|Frontiers|PLOS|PLoS|Proceedings|Bulletin|Psychiatry|Medicine|Neurology|Neuroscience|Psychopharmacology|Neuropsychopharmacology|Pharmacology|Therapeutics|Anesthesiology|Anaesthesia|Reports)\b(?: (?:(?:of|and|in|for|the|&) )*[A-Z][\w&]*){0,6}/g;
const PLACE = /\b(?:Department|School|University|Institute|College|Clinic|Center|Centre|Hospital|Society|Association|Academy|Board|Professor|Faculty|Division|Chair)\b/;

interface Spot { readonly start: number; readonly end: number; readonly name: string }

function journalsIn(text: string, packs: readonly Pack[]): Spot[] {
  const out: Spot[] = [];
  const add = (start: number, end: number, name: string): void => {
    if (!out.some((spot) => overlaps(spot, { start, end }))) out.push({ start, end, name });
  };
  for (const { name } of titlesOf(packs).known) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      if (/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') || /[\p{L}\p{N}]/u.test(text[at + name.length] ?? ' ')) continue;
      // A title that is also an ordinary word counts where it is said to be one.
      if (/^[A-Z][a-z]+$/.test(name) && !/\b(?:in|by|journal|in the|in the journal|from),? $/i.test(text.slice(0, at))) continue;
      add(at, at + name.length, name);
    }
  }
  for (const m of text.matchAll(JOURNAL)) {
    if (PLACE.test(m[0]) || PLACE.test(text.slice(Math.max(0, m.index - 16), m.index))) continue;
    if (/\b(?:in|by|journal|in the|in the journal|from),? $|[,(] ?$/i.test(text.slice(0, m.index))) add(m.index, m.index + m[0].length, m[0]);
  }
  return out;
}

/** One journal under two names counts as one here; whether the year fits the name is another rule's question. */
const plain = keeping((name) => name.toLowerCase().replace(/^the /, '').replace(/[^a-z]+/g, ' ').trim());

function sameJournal(a: string, b: string, packs: readonly Pack[]): boolean {
  const full = (name: string): string => titlesOf(packs).full.get(plain(name)) ?? plain(name);
  return full(a) === full(b);
}

// -------------------------------------------------------------------------------------------------------- studies

const STUDY = /\b(?:study|studies|trial|trials|paper|papers|research|analysis|meta-analysis|review|report|survey|statement|article|experiment|findings|published|publication|guideline)\b/i;
const YEAR = /\b(?:19[5-9]\d|20[0-4]\d)\b/g;
/** `Zarate et al., 2006`, `Zarate and colleagues (2006)`, `Dwyer JB et al., American Journal of Psychiatry, 2021`. */
const AUTHORS = /\b(\p{Lu}[\p{L}'-]{2,}(?: (?:van|von|de|der) \p{Lu}[\p{L}'-]+)?)(?: \p{Lu}{1,3})?,? (?:et al\.?|and (?:colleagues|co-?workers|others|coauthors|co-authors|associates))[^;!?]{0,90}?\b(19[5-9]\d|20[0-4]\d)\b/gu;
/** `(Smith, 2019)`, `(Smith & Jones, 2019)`. */
const BRACKETED = /\((?:see |e\.g\.,? |cf\. )?(\p{Lu}[\p{L}'-]{2,})(?: \p{Lu}{1,3})?(?:(?:,| and| &) \p{Lu}[\p{L}'-]+)?,? (19[5-9]\d|20[0-4]\d)[a-c]?[),;]/gu;
const NO_AUTHOR = /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Fall|Winter|Since|Until|From|FDA|DEA|NICE|EMA|MHRA|Spravato|Updated|Approved|Copyright|Version|Reviewed)$/i;

const namers = new WeakMap<readonly Pack[], (text: string | Said) => readonly Named[]>();

function namedIn({ said }: Unit, packs: readonly Pack[]): readonly Named[] {
  let namer = namers.get(packs);
  if (!namer) namers.set(packs, namer = keeping((text) => namedAfresh(text, packs)));
  return namer(said);
}

const finders = new WeakMap<readonly Pack[], (document: Document) => readonly Unit[]>();

/** Units that name a study. */
function namingIn(packs: readonly Pack[]): (document: Document) => readonly Unit[] {
  let finder = finders.get(packs);
  if (!finder) finders.set(packs, finder = unitsWhere((unit) => namedIn(unit, packs).length > 0));
  return finder;
}

function namedAfresh(text: string, packs: readonly Pack[]): Named[] {
  const out: Named[] = [];
  const add = (named: Named): void => {
    if (!out.some((other) => overlaps(other, named))) out.push(named);
  };
  for (const pattern of [AUTHORS, BRACKETED]) {
    for (const m of text.matchAll(pattern)) {
      if (NO_AUTHOR.test(m[1]!)) continue;
      const open = m[0].startsWith('(') ? 1 : 0;
      add({ start: m.index + open, end: m.index + m[0].length - (open && /[),;]$/.test(m[0]) ? 1 : 0), year: Number(m[2]), author: m[1]!, journal: '' });
    }
  }
  if (!STUDY.test(text)) return out;
  const years = [...text.matchAll(YEAR)];
  if (years.length === 0) return out;
  for (const spot of journalsIn(text, packs)) {
    const near = years.map((m) => ({ year: Number(m[0]), start: m.index, end: m.index + m[0].length, gap: Math.max(m.index - spot.end, spot.start - m.index - m[0].length) }))
      .filter(({ gap }) => gap >= 0 && gap < 90).sort((a, b) => a.gap - b.gap)[0];
    if (near) add({ start: Math.min(near.start, spot.start), end: Math.max(near.end, spot.end), year: near.year, author: '', journal: spot.name });
  }
  return out;
}

// ---------------------------------------------------------------------------------------------------------- match

const surname = (authors: string): string => /^(.+?)(?: \p{Lu}{1,3}\b|,|$)/u.exec(authors)?.[1] ?? '';

/** What kind of publication a sentence speaks of, as types of reference; none: any. */
const KINDS: readonly (readonly [RegExp, ReadonlySet<string>])[] = [
  [/\b(?:consensus|statement|guidelines?|guidance|recommendations?)\b/i, new Set(['guideline', 'regulatory-notice', 'label', 'review'])],
  [/\b(?:meta-analys[ie]s|systematic review|pooled)\b/i, new Set(['meta-analysis', 'review'])],
  [/\breviews?\b/i, new Set(['review', 'meta-analysis', 'guideline'])],
  [/\b(?:mice|rats?|animals?|rodents?)\b/i, new Set(['preclinical'])],
  [/\b(?:stud(?:y|ies)|trials?|found|infusions?|patients|participants)\b/i, new Set(['rct', 'observational', 'meta-analysis', 'preclinical'])],
];
const kindFits = (text: string, type: string): boolean => KINDS.find(([words]) => words.test(text))?.[1].has(type) ?? true;

/** A reference has a subject in common with a sentence that names any; a sentence that names none is taken to fit. */
function subjectFits(conditions: ReadonlySet<string>, reference: Reference): boolean {
  if (conditions.size === 0) return true;
  const mood = (id: string): boolean => id === 'TRD' || id === 'MDD';
  return reference.indication.some((id) => conditions.has(id) || (mood(id) && [...conditions].some(mood)));
}

/** The references that the document itself lists, as text. */
const listed = (document: Document): string[] => document.blocks.flatMap((block, b) => (block.kind === 'reference' || block.kind === 'note' ? [document.texts[b]!.text] : []));

const mentions = (text: string, words: string): boolean => plain(text).includes(plain(words));

function inList(named: Named, list: readonly string[], packs: readonly Pack[]): boolean {
  return list.some((entry) => entry.includes(String(named.year)) && (named.author !== ''
    ? mentions(entry, named.author)
    : titlesOf(packs).known.some(({ name }) => entry.includes(name) && sameJournal(name, named.journal, packs)) || mentions(entry, named.journal)));
}

/** The reference most likely meant: the same author or journal, the subject and kind that fit best, the nearest year. */
function nearest(named: Named, text: string, conditions: ReadonlySet<string>, packs: readonly Pack[]): Reference | undefined {
  const rank = (reference: Reference): number => Math.abs(reference.year - named.year) + (subjectFits(conditions, reference) ? 0 : 8)
    + (kindFits(text, reference.type) ? 0 : 4) + (reference.tier === 'core' ? 0 : 1);
  const fitting = named.author !== '' ? titlesOf(packs).byAuthor.get(plain(named.author)) ?? []
    : packs.flatMap((pack) => pack.references).filter((reference) => sameJournal(reference.journal, named.journal, packs));
  return fitting.filter(({ retracted }) => !retracted).map((reference) => ({ reference, rank: rank(reference) }))
    .filter((found) => found.rank < 14).sort((a, b) => a.rank - b.rank)[0]?.reference;
}

const short = ({ authors, year, journal }: Reference): string => `${surname(authors)} ${authors.includes(',') ? 'et al. ' : ''}${year}${journal ? ` (${journal})` : ''}`;

/** Units with another citation, so that the study can be followed up, or whose lack of one is marked and reported as such. */
const citedUnits = perDocument(({ document, analysis }: RuleContext) => {
  const follows = (index: number): boolean => {
    const form = document.citations[index]?.form;
    return form !== undefined && form !== 'author-year';
  };
  const units = new Set<number>();
  document.citations.forEach((citation, i) => { if (citation.form === 'needed' || follows(i)) units.add(citation.unit); });
  for (const claim of analysis.claims) if (claim.citations.some(follows)) units.add(claim.unit);
  return units;
});

/** A study named by year and journal or author that no list of references has. */
export const unmatchedStudy: Rule = {
  id: 'unmatched-study',
  title: 'Study that no reference matches',
  why: 'A study named by year and journal or author looks verifiable; where no paper fits, a reader looks for it in vain.',
  basis: 'The document’s own references, and the papers that Caveat knows.',
  severity: 'information',
  *check(context): Iterable<Report> {
    const { document, analysis, plan } = context;
    if (!analysis.inScope) return;
    const { packs } = plan;
    let list: string[] | undefined;
    for (const unit of namingIn(packs)(document)) {
      const { kind } = document.blocks[unit.block]!;
      if (kind === 'reference' || kind === 'note' || kind === 'aside' || !analysis.about[unit.index]) continue;
      const found = namedIn(unit, packs);
      if (found.length === 0 || citedUnits(context).has(unit.index)) continue;
      list ??= [...listed(document), ...worksOf(plan).filter(({ entry }) => entry).map(referenceText)];
      const conditions = new Set(analysis.readings[unit.index]?.conditions
        .filter(({ condition }) => condition.group === 'psychiatric' || condition.group === 'pain').map(({ condition }) => condition.id));
      for (const named of found) {
        if (inList(named, list, packs)) continue;
        const near = nearest(named, unit.text, conditions, packs);
        if (near && near.year === named.year && kindFits(unit.text, near.type) && subjectFits(conditions, near)) continue;
        const what = unit.text.slice(named.start, named.end);
        yield {
          span: sourceSpan(document, unit, named.start, named.end),
          message: `No reference here or in the evidence list fits “${what}”. ${near ? `Is ${short(near)} meant?` : 'Which paper is meant?'} Cite it with author, journal and year, or mark it for checking.`,
          data: { year: named.year, author: named.author, journal: named.journal, nearest: near?.id ?? '' },
        };
      }
    }
  },
  fixes(finding, { document, plan }): readonly Fix[] {
    const unit = document.units.find(({ span }) => span.start <= finding.span.start && finding.span.end <= span.end);
    if (!unit) return [];
    const near = worksOf(plan).find(({ id }) => id !== '' && id === finding.data['nearest']);
    const fix = (title: string, edits: readonly Edit[], preferred: boolean): Fix => ({ title, kind: 'judgement', action: 'insert', preferred, edits });
    return [
      ...near?.reference ? [fix(`Cite ${short(near.reference)}, if that is meant — verify`, citeEdits(near, unit, document, plan), true)] : [],
      fix(`Mark it for checking: ${NEEDED}`, debtEdits(unit, document), !near),
    ];
  },
  examples: [
    { text: 'Ketamine for depression. In a landmark «2012 study published in the Archives of General Psychiatry», one infusion of ketamine reduced depressive symptoms.' },
    { text: 'Ketamine for depression. A «2017 study published in JAMA Psychiatry» found that ketamine reduced depressive symptoms.' },
    { text: 'Ketamine for depression. Thirteen teenagers responded to ketamine («Quill JB et al., American Journal of Psychiatry, 2021»).' },
    { text: 'Ketamine for depression. A 2006 trial in Archives of General Psychiatry found that ketamine reduced depressive symptoms.' },
    { text: 'Ketamine for depression. In 73 adults, 64% responded to ketamine at 24 hours (Murrough et al., 2013).' },
    { text: 'Ketamine for depression. A 2017 study of ketamine found a benefit in depression.' },
    { text: 'Ketamine for depression. She joined the Department of Psychiatry in 2015 and studies ketamine.' },
  ],
};

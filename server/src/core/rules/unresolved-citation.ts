import { malformed, referenceLabels, type Citation } from '../citations';
import { citeDebtFixes, missingNoteEdit, tidied } from '../cite';
import type { Document } from '../document';
import type { Fix } from '../finding';
import type { Block } from '../formats/format';
import { isReferenceTo, shortName, workOfKey, worksOf } from '../works';
import type { Report, Rule } from './rule';

const NAMES: { readonly [kind: string]: string } = { doi: 'DOI', pmid: 'PMID', pmcid: 'PMCID', nct: 'ClinicalTrials.gov number' };

/** The labels that belong to one list: those of numbered entries, so that a gap in them shows. */
const numbers = (labels: Iterable<string>): number[] => [...labels].filter((label) => /^\d{1,4}$/.test(label)).map(Number);

/** Marks of the author's own hand that no list has to have: `*`, `†`. */
const isSign = (key: string): boolean => !/[\p{L}\p{N}]/u.test(key);

const quote = (keys: readonly string[]): string => keys.map((key) => `“${key}”`).join(', ');

/** What a citation points to that is not there, in words; undefined where it leads somewhere or nobody can tell. */
function dangling(citation: Citation, labels: ReadonlyMap<string, number>, keyed: boolean, known: (key: string) => boolean): { readonly message: string; readonly keys: readonly string[] } | undefined {
  const { form, keys } = citation;
  const lost = keys.filter((key) => !labels.has(key) && !isSign(key));
  switch (form) {
    case 'footnote': return lost.length === 0 ? undefined
      : { keys: lost, message: `There is no footnote ${quote(lost)} here, so a reader finds nothing. Write the note, or point to one that is there.` };
    case 'number': {
      const listed = numbers(labels.keys());
      if (listed.length === 0 || lost.length === 0) return undefined;
      const most = Math.max(...listed);
      return { keys: lost, message: `The list of references has no ${lost.length === 1 ? 'entry' : 'entries'} ${lost.join(', ')}; it ends with ${most}. Add the reference, or correct the number.` };
    }
    case 'key': {
      if (keys.length === 0) return { keys: [], message: 'This citation names no source. Give the key of a reference, or take the mark out.' };
      const unknown = lost.filter((key) => !known(key));
      return !keyed || unknown.length === 0 ? undefined
        : { keys: unknown, message: `No bibliography here has an entry ${quote(unknown)}. Correct the key, or add the entry.` };
    }
    default: return undefined;
  }
}

/** The blocks of a list that others of it are cited from, each with its place: what nobody cites there is left over. */
function* uncited(document: Document): Iterable<Block> {
  const cited = new Set<string>();
  for (const { form, keys } of document.citations) if (form === 'number' || form === 'footnote' || form === 'key') for (const key of keys) cited.add(key);
  if (document.citations.some(({ form, keys }) => form === 'key' && keys.includes('*'))) return; // \nocite{*}
  const seen = new Set<string>();
  for (const kind of ['reference', 'note'] as const) {
    const entries = document.blocks.filter((block) => block.kind === kind && block.label !== '' && !isSign(block.label));
    if (!entries.some(({ label }) => cited.has(label))) continue;
    for (const block of entries) {
      if (cited.has(block.label) || seen.has(block.label)) continue;
      seen.add(block.label);
      yield block;
    }
  }
}

/** A citation that leads nowhere, or to a work that was withdrawn. */
export const unresolvedCitation: Rule = {
  id: 'unresolved-citation',
  title: 'Citation that leads nowhere',
  why: 'A mark that looks like a source but leads to none promises evidence that a reader can not find.',
  basis: 'The document’s own notes and references, the bibliographies beside it, and the forms of DOI, PMID, PMCID and NCT numbers.',
  severity: 'warning',
  *check({ document, analysis, plan }): Iterable<Report> {
    if (!analysis.inScope) return;
    const labels = referenceLabels(document);
    const inList = [...labels.keys()].some((label) => !/^\d+$/.test(label) && document.blocks[labels.get(label)!]!.kind === 'reference');
    const keyed = inList || plan.library.length > 0;
    const known = (key: string): boolean => key === '*' || workOfKey(key, plan) !== undefined;
    for (const citation of document.citations) {
      const { form, keys, span } = citation;
      if (form === 'needed') {
        yield { span, message: 'Here a source is still wanted. Cite one that shows what the sentence says, or say less.', data: { problem: 'needed' } };
        continue;
      }
      const lost = dangling(citation, labels, keyed, known);
      if (lost) yield { span, message: lost.message, data: { problem: 'missing', keys: lost.keys, form } };
      for (const key of form === 'identifier' ? keys : []) {
        const wrong = malformed(key);
        const kind = key.slice(0, key.indexOf(':'));
        if (wrong) yield { span, message: `This ${NAMES[kind] ?? 'identifier'} leads nowhere: ${wrong}. Look it up and correct it.`, data: { problem: 'malformed', key } };
        else if (tidied(document, citation)) yield { span, severity: 'information', message: `This ${NAMES[kind] ?? 'identifier'} is not written as it is registered, so it may not be found.`, data: { problem: 'untidy', key } };
      }
    }
    for (const block of uncited(document)) {
      yield { span: block.span, severity: 'information', message: `Nothing in the text cites reference “${block.label}”. Cite it where it belongs, or take it out.`, data: { problem: 'uncited', label: block.label } };
    }
    yield* retracted();

    function* retracted(): Iterable<Report> {
      const gone = worksOf(plan).filter((work) => work.retracted);
      if (gone.length === 0) return;
      const say = (name: string): string => `${name} was retracted. A statement that rests on it needs another source, or has to say so.`;
      for (const { form, keys, span } of document.citations) {
        const work = form === 'key' ? gone.find(({ entry, key }) => entry && keys.includes(key))
          : form === 'identifier' ? gone.find(({ doi, pmid }) => keys.some((key) => key.toLowerCase() === `doi:${doi.toLowerCase()}` && doi !== '' || key === `pmid:${pmid}` && pmid !== '')) : undefined;
        if (work) yield { span, message: say(shortName(work)), data: { problem: 'retracted', work: work.key || work.id } };
      }
      for (const [b, block] of document.blocks.entries()) {
        if (block.kind !== 'reference' && block.kind !== 'note') continue;
        const work = gone.find((one) => isReferenceTo(document.texts[b]!.text, one));
        // An identifier in the entry has been reported by itself.
        if (work && !document.citations.some(({ form, span, keys }) => form === 'identifier' && span.start >= block.span.start && span.end <= block.span.end && keys.some((key) => key.toLowerCase().endsWith(work.doi.toLowerCase() || '\n') || key === `pmid:${work.pmid}`))) {
          yield { span: block.span, message: say(shortName(work)), data: { problem: 'retracted', work: work.key || work.id } };
        }
      }
    }
  },
  fixes(finding, { document, analysis, plan }): readonly Fix[] {
    const citation = document.citations.find(({ span }) => span.start === finding.span.start && span.end === finding.span.end);
    if (!citation) return [];
    switch (finding.data['problem']) {
      case 'untidy': {
        const edit = tidied(document, citation);
        return edit ? [{ title: `Write it as ${edit.text}`, kind: 'safe', action: 'replace', preferred: true, edits: [edit] }] : [];
      }
      case 'missing': {
        const edits = missingNoteEdit(document, citation);
        return edits.length > 0 ? [{ title: 'Add a note to complete', kind: 'safe', action: 'insert', preferred: true, edits }] : [];
      }
      case 'needed': return citeDebtFixes(citation, document, analysis, plan);
      default: return [];
    }
  },
  examples: [
    { text: 'Ketamine for depression. It may help within hours «[citation needed]».' },
    { text: 'Ketamine for depression. It may help within hours.«[^3]»' },
    { text: 'Ketamine for depression. It may help within hours [1] and fade within days «[7]».\n\n## References\n\n1. Berman RM, et al. Biol Psychiatry 2000;47:351-354.\n2. «Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-864.»' },
    { text: 'Ketamine for depression. It may help within hours («doi:10.1001»).' },
    { text: 'Ketamine for depression. It may help within hours «\\cite{}».', extension: '.tex' },
    { text: 'Ketamine for depression. It may help within hours.[^1]\n\n[^1]: Berman RM, et al. Biol Psychiatry 2000;47:351-354.' },
    { text: 'Ketamine for depression. It may help within hours [@berman2000].' },
  ],
};

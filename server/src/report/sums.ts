// Numbers that several reports show.
import type { Severity } from '../core/index';
import type { ClaimModel, DocumentModel } from './model';

export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const KIND_NAMES: { readonly [kind: string]: string } = {
  study: 'Studies', statistic: 'Figures', approval: 'Approval', comparison: 'Comparisons', efficacy: 'Efficacy', safety: 'Safety', mechanism: 'Mechanism', prevalence: 'Prevalence',
};

/** Documents that are about treatment with a drug of the packs, or in which something was found all the same. */
export const documentsInScope = (documents: readonly DocumentModel[]): readonly DocumentModel[] =>
  documents.filter(({ inScope, findings }) => inScope || findings.length > 0);

export const isCited = ({ citations }: ClaimModel): boolean => citations.length > 0;

export const ratio = (claims: readonly ClaimModel[]): string => `${claims.filter(isCited).length} of ${claims.length}`;

export function severityCounts(documents: readonly DocumentModel[]): { readonly [severity in Severity]: number } {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { findings } of documents) for (const { severity } of findings) counts[severity]++;
  return counts;
}

export interface Tally { readonly name: string; readonly all: number; readonly cited: number }

/** Claims counted by what each is called, under every name that it has; the most frequent first. */
export function tally(documents: readonly DocumentModel[], namesOf: (claim: ClaimModel) => readonly string[]): readonly Tally[] {
  const sums = new Map<string, { all: number; cited: number }>();
  for (const claim of documents.flatMap(({ claims }) => claims)) {
    for (const name of namesOf(claim)) {
      const sum = sums.get(name) ?? { all: 0, cited: 0 };
      sums.set(name, { all: sum.all + 1, cited: sum.cited + (isCited(claim) ? 1 : 0) });
    }
  }
  return [...sums].map(([name, sum]) => ({ name, ...sum })).sort((a, b) => b.all - a.all || (a.name < b.name ? -1 : 1));
}

export const byKind = (documents: readonly DocumentModel[]): readonly Tally[] =>
  tally(documents, ({ kinds }) => kinds.slice(0, 1).map((kind) => KIND_NAMES[kind] ?? kind));

/** Claims on several conditions count for each; those on none come last. */
export function byCondition(documents: readonly DocumentModel[]): readonly Tally[] {
  const named = tally(documents, ({ conditions }) => conditions.map(({ name }) => name));
  return named.length === 0 ? [] : [...named, ...tally(documents, ({ conditions }) => (conditions.length === 0 ? ['none named'] : []))];
}

// Findings that are known and put off: by their words, not by their lines, so that edits elsewhere change nothing.
import { readFile, writeFile } from 'node:fs/promises';
import { hash, type DocumentModel, type FindingModel } from '../report/model';
import { UsageError } from './args';

/** One known finding. */
export interface Known { readonly rule: string; readonly fingerprint: string; readonly text: string }
export interface Baseline { readonly version: 1; readonly documents: { readonly [path: string]: readonly Known[] } }

export const BASELINE = '.caveat-baseline.json';

/** A finding about what is missing from the whole is known by each thing that is missing: one less is nothing new. */
const partsOf = (finding: FindingModel): Known[] => {
  const { missing } = finding.data;
  return Array.isArray(missing)
    ? missing.map((id) => ({ rule: finding.rule, fingerprint: hash(`${finding.rule}\0${String(id)}`), text: String(id) }))
    : [{ rule: finding.rule, fingerprint: finding.fingerprint, text: finding.excerpt }];
};

/** @throws UsageError where there is a file that is no baseline. Undefined: there is none. */
export async function readBaseline(file: string, named: string): Promise<Baseline | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const data = JSON.parse(text) as Baseline;
    if (data.version === 1 && typeof data.documents === 'object' && Object.values(data.documents).every((list) => Array.isArray(list) && list.every((one) => typeof one?.fingerprint === 'string'))) return data;
  } catch {}
  throw new UsageError(`“${named}” is not a baseline that this program wrote`);
}

export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  await writeFile(file, `${JSON.stringify(baseline, undefined, 2)}\n`);
}

/** Takes known findings out of documents; `gone` counts what the baseline knows and is not found any more in them. */
export function withoutKnown(documents: readonly DocumentModel[], baseline: Baseline): { readonly documents: readonly DocumentModel[]; readonly known: number; readonly gone: number } {
  let known = 0;
  let gone = 0;
  const out = documents.map((document) => {
    const left = new Map<string, number>();
    for (const { fingerprint } of baseline.documents[document.path] ?? []) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
    const findings = document.findings.filter((finding) => {
      const parts = partsOf(finding);
      if (!parts.every(({ fingerprint }) => (left.get(fingerprint) ?? 0) > 0)) return true;
      for (const { fingerprint } of parts) left.set(fingerprint, left.get(fingerprint)! - 1);
      known++;
      return false;
    });
    for (const n of left.values()) gone += n;
    return { ...document, findings };
  });
  return { documents: out, known, gone };
}

/**
 * A baseline of what is in documents now. With `shrink`, only what the old one knew stays: fewer, never more. Documents
 * that were not read keep what they had, unless `all` were.
 */
export function makeBaseline(documents: readonly DocumentModel[], old: Baseline | undefined, shrink: boolean, isThere: (path: string) => boolean): Baseline {
  const out = new Map(Object.entries(old?.documents ?? {}).filter(([path]) => isThere(path)));
  for (const document of documents) {
    const left = new Map<string, number>();
    for (const { fingerprint } of old?.documents[document.path] ?? []) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
    const now = document.findings.flatMap(partsOf).filter(({ fingerprint }) => {
      if (!shrink) return true;
      const n = left.get(fingerprint) ?? 0;
      left.set(fingerprint, n - 1);
      return n > 0;
    });
    if (now.length > 0) out.set(document.path, now);
    else out.delete(document.path);
  }
  return { version: 1, documents: Object.fromEntries([...out].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

export const sizeOf = (baseline: Baseline | undefined): number => Object.values(baseline?.documents ?? {}).reduce((sum, list) => sum + list.length, 0);

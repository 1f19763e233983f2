// `npm run eval:cite`: for how many uncited claims a reference that an editor would choose is among the first three suggestions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePlan, formatOfPath, lint, parseDocument } from '../../server/src/core/index';
import type { ClaimKind } from '../../server/src/core/claims';
import { suggest } from '../../server/src/core/suggest';
import { builtinPacks } from '../../server/src/packs';

/** A claim of an article, by how it begins, and the ids of the references that an editor who read both would accept. */
interface Case { readonly article: string; readonly claim: string; readonly kinds: readonly ClaimKind[]; readonly accept: readonly string[] }

export interface Outcome extends Case { readonly offered: readonly string[]; readonly right: boolean }

const CASES = JSON.parse(readFileSync(join(import.meta.dirname, 'claims.json'), 'utf8')) as readonly Case[];
const FIRST = 3;

export function evaluateCitations(): readonly Outcome[] {
  const plan = compilePlan({}, builtinPacks());
  return CASES.map((one): Outcome => {
    const text = readFileSync(join(import.meta.dirname, '../gold/articles', one.article), 'utf8');
    const plain = text.replace(/\s/g, ' '); // a claim may stand on two lines
    const at = plain.indexOf(one.claim);
    if (at < 0 || plain.indexOf(one.claim, at + 1) >= 0) throw new Error(`${one.article}: “${one.claim}” does not stand there once`);
    const { document, analysis } = lint(parseDocument(text, formatOfPath(one.article)!), plan, []);
    const unit = document.units.find(({ span }) => span.start <= at + one.claim.length / 2 && at + one.claim.length / 2 < span.end);
    if (!unit) throw new Error(`${one.article}: “${one.claim}” is in no unit`);
    // What the program makes of the claim; where it sees none, the kind that editors gave it.
    const kinds = analysis.claims.find((claim) => claim.unit === unit.index)?.kinds ?? one.kinds;
    const offered = suggest({ unit, kinds }, document, analysis, plan).slice(0, FIRST).map(({ work }) => work.id);
    return { ...one, offered, right: offered.some((id) => one.accept.includes(id)) };
  });
}

if (process.argv[1] === import.meta.filename) {
  const outcomes = evaluateCitations();
  for (const { article, claim, offered, accept, right } of outcomes) process.stdout.write(`${right ? 'ok  ' : 'MISS'} ${article.slice(0, 12)} ${claim.slice(0, 50).padEnd(50)} ${offered.join(' ')}${right ? '' : `   (accepted: ${accept.join(' ')})`}\n`);
  process.stdout.write(`${outcomes.filter(({ right }) => right).length} of ${outcomes.length} have one among the first ${FIRST}\n`);
}

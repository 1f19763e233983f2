// The labelled articles and sentences that the second reader learns from.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatOfPath } from '../../server/src/core/index';
import { SPAN_RULES, type Gold, type Range } from '../gold/score';

const HERE = import.meta.dirname;
const GOLD = join(HERE, '../gold');

/** Where an editor marks a rule, and where good editors differ: half-open UTF-16 offsets. */
interface Marks { readonly marks?: readonly Range[]; readonly optional?: readonly Range[] }

/** The labels of an article. Of some authors only missing citations are labelled: these have no `needed`. */
export interface Labels {
  readonly scope?: boolean;
  readonly audience?: string;
  readonly rules: { readonly [rule: string]: Marks };
  readonly needed?: readonly string[];
  readonly present?: readonly string[];
  readonly unsure?: readonly string[];
}

export interface LabelledArticle {
  readonly author: string;
  readonly name: string;
  readonly text: string;
  readonly labels: Labels;
  /** What was labelled of it, where not all was. */
  readonly units?: readonly Range[];
}

const byName = (folder: string): string[] => readdirSync(folder).sort();

function* goldArticles(): Iterable<LabelledArticle> {
  const files = new Map(byName(join(GOLD, 'articles')).map((name) => {
    const bytes = readFileSync(join(GOLD, 'articles', name));
    return [createHash('sha256').update(bytes).digest('hex'), { name, text: bytes.toString('utf8') }] as const;
  }));
  for (const name of byName(join(GOLD, 'labels'))) {
    const { sha256, labels, units, needed, present, unsure = [], scope, audience } = JSON.parse(readFileSync(join(GOLD, 'labels', name), 'utf8')) as Gold;
    const file = files.get(sha256);
    if (!file) continue;
    const rules: { [rule: string]: { marks: Range[]; optional: Range[] } } = {};
    for (const { rule, unit, span = unit, optional } of labels) {
      const own = rules[rule] ??= { marks: [], optional: [] };
      own[optional ? 'optional' : 'marks'].push(SPAN_RULES.includes(rule) ? span : unit);
    }
    yield { author: 'gold', ...file, units, labels: { rules, needed, present, unsure, scope, audience } };
  }
}

/** The articles of `gold` and of each author here, in order. */
export function* labelledArticles(): Iterable<LabelledArticle> {
  yield* goldArticles();
  for (const author of byName(HERE).filter((name) => existsSync(join(HERE, name, 'labels.json')))) {
    const all = JSON.parse(readFileSync(join(HERE, author, 'labels.json'), 'utf8')) as { readonly [name: string]: Labels };
    for (const [name, labels] of Object.entries(all)) yield { author, name, text: readFileSync(join(HERE, author, 'articles', name), 'utf8'), labels };
  }
}

/** A sentence, and what an editor says of it: as the second reader is asked. */
export interface LabelledSentence { readonly text: string; readonly question: string; readonly answer: boolean }

interface Rules { readonly [rule: string]: { readonly marks: readonly (readonly [sentence: string, words: string])[]; readonly quiet: readonly string[] } }
interface Statements { readonly [id: string]: { readonly says: readonly string[]; readonly not: readonly string[] } }

function* answers(question: string, yes: readonly string[], no: readonly string[]): Iterable<LabelledSentence> {
  for (const text of yes) yield { text, question, answer: true };
  for (const text of no) yield { text, question, answer: false };
}

/** The sentences in `sentences`, and those of the claim model's tests. */
export function* labelledSentences(): Iterable<LabelledSentence> {
  const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
  for (const { claims, quiet } of read(join(HERE, '../core/cases/claims.json')) as readonly { readonly claims: readonly string[]; readonly quiet: readonly string[] }[]) yield* answers('missing-citation', claims, quiet);
  const folder = join(HERE, 'sentences');
  for (const name of existsSync(folder) ? byName(folder) : []) {
    const file = read(join(folder, name));
    if (name.startsWith('claims')) {
      const { claims, quiet } = file as { claims: string[]; quiet: string[] };
      yield* answers('missing-citation', claims, quiet);
    } else if (name.startsWith('rules')) for (const [rule, { marks, quiet }] of Object.entries(file as Rules)) yield* answers(rule, marks.map(([sentence]) => sentence), quiet);
    else if (name.startsWith('disclosures')) for (const [id, { says, not }] of Object.entries(file as Statements)) yield* answers(`says ketamine/${id}`, says, not);
    else if (name.startsWith('errors')) for (const [id, { says, not }] of Object.entries(file as Statements)) yield* answers(`errs ketamine/${id}`, says, not);
  }
}

/** Texts that have no mark of any rule. */
export function* silentTexts(): Iterable<{ readonly name: string; readonly text: string }> {
  const folder = join(HERE, '../silent');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => formatOfPath(file)).sort()) yield { name, text: readFileSync(join(folder, name), 'utf8') };
}

// `npm run eval [-- --misses] [--rule ID] [--doc WORD]`: how well the findings agree with what medical editors marked.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { compilePlan, formatOfPath, lint, parseDocument } from '../server/src/core/index';
import { builtinPacks } from '../server/src/packs';
import { f1, precision, recall, score, total, type Count, type Gold, type Miss } from './gold/score';

export interface Evaluated {
  readonly name: string;
  readonly words: number;
  readonly gold: Gold;
  readonly inScope: boolean;
  readonly audience: string;
  readonly counts: ReadonlyMap<string, Count>;
  readonly misses: readonly Miss[];
  readonly faults: readonly string[];
}

interface Collection { readonly articles: string; readonly labels: string }

const GOLD: Collection = { articles: join(import.meta.dirname, 'gold/articles'), labels: join(import.meta.dirname, 'gold/labels') };
const SHARED = join(import.meta.dirname, '../../shared');
const SEEDS: Collection = { articles: join(SHARED, 'seeds'), labels: join(SHARED, 'gold/labels') };

/** Lints the labelled articles of a collection and scores each. A label file that no article belongs to is left out. */
export function evaluate({ articles, labels }: Collection): Evaluated[] {
  // The second reader has learnt from the labels of `gold`: what it adds there says nothing. `npm run learn` says what it is worth.
  const plan = compilePlan({ likely: false }, builtinPacks());
  const files = new Map(readdirSync(articles).map((name) => {
    const bytes = readFileSync(join(articles, name));
    return [createHash('sha256').update(bytes).digest('hex'), { name, text: bytes.toString('utf8') }] as const;
  }));
  return readdirSync(labels).filter((name) => name.endsWith('.json')).sort().flatMap((name) => {
    const gold = JSON.parse(readFileSync(join(labels, name), 'utf8')) as Gold;
    const file = files.get(gold.sha256);
    const format = file && formatOfPath(file.name);
    if (!file) return [];
    const result = format && lint(parseDocument(file.text, format), plan);
    return [{
      name: basename(name, '.json'), words: file.text.split(/\s+/).length, gold,
      inScope: result?.analysis.inScope ?? false, audience: result?.analysis.audience ?? '',
      ...score(file.text, gold, result?.findings ?? []),
      faults: result ? result.faults.map(({ where, message }) => `${where}: ${message}`) : ['no format'],
    }];
  });
}

export const evaluateGold = (): Evaluated[] => evaluate(GOLD);
export const evaluateSeeds = (): Evaluated[] => existsSync(SEEDS.articles) ? evaluate(SEEDS) : [];

const figure = (value: number): string => Number.isFinite(value) ? value.toFixed(2) : ' -  ';

function table(counts: ReadonlyMap<string, Count>): string {
  const rows = [...counts].filter(([, { tp, fp, fn }]) => tp + fp + fn > 0).map(([rule, count]) =>
    `${rule.padEnd(24)} ${String(count.tp + count.fn).padStart(5)}  ${figure(precision(count))}  ${figure(recall(count))}  ${figure(f1(count))}  (${count.tp} ${count.fp} ${count.fn})`);
  return ['rule                      gold   P     R     F1   (tp fp fn)', ...rows].join('\n');
}

function main(): void {
  const { values } = parseArgs({ options: { misses: { type: 'boolean' }, rule: { type: 'string' }, doc: { type: 'string' } } });
  const gold = evaluateGold();
  const seeds = evaluateSeeds();
  const report = (title: string, documents: readonly Evaluated[]) => {
    if (documents.length === 0) return;
    console.log(`\n${title}: ${documents.length} documents, ${documents.reduce((sum, { words }) => sum + words, 0)} words`);
    console.log(table(total(documents)));
  };
  report('Labelled articles', gold);
  report('Seeds', seeds);
  if (seeds.length > 0) report('Together', [...gold, ...seeds]);
  for (const { name, inScope, audience, gold: wanted, faults } of [...gold, ...seeds]) {
    if (inScope !== wanted.scope) console.log(`${name}: ${inScope ? 'in' : 'not in'} scope, the editors say ${wanted.scope ? 'in' : 'not in'} scope`);
    if (inScope && audience !== wanted.audience) console.log(`${name}: audience ${audience}, the editors say ${wanted.audience}`);
    faults.forEach((fault) => console.log(`${name}: FAULT ${fault}`));
  }
  if (!values.misses) return;
  const misses = [...gold, ...seeds].flatMap(({ name, misses }) => misses.map((miss) => ({ name, ...miss })))
    .filter((miss) => (!values.rule || miss.rule === values.rule) && (!values.doc || miss.name.includes(values.doc)))
    .sort((a, b) => a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.what < b.what ? -1 : a.what > b.what ? 1 : 0);
  console.log();
  for (const { rule, what, name, at, text } of misses) console.log(`${rule}\t${what}\t${name}:${at}\t${text}`.slice(0, 320));
}

if (process.argv[1] === import.meta.filename) main();

// `npm run learn`: the weights of the second reader, from the labelled articles and sentences of the tests; and how much
// it is worth, by leaving out each author in turn.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Count } from '../test/gold/score';
import { f1, labelledRows, learn, leftOut } from '../test/learn';

const rows = labelledRows();
const sums = { alone: new Map<string, Count>(), together: new Map<string, Count>() };
const show = ({ tp, fp, fn }: Count): string => `${f1({ tp, fp, fn }).toFixed(2)} (${tp} ${fp} ${fn})`.padEnd(18);
const addTo = (sum: Map<string, Count>, rule: string, { tp, fp, fn }: Count): void => {
  const old = sum.get(rule) ?? { tp: 0, fp: 0, fn: 0 };
  sum.set(rule, { tp: old.tp + tp, fp: old.fp + fp, fn: old.fn + fn });
};
const leaveOut = process.argv.includes('--quick') ? [] : [...new Set(rows.rows.map(({ author }) => author))].filter((author) => author !== 'silent' && author !== 'sentences');
for (const author of leaveOut) {
  const { alone, together } = leftOut(rows, [author]);
  const all = { alone: new Map<string, Count>(), together: new Map<string, Count>() };
  for (const [kind, own] of [['alone', alone], ['together', together]] as const) for (const [rule, count] of own) { addTo(all[kind], 'all', count); if (author !== 'gold') addTo(sums[kind], rule, count); }
  console.log(`${author.padEnd(10)} missing-citation ${show(alone.get('missing-citation')!)} with a second reader ${show(together.get('missing-citation')!)} all rules ${show(all.alone.get('all')!)} with it ${show(all.together.get('all')!)}`);
}
for (const [rule, count] of sums.alone) console.log(`${rule.padEnd(22)} ${show(count)} with a second reader ${show(sums.together.get(rule)!)}`);
const learnt = learn(rows);
writeFileSync(join(import.meta.dirname, '../server/src/core/secondreader.json'), `{\n${Object.entries(learnt).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n')}\n}\n`);
console.log(`${rows.rows.length} sentences, ${learnt.questions.length} questions, ${learnt.features.length} features`);

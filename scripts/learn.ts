// `npm run learn`: the weights of the second reader, from the labelled articles of the tests; and how much it is worth,
// by leaving out each author in turn.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelledRows, learn, leftOut } from '../test/learn';

const rows = labelledRows();
for (const author of [...new Set(rows.map((row) => row.author))]) {
  const { alone, together } = leftOut(rows, author);
  console.log(`${author.padEnd(10)} claim model ${alone.f1.toFixed(3)} (${alone.tp} ${alone.fp} ${alone.fn})   with a second reader that has not read this author ${together.f1.toFixed(3)} (${together.tp} ${together.fp} ${together.fn})`);
}
const learnt = learn(rows);
const file = join(import.meta.dirname, '../server/src/core/checkworthy.json');
writeFileSync(file, `{\n"bias": ${learnt.bias},\n"weights": {\n${Object.entries(learnt.weights).map(([feature, value]) => `${JSON.stringify(feature)}: ${value}`).join(',\n')}\n}\n}\n`);
console.log(`${rows.length} sentences, ${rows.filter(({ wanted }) => wanted === true).length} that want a citation, ${Object.keys(learnt.weights).length} weights`);

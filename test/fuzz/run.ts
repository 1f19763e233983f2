// `npm run fuzz [-- edits N] [-- seed N]`: the long runs of what `npm test` does shortly. Prints what was run.
import { checkEdits, fixtures } from './edits';

const [wanted = 100_000, first = 1] = process.argv.slice(2).map(Number);
const all = fixtures(1500);
const short = fixtures(500);
const start = performance.now();
let edits = 0;
for (let seed = first; edits < wanted; seed++) {
  edits += checkEdits(seed, 10, 20, seed % 2 === 0 ? all : short);
  if (seed % 25 === 0) console.log(`${edits} edits, seed ${seed}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
console.log(`${edits} edits: each reads as from scratch`);

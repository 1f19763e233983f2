// The long runs of what `npm test` does shortly. Prints what was run; ends with 1 where something failed.
//
//   npm run fuzz                                  both, for about half an hour
//   npm run fuzz -- edits [number] [seed]         random edits: each step reads as it does from scratch
//   npm run fuzz -- guided [seconds] [seed] [target …]   led by coverage; `300i` for so many inputs of each target
import { Worker } from 'node:worker_threads';
import { startCoverage } from './coverage';
import { fuzz, type Failure } from './guided';

async function edits(wanted: number, first: number): Promise<void> {
  const { checkEdits, fixtures } = await import('./edits');
  const all = fixtures(1500);
  const short = fixtures(500);
  const start = performance.now();
  let count = 0;
  for (let seed = first; count < wanted; seed++) {
    count += checkEdits(seed, 10, 20, seed % 2 === 0 ? all : short);
    if (seed % 25 === 0) console.log(`${count} edits, seed ${seed}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
  console.log(`${count} edits: each reads as from scratch`);
}

/** An input that is not done after so long hangs: a thread that sees it tells it and ends the process, which can not itself. */
const HANGS = 120_000;
const LONGEST = 200_000;

function watcher(): (input: string) => void {
  const shared = new SharedArrayBuffer(8 + 2 * LONGEST);
  const head = new Int32Array(shared, 0, 2); // serial, length
  const units = new Uint16Array(shared, 8);
  const worker = new Worker(`
    const { workerData } = require('node:worker_threads');
    const { writeSync } = require('node:fs');
    const head = new Int32Array(workerData.shared, 0, 2);
    let last = 0;
    let since = Date.now();
    setInterval(() => {
      const serial = Atomics.load(head, 0);
      if (serial !== last || head[1] === 0) { last = serial; since = Date.now(); return; }
      if (Date.now() - since < workerData.hangs) return;
      writeSync(2, 'HANG ' + JSON.stringify(String.fromCharCode(...new Uint16Array(workerData.shared, 8, Math.min(head[1], 8000)))) + '\\n');
      process.kill(process.pid, 'SIGKILL');
    }, 500);
  `, { eval: true, workerData: { shared, hangs: HANGS } });
  worker.unref();
  return (input) => {
    const length = Math.min(input.length, LONGEST);
    for (let i = 0; i < length; i++) units[i] = input.charCodeAt(i);
    head[1] = length;
    Atomics.add(head, 0, 1);
  };
}

async function guided(amount: string, seed: number, names: readonly string[]): Promise<boolean> {
  const coverage = startCoverage('/server/src/');
  const { TARGETS } = await import('./targets');
  const targets = names.length > 0 ? TARGETS.filter(({ name }) => names.includes(name)) : TARGETS;
  const number = Number.parseFloat(amount);
  const failures: Failure[] = [];
  let all = 0;
  await fuzz(targets, coverage, amount.endsWith('i') ? { inputs: number, seed } : { seconds: number / targets.length, seed }, (failure) => {
    failures.push(failure);
    console.log(`FAILURE in ${failure.target}: ${failure.message.split('\n').slice(0, 6).join('\n')}\n  input: ${JSON.stringify(failure.input)}`);
  }, ({ target, inputs, fresh, corpus, functions, reached }) => {
    all += inputs;
    console.log(`${target}: ${inputs} inputs, ${fresh} reached something new, corpus ${corpus}, ${functions} functions entered, ${reached.toFixed(1)} % of their text run`);
  }, watcher());
  coverage.stop();
  console.log(`${all} inputs, ${failures.length} failures`);
  return failures.length === 0;
}

async function main([what = 'both', ...rest]: readonly string[]): Promise<boolean> {
  const [amount, seed] = [rest[0], Number(rest[1] ?? 1)];
  if (what !== 'edits' && !await guided(amount ?? '900', seed, rest.slice(2))) return false;
  if (what !== 'guided') await edits(what === 'both' ? 100_000 : Number(amount ?? 100_000), seed);
  return true;
}

void main(process.argv.slice(2)).then((good) => process.exit(good ? 0 : 1), (error: unknown) => {
  console.error(error);
  process.exit(1);
});

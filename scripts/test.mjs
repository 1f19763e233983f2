// `npm test`: builds, checks types, lints, runs the unit tests, packs, and runs the tests in a real VS Code.
// All steps run, also after one that failed; the last line counts.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const bin = (name) => resolve(ROOT, 'node_modules', name);
const node = (...args) => [process.execPath, ...args];

const STEPS = [
  { name: 'build', command: node('scripts/build.mjs') },
  { name: 'types', command: node(bin('typescript/bin/tsc'), '-p', 'tsconfig.json') },
  { name: 'types of the engine, which knows no host', command: node(bin('typescript/bin/tsc'), '-p', 'server/src/core/tsconfig.json') },
  { name: 'lint', command: node(bin('oxlint/bin/oxlint'), '--deny-warnings', 'client', 'server', 'test', 'scripts') },
  { name: 'tests', command: node(bin('mocha/bin/mocha.js')) },
  { name: 'package', command: node('scripts/package.mjs') },
  { name: 'tests in VS Code', command: node('test/vscode/run.mjs') },
];

/** Runs a step, shows what it prints, and counts the tests that it says have passed and failed. */
const run = ([program, ...args]) => new Promise((done) => {
  let output = '';
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of ['stdout', 'stderr']) child[stream].on('data', (data) => {
    output += data;
    process[stream].write(data);
  });
  const sum = (pattern) => [...output.matchAll(pattern)].reduce((total, [, n]) => total + Number(n), 0);
  child.on('error', (error) => {
    console.error(error.message);
    done({ code: 1, passed: 0, failed: 0 });
  });
  child.on('close', (code) => done({ code: code ?? 1, passed: sum(/^\s*(\d+) passing\b/gm), failed: sum(/^\s*(\d+) failing\b/gm) }));
});

let passed = 0;
let failed = 0;
const broken = [];
for (const { name, command } of STEPS) {
  console.log(`\n── ${name}`);
  const result = await run(command);
  passed += result.passed;
  failed += result.failed;
  if (result.code === 0) continue;
  broken.push(name);
  if (result.failed === 0) failed++; // the step itself
}
if (broken.length > 0) console.log(`\nNot in order: ${broken.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = broken.length > 0 ? 1 : 0;

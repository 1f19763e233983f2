// The tests in a real VS Code: a suite inside the extension host, and one person's journey with the packed extension.
// `node test/vscode/run.mjs [suite|journey|library|worker|web|grammars]`; `library=1000` says how many articles. None is skipped: where no VS Code or browser can be had, it fails.
import { existsSync, mkdirSync, mkdtempSync, cpSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { buildAll } from '../../scripts/build.mjs';
import { pack } from '../../scripts/package.mjs';
import { grammars } from './grammars.mjs';
import { desktopVSCode, runInDesktop, runInServer } from './hosts.mjs';
import { journey } from './journey.mjs';
import { library } from './library.mjs';
import { web } from './web.mjs';
import { worker } from './worker.mjs';

/** Packing takes a while: once for all that want it. */
let vsix;
const packed = () => vsix ??= pack();

const ROOT = resolve(import.meta.dirname, '../..');
const SUITE = join(ROOT, '.vscode-server/suite/index.cjs');

/** A workspace of its own for each run: the fixtures and, in a folder, the samples. */
function workspaceFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-workspace-'));
  cpSync(join(import.meta.dirname, 'fixtures'), folder, { recursive: true });
  cpSync(join(ROOT, 'samples'), join(folder, 'samples'), { recursive: true });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** How many tests of a suite passed and failed, as mocha said. */
function counted({ output, code }) {
  const count = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'm').exec(output)?.[1] ?? 0);
  const [passed, failed] = [count('passing'), count('failing')];
  if (code !== 0 && failed === 0) throw new Error(`The suite ended with ${code} and no result.`);
  if (passed === 0) throw new Error('No test of the suite has passed.');
  return { passed, failed };
}

/** Runs the suite in the extension host that an editor on the desktop or beside a server has. */
async function suite() {
  await build({
    absWorkingDir: ROOT, entryPoints: ['test/vscode/suite/index.ts'], outfile: SUITE, bundle: true, platform: 'node', target: 'node20', format: 'cjs',
    external: ['vscode', 'mocha'], logLevel: 'warning',
  });
  const folder = workspaceFolder();
  const desktop = await desktopVSCode();
  return counted(desktop
    ? await runInDesktop({ executable: desktop, extension: ROOT, tests: SUITE, folder })
    : await runInServer({ extension: ROOT, tests: SUITE, folder }));
}

const PARTS = {
  suite,
  journey: async () => journey({ vsix: await packed(), workspace: workspaceFolder() }),
  library: async (articles) => library({ vsix: await packed(), articles: Number(articles ?? 120) }),
  worker,
  web: () => web({ workspace: workspaceFolder(), counted }),
  grammars,
};

const wanted = new Map(process.argv.slice(2).map((part) => part.split('=')));
const unknown = [...wanted.keys()].filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

mkdirSync(join(import.meta.dirname, 'shots'), { recursive: true });
if (!existsSync(join(ROOT, 'dist/client.js'))) await buildAll();
let passed = 0;
let failed = 0;
for (const [name, run] of Object.entries(PARTS)) {
  if (wanted.size > 0 && !wanted.has(name)) continue;
  console.log(`\n── ${name}`);
  try {
    const result = await run(wanted.get(name));
    passed += result.passed;
    failed += result.failed;
    // The suite has said so itself.
    if (name !== 'suite') console.log(`\n  ${result.passed} passing\n${result.failed > 0 ? `  ${result.failed} failing\n` : ''}`);
  } catch (error) {
    failed++;
    console.error(error);
    console.log('\n  1 failing\n');
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

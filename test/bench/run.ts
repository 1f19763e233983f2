// `npm run bench [-- --quick] [-- --alone]`: how long our engine and the usual linters of prose take for the same
// documents on the same machine, one after the other. Prints a table, writes .bench/results.json. Peers are installed
// under .bench/ at the first run; one that can not be installed or fails is named and left out.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { start } from '../lsp/client';
import { documentOf } from './documents';
import { PEERS } from './peers.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.bench');
const quick = process.argv.includes('--quick');
const alone = process.argv.includes('--alone');
const SIZES = quick ? [{ words: 1000 }, { words: 5000 }, { words: 20_000 }] as const : [{ words: 1000 }, { words: 5000 }, { words: 20_000 }, { bytes: 1_000_000 }] as const;
const SECONDS = quick ? 1.5 : 5;
/** A linter that takes longer than this for all its documents is stopped. */
const PATIENCE = quick ? 120_000 : 600_000;

interface Times { readonly median: number; readonly p95: number; readonly runs: number; readonly findings: number }
interface Row { readonly size: string; readonly full: Times; readonly key: Times }
interface Measured { readonly name: string; readonly loaded: number; readonly rss: number; readonly rows: readonly Row[] }

const nameOf = (size: (typeof SIZES)[number]): string => ('words' in size ? `${size.words.toLocaleString('en')} words` : `${size.bytes / 1e6} MB`);

/** Wording differs from text to text, so that nothing profits from having seen another. */
const documents = (sizes: readonly (typeof SIZES)[number][]) => sizes.map((size, s) => ({
  size: nameOf(size),
  texts: Array.from({ length: 'words' in size ? 12 : 6 }, (_, n) => documentOf(size, 100 * (s + 1) + n)),
  typed: documentOf(size, 7000 + s),
}));

/** Runs one linter in a process of its own; a string says what went wrong. */
function measure(name: string, folder: string, sizes: readonly (typeof SIZES)[number][]): Promise<Measured | string> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'measure.mjs')], { stdio: ['pipe', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    const timer = setTimeout(() => { child.kill('SIGKILL'); done(`stopped after ${PATIENCE / 1000} s`); }, PATIENCE);
    child.stdout.on('data', (data) => { out += data; });
    child.stderr.on('data', (data) => { err += data; });
    child.stdin.on('error', () => {});
    child.on('close', () => {
      clearTimeout(timer);
      try {
        done(JSON.parse(out) as Measured);
      } catch {
        done(err.split('\n').find((line) => /error/i.test(line))?.slice(0, 160) ?? 'gave no figures');
      }
    });
    child.stdin.end(JSON.stringify({ name, folder, documents: documents(sizes), seconds: SECONDS }));
  });
}

/** Installs a peer by itself; what went wrong, or undefined. */
function install(folder: string, packages: readonly string[]): string | undefined {
  const wanted = JSON.stringify(packages);
  const marker = join(folder, 'installed.json');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return undefined;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-save', ...packages], { cwd: folder, encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) return `can not be installed: ${stderr.split('\n').find((line) => line.includes('ERR'))?.slice(0, 140) ?? status}`;
  writeFileSync(marker, wanted);
  return undefined;
}

async function bundleOurs(): Promise<string> {
  const outfile = join(FOLDER, 'ours.cjs');
  await build({
    absWorkingDir: ROOT, entryPoints: ['test/bench/ours.ts'], outfile, bundle: true, minify: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning',
    plugins: [{ name: 'yaml', setup({ onLoad }) { onLoad({ filter: /\.yaml$/ }, ({ path }) => ({ contents: JSON.stringify(parse(readFileSync(path, 'utf8'))), loader: 'json' })); } }],
  });
  return outfile;
}

const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '')?.[1] ?? NaN) / 1000;
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]): number => sorted(values)[values.length >> 1]!;

/** The built server as an editor has it: cold start to first marks, memory, and a keystroke there and back. */
async function server() {
  const cold: number[] = [];
  for (let n = 0; n < (quick ? 3 : 9); n++) {
    const begin = performance.now();
    const editor = await start(process.execPath, [join(ROOT, 'dist/server.js'), '--stdio']);
    editor.open('file:///a.md', documentOf({ words: 1000 }, n), 'markdown');
    await editor.diagnostics('file:///a.md');
    cold.push(performance.now() - begin);
    await editor.end();
  }
  const editor = await start(process.execPath, [join(ROOT, 'dist/server.js'), '--stdio']);
  for (let n = 0; n < 10; n++) {
    editor.open(`file:///${n}.md`, documentOf({ words: 1000 }, 50 + n), 'markdown');
    await editor.diagnostics(`file:///${n}.md`);
  }
  const rss = memoryOf(editor.pid ?? 0);
  const uri = 'file:///long.md';
  const text = documentOf({ words: 20_000 }, 60);
  editor.open(uri, text, 'markdown');
  await editor.diagnostics(uri);
  const keys: number[] = [];
  const line = text.slice(0, text.length >> 1).split('\n').length;
  for (let n = 0; n < (quick ? 60 : 200); n++) {
    const begin = performance.now();
    editor.change(uri, { start: { line, character: 0 }, end: { line, character: 0 } }, 'x');
    await editor.diagnostics(uri);
    keys.push(performance.now() - begin);
  }
  await editor.end();
  const there = sorted(keys);
  return { cold: median(cold), rss, key: there[there.length >> 1]!, keyP95: there[Math.floor(there.length * 0.95)]! };
}

/** The built command line on a folder of Markdown: megabytes a second, start included. */
function commandLine(): { readonly megabytes: number; readonly seconds: number } {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-bench-'));
  try {
    let bytes = 0;
    for (let n = 0; n < (quick ? 80 : 300); n++) {
      const text = documentOf({ words: 4000 }, 300 + n);
      bytes += Buffer.byteLength(text);
      writeFileSync(join(folder, `${n}.md`), text);
    }
    const begin = performance.now();
    spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), 'check', folder, '--format', 'json'], { stdio: ['ignore', 'ignore', 'inherit'], maxBuffer: 1e9 });
    return { megabytes: bytes / 1e6, seconds: (performance.now() - begin) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ms = (value: number | undefined): string => (value === undefined ? '' : value < 10 ? value.toFixed(1) : value.toFixed(0));

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' });
  const all: (Measured | { readonly name: string; readonly failed: string })[] = [];
  const add = (name: string, result: Measured | string): void => {
    all.push(typeof result === 'string' ? { name, failed: result } : result);
    if (typeof result === 'string') console.log(`${name}: ${result}`);
  };
  add('caveat', await measure('caveat', await bundleOurs(), SIZES));
  if (!alone) {
    for (const { name, packages } of PEERS) {
      const folder = join(FOLDER, 'peers', name);
      const problem = install(folder, packages);
      // A megabyte takes most of them minutes.
      add(name, problem ?? await measure(name, folder, name === 'caveat' || name === 'cspell-lib' || name === 'markdownlint' ? SIZES : SIZES.filter((size) => 'words' in size)));
    }
  }

  console.log(`\nNode ${process.version}, ${availableParallelism()} processors. Milliseconds, medians; a keystroke is a letter typed in the middle.\n`);
  const header = ['', ...SIZES.flatMap((size) => [`${nameOf(size)}`, 'keystroke', 'p95']), 'load', 'MB'];
  const table = [header, ...all.map((one) => 'failed' in one ? [one.name, one.failed] : [one.name, ...SIZES.flatMap((size) => {
    const row = one.rows.find(({ size: name }) => name === nameOf(size));
    return [ms(row?.full.median), ms(row?.key.median), ms(row?.key.p95)];
  }), ms(one.loaded), ms(one.rss)])];
  for (const row of table) console.log(row.map((cell, n) => (n === 0 ? cell.padEnd(14) : cell.padStart(Math.max(9, header[n]?.length ?? 0)))).join(' '));

  const lsp = await server();
  const cli = commandLine();
  console.log(`\nServer: cold start to the first marks of 1,000 words ${ms(lsp.cold)} ms; with ten articles open ${ms(lsp.rss)} MB; a keystroke in 20,000 words there and back ${ms(lsp.key)} ms, p95 ${ms(lsp.keyP95)} ms`);
  console.log(`Command line: ${cli.megabytes.toFixed(1)} MB of Markdown in ${cli.seconds.toFixed(1)} s, ${(cli.megabytes / cli.seconds).toFixed(2)} MB/s`);
  writeFileSync(join(FOLDER, 'results.json'), `${JSON.stringify({ node: process.version, processors: availableParallelism(), quick, linters: all, server: lsp, cli }, undefined, 2)}\n`);
  console.log(`\n${pathToFileURL(join(FOLDER, 'results.json')).href}`);
}

void main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });

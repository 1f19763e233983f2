// One linter in a process of its own: loads it, and measures it on documents. Takes its task on standard input as JSON,
// writes the figures to standard output as JSON.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PEERS } from './peers.mjs';

/** @typedef {{ name: string, folder: string, documents: { size: string, texts: string[], typed: string }[], seconds: number }} Task */

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
/** @type {Task} */
const { name, folder, documents, seconds } = JSON.parse(Buffer.concat(chunks).toString());

const begin = performance.now();
/** Modules that are imported by where a package says, for import and else for require. */
const at = async (specifier) => {
  const require = createRequire(join(folder, 'package.json'));
  try {
    return await import(pathToFileURL(require.resolve(specifier)).href);
  } catch (error) {
    if (error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED' && error.code !== 'MODULE_NOT_FOUND') throw error;
    return import(await resolveFrom(folder, specifier));
  }
};

/** Where `import` would find a package from a folder, by its exports. */
async function resolveFrom(from, specifier) {
  const { readFileSync } = await import('node:fs');
  const parts = specifier.split('/');
  const packageName = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
  const sub = `.${specifier.slice(packageName.length)}`;
  const root = join(from, 'node_modules', packageName);
  const { exports, module, main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const pick = (entry) => typeof entry === 'string' ? entry : entry && pick(entry.node ?? entry.import ?? entry.default);
  const target = typeof exports === 'string' ? exports : exports?.[sub] ? pick(exports[sub]) : sub === '.' ? pick(exports) ?? module ?? main ?? 'index.js' : sub;
  return pathToFileURL(join(root, target)).href;
}

const ours = name === 'caveat';
const check = ours ? createRequire(import.meta.url)(folder).default : await PEERS.find((peer) => peer.name === name).load(at);
const loaded = performance.now() - begin;

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

/** Runs something on one text after the other until the time is over, at least three times where it is quick enough. */
async function times(texts, least, budget) {
  const out = [];
  const end = performance.now() + budget * 1000;
  let findings = 0;
  for (let n = 0; n < texts.length && (n < least || performance.now() < end); n++) {
    if (n > 0 && performance.now() > end + budget * 2000) break;
    const start = performance.now();
    findings = await check(texts[n]);
    out.push(performance.now() - start);
  }
  out.sort((a, b) => a - b);
  return { median: quantile(out, 0.5), p95: quantile(out, 0.95), runs: out.length, findings };
}

/** A text as it is typed into: one more letter of a sentence in its middle at each step. */
function typing(text, count) {
  const at = text.indexOf(' ', text.length >> 1) + 1;
  const typed = 'Ketamine relieves depression within hours and many people feel better the next day. ';
  return Array.from({ length: count }, (_, n) => text.slice(0, at) + typed.repeat(1 + Math.floor(n / typed.length)).slice(0, n + 1) + text.slice(at));
}

const rows = [];
for (const { size, texts, typed } of documents) {
  await check(texts[0]);
  const full = await times(texts.slice(1), 3, seconds);
  // What a linter keeps of a document it has by then.
  await check(typed);
  const key = await times(typing(typed, ours ? 240 : 40), 3, seconds);
  rows.push({ size, full, key });
}
const result = { name, loaded, rss: process.memoryUsage().rss / 1e6, rows };
process.stdout.write(JSON.stringify(result), () => process.exit(0));

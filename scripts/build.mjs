// Bundles the program into dist/: the command line, the language server and the client, for Node and for browsers.
// `node scripts/build.mjs [--sourcemap]`. Packs are YAML; they become data here, so nothing parses YAML at run time.
import { readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '..');

/** The lines that packs are tested with serve `caveat test` only; the extension is packed without them. */
const withoutTests = (key, value) => key === 'fires' || key === 'quiet' ? [] : value;

/** @returns {import('esbuild').Plugin} */
const yaml = (packTests) => ({
  name: 'yaml',
  setup({ onLoad }) {
    onLoad({ filter: /\.yaml$/ }, ({ path }) => ({ contents: JSON.stringify(parse(readFileSync(path, 'utf8')), packTests ? undefined : withoutTests), loader: 'json' }));
  },
});

const NODE = {
  platform: 'node', target: 'node20',
  // Some libraries ask where they are; CommonJS knows by another name.
  define: { 'import.meta.url': '__here' }, banner: { js: 'const __here = require("node:url").pathToFileURL(__filename).href;' },
};
const BROWSER = { platform: 'browser', target: 'es2022', conditions: ['browser'], mainFields: ['browser', 'module', 'main'] };

/**
 * The libraries of the protocol say only to bundles for Node where their parts for Node are; beside the part that all share.
 * @type {import('esbuild').Plugin}
 */
const lspForNode = {
  name: 'lsp for node',
  setup(build) {
    build.onResolve({ filter: /^vscode-[a-z-]+\/node$/ }, async ({ path, resolveDir, kind }) => {
      const shared = await build.resolve(path.replace(/\/node$/, ''), { resolveDir, kind });
      return shared.errors.length > 0 ? { errors: shared.errors } : { path: shared.path.replace(/common([\\/])api\.js$/, 'node$1main.js') };
    });
  },
};

/** What is made of what. VS Code's own module is there at run time only. */
const BUNDLES = [
  { from: 'server/src/bin.ts', to: 'dist/cli.js', packTests: true, format: 'cjs', ...NODE, banner: { js: `#!/usr/bin/env node\n${NODE.banner.js}` } },
  // For Node and for a browser's worker, which meets no line that asks for Node.
  // One for Node and for a browser's worker, which meets no line of it that asks for Node.
  { from: 'server/src/server.ts', to: 'dist/server.js', format: 'cjs', ...BROWSER, mainFields: ['module', 'main'], external: builtinModules.flatMap((name) => [name, `node:${name}`]), more: [lspForNode] },
  { from: 'client/src/node.ts', to: 'dist/client.js', format: 'cjs', ...NODE, external: ['vscode'] },
  { from: 'client/src/browser.ts', to: 'dist/client.browser.js', format: 'cjs', ...BROWSER, external: ['vscode'] },
];

/** What a browser runs of the server, to be looked into by itself; not written. */
const LOOKED_INTO = { from: 'server/src/browser.ts', to: 'dist/server.browser.js', format: 'iife', ...BROWSER };

/** What esbuild is told to make one of the bundles. */
const optionsOf = ({ from, to, packTests = false, more = [], ...options }) => ({
  absWorkingDir: ROOT, entryPoints: [from], outfile: to, bundle: true, minify: true, charset: 'utf8', legalComments: 'none',
  logLevel: 'warning', plugins: [yaml(packTests), ...more], ...options,
});

/** The bundle of a name in dist/, made with more options and not written: for tests that look into it. */
export const bundleOf = (to, more = {}) => build({ ...optionsOf([...BUNDLES, LOOKED_INTO].find((bundle) => bundle.to === to)), ...more, write: false, metafile: true });

export async function buildAll({ sourcemap = false } = {}) {
  rmSync(resolve(ROOT, 'dist'), { recursive: true, force: true });
  await Promise.all(BUNDLES.map((bundle) => build({ ...optionsOf(bundle), sourcemap: sourcemap ? 'linked' : false })));
}

// Not awaited: tests load this file as a module that may not wait. Where it fails, Node ends with an error.
if (process.argv[1] === import.meta.filename) void buildAll({ sourcemap: process.argv.includes('--sourcemap') });

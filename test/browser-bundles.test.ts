// What browsers get asks for nothing that browsers do not have, and reaches for no network.
import assert from 'node:assert/strict';
// @ts-expect-error a script without types
import { bundleOf } from '../scripts/build.mjs';

/** What Node puts into every module. Free uses are marked while bundling, so that properties and words of the packs are not taken for them. */
const NODE_GLOBALS = ['process', 'Buffer', '__dirname', '__filename', 'global'];
const NETWORK = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'importScripts'];
const marked = (name: string): string => `__free_${name}__`;

interface Bundle { readonly text: string; readonly inputs: readonly string[]; readonly externals: readonly string[] }

async function read(name: string): Promise<Bundle> {
  const names = [...NODE_GLOBALS, ...NETWORK];
  const { outputFiles, metafile } = await bundleOf(name, { minify: false, define: Object.fromEntries(names.map((one) => [one, marked(one)])) }) as {
    readonly outputFiles: readonly { readonly text: string }[];
    readonly metafile: { readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>> };
  };
  return {
    text: outputFiles[0]!.text, inputs: Object.keys(metafile.inputs),
    externals: [...new Set(Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path)))],
  };
}

/** Uses of a global that the same piece of code has not asked for by `typeof` before; each with what stands around it. */
const unasked = (text: string, name: string): readonly string[] =>
  [...text.matchAll(new RegExp(marked(name), 'g'))].map(({ index }) => index)
    .filter((index) => !text.slice(Math.max(0, index - 300), index + marked(name).length).includes(`typeof ${marked(name)}`))
    .map((index) => text.slice(Math.max(0, index - 60), index + 60));

for (const [name, externals] of [['dist/server.browser.js', []], ['dist/client.browser.js', ['vscode']]] as const) {
  describe(name, () => {
    let bundle: Bundle;
    before(async function () {
      this.timeout(60_000);
      bundle = await read(name);
    });

    it('has the program in it', () => {
      assert.ok(bundle.inputs.some((path) => /^(?:client|server)\/src\/browser\.ts$/.test(path)));
      assert.ok(bundle.text.length > 100_000);
    });

    it(`asks for ${externals.length > 0 ? `no module but ${externals.join()}` : 'no module'}`, () => {
      assert.deepEqual(bundle.externals, externals);
      // A module that a package leaves out of browsers is empty here, and fails where it is used.
      assert.deepEqual(bundle.inputs.filter((path) => path.startsWith('(disabled)')), []);
      const required = [...bundle.text.matchAll(/\brequire\(\s*(["'`])([^"'`]+)\1/g)].map(([, , module]) => module!);
      assert.deepEqual([...new Set(required)], externals);
      assert.doesNotMatch(bundle.text, /(?:\bfrom\s*|\bimport\s*\(?\s*)["']node:/);
    });

    for (const global of NODE_GLOBALS) it(`uses no ${global} of Node`, () => { assert.deepEqual(unasked(bundle.text, global), []); });

    it('reaches for no network and makes no code of text', () => {
      for (const global of NETWORK) assert.ok(!bundle.text.includes(marked(global)), `${global}: ${bundle.text.slice(bundle.text.indexOf(marked(global)) - 80).slice(0, 160)}`);
      assert.doesNotMatch(bundle.text, /\beval\(|\bnew Function\(|\bsendBeacon\b/);
    });
  });
}

describe('the look into bundles', () => {
  it('finds what is not asked for', () => {
    assert.equal(unasked(`if (x) ${marked('process')}.cwd()`, 'process').length, 1);
    assert.equal(unasked(`typeof ${marked('process')} === 'object' && ${marked('process')}.cwd()`, 'process').length, 0);
  });
});

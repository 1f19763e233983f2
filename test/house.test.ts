// The conventions of the house, so that nobody has to review them.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { RULES } from '../server/src/core/index';
import { check } from './check';

const ROOT = resolve(import.meta.dirname, '..');
const walk = (folder: string): string[] => existsSync(folder)
  ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]) : [];
const sources = ['client/src', 'server/src'].flatMap((folder) => walk(join(ROOT, folder))).filter((file) => file.endsWith('.ts'));
const inRoot = (file: string): string => relative(ROOT, file).split(sep).join('/');

/** What a source file imports: paths from the project's top for its own files, names for packages. */
function importsOf(file: string): { readonly name: string }[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const pattern = /\b(?:import|export)\s+(?:[\w*\s{},$]+?\s+from\s+)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => {
    const name = match[1] ?? match[2]!;
    return { name: name.startsWith('.') ? inRoot(resolve(dirname(file), name)) : name };
  });
}

type Layer = 'core' | 'workspace' | 'report' | 'lsp' | 'cli' | 'entry' | 'client' | 'packs' | 'outside';
const layerOf = (path: string): Layer =>
  path.startsWith('server/src/core/') ? 'core'
    : path.startsWith('server/src/report/') ? 'report'
      : path.startsWith('server/src/workspace/') ? 'workspace'
        : path.startsWith('server/src/lsp/') ? 'lsp'
        : path.startsWith('server/src/cli/') ? 'cli'
          : /^server\/src\/(?:node|browser|server|bin)(?:\.ts)?$/.test(path) ? 'entry'
            : path.startsWith('client/src/') ? 'client'
              : path.startsWith('server/packs/') || /^server\/src\/packs(?:\.ts)?$/.test(path) ? 'packs'
                : 'outside';

/** What each part may import of the others, besides itself. */
const ARROWS: { readonly [layer in Layer]: readonly Layer[] } = {
  core: [], packs: ['core'], workspace: ['core'], report: ['core'], lsp: ['core', 'report', 'workspace'], cli: ['core', 'report', 'packs', 'workspace'], entry: ['core', 'report', 'lsp', 'cli', 'packs', 'workspace'], client: [], outside: [],
};
const CORE_LIBRARIES = /^(?:@lezer\/[a-z-]+|htmlparser2|yaml|valibot)$/;

describe('house', () => {
  it('has sources to look at', () => {
    assert.ok(sources.length > 20);
    assert.ok(importsOf(join(ROOT, 'server/src/cli/run.ts')).some(({ name }) => name === 'server/src/core/index'));
  });

  it('imports along its arrows only', () => {
    const wrong = sources.flatMap((file) => {
      const from = layerOf(inRoot(file));
      return importsOf(file).filter(({ name }) => name.includes('/') && /^(?:client|server|test|scripts)\//.test(name)).flatMap(({ name }) => {
        const to = layerOf(name);
        const fine = to === from || ARROWS[from].includes(to) || from === 'client' && name === 'server/src/lsp/protocol';
        return fine ? [] : [`${inRoot(file)} imports ${name}`];
      });
    });
    assert.deepEqual(wrong, []);
  });

  it('has a protocol that brings nothing with it, as both sides bundle it', () => {
    assert.deepEqual(importsOf(join(ROOT, 'server/src/lsp/protocol.ts')), []);
  });

  it('keeps the engine pure: four libraries, no host', () => {
    const core = sources.filter((file) => layerOf(inRoot(file)) === 'core');
    const wrong = core.flatMap((file) => importsOf(file).filter(({ name }) => !/^(?:client|server)\//.test(name) && !CORE_LIBRARIES.test(name)).map(({ name }) => `${inRoot(file)} imports ${name}`));
    assert.deepEqual(wrong, []);
  });

  it('lets only the client know the editor, and only entries know the process', () => {
    const wrong = sources.flatMap((file) => {
      const layer = layerOf(inRoot(file));
      const text = readFileSync(file, 'utf8');
      return [
        ...layer !== 'client' && importsOf(file).some(({ name }) => name === 'vscode') ? [`${inRoot(file)} imports vscode`] : [],
        ...['core', 'report', 'cli', 'lsp', 'workspace'].includes(layer) && /(?<![\w.'"“])process\.\w/.test(text) ? [`${inRoot(file)} uses process`] : [],
      ];
    });
    assert.deepEqual(wrong, []);
  });

  it('lists every rule file in the index, under its own name', () => {
    const files = readdirSync(join(ROOT, 'server/src/core/rules')).map((name) => name.replace(/\.ts$/, ''));
    for (const rule of RULES) assert.ok(files.includes(rule.id), `rules/${rule.id}.ts is not there`);
    const index = readFileSync(join(ROOT, 'server/src/core/rules/index.ts'), 'utf8');
    for (const file of files.filter((name) => existsSync(join(ROOT, 'server/src/core/rules', `${name}.ts`)))) {
      const text = readFileSync(join(ROOT, 'server/src/core/rules', `${file}.ts`), 'utf8');
      if (/:\s*Rule\s*=/.test(text)) assert.ok(index.includes(`'./${file}'`), `rules/index.ts does not list ${file}`);
    }
    assert.equal(new Set(RULES.map(({ id }) => id)).size, RULES.length);
  });

  for (const rule of RULES) {
    describe(rule.id, () => {
      it('says what it is, why, and what it rests on', () => {
        assert.match(rule.id, /^[a-z]+(?:-[a-z]+)*$/);
        for (const text of [rule.title, rule.why, rule.basis]) assert.ok(text.length > 5);
        assert.match(rule.why, /\.$/);
      });

      it('has examples that it marks and one that it leaves alone', () => {
        assert.ok(rule.examples.some(({ text }) => text.includes('«')), 'no example with a mark');
        assert.ok(rule.examples.some(({ text }) => !text.includes('«')), 'no example without one');
      });

      rule.examples.forEach((example, n) => {
        it(`marks its example ${n + 1}`, () => void check(rule, example.text, { extension: example.extension }));
      });
    });
  }
});

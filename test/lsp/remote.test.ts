// A server without files, in a browser: the editor reads configurations, packs and bibliographies for it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../server/src/core/index';
import { editorFiles, filesOf } from '../../server/src/lsp/remote';
import { builtinPacks } from '../../server/src/packs';
import { connect, type Editor } from './client';

const FIXTURES = join(import.meta.dirname, '../vscode/fixtures/configured texts');
const TOP = 'memfs://host+a/w%20x';
const NAMES = ['caveat.yaml', 'our-pack.yaml', 'literature/references.bib'];
const text = (name: string) => readFileSync(join(FIXTURES, name), 'utf8');

describe('language server: files through the editor', () => {
  const editors: Editor[] = [];
  afterEach(async () => { await Promise.all(editors.splice(0).map((one) => one.end())); });
  const editor = async (served: { readonly [uri: string]: string } | undefined) => {
    const one = await connect({ rules: RULES, packs: builtinPacks(), folders: [TOP], ...served && { served } });
    editors.push(one);
    return one;
  };
  const all = (folder: string) => Object.fromEntries(NAMES.map((name) => [`${folder}/${name}`, text(name)]));
  const found = async (one: Editor, uri: string) => (await one.diagnostics(uri)).map(({ code, message }) => [code, message] as const);

  it('reads the nearest configuration, its pack and its bibliography, whatever their names hold', async () => {
    const folder = `${TOP}/100%25%20%23new`;
    const one = await editor(all(folder));
    one.open(`${folder}/sub/article.md`, text('article.md'), 'markdown');
    one.open(`${TOP}/article.md`, text('article.md'), 'markdown');
    const inside = await found(one, `${folder}/sub/article.md`);
    assert.ok(inside.some(([code]) => code === 'known-error'), one.logged.join() + JSON.stringify(inside));
    assert.deepEqual(inside.filter(([code]) => code === 'unresolved-citation').map(([, message]) => /“(\w+)”/.exec(String(message))?.[1]), ['nobody2021']);
    const outside = await found(one, `${TOP}/article.md`);
    assert.ok(!outside.some(([code]) => code === 'known-error'));
    assert.ok(!outside.some(([code]) => code === 'unresolved-citation'), 'no bibliography is known there');
  });

  it('finds a bibliography beside the document', async () => {
    const one = await editor({ [`${TOP}/d/refs.bib`]: text('literature/references.bib') });
    one.open(`${TOP}/d/article.md`, text('article.md'), 'markdown');
    assert.equal((await found(one, `${TOP}/d/article.md`)).filter(([code]) => code === 'unresolved-citation').length, 1);
  });

  it('tells the editor\'s log what is wrong in a pack, once, by its line', async () => {
    const one = await editor(all(TOP));
    one.open(`${TOP}/article.md`, text('article.md'), 'markdown');
    await one.diagnostics(`${TOP}/article.md`);
    one.change(`${TOP}/article.md`, undefined, `${text('article.md')}\nMore.\n`);
    await one.diagnostics(`${TOP}/article.md`);
    assert.deepEqual(one.logged.map((line) => line.slice(0, 70)), one.logged.filter((line) => /^caveat\.yaml:2:29: “\.\/our-pack\.yaml” has mistakes.* in line 16: /.test(line)).map((line) => line.slice(0, 70)));
    assert.equal(one.logged.length, 1, one.logged.join('\n'));
  });

  it('goes on with an editor that has no files', async () => {
    const one = await connect({ rules: RULES, packs: builtinPacks(), folders: [TOP], served: {} });
    editors.push(one);
    one.open(`${TOP}/article.md`, text('article.md'), 'markdown');
    assert.ok((await found(one, `${TOP}/article.md`)).some(([code]) => code === 'absolute-language'));
    for (const answer of [async () => { throw new Error('no such method'); }, async () => ({ text: 7 }), async () => [null]]) {
      const { files } = editorFiles({ sendRequest: answer as never });
      assert.deepEqual([await files.read(`${TOP}/a.bib`), await files.list(TOP)], [undefined, []]);
    }
  });

  it('asks for nothing outside by a name that climbs or is absolute', () => {
    const { files } = editorFiles({ sendRequest: (async () => null) as never });
    assert.equal(files.resolve(`${TOP}/d`, '../e/a b.bib'), `${TOP}/e/a%20b.bib`);
    assert.equal(files.resolve(TOP, '/etc/passwd'), TOP);
    assert.equal(files.resolve(TOP, 'javascript:alert(1)'), TOP);
    assert.equal(files.folderOf(`${TOP}/d/it's%20#1.md`), `${TOP}/d`);
  });

  it('leaves files of the machine to a server that has them', async () => {
    const asked: string[] = [];
    const own = editorFiles({ sendRequest: (async (_: string, { uri }: { uri: string }) => { asked.push(`own ${uri}`); return null; }) as never });
    const both = filesOf({ sendRequest: (async (_: string, { uri }: { uri: string }) => { asked.push(`editor ${uri}`); return null; }) as never }, own);
    await both.files.read('file:///w/a.bib');
    await both.files.list('memfs://host/w');
    await both.configFiles(() => []).read('file:///w/caveat.yaml');
    await both.configFiles(() => []).read('memfs://host/w/caveat.yaml');
    assert.deepEqual(asked, ['own file:///w/a.bib', 'editor memfs://host/w', 'own file:///w/caveat.yaml', 'editor memfs://host/w/caveat.yaml']);
  });
});

import assert from 'node:assert/strict';
import type { CompletionItem, Location } from 'vscode-languageserver/node';
import type { Files } from '../../server/src/core/bibliography/library';
import { RULES } from '../../server/src/core/index';
import { builtinPacks } from '../../server/src/packs';
import { connect, type Editor } from './client';

const DOC = 'file:///w/a.md';
const BIB = 'file:///w/refs.bib';
const TEXT = 'Ketamine infusions are offered for depression [@green2020; @nobody]. Ketamine may help depression.[^1] See [@\n\n[^1]: Berman RM, et al. 2000.\n';

/** A folder in memory with a document's neighbours. */
function folder(contents: { [uri: string]: string }): Files {
  return {
    read: async (file) => contents[file],
    list: async (of) => Object.keys(contents).filter((file) => file.startsWith(`${of}/`)).map((file) => file.slice(of.length + 1)),
    folderOf: (file) => file.slice(0, file.lastIndexOf('/')),
    resolve: (of, name) => `${of}/${name}`,
  };
}

describe('language server: citations', () => {
  let editor: Editor;
  const contents: { [uri: string]: string } = {};
  beforeEach(async () => {
    contents[BIB] = '@article{green2020, author={Green, A and Brown, B}, title={Gardens}, year={2020}}\n@article{broken, title={No end\n';
    editor = await connect({ rules: RULES, packs: builtinPacks(), files: folder(contents) });
    editor.open(DOC, TEXT);
  });
  afterEach(() => editor.connection.dispose());
  const at = (words: string, into = 2) => { const { start } = editor.find(DOC, words); return { textDocument: { uri: DOC }, position: { line: start.line, character: start.character + into } }; };
  const unknown = async (): Promise<readonly string[]> => (await editor.diagnostics(DOC)).filter(({ message }) => /No bibliography here/.test(String(message))).map(({ message }) => String(message));

  it('knows the keys of the bibliography beside the document, and shows what is broken there', async () => {
    const [message, ...others] = await unknown();
    assert.match(message!, /“nobody”/);
    assert.equal(others.length, 0);
    const { diagnostics } = await editor.waitFor('diagnostics of the bibliography', () => editor.pushed.find(({ uri }) => uri === BIB));
    assert.ok(diagnostics.length > 0 && diagnostics.every(({ range }) => range.start.line === 1), JSON.stringify(diagnostics));
  });

  it('reads a bibliography again when it changed', async () => {
    await unknown();
    contents[BIB] = '@article{nobody, title={A}}\n@article{green2020, title={B}}';
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: BIB, type: 2 }] });
    await editor.waitFor('a wish for fresh diagnostics', () => editor.asked.refresh > 0);
    assert.deepEqual(await unknown(), []);
    assert.deepEqual(editor.pushed.filter(({ uri }) => uri === BIB).at(-1)!.diagnostics, []);
  });

  it('goes to definitions and references', async () => {
    const key = await editor.connection.sendRequest<Location>('textDocument/definition', at('green2020'));
    assert.deepEqual([key.uri, key.range.start], [BIB, { line: 0, character: 9 }]);
    const note = await editor.connection.sendRequest<Location>('textDocument/definition', at('[^1]'));
    assert.deepEqual([note.uri, note.range.start], [DOC, { line: 2, character: 6 }]);
    const users = await editor.connection.sendRequest<Location[]>('textDocument/references', { ...at('Berman'), context: { includeDeclaration: false } });
    assert.deepEqual(users.map(({ range }) => range.start), [editor.find(DOC, '[^1]').start]);
    assert.equal(await editor.connection.sendRequest('textDocument/definition', at('nobody')), null);
  });

  it('shows the reference under the pointer', async () => {
    assert.match(JSON.stringify((await editor.hover(DOC, 'green2020'))!.contents), /Green A, Brown B\. Gardens\. 2020\./);
    assert.match(JSON.stringify((await editor.hover(DOC, '[^1]'))!.contents), /Berman RM/);
  });

  it('completes keys', async () => {
    const items = await editor.connection.sendRequest<CompletionItem[]>('textDocument/completion', at('See [@', 6));
    assert.deepEqual(items.map(({ label }) => label), ['green2020', 'broken']);
    assert.deepEqual(await editor.connection.sendRequest('textDocument/completion', at('offered', 3)), []);
  });
});

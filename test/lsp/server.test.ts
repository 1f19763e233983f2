import assert from 'node:assert/strict';
import { CancellationTokenSource, type ClientCapabilities, type Range } from 'vscode-languageserver/node';
import { RULES, type Pack } from '../../server/src/core/index';
import { builtinPacks } from '../../server/src/packs';
import type { Disclaimer, Outline, Page } from '../../server/src/lsp/protocol';
import { connect, MODERN, PLAIN, type Editor, type Options } from './client';
import { broken, sentence, tidy, wording } from './rules';

const A = 'file:///a.txt';
const B = 'file:///b.md';
const ORIGIN: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const rules = [wording, sentence, tidy];

describe('language server', () => {
  const editors: Editor[] = [];
  const editor = async (options: Options = {}) => {
    const opened = await connect({ rules, ...options });
    editors.push(opened);
    return opened;
  };
  afterEach(async () => { await Promise.all(editors.splice(0).map((one) => one.end())); });

  describe('says what it can do', () => {
    it('incremental sync, pull, hover and its kinds of actions', async () => {
      const { initialized: { capabilities, serverInfo } } = await editor();
      assert.equal(serverInfo?.name, 'caveat');
      assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
      assert.equal(capabilities.diagnosticProvider?.interFileDependencies, false);
      assert.deepEqual(capabilities.codeActionProvider, {
        codeActionKinds: ['quickfix.caveat.replace', 'quickfix.caveat.insert', 'quickfix.caveat.suppress', 'source.fixAll.caveat'], resolveProvider: true,
      });
    });
    it('offers no pull to an editor without it', async () => {
      assert.equal((await editor({ capabilities: PLAIN })).initialized.capabilities.diagnosticProvider, undefined);
    });
    it('takes an editor that says nothing of itself', async () => {
      const plain = await editor({ capabilities: {} });
      plain.open(A, 'It is undeniable.');
      assert.equal((await plain.waitFor('a push', () => plain.pushed.at(-1)))!.diagnostics.length, 2);
    });
  });

  describe('pull', () => {
    it('gives everything a diagnostic can say', async () => {
      const { open, diagnostics } = await editor();
      open(A, 'Ketamine works.\nThe effect 💊 is undeniable.');
      const [, word] = await diagnostics(A);
      assert.deepEqual(word, {
        range: { start: { line: 1, character: 17 }, end: { line: 1, character: 27 } },
        severity: 2, source: 'caveat', code: 'test-wording', codeDescription: { href: 'caveat-rule:/test-wording.md' },
        message: '“undeniable” claims certainty. Say what was found.',
        relatedInformation: [{ location: { uri: A, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } }, message: 'The text begins here.' }],
        data: { word: 'undeniable' },
      });
    });
    it('links rules to pages that the client names', async () => {
      const { open, diagnostics } = await editor({ initialization: { rulePage: 'https://example.org/{id}' } });
      open(A, 'undeniable');
      assert.equal((await diagnostics(A))[0]!.codeDescription?.href, 'https://example.org/test-sentence');
    });
    it('follows single keystrokes, line ends of all kinds and several edits at once', async () => {
      const one = await editor();
      one.open(A, 'a\r\nb\rc\nundeniabl');
      assert.deepEqual(await one.diagnostics(A), []);
      one.change(A, { start: { line: 3, character: 9 }, end: { line: 3, character: 9 } }, 'e');
      one.change(A, { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, '');
      const ranges = (await one.diagnostics(A)).filter(({ code }) => code === 'test-wording').map(({ range }) => range);
      assert.deepEqual(ranges, [one.find(A, 'undeniable')]);
      assert.deepEqual(ranges[0]!.start, { line: 3, character: 0 });
      one.change(A, undefined, 'quiet');
      assert.deepEqual(await one.diagnostics(A), []);
    });
    it('says “unchanged” for what the client has, and only for that', async () => {
      const one = await editor();
      one.open(A, 'undeniable');
      const first = await one.pull(A);
      assert.ok(first.resultId);
      assert.deepEqual(await one.pull(A, first.resultId), { kind: 'unchanged', resultId: first.resultId });
      one.change(A, ORIGIN, 'x');
      assert.equal((await one.pull(A, first.resultId)).kind, 'full');
      one.close(A);
      one.open(A, 'other');
      const reopened = await one.pull(A, first.resultId);
      assert.equal(reopened.kind, 'full', 'the same version of another opening is another text');
    });
    it('takes no id of another server for its own', async () => {
      const [one, other] = [await editor(), await editor()];
      for (const each of [one, other]) each.open(A, 'undeniable');
      assert.equal((await other.pull(A, (await one.pull(A)).resultId)).kind, 'full');
    });
    it('knows nothing of documents that are closed or were never open', async () => {
      const one = await editor();
      one.open(A, 'undeniable');
      assert.equal((await one.diagnostics(A)).length, 2);
      one.close(A);
      assert.deepEqual(await one.diagnostics(A), []);
      assert.deepEqual(await one.diagnostics('file:///never.txt'), []);
      assert.deepEqual(await one.actions(A, ORIGIN), []);
      assert.equal(await one.connection.sendRequest('textDocument/hover', { textDocument: { uri: A }, position: ORIGIN.start }), null);
    });
    it('a rule that throws hides no other, and is told once', async () => {
      const one = await editor({ rules: [broken, wording] });
      one.open(A, 'undeniable');
      assert.deepEqual((await one.diagnostics(A)).map(({ code }) => code), ['test-wording']);
      one.change(A, ORIGIN, 'x');
      await one.diagnostics(A);
      const told = await one.waitFor('a log', () => one.logged.filter((line) => line.includes('test-broken')));
      assert.equal(told.length, 1);
      assert.match(told[0]!, /this rule is broken/);
    });
    it('reads no file that no format reads', async () => {
      const { open, diagnostics } = await editor();
      open('file:///a.bin', 'undeniable', 'x-unknown');
      assert.deepEqual(await diagnostics('file:///a.bin'), []);
    });
    it('goes by the name where the editor has no language for it, and by the language where there is no name', async () => {
      const { open, diagnostics } = await editor();
      open('file:///a.txt', 'undeniable', 'x-unknown');
      assert.equal((await diagnostics('file:///a.txt')).length, 2);
      open('untitled:Untitled-1', 'undeniable', 'plaintext');
      assert.equal((await diagnostics('untitled:Untitled-1')).length, 2);
    });
    it('says so where a document is too long to be checked', async () => {
      const { open, diagnostics } = await editor({ maxLength: 20 });
      open(A, 'undeniable '.repeat(2));
      const [only, ...more] = await diagnostics(A);
      assert.match(only!.message as string, /longer than 20 characters/);
      assert.equal(more.length, 0);
    });
  });

  describe('push, for editors that can not ask', () => {
    it('waits for a pause, names the version, and clears what is closed', async () => {
      const one = await editor({ capabilities: PLAIN, pushDelay: 40 });
      one.open(A, 'undeniable');
      for (let n = 0; n < 5; n++) one.change(A, ORIGIN, 'x ');
      const last = await one.waitFor('a push', () => one.pushed.at(-1));
      assert.equal(last.version, 6);
      assert.equal(one.pushed.length, 1, 'one push for six versions');
      assert.deepEqual(last.diagnostics.find(({ code }) => code === 'test-wording')!.range, one.find(A, 'undeniable'));
      one.close(A);
      assert.deepEqual(await one.waitFor('clearing', () => one.pushed[1]), { uri: A, diagnostics: [] });
    });
    it('one document does not wait for another', async () => {
      const one = await editor({ capabilities: PLAIN });
      one.open(A, 'undeniable');
      one.open('file:///b.txt', 'fine');
      await one.waitFor('both', () => one.pushed.length >= 2);
      assert.deepEqual(new Set(one.pushed.map(({ uri }) => uri)), new Set([A, 'file:///b.txt']));
    });
    it('a document closed before its time is not spoken of again', async () => {
      const one = await editor({ capabilities: PLAIN, pushDelay: 30 });
      one.open(A, 'undeniable');
      one.close(A);
      one.open('file:///later.txt', 'undeniable');
      await one.waitFor('the later one', () => one.pushed.find(({ uri }) => uri.includes('later')));
      assert.deepEqual(one.pushed.filter(({ uri, diagnostics }) => uri === A && diagnostics.length > 0), []);
    });
    it('sends nothing to an editor that pulls', async () => {
      const one = await editor({ pushDelay: 1 });
      one.open(A, 'undeniable');
      await one.diagnostics(A);
      one.close(A);
      await one.diagnostics(A);
      assert.deepEqual(one.pushed, []);
    });
    it('leaves out what the editor can not show', async () => {
      const one = await editor({ capabilities: PLAIN });
      one.open(A, 'undeniable');
      const [, word] = (await one.waitFor('a push', () => one.pushed.at(-1))).diagnostics;
      assert.equal(word!.relatedInformation, undefined);
      assert.equal(word!.codeDescription, undefined);
    });
  });

  describe('quick-fixes', () => {
    const TEXT = 'The effect is undeniable. See DOI: 10.1/x.';
    const at = async (options: Options = {}) => {
      const one = await editor(options);
      one.open(A, TEXT);
      return one;
    };
    const INLINE: ClientCapabilities = { ...MODERN, textDocument: { ...MODERN.textDocument, codeAction: {} } };

    it('come word first, in preferred order, switching off last', async () => {
      const one = await at();
      const actions = await one.actions(A, one.find(A, 'undeniable'));
      assert.deepEqual(actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred ?? false]), [
        ['Replace with “strong”', 'quickfix.caveat.replace', true],
        ['Replace with “notable”', 'quickfix.caveat.replace', false],
        ['Add a caveat', 'quickfix.caveat.insert', false],
        ['Mark as uncited', 'quickfix.caveat.insert', true],
        ['Leave as it is: switch off test-wording here, with a reason', 'quickfix.caveat.suppress', false],
        ['Leave as it is: switch off test-sentence here, with a reason', 'quickfix.caveat.suppress', false],
      ]);
    });
    it('are offered at either end of a marked word and not beside it', async () => {
      const one = await at({ rules: [wording] });
      const { start, end } = one.find(A, 'undeniable');
      for (const place of [start, end]) assert.equal((await one.actions(A, { start: place, end: place })).length, 4);
      const beside = { line: end.line, character: end.character + 1 };
      assert.deepEqual(await one.actions(A, { start: beside, end: beside }), []);
    });
    it('carry edits of the version they were made for', async () => {
      const one = await at({ capabilities: INLINE });
      one.change(A, ORIGIN, 'So: ');
      const [action] = await one.actions(A, one.find(A, 'undeniable'));
      assert.equal(one.applied(action!.edit), 'So: The effect is strong. See DOI: 10.1/x.');
      one.change(A, ORIGIN, 'x');
      assert.throws(() => one.applied(action!.edit), /an edit for version 2, the document has 3/);
    });
    it('are plain changes for an editor without versions', async () => {
      const one = await at({ capabilities: PLAIN });
      const [action] = await one.actions(A, one.find(A, 'undeniable'));
      assert.deepEqual(action!.edit, { changes: { [A]: [{ range: one.find(A, 'undeniable'), newText: 'strong' }] } });
    });
    it('make their edits only when chosen, where the editor can wait', async () => {
      const one = await at();
      const actions = await one.actions(A, one.find(A, 'undeniable'));
      assert.ok(actions.every(({ edit }) => edit === undefined));
      const texts = await Promise.all(actions.slice(0, 3).map(async (action) => one.applied((await one.connection.sendRequest<typeof action>('codeAction/resolve', action)).edit)));
      assert.deepEqual(texts, [TEXT.replace('undeniable', 'strong'), TEXT.replace('undeniable', 'notable'), `${TEXT}\nResults vary.`]);
    });
    it('make no edit for a document that went on', async () => {
      const one = await at();
      const [action] = await one.actions(A, one.find(A, 'undeniable'));
      one.change(A, ORIGIN, 'x');
      assert.equal((await one.connection.sendRequest<typeof action>('codeAction/resolve', action))!.edit, undefined);
    });
    it('are tied to the diagnostic that the editor holds', async () => {
      const one = await at();
      const sent = (await one.diagnostics(A)).map((diagnostic) => ({ ...diagnostic, message: `${diagnostic.message} (the editor's copy)` }));
      const [action] = await one.actions(A, one.find(A, 'undeniable'), { diagnostics: sent });
      assert.match(action!.diagnostics![0]!.message as string, /the editor's copy/);
    });
    for (const [only, titles] of [
      [['quickfix'], 6], [['quickfix.caveat'], 6], [['quickfix.caveat.replace'], 2], [['quickfix.caveat.suppress'], 2], [['quickfix.caveat.insert', 'refactor'], 2],
      [['refactor'], 0], [['source.organizeImports'], 0], [['quickfix.cave'], 0], [[], 0],
    ] as const) {
      it(`of the kinds ${JSON.stringify(only)} alone are ${titles}`, async () => {
        const one = await at();
        assert.equal((await one.actions(A, one.find(A, 'undeniable'), { only: [...only] })).length, titles);
      });
    }
    it('look at the kinds before anything else', async () => {
      const one = await at({ settings: () => { throw new Error('settings were asked for'); } });
      assert.deepEqual(await one.actions(A, ORIGIN, { only: ['refactor'] }), []);
      assert.equal(one.asked.settings, 0);
    });
    for (const kind of ['source', 'source.fixAll', 'source.fixAll.caveat']) {
      it(`${kind} applies the safe fixes and no other`, async () => {
        const one = await at();
        const [action, ...more] = await one.actions(A, ORIGIN, { only: [kind] });
        assert.equal(one.applied(action!.edit), TEXT.replace('DOI:', 'doi:'));
        assert.equal(more.length, 0);
      });
    }
    it('no fix of everything where nothing is safe to fix, or nobody asked', async () => {
      const one = await at({ rules: [wording] });
      assert.deepEqual(await one.actions(A, ORIGIN, { only: ['source.fixAll'] }), []);
      assert.ok((await one.actions(A, one.find(A, 'undeniable'))).every(({ kind }) => kind!.startsWith('quickfix.')));
    });
  });

  describe('hover', () => {
    const pack = {
      id: 'p', name: 'Test pack', version: '1', reviewed: '2026-05-01', drugs: [], conditions: [], terms: {}, grades: [], wordings: [], errors: [], journals: [],
      disclosures: [{
        id: 'undeniable', title: 'A <b>title</b>', why: 'Because.', level: 'required', audiences: [], trigger: [], satisfied: [], not: [], caveat: { us: '', uk: '' },
        sources: ['R1', 'https://www.example.org/a', 'javascript:alert(1)'], reviewed: '2026-04-02', fires: [], quiet: [],
      }],
      references: [{ id: 'R1', authors: 'Doe J, Roe R', year: 2020, url: '', doi: '10.1/x' }],
    } as unknown as Pack;
    const value = (hover: Awaited<ReturnType<Editor['hover']>>) => (hover!.contents as { readonly value: string }).value;

    it('says why, what it rests on, and when that was reviewed', async () => {
      const one = await editor({ rules: [wording], packs: [pack] });
      one.open(A, 'It is undeniable.');
      assert.equal(value(await one.hover(A, 'undeniable')), [
        '**Strong word.** No study shows certainty.', '*Rests on:* the tests',
        '- **A \\<b\\>title\\</b\\>**: Because. ([Doe J 2020](https://doi.org/10.1/x), [example.org](https://www.example.org/a), javascript:alert(1), reviewed 2026-04-02)',
      ].join('\n\n'));
      assert.equal(await one.hover(A, 'It'), null);
    });
    it('names the packs where a finding names nothing of theirs', async () => {
      const one = await editor({ rules: [sentence], packs: [pack] });
      one.open(A, 'It is undeniable.');
      assert.match(value(await one.hover(A, 'It')), /\*Reviewed:\* Test pack 2026-05-01$/);
    });
    it('is plain text for an editor that wants that', async () => {
      const one = await editor({ rules: [sentence], packs: [pack], capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } } });
      one.open(A, 'It is undeniable.');
      assert.match(value(await one.hover(A, 'It')), /^No source\. A reader can not check it\.\n/);
    });
  });

  describe('settings', () => {
    it('hold for their document alone, and are asked for once', async () => {
      const one = await editor({ settings: (uri) => uri === A ? { severities: { 'test-wording': 'error', 'test-sentence': 'off' } } : { enable: false } });
      one.open(A, 'undeniable');
      one.open('file:///b.txt', 'undeniable');
      for (let n = 0; n < 3; n++) assert.deepEqual((await one.diagnostics(A)).map(({ code, severity }) => [code, severity]), [['test-wording', 1]]);
      assert.deepEqual(await one.diagnostics('file:///b.txt'), []);
      assert.equal(one.asked.settings, 2);
    });
    it('are asked for again after a change, and fresh pulls are asked for', async () => {
      let enable = true;
      const one = await editor({ settings: () => ({ enable }) });
      one.open(A, 'undeniable');
      assert.equal((await one.diagnostics(A)).length, 2);
      enable = false;
      await one.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await one.waitFor('a refresh', () => one.asked.refresh === 1);
      assert.deepEqual(await one.diagnostics(A), []);
    });
    it('come with the start or a change from an editor that can not be asked', async () => {
      const one = await editor({ capabilities: PLAIN, initialization: { settings: { enable: false } } });
      one.open(A, 'undeniable');
      assert.deepEqual((await one.waitFor('a push', () => one.pushed.at(-1))).diagnostics, []);
      await one.connection.sendNotification('workspace/didChangeConfiguration', { settings: { caveat: { enable: true } } });
      await one.waitFor('a second push', () => one.pushed.at(-1)!.diagnostics.length === 2);
    });
    for (const nonsense of [null, 7, 'x', [], { enable: 'yes', severities: 'none' }, { severities: { 'test-wording': 'fatal' }, packs: {} }, { disclosures: { require: 3 } }]) {
      it(`${JSON.stringify(nonsense)} counts as not set`, async () => {
        const one = await editor({ settings: () => nonsense });
        one.open(A, 'undeniable');
        assert.equal((await one.diagnostics(A)).length, 2);
      });
    }
    it('an editor that fails to answer gets what holds without settings', async () => {
      const one = await editor({ settings: () => { throw new Error('no settings today'); } });
      one.open(A, 'undeniable');
      assert.equal((await one.diagnostics(A)).length, 2);
    });
  });

  describe('is not broken by', () => {
    it('a request that was cancelled', async () => {
      const one = await editor();
      one.open(A, 'undeniable');
      const source = new CancellationTokenSource();
      const asked = one.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: A } }, source.token);
      source.cancel();
      await assert.rejects(asked, { code: -32800 });
      assert.equal((await one.diagnostics(A)).length, 2);
    });
    for (const [method, params] of [
      ['textDocument/diagnostic', null], ['textDocument/diagnostic', { textDocument: 5 }], ['textDocument/codeAction', {}], ['textDocument/codeAction', { textDocument: { uri: A } }],
      ['textDocument/codeAction', { textDocument: { uri: A }, range: null, context: {} }], ['codeAction/resolve', { title: 'x', data: { uri: 7 } }], ['codeAction/resolve', { title: 'x' }],
      ['textDocument/hover', { textDocument: { uri: A }, position: { line: -5, character: 1e12 } }], ['textDocument/hover', {}], ['caveat/page', null], ['caveat/page', {}], ['caveat/export', { target: { uri: A }, format: '__proto__' }],
      ['caveat/gather', { documents: [null, { uri: 3, text: 9 }] }], ['caveat/outline', { uri: null }], ['caveat/disclaimer', null], ['caveat/extensions', 5], ['no/such/request', {}], ['textDocument/rename', null],
    ] as const) {
      it(`${method} with ${JSON.stringify(params)}`, async () => {
        const one = await editor();
        one.open(A, 'undeniable');
        await one.connection.sendRequest(method, params).catch(() => {});
        assert.equal((await one.diagnostics(A)).length, 2, 'the next request is answered');
      });
    }
    for (const [method, params] of [
      ['textDocument/didChange', { textDocument: { uri: 'file:///unknown.txt', version: 3 }, contentChanges: [{ text: 'x' }] }],
      ['textDocument/didChange', null], ['textDocument/didOpen', { textDocument: {} }], ['textDocument/didOpen', null], ['textDocument/didClose', { textDocument: { uri: 'file:///unknown.txt' } }],
      ['workspace/didChangeConfiguration', null], ['$/unknown', {}],
      ['textDocument/didChange', { textDocument: { uri: A, version: 2 }, contentChanges: [{ range: { start: { line: 900, character: 900 }, end: { line: -1, character: -7 } }, text: '' }] }],
    ] as const) {
      it(`the notification ${method} with ${JSON.stringify(params)}`, async () => {
        const one = await editor();
        one.open(A, 'undeniable');
        await one.connection.sendNotification(method, params);
        one.open('file:///b.txt', 'undeniable');
        assert.equal((await one.diagnostics('file:///b.txt')).length, 2);
      });
    }
  });

  describe('reports', () => {
    it('on a document: findings with their words and places, and their rules', async () => {
      const one = await editor();
      one.open(A, 'The effect is\nundeniable.');
      const { html, key } = await one.connection.sendRequest<Page>('caveat/page', { target: { uri: A }, nonce: 'n1' });
      assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'nonce-n1'"/);
      for (const words of ['Strong word', 'No source', 'Line 2', '“undeniable” claims certainty. Say what was found.']) assert.ok(html.includes(words), words);
      assert.ok(html.includes(`command:caveat.openFinding?${encodeURIComponent(JSON.stringify([A, one.find(A, 'undeniable')]))}`));
      assert.equal((await one.connection.sendRequest<Page>('caveat/page', { target: { uri: A }, nonce: 'n2' })).key, key);
      one.change(A, undefined, 'The effect is undeniable.');
      assert.notEqual((await one.connection.sendRequest<Page>('caveat/page', { target: { uri: A }, nonce: 'n2' })).key, key);
      assert.equal((await one.connection.sendRequest<Page>('caveat/page', { target: { uri: 'file:///gone.md' }, nonce: 'n' })).html, '');
    });
    it('on a workspace: the text that is open before the text that is sent, its settings, and files that nobody reads', async () => {
      const one = await editor({ settings: (uri) => ({ enable: !uri.includes('off') }), folders: ['file:///w%20s'] });
      const open = 'file:///w%20s/sub/a.txt';
      one.open(open, 'fine');
      const gather = (run: number, documents: readonly object[], shown?: number) => one.connection.sendRequest<{ read: number }>('caveat/gather', { run, shown, documents });
      assert.deepEqual(await gather(1, [{ uri: open, text: 'undeniable' }, { uri: 'file:///w%20s/b.txt', text: 'undeniable' }]), { read: 2 });
      assert.deepEqual(await gather(1, [{ uri: 'file:///off.txt', text: 'undeniable' }, { uri: 'file:///c.bin', text: 'x' }, { uri: 'file:///gone.txt' }]), { read: 4 });
      const data = JSON.parse((await one.connection.sendRequest<{ text: string }>('caveat/export', { target: { run: 1 }, format: 'json' })).text) as { documents: { path: string; findings: unknown[] }[] };
      assert.deepEqual(data.documents.map(({ path, findings }) => [path, findings.length]), [['sub/a.txt', 0], ['b.txt', 2]]);
      const { html } = await one.connection.sendRequest<Page>('caveat/page', { target: { run: 1 }, nonce: 'n', notes: ['Not read: <x>.'] });
      for (const words of ['<h1>Workspace</h1>', 'b.txt', 'Not read: &lt;x&gt;.']) assert.ok(html.includes(words), words);
      // A run that is stopped takes nothing from the one that is shown.
      await gather(2, [], 1);
      assert.notEqual((await one.connection.sendRequest<Page>('caveat/page', { target: { run: 1 }, nonce: 'n' })).html, '');
      await gather(3, []);
      assert.equal((await one.connection.sendRequest<Page>('caveat/page', { target: { run: 1 }, nonce: 'n' })).html, '');
    });
    it('says why there is nothing to say', async () => {
      const one = await editor({ settings: () => ({ enable: false }) });
      one.open(A, 'undeniable');
      assert.match((await one.connection.sendRequest<Page>('caveat/page', { target: { uri: A }, nonce: 'n' })).html, /switched off for this document/);
    });
    it('claims as a tree: sections, claims, citations and findings', async () => {
      const one = await editor({ rules: RULES, packs: builtinPacks() });
      one.open(B, '# Ketamine for depression\n\nKetamine relieves depression within hours [1].\n\n## Proof\n\nKetamine is a guaranteed cure for depression.\n\n## References\n\n1. Zarate CA, et al. A trial. 2006.\n', 'markdown');
      const { nodes } = await one.connection.sendRequest<Outline>('caveat/outline', { uri: B });
      assert.deepEqual(nodes.map(({ label, description }) => [label, description]), [['Ketamine for depression', '1 of 1 cited'], ['Proof', '0 of 1 cited']]);
      const [cited] = nodes[0]!.children;
      assert.deepEqual([cited!.kind, cited!.children.map(({ kind }) => kind)], ['cited', ['citation']]);
      assert.ok(nodes[1]!.children[0]!.children.some(({ label, kind }) => label === 'Absolute wording' && kind === 'warning'));
      assert.deepEqual(nodes[1]!.place.start, { line: 4, character: 0 });
    });
    it('knows the endings of the files that it reads', async () => {
      const one = await editor();
      const endings = await one.connection.sendRequest<string[]>('caveat/extensions', {});
      for (const ending of ['.md', '.html', '.txt', '.tex']) assert.ok(endings.includes(ending), ending);
    });
    it('no disclaimer for a text that is not about the drug, nor for one that is not open', async () => {
      const one = await editor();
      one.open(A, 'The weather is fine.');
      assert.equal((await one.connection.sendRequest<Disclaimer<unknown>>('caveat/disclaimer', { uri: A })).state, 'not-in-scope');
      assert.equal((await one.connection.sendRequest<Disclaimer<unknown>>('caveat/disclaimer', { uri: 'file:///x.txt' })).state, 'not-checked');
    });
  });
});

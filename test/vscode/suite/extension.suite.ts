import assert from 'node:assert/strict';
import {
  CodeActionKind, commands, DiagnosticSeverity, extensions, languages, Position, Range, Selection, Uri, ViewColumn, window, workspace, WorkspaceEdit,
  type CodeAction, type Diagnostic, type Hover, type TextDocument,
} from 'vscode';

const LIMIT = 60_000;

/** Waits for a condition, never for a time; says what it waited for. */
export async function until<T>(what: string, probe: () => T | undefined | false | null | Thenable<T | undefined | false | null>): Promise<T> {
  const end = Date.now() + LIMIT;
  let last: unknown;
  while (Date.now() < end) {
    // At start-up the editor cancels requests while it connects.
    const found = await Promise.resolve().then(probe).catch((error: unknown) => { last = error; return undefined; });
    if (found !== undefined && found !== false && found !== null) return found;
    await new Promise((next) => { setTimeout(next, 100); });
  }
  throw new Error(`waited in vain for ${what}${last ? `: ${String(last)}` : ''}`);
}

const folder = () => workspace.workspaceFolders![0]!.uri;
const at = (name: string): Uri => Uri.joinPath(folder(), name);
const open = async (name: string): Promise<TextDocument> => {
  const document = await workspace.openTextDocument(at(name));
  await window.showTextDocument(document, ViewColumn.One);
  return document;
};
const codeOf = ({ code }: Diagnostic) => typeof code === 'object' ? code.value : code;
const findings = (uri: Uri, rule?: string) => languages.getDiagnostics(uri).filter((one) => one.source === 'caveat' && (!rule || codeOf(one) === rule));
const rangeOf = (document: TextDocument, words: string, nth = 1): Range => {
  let found = -1;
  for (let n = 0; n < nth; n++) found = document.getText().indexOf(words, found + 1);
  assert.ok(found >= 0, `“${words}” is not in ${document.uri.path}`);
  return new Range(document.positionAt(found), document.positionAt(found + words.length));
};
const marked = (document: TextDocument, rule: string) => findings(document.uri, rule).map(({ range }) => document.getText(range));
const fixes = async (document: TextDocument, range: Range, kind: CodeActionKind = CodeActionKind.QuickFix): Promise<CodeAction[]> =>
  await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind.value, 100) ?? [];
const revert = async (document: TextDocument): Promise<void> => {
  const saved = new TextDecoder().decode(await workspace.fs.readFile(document.uri));
  await window.showTextDocument(document, ViewColumn.One);
  await commands.executeCommand('workbench.action.files.revert');
  // It counts as clean before its text is back.
  await until('the saved text', () => !document.isDirty && document.getText() === saved);
};
const replaceAll = async (document: TextDocument, text: string): Promise<void> => {
  const editor = await window.showTextDocument(document, ViewColumn.One);
  assert.ok(await editor.edit((edit) => edit.replace(new Range(new Position(0, 0), document.lineAt(document.lineCount - 1).range.end), text)));
};
const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs);

/** The server's processes; a browser has none. */
export interface Processes {
  servers(): readonly number[];
  kill(pid: number): void;
}

export function load(processes?: Processes): void {
  describe('Caveat in VS Code', () => {
    const caveat = () => extensions.getExtension('caveat.caveat')!;

    afterEach(async () => {
      for (const document of workspace.textDocuments.filter(({ isDirty }) => isDirty)) await revert(document);
      await commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('wakes for the languages of its formats, for its own configuration, and for nothing else', () => {
      const { activationEvents } = caveat().packageJSON as { readonly activationEvents: readonly string[] };
      // Some editors add the extension's own commands to what its manifest says.
      const named = activationEvents.filter((event) => !event.startsWith('onCommand:caveat.'));
      assert.ok(named.length > 0);
      assert.deepEqual(named.filter((event) => !event.startsWith('onLanguage:') && event !== 'workspaceContains:**/caveat.yaml'), []);
    });

    it('wakes for an article and marks it', async () => {
      const document = await open('article.md');
      await until('marks', () => findings(document.uri).length > 0);
      assert.ok(caveat().isActive);
      const words = marked(document, 'absolute-language');
      assert.ok(words.includes('undeniable'), words.join());
      // One line of the two that say so is switched off.
      assert.deepEqual(findings(document.uri, 'absolute-language').filter(({ range }) => document.getText(range).includes('guaranteed')).map(({ range }) => range.start.line), [rangeOf(document, 'guaranteed').start.line]);
    });

    it('says all that a diagnostic can say', async () => {
      const document = await open('article.md');
      const [word] = await until('the word', () => { const found = findings(document.uri, 'absolute-language'); return found.length > 0 && found; });
      assert.equal(word!.severity, DiagnosticSeverity.Warning);
      const code = word!.code as { readonly value: string; readonly target: Uri };
      assert.equal(code.target.toString(), 'caveat-rule:/absolute-language.md');
      const [missing] = await until('the disclosures', () => { const found = findings(document.uri, 'missing-disclosure'); return found.length > 0 && found; });
      assert.ok(missing!.relatedInformation!.length > 0, 'no other claim is pointed at');
    });

    for (const name of ['letter.txt', 'page.html']) {
      it(`reads ${name}`, async () => {
        const document = await open(name);
        await until('marks', () => marked(document, 'absolute-language').some((words) => words.includes('guaranteed')));
      });
    }

    it('leaves alone what is about something else, and other languages', async () => {
      const [weather, json, article] = [await open('weather.md'), await open('notes.json'), await open('article.md')];
      await until('marks on the article', () => findings(article.uri).length > 0);
      assert.deepEqual([...findings(weather.uri), ...findings(json.uri)], []);
    });

    it('follows what is typed, letter by letter', async () => {
      const document = await open('article.md');
      await until('marks', () => findings(document.uri).length > 0);
      const editor = await window.showTextDocument(document);
      const place = rangeOf(document, 'Many people need help').start;
      editor.selection = new Selection(place, place);
      for (const letter of 'Ketamine always cures depression 💊. ') await commands.executeCommand('type', { text: letter });
      await until('a mark on “cures”', () => findings(document.uri, 'absolute-language').some(({ range }) => range.isEqual(rangeOf(document, 'cures'))));
      // Everything behind the edit moved with it.
      await until('the marks behind it', () => findings(document.uri, 'absolute-language').every(({ range }) => /undeniable|guaranteed|always|cure/.test(document.getText(range))));
    });

    it('a fix is offered, applied, and its mark is gone', async () => {
      const document = await open('article.md');
      const range = await until('the mark', () => findings(document.uri, 'absolute-language').find((one) => document.getText(one.range) === 'undeniable')?.range);
      const offered = await until('fixes', async () => { const list = await fixes(document, range); return list.some(({ edit }) => edit) && list; });
      const first = offered.find(({ kind }) => kind?.value === 'quickfix.caveat.replace')!;
      assert.equal(first.isPreferred, true);
      assert.ok(offered.some(({ kind }) => kind?.value === 'quickfix.caveat.suppress'), 'switching off is not offered');
      const before = document.getText();
      assert.ok(await workspace.applyEdit(first.edit!));
      assert.notEqual(document.getText(), before);
      assert.ok(!document.getText().includes('undeniable'));
      await until('the mark to go', () => !marked(document, 'absolute-language').includes('undeniable'));
      await commands.executeCommand('undo');
      assert.equal(document.getText(), before, 'one step takes it back');
      await until('the mark to come back', () => marked(document, 'absolute-language').includes('undeniable'));
    });

    it('a comment switches a mark off, and the fix writes it', async () => {
      const document = await open('article.md');
      const range = await until('the mark', () => findings(document.uri, 'absolute-language').find((one) => document.getText(one.range) === 'undeniable')?.range);
      const suppress = await until('the fix', async () => (await fixes(document, range, CodeActionKind.QuickFix.append('caveat').append('suppress'))).find(({ edit, title }) => edit && title.includes('absolute-language')));
      assert.ok(await workspace.applyEdit(suppress.edit!));
      assert.match(document.getText(), /<!-- caveat-disable/);
      await until('the mark to go', () => !marked(document, 'absolute-language').includes('undeniable'));
    });

    it('no fix reworks a text by itself on save', async () => {
      const document = await open('article.md');
      await until('marks', () => findings(document.uri).length > 0);
      const all = new Range(new Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
      const edits = (await fixes(document, all, CodeActionKind.SourceFixAll)).flatMap(({ edit }) => edit?.entries() ?? []);
      assert.deepEqual(edits, [], 'there is nothing in it that is safe to fix');
    });

    it('a hover says why and what it rests on', async () => {
      const document = await open('article.md');
      await until('marks', () => findings(document.uri).length > 0);
      const place = rangeOf(document, 'undeniable').start;
      const text = await until('a hover', async () => {
        const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, place);
        return hovers.flatMap(({ contents }) => contents).map((part) => typeof part === 'string' ? part : part.value).find((value) => value.includes('Rests on'));
      });
      assert.match(text, /Rests on:/);
      assert.match(text, /20\d\d-\d\d-\d\d/, 'no date of review');
    });

    it('reads the configuration, packs and bibliographies of the workspace', async () => {
      const document = await open('configured texts/article.md');
      const own = await until('the pack of the workspace', () => findings(document.uri, 'known-error')[0]);
      assert.equal(document.getText(own.range), 'Ketamine is moon rock');
      // The one key of the two that the bibliography lacks.
      await until('the key that leads nowhere', () => findings(document.uri, 'unresolved-citation').length > 0);
      assert.deepEqual(findings(document.uri, 'unresolved-citation').map(({ message }) => /“(\w+)”/.exec(message)?.[1]), ['nobody2021']);
      assert.ok(marked(document, 'absolute-language').length > 0);
      const quiet = await open('configured texts/quiet one.md');
      await until('the same there', () => findings(quiet.uri, 'known-error').length > 0);
      assert.deepEqual(marked(quiet, 'absolute-language'), []);
    });

    it('follows a configuration while it is typed, and shows mistakes in it', async () => {
      const document = await open('configured texts/article.md');
      const config = await workspace.openTextDocument(at('configured texts/caveat.yaml'));
      await window.showTextDocument(config, ViewColumn.Two);
      await until('the broken entry of the pack', () => languages.getDiagnostics(config.uri).some(({ message }) => /our-pack\.yaml.*line 16/.test(message)));
      await until('marks', () => marked(document, 'absolute-language').length > 0);
      const typed = new WorkspaceEdit();
      typed.replace(config.uri, new Range(0, 0, config.lineCount, 0), 'rules: { absolute-language: off, absolute-langage: hint }\n');
      assert.ok(await workspace.applyEdit(typed));
      await until('the mistake', () => languages.getDiagnostics(config.uri).some(({ message }) => /did you mean “absolute-language”/.test(message)));
      await until('the rule to be off', () => findings(document.uri).length > 0 && marked(document, 'absolute-language').length === 0);
    });

    it('a rule has its page', async () => {
      await open('article.md');
      const page = await until('the page', async () => (await workspace.openTextDocument(Uri.parse('caveat-rule:/absolute-language.md'))).getText());
      assert.match(page, /^# /);
    });

    it('settings hold at once', async () => {
      const document = await open('article.md');
      await until('marks', () => findings(document.uri, 'absolute-language').length > 0);
      const config = workspace.getConfiguration('caveat', document.uri);
      try {
        await config.update('severities', { 'absolute-language': 'off', 'missing-citation': 'hint' });
        await until('the rule to be off', () => findings(document.uri, 'absolute-language').length === 0);
        await until('the other as a hint', () => { const found = findings(document.uri, 'missing-citation'); return found.length > 0 && found.every(({ severity }) => severity === DiagnosticSeverity.Hint); });
        await config.update('severities', undefined);
        await config.update('enable', false);
        await until('silence', () => findings(document.uri).length === 0);
      } finally {
        await config.update('severities', undefined);
        await config.update('enable', undefined);
      }
      await until('marks again', () => findings(document.uri, 'absolute-language').length > 0);
    });

    it('inserts the standard disclaimer, and only once', async () => {
      const document = await open('article.md');
      await until('the missing disclosures', () => findings(document.uri, 'missing-disclosure').length > 0);
      const before = document.getText();
      await commands.executeCommand('caveat.insertDisclaimer');
      const after = await until('the disclaimer', () => document.getText() !== before && document.getText());
      assert.ok(after.length > before.length + 200);
      assert.ok(after.indexOf('## References') > before.indexOf('## References'), 'it stands before the references');
      await until('the findings to go', () => !findings(document.uri, 'missing-disclosure').some(({ severity }) => severity === DiagnosticSeverity.Warning));
      await commands.executeCommand('undo');
      assert.equal(document.getText(), before, 'one step takes it back');
    });

    it('shows the report of a document, once, beside it', async () => {
      const document = await open('article.md');
      await until('marks', () => findings(document.uri).length > 0);
      const reports = () => tabs().filter(({ label }) => label === 'Caveat: article.md');
      await commands.executeCommand('caveat.showReport');
      await until('the report', () => reports().length === 1);
      await window.showTextDocument(document, ViewColumn.One);
      await commands.executeCommand('caveat.showReport');
      assert.equal(reports().length, 1);
      assert.equal(reports()[0]!.group.viewColumn, ViewColumn.Two);
    });

    it('shows the report of the workspace', async () => {
      await open('article.md');
      await commands.executeCommand('caveat.showWorkspaceReport');
      await until('the report', () => tabs().some(({ label }) => label === 'Caveat: Workspace'));
    });

    it('opens a finding where its document is', async () => {
      await open('article.md');
      const place = rangeOf(await workspace.openTextDocument(at('page.html')), 'guaranteed');
      await commands.executeCommand('caveat.openFinding', at('page.html').toString(), { start: place.start, end: place.end });
      const editor = await until('the page', () => window.activeTextEditor?.document.uri.path.endsWith('page.html') && window.activeTextEditor);
      assert.equal(editor.document.getText(editor.selection), 'guaranteed');
    });

    it('comes back after a restart', async () => {
      const document = await open('article.md');
      await until('marks', () => findings(document.uri).length > 0);
      await commands.executeCommand('caveat.restartServer');
      await replaceAll(document, 'Ketamine always works for depression. Everyone is cured.\n');
      await until('marks on the new text', () => marked(document, 'absolute-language').some((words) => /always|Everyone|cured/.test(words)));
    });

    if (processes) it('comes back after a crash by itself, with the text that was not saved and the settings', async () => {
      const { servers, kill } = processes;
      const config = workspace.getConfiguration('caveat');
      const document = await open('article.md');
      await until('marks', () => findings(document.uri).length > 0);
      await config.update('severities', { 'absolute-language': 'hint' });
      try {
        await replaceAll(document, '# Ketamine for depression\n\nKetamine always works for depression.\n');
        await until('marks on the new text', () => findings(document.uri, 'absolute-language').some(({ severity }) => severity === DiagnosticSeverity.Hint));
        const [server, ...others] = servers();
        if (server === undefined || others.length > 0) throw new Error(`${servers().length} servers run, not one`);
        kill(server);
        await until('another server', () => servers().some((pid) => pid !== server));
        assert.match(document.getText(), /always works/);
        const editor = await window.showTextDocument(document, ViewColumn.One);
        assert.ok(await editor.edit((edit) => edit.insert(document.lineAt(document.lineCount - 1).range.end, '\nKetamine is a guaranteed cure for depression.\n')));
        await until('marks on the text that was not saved, and on what was typed since, as the settings say', () => {
          const found = findings(document.uri, 'absolute-language');
          const words = marked(document, 'absolute-language').join();
          return /always/.test(words) && /guaranteed/.test(words) && found.every(({ severity }) => severity === DiagnosticSeverity.Hint);
        });
      } finally {
        await config.update('severities', undefined);
      }
    });

    it('half-written text of any kind breaks nothing', async () => {
      const document = await open('article.md');
      const whole = document.getText();
      for (const text of ['', '---\ncaveat: {', '<!-- caveat-disable', '[^', '| a | b\n|--', '\u0000\ud83d', '`'.repeat(5000), '>'.repeat(2000), `${'[x]('.repeat(2000)}`]) await replaceAll(document, text);
      await replaceAll(document, whole);
      await until('marks again', () => marked(document, 'absolute-language').includes('undeniable'));
    });

    it('settings and commands are all there, and no more than fifteen settings', () => {
      const { contributes } = caveat().packageJSON as { readonly contributes: { readonly configuration: { readonly properties: Record<string, { readonly markdownDescription?: string }> } } };
      const settings = Object.entries(contributes.configuration.properties);
      assert.ok(settings.length <= 15);
      for (const [name, { markdownDescription }] of settings) assert.ok(markdownDescription, `${name} is not described`);
    });
  });
}


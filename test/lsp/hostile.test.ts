// Editors that speak in any order and say anything: the server answers, and what it says of a text at the end is what a
// server that saw only the last text says.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource, type Diagnostic } from 'vscode-languageserver/node';
import { RULES } from '../../server/src/core/index';
import { builtinPacks } from '../../server/src/packs';
import { addressedFiles } from '../../server/src/workspace/disk';
import { nodeFiles } from '../../server/src/workspace/node';
import { desk } from '../cli/io';
import { pick, random } from '../random';
import { connect, PLAIN, start, type Editor } from './client';

const TEXT = '# Ketamine for depression\n\nKetamine is a guaranteed cure for depression. Studies have shown that 70% of patients respond [1].\n\n> I got my life back.\n\n## References\n\n1. Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-864.\n';
const PIECES = ['x', ' ', '\n\n', '```\n', '<!--', '-->', '---\n', '# Head\n\n', 'Ketamine cures depression. ', '\ud83d', '\u0000', '[1]', '<div>', '</div>', '|', ''];
const STRANGE: readonly unknown[] = [null, undefined, 0, -1, 1e9, NaN, 'text', '', [], {}, { uri: null }, { textDocument: null }, { textDocument: { uri: 5 } }, { textDocument: { uri: 'file:///none.md' }, position: null }, { textDocument: { uri: 'file:///a.md' }, contentChanges: null }, { uri: 'file:///a.md' }, { settings: { caveat: 7 } }, { settings: null }, { target: null }, { documents: 3 }];
const METHODS = ['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didClose', 'textDocument/diagnostic', 'textDocument/codeAction', 'textDocument/hover', 'textDocument/completion', 'codeAction/resolve', 'workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles', 'workspace/executeCommand', 'caveat/page', 'caveat/outline', 'caveat/export', 'caveat/gather', 'caveat/disclaimer', 'caveat/none', '$/cancelRequest', '$/setTrace', 'initialized', 'initialize'];

const plainly = (found: readonly Diagnostic[]): unknown => JSON.parse(JSON.stringify(found.map(({ data: _data, ...rest }) => rest)));

describe('language server and hostile editors', function suite() {
  this.timeout(180_000);
  const packs = builtinPacks();
  const open: Editor[] = [];
  const editor = async (options: Parameters<typeof connect>[0] = {}) => {
    const one = await connect({ rules: RULES, packs, ...options });
    open.push(one);
    return one;
  };
  afterEach(async () => { for (const one of open.splice(0)) await one.end(); });

  /** What a server that never saw anything else says of a text. */
  const afresh = async (text: string): Promise<unknown> => {
    const one = await editor();
    one.open('file:///a.md', text, 'markdown');
    return plainly(await one.diagnostics('file:///a.md'));
  };

  it('keeps to the text through edits at any place, beyond the end and turned round, with requests and cancellations between them', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const next = random(seed);
      const one = await editor();
      const uri = 'file:///a.md';
      one.open(uri, TEXT, 'markdown');
      const asked: Promise<unknown>[] = [];
      const place = () => ({ line: Math.floor(next() * 14), character: next() < 0.1 ? 1_000_000 : Math.floor(next() * 90) });
      for (let n = 0; n < 60; n++) {
        const roll = next();
        if (roll < 0.7) {
          const start = place();
          one.change(uri, { start, end: next() < 0.5 ? start : next() < 0.5 ? place() : { line: 1_000_000, character: 0 } }, next() < 0.9 ? pick(next, PIECES) : TEXT);
        } else if (roll < 0.85) {
          const source = new CancellationTokenSource();
          asked.push(one.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }, source.token).catch(() => {}));
          if (next() < 0.5) source.cancel();
        } else if (roll < 0.95) asked.push(one.connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range: { start: place(), end: place() }, context: { diagnostics: [] } }).catch(() => {}));
        else { // closed while it is checked, and opened again
          asked.push(one.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }).catch(() => {}));
          const text = one.text(uri);
          one.close(uri);
          one.open(uri, text, 'markdown');
        }
      }
      await Promise.all(asked);
      const text = one.text(uri);
      assert.deepEqual(plainly(await one.diagnostics(uri)), await afresh(text), `seed ${seed}: ${JSON.stringify(text)}`);
      assert.deepEqual(one.logged.filter((line) => /A rule failed|TypeError|RangeError/.test(line)), []);
    }
  });

  it('answers after any message of any shape', async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const next = random(seed * 77);
      const one = await editor(seed % 2 === 0 ? { capabilities: PLAIN } : {});
      for (let n = 0; n < 120; n++) {
        const method = pick(next, METHODS);
        const params = pick(next, STRANGE);
        if (next() < 0.5) void one.connection.sendNotification(method, params as object).catch(() => {});
        else void Promise.race([one.connection.sendRequest(method, params as object), new Promise((done) => { setTimeout(done, 2000); })]).catch(() => {});
        if (n % 20 === 0) await new Promise((done) => { setTimeout(done, 5); });
      }
      one.open('file:///b.md', TEXT, 'markdown');
      const found = await one.diagnostics('file:///b.md');
      assert.ok(found.some(({ code }) => code === 'absolute-language'), `seed ${seed}`);
    }
  });

  it('keeps the settings of two editors apart', async () => {
    const off = { rules: { 'absolute-language': 'off' }, severities: { 'absolute-language': 'off' } };
    const [loud, quiet] = [await editor({ settings: () => ({}) }), await editor({ settings: () => off })];
    for (const one of [loud, quiet]) one.open('file:///a.md', TEXT, 'markdown');
    const [a, b] = await Promise.all([loud.diagnostics('file:///a.md'), quiet.diagnostics('file:///a.md')]);
    assert.ok(a.some(({ code }) => code === 'absolute-language'));
    assert.ok(!b.some(({ code }) => code === 'absolute-language'));
  });

  it('says what is too large in one finding of its own, and goes on when it is small again', async () => {
    const one = await editor({ maxLength: 400 });
    one.open('file:///a.md', TEXT, 'markdown');
    assert.ok((await one.diagnostics('file:///a.md')).length > 1);
    one.change('file:///a.md', { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, 'Ketamine. '.repeat(50));
    const [only, ...more] = await one.diagnostics('file:///a.md');
    assert.equal(only!.code, 'too-large');
    assert.equal(only!.range.start.line, 0);
    assert.equal(only!.severity, 3);
    assert.deepEqual(more, []);
    one.change('file:///a.md', undefined, TEXT);
    assert.ok((await one.diagnostics('file:///a.md')).length > 1);
  });
});

describe('the built server and huge documents', function suite() {
  this.timeout(240_000);

  it('says of 10 MB and of a line of 5 MB that they are too large, reads 100,000 headings, and goes on with odd characters', async () => {
    const server = await start(process.execPath, [join(import.meta.dirname, '../../dist/server.js'), '--stdio']);
    const scope = '# Ketamine for depression\n\nKetamine is offered for depression.\n\n';
    const claim = 'Ketamine relieves depression within hours in 70% of patients. ';
    const found = async (name: string, text: string) => {
      server.open(`untitled:${name}.md`, text, 'markdown');
      const all = await server.diagnostics(`untitled:${name}.md`);
      const lines = text.split(/\r\n|\r|\n/).length;
      assert.ok(all.every(({ range: { start: from, end } }) => from.line <= end.line && end.line < lines), name);
      server.close(`untitled:${name}.md`);
      return all.map(({ code }) => String(code));
    };
    try {
      assert.deepEqual(await found('10 MB', scope + `${claim}\n\n`.repeat(10_000_000 / 64)), ['too-large']);
      assert.deepEqual(await found('one line', scope + claim.repeat(5_000_000 / 62)), ['too-large']);
      const headings = Array.from({ length: 100_000 }, (_, n) => `## Part ${n}\n\n`).join('');
      assert.ok((await found('headings', `${scope}${headings}${claim}`)).includes('missing-citation'), 'what stands behind them is read');
      for (const [name, text] of [['NUL', claim.replace(/ /g, ' \0')], ['lone surrogates', claim.replace(/ /g, ' \ud800')], ['right to left', `\u202bקטמין עוזר לדיכאון. \u202c${claim}`], ['no width', [...claim].join('\u200b')]] as const) {
        assert.ok((await found(name, scope + text)).includes('missing-citation'), name);
      }
      assert.deepEqual(server.logged.filter((line) => /failed|Error/.test(line)), []);
    } finally {
      await server.end();
    }
  });
});

describe('workspaces of strangers', function suite() {
  this.timeout(60_000);
  let folder = '';
  const open: Editor[] = [];
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'caveat-stranger-')); });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.end();
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
  const editor = async (top: string, trusted?: boolean) => {
    const one = await connect({
      rules: RULES, packs: builtinPacks(), files: addressedFiles, configFiles: nodeFiles, folders: [uri(top)], ...(trusted !== undefined && { initialization: { trusted } }),
    });
    open.push(one);
    return one;
  };

  it('a pack of the workspace is not read before the workspace is trusted, and is then', async () => {
    write('caveat.yaml', 'packs: [ketamine, language, ./own.yaml]\nrules: { absolute-language: hint }\n');
    write('own.yaml', 'id: own\nname: Own\nversion: 1.0.0\nreviewed: 2026-01-01\nerrors:\n  - { id: moonrock, says: Ketamine is moon rock., correction: It is not., severity: error, phrases: [ketamine is moon rock], unless: [], sources: ["https://example.org"], reviewed: 2026-01-01, fires: [ketamine is moon rock], quiet: [x] }\n');
    const one = await editor('.', false);
    one.open(uri('a.md'), '# Ketamine for depression\n\nKetamine is moon rock. Ketamine is a guaranteed cure for depression.\n', 'markdown');
    one.open(uri('caveat.yaml'), 'packs: [ketamine, language, ./own.yaml]\nrules: { absolute-language: hint }\n', 'yaml');
    const before = await one.diagnostics(uri('a.md'));
    assert.ok(!before.some(({ message }) => /moon/.test(String(message))), 'its facts are not used');
    assert.ok(before.some(({ code, severity }) => code === 'absolute-language' && severity === 4), 'its settings, which are data, hold');
    assert.match(String((await one.diagnostics(uri('caveat.yaml')))[0]?.message), /“\.\/own\.yaml” is a pack of this workspace and is not read before you trust/);
    await one.connection.sendNotification('caveat/trusted');
    assert.ok((await one.diagnostics(uri('a.md'))).some(({ code }) => code === 'known-error'));
    assert.deepEqual(await one.diagnostics(uri('caveat.yaml')), []);
    await one.waitFor('a wish for fresh pulls', () => one.asked.refresh > 0);
  });

  it('no bibliography is read from outside the workspace: by a path or by a link', async () => {
    const book = (key: string): string => `@article{${key}, author = {Zarate, C}, title = {T}, year = {2006}}\n`;
    write('in/.git/HEAD', '');
    write('in/own.bib', book('inside'));
    write('in/sub/near.bib', book('near'));
    write('out.bib', book('outside'));
    symlinkSync(join(folder, 'out.bib'), join(folder, 'in/link.bib'));
    const text = (names: string): string => `---\nbibliography: [${names}]\n---\n\n# Ketamine for depression\n\nKetamine relieves depression [@inside; @near; @outside].\n`;
    const one = await editor('in');
    const missing = async (path: string, names: string): Promise<string[]> => {
      one.open(uri(path), text(names), 'markdown');
      const found = (await one.diagnostics(uri(path))).flatMap(({ message }) => [...String(message).matchAll(/“(inside|near|outside)”/g)].map(([, key]) => key!));
      one.close(uri(path));
      write(path, text(names));
      const at = desk({ cwd: join(folder, 'in') });
      const { out } = await at.caveat('check', path.slice(3), '--format', 'json');
      at.clean();
      assert.deepEqual([...out.matchAll(/“(inside|near|outside)”/g)].map(([, key]) => key!), found, 'the command line reads the same');
      return found;
    };
    assert.deepEqual(await missing('in/sub/a.md', '../own.bib, near.bib'), ['outside']);
    assert.deepEqual(await missing('in/sub/b.md', '../own.bib, ../../out.bib'), ['near', 'outside']);
    assert.deepEqual(await missing('in/sub/c.md', `../own.bib, ${JSON.stringify(join(folder, 'out.bib'))}`), ['near', 'outside']);
    assert.deepEqual(await missing('in/sub/d.md', 'near.bib, ../link.bib'), ['inside', 'outside']);
  });
});

import assert from 'node:assert/strict';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { desk, type Desk } from './io';

/** In scope, with a claim that lacks its citation and an absolute. */
const ARTICLE = '# Ketamine for depression\n\nKetamine infusions are a guaranteed cure for depression. Studies have shown that 70% of patients respond to ketamine within hours.\n';
const CLEAN = '# Bread\n\nMix flour and water, and wait.\n';

interface Json {
  readonly tool: { readonly name: string; readonly version: string };
  readonly documents: readonly {
    readonly path: string; readonly audience: string; readonly inScope: boolean;
    readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string; readonly range: { readonly start: Place; readonly end: Place }; readonly data: { readonly [key: string]: unknown } }[];
  }[];
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}
interface Place { readonly line: number; readonly character: number }

describe('command line', () => {
  let at: Desk;
  beforeEach(() => { at = desk(); });
  afterEach(() => at.clean());
  const paths = (out: string) => (JSON.parse(out) as Json).documents.map(({ path }) => path);

  describe('check', () => {
    it('exits 0 and says so where there is nothing to find', async () => {
      at.write({ 'bread.md': CLEAN });
      const { code, out, err } = await at.caveat('check', 'bread.md');
      assert.deepEqual({ code, err }, { code: 0, err: '' });
      assert.match(out, /Nothing found in 1 document/);
    });

    it('exits 1 and names file, place, severity and rule where there are findings', async () => {
      at.write({ 'a.md': ARTICLE });
      const { code, out } = await at.caveat('check', 'a.md');
      assert.equal(code, 1);
      assert.match(out, /^a\.md$/m);
      assert.match(out, /^ +3:\d+ {2}warning +\S.*/m);
      assert.match(out, /\(absolute-language\)/);
      assert.match(out, /\d+ findings in 1 document: .*\d+ warnings/);
      assert.doesNotMatch(out, /\u001b/);
      for (const line of out.split('\n')) assert.ok(line.length <= 100, line);
    });

    it('colours only where it is asked for', async () => {
      const coloured = desk({ colour: true });
      try {
        coloured.write({ 'a.md': ARTICLE });
        assert.match((await coloured.caveat('check', 'a.md')).out, /\u001b\[33mwarning/);
        assert.doesNotMatch((await coloured.caveat('check', '--no-color', 'a.md')).out, /\u001b/);
      } finally {
        coloured.clean();
      }
    });

    it('writes JSON with zero-based UTF-16 ranges', async () => {
      at.write({ 'a.md': `😀 Hello.\r\n\r\n${ARTICLE.replace('Ketamine infusions', '😀 Ketamine infusions')}` });
      const { out } = await at.caveat('check', 'a.md', '--format', 'json');
      const report = JSON.parse(out) as Json;
      assert.deepEqual(Object.keys(report), ['tool', 'documents', 'errors']);
      assert.deepEqual(report.tool, { name: 'caveat', version });
      const [document] = report.documents;
      assert.deepEqual(Object.keys(document!), ['path', 'audience', 'inScope', 'findings']);
      assert.deepEqual([document!.path, document!.audience, document!.inScope], ['a.md', 'patient', true]);
      const cure = document!.findings.find(({ rule, range }) => rule === 'absolute-language' && range.start.line === 4)!;
      assert.deepEqual(Object.keys(cure), ['rule', 'severity', 'message', 'range', 'data']);
      const line = '😀 Ketamine infusions are a guaranteed cure for depression.';
      assert.ok([line.indexOf('guaranteed'), line.indexOf('a guaranteed'), line.indexOf('cure')].includes(cure.range.start.character));
      const missing = document!.findings.find(({ rule }) => rule === 'missing-disclosure');
      assert.ok(Array.isArray(missing?.data['missing']));
    });

    it('fails only from the severity asked for on', async () => {
      at.write({ 'a.md': ARTICLE });
      assert.equal((await at.caveat('check', 'a.md', '--fail-on', 'error')).code, 0);
      assert.equal((await at.caveat('check', 'a.md', '--fail-on', 'hint')).code, 1);
      assert.equal((await at.caveat('check', 'a.md', '--fail-on', 'never')).code, 0);
    });

    it('names files that it can not read and checks the others', async () => {
      at.write({
        'a.md': ARTICLE, 'nul.md': 'Ketamine\0cures', 'latin.md': Uint8Array.of(0x4b, 0xe9, 0x74), 'wide.txt': Uint8Array.of(0xff, 0xfe, 0x4b, 0),
        'huge.md': '', 'picture.png': 'x',
      });
      truncateSync(join(at.folder, 'huge.md'), 6_000_000);
      const { code, out, err } = await at.caveat('check', '--format', 'json', 'nul.md', 'latin.md', 'wide.txt', 'huge.md', 'picture.png', 'gone.md', 'a.md');
      assert.equal(code, 2);
      const report = JSON.parse(out) as Json;
      assert.deepEqual(report.documents.map(({ path }) => path), ['a.md']);
      assert.ok(report.documents[0]!.findings.length > 0);
      assert.deepEqual(report.errors.map(({ path }) => path).sort(), ['gone.md', 'huge.md', 'latin.md', 'nul.md', 'picture.png', 'wide.txt']);
      for (const { path, message } of report.errors) assert.ok(err.includes(`caveat: ${path}: ${message}\n`));
    });

    it('reads an empty file, and keeps a byte order mark in its offsets', async () => {
      at.write({ 'empty.md': '', 'bom.md': `\ufeff${ARTICLE}` });
      const { out } = await at.caveat('check', '--format', 'json', 'empty.md', 'bom.md');
      const [empty, bom] = (JSON.parse(out) as Json).documents;
      assert.deepEqual(empty!.findings, []);
      assert.ok(bom!.findings.some(({ range }) => range.start.line === 2));
    });

    it('takes from folders what it has a format for, each file once, in order', async () => {
      at.write({ 'b.md': CLEAN, 'sub/a.txt': CLEAN, 'sub/x.png': 'x', 'node_modules/m/readme.md': CLEAN, 'c.html': '<p>Bread.</p>' });
      const { out } = await at.caveat('check', '--format', 'json', '.', 'b.md', 'sub');
      assert.deepEqual(paths(out), ['b.md', 'c.html', 'sub/a.txt']);
    });

    it('leaves out what ignore files leave out, unless asked or named', async () => {
      at.write({ '.gitignore': 'draft*.md\nbuild/\n', 'a.md': CLEAN, 'draft1.md': CLEAN, 'build/b.md': CLEAN, 'sub/.caveatignore': '*.md\n!keep.md\n', 'sub/c.md': CLEAN, 'sub/keep.md': CLEAN, 'deep/.gitignore': '!draft2.md', 'deep/draft2.md': CLEAN });
      assert.deepEqual(paths((await at.caveat('check', '--format', 'json', '.')).out), ['a.md', 'deep/draft2.md', 'sub/keep.md']);
      assert.deepEqual(paths((await at.caveat('check', '--format', 'json', 'draft1.md')).out), ['draft1.md']);
      assert.deepEqual(paths((await at.caveat('check', '--format', 'json', 'build')).out), ['build/b.md']);
      assert.deepEqual(paths((await at.caveat('check', '--format', 'json', '--no-ignore', '.')).out).length, 6);
    });

    it('reads globs', async () => {
      at.write({ 'a.md': CLEAN, 'sub/b.md': CLEAN, 'sub/c.txt': CLEAN });
      assert.deepEqual(paths((await at.caveat('check', '--format', 'json', '**/*.md')).out), ['a.md', 'sub/b.md']);
      assert.equal((await at.caveat('check', '**/*.rst')).code, 2);
    });

    it('does not follow links in a circle', async () => {
      at.write({ 'sub/a.md': CLEAN });
      symlinkSync('..', join(at.folder, 'sub/up'));
      assert.deepEqual(paths((await at.caveat('check', '--format', 'json', '.')).out), ['sub/a.md']);
    });

    it('shows no control characters of a document or a name', async () => {
      at.write({ 'a\u001b[2J.md': ARTICLE.replace('guaranteed', '\u001b[31mguaranteed') });
      const { out } = await at.caveat('check', '.');
      assert.doesNotMatch(out, /[\u001b\u009b]/);
    });

    it('names a file that the system refuses', async () => {
      symlinkSync('loop.md', join(at.folder, 'loop.md'));
      const { code, err } = await at.caveat('check', 'loop.md');
      assert.equal(code, 2);
      assert.match(err, /loop\.md: can not be read \(ELOOP\)/);
    });
  });

  describe('claims', () => {
    it('follows the configuration, and tells of mistakes in it', async () => {
      at.write({ 'in/a.md': '# Ketamine for depression\n\nKetamine relieves depression within hours. It lifts mood.[1]\n\n[1]: https://doi.org/10.1000/x\n', 'in/caveat.yaml': 'audience: clinician\nbibliography: [gone.bib]\nregoin: uk\n', 'other.yaml': 'citations: { reach: sentence }' });
      const found = async (...more: string[]) => {
        const { out, err } = await at.caveat('claims', 'in', ...more);
        const [document] = (JSON.parse(out) as { documents: { audience: string; claims: { citations: unknown[] }[] }[] }).documents;
        return { audience: document!.audience, cited: document!.claims[0]!.citations.length > 0, err };
      };
      const own = await found();
      assert.deepEqual([own.audience, own.cited], ['clinician', true]);
      assert.match(own.err, /^caveat: in\/caveat\.yaml:3:1: .*regoin/m);
      assert.equal((await found('--audience', 'scholarly')).audience, 'scholarly');
      assert.equal((await found('--config', 'other.yaml')).cited, false);
    });

    it('lists claims as JSON, as lines and as a table', async () => {
      at.write({ 'a.md': ARTICLE });
      const report = JSON.parse((await at.caveat('claims', 'a.md')).out) as { documents: { claims: { kinds: string[]; text: string; strength: string; range: { start: Place } }[] }[] };
      const claims = report.documents[0]!.claims;
      assert.ok(claims.some(({ kinds }) => kinds.includes('statistic')));
      assert.ok(claims.every(({ text }) => ARTICLE.includes(text)));
      const lines = (await at.caveat('claims', 'a.md', '--format', 'jsonl')).out.trimEnd().split('\n');
      assert.deepEqual(lines.map((line) => (JSON.parse(line) as { path: string }).path), ['a.md']);
      const [head, ...rows] = (await at.caveat('claims', 'a.md', '--format', 'csv')).out.trimEnd().split('\n');
      assert.match(head!, /^path,line,character,kinds,/);
      assert.equal(rows.length, claims.length);
      assert.match(rows[0]!, /^a\.md,3,/);
    });

    it('takes each line as a document of its own', async () => {
      at.write({ 's.txt': 'Ketamine relieves depression within hours.\r\nBread is made of flour.\nKetamine cures depression.\n' });
      const rows = (await at.caveat('claims', 's.txt', '--lines', '--format', 'jsonl')).out.trimEnd().split('\n')
        .map((line) => JSON.parse(line) as { line: number; claims: { range: { start: Place } }[] });
      assert.deepEqual(rows.map(({ line, claims }) => [line, claims.length]), [[0, 1], [1, 0], [2, 1]]);
      assert.equal(rows[2]!.claims[0]!.range.start.line, 2);
    });

    it('drops the drug condition where asked', async () => {
      at.write({ 's.txt': 'Coffee reduces the risk of depression by 30%.\n' });
      const count = async (...flags: string[]) => (JSON.parse((await at.caveat('claims', 's.txt', ...flags)).out) as { documents: { claims: unknown[] }[] }).documents[0]!.claims.length;
      assert.equal(await count(), 0);
      assert.equal(await count('--any-topic'), 1);
    });
  });

  describe('use', () => {
    it('prints its version and help', async () => {
      assert.deepEqual(await at.caveat('--version'), { code: 0, out: `${version}\n`, err: '' });
      const help = await at.caveat('--help');
      assert.equal(help.code, 0);
      for (const command of ['check', 'claims', 'test', 'lsp --stdio']) assert.ok(help.out.includes(`caveat ${command}`), command);
      assert.match((await at.caveat('check', '--help')).out, /--fail-on VALUE/);
    });

    it('guesses what was meant', async () => {
      const said = async (...argv: string[]) => {
        const { code, err, out } = await at.caveat(...argv);
        assert.deepEqual({ code, out }, { code: 2, out: '' });
        return err;
      };
      assert.match(await said('chekc', '.'), /no command “chekc”; did you mean “check”\?/);
      assert.match(await said('check', '--formt', 'json', '.'), /no option “--formt”; did you mean “--format”\?/);
      assert.match(await said('check', '--format', 'jsn', '.'), /did you mean “json”\?/);
      assert.match(await said('check', '--fail-on', 'warn', '.'), /one of error, warning/);
      assert.match(await said('check', '--format'), /--format/);
      assert.match(await said('check'), /Name the files/);
      assert.match(await said(), /Name a command/);
      assert.match(await said('constructor'), /no command “constructor”/);
      assert.match(await said('lsp'), /--stdio/);
    });

    it('hands the language server over', async () => {
      let served = 0;
      const other = desk({ serve: async () => { served++; return 0; } });
      assert.equal((await other.caveat('lsp', '--stdio')).code, 0);
      assert.equal(served, 1);
      other.clean();
    });
  });
});

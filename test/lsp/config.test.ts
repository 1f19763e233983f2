// The workspace's configuration in the editor, and that the editor and the command line find the same.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FORMATS, RULES, formatOfPath } from '../../server/src/core/index';
import { builtinPacks } from '../../server/src/packs';
import { addressedFiles } from '../../server/src/workspace/disk';
import { nodeFiles } from '../../server/src/workspace/node';
import { desk } from '../cli/io';
import { connect, PLAIN, type Editor, type Options } from './client';

const ARTICLE = '# Ketamine for depression\n\nKetamine is a guaranteed cure for depression.\n';
const GOLD = join(import.meta.dirname, '../gold/articles');

describe('caveat.yaml in the editor', function () {
  this.timeout(120_000);
  let folder: string;
  const editors: Editor[] = [];
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'caveat config ')); });
  afterEach(async () => {
    await Promise.all(editors.splice(0).map((one) => one.end()));
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (files: { readonly [path: string]: string }) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const uri = (path: string) => pathToFileURL(join(folder, path)).href;
  const editor = async (options: Options = {}) => {
    const one = await connect({ rules: RULES, packs: builtinPacks(), files: addressedFiles, configFiles: nodeFiles, folders: [pathToFileURL(folder).href], ...options });
    editors.push(one);
    return one;
  };
  const codes = async (one: Editor, path: string) => (await one.diagnostics(uri(path))).map(({ code }) => code);

  it('the nearest holds, on top of what it extends and below what the document says', async () => {
    write({
      'caveat.yaml': 'rules: { absolute-language: off, missing-disclosure: off }', 'sub/caveat.yaml': 'extends: ../caveat.yaml\nrules: { missing-citation: off }\noverrides:\n  - files: x*.md\n    rules: { absolute-language: hint }\n',
      'alone/caveat.yaml': 'region: uk',
    });
    const one = await editor();
    for (const path of ['a.md', 'sub/a.md', 'sub/x.md', 'alone/a.md']) one.open(uri(path), ARTICLE, 'markdown');
    const [top, sub, x, alone] = await Promise.all(['a.md', 'sub/a.md', 'sub/x.md', 'alone/a.md'].map((path) => codes(one, path)));
    assert.ok(!top!.includes('absolute-language') && top!.includes('missing-citation'));
    assert.ok(!sub!.includes('absolute-language') && !sub!.includes('missing-citation'));
    assert.ok(x!.includes('absolute-language') && !x!.includes('missing-disclosure'));
    assert.ok(alone!.includes('absolute-language') && alone!.includes('missing-disclosure'));
    one.open(uri('sub/own.md'), `---\ncaveat:\n  rules: { absolute-language: error, nonsense: off }\n---\n${ARTICLE}`, 'markdown');
    const own = await one.diagnostics(uri('sub/own.md'));
    assert.ok(own.some(({ code, severity }) => code === 'absolute-language' && severity === 1));
    assert.ok(own.some(({ code, range }) => code === 'configuration' && range.start.line === 2));
  });

  it('shows mistakes at their place, and follows what is typed before it is saved', async () => {
    write({ 'caveat.yaml': 'rules: {}' });
    const one = await editor();
    one.open(uri('a.md'), ARTICLE, 'markdown');
    assert.ok((await codes(one, 'a.md')).includes('absolute-language'));
    one.open(uri('caveat.yaml'), 'rules: { absolut-language: off }\npacks: [./gone.yaml]\nextends: ../../../etc/passwd\n', 'yaml');
    const [rule, pack, base] = await one.diagnostics(uri('caveat.yaml'));
    assert.match(String(rule!.message), /did you mean “absolute-language”/);
    assert.deepEqual(rule!.range, one.find(uri('caveat.yaml'), 'absolut-language'));
    assert.match(String(pack!.message) + String(base!.message), /is not there[^]*not a file of this workspace|not a file of this workspace[^]*is not there/);
    one.change(uri('caveat.yaml'), undefined, 'rules: { absolute-language: off }\n');
    assert.deepEqual(await one.diagnostics(uri('caveat.yaml')), []);
    assert.ok(!(await codes(one, 'a.md')).includes('absolute-language'));
    await one.waitFor('a refresh', () => one.asked.refresh > 0);
  });

  it('tells an editor that can not ask', async () => {
    write({ 'caveat.yaml': '' });
    const one = await editor({ capabilities: PLAIN });
    one.open(uri('caveat.yaml'), 'region: eu', 'yaml');
    const told = await one.waitFor('a push', () => one.pushed.find((push) => push.uri === uri('caveat.yaml') && push.diagnostics.length > 0));
    assert.match(String(told.diagnostics[0]!.message), /one of us, uk/);
  });

  it('stays in the workspace: no link, no circle, no parent', async () => {
    write({ 'in/caveat.yaml': 'extends: [link.yaml, caveat.yaml, b.yaml]\nrules: { absolute-language: hint }', 'in/b.yaml': 'extends: caveat.yaml', 'in/.git/HEAD': '', 'out.yaml': 'rules: { absolute-language: off }' });
    symlinkSync(join(folder, 'out.yaml'), join(folder, 'in/link.yaml'));
    const one = await editor({ folders: [pathToFileURL(join(folder, 'in')).href] });
    one.open(uri('in/caveat.yaml'), readFileSync(join(folder, 'in/caveat.yaml'), 'utf8'), 'yaml');
    const told = (await one.diagnostics(uri('in/caveat.yaml'))).map(({ message }) => String(message)).join('\n');
    assert.match(told, /“link.yaml” leads out of the workspace/);
    assert.match(told, /“caveat.yaml” is read already/);
  });

  it('a pack of the workspace finds what it knows; one that is broken is told of and the rest goes on', async () => {
    write({
      'caveat.yaml': 'packs: [ketamine, language, ./own.yaml, ./bad.yaml]',
      'own.yaml': 'id: own\nname: Own\nversion: 1.0.0\nreviewed: 2026-01-01\nerrors:\n  - { id: moonrock, says: Ketamine is moon rock., correction: It is not., severity: error, phrases: [ketamine is moon rock], unless: [], sources: ["https://example.org"], reviewed: 2026-01-01, fires: [ketamine is moon rock], quiet: [x] }\n',
      'bad.yaml': 'id: bad\nname: [',
    });
    const one = await editor();
    one.open(uri('a.md'), `${ARTICLE}\nKetamine is moon rock.\n`, 'markdown');
    const found = await codes(one, 'a.md');
    assert.ok(found.includes('known-error') && found.includes('absolute-language'), found.join());
    one.open(uri('caveat.yaml'), readFileSync(join(folder, 'caveat.yaml'), 'utf8'), 'yaml');
    assert.deepEqual((await one.diagnostics(uri('caveat.yaml'))).map(({ message }) => /“(.*?)”/.exec(String(message))?.[1]), ['./bad.yaml']);
  });

  it('finds what the command line finds, over the labelled articles', async () => {
    const terminal = desk();
    try {
      const names = readdirSync(GOLD).filter((name) => formatOfPath(name));
      terminal.write(Object.fromEntries([...readdirSync(GOLD).map((name) => [name, readFileSync(join(GOLD, name), 'utf8')] as const),
        ['caveat.yaml', 'region: uk\nrules: { promotional-language: hint }\noverrides:\n  - files: "*.html"\n    audience: clinician\n']]));
      const { out } = await terminal.caveat('check', '.', '--format', 'json');
      const report = JSON.parse(out) as { documents: { path: string; findings: { rule: string; message: string; severity: string; range: object }[] }[] };
      assert.deepEqual(report.documents.map(({ path }) => path).sort(), names.sort());
      const one = await editor({ folders: [pathToFileURL(terminal.folder).href] });
      const severities = ['', 'error', 'warning', 'information', 'hint'];
      let compared = 0;
      for (const { path, findings } of report.documents) {
        const address = pathToFileURL(join(terminal.folder, path)).href;
        one.open(address, readFileSync(join(GOLD, path), 'utf8'), FORMATS.find(({ id }) => id === formatOfPath(path)!.id)!.languages[0]!);
        const shown = (await one.diagnostics(address)).map(({ code, message, severity, range }) => ({ rule: code, severity: severities[severity!], message, range }));
        assert.deepEqual(shown, findings.map(({ rule, severity, message, range }) => ({ rule, severity, message, range })), path);
        compared += findings.length;
      }
      assert.ok(compared > 200, `only ${compared} findings compared`);
    } finally {
      terminal.clean();
    }
  });
});

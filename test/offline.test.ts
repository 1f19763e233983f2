// The whole program, as it is built, with every socket forbidden: it needs none and tries none.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { start } from './lsp/client';

const ROOT = resolve(import.meta.dirname, '..');
const PRELOAD = join(import.meta.dirname, 'offline.cjs');

describe('without a network', function suite() {
  this.timeout(400_000);
  let folder = '';
  let log = '';
  // Without CI, where a baseline only shrinks: here one is written.
  const run = (...args: string[]) => spawnSync(process.execPath, ['--require', PRELOAD, ...args], { cwd: ROOT, encoding: 'utf8', maxBuffer: 100_000_000, env: { ...process.env, CI: undefined, CAVEAT_TEST_SOCKETS: log } });
  const tried = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'caveat-offline-'));
    log = join(folder, 'sockets');
    if (!existsSync(join(ROOT, 'dist/cli.js'))) assert.equal(spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT }).status, 0);
  });
  afterEach(() => { rmSync(log, { force: true }); });
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  for (const code of ['require("node:net").connect(9, "127.0.0.1")', 'fetch("http://127.0.0.1:9/")', 'require("node:dns").promises.lookup("localhost")', 'new (require("node:net").Socket)().connect(9)', 'require("node:https").get("https://127.0.0.1:9/")']) {
    it(`would be told of ${code}`, () => {
      const { status, stderr } = run('-e', code);
      assert.notEqual(status, 0);
      assert.match(stderr, /is forbidden in this test/);
      assert.notEqual(tried(), '');
    });
  }

  it('checks, reports, fixes and explains', () => {
    const cache = join(folder, 'cache');
    for (const args of [
      ['check', 'samples', '--format', 'json'], ['check', 'samples', '--cache-file', cache], ['check', 'samples', '--cache-file', cache], ['check', 'samples', '--format', 'sarif'],
      ['report', 'samples', '--format', 'html'], ['claims', 'samples'], ['fix', 'samples', '--dry-run'], ['explain', 'missing-citation'], ['test'], ['--version'], ['--help'],
      ['baseline', 'samples', '--baseline', join(folder, 'baseline.json')], ['check', 'samples', '--baseline', join(folder, 'baseline.json')],
    ]) {
      const { status, stderr } = run('dist/cli.js', ...args);
      assert.ok(status === 0 || status === 1, `${args.join(' ')}: ${status} ${stderr}`);
      assert.doesNotMatch(stderr, /forbidden in this test/);
    }
    assert.ok(run('dist/cli.js', 'check', 'samples').stdout.length > 500, 'findings are printed');
    assert.equal(tried(), '');
  });

  it('serves an editor', async () => {
    const was = process.env['CAVEAT_TEST_SOCKETS'];
    process.env['CAVEAT_TEST_SOCKETS'] = log;
    const editor = await start(process.execPath, ['--require', PRELOAD, join(ROOT, 'dist/server.js'), '--stdio']);
    try {
      editor.open('file:///a.md', '# Ketamine for depression\n\nKetamine cures depression. See https://example.org/a and doi:10.1001/archpsyc.63.8.856.\n', 'markdown');
      const found = await editor.diagnostics('file:///a.md');
      assert.ok(found.length > 0);
      const actions = await editor.actions('file:///a.md', found[0]!.range);
      for (const action of actions) await editor.connection.sendRequest('codeAction/resolve', action);
      assert.ok(actions.length > 0);
      assert.notEqual(await editor.hover('file:///a.md', 'cures'), null);
      await editor.connection.sendRequest('caveat/outline', { uri: 'file:///a.md' });
      assert.equal(tried(), '');
    } finally {
      await editor.end();
      if (was === undefined) delete process.env['CAVEAT_TEST_SOCKETS'];
      else process.env['CAVEAT_TEST_SOCKETS'] = was;
    }
  });
});

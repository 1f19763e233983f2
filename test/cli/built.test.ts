// The bundle as it is run.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { version } from '../../package.json';

const ROOT = resolve(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/cli.js');
const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });

describe('dist/cli.js', () => {
  before(function () {
    this.timeout(60_000);
    if (!existsSync(CLI)) assert.equal(node('scripts/build.mjs').status, 0);
  });

  it('starts with the line that makes it a program', () => {
    assert.match(readFileSync(CLI, 'utf8'), /^#!\/usr\/bin\/env node\n/);
    assert.equal(node(CLI, '--version').stdout, `${version}\n`);
  });

  it('checks files, without colours where nobody looks', () => {
    const { status, stdout } = node(CLI, 'check', 'samples', '--format', 'json');
    assert.equal(status, 1);
    const { documents } = JSON.parse(stdout) as { documents: { path: string; findings: unknown[] }[] };
    assert.ok(documents.length >= 6);
    assert.ok(documents.every(({ path }) => path.startsWith('samples/')));
    assert.ok(documents.some(({ findings }) => findings.length > 0));
    assert.doesNotMatch(node(CLI, 'check', 'samples').stdout, /\u001b/);
  });

  it('checks many files in threads as it checks one, and shows a bar only to somebody', function () {
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'caveat-many-'));
    try {
      const texts = readdirSync(join(ROOT, 'samples')).filter((name) => name.endsWith('.md')).map((name) => readFileSync(join(ROOT, 'samples', name), 'utf8'));
      for (let n = 0; n < 60; n++) writeFileSync(join(folder, `${String(n).padStart(2, '0')}.md`), `${texts[n % texts.length]}\n${n}\n`);
      writeFileSync(join(folder, '99.md'), Uint8Array.of(0xff, 0xff));
      const run = (...args: string[]) => spawnSync(process.execPath, [CLI, 'check', '--format', 'json', ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
      const all = run('.');
      assert.equal(all.status, 2);
      assert.equal(all.stderr, 'caveat: 99.md: is not UTF-8 text\n');
      const { documents } = JSON.parse(all.stdout) as { documents: { path: string }[] };
      assert.deepEqual(documents.map(({ path }) => path), Array.from({ length: 60 }, (_, n) => `${String(n).padStart(2, '0')}.md`));
      for (const n of [0, 31, 59]) assert.deepEqual((JSON.parse(run(documents[n]!.path).stdout) as { documents: unknown[] }).documents, [documents[n]]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has nothing to say of the project\'s own pages', () => {
    const { status, stdout } = node(CLI, 'check', '--fail-on', 'hint', 'README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md');
    assert.equal(status, 0, stdout);
  });

  it('answers an editor over stdio', async () => {
    const say = (message: object) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    };
    const input = say({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } })
      + say({ method: 'initialized', params: {} }) + say({ id: 2, method: 'shutdown' }) + say({ method: 'exit' });
    const server = spawn(process.execPath, [CLI, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    server.stdout.on('data', (data) => { output += data; });
    server.stdin.write(input); // and left open, as an editor does
    const [code] = await once(server, 'exit');
    assert.equal(code, 0);
    assert.match(output, /"id":1,"result":\{.*"capabilities"/);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FORMATS } from '../server/src/core/index';

const ROOT = resolve(import.meta.dirname, '..');

/** The names in a zip archive, from the directory at its end. */
function namesInZip(archive: Buffer): string[] {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  assert.ok(end >= 0, 'no zip archive');
  const names: string[] = [];
  for (let at = archive.readUInt32LE(end + 16), n = archive.readUInt16LE(end + 10); n > 0; n--) {
    const [name, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field)) as [number, number, number];
    names.push(archive.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}

describe('the .vsix', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-vsix-'));
  const file = join(folder, 'caveat.vsix');
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(function () {
    this.timeout(120_000);
    const built = existsSync(join(ROOT, 'dist/client.js')) ? ['--no-build'] : [];
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/package.mjs', ...built, '--out', file], { cwd: ROOT, encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  });

  it('holds what is needed and nothing else', () => {
    const names = namesInZip(readFileSync(file)).filter((name) => name.startsWith('extension/')).map((name) => name.slice('extension/'.length));
    const expected = [
      'LICENSE.txt', 'changelog.md', 'package.json', 'readme.md',
      'dist/client.browser.js', 'dist/client.js', 'dist/server.js',
      'docs/caveat.schema.json',
      ...readdirSync(join(ROOT, 'docs/rules')).map((name) => `docs/rules/${name}`),
      ...FORMATS.map(({ id }) => `snippets/${id}.json`),
      ...readdirSync(join(ROOT, 'syntaxes')).map((name) => `syntaxes/${name}`),
    ];
    assert.deepEqual(names.sort(), expected.sort());
  });

  it('is under a megabyte', () => {
    const { size } = statSync(file);
    assert.ok(size < 1_000_000, `${size} bytes`);
  });

  it('has every file that package.json names', () => {
    const names = new Set(namesInZip(readFileSync(file)));
    const { main, browser, contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      main: string; browser: string; contributes: { snippets?: { path: string }[]; grammars?: { path: string }[] };
    };
    const exists = (path: string) => names.has(`extension/${path.replace(/^\.\//, '')}`) || names.has(`extension/${path.replace(/^\.\//, '')}.js`);
    const named = [main, browser, ...(contributes.snippets ?? []).map(({ path }) => path), ...(contributes.grammars ?? []).map(({ path }) => path)];
    assert.deepEqual(named.filter((path) => !exists(path)), []);
  });

  it('names no map, no source and no folder of the machine that built it', () => {
    for (const name of readdirSync(join(ROOT, 'dist')).filter((entry) => entry.endsWith('.js'))) {
      const text = readFileSync(join(ROOT, 'dist', name), 'utf8');
      assert.ok(!text.includes(ROOT), `${name} names ${ROOT}`);
      assert.doesNotMatch(text, /^\/\/# sourceMappingURL/m);
    }
  });
});

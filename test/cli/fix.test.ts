import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { unifiedDiff } from '../../server/src/cli/diff';
import { desk, type Desk } from './io';

const TEXT = 'Ketamine is an anaesthetic that is also given for depression. Ketamine relieves PTSD.\n';

describe('caveat fix', function () {
  this.timeout(30_000);
  let at: Desk;
  beforeEach(() => { at = desk(); });
  afterEach(() => at.clean());
  const text = (path: string) => readFileSync(join(at.folder, path), 'utf8');

  it('leaves every claim as it is unless asked', async () => {
    at.write({ 'a.md': TEXT });
    const { code, err } = await at.caveat('fix', 'a.md');
    assert.equal(code, 0);
    assert.equal(text('a.md'), TEXT);
    assert.match(err, /^a\.md: 0 fixes applied, \d+ findings left/);
  });

  it('applies the first choice of each finding, and once is enough', async () => {
    at.write({ 'a.md': TEXT, 'b/c.txt': TEXT });
    assert.equal((await at.caveat('fix', '--judgement', '.')).code, 0);
    const once = [text('a.md'), text('b/c.txt')];
    for (const one of once) assert.match(one, /Ketamine may relieve PTSD in some people/);
    const { err } = await at.caveat('fix', '--judgement', '.');
    assert.deepEqual([text('a.md'), text('b/c.txt')], once);
    assert.match(err, /a\.md: 0 fixes applied/);
    assert.deepEqual(readdirSync(at.folder).sort(), ['a.md', 'b'], 'no other file is left');
  });

  it('prints a diff and writes nothing', async () => {
    at.write({ 'a.md': TEXT });
    const { code, out } = await at.caveat('fix', '--judgement', '--dry-run', 'a.md');
    assert.equal(code, 0);
    assert.equal(text('a.md'), TEXT);
    assert.match(out, /^--- a\/a\.md\n\+\+\+ b\/a\.md\n@@ -1 \+1,\d+ @@\n-Ketamine is an .*\n\+Ketamine is an .*may relieve/);
  });

  it('keeps line ends, the byte order mark, permissions and links', async () => {
    at.write({ 'a.md': `\ufeff${TEXT.replace('\n', '\r\n')}` });
    chmodSync(join(at.folder, 'a.md'), 0o640);
    symlinkSync('a.md', join(at.folder, 'link.md'));
    assert.equal((await at.caveat('fix', '--judgement', 'link.md')).code, 0);
    const now = text('a.md');
    assert.ok(now.startsWith('\ufeff') && now.includes('may relieve'));
    assert.doesNotMatch(now, /[^\r]\n/);
    assert.equal(statSync(join(at.folder, 'a.md')).mode & 0o777, 0o640);
    assert.ok(lstatSync(join(at.folder, 'link.md')).isSymbolicLink());
  });

  it('tells of what it can not read and goes on', async () => {
    at.write({ 'a.md': TEXT, 'bad.md': new Uint8Array([0xff, 0x00, 0x41]) });
    const { code, err } = await at.caveat('fix', '--judgement', 'a.md', 'bad.md', 'none.md');
    assert.equal(code, 2);
    assert.match(err, /bad\.md: is/);
    assert.match(err, /none\.md: is not there/);
    assert.match(text('a.md'), /may relieve/);
  });
});

describe('unified diffs', () => {
  it('says nothing of equal texts', () => assert.equal(unifiedDiff('a', 'x\n', 'x\n'), ''));

  it('tells lines with three around them, and apart what is far apart', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`);
    const after = lines.map((line, i) => (i === 4 || i === 24 ? `${line} changed` : line));
    const diff = unifiedDiff('a.md', `${lines.join('\n')}\n`, `${after.join('\n')}\n`);
    assert.deepEqual(diff.split('\n').filter((line) => line.startsWith('@@')), ['@@ -2,7 +2,7 @@', '@@ -22,7 +22,7 @@']);
    assert.ok(diff.includes('\n-line 5\n+line 5 changed\n line 6\n'));
  });

  it('tells of a missing last line break, of empty texts and of insertions', () => {
    assert.equal(unifiedDiff('a', 'x', 'x\n'), '--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n');
    assert.equal(unifiedDiff('a', '', 'x\n'), '--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n');
    assert.equal(unifiedDiff('a', 'x\ny\n', 'x\nz\ny\n'), '--- a/a\n+++ b/a\n@@ -1,2 +1,3 @@\n x\n+z\n y\n');
  });
});

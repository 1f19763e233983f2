// The first steps of what `npm run fuzz` does for long; the same ones at every run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const INPUTS = 60;
const NAMES = ['formats', 'edits', 'lint', 'fixes', 'suppressions', 'packs', 'configs', 'bibliographies', 'protocol'];

describe('fuzzing, led by coverage', () => {
  it('finds nothing that throws, hangs or points outside its text, and finds its way', function test() {
    this.timeout(600_000);
    // A process of its own: counting slows everything that runs in it.
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import=tsx', '--require=./test/yaml.cjs', 'test/fuzz/run.ts', 'guided', `${INPUTS}i`, '11'], { cwd: ROOT, encoding: 'utf8', timeout: 500_000 });
    assert.equal(status, 0, `${stdout}${stderr}`);
    const sums = [...stdout.matchAll(/^(\w+): (\d+) inputs, (\d+) reached something new/gm)].map(([, name, inputs, fresh]) => ({ name, inputs: Number(inputs), fresh: Number(fresh) }));
    assert.deepEqual(sums.map(({ name }) => name), NAMES, stdout);
    assert.ok(sums.every(({ inputs }) => inputs >= INPUTS), stdout);
    assert.ok(sums.reduce((sum, { fresh }) => sum + fresh, 0) > NAMES.length, 'mutation reaches what the seeds do not');
  });
});

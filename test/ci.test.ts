// What build servers are given: it must use what is there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { FORMATS, readConfig, RULES } from '../server/src/core/index';
import { builtinPacks } from '../server/src/packs';
import { desk } from './cli/io';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Action { readonly inputs: { readonly [name: string]: { readonly description: string; readonly default: string } }; readonly runs: { readonly steps: readonly { readonly uses?: string; readonly name?: string; readonly run?: string; readonly env?: { readonly [name: string]: string } }[] } }

describe('build servers', () => {
  it('the commands of the pages and of the action are there, with their options', async () => {
    const at = desk();
    try {
      const lines = ['docs/ci.md', 'README.md', 'docs/configuration.md', 'action.yml', '.pre-commit-hooks.yaml'].flatMap((path) => read(path).replaceAll('node "$CAVEAT"', 'caveat').split('\n'));
      let seen = 0;
      for (const [, command, rest] of lines.flatMap((line) => [...line.matchAll(/\bcaveat (check|report|merge|baseline|fix|claims|explain|init|completion|test)\b([^`]*)/g)])) {
        const help = (await at.caveat(command!, '--help')).out;
        for (const [option] of rest!.matchAll(/--[a-z][a-z-]+/g)) {
          assert.ok(help.includes(`${option} `), `caveat ${command} ${option}`);
          seen++;
        }
      }
      assert.ok(seen > 20, `only ${seen} options`);
    } finally {
      at.clean();
    }
  });

  it('the action puts no input into a script as text', () => {
    const { inputs, runs } = parse(read('action.yml')) as Action;
    for (const { run } of runs.steps) assert.doesNotMatch(run ?? '', /\$\{\{/);
    const named = JSON.stringify(runs.steps.map(({ env }) => env));
    for (const input of Object.keys(inputs)) assert.ok(named.includes(`inputs.${input} `), input);
  });

  it('the action finds, writes and fails', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'caveat action '));
    try {
      writeFileSync(join(folder, 'a b.md'), '# Ketamine for depression\n\nKetamine is a guaranteed cure for depression.\n');
      writeFileSync(join(folder, 'bread.md'), '# Bread\n\nMix and wait.\n');
      const { runs } = parse(read('action.yml')) as Action;
      const script = runs.steps.find(({ name }) => name === 'Check')!.run!;
      const run = (env: object): { code: number; out: string } => {
        try {
          const out = execFileSync('bash', ['-eo', 'pipefail', '-c', script], {
            cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
            env: { ...process.env, CAVEAT: join(ROOT, 'dist/cli.js'), PATHS: '.', FORMAT: 'github', FAIL_ON: 'warning', SINCE: '', BASELINE: '', SARIF: '', REPORT: '', ...env },
          });
          return { code: 0, out };
        } catch (error) {
          const { status, stdout } = error as { status: number; stdout: string };
          return { code: status, out: stdout };
        }
      };
      const all = run({ SARIF: 'out.sarif', REPORT: 'out.html' });
      assert.equal(all.code, 1);
      assert.match(all.out, /^::warning file=a b\.md,line=3,/m);
      assert.equal((JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as { version: string }).version, '2.1.0');
      assert.ok(existsSync(join(folder, 'out.html')));
      assert.deepEqual(run({ PATHS: 'bread.md\n\n' }), { code: 0, out: '' });
      assert.equal(run({ FAIL_ON: 'never', PATHS: 'a b.md' }).code, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('the pre-commit hook takes what there is a format for', () => {
    const [hook] = parse(read('.pre-commit-hooks.yaml')) as [{ files: string; entry: string }];
    const files = new RegExp(hook.files);
    for (const extension of FORMATS.flatMap(({ extensions }) => extensions)) assert.ok(files.test(`a${extension}`), extension);
    assert.ok(!files.test('a.png') && !files.test('amd'));
  });

  it('the package that pre-commit installs holds the program', () => {
    const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'ignore'] })) as [{ files: { path: string }[] }];
    const names = files.map(({ path }) => path);
    assert.ok(names.includes('dist/cli.js'));
    // npm packs what `main` and `browser` name, asked or not.
    assert.deepEqual(names.filter((name) => !['dist/cli.js', 'dist/client.js', 'dist/client.browser.js', 'package.json', 'README.md', 'LICENSE'].includes(name)), []);
  });

  it('the configuration of the page has no mistakes', () => {
    const [, yaml] = /```yaml\n(extends[^]*?)```/.exec(read('docs/configuration.md'))!;
    const known = { rules: RULES.map(({ id }) => id), disclosures: builtinPacks().flatMap(({ disclosures }) => disclosures.map(({ id }) => id)) };
    const { problems, file } = readConfig(yaml!, known);
    assert.deepEqual(problems, []);
    assert.ok(file.overrides.length === 1 && file.packs?.length === 3);
  });
});

// `npm start [-- --no-open]`: builds, prints the findings for samples/, and opens them in VS Code.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './build.mjs';
import { pack } from './package.mjs';
import { startVSCode, which } from './vscode.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const SAMPLES = join(ROOT, 'samples');
const { values } = parseArgs({ options: { 'no-open': { type: 'boolean' } } });

await buildAll();
const { status } = spawnSync(process.execPath, ['dist/cli.js', 'check', 'samples'], { cwd: ROOT, stdio: 'inherit' });
if (status !== 0 && status !== 1) process.exit(status ?? 3);
if (values['no-open']) process.exit(0);

const code = which('code');
if (code) {
  console.log('\nOpening the samples in VS Code.');
  const opened = spawnSync(code, ['--new-window', `--extensionDevelopmentPath=${ROOT}`, SAMPLES], { stdio: 'inherit', shell: process.platform === 'win32' });
  process.exit(opened.status ?? 1);
}
const vscode = await startVSCode({ vsix: await pack(), folder: SAMPLES });
const first = readdirSync(SAMPLES).find((name) => name.endsWith('.md'));
console.log(`\nVS Code with Caveat and the samples:\n\n  ${vscode.address(['openFile', vscode.remote(join(SAMPLES, first))])}\n\nCtrl+C ends it.`);
await new Promise(() => setInterval(() => {}, 1 << 30));

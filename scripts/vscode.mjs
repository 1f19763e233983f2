// A real VS Code without its desktop: the VS Code server inside npm's code-server package shows the same workbench and
// runs the same extension host in a browser. `npm start` opens it by hand, the tests drive it.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '..');
/** The last that runs on Node 20; holds VS Code 1.100.3. */
const VERSION = '4.100.3';
const HOME = join(ROOT, '.vscode-server', VERSION);

/** Where a program stands on the PATH; undefined where it is not. */
export function which(name) {
  const endings = process.platform === 'win32' ? (process.env.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
  return (process.env.PATH ?? '').split(delimiter).filter(Boolean).flatMap((folder) => endings.map((ending) => join(folder, name + ending))).find((path) => existsSync(path));
}

/** Runs a program and gives what it printed; throws with its last words where it fails. */
export function must(command, args, options) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32', ...options });
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `${stdout ?? ''}${stderr ?? ''}`.trim().slice(-2000)}`);
  return stdout;
}

/** Unpacks the VS Code server once, from the npm registry; nothing is compiled and no install script runs. Gives its main file. */
export function vscodeServer(log = console.log) {
  const server = join(HOME, 'lib/vscode');
  const ready = join(server, '.ready');
  if (!existsSync(ready)) {
    log(`Getting VS Code for the browser (code-server ${VERSION}), once …`);
    rmSync(HOME, { recursive: true, force: true });
    mkdirSync(HOME, { recursive: true });
    must('npm', ['pack', `code-server@${VERSION}`, '--silent', '--pack-destination', '.'], { cwd: HOME });
    const archive = `code-server-${VERSION}.tgz`;
    must('tar', ['xzf', archive, '--strip-components=1', 'package/lib/vscode'], { cwd: HOME });
    rmSync(join(HOME, archive));
    // Not `npm ci`: the shrinkwrap that is packed with it is out of step.
    must('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: server });
    writeFileSync(ready, '');
  }
  return join(server, 'out/server-main.js');
}

/** Settings under which nothing but the document and the extension speaks. */
const QUIET = {
  'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off', 'update.mode': 'none', 'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false, 'extensions.ignoreRecommendations': true, 'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false, 'chat.disableAIFeatures': true, 'security.workspace.trust.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden', 'workbench.enableExperiments': false, 'files.simpleDialog.enable': true,
  'git.openRepositoryInParentFolders': 'never',
};

export const freePort = () => new Promise((done, fail) => {
  const probe = createServer();
  probe.on('error', fail);
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});

/**
 * Starts VS Code at a free local port. `vsix`: an extension to install; `folder`: what is opened as it is; `fixtures`: a
 * folder of which a copy is opened. Ends with this process, or by `stop()`.
 */
export async function startVSCode({ vsix, folder, fixtures, settings = {}, log = console.log } = {}) {
  const main = vscodeServer(log);
  const home = mkdtempSync(join(tmpdir(), 'caveat-')); // short: the paths of sockets are limited
  const [data, extensions, workspace] = ['data', 'extensions', 'workspace'].map((name) => join(home, name));
  for (const path of [join(data, 'User'), join(data, 'logs'), extensions, workspace]) mkdirSync(path, { recursive: true });
  writeFileSync(join(data, 'User/settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
  if (fixtures) cpSync(fixtures, workspace, { recursive: true });
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VSCODE|ELECTRON)_/.test(name)));
  env.PATH = `${dirname(process.execPath)}${delimiter}${env.PATH}`;
  const base = [main, '--accept-server-license-terms', '--server-data-dir', join(home, 'server'), '--user-data-dir', data, '--extensions-dir', extensions];
  if (vsix) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...base, '--install-extension', resolve(vsix), '--force'], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`The extension could not be installed: ${stdout}${stderr}`);
  }
  const port = await freePort();
  const logFile = join(home, 'server.log');
  const output = openSync(logFile, 'w');
  const child = spawn(process.execPath, [
    ...base, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--enable-smoke-test-driver',
    '--telemetry-level', 'off', '--disable-workspace-trust', '--disable-telemetry',
  ], { env, stdio: ['ignore', output, output], detached: process.platform !== 'win32' }); // a process group of its own: ended with its children
  let ended = false;
  child.on('exit', () => { ended = true; });
  const kill = (signal) => {
    try {
      if (process.platform === 'win32') child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {} // it has ended already
  };
  const clean = () => {
    kill('SIGKILL');
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', clean);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (ended || tries > 300) throw new Error(`VS Code did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
    if (await fetch(`${url}/version`).then(({ ok }) => ok, () => false)) break;
    await sleep(200);
  }
  const stop = async () => {
    kill('SIGTERM');
    for (let tries = 0; tries < 25 && !ended; tries++) await sleep(200);
    process.off('exit', clean);
    clean();
  };
  const authority = `127.0.0.1:${port}`;
  const opened = folder ? resolve(folder) : workspace;
  const remote = (path) => `vscode-remote://${authority}${path}`;
  /** The address that opens the folder, with payload entries such as `['openFile', remote(path)]`. */
  const address = (...payload) => `${url}/?folder=${encodeURIComponent(opened)}${payload.length ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : ''}`;
  return { url, port, authority, home, workspace: opened, extensions, remote, address, stop };
}

/** A Chromium to drive; installed by the system's package manager where there is none and that is allowed. */
export function chromiumPath(log = console.log) {
  const known = () => process.env.CHROMIUM ?? ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(which).find(Boolean);
  if (!known() && which('apt-get')) {
    log('Installing chromium for the tests in VS Code …');
    const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    const run = (...args) => must([...root, ...args][0], [...root, ...args].slice(1), { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    run('apt-get', 'update');
    run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium');
  }
  const found = known();
  if (!found) throw new Error('No Chromium: install it, or name one in the environment variable CHROMIUM.');
  return found;
}

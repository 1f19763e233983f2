// Where the suite runs: a desktop VS Code, or the VS Code server with a browser.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { chromium } from 'playwright-core';
import { chromiumPath, startVSCode } from '../../scripts/vscode.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const SHOTS = join(import.meta.dirname, 'shots');
const LIMIT = 10 * 60_000;

/**
 * The program file of a desktop VS Code: that which VSCODE_PATH names, else a downloaded one where there is a screen to
 * show it; undefined where there is none, and then the server build is taken.
 */
export async function desktopVSCode() {
  if (process.env.VSCODE_PATH) return process.env.VSCODE_PATH;
  const screen = process.platform === 'win32' || process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!screen) {
    console.log('No screen and no VSCODE_PATH: the suite runs in the VS Code server.');
    return undefined;
  }
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath: join(ROOT, '.vscode-test') });
  } catch (error) {
    console.log(`The desktop VS Code can not be downloaded (${error.message}): the suite runs in the VS Code server.`);
    return undefined;
  }
}

/** Runs tests in a desktop VS Code; what they print is shown and given back. */
export async function runInDesktop({ executable, extension, tests, folder }) {
  const profile = mkdtempSync(join(tmpdir(), 'caveat-'));
  let output = '';
  const written = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream, write } of written) {
    stream.write = (data) => {
      const lines = fromMocha(String(data));
      output += lines;
      return write.call(process.stdout, lines);
    };
  }
  try {
    const code = await runTests({
      vscodeExecutablePath: executable, extensionDevelopmentPath: extension, extensionTestsPath: tests,
      launchArgs: [folder, '--user-data-dir', profile, '--extensions-dir', join(profile, 'extensions'), '--disable-extensions', '--disable-workspace-trust', '--skip-welcome', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    }).catch((error) => { console.error(String(error)); return 1; });
    return { output, code };
  } finally {
    for (const { stream, write } of written) stream.write = write;
    rmSync(profile, { recursive: true, force: true });
  }
}

const options = () => ({
  executablePath: chromiumPath(), headless: true,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

export const launchChromium = () => chromium.launch(options());

/** With a profile that lets frames of other origins have cookies, and with them the service workers that webviews need. */
export async function launchChromiumWithProfile() {
  const profile = mkdtempSync(join(tmpdir(), 'caveat-profile-'));
  process.once('exit', () => rmSync(profile, { recursive: true, force: true }));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }));
  return chromium.launchPersistentContext(profile, { ...options(), viewport: { width: 1280, height: 800 } });
}

/** Runs tests in the extension host of the VS Code server; the workbench in the browser tells what they print and how they end. */
export async function runInServer({ extension, tests, folder }) {
  // In a browser VS Code saves by itself, on the desktop it does not.
  const vscode = await startVSCode({ folder, settings: { 'files.autoSave': 'off' } });
  const browser = await launchChromium();
  let output = '';
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const code = await new Promise((done, fail) => {
      const timer = setTimeout(async () => {
        await page.screenshot({ path: join(SHOTS, 'suite-no-end.png') }).catch(() => {});
        fail(new Error('The suite did not end in ten minutes.'));
      }, LIMIT);
      timer.unref();
      (async () => {
        await page.exposeFunction('codeAutomationExit', done);
        await page.exposeFunction('codeAutomationLog', (_type, parts) => {
          const lines = fromMocha(parts.map(String).join(' '));
          output += lines;
          process.stdout.write(lines);
        });
        await page.goto(vscode.address(
          ['extensionDevelopmentPath', vscode.remote(extension)], ['extensionTestsPath', vscode.remote(tests)],
        ), { waitUntil: 'domcontentloaded' });
      })().catch(fail);
    });
    return { output, code };
  } finally {
    await browser.close();
    await vscode.stop();
  }
}

/** The lines that the tests print, without their mark; the editor's own log is not for us. */
export const fromMocha = (text) => [...text.matchAll(/^\[mocha\] ?(.*)$/gm)].map(([, line]) => `${line}\n`).join('');

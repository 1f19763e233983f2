// A workspace of many articles in a real VS Code, with the packed extension: its report comes with progress, can be
// stopped, and typing goes on meanwhile. The pictures in shots/ are to be looked at, in all four kinds of theme.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVSCode } from '../../scripts/vscode.mjs';
import { launchChromium } from './hosts.mjs';

const SHOTS = join(import.meta.dirname, 'shots');
const GOLD = join(import.meta.dirname, '../gold/articles');
const THEMES = ['Light Modern', 'Light High Contrast', 'Dark Modern', 'Dark High Contrast'];
const LIMIT = 120_000;

/** A folder with so many articles, no two of them alike, and some that are not to be read. */
function folderOf(articles) {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-library-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const names = readdirSync(GOLD).filter((name) => !/\.(?:bib|json)$/.test(name));
  for (let n = 0; n < articles; n++) {
    const name = names[n % names.length];
    const shelf = join(folder, `shelf-${String(Math.floor(n / 50)).padStart(2, '0')}`);
    mkdirSync(shelf, { recursive: true });
    // A word of its own in most sentences, so that nothing is known from another article.
    writeFileSync(join(shelf, `${String(n).padStart(4, '0')}-${name}`), readFileSync(join(GOLD, name), 'utf8').replaceAll(' and ', ` and n${n} `));
  }
  mkdirSync(join(folder, 'drafts'));
  writeFileSync(join(folder, 'drafts/left-out.md'), 'Ketamine is a guaranteed cure for depression.\n');
  writeFileSync(join(folder, '.caveatignore'), 'drafts/\n');
  writeFileSync(join(folder, 'broken.md'), Uint8Array.of(0xff, 0xff, 0xff));
  writeFileSync(join(folder, 'new.md'), '# Ketamine for depression\n\n');
  return folder;
}

/** The contrast of two colours, as WCAG has it. */
function contrast(text, ground) {
  const [a, b] = [text, ground].map((colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => Number(part) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export async function library({ vsix, articles }) {
  const folder = folderOf(articles);
  const vscode = await startVSCode({ vsix, folder, settings: { 'workbench.colorTheme': `Default ${THEMES[0]}`, 'git.enabled': false, 'files.autoSave': 'off', 'editor.minimap.enabled': false } });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(LIMIT);
  const { keyboard } = page;
  let passed = 0;
  const shot = (name) => page.screenshot({ path: join(SHOTS, `library-${name}.png`) });
  const step = async (name, take) => {
    const began = Date.now();
    try {
      await take();
      passed++;
      console.log(`  ✔ ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      await shot('FAILED').catch(() => {});
      console.log(`  ✖ ${name}`);
      throw error;
    }
  };
  const until = async (what, probe, limit = LIMIT) => {
    for (const end = Date.now() + limit; Date.now() < end; await page.waitForTimeout(50)) {
      const found = await probe();
      if (found) return found;
    }
    throw new Error(`waited in vain for ${what}`);
  };
  /** Keys that come before the workbench listens are lost, so it may take more than one try. */
  const palette = async (command) => {
    await until(`the command ${command}`, async () => {
      await keyboard.press('Escape');
      await keyboard.press('F1');
      await page.locator('.quick-input-widget input').first().fill(`>${command}`, { timeout: 3000 }).catch(() => {});
      return page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first().click({ timeout: 3000 }).then(() => true, () => false);
    });
  };
  const progress = page.locator('.notification-toast', { hasText: 'reading the workspace' });
  /** How many are read, as the notification says. */
  const read = async () => Number(/(\d+) of \d+/.exec(await progress.first().innerText({ timeout: 200 }).catch(() => ''))?.[1] ?? 0);
  const report = () => until('the report', async () => {
    for (const frame of page.frames()) if (await frame.locator('h1', { hasText: 'Workspace' }).first().isVisible().catch(() => false)) return frame;
    return undefined;
  }, articles * 1000 + LIMIT);

  try {
    await step('opens a folder of articles', async () => {
      await page.goto(vscode.address(['openFile', vscode.remote(join(folder, 'new.md'))]), { waitUntil: 'domcontentloaded' });
      await page.locator('.tab[data-resource-name="new.md"]').waitFor();
      await page.locator('.editor-instance .view-line', { hasText: 'Ketamine for depression' }).first().waitFor();
    });
    await step('asks for the report, sees how far it is, and stops it', async () => {
      await palette('Caveat: Show Workspace Report');
      const before = await until('progress', read);
      const after = await until('more progress', async () => { const now = await read(); return now > before && now; });
      assert.ok(before > 0 && after < articles, `${before}, then ${after} of ${articles}`);
      await progress.first().hover();
      await shot('progress');
      await progress.getByRole('button', { name: 'Cancel' }).first().click();
      await progress.first().waitFor({ state: 'detached' });
      await page.locator('.statusbar', { hasText: 'stopped, no report was made' }).waitFor();
      assert.equal(await page.locator('.tab', { hasText: 'Caveat: Workspace' }).count(), 0, 'a report of a part is shown');
    });
    await step('types while the report is made, and has marks before it is done', async () => {
      await palette('Caveat: Show Workspace Report');
      await until('progress', read);
      await page.locator('.editor-instance .view-lines').first().click();
      await keyboard.press('Control+End');
      await keyboard.type('Ketamine is a guaranteed cure for depression. ');
      await page.locator('.editor-instance .squiggly-warning').first().waitFor();
      assert.ok(await progress.count() > 0, 'the run was over before');
      await shot('typing');
    });
    await step(`has the report on ${articles + 1} documents, and the file that could not be read`, async () => {
      const frame = await report();
      assert.equal(await progress.count(), 0);
      const words = await frame.locator('body').innerText();
      const [, about, other] = /(\d+) documents? about treatments that Caveat knows, (\d+) others?/.exec(words) ?? [];
      assert.equal(Number(about) + Number(other), articles + 1, words.slice(0, 300));
      assert.match(words, /Not read[^\n]*: broken\.md\./);
      assert.ok(!words.includes('left-out.md'), 'what .caveatignore names was read');
    });
    for (const theme of THEMES) {
      await step(`reads it in ${theme}`, async () => {
        await palette('Preferences: Color Theme');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Modern' }).first().waitFor();
        await keyboard.type(theme); // rows that are out of sight are not there
        await page.locator('.quick-input-list .monaco-list-row', { hasText: theme }).first().click();
        await page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
        const light = (colour) => (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
        await until('its colours', async () => {
          // A frame that is made anew meanwhile never answers.
          const { text, ground } = await Promise.race([page.waitForTimeout(3000), report().then((frame) => frame.evaluate(() => ({ text: getComputedStyle(document.body).color, ground: getComputedStyle(document.body).backgroundColor })))]) ?? { text: '', ground: '' };
          return text !== '' && light(ground) > light(text) === theme.startsWith('Light');
        });
        // axe can not run here, where no script may: the contrast of what is coloured is measured by hand.
        const colours = await (await report()).evaluate(() => [...['td.error', 'td.warning', 'td.information', '.quiet', 'footer', 'a', '.count'].flatMap((name) => {
          const element = document.querySelector(`main ${name}`) ?? document.querySelector(name);
          return element ? [{ name, text: getComputedStyle(element).color, ground: name === '.count' ? getComputedStyle(element).backgroundColor : getComputedStyle(document.body).backgroundColor }] : [];
        })]);
        const pale = colours.map(({ name, text, ground }) => ({ name, text, ground, ratio: contrast(text, ground) })).filter(({ ratio }) => ratio < 4.5);
        assert.deepEqual(pale, []);
        assert.ok(colours.length >= 5);
        await shot(theme.replaceAll(' ', '-').toLowerCase());
      });
    }
    await step('follows a link of it', async () => {
      const frame = await report();
      await frame.locator('table.list tbody th a').first().click();
      await page.locator('.tab.active', { hasText: /\d{4}-/ }).first().waitFor();
    });
    return { passed, failed: 0 };
  } catch (error) {
    console.error(error);
    return { passed, failed: 1 };
  } finally {
    await browser.close();
    await vscode.stop();
  }
}

// One person's way through Caveat, with the packed extension in a real VS Code: see a mark, read why, fix it, read the
// report, add the disclaimer. Each step leaves a screenshot in shots/, to be looked at.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startVSCode } from '../../scripts/vscode.mjs';
import { launchChromium } from './hosts.mjs';

const SHOTS = join(import.meta.dirname, 'shots');
const LIMIT = 60_000;
/** Colours of the editor that the screenshots are taken in. */
const SETTINGS = { 'workbench.colorTheme': 'Default Light Modern', 'editor.wordWrap': 'on', 'editor.minimap.enabled': false, 'editor.accessibilitySupport': 'off', 'git.enabled': false, 'files.autoSave': 'off' };

/** Takes the journey; gives how many of its steps passed and failed. A step that fails ends it: the next ones stand on it. */
export async function journey({ vsix, workspace }) {
  rmSync(SHOTS, { recursive: true, force: true });
  mkdirSync(SHOTS, { recursive: true });
  const vscode = await startVSCode({ vsix, folder: workspace, settings: SETTINGS });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(LIMIT);
  const errors = [];
  // This build of VS Code has no native modules, and says so again and again.
  page.on('console', (message) => { if (message.type() === 'error' && !/bindings file|ripgrep/.test(message.text())) errors.push(message.text().slice(0, 400)); });
  let passed = 0;
  const shot = (name) => page.screenshot({ path: join(SHOTS, `${name}.png`) });
  const step = async (name, take) => {
    const picture = `${passed + 1}-${name.replace(/\W+/g, '-')}`;
    try {
      await take();
      await shot(picture);
      passed++;
      console.log(`  ✔ ${name}`);
    } catch (error) {
      await shot(`${picture}-FAILED`).catch(() => {});
      console.log(`  ✖ ${name}`);
      throw error;
    }
  };
  const { keyboard } = page;
  const line = (words) => page.locator('.editor-instance .view-line', { hasText: words }).first();
  const squiggles = page.locator('.editor-instance .squiggly-warning');
  const row = (words) => page.locator('.markers-panel .monaco-list-row', { hasText: words }).first();
  const palette = async (command) => {
    await keyboard.press('F1');
    await page.locator('.quick-input-widget input').waitFor();
    await keyboard.type(command);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: command }).waitFor();
    await keyboard.press('Enter');
  };
  /** The page inside a webview, a report or a preview: some frames deep. */
  const report = async (words) => {
    const end = Date.now() + LIMIT;
    while (Date.now() < end) {
      for (const frame of page.frames()) if (await frame.locator('h1', { hasText: words }).first().isVisible().catch(() => false)) return frame;
      await page.waitForTimeout(200);
    }
    throw new Error(`no report on ${words}`);
  };
  const until = async (what, probe) => {
    const end = Date.now() + LIMIT;
    while (Date.now() < end) {
      if (await probe()) return;
      await page.waitForTimeout(200);
    }
    throw new Error(`waited in vain for ${what}`);
  };

  /** Clicks a link of a report; where the page is made anew meanwhile, that of the new one. */
  const follow = (title, words) => until(`a click on “${words}”`, async () =>
    (await report(title)).locator('a', { hasText: words }).first().click({ timeout: 5000 }).then(() => true, () => false));

  try {
    await step('opens an article and sees marks', async () => {
      await page.goto(vscode.address(['openFile', vscode.remote(join(workspace, 'article.md'))]), { waitUntil: 'domcontentloaded' });
      await page.locator('.tab[data-resource-name="article.md"]').waitFor();
      await squiggles.first().waitFor();
    });

    await step('hovers over a word and reads why', async () => {
      await line('undeniable').getByText('undeniable').first().hover();
      const hover = page.locator('.monaco-hover', { hasText: 'Rests on' }).first();
      await hover.waitFor();
      assert.match(await hover.innerText(), /undeniable/);
    });

    await step('reads the problems', async () => {
      await line('# Ketamine for depression').click();
      await keyboard.press('Control+Shift+M');
      await row('undeniable').waitFor();
      await row('nowhere says').waitFor();
    });

    await step('asks for fixes with the keyboard', async () => {
      await row('undeniable').dblclick();
      await page.locator('.monaco-editor.focused').waitFor();
      await keyboard.press('Control+.');
      await page.locator('.action-widget .monaco-list-row.focused').waitFor();
      assert.match(await page.locator('.action-widget').innerText(), /Replace/);
    });

    await step('applies the first fix', async () => {
      // Enter, not a click: a layer over the menu takes the mouse.
      await keyboard.press('Enter');
      await until('the word to go', async () => !(await page.locator('.editor-instance .view-lines').innerText()).includes('undeniable'));
      await row('“undeniable”').waitFor({ state: 'detached' });
    });

    await step('opens the page of a rule', async () => {
      await row('nowhere says').getByText('missing-disclosure').first().click();
      await page.locator('.tab', { hasText: 'missing-disclosure' }).first().waitFor();
      await report('Missing disclosures');
    });

    await step('reads the report of the document', async () => {
      await keyboard.press('Control+J'); // hides the panel
      await page.locator('.tab[data-resource-name="article.md"]').click();
      await palette('Caveat: Show Report');
      const frame = await report('article.md');
      const text = await frame.locator('body').innerText();
      for (const words of ['Missing disclosures', 'claims cited', 'Line 9', 'signals for your judgement']) assert.ok(text.includes(words), `the report does not say “${words}”`);
      assert.equal(await frame.locator('script').count(), 0);
    });

    await step('follows a link of the report', async () => {
      await follow('article.md', 'guaranteed');
      await until('the cursor on line 9', async () => /Ln 9\b/.test(await page.locator('.statusbar').innerText()));
    });

    await step('inserts the disclaimer, and the report follows', async () => {
      await follow('article.md', 'Insert the standard disclaimer');
      await page.locator('.editor-instance .view-lines', { hasText: /off-label/i }).first().waitFor();
      // A page that is made anew has a frame of its own.
      await until('the report to follow', async () => !(await (await report('article.md')).locator('body').innerText().catch(() => 'Missing disclosures')).includes('Missing disclosures'));
    });

    await step('finds a claim in the tree', async () => {
      await page.locator('.tab[data-resource-name="article.md"]').click();
      await keyboard.press('Control+Shift+E');
      await page.locator('.pane-header', { hasText: 'Claims' }).first().click();
      const claim = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Claims' }) }).locator('.monaco-list-row', { hasText: 'cited' }).first();
      await claim.waitFor();
      await claim.click();
    });

    await step('exports the report', async () => {
      await palette('Caveat: Export Report');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Web page' }).waitFor();
      await keyboard.press('Enter');
      await page.locator('.quick-input-widget', { hasText: 'Export the report' }).locator('input').first().waitFor();
      await until('the path', async () => /article-report\.html$/.test(await page.locator('.quick-input-widget input').first().inputValue()));
      await keyboard.press('Enter');
      await until('the file', () => existsSync(join(workspace, 'article-report.html')));
      assert.match(readFileSync(join(workspace, 'article-report.html'), 'utf8'), /<h1>article\.md<\/h1>/);
      rmSync(join(workspace, 'article-report.html')); // it is an article of its own to the workspace report
    });

    await step('saves', async () => {
      await page.locator('.tab[data-resource-name="article.md"]').click();
      await keyboard.press('Control+S');
      await until('the file to be written', () => {
        const text = readFileSync(join(workspace, 'article.md'), 'utf8');
        return !text.includes('undeniable') && /off-label/i.test(text);
      });
    });

    await step('reads the report of the workspace', async () => {
      await palette('Caveat: Show Workspace Report');
      const frame = await report('Workspace');
      const rows = await frame.locator('table.list tbody tr').count();
      assert.ok(rows >= 5, `${rows} documents in it`);
      assert.ok((await frame.locator('table.list tbody').innerText()).includes('samples/'));
    });

    await step('opens the details with the keyboard', async () => {
      const frame = await report('Workspace');
      await frame.locator('summary').first().focus();
      await keyboard.press('Enter');
      await frame.locator('details[open] .rule li a').first().waitFor();
    });

    await step('sees the counts in the language status', async () => {
      await page.locator('.tab[data-resource-name="article.md"]').click();
      await page.locator('.statusbar-item[id="status.languageStatus"]').first().hover();
      await page.locator('.hover-language-status', { hasText: 'Caveat' }).first().waitFor();
    });

    await step('is told when there is nothing to insert', async () => {
      await page.locator('.editor-instance .view-lines').first().click();
      await palette('Caveat: Insert Standard Risk Disclaimer');
      await page.locator('.notification-toast', { hasText: 'Nothing to insert' }).waitFor();
    });
    return { passed, failed: 0 };
  } catch (error) {
    console.error(error);
    if (errors.length > 0) console.error(`The browser's console:\n${errors.slice(-10).join('\n')}`);
    return { passed, failed: 1 };
  } finally {
    await browser.close();
    await vscode.stop();
  }
}

// The report as a page: what it may hold, and that a browser shows it, runs nothing and asks for nothing.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'htmlparser2';
import { chromium, type Browser, type Page } from 'playwright-core';
import { htmlPage, type View } from '../../server/src/report/html';
import type { Report } from '../../server/src/report/index';
import { EDITOR_THEME } from '../../server/src/report/style';
// @ts-expect-error: a script without types
import { chromiumPath } from '../../scripts/vscode.mjs';
import { HOSTILE } from './hostile';
import { desk, type Desk } from './io';

const require = createRequire(import.meta.url);
const GOLD = join(import.meta.dirname, '../gold/articles');
const TAGS = new Set(['html', 'head', 'meta', 'title', 'style', 'body', 'main', 'header', 'footer', 'section', 'h1', 'h2', 'h3', 'h4', 'p', 'a', 'b', 'em', 'small', 'span', 'div', 'ul', 'ol', 'li', 'table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td', 'details', 'summary', 'figure', 'figcaption', 'svg', 'rect', 'line']);
const ATTRIBUTES = new Set(['lang', 'charset', 'http-equiv', 'content', 'name', 'nonce', 'class', 'href', 'scope', 'role', 'aria-label', 'aria-hidden', 'focusable', 'viewbox', 'preserveaspectratio', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'width', 'height', 'rx', 'tabindex']);

interface Node { readonly name?: string; readonly attribs?: { readonly [name: string]: string }; readonly children?: readonly Node[] }
const elements = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [...node.name ? [node] : [], ...elements(node.children ?? [])]);

function assertHarmless(html: string, links: RegExp | undefined): void {
  const all = elements(parseDocument(html).children as unknown as readonly Node[]);
  for (const { name, attribs = {} } of all) {
    assert.ok(name === '!doctype' || TAGS.has(name!.toLowerCase()), `<${name}>`);
    for (const [attribute, value] of Object.entries(attribs)) {
      if (name === '!doctype') continue;
      assert.ok(ATTRIBUTES.has(attribute.toLowerCase()), `${name} ${attribute}`);
      if (attribute === 'href') assert.ok(links?.test(value), value);
    }
  }
  assert.equal(all.filter(({ name }) => name === 'style').length, 1);
  assert.match(html, /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-\w+'">/);
  assert.doesNotMatch(html, /[\u0000-\u0008\u202e]/);
}

describe('report page', function () {
  this.timeout(240_000);
  let at: Desk;
  let browser: Browser;
  before(async () => {
    at = desk({ today: () => '2026-01-31' });
    at.write({
      'hostile "><img src=x onerror=alert(3)>.md': HOSTILE, 'hostile.txt': `${HOSTILE}\nKetamine </style><script>alert(4)</script> relieves depression.\n`,
      'good.md': readFileSync(join(GOLD, '01-cedar-hollow-landing.md'), 'utf8'), 'cited.md': readFileSync(join(GOLD, '12-manuscript.md'), 'utf8'),
    });
    for (const [file, ...paths] of [['all.html', '.'], ['one.html', 'good.md'], ['hostile.html', '*hostile*']] as const) await at.caveat('report', ...paths, '-o', file);
    browser = await chromium.launch({ executablePath: chromiumPath() as string, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    at.clean();
  });
  const read = (file: string) => readFileSync(join(at.folder, file), 'utf8');

  it('holds nothing but text, tables and pictures, whatever a document says', () => {
    for (const file of ['all.html', 'one.html', 'hostile.html']) assertHarmless(read(file), undefined);
    assert.ok(['&lt;script&gt;alert(4)', '&lt;img src=x onerror=alert(3)&gt;'].every((words) => read('hostile.html').includes(words)), 'its words are not in it');
  });

  it('holds in the editor only links of ours', async () => {
    const report = JSON.parse((await at.caveat('report', '.', '--format', 'json')).out) as Report;
    const view: View = {
      nonce: 'n', theme: EDITOR_THEME, notes: ['<b>'], title: 'Workspace "', nameOf: (path) => path,
      link: (path, range) => `command:caveat.openFinding?${encodeURIComponent(JSON.stringify([path, range]))}`, action: (name) => `command:caveat.${name}`,
    };
    for (const page of [htmlPage(report, view), ...report.documents.map((document) => htmlPage({ ...report, documents: [document] }, { ...view, title: '' }))]) {
      assertHarmless(page, /^command:caveat\.\w+(?:\?[\w%.!~*'()-]+)?$/);
    }
  });

  it('names what there is: claims, disclosures, benefit and risk, findings, suppressions, packs', () => {
    const html = read('hostile.html');
    for (const words of ['claims cited', 'Missing disclosures', 'Benefit and risk', 'Claims by kind', 'Claims by condition', 'Absolute wording', 'Switched off in the text', 'reviewed', '2026-01-31']) assert.ok(html.includes(words), words);
  });

  async function opened(file: string, scheme: 'light' | 'dark', use: (page: Page, asked: readonly string[], said: readonly string[]) => Promise<void>, forced: 'none' | 'active' = 'none'): Promise<void> {
    const context = await browser.newContext({ colorScheme: scheme, forcedColors: forced, viewport: { width: 1000, height: 1200 } });
    const page = await context.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => { asked.push(request.url()); });
    page.on('console', (message) => { said.push(message.text()); });
    page.on('dialog', (dialog) => { said.push(`dialog ${dialog.message()}`); void dialog.dismiss(); });
    try {
      await page.goto(pathToFileURL(join(at.folder, file)).href);
      await use(page, asked, said);
    } finally {
      await context.close();
    }
  }

  for (const [file, schemes] of [['one.html', ['light', 'dark']], ['all.html', ['dark']], ['hostile.html', ['light']]] as const) {
    for (const scheme of schemes) {
      it(`${file} shows its pictures in ${scheme}, runs nothing, asks for nothing, and is accessible`, async () => {
        await opened(file, scheme, async (page, asked, said) => {
          assert.deepEqual(said, []);
          assert.equal(asked.length, 1, asked.join());
          await page.evaluate(() => { for (const details of document.querySelectorAll('details')) details.open = true; });
          const pictures = await page.locator('svg').evaluateAll((all) => all.map((svg) => ({ width: svg.getBoundingClientRect().width, fill: getComputedStyle(svg.querySelector('rect')!).fill })));
          assert.ok(pictures.length >= 2);
          for (const { width, fill } of pictures) assert.ok(width > 50 && fill !== 'rgb(0, 0, 0)', `${width} ${fill}`);
          assert.ok(await page.locator('.strip rect.benefit').count() > 0);
          assert.ok(await page.locator('.bars rect.all').count() > 0);
          const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          assert.equal(dark === 'rgb(255, 255, 255)', scheme === 'light');
          // Long words must not push the page apart.
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than its window');
          await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
          const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run());
          assert.deepEqual(violations.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0]?.html}`), []);
        });
      });
    }
  }

  it('a check that finds nothing would be none: axe sees a fault that is put in', async () => {
    writeFileSync(join(at.folder, 'faulty.html'), read('one.html').replace('<html lang="en">', '<html>'));
    await opened('faulty.html', 'light', async (page) => {
      await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
      const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run());
      assert.ok(violations.some(({ id }) => id === 'html-has-lang'));
    });
  });

  it('prints on paper, with what is folded away', async () => {
    await opened('all.html', 'dark', async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(0, 0, 0)');
    });
  });
});

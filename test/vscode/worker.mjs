// The server as a browser runs it: a worker in Chromium, spoken to by messages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launchChromium } from './hosts.mjs';

const DIST = resolve(import.meta.dirname, '../../dist');
const HOME = 'http://caveat.test';

/** In the page: sends requests to a worker one by one and gives their answers. */
const ask = async (messages) => {
  const worker = new Worker('/server.js');
  const answers = [];
  try {
    for (const message of messages) {
      if (message.id === undefined) {
        worker.postMessage(message);
        continue;
      }
      answers.push(await new Promise((done, fail) => {
        worker.onerror = (event) => fail(new Error(event.message));
        worker.onmessage = ({ data }) => {
          if (data.method && data.id !== undefined) worker.postMessage({ jsonrpc: '2.0', id: data.id, result: [null] });
          else if (data.id === message.id) done(data);
        };
        worker.postMessage(message);
      }));
    }
  } finally {
    worker.terminate();
  }
  return answers;
};

export async function worker() {
  const browser = await launchChromium();
  let passed = 0;
  const step = async (name, take) => {
    await take();
    passed++;
    console.log(`  ✔ ${name}`);
  };
  try {
    const page = await browser.newPage();
    await page.route(`${HOME}/**`, (route) => route.request().url().endsWith('/server.js')
      ? route.fulfill({ contentType: 'text/javascript', body: readFileSync(join(DIST, 'server.js'), 'utf8') })
      : route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>Caveat</title>' }));
    await page.goto(HOME);
    const uri = 'vscode-vfs://host/article.md';
    const text = readFileSync(join(import.meta.dirname, 'fixtures/article.md'), 'utf8');
    const [started, report] = await page.evaluate(ask, [
      { jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } } },
      { jsonrpc: '2.0', method: 'initialized', params: {} },
      { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'markdown', version: 1, text } } },
      { jsonrpc: '2.0', id: 2, method: 'textDocument/diagnostic', params: { textDocument: { uri } } },
    ]);
    await step('the server starts as a worker', () => { assert.equal(started.result?.serverInfo?.name, 'caveat', JSON.stringify(started)); });
    await step('and reads a document of a virtual file system', () => {
      assert.ok(report.result?.items.some(({ code }) => code === 'absolute-language'), JSON.stringify(report).slice(0, 500));
    });
    await step('the client for browsers asks for nothing but the editor', () => {
      const bundle = readFileSync(join(DIST, 'client.browser.js'), 'utf8');
      const asked = new Set([...bundle.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, module]) => module));
      assert.deepEqual([...asked], ['vscode']);
    });
    return { passed, failed: 0 };
  } catch (error) {
    console.error(error);
    return { passed, failed: 1 };
  } finally {
    await browser.close();
  }
}

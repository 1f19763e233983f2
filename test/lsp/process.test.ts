// The server as editors start it: a process of its own, over stdio and over IPC.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter, type InitializeResult } from 'vscode-languageserver/node';
import { start, type Process } from './client';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = ['--import=tsx', '--require=./test/yaml.cjs', 'server/src/node.ts'];
const A = 'file:///a.md';
/** Sentences that any version of the rules marks. */
const TEXT = '# Ketamine for depression\n\nKetamine is a guaranteed cure for depression. Studies have shown that 70% of patients with depression respond to ketamine.\n';

describe('language server process', function () {
  this.timeout(60_000);
  let server: Process | undefined;
  const run = async (...args: string[]) => { server = await start(process.execPath, [...SOURCE, ...args]); return server; };
  before(() => { process.chdir(ROOT); });
  afterEach(async () => { await server?.end(); server = undefined; });

  for (const args of [['--stdio'], []]) {
    it(`reads a document over stdio (${args.join(' ') || 'without arguments'})`, async () => {
      const { initialized, open, diagnostics } = await run(...args);
      assert.equal(initialized.serverInfo?.name, 'caveat');
      open(A, TEXT, 'markdown');
      const found = await diagnostics(A);
      assert.ok(found.length > 0, 'nothing was found');
      assert.ok(found.every(({ source, code, message }) => source === 'caveat' && typeof code === 'string' && String(message).length > 20));
    });
  }

  it('goes on after a message that is no JSON', async () => {
    const one = await run('--stdio');
    one.raw('Content-Length: 9\r\n\r\n{"id": 1,');
    one.open(A, TEXT, 'markdown');
    assert.ok((await one.diagnostics(A)).length > 0);
  });

  it('ends when asked to, with 0, and not before', async () => {
    const one = await run('--stdio');
    await one.connection.sendRequest('shutdown');
    void one.connection.sendNotification('exit');
    assert.equal(await one.exit, 0);
    server = undefined;
  });

  it('ends with its editor', async () => {
    const one = await run('--stdio');
    one.connection.end();
    one.connection.dispose();
    assert.equal(typeof await one.exit, 'number');
    server = undefined;
  });

  it('speaks over IPC, as VS Code starts it', async () => {
    const child = fork(SOURCE.at(-1)!, ['--node-ipc'], { execArgv: SOURCE.slice(0, -1), silent: true });
    const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.listen();
    try {
      const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
      assert.equal(capabilities.hoverProvider, true);
    } finally {
      connection.dispose();
      child.kill();
    }
  });

  it('the bundle is the same server', async () => {
    const bundle = join(ROOT, 'dist/server.js');
    assert.ok(existsSync(bundle), 'build first: npm run build');
    server = await start(process.execPath, [bundle, '--stdio']);
    server.open(A, TEXT, 'markdown');
    assert.ok((await server.diagnostics(A)).length > 0);
  });
});

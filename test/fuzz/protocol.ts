// The server in memory and an editor that sends anything in any order. An input is a message a line, as JSON; a line that
// is none is sent as it is, in a sound frame.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter, type DocumentDiagnosticReport, type Message } from 'vscode-languageserver/node';
import { RULES } from '../../server/src/core/index';
import { forget } from '../../server/src/core/kept';
import { readPackText } from '../../server/src/core/pack';
import { startServer } from '../../server/src/lsp/server';
import type { Target } from './targets';

const { pack: SMALL } = readPackText(`id: small
name: Small
version: 1.0.0
reviewed: '2026-01-01'
drugs: [{ id: ketamine, name: ketamine, names: [ketamine], also: [], sources: [https://example.org/a], reviewed: '2026-01-01' }]
conditions: [{ id: MDD, name: depression, group: psychiatric, names: [depression] }]
wordings: [{ id: sure, rule: absolute-language, phrases: [guaranteed], unless: [], when: always, replace: {}, fires: [guaranteed], quiet: [] }]
`);
const TEXT = '# Ketamine for depression\n\nKetamine is a guaranteed cure for depression [1].\n\n1. Zarate, 2006\n';

const uri = 'file:///w/a.md';
const at = (line: number, character: number) => ({ line, character });
const range = { start: at(2, 5), end: at(2, 30) };
const here = { textDocument: { uri } };
const say = (method: string, params: unknown, id?: number): string => JSON.stringify({ jsonrpc: '2.0', ...(id !== undefined && { id }), method, params });
const START = [
  say('initialize', { processId: null, rootUri: null, capabilities: { workspace: { configuration: true, workspaceEdit: { documentChanges: true } }, textDocument: { diagnostic: {}, codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } } }, workspaceFolders: [{ uri: 'file:///w', name: 'w' }] }, 1),
  say('initialized', {}),
];
const OPEN = say('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text: TEXT } });
const ASKS = [
  say('textDocument/diagnostic', here, 2), say('textDocument/codeAction', { ...here, range, context: { diagnostics: [] } }, 3), say('textDocument/hover', { ...here, position: at(2, 18) }, 4),
  say('textDocument/definition', { ...here, position: at(2, 46) }, 5), say('textDocument/references', { ...here, position: at(2, 46), context: { includeDeclaration: true } }, 6),
  say('textDocument/completion', { ...here, position: at(2, 46) }, 7), say('caveat/page', { target: { uri }, nonce: 'a', notes: ['b'] }, 8), say('caveat/export', { target: { uri }, format: 'csv' }, 9),
  say('caveat/outline', { uri }, 10), say('caveat/disclaimer', { uri }, 11), say('caveat/gather', { run: 1, documents: [{ uri }, { uri: 'file:///w/b.html', text: '<p>Ketamine cures.</p>' }] }, 12), say('caveat/page', { target: { run: 1 }, nonce: 'a' }, 13),
  say('caveat/extensions', {}, 14), say('codeAction/resolve', { title: 'x', data: { uri, version: 1, rule: 'absolute-language', start: 42, end: 52, fix: 0 } }, 15),
];
const CHANGES = [
  say('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ range, text: 'helps ' }, { range: { start: at(900, 0), end: at(1, 1e9) }, text: '\ud83d```\n' }] }),
  say('$/cancelRequest', { id: 2 }), say('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: [{ text: `---\ncaveat: { audience: clinician }\nbibliography: refs.bib\n---\n${TEXT}` }] }),
  say('workspace/didChangeConfiguration', { settings: { caveat: { severities: { 'absolute-language': 'off' } } } }), say('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///w/refs.bib', type: 2 }, { uri: 'file:///w/caveat.yaml', type: 1 }] }),
  say('textDocument/didClose', here), say('$/setTrace', { value: 'verbose' }), say('shutdown', null, 16),
];
const CONFIG = say('textDocument/didOpen', { textDocument: { uri: 'file:///w/caveat.yaml', languageId: 'yaml', version: 1, text: 'audience: patient\nrules: { absolute-language: error }\npacks: [./own.yaml, small]\n' } });
const PLAIN = say('initialize', { processId: null, rootUri: null, capabilities: {}, initializationOptions: { settings: { audience: 'patient' }, rulePage: 'x{id}' } }, 1);

const TOKENS = ['null', 'true', '-1', '1e9', '0.5', '""', '[]', '{}', '"a"', '[null]', '"uri":', '"textDocument":', '"range":', '"position":', '"version":', '"text":', '"contentChanges":', '"params":', '"id":', '"method":', '"result":', '"error":', ',', '"file:///w/a.md"', '"file:///w/caveat.yaml"', '"untitled:1"', '"%E0%A4%A"', '"file://"', '\n'];

/** Files as a small workspace has them. */
const FILES: { readonly [path: string]: string } = { 'file:///w/refs.bib': '@article{a, title = {T}, year = 2006', 'file:///w/own.yaml': 'id: own\nname: Own\nversion: 1\nreviewed: x\n' };

/** Answers of an editor to what the server asks, by turns. */
const ANSWERS: readonly unknown[] = [[null], [{ severities: { 'missing-citation': 'off' } }], null, [], [7], 'text', [{ packs: ['none'], bibliography: ['../../x.bib'] }], [{ enable: false }]];

/** A line as it may be sent: nothing that ends the process or ties it to another. */
function harmless(line: string): string | undefined {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return line;
  }
  if (typeof message !== 'object' || message === null) return line;
  const { method, params } = message as { method?: unknown; params?: unknown };
  if (method === 'exit') return undefined; // the library ends the process, as it should
  if (typeof params === 'object' && params !== null && 'processId' in params) return JSON.stringify({ ...message, params: { ...params, processId: null } });
  return line;
}

async function run(input: string): Promise<void> {
  forget();
  const [up, down] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(connection, {
    rules: RULES, packs: [SMALL!], pushDelay: 0, maxLength: 5000,
    files: { read: async (file) => FILES[file], list: async () => ['refs.bib'], folderOf: (file) => file.slice(0, file.lastIndexOf('/')), resolve: (folder, name) => `${folder}/${name}` },
    configFiles: () => ({ root: async () => 'file:///w', read: async (path) => { const text = FILES[path]; return text === undefined ? undefined : { text }; } }),
  });
  const faults: string[] = [];
  const answers = new Map<unknown, { readonly result?: unknown; readonly error?: { readonly message: string } }>();
  let arrived = (): void => {};
  let turn = input.length;
  const reader = new StreamMessageReader(down);
  const send = (line: string): void => { up.write(`Content-Length: ${Buffer.byteLength(line)}\r\n\r\n${line}`); };
  reader.listen((message: Message) => {
    const { id, method, params, result, error } = message as { id?: unknown; method?: string; params?: { message?: string }; result?: unknown; error?: { message: string } };
    if (method === 'window/logMessage' && /A rule failed/.test(String(params?.message))) faults.push(String(params?.message));
    if (method !== undefined && id !== undefined) send(JSON.stringify({ jsonrpc: '2.0', id, result: ANSWERS[turn++ % ANSWERS.length] }));
    if (method === undefined) { answers.set(id, { result, error: error! }); arrived(); }
  });
  const answerTo = async (id: string): Promise<unknown> => {
    const until = Date.now() + 20_000;
    while (!answers.has(id)) {
      assert.ok(Date.now() < until, 'no answer any more');
      await new Promise<void>((done) => { arrived = done; setTimeout(done, 50); });
    }
    const { result, error } = answers.get(id)!;
    assert.equal(error, undefined);
    return result;
  };
  const caught: unknown[] = [];
  // What was still under way for the input before finds its editor gone.
  const catches = (error: unknown): void => { if (!/Connection is disposed/.test(String(error))) caught.push(error); };
  process.on('uncaughtException', catches);
  process.on('unhandledRejection', catches);
  try {
    input.split('\n').forEach((line) => { const sent = harmless(line); if (sent !== undefined) send(sent); });
    // Whatever came before: an editor that now behaves gets what it asks for. Settings may be anything, so the text is closed to them.
    send(say('textDocument/didOpen', { textDocument: { uri: 'untitled:last.md', languageId: 'markdown', version: 1, text: TEXT } }));
    const ask = (id: string): void => send(JSON.stringify({ jsonrpc: '2.0', id, method: 'textDocument/diagnostic', params: { textDocument: { uri: 'untitled:last.md' } } }));
    ask('the last but one');
    const first = await answerTo('the last but one') as DocumentDiagnosticReport;
    ask('the last');
    assert.deepEqual(await answerTo('the last'), first, 'asked twice, answered twice');
    assert.ok(first.kind === 'full' && Array.isArray(first.items));
    for (const { range: { start, end } } of first.items) assert.ok(start.line >= 0 && end.line <= 5 && (start.line < end.line || start.line === end.line && start.character <= end.character), 'a range outside the text');
    assert.deepEqual(faults, []);
    await new Promise((done) => { setImmediate(done); });
    if (caught.length > 0) throw caught[0];
  } finally {
    process.off('uncaughtException', catches);
    process.off('unhandledRejection', catches);
    connection.dispose();
    reader.dispose();
    up.destroy();
    down.destroy();
  }
}

export const protocol: Target = {
  name: 'protocol', waits: true, tokens: TOKENS, longest: 6000, run,
  seeds: [
    ...ASKS.map((ask) => [...START, OPEN, ask].join('\n')), ...CHANGES.map((change) => [...START, OPEN, ASKS[0], change, ASKS[1]].join('\n')),
    [...START, OPEN, CONFIG, ...ASKS.slice(0, 3)].join('\n'), [PLAIN, OPEN, ...CHANGES.slice(0, 3), ...ASKS.slice(0, 2)].join('\n'), [OPEN, ASKS[0], ...START].join('\n'), [...START, ...ASKS, OPEN].join('\n'), '',
  ],
};

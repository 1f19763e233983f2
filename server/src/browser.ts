// The language server as a browser's worker.
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { RULES } from './core/index';
import { DEFAULTS } from './lsp/host';
import { editorFiles } from './lsp/remote';
import { startServer } from './lsp/server';
import { builtinPacks } from './packs';

const scope = self as DedicatedWorkerGlobalScope;
const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(scope), new BrowserMessageWriter(scope));

startServer(connection, { packs: builtinPacks(), rules: RULES, ...DEFAULTS, ...editorFiles(connection) });

// The language server as a browser's worker.
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { BUILT_IN } from './cli/packs';
import { RULES } from './core/index';
import { DEFAULTS } from './lsp/host';
import { startServer } from './lsp/server';

const scope = self as DedicatedWorkerGlobalScope;
const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(scope), new BrowserMessageWriter(scope));

startServer(connection, { packs: BUILT_IN, rules: RULES, ...DEFAULTS });

// The language server as a Node process: over IPC, a socket or a pipe where the command line asks for it, else over stdio.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { RULES } from './core/index';
import { addressedFiles } from './workspace/disk';
import { DEFAULTS } from './lsp/host';
import { filesOf } from './lsp/remote';
import { startServer } from './lsp/server';
import { builtinPacks } from './packs';
import { nodeFiles } from './workspace/node';

const told = process.argv.some((argument) => /^--(?:node-ipc|stdio|socket|pipe)\b/.test(argument));
const connection = told
  ? createConnection(ProposedFeatures.all)
  : createConnection(ProposedFeatures.all, process.stdin, process.stdout);

startServer(connection, { packs: builtinPacks(), rules: RULES, ...DEFAULTS, ...filesOf(connection, { files: addressedFiles, configFiles: nodeFiles }) });

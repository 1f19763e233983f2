// The extension in VS Code's Node extension host: the language server is a process beside it.
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activate as start, ID, NAME, stop } from './extension';

export const activate = (context: ExtensionContext): Promise<void> => start(context, (options) => {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  return new LanguageClient(ID, NAME, { run: server, debug: server }, options);
});

export const deactivate = stop;

// The extension in a browser: the language server is a worker.
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activate as start, ID, NAME, stop } from './extension';

export const activate = (context: ExtensionContext): Promise<void> => start(context, (options) =>
  // A fresh worker for every start: a restart must not meet the old one.
  new LanguageClient(ID, NAME, async () => new Worker(Uri.joinPath(context.extensionUri, 'dist/server.browser.js').toString(true)), options));

export const deactivate = stop;

// The extension in a browser: the language server is a worker.
import { Uri, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { activate as start, ID, NAME, stop } from './extension';

export const activate = (context: ExtensionContext): Promise<void> => start(context, (options) => {
  let worker: Worker | undefined;
  // A fresh worker for every start: a restart must not meet the old one.
  return new LanguageClient(ID, NAME, async () => {
    worker?.terminate();
    worker = new Worker(Uri.joinPath(context.extensionUri, 'dist/server.js').toString(true));
    // Not the worker itself: the editor puts a class of its own in the place of `Worker`, and the client knows none but that one.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  }, options);
});

export const deactivate = stop;

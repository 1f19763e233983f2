// The standard entry of tests inside a browser's extension host: mocha's own bundle for browsers, over the suite of all hosts.
import 'mocha/mocha.js';
import { ConfigurationTarget, workspace } from 'vscode';
import { load } from '../suite/extension.suite';
import { load as loadWeb } from './web.suite';

export async function run(): Promise<void> {
  // In a browser the editor saves by itself; what a test takes back must not have been saved.
  await workspace.getConfiguration('files').update('autoSave', 'off', ConfigurationTarget.Global);
  mocha.setup({ ui: 'bdd', timeout: 90_000, reporter: 'spec', color: false });
  // Marked, so that the runner can tell the tests' lines from the editor's own.
  Mocha.reporters.Base.consoleLog = (format: unknown = '', ...parts: unknown[]) =>
    console.log(String(format).replace(/%[sdi]/g, () => String(parts.shift())).replace(/^/gm, '[mocha] '));
  load();
  loadWeb();
  await new Promise<void>((done, fail) => {
    const runner = mocha.run((failures) => failures > 0 ? fail(new Error(`${failures} failed`)) : done());
    if (runner.total === 0) fail(new Error('no tests were found'));
  });
}

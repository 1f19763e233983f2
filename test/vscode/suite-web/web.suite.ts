import assert from 'node:assert/strict';
import { env, extensions, languages, Uri, UIKind, window, workspace } from 'vscode';
import { until } from '../suite/extension.suite';

/** What holds in a browser only; all else is in the suite that every host runs. */
export function load(): void {
  describe('Caveat in VS Code for the Web', () => {
    it('runs in a browser, without Node, on files that are on no disk', () => {
      assert.equal(env.uiKind, UIKind.Web);
      assert.equal(typeof (globalThis as { importScripts?: unknown }).importScripts, 'function', 'this is no worker');
      assert.notEqual(workspace.workspaceFolders![0]!.uri.scheme, 'file');
      // The folder holds what is packed for browsers and nothing for Node.
      assert.match((extensions.getExtension('caveat.caveat')!.packageJSON as { readonly browser: string }).browser, /browser/);
    });

    it('marks an article of the samples: claims without a source, and what overstates', async () => {
      const uri = Uri.joinPath(workspace.workspaceFolders![0]!.uri, 'samples', 'cedar-hollow-landing.md');
      await window.showTextDocument(await workspace.openTextDocument(uri));
      for (const rule of ['missing-citation', 'absolute-language', 'missing-disclosure']) {
        await until(`a mark by ${rule}`, () => languages.getDiagnostics(uri).some(({ source, code }) => source === 'caveat' && (typeof code === 'object' ? code.value : code) === rule));
      }
    });
  });
}

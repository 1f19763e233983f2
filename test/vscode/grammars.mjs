// The injected grammars in VS Code's own grammars, by VS Code's own tokenizer.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { vscodeServer } from '../../scripts/vscode.mjs';

const ROOT = resolve(import.meta.dirname, '../..');

/** Lines of a format, each with words and what they must be (`!`: must not be). */
const CASES = [
  ['text.html.markdown', 'It helps [citation needed].', '[citation needed]', 'citation-needed.caveat'],
  ['text.html.markdown', 'It helps [1] and more [2,5–7].', '[2,5–7]', 'citation.number.caveat'],
  ['text.html.markdown', 'It helps, as @zarate2006 found.', '@zarate2006', 'citation.key.caveat'],
  ['text.html.markdown', 'It helps.[^1]', '[^1]', 'citation.footnote.caveat'],
  ['text.html.markdown', 'See doi:10.1000/xyz.12 for that.', 'doi:10.1000/xyz.12', 'citation.doi.caveat'],
  ['text.html.markdown', 'See PMID: 12345678 or NCT01234567.', 'NCT01234567', 'citation.identifier.caveat'],
  ['text.html.markdown', 'Code `[1]` is code.', '[1]', '!caveat'],
  ['text.html.markdown', 'A [link][1] is a link.', '[1]', '!citation.number.caveat'],
  ['text.html.markdown', 'Write to someone@example.org.', '@example.org', '!caveat'],
  ['text.html.markdown', 'A year (2006) and a list [a, b].', '[a, b]', '!caveat'],
  ['text.html.markdown', '<!-- caveat-disable-next-line missing-citation -- told by her -->', 'caveat-disable-next-line', 'directive.caveat'],
  ['text.html.markdown', '<!-- caveat-disable-next-line missing-citation -- told by her -->', ' missing-citation', 'rule.caveat'],
  ['text.html.markdown', '<!-- caveat-disable-next-line missing-citation -- told by her -->', 'told by her ', 'reason.caveat'],
  ['text.html.markdown', '<!-- caveat-disable-line until=2027-01-31 -- later -->', '2027-01-31', 'date.caveat'],
  ['text.html.markdown', 'The words caveat-disable in prose.', 'caveat-disable', '!caveat'],
  ['text.html.basic', '<p>It helps [3].</p>', '[3]', 'citation.number.caveat'],
  ['text.html.basic', '<p title="[3]">x</p>', '[3]', '!caveat'],
  ['text.html.basic', '<!-- caveat-enable -->', 'caveat-enable', 'directive.caveat'],
  ['text.tex.latex', '% caveat-disable-line -- quoted', 'caveat-disable-line', 'directive.caveat'],
  ['source.rst', 'It helps [citation needed].', '[citation needed]', 'citation-needed.caveat'],
];

export async function grammars() {
  const server = dirname(dirname(vscodeServer()));
  const require = createRequire(join(server, 'package.json'));
  const { INITIAL, parseRawGrammar, Registry } = require('vscode-textmate');
  const onig = require('vscode-oniguruma');
  await onig.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer.slice(0));
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).contributes.grammars;
  const files = new Map([
    ...readdirSync(join(server, 'extensions')).flatMap((name) => {
      const manifest = join(server, 'extensions', name, 'package.json');
      if (!existsSync(manifest)) return [];
      return (JSON.parse(readFileSync(manifest, 'utf8')).contributes?.grammars ?? []).map(({ scopeName, path }) => [scopeName, join(server, 'extensions', name, path)]);
    }),
    ...own.map(({ scopeName, path }) => [scopeName, join(ROOT, path)]),
  ]);
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner: (patterns) => new onig.OnigScanner(patterns), createOnigString: (text) => new onig.OnigString(text) }),
    loadGrammar: async (scope) => files.has(scope) ? parseRawGrammar(readFileSync(files.get(scope), 'utf8'), files.get(scope)) : null,
    getInjections: (scope) => own.filter(({ injectTo }) => injectTo.includes(scope)).map(({ scopeName }) => scopeName),
  });
  let passed = 0;
  let failed = 0;
  for (const [format, line, words, wanted] of CASES) {
    try {
      const grammar = await registry.loadGrammar(format);
      assert.ok(grammar, `there is no grammar ${format}`);
      const { tokens } = grammar.tokenizeLine(line, INITIAL);
      const start = line.indexOf(words);
      const scopes = tokens.filter(({ startIndex, endIndex }) => startIndex < start + words.length && start < endIndex).map((token) => token.scopes.join(' ')).join(' | ');
      assert.equal(scopes.includes(wanted.replace('!', '')), !wanted.startsWith('!'), `“${words}” in ${line}: ${scopes}`);
      passed++;
    } catch (error) {
      failed++;
      console.log(`  ✖ ${format}: ${error.message}`);
    }
  }
  console.log(`  ✔ ${passed} of ${CASES.length} lines`);
  return { passed, failed };
}

// The linters that ours is measured against: where they come from, and how each is asked for its findings. None is a
// dependency of the project: `run.mjs` installs them under .bench/, each by itself, and goes on without what fails.

/** @typedef {(text: string) => number | Promise<number>} Check the number of findings in a text */

/** @type {readonly { name: string, packages: readonly string[], load(at: (name: string) => Promise<any>): Promise<Check> }[]} */
export const PEERS = [
  {
    name: 'write-good', packages: ['write-good@1.0.8'],
    async load(at) {
      const { default: writeGood } = await at('write-good');
      return (text) => writeGood(text).length;
    },
  },
  {
    name: 'alex', packages: ['alex@11.0.1'],
    async load(at) {
      const { markdown } = await at('alex');
      return (text) => markdown(text).messages.length;
    },
  },
  {
    name: 'retext', packages: ['unified@11.0.5', 'retext-english@5.0.0', 'retext-passive@5.0.0', 'retext-simplify@8.0.0', 'retext-intensify@7.0.0', 'retext-repeated-words@5.0.0', 'retext-readability@8.0.0', 'retext-equality@7.1.0', 'retext-indefinite-article@5.0.0', 'vfile@6.0.3'],
    async load(at) {
      const { unified } = await at('unified');
      const { VFile } = await at('vfile');
      const plugins = await Promise.all(['english', 'passive', 'simplify', 'intensify', 'repeated-words', 'readability', 'equality', 'indefinite-article'].map(async (name) => (await at(`retext-${name}`)).default));
      const processor = plugins.reduce((all, plugin) => all.use(plugin), unified()).freeze();
      return async (text) => {
        const file = new VFile(text);
        await processor.run(processor.parse(file), file);
        return file.messages.length;
      };
    },
  },
  {
    name: 'textlint', packages: ['@textlint/kernel@15.8.0', '@textlint/textlint-plugin-markdown@15.8.0', 'textlint-rule-write-good@2.0.0', 'textlint-rule-terminology@5.2.16', 'textlint-rule-no-todo@2.0.1', 'textlint-rule-stop-words@5.2.0', 'textlint-rule-common-misspellings@1.0.1'],
    async load(at) {
      const plain = (module) => module.default?.default ?? module.default ?? module;
      const { TextlintKernel } = await at('@textlint/kernel');
      const kernel = new TextlintKernel();
      const rules = await Promise.all(['write-good', 'terminology', 'no-todo', 'stop-words', 'common-misspellings'].map(async (name) => ({ ruleId: name, rule: plain(await at(`textlint-rule-${name}`)), options: true })));
      const plugins = [{ pluginId: 'markdown', plugin: plain(await at('@textlint/textlint-plugin-markdown')) }];
      return async (text) => (await kernel.lintText(text, { ext: '.md', filePath: 'a.md', rules, plugins })).messages.length;
    },
  },
  {
    name: 'markdownlint', packages: ['markdownlint@0.40.0'],
    async load(at) {
      const { lint } = await at('markdownlint/sync');
      return (text) => lint({ strings: { a: text } }).a.length;
    },
  },
  {
    name: 'cspell-lib', packages: ['cspell-lib@9.8.0'],
    async load(at) {
      const { spellCheckDocument } = await at('cspell-lib');
      return async (text) => (await spellCheckDocument({ uri: 'file:///a.md', text, languageId: 'markdown', locale: 'en' }, { generateSuggestions: false, noConfigSearch: true }, { words: [], maxNumberOfProblems: 100_000 })).issues.length;
    },
  },
  {
    name: 'harper.js', packages: ['harper.js@2.10.0'],
    async load(at) {
      const { LocalLinter } = await at('harper.js');
      const { binaryInlined } = await at('harper.js/binaryInlined').catch(() => at('harper.js'));
      const linter = new LocalLinter({ binary: binaryInlined });
      await linter.setup();
      return async (text) => (await linter.lint(text, { language: 'markdown' })).length;
    },
  },
];

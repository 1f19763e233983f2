// `npm run generate`: writes what is made from the rules' metadata and from the packs (rule pages, the README's table,
// snippets), so that each thing is said in one place. A test fails where the files are not up to date.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FORMATS, RULES, type Format, type Pack, type Rule } from '../server/src/core/index';
import { builtinPacks } from '../server/src/packs';

const ROOT = resolve(import.meta.dirname, '..');
const RULE_PAGES = 'docs/rules';
const SNIPPETS = 'snippets';

const FENCE: { readonly [extension: string]: string } = { '.html': 'html', '.tex': 'latex', '.adoc': 'asciidoc', '.rst': 'rst', '.mdx': 'mdx', '.txt': 'text' };

function examples(rule: Rule, marked: boolean): string[] {
  return rule.examples.filter(({ text }) => text.includes('«') === marked).map(({ text, extension }) => {
    const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    return `${ticks}${FENCE[extension ?? ''] ?? 'markdown'}\n${text.trimEnd()}\n${ticks}`;
  });
}

/** The page of a rule. */
export const rulePage = (rule: Rule): string => [
  `# ${rule.title}`,
  `\`${rule.id}\` · severity: ${rule.severity} · ${rule.fixes ? 'has quick-fixes' : 'no quick-fix'}`,
  rule.why,
  `It rests on: ${rule.basis.replace(/\.?$/, '.')}`,
  '## Marked', 'The words between « and » are underlined.', ...examples(rule, true),
  '## Left alone', ...examples(rule, false),
  '## Switching it off',
  `For one place, in the comment syntax of the document, with a reason:`,
  `\`\`\`markdown\n<!-- caveat-disable-next-line ${rule.id} -- reason -->\n\`\`\``,
  `For a workspace, in the editor's settings: \`"caveat.severities": { "${rule.id}": "off" }\`. The same setting takes another severity.`,
].join('\n\n') + '\n';

const rulesTable = (): string => [
  '| Rule | Severity | Finds |', '| --- | --- | --- |',
  ...RULES.map(({ id, title, severity }) => `| [\`${id}\`](${RULE_PAGES}/${id}.md) | ${severity} | ${title} |`),
].join('\n');

/** Puts a text between the marks that a page has for it. */
function between(page: string, mark: string, text: string): string {
  const [open, close] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const from = page.indexOf(open);
  const to = page.indexOf(close);
  if (from < 0 || to < from) throw new Error(`no ${open} … ${close}`);
  return `${page.slice(0, from + open.length)}\n${text}\n${page.slice(to)}`;
}

interface Snippet { readonly prefix: string; readonly body: readonly string[]; readonly description: string }

/** Text as it stands in a snippet's body: `$`, `}` and backslashes mean something there. */
const literal = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** The snippets of one format: each caveat of the packs, and the comment that switches a rule off. */
export function snippets(format: Format, packs: readonly Pack[]): { readonly [name: string]: Snippet } {
  const caveats = packs.flatMap((pack) => pack.disclosures.flatMap(({ id, title, caveat, sources, reviewed }) => {
    const make = (region: string, text: string): readonly [string, Snippet] => [`Caveat: ${title}${region && ` (${region.toUpperCase()})`}`, {
      prefix: `caveat-${id}${region && `-${region}`}`,
      body: literal(format.write.paragraph(text)).split('\n'),
      description: `Standard caveat, from the pack “${pack.name}”: ${sources.join(', ')}; reviewed ${reviewed}.`,
    }];
    return caveat.uk === caveat.us ? [make('', caveat.us)] : [make('', caveat.us), make('uk', caveat.uk)];
  }));
  const [before, after] = format.write.comment('\u0001').split('\u0001') as [string, string];
  const disable: Snippet = {
    prefix: 'caveat-disable-next-line',
    body: `${literal(before)}caveat-disable-next-line \${1|${RULES.map(({ id }) => id).join(',')}|} -- \${2:reason}${literal(after)}`.split('\n'),
    description: 'Switches a rule off for the next line; give a reason.',
  };
  return Object.fromEntries([...caveats, ['Caveat: switch a rule off for the next line', disable]]);
}

/** Everything that is generated: paths from the project's top, and what the files must hold. */
export function generated(): ReadonlyMap<string, string> {
  return new Map([
    ...RULES.map((rule) => [`${RULE_PAGES}/${rule.id}.md`, rulePage(rule)] as const),
    ...FORMATS.map((format) => [`${SNIPPETS}/${format.id}.json`, JSON.stringify(snippets(format, builtinPacks()), undefined, 2) + '\n'] as const),
    ['README.md', between(readFileSync(join(ROOT, 'README.md'), 'utf8'), 'rules', rulesTable())] as const,
  ]);
}

/** Files in generated folders that nothing makes any more. */
export const leftOver = (): string[] => [RULE_PAGES, SNIPPETS].flatMap((folder) => existsSync(join(ROOT, folder))
  ? readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`) : []).filter((path) => !generated().has(path));

if (process.argv[1] === import.meta.filename) {
  for (const path of leftOver()) rmSync(join(ROOT, path));
  for (const [path, text] of generated()) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}

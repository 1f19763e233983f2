// What an editor does to a text, at random: typing, deleting, pasting, undoing, and above all opening and closing what
// reaches far (fences, comments, tags, front matter, definitions). After each edit the document that was read with all
// that was kept must be the one that is read from scratch, and so must its findings.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compilePlan, formatOf, lint, parseDocument, type Format, type Plan } from '../../server/src/core/index';
import { forget } from '../../server/src/core/kept';
import { builtinPacks } from '../../server/src/packs';
import { pick, random } from '../random';

const ARTICLES = resolve(import.meta.dirname, '../gold/articles');

export interface Fixture {
  readonly name: string;
  readonly format: Format;
  readonly text: string;
}

/** The labelled articles of all formats, cut at a blank line to about so many characters. */
export function fixtures(length: number): readonly Fixture[] {
  return readdirSync(ARTICLES).flatMap((name) => {
    const format = formatOf('', name);
    if (!format) return [];
    const text = readFileSync(resolve(ARTICLES, name), 'utf8');
    const end = text.indexOf('\n\n', length);
    return [{ name, format, text: end < 0 ? text : text.slice(0, end + 1) }];
  });
}

const ANY = ['"', '“', '”', '[1]', '[2,3]', '(Zarate et al., 2006)', ' ', '\n', '\n\n', '\r\n', '.', '?', 'not ', 'may ', 'Ketamine cures depression. ', '70% of patients responded. ', '\t', '\u00a0', '\u200b', '*', '**', '_', '|'];

/** What opens, closes or turns things in each format. */
const MARKUP: { readonly [id: string]: readonly string[] } = {
  markdown: ['```\n', '\n```\n', '~~~\n', '`', '<!--', '-->', '<!-- caveat-disable -->', '<!-- caveat-disable-next-line missing-citation -->\n', '<div>', '</div>', '<div class="testimonial">\n', '<pre>', '</pre>', '<b', '>', '---\n', '+++\n', 'title: A\n', '\n# Head\n\n', '\n## References\n\n', '\n\n- ', '\n1. ', '    ', '> ', '\n| a | b |\n| - | - |\n| 1 | 2 |\n', '|', '\n\nTable: of things\n\n', ':::note\n', '\n:::\n', '[^1]', '\n[^1]: Zarate CA, 2006.\n', '[text][a]', '\n[a]: https://example.org/a\n', '[a]: ', '](', '$$', '$', '{{', '{%', '\n: a definition\n', '\n\nTerm\n', '&eacute;', '\\'],
  html: ['<p>', '</p>', '<div>', '</div>', '<!--', '-->', '<!-- caveat-disable -->', '<script>', '</script>', '<h2>', '</h2>', '<li>', '<table><tr><td>', '</td></tr></table>', '<sup>1</sup>', '<blockquote>', '</blockquote>', '&amp;', '&', '<', '"', '<title>', '</head>', '<a href="https://example.org/a">', '</a>'],
  text: ['\n\n', '\n- ', '\n\nReferences\n\n', '====\n', '    ', '[1] ', '\n1. '],
  latex: ['%', '\n% caveat-disable\n', '\\begin{quote}', '\\end{quote}', '\\begin{verbatim}', '\\end{verbatim}', '\\cite{zarate2006}', '\\section{A}', '$', '$$', '{', '}', '\\', '\\begin{document}', '\\end{document}', '\\footnote{', '\\item ', '\\begin{comment}', '\\end{comment}'],
  asciidoc: ['////\n', '\n////\n', '----\n', '\n----\n', '|===\n', '== A\n', '\n* ', '[quote]\n', '____\n', '// caveat-disable\n', ':author: A\n', '<<a>>', '[[a]]', '+', 'footnote:[', '++++\n'],
  restructuredtext: ['.. note::\n\n   ', '\n.. caveat-disable\n', '\n::\n\n    ', '\n====\n', '\nTitle\n-----\n', '[1]_', '\n.. [1] Zarate 2006\n', ':cite:`a`', '``', '`', '\n* ', '.. code::\n\n   ', '   '],
};

export const tokensOf = ({ id }: Format): readonly string[] => [...MARKUP[id === 'mdx' ? 'markdown' : id] ?? [], ...id === 'mdx' ? ['{', '}', '{/*', '*/}', '<Quote text="', '<Card>', '</Card>', 'import A from "a"\n', 'export const a = {\n'] : [], ...ANY];

/** The next text after one edit. `history` has the texts before. */
export function edited(text: string, { format }: Pick<Fixture, 'format'>, others: readonly { readonly text: string }[], history: readonly string[], next: () => number): string {
  const at = Math.floor(next() * (text.length + 1));
  const put = (start: number, end: number, value: string): string => text.slice(0, start) + value + text.slice(end);
  const roll = next();
  if (roll < 0.3) return put(at, at, pick(next, [...'abcdefghijklmnopqrstuvwxyz .,']));
  if (roll < 0.4) return put(Math.max(0, at - 1), at, '');
  if (roll < 0.7) return put(at, at, pick(next, tokensOf(format)));
  if (roll < 0.76) { // what was put in is taken out again
    const token = pick(next, tokensOf(format));
    const found = text.indexOf(token, at);
    return found < 0 ? put(at, at + 1, '') : put(found, found + token.length, '');
  }
  if (roll < 0.84) { // a block is deleted
    const start = text.lastIndexOf('\n\n', at);
    const end = text.indexOf('\n\n', at);
    return put(start < 0 ? 0 : start, end < 0 ? text.length : end, '');
  }
  if (roll < 0.91) { // a paste, of this kind of document or of another
    const from = pick(next, others).text;
    const start = Math.floor(next() * from.length);
    return put(at, at + Math.floor(next() * 40), from.slice(start, start + Math.floor(next() * 400)));
  }
  if (roll < 0.94) return put(0, 0, pick(next, ['---\ntitle: Ketamine helps\n---\n', '---\n', '+++\n', '{\n', '\ufeff', '# ']));
  return history.length > 0 ? pick(next, history.slice(-5)) : text;
}

/** All that a reader of a document or of its findings can see, as one string. */
export function seen(text: string, format: Format, plan: Plan): string {
  const document = parseDocument(text, format);
  const { findings, suppressed, faults, analysis } = lint(document, plan);
  assert.deepEqual(faults, []);
  for (const { span } of [...findings, ...document.units, ...document.blocks, ...document.citations]) {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `a span outside the text: ${span.start}–${span.end} of ${text.length}`);
  }
  const { parsed, texts, units, firstUnit, headings, citations, suppressions } = document;
  return JSON.stringify({
    prose: parsed.prose, blocks: parsed.blocks, marks: parsed.marks, links: parsed.links, comments: parsed.comments, frontMatter: parsed.frontMatter,
    texts: texts.map((one) => [one.text, one.map[0], one.map.at(-1)]), units: units.map((unit) => [unit.block, unit.from, unit.to, unit.text, unit.span]),
    firstUnit, headings, citations, suppressions, claims: analysis.claims, findings, suppressed,
  });
}

let plan: Plan | undefined;

/**
 * Makes sequences of edits and compares each step with the same text read from scratch.
 * @returns how many edits were made
 */
export function checkEdits(seed: number, sequences: number, edits: number, all: readonly Fixture[]): number {
  plan ??= compilePlan({}, builtinPacks());
  let count = 0;
  for (let s = 0; s < sequences; s++) {
    const next = random(seed * 1_000_003 + s);
    const fixture = all[(seed + s) % all.length]!;
    const history: string[] = [];
    const steps: string[] = [];
    let { text } = fixture;
    seen(text, fixture.format, plan);
    for (let e = 0; e < edits; e++) {
      const before = text;
      text = edited(text, fixture, all, history, next);
      history.push(before);
      steps.push(seen(text, fixture.format, plan));
    }
    const texts = [...history.slice(1), text];
    texts.forEach((one, i) => {
      forget();
      const scratch = seen(one, fixture.format, plan!);
      count++;
      if (scratch !== steps[i]) {
        assert.deepEqual(JSON.parse(steps[i]!), JSON.parse(scratch), `${fixture.name}, seed ${seed}, sequence ${s}, edit ${i}: ${JSON.stringify(one)}`);
        assert.fail(`${fixture.name}, seed ${seed}, sequence ${s}, edit ${i}: the order of keys differs`);
      }
    });
  }
  return count;
}

// Documents to measure with: the labelled Markdown articles, one behind the other, until there are enough words. So that
// no reader profits from having met a sentence before, every copy has figures, names and some words of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { random } from '../random';

const ARTICLES = resolve(import.meta.dirname, '../gold/articles');

const FILLERS = ['also', 'often', 'still', 'now', 'then', 'again', 'here', 'today', 'later', 'already', 'mostly', 'partly', 'usually', 'perhaps'];

let bodies: readonly string[] | undefined;

/** The articles without front matter: that stands once in a document, at its top. */
function articles(): readonly string[] {
  return bodies ??= readdirSync(ARTICLES).filter((name) => name.endsWith('.md')).sort()
    .map((name) => readFileSync(resolve(ARTICLES, name), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '').trim());
}

/** One article with wording of its own. */
function varied(article: string, next: () => number): string {
  return article
    .replace(/(?<=\p{Ll}{4} )(?=\p{Ll}{5,} )/gu, () => (next() < 0.06 ? `${FILLERS[Math.floor(next() * FILLERS.length)]} ` : ''))
    .replace(/\b(\d{2})\b(?![\d-])/g, (digits) => (next() < 0.5 ? String(10 + Math.floor(next() * 90)) : digits));
}

/** A Markdown document of about so many words or bytes. */
export function documentOf(size: { readonly words: number } | { readonly bytes: number }, seed = 1): string {
  const next = random(seed);
  const parts: string[] = [];
  let words = 0;
  let bytes = 0;
  const enough = (): boolean => ('words' in size ? words >= size.words : bytes >= size.bytes);
  for (let a = 0; !enough(); a++) {
    for (const paragraph of varied(articles()[a % articles().length]!, next).split(/\n{2,}/)) {
      if (enough()) break;
      parts.push(paragraph);
      words += paragraph.match(/\S+/g)?.length ?? 0;
      bytes += Buffer.byteLength(paragraph) + 2;
    }
  }
  return `${parts.join('\n\n')}\n`;
}

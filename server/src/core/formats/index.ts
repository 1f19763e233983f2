import type { Format } from './format';
import { asciidoc } from './asciidoc';
import { html } from './html';
import { markdown } from './markdown';
import { mdx } from './mdx';
import { latex } from './latex';
import { restructuredtext } from './restructuredtext';
import { text } from './text';

/** All formats; a new one is one file and one line here. */
export const FORMATS: readonly Format[] = [markdown, mdx, html, latex, asciidoc, restructuredtext, text];

/** The format of a file by its name's ending; undefined where none reads it. */
export function formatOfPath(path: string): Format | undefined {
  const name = path.toLowerCase();
  return FORMATS.find((format) => format.extensions.some((extension) => name.endsWith(extension)));
}

/** The format of an editor's language id, else of the path, else undefined. */
export function formatOf(language: string, path: string): Format | undefined {
  return formatOfPath(path) ?? FORMATS.find((format) => format.languages.includes(language));
}

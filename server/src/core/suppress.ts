// The fix that switches a finding off: a comment in the document's own syntax, where it breaks nothing.
import type { Document } from './document';
import type { Finding, Fix } from './finding';
import type { Block, FormatId } from './formats/format';
import { suppressionComment } from './suppressions';
import { eolOf, span, type Edit } from './text';

/** What these find belongs to no place: what is missing is missing in the whole document. */
const WHOLE: ReadonlySet<string> = new Set(['missing-disclosure', 'unbalanced-benefit']);

/** Formats whose comments end where they say, so that one can stand behind the words on their line. */
const INLINE: ReadonlySet<FormatId> = new Set(['markdown', 'mdx', 'html']);

/** Formats in which a comment right above a text would belong to it: a blank line keeps them apart. */
const APART: ReadonlySet<FormatId> = new Set(['mdx', 'restructuredtext']);

const REASON = 'reason';

/** Writes a comment that switches the finding's rule off for its place, or for the document where it has none; the reason is for the editor to fill in. */
export function suppressFix(finding: Finding, document: Document): Fix {
  const block = document.blocks.find(({ span: at }) => at.start <= finding.span.start && finding.span.start < at.end);
  const matter = document.parsed.frontMatter;
  // Front matter is data: its comments are not ours.
  const whole = WHOLE.has(finding.rule) || matter !== undefined && finding.span.start < matter.span.end;
  return {
    title: `Leave as it is: switch off ${finding.rule} ${whole ? 'in this document' : 'here'}, with a reason`,
    kind: 'judgement', action: 'suppress', preferred: false,
    edits: [whole ? atTop(finding.rule, document) : besides(finding, document, block)],
  };
}

/** A comment of its own at the top of the document, behind its front matter. */
function atTop(rule: string, { text, format, parsed }: Document): Edit {
  const eol = eolOf(text);
  const comment = format.write.comment(suppressionComment('file', [rule], REASON));
  // A byte order mark, a declaration and a document type come first.
  const first = /^\ufeff?(?:\s*<(?:\?|!doctype)[^>]*>[ \t]*)*/i.exec(text)![0].length;
  const at = parsed.frontMatter ? parsed.frontMatter.span.end : first;
  const begins = at === 0 || text[at - 1] === '\n' || text[at - 1] === '\ufeff';
  return { span: span(at, at), text: `${begins ? '' : eol}${comment}${eol}${parsed.frontMatter || APART.has(format.id) ? eol : ''}` };
}

/** Above the block that the finding stands in, or behind its words where a line above would break a list or table. */
function besides(finding: Finding, { text, format }: Document, block: Block | undefined): Edit {
  const eol = eolOf(text);
  const at = block?.span ?? finding.span;
  const lineStart = Math.max(text.lastIndexOf('\n', at.start - 1), text.lastIndexOf('\r', at.start - 1)) + 1;
  if (block && (block.kind === 'item' || block.kind === 'cell') && INLINE.has(format.id)) {
    const line = /[\r\n]/.exec(text.slice(at.start, at.end));
    const end = line ? at.start + line.index : at.end;
    return { span: span(end, end), text: ` ${format.write.comment(suppressionComment('line', [finding.rule], REASON))}` };
  }
  const comment = format.write.comment(suppressionComment('next-line', [finding.rule], REASON));
  // The line's own beginning: indentation, and the marks of a quote.
  const lead = /^[ \t]*(?:>[ \t]?)*/.exec(text.slice(lineStart, at.start))![0];
  return { span: span(lineStart, lineStart), text: `${lead}${comment}${eol}${APART.has(format.id) ? `${lead.trimEnd()}${eol}` : ''}` };
}

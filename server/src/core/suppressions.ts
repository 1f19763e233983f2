import type { Block, Comment, Parsed } from './formats/format';
import { LineIndex, span, type Span } from './text';

export interface Suppression {
  readonly form: 'next-line' | 'line' | 'range' | 'file';
  /** Rule ids; empty: all rules. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** `YYYY-MM-DD`, or ''. */
  readonly until: string;
  /** The comment that says so. */
  readonly span: Span;
  /** The lines or range of the source that it covers. */
  readonly covers: Span;
}

interface Order extends Pick<Suppression, 'rules' | 'reason' | 'until'> {
  readonly verb: 'disable' | 'disable-line' | 'disable-next-line' | 'disable-file' | 'enable';
}

const ORDER = /^[\s*#%/;:!.-]{0,8}caveat-(disable-next-line|disable-line|disable-file|disable|enable)(?![\w-])/;
const UNTIL = /(?:^|[\s,;(])until[=:] ?(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\w-])\)?/;
const RULE = /^[a-z][\w-]*$/i;
const LISTED = /^(?:[\s,]*(?:[a-z]\w*(?:-\w+)+|[a-z]\w*(?=\s*(?:,|$))))*/i;

/** What a comment's body orders; undefined where it orders nothing. */
function read(body: string): Order | undefined {
  const order = ORDER.exec(body);
  if (!order) return undefined;
  let rest = body.slice(order[0].length).replace(/\s+/g, ' ');
  const until = UNTIL.exec(rest)?.[1] ?? '';
  if (until) rest = rest.replace(UNTIL, ' ');
  // Editors turn `--` into a dash.
  const dash = /(?:^|\s)(?:-{2,3}|[–—])(?:\s|$)/.exec(rest);
  let reason = dash ? rest.slice(dash.index + dash[0].length) : '';
  let rules: string[];
  if (dash) rules = rest.slice(0, dash.index).split(/[\s,]+/).filter((word) => RULE.test(word));
  else {
    // Without a dash the reason starts at the first word that does not look like the id of a rule.
    const ids = LISTED.exec(rest)![0];
    rules = ids.split(/[\s,]+/).filter(Boolean);
    reason = rest.slice(ids.length);
  }
  return { verb: order[1] as Order['verb'], rules: [...new Set(rules.map((rule) => rule.toLowerCase()))], reason: reason.trim(), until };
}

/** The lines of a text, and which of them hold something that is no comment. */
class Lines {
  readonly #index: LineIndex;
  /** For each line the first one from it on that has content; the number of lines where there is none. */
  readonly #content: Uint32Array;

  constructor(readonly text: string, comments: readonly Comment[]) {
    this.#index = new LineIndex(text);
    const count = this.#index.lineCount;
    this.#content = new Uint32Array(count + 1);
    this.#content[count] = count;
    const filled = new Uint8Array(count);
    let comment = 0;
    for (let line = 0, at = 0; line < count; line++) {
      for (const end = this.start(line + 1); at < end; at++) {
        while (comment < comments.length && comments[comment]!.span.end <= at) comment++;
        if ((comments[comment]?.span.start ?? text.length) <= at) at = Math.min(comments[comment]!.span.end, end) - 1;
        else if (text.charCodeAt(at) > 32) filled[line] = 1;
      }
    }
    for (let line = count - 1; line >= 0; line--) this.#content[line] = filled[line] ? line : this.#content[line + 1]!;
  }

  lineAt(offset: number): number {
    return this.#index.positionAt(offset).line;
  }

  start(line: number): number {
    return this.#index.lineStart(line);
  }

  /** The first line behind this one that holds something other than comments. */
  contentAfter(line: number): number {
    return this.#content[Math.min(line + 1, this.#content.length - 1)]!;
  }
}

/** Lines, and to their ends the blocks that start on them: a paragraph that is wrapped counts as one line. */
function cover(lines: Lines, first: number, last: number, blocks: readonly Block[], reach: boolean): Span {
  const start = lines.start(first);
  let end = lines.start(last + 1);
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.span.end <= start) low = middle + 1;
    else high = middle;
  }
  // A line of markup alone, such as `<p>`, stands for the block that it opens.
  if (reach && blocks[low] && blocks[low]!.span.start >= end) end = blocks[low]!.span.end;
  else for (const stop = end; low < blocks.length && blocks[low]!.span.start < stop; low++) if (blocks[low]!.span.start >= start) end = Math.max(end, blocks[low]!.span.end);
  return span(start, end);
}

/**
 * The suppressions that a document's comments ask for, by the place of their comments. `caveat-enable` ends what it
 * names; one that names nothing ends all. A range of all rules is ended only by one that names nothing.
 */
export function readSuppressions(text: string, parsed: Parsed): Suppression[] {
  const orders = parsed.comments.flatMap((comment) => {
    const order = comment.body.includes('caveat-') ? read(comment.body) : undefined;
    return order ? [{ order, at: comment.span }] : [];
  });
  if (orders.length === 0) return [];
  const lines = new Lines(text, parsed.comments);
  const out: Suppression[] = [];
  /** By rule, '' for all of them: the comments that have switched it off. */
  const open = new Map<string, typeof orders>();
  /** Ends the ranges of these rules: one suppression for each comment that opened some of them. */
  const close = (ruleIds: Iterable<string>, end: number): void => {
    const ended = new Map<(typeof orders)[number], string[]>();
    for (const rule of ruleIds) {
      for (const by of open.get(rule) ?? []) ended.set(by, [...ended.get(by) ?? [], rule]);
      open.delete(rule);
    }
    for (const [{ order: { reason, until }, at }, rules] of ended) {
      out.push({ form: 'range', rules: rules.filter(Boolean), reason, until, span: at, covers: span(at.end, Math.max(at.end, end)) });
    }
  };
  for (const one of orders) {
    const { order, at } = one;
    const { verb, rules, reason, until } = order;
    const only = { rules, reason, until, span: at };
    if (verb === 'disable') {
      for (const rule of rules.length > 0 ? rules : ['']) {
        const others = open.get(rule);
        if (others) others.push(one);
        else open.set(rule, [one]);
      }
    } else if (verb === 'enable') close(rules.length > 0 ? rules : [...open.keys()], at.start);
    else if (verb === 'disable-file') out.push({ form: 'file', ...only, covers: span(0, text.length) });
    else {
      const last = lines.lineAt(Math.max(at.start, at.end - 1));
      if (verb === 'disable-line') out.push({ form: 'line', ...only, covers: cover(lines, lines.lineAt(at.start), last, parsed.blocks, false) });
      else {
        const next = lines.contentAfter(last);
        out.push({ form: 'next-line', ...only, covers: cover(lines, next, next, parsed.blocks, true) });
      }
    }
  }
  close([...open.keys()], text.length);
  return out.sort((a, b) => a.span.start - b.span.start || a.covers.end - b.covers.end);
}

/** What a comment must say to suppress rules (none: all), for `Writer.comment`. */
export function suppressionComment(form: Suppression['form'], rules: readonly string[], reason: string): string {
  const verb = form === 'range' ? 'disable' : `disable-${form}`;
  const why = reason.replace(/\s+/g, ' ').replace(/-{2,}/g, '–').trim();
  return `caveat-${verb}${rules.length > 0 ? ` ${rules.join(', ')}` : ''}${why ? ` -- ${why}` : ''}`;
}

import type { SyntaxNodeRef } from '@lezer/common';
import { markKeys, roleOf } from './canvas';
import { block, type Block, type BlockKind, type Comment, type Link, type Mark } from './format';
import { NOTE, PARSERS, TARGET } from './markdown-grammar';
import { linkTo, OBJECT, type Dialect } from './markdown-scan';
import { span, type Span } from '../text';

export type Base = Omit<Block, 'span'>;

/** What a container makes of the blocks in it. */
export interface Context {
  readonly span: Span;
  readonly is: Partial<Base>;
}

/** Before a raised number that is a power and no citation. */
export const UNIT = /(?:(?<!(?<!\d)(?:19|20)\d)\d|(?:^|[^\p{L}])(?:\p{L}|[cmk]m|kg))$/u; // a year is cited, not squared

/** `PatientStory`, `patient-story` → `patient story`. */
export const wordsOf = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[^A-Za-z\d]+/g, ' ').trim().toLowerCase();
/** Whether the name of a component or class says that its content is somebody's own words. */
export const isQuote = (name: string): boolean => /quote|testimonial|\b(?:reviews?|story|stories)(?: (?:card|item|box|block|list|grid|carousel|slider))?$/.test(wordsOf(name))
  && !/\b(?:medical|clinical|peer|expert|last|next) reviews?\b/.test(wordsOf(name));

const CAPTION = /^(?:[*_]{1,3}|<[^>]*>)?(?:Table|Figure|Fig|Box)\.?[ \t]*(?:[A-Z]?\d+[a-z]?)?[ \t]*[.:|–—-]/;

const keyOf = (label: string): string => label.trim().replace(/\s+/g, ' ').toLowerCase();

/** What the copy of a text says about its blocks. */
export interface Structure {
  /** Runs of text, before tags part them. */
  readonly leaves: readonly Block[];
  /** The numbers of the items of numbered lists, by where the items start. */
  readonly numbers: ReadonlyMap<number, string>;
  readonly contexts: readonly Context[];
  readonly masked: readonly Span[];
  readonly entities: readonly Span[];
  readonly marks: readonly Mark[];
  readonly links: readonly Link[];
  readonly comments: readonly Comment[];
  /** How many lists and tables there are. */
  readonly groups: number;
  /** Where reference links of this text lead, by key. */
  readonly targets: ReadonlyMap<string, Target>;
  /** What may be a reference link. */
  readonly unresolved: readonly OpenLink[];
}

/** What a definition such as `[1]: https://…` says. */
export interface Target {
  readonly target: string;
  readonly span: Span;
}

interface OpenLink {
  readonly from: number;
  readonly image: boolean;
  /** The brackets and parentheses met so far. */
  readonly marks: Span[];
  url: Span | undefined;
  label: Span | undefined;
}

/** Reads the structure of a text's copy; the source has what links point to. */
export function structureOf(copy: string, source: string, dialect: Dialect): Structure {
  const leaves: Block[] = [];
  const numbers = new Map<number, string>();
  const contexts: Context[] = [];
  const masked: Span[] = [];
  const entities: Span[] = [];
  const marks: Mark[] = [];
  const links: Link[] = [];
  const comments: Comment[] = [];
  const targets = new Map<string, Target>();
  const unresolved: OpenLink[] = [];
  const openLinks: OpenLink[] = [];
  const lists: { group: number; ordered: boolean; next: number; fresh: boolean }[] = [];
  const notes: string[] = [];
  const directives: { readonly span: Span; readonly text: string }[] = [];
  let groups = 0;
  let definitions = 0;
  let table = { group: -1, row: -1, delimiters: 0, leading: false, end: -1 };
  let inHeader = false;
  let definitionGroup = { group: -1, end: -1 };

  const isGap = (from: number, to: number): boolean => to - from < 400 && /^[\s>]*$/.test(copy.slice(from, to));
  const leaf = (kind: BlockKind, node: SyntaxNodeRef, { level = 0, group = -1, row = -1, column = -1, header = false, label = '' }: Partial<Base> = {}): void => {
    leaves.push({ kind, span: span(node.from, node.to), level, quoted: false, group, row, column, header, label, role: '' }); // of tables there are many: no spreads
  };

  const paragraph = (node: SyntaxNodeRef): void => {
    const list = lists.at(-1);
    const note = notes.at(-1);
    if (note !== undefined) return leaf('note', node, { label: note });
    const start = copy.slice(node.from, node.from + 60);
    const underTable = table.group >= 0 && isGap(table.end, node.from);
    if (definitions > 0) {
      if (table.group >= 0 && isGap(table.end, node.from - 2 - /[ \t]*$/.exec(copy.slice(Math.max(0, node.from - 20), node.from))![0].length)) {
        return leaf('caption', node, { group: table.group });
      }
      return leaf('item', node, { level: 1, group: definitionGroup.group });
    }
    if (CAPTION.test(start) && (underTable || /\d/.test(CAPTION.exec(start)![0]) && start.length > 20)) {
      const bare = /^Table:\s*/.exec(start);
      if (bare && underTable) masked.push(span(node.from, node.from + bare[0].length));
      return leaf('caption', node, { group: underTable ? table.group : -1 });
    }
    if (list) {
      if (!list.fresh) return leaf('paragraph', node, { group: list.group });
      list.fresh = false;
      if (list.ordered) numbers.set(node.from, String(list.next - 1));
      return leaf('item', node, { level: lists.length, group: list.group });
    }
    return leaf('paragraph', node);
  };

  const enter = (node: SyntaxNodeRef): boolean | void => {
    const name = node.name;
    switch (name) {
      case 'Paragraph': case 'Task': paragraph(node); return;
      case 'ATXHeading1': case 'ATXHeading2': case 'ATXHeading3': case 'ATXHeading4': case 'ATXHeading5': case 'ATXHeading6':
        leaf('heading', node, { level: Number(name.at(-1)) });
        return;
      case 'SetextHeading1': case 'SetextHeading2': {
        // A rule typed right under a paragraph makes a heading of it; nobody means that of a long one.
        const body = source.slice(node.from, node.to).replace(/\s*[-=]+\s*$/, '');
        if (name === 'SetextHeading2' && (body.length > 150 || body.includes('\n') || /[.!?:]["”’)*_]*$/.test(body))) paragraph(node);
        else leaf('heading', node, { level: Number(name.at(-1)) });
        return;
      }
      case 'BulletList': case 'OrderedList':
        lists.push({ group: groups++, ordered: name === 'OrderedList', next: -1, fresh: false });
        return;
      case 'ListItem': {
        const list = lists.at(-1)!;
        if (list.next < 0) list.next = Number(/^[\s>]*(\d{1,9})/.exec(copy.slice(node.from, node.from + 40))?.[1] ?? 1);
        list.next++;
        list.fresh = true;
        return;
      }
      case 'Blockquote': {
        const alert = /^>[ \t]*(\[!([\w-]{1,30})\][+-]?)/.exec(copy.slice(node.from, node.from + 60));
        if (alert) {
          const at = node.from + alert[0].length - alert[1]!.length;
          masked.push(span(at, at + alert[1]!.length));
          contexts.push({ span: span(node.from, node.to), is: { role: roleOf(alert[2]!) || alert[2]!.toLowerCase() } });
        } else contexts.push({ span: span(node.from, node.to), is: { quoted: true } });
        return;
      }
      case 'Table': {
        const before = leaves.at(-1);
        table = { group: groups++, row: -1, delimiters: 0, leading: false, end: node.to };
        if (before && before.kind !== 'caption' && isGap(before.span.end, node.from)) {
          const start = copy.slice(before.span.start, before.span.start + 60);
          const isCaption = before.kind === 'paragraph' ? CAPTION.test(start) : before.kind === 'item' && /\n[ \t]*\n:[ \t]+$/.test(copy.slice(Math.max(0, before.span.start - 20), before.span.start));
          if (isCaption) leaves[leaves.length - 1] = { ...before, kind: 'caption', group: table.group, level: 0 };
        }
        return;
      }
      case 'TableHeader': case 'TableRow':
        inHeader = name === 'TableHeader';
        table = { ...table, row: table.row + 1, delimiters: 0, leading: copy[node.from] === '|' };
        return;
      case 'TableDelimiter': table.delimiters++; return;
      case 'TableCell':
        leaf('cell', node, { group: table.group, row: table.row, column: table.delimiters - (table.leading ? 1 : 0), header: inHeader });
        return;
      case 'Footnote': {
        NOTE.lastIndex = node.from;
        notes.push(NOTE.exec(copy)?.[1] ?? '');
        return;
      }
      case 'Definition':
        if (!isGap(definitionGroup.end, node.from) && !(leaves.at(-1)?.kind === 'paragraph' && leaves.at(-1)!.span.start > definitionGroup.end && definitionGroup.end >= 0
          && isGap(leaves.at(-1)!.span.end, node.from) && isGap(definitionGroup.end, leaves.at(-1)!.span.start))) {
          definitionGroup = { group: groups++, end: node.to };
        } else definitionGroup.end = node.to;
        definitions++;
        return;
      case 'Admonition':
        contexts.push({ span: span(node.from, node.to), is: { role: /[\w-]+/.exec(copy.slice(node.from, node.from + 60))?.[0].toLowerCase() ?? '' } });
        return;
      case 'Directive': directives.push({ span: span(node.from, node.to), text: source.slice(node.from, node.to) }); return false;
      case 'Target': {
        TARGET.lastIndex = 0;
        const m = TARGET.exec(source.slice(node.from, node.to));
        if (!m) return false;
        const target = m[2] ?? m[3] ?? '';
        if (target === '#' && m[0].includes('(')) {
          comments.push({ span: span(node.from, node.from + m[0].trimEnd().length), body: m[0].slice(m[0].indexOf('(', m[1]!.length) + 1, m[0].lastIndexOf(')')) });
          return false;
        }
        const from = node.from + m[0].indexOf(target, m[1]!.length + 3);
        if (!targets.has(keyOf(m[1]!))) targets.set(keyOf(m[1]!), { target, span: span(from, from + target.length) });
        return false;
      }
      case 'CodeBlock': return false;
      case 'FootnoteReference':
        marks.push({ span: span(node.from, node.to), form: 'footnote', keys: [source.slice(node.from + 2, node.to - 1)] });
        return false;
      case 'Superscript': {
        const keys = markKeys(source.slice(node.from + 1, node.to - 1));
        if (keys && !UNIT.test(source.slice(Math.max(0, node.from - 6), node.from))) {
          marks.push({ span: span(node.from, node.to), form: 'superscript', keys });
        }
        return;
      }
      case 'Escape': masked.push(span(node.from, node.from + 1)); return;
      case 'Entity': entities.push(span(node.from, node.to)); return;
      case 'HardBreak': if (copy[node.from] === '\\') masked.push(span(node.from, node.from + 1)); return;
      case 'EmphasisMark': case 'StrikethroughMark': case 'SuperscriptMark': case 'SubscriptMark': case 'HeaderMark': case 'QuoteMark':
      case 'ListMark': case 'TaskMarker': case 'OwnMark':
        masked.push(span(node.from, node.to));
        return;
      case 'Link': case 'Image':
        openLinks.push({ from: node.from, image: name === 'Image', marks: [], url: undefined, label: undefined });
        return;
      case 'LinkMark': openLinks.at(-1)?.marks.push(span(node.from, node.to)); return;
      case 'LinkLabel': { const link = openLinks.at(-1); if (link) link.label = span(node.from, node.to); return; }
      case 'URL': {
        const link = openLinks.at(-1);
        if (link && link.marks.length >= 3) { link.url = span(node.from, node.to); return; }
        masked.push(span(node.from, node.to));
        if (!link) links.push(linkTo(source.slice(node.from, node.to), span(node.from, node.to), span(node.from, node.to)));
        return;
      }
      default:
    }
  };

  const leave = (node: SyntaxNodeRef): void => {
    switch (node.name) {
      case 'BulletList': case 'OrderedList': lists.pop(); return;
      case 'Footnote': notes.pop(); return;
      case 'Definition': definitions--; return;
      case 'Link': case 'Image': {
        const link = openLinks.pop()!;
        if (link.marks.length < 3) { unresolved.push(link); return; }
        if (link.image) masked.push(span(node.from, node.to));
        else masked.push(link.marks[0]!, span(link.marks[1]!.start, node.to));
        if (link.url) {
          const bracketed = source[link.url.start] === '<';
          const at = bracketed ? span(link.url.start + 1, link.url.end - 1) : link.url;
          links.push(linkTo(source.slice(at.start, at.end), span(link.marks[0]!.end, link.marks[1]!.start), at, link.image));
        }
        return;
      }
      default:
    }
  };

  (dialect.jsx ? PARSERS.mdx : PARSERS.markdown).parse(copy).iterate({ enter, leave });

  contexts.push(...directiveContexts(directives, leaves));
  return { leaves, numbers, contexts, masked, entities, marks, links, comments, groups, targets, unresolved };
}

/** A link by its definition, which may stand in another piece of the text: its place is filled in by the key. */
export interface ReferenceLink {
  readonly key: string;
  readonly target: string;
  readonly span: Span;
  readonly image: boolean;
}

/** The reference links of a piece, by the definitions of the whole text, and what of their markup does not read. */
export function resolve({ unresolved }: Structure, targets: ReadonlyMap<string, Pick<Target, 'target'>>, copy: string, source: string): { readonly links: ReferenceLink[]; readonly masked: Span[] } {
  const links: ReferenceLink[] = [];
  const masked: Span[] = [];
  for (const { image, marks: [open, close], label } of unresolved) {
    if (!open || !close) continue;
    const visible = source.slice(open.end, close.start);
    const named = label && label.end - label.start > 2 ? source.slice(label.start + 1, label.end - 1) : visible;
    const key = keyOf(named);
    const target = targets.get(key);
    if (target) {
      links.push({ key, target: target.target, span: span(open.end, close.start), image });
      if (image) masked.push(span(open.start, label?.end ?? close.end));
      // A number stays in its brackets: that is how it is read, and how citations are found.
      else if (!/^[\d\s,;–-]+$/.test(visible)) masked.push(open, span(close.start, label?.end ?? close.end));
    } else if (copy[close.end] === OBJECT && source[close.end] === '{') masked.push(open, close); // pandoc's `[text]{.class}`
    else if (copy[open.start - 1] === '[' && copy[close.end] === ']') { // a wiki's `[[page|text]]`
      const bar = visible.lastIndexOf('|');
      masked.push(span(open.start - 1, open.end + bar + 1), span(close.start, close.end + 1));
    }
  }
  return { links, masked };
}

/** Containers of `:::` that are closed. Their titles become headings among the leaves. */
function directiveContexts(directives: readonly { readonly span: Span; readonly text: string }[], leaves: Block[]): Context[] {
  const contexts: Context[] = [];
  const open: typeof directives[number][] = [];
  for (const directive of directives) {
    if (/^:+\s*$/.test(directive.text)) {
      const start = open.pop();
      if (!start) continue;
      const words = start.text.match(/[A-Za-z][\w-]*/g) ?? [];
      const role = words.map((word) => roleOf(word.replaceAll('-', ' '))).find((found) => found !== '') ?? words[0]?.toLowerCase().replace(/^callout-/, '') ?? '';
      const quoted = words.slice(0, 4).some((word) => isQuote(word));
      contexts.push({ span: span(start.span.start, directive.span.end), is: { role, ...quoted && { quoted } } });
    } else open.push(directive);
    const title = /^:{3,}[ \t]*[\w-]*\[([^\]]+)\]|\btitle="([^"]+)"/.exec(directive.text);
    if (!title) continue;
    const value = title[1] ?? title[2]!;
    const from = directive.span.start + title.index + title[0].lastIndexOf(value);
    leaves.push(block('heading', span(from, from + value.length), { level: 7 }));
  }
  leaves.sort((a, b) => a.span.start - b.span.start);
  return contexts;
}

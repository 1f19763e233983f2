import { Parser } from 'htmlparser2';
import { Canvas, finish, listHeading, markKeys, roleOf } from './canvas';
import { block, type Block, type BlockKind, type Comment, type Format, type Link, type Mark, type Parsed } from './format';
import { tokensOf, type Attribute, type HtmlToken } from './html-tokens';
import { VOID } from './tags';
import { span, words } from '../text';

/** Elements whose edges part one block from the next. */
const BLOCK = words('address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure '
  + 'footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html label legend li main menu nav ol optgroup option p section select summary '
  + 'table tbody td tfoot th thead title tr ul');
/** Elements whose text is code, drawing or fallback. */
const MASKED = words('canvas code iframe kbd math noscript object pre samp script style svg template textarea audio video xmp');
const ASIDE = words('nav button label option optgroup select legend menu');
/** A new block of these ends an open paragraph, heading or title; of the rest it ends an open title or paragraph. */
const ENDS_HEADING = words('p h1 h2 h3 h4 h5 h6 ul ol dl table section article main header footer body blockquote');
const SHORT = words('h1 h2 h3 h4 h5 h6 button label legend option optgroup select');
/** What a new element of the name ends, and how far up it may look for it. */
const ENDS: { readonly [name: string]: readonly [ends: ReadonlySet<string>, within: ReadonlySet<string>] } = {
  li: [words('li'), words('ul ol menu table')],
  dt: [words('dt dd'), words('dl table')], dd: [words('dt dd'), words('dl table')],
  tr: [words('tr'), words('table')], td: [words('td th'), words('tr table')], th: [words('td th'), words('tr table')],
  tbody: [words('thead tbody tfoot'), words('table')], tfoot: [words('thead tbody tfoot'), words('table')], thead: [words('caption thead tbody tfoot'), words('table')],
  option: [words('option'), words('select')],
};
/** Deeper elements are read as if they were not there: a bound on the work for each tag. */
const DEEPEST = 400;

const QUOTE_CLASS = /^(?:\w+[-_]+)*(?:testimonials?|pull-?quotes?|quotes?|blockquotes?|reviews?)(?:[-_]+(?:card|item|text|body|block|box|list|grid|content|section|wrap|wrapper|carousel|slider|container))?$/;
const NO_QUOTE_CLASS = /(?:medical|clinical|peer|expert|evidence|systematic|literature|fact|last|next)[-_]*reviews?|^get|request|price/;

/** An open element, with what it and those around it make of the text in it. */
interface Frame {
  readonly name: string;
  readonly kind: BlockKind;
  readonly level: number;
  readonly quoted: boolean;
  readonly aside: boolean;
  readonly masked: boolean;
  readonly role: string;
  readonly label: string;
  readonly group: number;
  readonly depth: number;
  readonly list: { ordered: boolean; next: number; step: number } | undefined;
  readonly table: { row: number; column: number; head: boolean; rowHasData: boolean } | undefined;
  readonly row: number;
  readonly column: number;
  readonly header: boolean;
  /** What the entries of a list in it are. */
  readonly entries: 'reference' | 'note' | undefined;
  readonly opened: number;
  readonly content: number;
  readonly href: Attribute | undefined;
}

const ROOT: Frame = {
  name: '', kind: 'paragraph', level: 0, quoted: false, aside: false, masked: false, role: '', label: '', group: -1, depth: 0,
  list: undefined, table: undefined, row: -1, column: -1, header: false, entries: undefined, opened: 0, content: 0, href: undefined,
};

const ENTITY = /&(?:#\d{1,8}|#[xX][\da-fA-F]{1,8}|[A-Za-z][A-Za-z\d]{1,31});?/g;
const entities = new Map<string, string>();

/** What an entity stands for; itself where it stands for nothing. */
export function decodeEntity(entity: string): string {
  const known = entities.get(entity);
  if (known !== undefined) return known;
  let value = '';
  const parser = new Parser({ ontext: (data) => { value += data; } }, { decodeEntities: true });
  parser.end(entity);
  if (!entity.endsWith(';') && value.length > 2) value = entity; // `&copying` is no entity
  if (entities.size < 4096) entities.set(entity, value);
  return value;
}

/** A text with its entities decoded. */
const decoded = (text: string): string => text.includes('&') ? text.replace(ENTITY, decodeEntity) : text;

/** What the classes, the id and the role of an element say of the text in it. */
interface Traits {
  readonly isQuote: boolean;
  readonly isAside: boolean;
  readonly isButton: boolean;
  readonly list: 'reference' | 'note' | undefined;
  readonly role: string;
}

function traitsIn(names: string): Traits {
  const traits = names.toLowerCase().split(/\s+/).filter(Boolean);
  return {
    isQuote: traits.some((trait) => QUOTE_CLASS.test(trait) && !NO_QUOTE_CLASS.test(trait)),
    isAside: traits.some((trait) => /^(?:navigation|breadcrumbs?)$/.test(trait)),
    isButton: traits.some((trait) => /^(?:btn|button|cta)(?:[-_]|$)/.test(trait)),
    list: traits.some((trait) => /^(?:foot|end)notes?(?:[-_]?list)?$/.test(trait)) ? 'note'
      : traits.some((trait) => /^(?:references?|bibliography|reflist|refs|citations|works-cited|csl-bib-body|sources)(?:[-_]?(?:list|section))?$/.test(trait)) ? 'reference' : undefined,
    role: traits.reduce((role, trait) => roleOf(trait) || role, ''),
  };
}

const PLAIN = traitsIn('');

/** Where the tags start that have a closing tag of their own. What is never closed, as half-typed text is, hides nothing. */
function pairedTags(tokens: readonly HtmlToken[]): ReadonlySet<number> {
  const paired = new Set<number>();
  const open = new Map<string, number[]>();
  for (const token of tokens) {
    if (token.kind === 'open' && !VOID.has(token.name)) {
      const starts = open.get(token.name);
      if (starts) starts.push(token.start);
      else open.set(token.name, [token.start]);
    } else if (token.kind === 'close') {
      const start = open.get(token.name)?.pop();
      if (start !== undefined) paired.add(start);
    }
  }
  return paired;
}

function parse(text: string): Parsed {
  const canvas = new Canvas(text, true);
  const blocks: Block[] = [];
  const marks: Mark[] = [];
  const links: Link[] = [];
  const comments: Comment[] = [];
  const tokens = tokensOf(text);
  const stack: Frame[] = [ROOT];
  const open = new Map<string, number>();
  let groups = 0;
  let run = -1; // where the current block starts
  let runEnd = -1;
  let runFrame = ROOT;
  let runLabel = ''; // of a block that starts with a raised number
  let lastBreak = -1; // end of a `<br>` with nothing but white space behind it
  let lastInline = ''; // an inline element that has just been closed
  /** The references heading in force: its level and how deep the stack was. */
  let section: { readonly kind: 'reference' | 'note'; readonly level: number; readonly depth: number } | undefined;

  const top = (): Frame => stack[stack.length - 1]!;
  const valueOf = (attributes: readonly Attribute[], name: string): string => {
    const found = attributes.find((a) => a.name === name);
    return found ? decoded(text.slice(found.start, found.end)).trim() : '';
  };

  const known = new Map<string, Traits>(); // classes come again and again
  const traitsOf = (attributes: readonly Attribute[]): Traits => {
    if (!attributes.some(({ name }) => name === 'class' || name === 'id' || name === 'role')) return PLAIN;
    const names = `${valueOf(attributes, 'class')} ${valueOf(attributes, 'id')} ${valueOf(attributes, 'role').replace(/^doc-/, '')}`;
    let traits = known.get(names);
    if (!traits) known.set(names, traits = traitsIn(names));
    return traits;
  };
  let pairs: ReadonlySet<number> | undefined;
  const paired = (): ReadonlySet<number> => pairs ??= pairedTags(tokens);
  let controls: ReadonlySet<string> | undefined;
  /** What buttons of the page open and close. */
  const controlled = (): ReadonlySet<string> => controls ??= new Set(tokens.flatMap((token) =>
    token.kind === 'open' ? valueOf(token.attributes, 'aria-controls').split(/\s+/).filter(Boolean) : []));
  /** Whether an element is hidden for good: a panel that a reader can open is text to be read. */
  const hides = (attributes: readonly Attribute[]): boolean =>
    attributes.some(({ name }) => (name === 'hidden' && !/^until-found$/i.test(valueOf(attributes, name))) || (name === 'aria-hidden' && /^true$/i.test(valueOf(attributes, name))))
    && !/^tabpanel$/i.test(valueOf(attributes, 'role')) && !controlled().has(valueOf(attributes, 'id'));

  const flush = (): void => {
    lastBreak = -1;
    lastInline = '';
    if (run < 0) return;
    const frame = runFrame;
    const at = span(run, runEnd);
    run = -1;
    let { kind, label } = frame;
    if (kind !== 'title' && frame.aside) kind = 'aside';
    if (kind === 'heading') {
      const read = canvas.read(at.start, at.end);
      if (section && frame.level <= section.level) section = undefined;
      const entries = listHeading(read);
      if (entries) section = { kind: entries, level: frame.level, depth: stack.length - 1 };
    } else if (kind === 'item' || kind === 'paragraph') {
      const entries = frame.entries ?? section?.kind;
      const read = entries || runLabel ? canvas.read(at.start, Math.min(at.end, at.start + 400)).trim() : '';
      const number = /^(?:\[(\d{1,3})\]|(\d{1,3})[.)])\s/.exec(read);
      if (entries && (kind === 'item' || frame.entries || number || runLabel || /\b(?:19|20)\d\d\b|\bdoi\b|https?:|^[*†‡§]/i.test(read))) {
        kind = entries;
        label ||= runLabel || (number?.[1] ?? number?.[2] ?? '');
      } else {
        if (runLabel) kind = 'note';
        label = runLabel;
      }
    } else label = '';
    runLabel = '';
    blocks.push(block(kind, at, {
      level: kind === 'heading' || kind === 'item' ? frame.level : 0, quoted: frame.quoted, group: frame.group,
      row: frame.row, column: frame.column, header: frame.header, label: kind === 'reference' || kind === 'note' ? label : '', role: frame.role,
    }));
  };

  const begin = (start: number, end: number): void => {
    if (run < 0) { run = start; runFrame = top(); }
    runEnd = end;
  };

  const addText = (start: number, end: number): void => {
    if (start >= end || top().masked) return;
    const raw = text.slice(start, end);
    if (!/\S/.test(raw)) { canvas.show(start, end); return; }
    lastBreak = -1;
    canvas.show(start, end);
    if (raw.includes('&')) {
      for (const m of raw.matchAll(ENTITY)) {
        const value = decodeEntity(m[0]);
        if (value !== m[0]) canvas.put(value, start + m.index, start + m.index + m[0].length);
      }
    }
    begin(start, end);
  };

  const popTo = (depth: number, at: number, end = at): void => {
    while (stack.length > depth) {
      const frame = stack.pop()!;
      open.set(frame.name, open.get(frame.name)! - 1);
      if (frame.name === 'a' && frame.href && !frame.masked) {
        links.push({ span: span(frame.content, at), target: decoded(text.slice(frame.href.start, frame.href.end)).trim(), targetSpan: span(frame.href.start, frame.href.end), image: false });
      }
      if (frame.name === 'sup' && !frame.masked) raise(frame, at, stack.length === depth ? end : at);
    }
    if (section && stack.length < section.depth) section = undefined;
  };

  /** At the end of a raised text: is it a citation mark, the label of a note, or prose? */
  const raise = (frame: Frame, at: number, end: number): void => {
    if (at - frame.content > 600) return;
    const value = canvas.read(frame.content, at).trim();
    const linked = text.slice(frame.content, at).includes('href') || stack.some((f) => f.name === 'a');
    const keys = value.length > 60 ? undefined : markKeys(value) ?? (linked && value !== '' && value.length <= 12 ? [value.replace(/^[[(]|[\])]$/g, '')] : undefined);
    if (!keys || (/^[a-z]$/.test(keys[0]!) && !linked)) return;
    if (run < 0 || canvas.read(run, frame.opened).trim() === '') { // the first thing in its block
      runLabel = keys[0]!;
      canvas.fill(frame.opened, at);
      return;
    }
    const before = canvas.read(Math.max(run, frame.opened - 12), frame.opened);
    if (!linked && (/(?:^|\D)10$/.test(before) || (/^[23]$/.test(value) && /(?:^|[\s/\d·])(?:[mckd]?m|ft|in|yd)$/.test(before)))) return; // 10⁹, m²
    marks.push({ span: span(frame.opened, end), form: 'superscript', keys });
    runEnd = Math.max(runEnd, end);
  };

  const push = (frame: Frame): void => {
    stack.push(frame);
    open.set(frame.name, (open.get(frame.name) ?? 0) + 1);
  };

  /** Ends open elements that a new one can not stand in. */
  const closeImplied = (name: string, at: number): void => {
    let depth = stack.length;
    for (let d = stack.length - 1; d > 0; d--) {
      const inner = stack[d]!.name;
      if (inner === 'p' || inner === 'title' || (ENDS_HEADING.has(name) && SHORT.has(inner))) depth = d;
      else if (BLOCK.has(inner)) break;
    }
    popTo(depth, at);
    const ends = ENDS[name];
    if (!ends) return;
    depth = stack.length;
    for (let d = stack.length - 1; d > 0; d--) {
      const inner = stack[d]!.name;
      if (ends[0].has(inner)) { depth = d; break; }
      if (ends[1].has(inner)) break;
    }
    popTo(depth, at);
  };

  const openTag = (name: string, at: number, end: number, attributes: readonly Attribute[]): void => {
    if (BLOCK.has(name)) { flush(); closeImplied(name, at); }
    const parent = top();
    if (name === 'br') {
      const gap = lastBreak >= 0 && run >= 0;
      if (gap) flush();
      else { canvas.put('\n', at, end); if (run >= 0) lastBreak = end; }
    } else if (name === 'wbr') { /* reads as nothing */ }
    else if (name === 'meta' && !parent.masked && valueOf(attributes, 'name').toLowerCase() === 'description') {
      const content = attributes.find((a) => a.name === 'content');
      if (content && content.start < content.end) {
        flush();
        addText(content.start, content.end);
        runFrame = { ...ROOT, kind: 'title' };
        flush();
      }
    } else if (name === 'img' && !parent.masked) {
      const source = attributes.find((a) => a.name === 'src');
      const alt = attributes.find((a) => a.name === 'alt');
      if (source) links.push({ span: alt ? span(alt.start, alt.end) : span(at, end), target: decoded(text.slice(source.start, source.end)), targetSpan: span(source.start, source.end), image: true });
    }
    if (VOID.has(name)) return;
    if (lastInline !== '' && lastInline !== name && name !== 'sup' && name !== 'sub' && name !== 'a' && !BLOCK.has(name)) canvas.put(' ', at, end); // `<b>89%</b><span>of …`: two words
    if (name === 'q') canvas.put('"', at, end);
    lastInline = '';

    const { isQuote, isAside, isButton, list: named, role } = traitsOf(attributes);
    const button = isButton && (name === 'a' || name === 'span');
    if (button) flush();
    const heading = /^h([1-6])$/.exec(name);
    const entries = heading ? undefined : named;
    const frame: { -readonly [K in keyof Frame]: Frame[K] } = {
      // Each field by name: as `...parent` it takes five times the time.
      name, opened: at, content: end, kind: parent.kind, level: parent.level, label: parent.label, group: parent.group, depth: parent.depth,
      list: parent.list, table: parent.table, row: parent.row, column: parent.column, header: parent.header,
      href: name === 'a' ? attributes.find((a) => a.name === 'href' && a.start < a.end) : undefined,
      quoted: heading && parent.name !== 'blockquote' ? false : parent.quoted || isQuote || name === 'blockquote',
      aside: parent.aside || button || ASIDE.has(name) || isAside,
      masked: parent.masked || ((MASKED.has(name) || hides(attributes)) && paired().has(at)),
      role: role || parent.role,
      entries: entries ?? parent.entries,
    };
    if (heading) { frame.kind = 'heading'; frame.level = Number(heading[1]); frame.label = ''; }
    else if (name === 'summary' || name === 'dt') { frame.kind = 'heading'; frame.level = 7; }
    else if (name === 'title') frame.kind = 'title';
    else if (name === 'caption' || name === 'figcaption') frame.kind = 'caption';
    else if (name === 'ul' || name === 'ol' || name === 'dl' || name === 'menu') {
      frame.group = parent.list && parent.kind === 'item' ? parent.group : groups++;
      frame.depth = parent.depth + 1;
      const start = Number.parseInt(valueOf(attributes, 'start'), 10);
      frame.list = { ordered: name === 'ol', next: Number.isNaN(start) ? 1 : start, step: 1 };
    } else if (name === 'li' || name === 'dd') {
      const list = parent.list;
      const value = Number.parseInt(valueOf(attributes, 'value'), 10);
      const number = list ? Number.isNaN(value) ? list.next : value : 0;
      if (list) list.next = number + 1;
      if (!list) frame.group = parent.group < 0 ? groups++ : parent.group;
      frame.kind = 'item';
      frame.level = Math.max(1, parent.depth);
      frame.label = list?.ordered ? String(number) : '';
    } else if (name === 'table') {
      frame.group = groups++;
      frame.table = { row: -1, column: 0, head: false, rowHasData: false };
      frame.kind = 'paragraph';
      frame.list = undefined;
      frame.depth = 0;
    } else if (parent.table) {
      const table = parent.table;
      if (name === 'thead') table.head = true;
      else if (name === 'tbody' || name === 'tfoot') table.head = false;
      else if (name === 'tr') { table.row++; table.column = 0; table.rowHasData = false; }
      else if (name === 'td' || name === 'th') {
        const width = Number.parseInt(valueOf(attributes, 'colspan'), 10);
        const scope = valueOf(attributes, 'scope');
        if (name === 'td') table.rowHasData = true;
        frame.kind = 'cell';
        frame.level = 0;
        frame.row = Math.max(0, table.row);
        frame.column = table.column;
        frame.header = table.head || (name === 'th' && (scope === 'col' || (frame.row === 0 && scope !== 'row' && !table.rowHasData)));
        table.column += width > 1 && width < 1000 ? width : 1;
      }
    }
    const id = /^ref-(?!\d)(\S+)$/.exec(valueOf(attributes, 'id'));
    if (frame.entries === 'reference' && id) frame.label = id[1]!;
    if (stack.length < DEEPEST) push(frame);
  };

  const closeTag = (name: string, at: number, end: number): void => {
    if (BLOCK.has(name)) flush();
    if (name === 'q') canvas.put('"', at, end);
    if (!open.get(name)) return;
    let depth = stack.length - 1;
    while (depth > 0 && stack[depth]!.name !== name) depth--;
    // A stray `</b>` must not close the table that it stands in.
    if (!BLOCK.has(name) && stack.slice(depth + 1).some((frame) => BLOCK.has(frame.name))) return;
    const button = stack[depth]!.aside && !stack[depth - 1]!.aside;
    popTo(depth, at, end);
    if (button) flush();
    if (!BLOCK.has(name) && name !== 'sup' && name !== 'sub' && name !== 'a') lastInline = name;
  };

  for (const token of tokens) {
    const { kind, start, end } = token;
    if (kind === 'text') { addText(start, end); lastInline = ''; }
    else if (kind === 'comment') comments.push({ span: span(start, end), body: token.body });
    else if (kind === 'open') openTag(token.name, start, end, token.attributes);
    else closeTag(token.name, start, end);
  }
  flush();
  popTo(1, text.length);
  return finish(canvas, { blocks, marks, links, comments });
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** HTML and XHTML. */
export const html: Format = {
  id: 'html',
  extensions: ['.html', '.htm', '.xhtml'],
  languages: ['html'],
  parse,
  write: {
    comment: (body) => `<!-- ${body.replace(/--!?>/g, '-- >')} -->`,
    inline: escape,
    heading: (text, level) => `<h${Math.min(6, Math.max(1, level))}>${escape(text)}</h${Math.min(6, Math.max(1, level))}>`,
    paragraph: (text) => `<p>${escape(text)}</p>`,
    list: (items) => `<ul>\n${items.map((item) => `  <li>${escape(item)}</li>\n`).join('')}</ul>`,
    footnote: (label, text) => ({
      mark: `<sup><a href="#fn-${escape(label)}">${escape(label)}</a></sup>`,
      definition: `<p id="fn-${escape(label)}"><sup>${escape(label)}</sup> ${escape(text)}</p>`,
    }),
  },
};

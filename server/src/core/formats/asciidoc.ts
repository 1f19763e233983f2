import { Canvas, finish, listHeading, markKeys, roleOf } from './canvas';
import { block, type Block, type BlockKind, type Comment, type Format, type Parsed } from './format';
import { decodeEntity } from './html';
import { paired, readInline, silent, withNotes, type Gathered, type InlineRule } from './inline';
import { linesOf, type Line } from './lines';
import { span, type Span } from '../text';

const DELIMITER = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|_{4,}|={4,}|\*{4,}|--|`{3}[\w-]*|"{2}|[|,:!]={3,})$/;
const LITERAL = /^(?:-{4,}|\.{4,}|\+{4,}|`{3})/;
const ITEM = /^(\*{1,6}|-|\.{1,6}|\d{1,3}\.|•|[a-z]\.)\s+(?:\[[ x*]\]\s+)?(?=\S)/;
const TERM = /^(?!image::|include::|\/\/)(\S(?:[^\n]{0,300}?\S)?)(:{2,4}|;;)(?=\s|$)/;
const BODY = String.raw`((?:[^[\]\\]|\\[\s\S]|\[[^[\]]{0,200}\]){0,2000})`;

/** Mark or superscript text. */
const raised: InlineRule = [/\^([^\s^]{1,40})\^/y, (m, { canvas, marks }) => {
  const at = span(m.index, m.index + m[0].length);
  const keys = markKeys(m[1]!);
  const before = canvas.text.slice(Math.max(0, at.start - 8), at.start);
  if (keys && !/^[a-z]$/.test(keys[0]!) && /\S$/.test(before) && !/(?:^|[\s/\d])(?:[mckd]?m|10)$/.test(before)) { marks.push({ span: at, form: 'superscript', keys }); return; }
  canvas.fill(at.start, at.start + 1);
  canvas.fill(at.end - 1, at.end);
}];

/** An address with its text in brackets behind it. */
const linked = (expression: RegExp): InlineRule => [expression, (m, { canvas, links }) => {
  const [all, lead, target, brackets, label] = m;
  const targetStart = m.index + lead!.length;
  const end = m.index + all.length;
  let address = target!;
  if (brackets === undefined) {
    address = address.replace(/[.,;:!?)*_]+$/, '');
    const at = span(targetStart, targetStart + address.length);
    links.push({ span: at, target: address, targetSpan: at, image: false });
    return at.end;
  }
  const labelStart = end - 1 - label!.length;
  const shown = label!.trim() !== '';
  links.push({
    span: shown ? span(labelStart, end - 1) : span(targetStart, targetStart + address.length),
    target: address, targetSpan: span(targetStart, targetStart + address.length), image: false,
  });
  if (shown) { canvas.fill(m.index, labelStart); canvas.fill(end - 1, end); return labelStart; }
  canvas.fill(m.index, targetStart);
  canvas.fill(targetStart + address.length, end);
  return end;
}];

/** Attributes that stand for a character in every document; all others read as nothing. */
const CHARACTERS: ReadonlyMap<string, string> = new Map(Object.entries({
  nbsp: ' ', sp: ' ', space: ' ', amp: '&', lt: '<', gt: '>', apos: "'", quot: '"', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”',
  deg: '°', plus: '+', vbar: '|', brvbar: '¦', asterisk: '*', caret: '^', tilde: '~', backtick: '`', backslash: '\\', startsb: '[', endsb: ']',
  'two-colons': '::', 'two-semicolons': ';;', cpp: 'C++', pp: '++',
}));

const RULES: readonly InlineRule[] = [
  [/\\[*_`#^~{<[:+\\]/y, (m, { canvas }) => canvas.fill(m.index, m.index + 1)],
  [new RegExp(`footnote(?:ref)?:([\\w-]{0,40})\\[${BODY}\\]`, 'y'), (m, { marks, notes }) => {
    const whole = span(m.index, m.index + m[0].length);
    const start = whole.end - 1 - m[2]!.length;
    if (m[2]!.trim() === '') marks.push({ span: whole, form: 'footnote', keys: m[1] ? [m[1]] : [] });
    else notes.push({ whole, body: span(start, whole.end - 1), label: m[1] || `fn${notes.length + 1}` });
    return start;
  }],
  [/(?:cite|citenp|citep|citet):\[([^\]\n]{0,300})\]/y, (m, { marks }) => {
    marks.push({ span: span(m.index, m.index + m[0].length), form: 'key', keys: m[1]!.split(',').map((key) => key.replace(/\(.*|^@/g, '').trim()).filter(Boolean) });
  }],
  [/<<#?([^>,\n]{1,120})(?:,[^>]{0,200})?>>/y, (m, { marks }) => { marks.push({ span: span(m.index, m.index + m[0].length), form: 'cross-reference', keys: [m[1]!.trim()] }); }],
  [/xref:#?([^[\]\s#.]{1,120})\[[^\]]{0,200}\]/y, (m, { marks }) => { marks.push({ span: span(m.index, m.index + m[0].length), form: 'cross-reference', keys: [m[1]!] }); }],
  silent(/\[\[\[[^\]\n]{1,120}\]\]\]|\[\[[^\]\n]{1,120}\]\]/y),
  [/image:([^\s:[\]][^[\]\n]{0,500})\[([^\]\n]{0,300})\]/y, (m, { canvas, links }) => {
    const at = span(m.index, m.index + m[0].length);
    canvas.fill(at.start, at.end);
    links.push({ span: at, target: m[1]!, targetSpan: span(m.index + 6, m.index + 6 + m[1]!.length), image: true });
  }],
  silent(new RegExp(`(?:pass|stem|latexmath|asciimath|icon|indexterm2?|kbd|anchor):[\\w-]{0,40}\\[${BODY}\\]`, 'y')),
  linked(new RegExp(`(link:|xref:|mailto:)([^\\s[\\]]{1,2000})(\\[${BODY}\\])`, 'y')),
  linked(new RegExp(`()(https?://[^\\s[\\]<>"|]{2,2000})(\\[${BODY}\\])?`, 'y')),
  silent(/\(\(\([^()\n]{1,200}\)\)\)/y),
  paired(/(\(\()(?:[^()\n]{1,200})\)\)/y),
  [/["']`((?:[^`\n]|\n(?!\s*\n)){1,1000})`["']/y, (m, { canvas }) => {
    canvas.fill(m.index + 1, m.index + 2);
    canvas.fill(m.index + m[0].length - 2, m.index + m[0].length - 1);
    return m.index + 2;
  }],
  silent(/(`{1,2})\+?[^`\n]{1,400}\1/y),
  [/\{([A-Za-z][\w-]{0,60})\}/y, (m, { canvas }) => canvas.put(CHARACTERS.get(m[1]!.toLowerCase()) ?? '', m.index, m.index + m[0].length)],
  [/\[[.\w#,=" -]{0,80}\](?=#)/y, (m, { canvas }) => canvas.fill(m.index, m.index + m[0].length)],
  paired(/(\*\*|__|##)(?=\S)(?:[^\n]|\n(?!\s*\n)){1,600}?\1/y),
  paired(/(?<![\p{L}\p{N}*])(\*)(?=[^\s*])(?:[^*\n]|\n(?!\s*\n)){0,600}?[^\s*]?\*(?![\p{L}\p{N}*])/uy),
  paired(/(?<![\p{L}\p{N}_])(_)(?=[^\s_])(?:[^\n]|\n(?!\s*\n)){0,600}?\S?_(?![\p{L}\p{N}_])/uy),
  paired(/(?<![\p{L}\p{N}#])(#)(?=[^\s#])(?:[^#\n]|\n(?!\s*\n)){0,600}?#(?![\p{L}\p{N}#])/uy),
  raised,
  paired(/(~)[^\s~]{1,40}~/y),
  [/&(?:#?\w{2,16});/y, (m, { canvas }) => { const value = decodeEntity(m[0]); if (value !== m[0]) canvas.put(value, m.index, m.index + m[0].length); }],
  [/ \+(?=\r?\n|$)/y, (m, { canvas }) => canvas.fill(m.index + 1, m.index + 2)],
];
const TRIGGERS = /[\\<[`{*_#^~&("' ]|\b(?:footnote|cite|image|xref|pass|stem|latexmath|asciimath|icon|indexterm|kbd|anchor|link|mailto|http)/;

/** The cells of a table's lines, with how many columns each takes. */
function cellsOf(text: string, start: number, end: number): readonly { at: Span; span: number; header: boolean }[] {
  const cells: { at: Span; span: number; header: boolean }[] = [];
  const bar = /(?<=^|[\s|])(\d{1,3}[+*])?(?:\.\d{1,3}\+)?(?:[<^>]?(?:\.[<^>])?)([adehlmsv])?\||(?<!\\)\|/gm;
  const body = text.slice(start, end);
  let open: { from: number; span: number; header: boolean } | undefined;
  const close = (to: number): void => { if (open) cells.push({ at: span(start + open.from, start + to), span: open.span, header: open.header }); };
  for (const m of body.matchAll(bar)) {
    close(m.index);
    open = { from: m.index + m[0].length, span: Math.min(100, Number.parseInt(m[1] ?? '1', 10) || 1), header: m[2] === 'h' };
  }
  close(body.length);
  return cells;
}

function parse(text: string): Parsed {
  const canvas = new Canvas(text, false);
  const lines = linesOf(text);
  const blocks: Block[] = [];
  const comments: Comment[] = [];
  const gathered: Gathered = { canvas, marks: [], links: [], notes: [] };
  /** For each delimiter line the next line that is the same; -1 where there is none. */
  const partner: number[] = [];
  const seen = new Map<string, number>();
  for (let l = lines.length - 1; l >= 0; l--) {
    const mark = lines[l]!.text;
    if (!DELIMITER.test(mark)) { partner[l] = -1; continue; }
    partner[l] = seen.get(mark.startsWith('```') ? '```' : mark) ?? -1;
    seen.set(mark, l);
  }

  let groups = 0;
  let markers: string[] = [];
  let group = -1;
  let numbers: number[] = [];
  let attributes = ''; // of the block that comes next
  let role = '';
  let roleUntil = -1;
  let section: { readonly kind: 'reference' | 'note'; readonly level: number } | undefined;
  let quoteUntil = -1;
  let attached = false; // behind a `+`
  let open: { readonly kind: BlockKind; readonly start: number; end: number; readonly rest: Partial<Block> } | undefined;

  const close = (): void => {
    if (!open) return;
    const { kind, start, end, rest } = open;
    open = undefined;
    const from = gathered.notes.length;
    readInline(gathered, start, end, TRIGGERS, RULES);
    blocks.push(...withNotes(gathered, block(kind, span(start, end), rest), gathered.notes.slice(from)));
  };
  const begin = (kind: BlockKind, start: number, end: number, rest: Partial<Block> = {}): void => {
    close();
    open = { kind, start, end, rest };
  };
  const fillLine = (line: Line): void => canvas.fill(line.start, line.end);
  const heading = (line: Line, start: number, level: number): void => {
    begin('heading', start, line.end, { level });
    close();
    markers = [];
    const named = listHeading(line.text.replace(/^=+\s+/, ''));
    if (/bibliography/.test(attributes) || named) section = { kind: named ?? 'reference', level };
    else if (section && level <= section.level) section = undefined;
    role = roleOf(line.text.replace(/^=+\s+/, ''));
    attributes = '';
  };

  let i = 0;
  let header = true; // nothing but comments and attributes so far
  for (; i < lines.length; i++) {
    const line = lines[i]!;
    const { text: words } = line;
    if (roleUntil >= 0 && i > roleUntil) { roleUntil = -1; role = ''; }
    const quoted = i < quoteUntil;
    if (words === '') { close(); continue; }

    // Comments and blocks between delimiters
    if (/^\/\/(?!\/)/.test(words)) {
      comments.push({ span: span(line.start, line.end), body: words.slice(2) });
      fillLine(line);
      continue;
    }
    if (DELIMITER.test(words)) {
      close();
      const end = partner[i]!;
      if (end >= 0 && words.startsWith('////')) {
        const at = span(line.start, lines[end]!.end);
        comments.push({ span: at, body: text.slice(line.end, lines[end]!.start) });
        canvas.fill(at.start, at.end);
        i = end;
      } else if (end >= 0 && (LITERAL.test(words) || /^\[(?:source|listing|stem|latexmath)/.test(attributes)) && !/^\[(?:quote|verse)/.test(attributes)) {
        canvas.fill(line.start, lines[end]!.end);
        i = end;
      } else if (/^[|,:!]=/.test(words)) {
        const last = end >= 0 ? end : (() => { let l = i + 1; while (l < lines.length && !(lines[l]!.text === '' && !/^\s*\S*\|/.test(lines[l + 1]?.text ?? ''))) l++; return l; })();
        if (words.startsWith('|') || words.startsWith('!')) table(i + 1, last);
        else for (let l = i + 1; l < last; l++) fillLine(lines[l]!);
        fillLine(line);
        if (end >= 0) fillLine(lines[end]!);
        i = end >= 0 ? end : last - 1;
      } else {
        fillLine(line);
        if (end >= 0) {
          if (words.startsWith('_') || words === '""' || /^\[(?:quote|verse)/.test(attributes)) quoteUntil = Math.max(quoteUntil, end);
          if (role !== '' && attributes !== '') roleUntil = end;
          fillLine(lines[end]!);
          // Its closing line must not open another block.
          partner[end] = -1;
        }
      }
      attributes = '';
      if (!attached) markers = words === '--' ? markers : [];
      continue;
    }

    // Attributes, macros and breaks
    const attribute = /^:(!?[\w-]+!?):(?:\s+|$)/.exec(words);
    if (attribute) {
      close();
      if (/^(?:description|summary|abstract)$/.test(attribute[1]!)) { begin('title', line.start + attribute[0].length, line.end); close(); canvas.fill(line.start, line.start + attribute[0].length); }
      else fillLine(line);
      continue;
    }
    if (/^\[\[[^\]]*\]\]$/.test(words)) { close(); fillLine(line); continue; }
    if (/^\[[^\]]*\]$/.test(words) && !/^\[\d/.test(words)) {
      close();
      attributes = words;
      if (roleOf(words.replace(/^\[[.%]?|[\],#%].*$/g, ''))) { role = roleOf(words.replace(/^\[[.%]?|[\],#%].*$/g, '')); roleUntil = lines.length; }
      fillLine(line);
      continue;
    }
    const image = /^image::([^[\]\s]{1,1000})\[(.*)\]$/.exec(words);
    if (image) {
      close();
      gathered.links.push({ span: span(line.start, line.end), target: image[1]!, targetSpan: span(line.start + 7, line.start + 7 + image[1]!.length), image: true });
      fillLine(line);
      attributes = '';
      continue;
    }
    if (/^(?:'{3,}|<{3,}|-{3}|\*{3})$/.test(words) || (words.endsWith(']') && /^[a-z]{1,40}::[^\s[\]]*\[/.test(words))) { close(); fillLine(line); continue; }
    if (words === '+') { close(); fillLine(line); attached = true; continue; }

    // Headings
    const title = /^(={1,6}|#{1,6})\s+(?=\S)/.exec(words);
    if (title) {
      close();
      heading(line, line.start + title[0].length, title[1]!.length);
      if (header && title[1]!.length === 1) { // author and revision follow up to a blank line
        for (; i + 1 < lines.length && lines[i + 1]!.text !== '' && !/^(?:=|:|\[)/.test(lines[i + 1]!.text) && lines[i + 1]!.text.length < 200; i++) {
          const next = lines[i + 1]!;
          if (next.text.startsWith('//')) comments.push({ span: span(next.start, next.end), body: next.text.slice(2) });
          fillLine(next);
        }
      }
      header = false;
      continue;
    }
    header = false;
    if (!open && /^\.(?![.\s])/.test(words) && words.length < 200) {
      let l = i + 1;
      while (l < lines.length && (/^\[.*\]$/.test(lines[l]!.text) || lines[l]!.text.startsWith('//') || lines[l]!.text === '')) l++;
      const ofTable = /^[|,:!]={3,}$|^image::/.test(lines[l]?.text ?? '');
      const before = attributes;
      begin(ofTable ? 'caption' : 'heading', line.start + 1, line.end, { level: ofTable ? 0 : 7 });
      close();
      if (!ofTable) markers = [];
      if (listHeading(words.slice(1))) section = { kind: listHeading(words.slice(1))!, level: 7 };
      attributes = before;
      continue;
    }

    // Lists
    const item = ITEM.exec(words);
    if (item && !(open && open.kind === 'paragraph' && !/:$/.test(lines[i - 1]?.text ?? ''))) {
      const marker = /^\d/.test(item[1]!) ? '1.' : /^[a-z]/.test(item[1]!) ? 'a.' : item[1]!;
      if (markers.length === 0) { group = groups++; numbers = []; }
      const known = markers.indexOf(marker);
      if (known >= 0) { markers.length = known + 1; numbers.length = known + 1; } else if (markers.length < 32) { markers.push(marker); numbers.push(0); }
      const depth = markers.length;
      numbers[depth - 1] = /^\d/.test(item[1]!) ? Number.parseInt(item[1]!, 10) : (numbers[depth - 1] ?? 0) + 1;
      let start = line.start + item[0].length;
      const anchor = /^\[\[\[([^\],]{1,100})(?:,[^\]]{0,100})?\]\]\]\s*/.exec(text.slice(start, line.end));
      const entries = anchor ? section?.kind ?? 'reference' : section?.kind;
      if (anchor) { canvas.fill(start, start + anchor[0].length); start += anchor[0].length; }
      if (entries) begin(entries, start, line.end, { label: anchor?.[1] ?? (/^[.\d]/.test(marker) ? String(numbers[depth - 1]) : '') });
      else begin('item', start, line.end, { level: depth, group, quoted, role });
      attached = false;
      attributes = '';
      continue;
    }
    const term = open?.kind === 'paragraph' ? null : TERM.exec(words);
    if (term) {
      const marker = term[2]!;
      if (markers.length === 0) { group = groups++; numbers = []; }
      const known = markers.indexOf(marker);
      if (known >= 0) markers.length = known + 1;
      else if (markers.length < 32) markers.push(marker);
      const at = line.start + term[1]!.length;
      canvas.put(/[?!:]$/.test(term[1]!) ? '' : ':', at, at + marker.length);
      begin('item', line.start, line.end, { level: markers.length, group, quoted, role });
      // The text may stand below its term.
      if (term[0].length === words.length) {
        let l = i + 1;
        while (l < lines.length && lines[l]!.text === '' && l - i < 3) l++;
        const next = lines[l];
        if (next && next.text !== '' && !ITEM.test(next.text) && !TERM.test(next.text) && !DELIMITER.test(next.text) && !/^(?:[=[:+.]|\/\/)/.test(next.text)) { open!.end = next.end; i = l; }
      }
      attached = false;
      attributes = '';
      continue;
    }

    // Text
    if (open) { open.end = line.end; continue; }
    const admonition = /^(?:NOTE|TIP|IMPORTANT|CAUTION|WARNING):\s+/.exec(words);
    const markdownQuote = /^>\s?/.exec(words);
    const lead = admonition?.[0].length ?? markdownQuote?.[0].length ?? 0;
    canvas.fill(line.start, line.start + lead);
    const inQuote = quoted || markdownQuote !== null || /^\[(?:quote|verse)/.test(attributes);
    if (attached && markers.length > 0) begin('item', line.start + lead, line.end, { level: markers.length, group, quoted: inQuote, role });
    else {
      if (line.indent === 0) markers = [];
      const entry = section && /^(?:\[(\d{1,3})\]|(\d{1,3})[.)])\s/.exec(words);
      begin(section && (entry || /\b(?:19|20)\d\d\b|doi|https?:/.test(words)) ? section.kind : 'paragraph', line.start + lead, line.end, { quoted: inQuote, role, label: entry?.[1] ?? entry?.[2] ?? '' });
    }
    if (roleUntil === lines.length) roleUntil = endOfParagraph(i);
    attached = false;
    attributes = '';
  }
  close();

  /** The last line of the paragraph that a line stands in. */
  function endOfParagraph(from: number): number {
    let l = from;
    while (l + 1 < lines.length && l - from < 500 && lines[l + 1]!.text !== '') l++;
    return l;
  }

  function table(from: number, to: number): void {
    const start = lines[from]?.from ?? text.length;
    const end = Math.max(start, lines[Math.min(to, lines.length) - 1]?.end ?? start);
    for (let l = from; l < to && l < lines.length; l++) {
      if (/^\/\/(?!\/)/.test(lines[l]!.text)) { comments.push({ span: span(lines[l]!.start, lines[l]!.end), body: lines[l]!.text.slice(2) }); fillLine(lines[l]!); }
    }
    const cells = cellsOf(text, start, end);
    const wanted = /cols="?([^"\]]+)"?/.exec(attributes)?.[1];
    const first = lines.slice(from, Math.min(to, from + 20)).findIndex((line) => line.text !== '') + from;
    const firstEnd = lines[first]?.end ?? end;
    const inFirst = cells.filter((cell) => cell.at.start <= firstEnd).reduce((n, cell) => n + cell.span, 0);
    let columns = inFirst;
    if (wanted) {
      columns = 0;
      for (const part of wanted.split(/[,;]/)) columns += Number.parseInt(/^\s*(\d{1,3})\*/.exec(part)?.[1] ?? '1', 10);
    }
    columns = Math.max(1, Math.min(1000, columns));
    const implicit = first === from && lines[first + 1]?.text === '' && inFirst === columns && !/noheader/.test(attributes);
    const hasHeader = /%header|options="?[^"\]]*header(?<!noheader)|opts="?[^"\]]*header/.test(attributes) || implicit;
    const id = groups++;
    let index = 0;
    for (const cell of cells) {
      const row = Math.floor(index / columns);
      const at = cell.at;
      begin('cell', at.start, at.end, { group: id, row, column: index % columns, header: (hasHeader && row === 0), role });
      close();
      index += cell.span;
    }
    attributes = '';
  }
  return finish(canvas, { blocks, marks: gathered.marks, links: gathered.links, comments });
}

/** Markup characters as character references, which every AsciiDoc processor passes on. */
const escape = (text: string): string => text.replace(/[*_`#^~{]|<(?=<)|\[(?=\[)|\+(?=\+)|&(?=#?\w+;)/g, (c) => `&#${c.charCodeAt(0)};`);

/** AsciiDoc. */
export const asciidoc: Format = {
  id: 'asciidoc',
  extensions: ['.adoc', '.asciidoc', '.asc'],
  languages: ['asciidoc'],
  parse,
  write: {
    comment: (body) => `// ${body.replace(/\s*[\r\n]+\s*/g, ' ')}`,
    inline: escape,
    heading: (text, level) => `${'='.repeat(Math.min(6, Math.max(2, level)))} ${escape(text)}`,
    paragraph: escape,
    list: (items) => items.map((item) => `* ${escape(item)}`).join('\n'),
    footnote: (_label, text) => ({ mark: `footnote:[${escape(text).replace(/[[\]]/g, (c) => `&#${c.charCodeAt(0)};`)}]`, definition: '' }),
  },
};

import { Canvas, finish, listHeading, markKeys, roleOf } from './canvas';
import { block, type Block, type BlockKind, type Comment, type Format, type Parsed } from './format';
import { readInline, silent, paired, type Gathered, type InlineRule } from './inline';
import { bareLinks, linesOf, type Line } from './lines';
import { span } from '../text';

const RULE_LINE = /^([!-/:-@[-`{-~])\1{2,}$/;
const BULLET = /^[-*+•‣⁃](?:\s+|$)/;
const NUMBER = /^(?:(\d{1,3}|#|[A-Za-z]|[ivxlIVXL]{1,6})[.)]|\((\d{1,3}|#|[A-Za-z])\))(?:\s+|$)/;
const FIELD = /^:([^:\s`][^:\n`]{0,80}):(?:\s+|$)/;
const DIRECTIVE = /^\.\.\s+(?:\|[^|\n]{1,80}\|\s+)?([A-Za-z][\w.+-]*(?::[\w.+-]+)*)\s?::(?:\s+|$)/;
const EXPLICIT = /^\.\.(?:\s+|$)/;
const CODE = new Set(['code', 'code-block', 'sourcecode', 'parsed-literal', 'math', 'raw', 'include', 'literalinclude', 'contents', 'toctree', 'highlight', 'index', 'meta', 'role',
  'default-role', 'sectnum', 'unicode', 'date', 'replace', 'graphviz', 'doctest', 'testcode', 'productionlist', 'autoclass', 'automodule', 'header', 'footer', 'ifconfig', 'plot', 'youtube']);
const TITLED = new Set(['admonition', 'topic', 'sidebar', 'rubric', 'centered', 'dropdown', 'card', 'tab-item']);
const QUOTES = new Set(['epigraph', 'pull-quote']);
const CITE_ROLE = /^(?:cite(?::[a-z:]+)?|citep|citet|footcite(?::[a-z]+)?|cite_[a-z]+)$/;
const SILENT_ROLE = /^(?:ref|numref|eq|doc|download|math|code|literal|kbd|file|command|raw|label|index|any|py:\w+|c:\w+)$/;
const DEEPEST = 40;

const RULES: readonly InlineRule[] = [
  [/\\(\s|[^\s])/y, (m, { canvas }) => { canvas.fill(m.index, m.index + (m[1]!.trim() === '' ? 2 : 1)); }],
  silent(/``(?:[^`\n]|`(?!`)|\n(?!\s*\n)){1,600}``/y),
  [/:([A-Za-z][\w:.+-]{0,40}):`([^`]{1,600})`/y, (m, { canvas, marks }) => {
    const at = span(m.index, m.index + m[0].length);
    const role = m[1]!.toLowerCase();
    const start = at.end - 1 - m[2]!.length;
    if (CITE_ROLE.test(role)) { marks.push({ span: at, form: 'key', keys: m[2]!.replace(/\{[^}]*\}/g, '').split(',').map((key) => key.trim()).filter(Boolean) }); return at.end; }
    if (SILENT_ROLE.test(role)) { canvas.fill(at.start, at.end); return at.end; }
    const keys = role === 'sup' || role === 'superscript' ? markKeys(m[2]!) : undefined;
    if (keys && !/^[a-z]$/.test(keys[0]!) && !/(?:^|[\s/\d])(?:[mckd]?m|10)(?:\\ )?$/.test(canvas.text.slice(Math.max(0, at.start - 8), at.start))) { marks.push({ span: at, form: 'superscript', keys }); return at.end; }
    canvas.fill(at.start, start);
    const target = /\s*<[^<>`]*>$/.exec(m[2]!);
    canvas.fill(target ? start + target.index : at.end - 1, at.end);
    return start;
  }],
  [/`([^`<]{0,600}?)\s?<([^<>`]{1,2000})>`__?/y, (m, { canvas, links }) => {
    const start = m.index + 1;
    const end = start + m[1]!.length;
    const targetStart = m.index + m[0].lastIndexOf('<') + 1;
    const bare = m[1]!.trim() === '';
    canvas.fill(m.index, start);
    canvas.fill(bare ? m.index : end, m.index + m[0].length);
    const target = span(targetStart, targetStart + m[2]!.length);
    links.push({ span: bare ? target : span(start, end), target: m[2]!.replace(/\s+/g, ''), targetSpan: target, image: false });
    return bare ? m.index + m[0].length : start;
  }],
  [/`([^`]{1,600})`(?:__?)?/y, (m, { canvas }) => {
    canvas.fill(m.index, m.index + 1);
    canvas.fill(m.index + 1 + m[1]!.length, m.index + m[0].length);
    return m.index + 1;
  }],
  [/\[(\d{1,4}|#[\w.:+-]{0,80}|\*|[A-Za-z][\w.:+-]{0,80})\]_(?![\p{L}\p{N}])/uy, (m, { marks }) => {
    const key = m[1]!;
    marks.push({ span: span(m.index, m.index + m[0].length), form: /^[#*]/.test(key) ? 'footnote' : /^\d/.test(key) ? 'footnote' : 'key', keys: [key === '#' ? '#' : key.replace(/^#/, '')] });
  }],
  paired(/(\*\*)(?=\S)(?:[^*\n]|\*(?!\*)|\n(?!\s*\n)){1,1000}?\*\*/y),
  paired(/(?<![\p{L}\p{N}*])(\*)(?=[^\s*])(?:[^*\n]|\n(?!\s*\n)){1,1000}?\*(?![\p{L}\p{N}*])/uy),
  [/\|([^\s|][^|\n]{0,100})\|_{0,2}/y, (m, { canvas }) => canvas.fill(m.index, m.index + m[0].length)],
  [/(?<=[\p{L}\p{N}])__?(?![\p{L}\p{N}_])/uy, (m, { canvas }) => canvas.fill(m.index, m.index + m[0].length)],
];
const TRIGGERS = /[\\`*|[_]|:(?=[A-Za-z])/;

interface Context {
  readonly kind: BlockKind;
  readonly level: number;
  readonly quoted: boolean;
  readonly group: number;
  readonly label: string;
  readonly role: string;
}

const ROOT: Context = { kind: 'paragraph', level: 0, quoted: false, group: -1, label: '', role: '' };

/** A line without its first units, as the first line of what stands in an item or directive. */
const behind = (line: Line, length: number): Line => {
  const rest = line.text.slice(length);
  const lead = rest.length - rest.trimStart().length;
  const start = Math.min(line.end, line.start + length + lead);
  return { from: line.from, start, end: line.end, indent: line.indent + length + lead, text: rest.trimStart() };
};

function parse(text: string): Parsed {
  const canvas = new Canvas(text, false);
  const blocks: Block[] = [];
  const comments: Comment[] = [];
  const bibliographies: { name: string; span: { start: number; end: number } }[] = [];
  const gathered: Gathered = { canvas, marks: [], links: [], notes: [] };
  const styles: string[] = [];
  let groups = 0;
  let anonymous = 0; // `[#]_` and `.. [#]` pair up in order
  let section: { readonly kind: 'reference' | 'note'; readonly level: number } | undefined;
  let role = '';

  const add = (kind: BlockKind, start: number, end: number, rest: Partial<Block> = {}): void => {
    if (start >= end) return;
    readInline(gathered, start, end, TRIGGERS, RULES);
    gathered.links.push(...bareLinks(text, start, end).filter((link) => !canvas.filled(link.span.start)));
    blocks.push(block(kind, span(start, end), rest));
  };
  const fill = (line: Line): void => canvas.fill(line.start, line.end);
  const heading = (line: Line, level: number): void => {
    add('heading', line.start, line.end, { level });
    const entries = listHeading(line.text.replace(/[*_`]/g, ''));
    if (entries) section = { kind: entries, level };
    else if (section && level <= section.level) section = undefined;
    if (level < 7) role = roleOf(line.text);
  };
  /** Where the lines that are blank or further in than `indent` end, blank ones at the end left out. */
  const bodyEnd = (lines: readonly Line[], from: number, indent: number): number => {
    let last = from;
    for (let l = from; l < lines.length; l++) {
      if (lines[l]!.text === '') continue;
      if (lines[l]!.indent <= indent) break;
      last = l + 1;
    }
    return last;
  };

  const table = (lines: readonly Line[]): void => {
    const id = groups++;
    if (lines[0]!.text.startsWith('+')) { // grid
      const head = lines.findIndex((line) => /^\+[=+]+$/.test(line.text));
      let row = 0;
      let filled = false;
      lines.forEach((line, l) => {
        if (/^\+[-=+]+$/.test(line.text)) { if (filled) row++; filled = false; fill(line); return; }
        let at = line.start;
        let column = 0;
        for (const cell of line.text.replace(/^\||\|$/g, '').split('|')) {
          const start = at + (line.text.startsWith('|') ? 1 : 0);
          if (!/^[-+=\s]*$/.test(cell)) { add('cell', start, start + cell.length, { group: id, row, column, header: head > l }); filled = true; }
          at += cell.length + 1;
          column++;
        }
      });
      return;
    }
    // simple: columns stand under the signs of the border
    const starts = [...lines[0]!.text.matchAll(/=+/g)].map((m) => m.index);
    const borders = lines.flatMap((line, l) => /^=+(?:\s+=+)*$/.test(line.text) ? [l] : []);
    const head = borders.length > 2 ? borders[1]! : 0;
    let row = -1;
    lines.forEach((line, l) => {
      if (/^[=-]+(?:\s+[=-]+)*$/.test(line.text) || line.text === '') { fill(line); return; }
      const lead = line.indent - lines[0]!.indent;
      if (lead <= 0 || row < 0) row++;
      starts.forEach((from, column) => {
        const start = Math.max(line.start, line.start + from - lead);
        const end = column + 1 < starts.length ? Math.min(line.end, line.start + starts[column + 1]! - lead) : line.end;
        if (end > start) add('cell', start, end, { group: id, row, column, header: l < head });
      });
    });
  };

  /** Cells of comma-separated values on one line. */
  const values = (start: number, line: string, id: number, row: number, header: boolean): void => {
    let column = 0;
    for (const m of line.matchAll(/\s*(?:"((?:[^"]|"")*)"?|([^,]*))\s*(?:,|$)/g)) {
      if (m[0] === '' && m.index === line.length) break;
      const quotedCell = m[1] !== undefined;
      const at = start + m.index + m[0].indexOf(quotedCell ? '"' : m[2]!) + (quotedCell ? 1 : 0);
      add('cell', at, at + (m[1] ?? m[2] ?? '').length, { group: id, row, column, header });
      column++;
    }
  };

  const directive = (name: string, first: Line, body: readonly Line[], context: Context, depth: number): void => {
    const argument = first.text;
    let o = 0;
    const options = new Map<string, Line>();
    while (o < body.length && FIELD.test(body[o]!.text)) {
      const [all, option] = FIELD.exec(body[o]!.text)!;
      options.set(option!, behind(body[o]!, all.length));
      canvas.fill(body[o]!.start, body[o]!.end);
      o++;
    }
    const rest = body.slice(o);
    const content = rest.findIndex((line) => line.text !== '');
    if (CODE.has(name)) { fill(first); rest.forEach(fill); return; }
    if (name === 'image' || name === 'figure') {
      const target = span(first.start, first.end);
      if (target.end > target.start) gathered.links.push({ span: target, target: argument, targetSpan: target, image: true });
      fill(first);
      if (name === 'image') { rest.forEach(fill); return; }
      let stop = content;
      while (stop >= 0 && stop < rest.length && rest[stop]!.text !== '') stop++;
      if (content >= 0) {
        add('caption', rest[content]!.start, rest[stop - 1]!.end, { role: context.role });
        read(rest.slice(stop), context, depth + 1);
      }
      return;
    }
    if (name === 'bibliography') {
      for (const m of argument.matchAll(/\S+/g)) bibliographies.push({ name: m[0], span: span(first.start + m.index, first.start + m.index + m[0].length) });
      fill(first);
      return;
    }
    if (name === 'list-table' || name === 'csv-table' || name === 'table') {
      if (argument !== '') add('caption', first.start, first.end, { role: context.role });
      const id = groups;
      if (name === 'table') { read(rest, context, depth + 1); return; }
      groups++;
      const headers = Math.min(20, Number.parseInt(options.get('header-rows')?.text ?? '0', 10) || 0);
      let row = -1;
      if (name === 'csv-table') {
        const header = options.get('header');
        if (header) { canvas.show(header.start, header.end); row++; values(header.start, header.text, id, row, true); }
        for (const line of rest) if (line.text !== '') { row++; values(line.start, line.text, id, row, row < headers); }
        return;
      }
      let column = 0;
      let cell: { start: number; end: number } | undefined;
      const close = (): void => { if (cell) add('cell', cell.start, cell.end, { group: id, row, column, header: row < headers }); cell = undefined; };
      for (const line of rest) {
        const start = /^(\*\s+)?-(?:\s+|$)/.exec(line.text);
        if (start) {
          close();
          if (start[1]) { row++; column = 0; } else column++;
          canvas.fill(line.start, line.start + start[0].length);
          const at = behind(line, start[0].length);
          if (at.text !== '') cell = { start: at.start, end: at.end };
        } else if (line.text === '') close();
        else if (cell) cell.end = line.end;
        else cell = { start: line.start, end: line.end };
      }
      close();
      return;
    }
    if (TITLED.has(name)) {
      if (argument !== '') heading(first, 7);
      const titled = roleOf(argument);
      read(rest, { ...context, role: titled || context.role }, depth + 1);
      return;
    }
    if (QUOTES.has(name)) { read([first, ...rest], { ...context, quoted: true }, depth + 1); return; }
    if (/^(?:only|container|class|rst-class|compound|highlights|versionadded|versionchanged|deprecated|tab|grid|tab-set|glossary)$/.test(name)) {
      fill(first);
      read(rest, name === 'highlights' ? { ...context, role: 'summary' } : /\babstract\b/.test(argument) ? { ...context, role: 'abstract' } : context, depth + 1);
      return;
    }
    // An admonition or what is not known: its text is prose.
    if (/^(?:note|warning|tip|hint|important|caution|attention|danger|error|seealso)$/.test(name)) read([first, ...rest], context, depth + 1);
    else { fill(first); read(rest, context, depth + 1); }
  };

  const read = (lines: readonly Line[], context: Context, depth: number): void => {
    let i = 0;
    let paragraph: { start: number; end: number; last: number; indent: number } | undefined;
    let list = { group: -1, kind: '', level: 0 };
    const first = lines.find((line) => line.text !== '');
    if (!first) return;
    let base = first.indent;
    const entry = (words: string): boolean => section !== undefined && (context.kind === 'item' || /\b(?:19|20)\d\d\b|doi|https?:|^\[?\d/.test(words));
    const close = (): void => {
      if (!paragraph) return;
      const { start, end } = paragraph;
      paragraph = undefined;
      let kind = context.kind;
      if ((kind === 'item' || kind === 'paragraph') && entry(text.slice(start, Math.min(end, start + 400)))) kind = section!.kind;
      add(kind, start, end, {
        level: kind === 'item' ? context.level : 0, quoted: context.quoted, group: kind === 'item' ? context.group : -1,
        label: kind === 'note' || kind === 'reference' ? context.label : '', role: context.role || role,
      });
    };
    const isBlank = (l: number): boolean => (lines[l]?.text ?? '') === '';

    while (i < lines.length) {
      const line = lines[i]!;
      const words = line.text;
      if (words === '') { close(); i++; continue; }
      if (line.indent < base) base = line.indent;

      // An indented stretch behind a blank line is a quotation
      if (!paragraph && line.indent > base && depth < DEEPEST) {
        const end = Math.max(i + 1, bodyEnd(lines, i, base));
        read(lines.slice(i, end), { ...context, quoted: true }, depth + 1);
        i = end;
        continue;
      }
      if (!paragraph && EXPLICIT.test(words)) {
        const end = bodyEnd(lines, i + 1, line.indent);
        const body = lines.slice(i + 1, end);
        const note = /^\.\.\s+\[(\d{1,4}|#[\w.:+-]{0,80}|\*|[A-Za-z][\w.:+-]{0,80})\](?:\s+|$)/.exec(words);
        const named = note ? null : DIRECTIVE.exec(words);
        if (note) {
          const label = note[1] === '#' ? `#${++anonymous}` : note[1]!.replace(/^#/, '');
          canvas.fill(line.start, line.start + note[0].length);
          const kind = section?.kind ?? (/^[#*]/.test(note[1]!) ? 'note' : 'reference');
          const of = behind(line, note[0].length);
          if (depth < DEEPEST) read([{ ...of, indent: body.find((l) => l.text !== '')?.indent ?? of.indent }, ...body], { ...context, kind, label, group: -1, level: 0 }, depth + 1);
          i = end;
        } else if (named && depth < DEEPEST) {
          canvas.fill(line.start, line.start + named[0].length);
          const of = behind(line, named[0].length);
          directive(named[1]!.toLowerCase(), { ...of, indent: body.find((l) => l.text !== '')?.indent ?? of.indent }, body, context, depth);
          i = end;
        } else if (/^\.\.\s+(?:_[^\n]*:|__\s?:)/.test(words)) { // a target
          fill(line);
          i++;
        } else {
          // An empty comment takes nothing with it.
          const last = words === '..' && isBlank(i + 1) ? i + 1 : end;
          const to = lines[Math.max(i, last - 1)]!;
          const stop = last > i + 1 ? to.end : line.end;
          comments.push({ span: span(line.start, stop), body: text.slice(line.start + 2, stop) });
          canvas.fill(line.start, stop);
          i = Math.max(i + 1, last);
        }
        continue;
      }

      // Titles
      const rule = RULE_LINE.test(words);
      const under = lines[i + 1]?.text ?? '';
      if (!paragraph && rule && under !== '' && lines[i + 2]?.text === words && !RULE_LINE.test(under)) {
        fill(line);
        fill(lines[i + 2]!);
        const style = `${words[0]}${words[0]}`;
        if (!styles.includes(style)) styles.push(style);
        heading(lines[i + 1]!, Math.min(6, styles.indexOf(style) + 1));
        list = { group: -1, kind: '', level: 0 };
        i += 3;
        continue;
      }
      if (!paragraph && !rule && RULE_LINE.test(under) && under.length >= Math.min(4, words.length) && words.length <= 200 && !/^(?:::|\.\.)/.test(under) && (lines[i + 1]!.indent === line.indent)) {
        fill(lines[i + 1]!);
        const style = under[0]!;
        if (!styles.includes(style)) styles.push(style);
        heading(line, Math.min(6, styles.indexOf(style) + 1));
        list = { group: -1, kind: '', level: 0 };
        i += 2;
        continue;
      }
      // Tables
      if (!paragraph && (/^\+(?:-{2,}\+)+$/.test(words) || /^={2,}(?:\s+={2,})+$/.test(words))) {
        const grid = words.startsWith('+');
        let end = i + 1;
        if (grid) while (end < lines.length && /^[+|]/.test(lines[end]!.text)) end++;
        else for (let l = i + 1, seen = 1; l < lines.length; l++) {
          if (!/^={2,}(?:\s+={2,})*$/.test(lines[l]!.text)) continue;
          seen++;
          end = l + 1;
          if (seen === 3 || isBlank(l + 1)) break;
        }
        table(lines.slice(i, end));
        i = end;
        continue;
      }
      if (rule) { close(); fill(line); i++; continue; }

      // Fields
      const field = paragraph ? null : FIELD.exec(words);
      if (field) {
        const end = bodyEnd(lines, i + 1, line.indent);
        const name = field[1]!.toLowerCase();
        canvas.fill(line.start, line.start + field[0].length);
        const body = [behind(line, field[0].length), ...lines.slice(i + 1, end)];
        if (/^(?:title|subtitle|description)$/.test(name)) { if (body[0]!.text !== '') add('title', body[0]!.start, body[body.length - 1]!.end); }
        else if (/^(?:abstract|summary)$/.test(name) && depth < DEEPEST) read(body, { ...context, role: name }, depth + 1);
        else body.forEach(fill);
        i = end;
        continue;
      }

      // Lists
      const marker = paragraph ? null : BULLET.exec(words) ?? NUMBER.exec(words);
      if (marker && depth < DEEPEST && !(/^[A-Za-z]+\./.test(marker[0]) && lines[i + 1]?.text && lines[i + 1]!.indent <= line.indent && !NUMBER.test(lines[i + 1]!.text))) {
        const kind = BULLET.test(words) ? words[0]! : '1';
        if (list.kind !== kind) list = { group: context.kind === 'item' ? context.group : groups++, kind, level: context.kind === 'item' ? context.level + 1 : 1 };
        const end = bodyEnd(lines, i + 1, line.indent);
        canvas.fill(line.start, line.start + marker[0].trimEnd().length);
        const of = behind(line, marker[0].length);
        const following = lines.slice(i + 1, end);
        const number = marker[1] ?? marker[2] ?? '';
        read([{ ...of, indent: following.find((l) => l.text !== '')?.indent ?? of.indent }, ...following], {
          ...context, kind: 'item', level: list.level, group: list.group, label: /^\d/.test(number) ? number : '',
        }, depth + 1);
        i = Math.max(i + 1, end);
        continue;
      }
      // A term with its definition
      const next = lines[i + 1];
      if (!paragraph && next && next.text !== '' && next.indent > line.indent && depth < DEEPEST && words.length <= 300) {
        add('heading', line.start, line.end, { level: 7, quoted: context.quoted });
        if (list.kind !== ':') list = { group: groups++, kind: ':', level: 1 };
        const end = bodyEnd(lines, i + 1, line.indent);
        read(lines.slice(i + 1, end), { ...context, kind: 'item', level: list.level, group: list.group }, depth + 1);
        i = end;
        continue;
      }
      if (!paragraph) {
        const bar = /^\|\s+/.exec(words);
        if (bar) canvas.fill(line.start, line.start + bar[0].length);
        paragraph = { start: line.start + (bar?.[0].length ?? 0), end: line.end, last: i, indent: line.indent };
        list = { group: -1, kind: '', level: 0 };
      } else {
        if (/^\|\s/.test(words)) canvas.fill(line.start, line.start + 1);
        paragraph.end = line.end;
      }
      i++;
      // `::` at its end: what follows further in is literal
      if (/::$/.test(words) && (isBlank(i) || i >= lines.length)) {
        canvas.fill(line.end - (words === '::' ? 2 : 1), line.end);
        const end = bodyEnd(lines, i, line.indent);
        close();
        for (let l = i; l < end; l++) fill(lines[l]!);
        i = Math.max(i, end);
      }
    }
    close();
  };
  read(linesOf(text), ROOT, 0);
  let anonymousMark = 0;
  const marks = gathered.marks.sort((a, b) => a.span.start - b.span.start).map((mark) => mark.keys[0] === '#' ? { ...mark, keys: [`#${++anonymousMark}`] } : mark);
  return finish(canvas, { blocks, marks, links: gathered.links, comments, bibliographies });
}

const escape = (text: string): string => text.replace(/[\\*`|]|(?<=[\p{L}\p{N}\])])_(?![\p{L}\p{N}])/gu, (c) => `\\${c}`);
const LINES = ['=', '-', '~', '^', '"', "'"];

/** reStructuredText. */
export const restructuredtext: Format = {
  id: 'restructuredtext',
  extensions: ['.rst', '.rest'],
  languages: ['restructuredtext'],
  parse,
  write: {
    comment: (body) => `.. ${body.replace(/\s*[\r\n]+\s*/g, ' ')}`,
    inline: escape,
    heading: (text, level) => `${escape(text)}\n${LINES[Math.min(6, Math.max(1, level)) - 1]!.repeat(Math.max(4, escape(text).length))}`,
    paragraph: escape,
    list: (items) => items.map((item) => `- ${escape(item)}`).join('\n'),
    footnote: (label, text) => {
      const key = /^\d+$/.test(label) ? label : `#${label}`;
      return { mark: ` [${key}]_`, definition: `.. [${key}] ${escape(text)}` };
    },
  },
};

import { Canvas, finish, listHeading, markKeys, roleOf } from './canvas';
import { block, type Block, type BlockKind, type Comment, type Format, type Link, type Mark, type Parsed } from './format';
import { span, words } from '../text';

const LEVELS: { readonly [command: string]: number } = { part: 1, chapter: 1, section: 2, subsection: 3, subsubsection: 4, paragraph: 5, subparagraph: 6, frametitle: 2, framesubtitle: 3 };
/** Commands whose arguments say nothing to a reader. */
const SILENT = words('label ref eqref cref Cref autoref pageref nameref vref url nolinkurl path includegraphics input include includeonly subfile '
  + 'bibliographystyle usepackage RequirePackage documentclass vspace hspace setlength addtolength setcounter addtocounter newcommand renewcommand '
  + 'providecommand newenvironment renewenvironment DeclareMathOperator newtheorem definecolor color pagecolor pagestyle thispagestyle hypersetup graphicspath geometry '
  + 'author date affil affiliation address email institute thanks orcid keywords todo index glsadd marginpar marginnote nocite hypertarget '
  + 'cmidrule cline bibdata tag phantom hphantom vphantom sisetup captionsetup fancyhf lhead rhead cfoot lfoot rfoot chead hyphenation DeclareRobustCommand def let '
  + 'lstset lstinputlisting addcontentsline markboth markright setmainfont selectlanguage linespread rule protect ensuremath bibinfo citestyle');
/** How many braces come before the one with the text. */
const BEFORE: { readonly [command: string]: number } = {
  textcolor: 1, colorbox: 1, fcolorbox: 2, parbox: 1, multicolumn: 2, multirow: 2, raisebox: 1, resizebox: 2, scalebox: 1, rotatebox: 1, foreignlanguage: 1, captionof: 1, href: 1, adjustbox: 1,
};
/** How many braces stand behind `\begin{…}` of an environment. */
const ARGUMENTS: { readonly [environment: string]: number } = { tabular: 1, 'tabular*': 2, tabularx: 2, tabulary: 2, longtable: 1, array: 1, minipage: 1, multicols: 1, thebibliography: 1, adjustbox: 1, wrapfigure: 2, wraptable: 2 };
const HIDDEN = words('equation align gather multline eqnarray alignat flalign math displaymath verbatim Verbatim lstlisting minted comment tikzpicture filecontents algorithm algorithmic CCSXML');
const TABLES = words('tabular tabularx tabulary longtable array');
const QUOTES = words('quote quotation displayquote quoting verse blockquote');
const SIGNS: { readonly [command: string]: string } = {
  ldots: '…', dots: '…', textellipsis: '…', ss: 'ß', ae: 'æ', AE: 'Æ', oe: 'œ', OE: 'Œ', o: 'ø', O: 'Ø', aa: 'å', AA: 'Å', l: 'ł', L: 'Ł', i: 'ı', j: 'ȷ',
  textmu: 'µ', micro: 'µ', textdegree: '°', degree: '°', textendash: '–', textemdash: '—', textregistered: '®', texttrademark: '™', S: '§', P: '¶', dag: '†', ddag: '‡',
  pounds: '£', textsterling: '£', euro: '€', textgreater: '>', textless: '<', textasciitilde: '~', textasciicircum: '^', textbackslash: '\\', textquoteright: '’', textquoteleft: '‘',
  quad: ' ', qquad: ' ', space: ' ', percent: '%', mg: 'mg', kg: 'kg', per: '/', milli: 'm', gram: 'g', kilogram: 'kg', milligram: 'mg', hour: 'h', minute: 'min', newline: '\n', linebreak: ' ', slash: '/',
};
const ACCENTS: { readonly [sign: string]: string } = {
  '`': '\u0300', "'": '\u0301', '^': '\u0302', '~': '\u0303', '"': '\u0308', '=': '\u0304', '.': '\u0307', u: '\u0306', v: '\u030c', H: '\u030b', c: '\u0327', k: '\u0328', r: '\u030a', d: '\u0323', b: '\u0331',
};
const CITE = /^(?:[Ff]ull|foot|[Pp]aren|[Tt]ext|[Aa]uto|[Ss]mart|super|short)?[Cc]ite(?:s|p|t|al[pt]|ps|ts|author|year|yearpar|num|text)?$|^[Cc]ite(?:p|t)$/;

interface Context {
  readonly kind: BlockKind;
  readonly level: number;
  readonly quoted: boolean;
  readonly hidden: boolean;
  readonly role: string;
  readonly label: string;
  readonly list: { readonly group: number; readonly depth: number } | undefined;
  readonly table: { readonly group: number; readonly firstBlock: number; row: number; column: number; head: number; rules: number } | undefined;
}

const ROOT: Context = { kind: 'paragraph', level: 0, quoted: false, hidden: false, role: '', label: '', list: undefined, table: undefined };
const DEEPEST = 400;

/** For each `{` where its `}` stands; braces in comments and escaped ones do not count. */
function matchBraces(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '%') while (i + 1 < text.length && text[i + 1] !== '\n') i++;
    else if (c === '{') open.push(i);
    else if (c === '}' && open.length > 0) pairs.set(open.pop()!, i);
  }
  return pairs;
}

function parse(text: string): Parsed {
  const canvas = new Canvas(text, true);
  const blocks: Block[] = [];
  const marks: Mark[] = [];
  const links: Link[] = [];
  const comments: Comment[] = [];
  const bibliographies: { name: string; span: { start: number; end: number } }[] = [];
  const pairs = matchBraces(text);
  const gaps = [...text.matchAll(/\n[ \t]*\r?\n/g)].map((m) => m.index);
  const unclosed = new Set<string>();
  const stack: { readonly close: number; readonly name: string; readonly outer: Context; readonly after: (() => void) | undefined }[] = [];
  const documentStart = text.indexOf('\\begin{document}');
  let context: Context = documentStart >= 0 ? { ...ROOT, hidden: true } : ROOT;
  let groups = 0;
  let notes = 0;
  let section: 'reference' | 'note' | undefined;
  let run = -1;
  let runEnd = -1;
  let runContext = ROOT;
  let ended = false;

  const flush = (): void => {
    if (run < 0) return;
    const { kind, level, quoted, role, label, list, table } = runContext;
    const at = span(run, runEnd);
    run = -1;
    if (kind === 'heading') section = listHeading(canvas.read(at.start, at.end));
    const entry = section && (kind === 'item' || kind === 'paragraph') ? section : kind;
    blocks.push(block(entry, at, {
      level: entry === 'heading' || entry === 'item' ? level : 0, quoted, role, label: entry === 'note' || entry === 'reference' ? label : '',
      group: kind === 'cell' ? table?.group ?? -1 : kind === 'item' ? list?.group ?? -1 : -1,
      row: kind === 'cell' && table ? table.row : -1, column: kind === 'cell' && table ? table.column : -1,
    }));
  };
  const touch = (start: number, end: number): void => {
    if (run < 0) { run = start; runContext = context; }
    runEnd = Math.max(runEnd, end);
    if (run === start) runEnd = end;
  };
  const show = (start: number, end: number): void => {
    if (context.hidden || ended) return;
    canvas.show(start, end);
    if (/\S/.test(text.slice(start, end))) touch(start, end);
  };
  const put = (value: string, start: number, end: number): void => {
    if (context.hidden || ended) return;
    canvas.put(value, start, end);
    if (value.trim() !== '') touch(start, end);
  };
  const enter = (close: number, name: string, next: Context, after?: () => void): void => {
    if (stack.length >= DEEPEST) return;
    stack.push({ close, name, outer: context, after });
    context = next;
  };
  const leave = (): void => {
    const frame = stack.pop()!;
    frame.after?.();
    context = frame.outer;
  };
  /** The end of a brace group whose `{` stands at an offset, or undefined where it is not closed in its paragraph. */
  const groupEnd = (at: number, far = false): number | undefined => {
    const close = pairs.get(at);
    if (close === undefined || far) return close;
    let low = 0;
    let high = gaps.length;
    while (low < high) { const middle = (low + high) >> 1; if (gaps[middle]! < at) low = middle + 1; else high = middle; }
    return low < gaps.length && gaps[low]! < close ? undefined : close;
  };
  /** Skips `[…]`; half-typed ones end with their line. */
  const skipOptional = (at: number): number => {
    let i = at;
    while (text[i] === '[' || text[i] === '*') {
      if (text[i] === '*') { i++; continue; }
      const found = /\][^\S\n]*|\n[ \t]*\r?\n/g;
      found.lastIndex = i;
      let depth = 0;
      let j = i;
      for (; j < text.length && j - i < 1000; j++) {
        if (text[j] === '{') { const close = pairs.get(j); if (close === undefined || close - i > 1000) break; j = close; }
        else if (text[j] === '[') depth++;
        else if (text[j] === ']' && --depth === 0) break;
        else if (text[j] === '\n' && /^\n[ \t]*\r?\n/.test(text.slice(j, j + 40))) break;
      }
      if (text[j] !== ']') return i;
      i = j + 1;
    }
    return i;
  };
  const skipSpaces = (at: number): number => { let i = at; while (text[i] === ' ' || text[i] === '\t') i++; return i; };
  const skipArguments = (at: number, far: boolean): number => {
    let i = skipOptional(at);
    for (;;) {
      const brace = skipSpaces(i);
      if (text[brace] === '[') { const next = skipOptional(brace); if (next === brace) return brace; i = next; continue; }
      if (text[brace] !== '{') return i;
      const close = groupEnd(brace, far);
      if (close === undefined) { const line = text.indexOf('\n', brace); return line < 0 ? text.length : line; }
      i = close + 1;
    }
  };
  const names = (from: number, to: number): { name: string; at: { start: number; end: number } }[] =>
    [...text.slice(from, to).matchAll(/[^,\s](?:[^,]*[^,\s])?/g)].map((m) => ({ name: m[0], at: span(from + m.index, from + m.index + m[0].length) }));

  /** Opens the text of a command as a block of its own. */
  const blockArgument = (at: number, next: Partial<Context>): number => {
    const brace = skipSpaces(skipOptional(at));
    if (text[brace] !== '{') return brace;
    const close = groupEnd(brace);
    flush();
    if (close === undefined) { // half-typed: the rest of its line
      const line = text.indexOf('\n', brace);
      enter(line < 0 ? text.length : line, '\n', { ...context, ...next }, flush);
    } else enter(close, '}', { ...context, ...next }, flush);
    return brace + 1;
  };

  const beginEnvironment = (name: string, after: number): number => {
    const plain = name.replace(/\*$/, '');
    if (HIDDEN.has(plain)) {
      const end = unclosed.has(name) ? -1 : text.indexOf(`\\end{${name}}`, after);
      if (end < 0) { unclosed.add(name); return after; }
      if (plain === 'verbatim' || plain === 'lstlisting' || plain === 'minted' || plain === 'comment') flush();
      return end + name.length + 6;
    }
    if (name === 'document') { flush(); stack.length = 0; context = ROOT; return after; }
    flush();
    let i = skipOptional(after);
    for (let n = ARGUMENTS[name] ?? 0; n > 0 && text[skipSpaces(i)] === '{'; n--) {
      const close = groupEnd(skipSpaces(i));
      if (close === undefined) break;
      i = skipOptional(close + 1);
    }
    let next: Context = context;
    let done: (() => void) | undefined;
    if (plain === 'itemize' || plain === 'enumerate' || plain === 'description' || plain === 'compactitem' || plain === 'inparaenum' || plain === 'tasks') {
      const list = { group: context.list?.group ?? groups++, depth: (context.list?.depth ?? 0) + 1 };
      next = { ...context, kind: 'item', level: list.depth, list };
    } else if (TABLES.has(plain)) {
      const table = { group: groups++, firstBlock: blocks.length, row: 0, column: 0, head: -1, rules: 0 };
      next = { ...context, kind: 'cell', level: 0, table };
      done = () => {
        const head = table.head < 0 ? 1 : table.head;
        for (let b = table.firstBlock; b < blocks.length; b++) {
          const cell = blocks[b]!;
          if (cell.kind === 'cell' && cell.group === table.group && cell.row < head) blocks[b] = { ...cell, header: true };
        }
      };
    } else if (QUOTES.has(plain)) next = { ...context, quoted: true };
    else if (plain === 'thebibliography') next = { ...context, kind: 'reference' };
    else if (roleOf(plain)) next = { ...context, role: roleOf(plain) };
    enter(-1, name, next, () => { flush(); done?.(); });
    return i;
  };
  const endEnvironment = (name: string): void => {
    flush();
    if (name === 'document') { ended = true; return; }
    for (let d = stack.length - 1; d >= 0; d--) {
      if (stack[d]!.name !== name) continue;
      while (stack.length > d) leave();
      return;
    }
  };

  const command = (start: number): number => {
    const match = /\\(?:[A-Za-z@]+|[\s\S]|$)/y;
    match.lastIndex = start;
    const name = match.exec(text)![0].slice(1);
    const end = start + 1 + name.length;
    if (name === 'begin' || name === 'end') {
      const environment = /\s{0,8}\{([A-Za-z]{1,40}\*?)\}/y;
      environment.lastIndex = end;
      const found = environment.exec(text);
      if (!found) return end;
      if (name === 'begin') return beginEnvironment(found[1]!, environment.lastIndex);
      endEnvironment(found[1]!);
      return environment.lastIndex;
    }
    if (LEVELS[name]) return blockArgument(end, { kind: 'heading', level: LEVELS[name]!, list: undefined, table: undefined, label: '', hidden: false });
    if (name === 'title' || name === 'subtitle') return blockArgument(end, { kind: 'title', level: 0, hidden: false });
    if (name === 'abstract') return blockArgument(end, { hidden: false, role: 'abstract' });
    if (name === 'caption' || name === 'subcaption') return blockArgument(end, { kind: 'caption', level: 0, label: '' });
    if (CITE.test(name) && !context.hidden) {
      let i = skipOptional(end);
      const keys: string[] = [];
      let groupsSeen = 0;
      while (text[i] === '{' && (groupsSeen === 0 || name.endsWith('s'))) {
        const close = groupEnd(i);
        if (close === undefined) break;
        keys.push(...names(i + 1, close).map((key) => key.name));
        i = name.endsWith('s') ? skipOptional(close + 1) : close + 1;
        groupsSeen++;
      }
      if (groupsSeen > 0) {
        marks.push({ span: span(start, i), form: 'key', keys });
        if (run >= 0) runEnd = i;
        else if (context.kind === 'cell' || context.kind === 'item') touch(start, i);
      } else if (text[i] === '{') { const line = /[\s]/g; line.lastIndex = i; return line.exec(text)?.index ?? text.length; }
      return i;
    }
    if ((name === 'footnote' || name === 'footnotetext' || name === 'endnote') && !context.hidden) {
      const brace = skipOptional(end);
      const close = text[brace] === '{' ? groupEnd(brace, true) : undefined;
      if (close === undefined) return brace;
      const key = `fn${++notes}`;
      const before = run < 0 ? '' : canvas.read(Math.max(run, runEnd - 12), runEnd).trimEnd();
      const behind = text.slice(close + 1, close + 60);
      const apart = context.kind !== 'cell' && (run < 0 || /[.!?:]["'”’)]*$/.test(before) && /^\s*(?:$|[\p{Lu}\d\\%“"`(}]|\n\s*\n)/u.test(behind) || /^\s*?(?:\n[ \t]*\r?\n|\s*\\(?:end|item)\b|$)/.test(behind));
      if (!apart) { // within a sentence: the note stays with its mark, and the sentence stays whole
        marks.push({ span: span(start, close + 1), form: 'footnote', keys: [] });
        if (run >= 0) runEnd = close + 1;
        return close + 1;
      }
      marks.push({ span: span(start, brace + 1), form: 'footnote', keys: [key] });
      if (run >= 0) runEnd = brace + 1;
      flush();
      enter(close, '}', { ...context, kind: 'note', level: 0, label: key }, flush);
      return brace + 1;
    }
    if (name === 'textsuperscript' || name === 'textsup') {
      const close = text[end] === '{' ? groupEnd(end) : undefined;
      const keys = close === undefined || close - end > 60 ? undefined : markKeys(text.slice(end + 1, close).replace(/\\(?=[,;])/g, ''));
      if (keys && close !== undefined && run >= 0 && !context.hidden && !/^[a-z]$/.test(keys[0]!)) {
        marks.push({ span: span(start, close + 1), form: 'superscript', keys });
        runEnd = close + 1;
        return close + 1;
      }
      return end;
    }
    if (name === 'bibitem') {
      const brace = skipOptional(end);
      const close = text[brace] === '{' ? groupEnd(brace) : undefined;
      flush();
      if (close === undefined) return brace;
      context = { ...context, kind: 'reference', level: 0, label: text.slice(brace + 1, close).trim() };
      return close + 1;
    }
    if (name === 'item') {
      flush();
      const label = /\s*\[([^\]\n]{0,200})\]/y;
      label.lastIndex = end;
      const found = label.exec(text);
      if (found && found[1]!.trim() !== '' && !context.hidden) {
        const open = text.indexOf('[', end);
        const close = open + 1 + found[1]!.length;
        enter(close, ']', context, () => put(/[:.?!]\s*$/.test(found[1]!) ? ' ' : ':', close, close + 1));
        return open + 1;
      }
      return end;
    }
    if (name === 'bibliography' || name === 'addbibresource') {
      const brace = skipOptional(end);
      const close = text[brace] === '{' ? groupEnd(brace) : undefined;
      if (close === undefined) return brace;
      bibliographies.push(...names(brace + 1, close).map(({ name: file, at }) => ({ name: file, span: at })));
      return close + 1;
    }
    if (name === 'verb' || name === 'lstinline') {
      const quote = text[end];
      const close = quote === undefined ? -1 : text.slice(end + 1, end + 1000).split('\n', 1)[0]!.indexOf(quote === '{' ? '}' : quote);
      return close >= 0 ? end + close + 2 : end;
    }
    if (name === 'url' || name === 'nolinkurl') {
      const close = text[end] === '{' ? groupEnd(end) : undefined;
      if (close !== undefined) {
        const at = span(end + 1, close);
        links.push({ span: at, target: text.slice(at.start, at.end).replace(/\\(?=[%#_&])/g, ''), targetSpan: at, image: false });
        if (run >= 0) runEnd = close + 1;
        return close + 1;
      }
    }
    if (name === 'includegraphics') {
      const brace = skipOptional(end);
      const close = text[brace] === '{' ? groupEnd(brace) : undefined;
      if (close !== undefined) { const at = span(brace + 1, close); links.push({ span: at, target: text.slice(at.start, at.end), targetSpan: at, image: true }); }
    }
    if (SILENT.has(name)) return skipArguments(end, /command|environment|author|thanks|affil|def|sisetup|hypersetup|institute|todo/.test(name));
    if (BEFORE[name] && !context.hidden) {
      let i = skipOptional(end);
      let first: { start: number; end: number } | undefined;
      for (let n = BEFORE[name]!; n > 0; n--) {
        i = skipSpaces(i);
        const close = text[i] === '{' ? groupEnd(i) : undefined;
        if (close === undefined) return i;
        first ??= span(i + 1, close);
        i = skipOptional(close + 1);
      }
      if (name === 'href' && first && text[i] === '{' && groupEnd(i) !== undefined) {
        links.push({ span: span(i + 1, groupEnd(i)!), target: text.slice(first.start, first.end).replace(/\\(?=[%#_&])/g, ''), targetSpan: first, image: false });
      }
      if (name === 'captionof') return blockArgument(i, { kind: 'caption', level: 0, label: '' });
      if (name === 'multicolumn' && context.table && first) context.table.column += Math.max(0, Math.min(100, Number.parseInt(text.slice(first.start, first.end), 10) - 1 || 0));
      return i;
    }
    if (name === 'enquote' || name === 'textquote') {
      const brace = skipOptional(end);
      const close = text[brace] === '{' ? groupEnd(brace) : undefined;
      if (close === undefined) return brace;
      put('"', start, start + 1);
      enter(close, '}', context, () => put('"', close, close + 1));
      return brace + 1;
    }
    if (name === 'SI' || name === 'qty' || name === 'SIrange') {
      const brace = skipOptional(end);
      const close = text[brace] === '{' ? groupEnd(brace) : undefined;
      if (close === undefined || text[close + 1] !== '{') return brace;
      put(' ', close + 1, close + 2);
      enter(close, '}', context);
      return brace + 1;
    }
    if (name === 'midrule' || name === 'hline' || name === 'endhead' || name === 'endfirsthead') {
      const { table } = context;
      if (table && (name !== 'hline' || table.row > 0) && table.head < 0) table.head = table.row;
      return end;
    }
    if (name === 'par' || name === 'maketitle' || name === 'newpage' || name === 'clearpage' || name === 'bigskip' || name === 'medskip') { flush(); return end; }
    if (name === '\\' || name === 'tabularnewline' || name === 'cr') {
      const { table } = context;
      if (table && context.kind === 'cell') { flush(); table.row++; table.column = 0; } else put('\n', start, end);
      return skipOptional(end);
    }
    if (name.length === 1 && '%&$#_{}'.includes(name)) { put(name, start, end); return end; }
    if (name === ',' || name === ';' || name === ':' || name === ' ' || name === '\n' || name === '\t') {
      if (name === '\n') return start + 1;
      put(' ', start, end);
      return end;
    }
    const accent = ACCENTS[name];
    if (accent && !context.hidden) {
      const base = /\s{0,4}(?:\{(?:\\?([A-Za-z]))?\}|\\?([A-Za-z]))/y;
      base.lastIndex = end;
      const found = base.exec(text);
      const letter = found?.[1] ?? found?.[2];
      if (found && letter && !(name.length === 1 && /[A-Za-z]/.test(name) && found[2] !== undefined && text[end] !== ' ')) {
        put((letter + accent).normalize('NFC'), start, base.lastIndex);
        return base.lastIndex;
      }
    }
    const sign = SIGNS[name];
    if (sign !== undefined) {
      const close = text.startsWith('{}', end) ? end + 2 : end;
      put(sign, start, close);
      return close;
    }
    return text[end] === '[' ? skipOptional(end) : end;
  };

  /** `$…$`: simple figures and letters read as they stand, a raised number is a mark, the rest is left out. */
  const math = (start: number): number => {
    const display = text.startsWith('$$', start);
    const open = display ? 2 : 1;
    let i = start + open;
    for (; i < text.length && i - start < 2000; i++) {
      if (text[i] === '\\') { i++; continue; }
      if (text[i] === '$') break;
      if (text[i] === '\n' && /^\n[ \t]*\r?\n/.test(text.slice(i, i + 40))) break;
    }
    if (text[i] !== '$') { show(start, start + open); return start + open; }
    const end = Math.min(text.length, i + open);
    const body = text.slice(start + open, i);
    const raised = /^(?:\{\})?\^\{?([\d,;\s–-]{1,20}|[*]|\\dag(?:ger)?)\}?$/.exec(body);
    const keys = raised && run >= 0 ? markKeys(raised[1]!.replace(/\\dag(?:ger)?/, '†')) : undefined;
    if (keys && !context.hidden && !/(?:^|[\s/\d])(?:[mck]?m|10)$/.test(canvas.read(Math.max(run, start - 6), start))) {
      marks.push({ span: span(start, end), form: 'superscript', keys });
      runEnd = end;
    } else if (!display && body.length <= 60 && /^(?:[\d\s.,:;=<>+\-/()'[\]]|\\[%,;]|(?<![A-Za-z\\])[A-Za-z](?![A-Za-z]))*$/.test(body)) {
      for (let j = start + open; j < i; j++) {
        if (text[j] === '\\') { put(text[j + 1] === '%' ? '%' : ' ', j, j + 2); j++; } else show(j, j + 1);
      }
    } else if (run >= 0) runEnd = end;
    return end;
  };

  const plain = /[^\\{}$%&~\n`'\]]+/y;
  let i = 0;
  while (i < text.length) {
    while (stack.length > 0 && stack[stack.length - 1]!.close >= 0 && stack[stack.length - 1]!.close < i) leave();
    const last = stack[stack.length - 1];
    if (last && last.close === i && last.close >= 0) { leave(); if (text[i] !== '\n') { i++; continue; } }
    plain.lastIndex = i;
    if (plain.test(text)) {
      const end = last && last.close > i ? Math.min(plain.lastIndex, last.close) : plain.lastIndex;
      show(i, end);
      i = end;
      continue;
    }
    const c = text[i]!;
    if (c === '\\') i = command(i);
    else if (c === '{') { const close = pairs.get(i); if (close !== undefined && !ended) enter(close, '}', context); i++; }
    else if (c === '$') i = math(i);
    else if (c === '%') {
      const line = text.indexOf('\n', i);
      const stop = line < 0 ? text.length : line;
      const end = text[stop - 1] === '\r' ? stop - 1 : stop;
      comments.push({ span: span(i, end), body: text.slice(i + 1, end) });
      i = stop;
    } else if (c === '&') {
      if (context.table && context.kind === 'cell') { flush(); context.table.column++; } else show(i, i + 1);
      i++;
    } else if (c === '~') { put(' ', i, i + 1); i++; }
    else if (c === '\n') {
      show(i, i + 1);
      if (/^\n[ \t]*\r?\n/.test(text.slice(i, i + 200))) flush();
      i++;
    } else if ((c === '`' || c === "'") && text[i + 1] === c) { put('"', i, i + 2); i += 2; }
    else if (c === '`') { put("'", i, i + 1); i++; }
    else if (c === '}') i++;
    else { show(i, i + 1); i++; }
  }
  flush();
  while (stack.length > 0) leave();
  return finish(canvas, { blocks, marks, links, comments, bibliographies });
}

const ESCAPES: { readonly [c: string]: string } = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' };
const escape = (text: string): string => text.replace(/[\\%&$#_{}~^]/g, (c) => ESCAPES[c] ?? `\\${c}`);

/** LaTeX. */
export const latex: Format = {
  id: 'latex',
  extensions: ['.tex', '.latex'],
  languages: ['latex', 'tex'],
  parse,
  write: {
    comment: (body) => `% ${body.replace(/\s*[\r\n]+\s*/g, ' ')}`,
    inline: escape,
    heading: (text, level) => `\\${['section', 'section', 'subsection', 'subsubsection', 'paragraph', 'subparagraph'][Math.min(6, Math.max(1, level)) - 1]}{${escape(text)}}`,
    paragraph: escape,
    list: (items) => `\\begin{itemize}\n${items.map((item) => `  \\item ${escape(item)}\n`).join('')}\\end{itemize}`,
    footnote: (_label, text) => ({ mark: `\\footnote{${escape(text)}}`, definition: '' }),
  },
};

import { span } from '../text';
import { authorOf, bareDoi, saysRetracted, yearIn, type Entry, type Problem, type Read } from './entry';

// RIS: `TY  - JOUR` … `ER  - `, a tag a line. A record that is not ended ends where the next begins.

const LINE = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
const TAG = /^\ufeff?([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$/;

interface Field { readonly tag: string; value: string; readonly start: number }

/** Reads a RIS file. Never throws. */
export function readRis(text: string): Read {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  let fields: Field[] = [];
  let start = -1;
  let end = 0;
  let stray = false;
  const finish = (ended: boolean): void => {
    if (start >= 0) {
      if (!ended) problems.push({ message: 'This record is not ended: its line “ER  -” is missing.', span: span(start, Math.min(end, lineEnd(text, start))) });
      entries.push(entryOf(fields, start, end));
    }
    fields = [];
    start = -1;
  };
  for (let at = 0; at < text.length;) {
    LINE.lastIndex = at;
    const whole = LINE.exec(text)![0];
    const line = whole.replace(/[\r\n]+$/, '');
    const m = TAG.exec(line.trimEnd());
    const tag = m?.[1];
    if (tag === 'TY') {
      finish(false);
      start = at;
      stray = false;
      fields.push({ tag, value: m![2] ?? '', start: at });
    } else if (start < 0) {
      if (line.trim() !== '' && !stray) {
        stray = true;
        problems.push({ message: 'A record begins with a line “TY  - …”.', span: span(at, at + line.length) });
      }
    } else if (tag === 'ER') {
      end = at + line.length;
      finish(true);
    } else if (tag) fields.push({ tag, value: m![2]?.trim() ?? '', start: at + line.indexOf('-') + 2 });
    else if (line.trim() !== '') fields.at(-1)!.value += ` ${line.trim()}`;
    if (start >= 0 && line.trim() !== '') end = at + line.length;
    at += whole.length;
  }
  finish(false);
  return { entries, problems };
}

function lineEnd(text: string, from: number): number {
  const end = text.slice(from, from + 400).search(/[\r\n]/);
  return end < 0 ? text.length : from + end;
}

function entryOf(fields: readonly Field[], start: number, end: number): Entry {
  const all = (...tags: readonly string[]): string[] => fields.filter(({ tag, value }) => tags.includes(tag) && value !== '').map(({ value }) => value);
  const get = (...tags: readonly string[]): string => {
    for (const tag of tags) {
      const [value] = all(tag);
      if (value) return value;
    }
    return '';
  };
  const key = get('ID');
  const at = fields.find(({ tag }) => tag === 'ID')?.start ?? start;
  const title = get('TI', 'T1', 'CT');
  const [first, last] = [get('SP'), get('EP')];
  const keywords = all('KW').join('; ');
  const accession = get('AN');
  return {
    key, type: get('TY').trim().toLowerCase(), title, authors: all('AU', 'A1').map(authorOf), more: false,
    journal: get('JO', 'T2', 'JF', 'JA', 'J2', 'PB'), year: yearIn(get('PY', 'Y1', 'DA')),
    volume: get('VL'), issue: get('IS'), pages: last && last !== first ? `${first}-${last}` : first,
    doi: bareDoi(get('DO')), pmid: /^\d{1,8}$/.test(accession) ? accession : '', url: get('UR', 'L2'), abstract: get('AB', 'N2'), keywords,
    retracted: saysRetracted(get('RT'), keywords, all('N1').join(' '), title),
    span: span(start, end), keySpan: span(at, at + key.length),
  };
}

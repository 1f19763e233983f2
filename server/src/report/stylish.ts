import { SEVERITIES, type Severity } from '../core/index';
import type { DocumentModel, FindingModel } from './model';
import type { Reporter, Style } from './report';

const CODES = { error: '31', warning: '33', information: '36', hint: '2', bold: '1', dim: '2' } as const;
const PLURAL: { readonly [severity in Severity]: readonly [string, string] } = {
  error: ['error', 'errors'], warning: ['warning', 'warnings'], information: ['information', 'information'], hint: ['hint', 'hints'],
};
const MARGIN = 26; // what stands before a message: place and severity

const paint = (style: Style, code: keyof typeof CODES, text: string): string => style.colour ? `\u001b[${CODES[code]}m${text}\u001b[0m` : text;

/** Documents and messages may hold anything; what would move a terminal's cursor or change its colours is shown as �. */
export const printable = (text: string): string => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** Breaks a text into lines of at most `width` characters at its spaces; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function entry({ range: { start: { line, character } }, severity, message, rule }: FindingModel, style: Style): string {
  const place = `${line + 1}:${character + 1}`.padStart(9);
  const body = wrap(`${printable(message)} (${rule})`, Math.max(30, style.columns - MARGIN));
  const last = body.length - 1;
  body[last] = body[last]!.replace(/\([a-z-]+\)$/, (id) => paint(style, 'dim', id));
  return `${place}  ${paint(style, severity, severity.padEnd(MARGIN - 13))}  ${body.join(`\n${' '.repeat(MARGIN)}`)}`;
}

const section = ({ path, findings }: DocumentModel, style: Style): string =>
  [paint(style, 'bold', printable(path)), ...findings.map((finding) => entry(finding, style)), ''].join('\n');

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

function summary(documents: readonly DocumentModel[]): string {
  const findings = documents.flatMap(({ findings: own }) => own);
  const outside = documents.filter(({ inScope }) => !inScope).length;
  const read = count(documents.length, 'document', 'documents');
  const note = outside === 0 ? '' : ` (${outside} not about treatments that Caveat knows)`;
  if (findings.length === 0) return `Nothing found in ${read}${note}.`;
  const parts = SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, n]) => n > 0).map(([severity, n]) => count(n, ...PLURAL[severity]));
  return `${count(findings.length, 'finding', 'findings')} in ${read}${note}: ${parts.join(', ')}.`;
}

/** For people, in a terminal. */
export const stylish: Reporter = ({ documents }, style) => documents.length === 0 ? '' : [
  ...documents.filter(({ findings }) => findings.length > 0).map((checked) => section(checked, style)),
  paint(style, 'bold', summary(documents)), '',
].join('\n');

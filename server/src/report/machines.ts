// Formats that build servers read.
import type { Severity } from '../core/index';
import { hash } from './model';
import type { Reporter } from './report';

/** Text as XML has it; what XML can not hold is shown as �. */
const xml = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
  .replace(/[&<>"'\t\r\n]/g, (c) => `&#${c.charCodeAt(0)};`);

/** JUnit: a suite a document, a case a finding; errors are cases that could not run. */
export const junit: Reporter = ({ documents, errors }) => {
  const suites = documents.map(({ path, findings }) => {
    const cases = findings.map(({ rule, severity, message, range, excerpt }) => {
      const { line, character } = range.start;
      return `    <testcase name="${xml(`${rule} at ${line + 1}:${character + 1}`)}" classname="${xml(path)}">\n      <failure type="${severity}" message="${xml(message)}">${xml(`${path}:${line + 1}:${character + 1} ${excerpt}`)}</failure>\n    </testcase>\n`;
    });
    const passed = `    <testcase name="nothing found" classname="${xml(path)}"/>\n`;
    return `  <testsuite name="${xml(path)}" tests="${Math.max(1, cases.length)}" failures="${cases.length}" errors="0">\n${cases.join('') || passed}  </testsuite>\n`;
  });
  const broken = errors.length === 0 ? '' : `  <testsuite name="not checked" tests="${errors.length}" failures="0" errors="${errors.length}">\n${
    errors.map(({ path, message }) => `    <testcase name="${xml(path)}" classname="not checked">\n      <error message="${xml(message)}"/>\n    </testcase>\n`).join('')}  </testsuite>\n`;
  const failures = documents.reduce((sum, { findings }) => sum + findings.length, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="caveat" failures="${failures}" errors="${errors.length}">\n${suites.join('')}${broken}</testsuites>\n`;
};

const CHECKSTYLE: { readonly [severity in Severity]: string } = { error: 'error', warning: 'warning', information: 'info', hint: 'info' };

export const checkstyle: Reporter = ({ documents, errors }) => `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${
  documents.map(({ path, findings }) => `  <file name="${xml(path)}">\n${findings.map(({ rule, severity, message, range }) =>
    `    <error line="${range.start.line + 1}" column="${range.start.character + 1}" severity="${CHECKSTYLE[severity]}" message="${xml(message)}" source="${xml(`caveat.${rule}`)}"/>\n`).join('')}  </file>\n`).join('')}${
  errors.map(({ path, message }) => `  <file name="${xml(path)}">\n    <error line="1" severity="error" message="${xml(message)}" source="caveat"/>\n  </file>\n`).join('')}</checkstyle>\n`;

const GITHUB: { readonly [severity in Severity]: string } = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' };
const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** Commands that GitHub Actions shows as annotations. A document can not slip in a command of its own: line breaks are written out. */
export const github: Reporter = ({ documents, errors, rules }) => [
  ...documents.flatMap(({ path, findings }) => findings.map(({ rule, severity, message, range: { start, end } }) => {
    const title = rules.find(({ id }) => id === rule)?.title ?? rule;
    const columns = start.line === end.line ? `,col=${start.character + 1},endColumn=${end.character + 1}` : '';
    return `::${GITHUB[severity]} file=${property(path)},line=${start.line + 1},endLine=${end.line + 1}${columns},title=${property(`${title} (${rule})`)}::${data(message)}\n`;
  })),
  ...errors.map(({ path, message }) => `::error file=${property(path)}::${data(message)}\n`),
].join('');

const GITLAB: { readonly [severity in Severity]: string } = { error: 'major', warning: 'minor', information: 'info', hint: 'info' };

/** GitLab's code quality report. */
export const gitlab: Reporter = ({ documents }) => JSON.stringify(documents.flatMap(({ path, findings }) => {
  const seen = new Map<string, number>();
  return findings.map(({ rule, severity, message, fingerprint, range: { start, end } }) => {
    const nth = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, nth);
    return {
      description: message, check_name: rule, fingerprint: hash(`${path}\0${fingerprint}\0${nth}`), severity: GITLAB[severity],
      location: { path, lines: { begin: start.line + 1, end: end.line + 1 } },
    };
  });
}), undefined, 2) + '\n';

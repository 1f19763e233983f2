// The report as Markdown, and the claims as a table for spreadsheets.
import { csvCell } from './claims';
import type { DocumentModel, Report } from './model';
import type { Reporter } from './report';
import { byCondition, byKind, count, documentsInScope, ratio, severityCounts } from './sums';

/** Words of a document in Markdown: its characters stand for themselves, on one line. */
export const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/[\\`*_{}[\]<>()#+!|~&:@-]/g, (c) => `&#${c.charCodeAt(0)};`);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows.map((row) => `| ${row.join(' | ')} |`), ''];

function documentPart(document: DocumentModel, { rules }: Report): string[] {
  const { path, title, claims, findings, disclosures, suppressions } = document;
  const cited = claims.filter(({ citations }) => citations.length > 0).length;
  return [
    `## ${plain(path)}`, '', ...(title ? [`*${plain(title)}*`, ''] : []),
    `${count(findings.length, 'finding', 'findings')}; ${count(claims.length, 'claim', 'claims')}, ${cited} cited; read as a text for ${document.audience === 'patient' ? 'patients and the public' : document.audience === 'clinician' ? 'clinicians' : 'scholars'}.`, '',
    ...(disclosures.length > 0 ? table(['Disclosure', 'Level', 'In the text'], disclosures.map(({ title: name, level, place }) => [plain(name), level, place ? `line ${place.start.line + 1}` : 'missing'])) : []),
    ...rules.flatMap(({ id, title: name }) => {
      const own = findings.filter(({ rule }) => rule === id);
      return own.length === 0 ? [] : [`### ${plain(name)} (${own.length})`, '', ...own.map(({ range, severity, excerpt, message }) => `- Line ${range.start.line + 1}, ${severity}: “${plain(excerpt)}” ${plain(message)}`), ''];
    }),
    ...(suppressions.length > 0 ? ['### Switched off in the text', '', ...table(['Line', 'Rules', 'Reason', 'Until', 'Findings held back'],
      suppressions.map(({ range, rules: off, reason, until, findings: held }) => [String(range.start.line + 1), off.join(', ') || 'all', plain(reason) || 'none given', until || '', String(held.length)]))] : []),
  ];
}

function claimTables(documents: readonly DocumentModel[]): string[] {
  const rows = (tallies: ReturnType<typeof byKind>) => tallies.map(({ name, all, cited }) => [plain(name), String(all), String(cited)]);
  const [kinds, conditions] = [byKind(documents), byCondition(documents)];
  return [
    ...kinds.length > 0 ? ['## Claims', '', ...table(['Kind', 'Claims', 'Cited'], rows(kinds))] : [],
    ...conditions.length > 0 ? table(['Condition', 'Claims', 'Cited'], rows(conditions)) : [],
  ];
}

export const markdown: Reporter = (report) => {
  const { documents, errors, packs, date, tool } = report;
  const read = documentsInScope(documents);
  return [
    '# Caveat report', '',
    `${date ? `${date}, ` : ''}${tool.name} ${tool.version}. ${count(documents.length, 'document', 'documents')}, ${read.length} about treatments that Caveat knows.`, '',
    ...table(['Document', 'Errors', 'Warnings', 'Notes', 'Claims cited', 'Disclosures missing'], read.map((document) => {
      const { error, warning, information } = severityCounts([document]);
      return [plain(document.path), String(error), String(warning), String(information), ratio(document.claims), String(document.disclosures.filter(({ place, level }) => !place && level === 'required').length)];
    })),
    ...claimTables(read),
    ...read.flatMap((document) => documentPart(document, report)),
    ...(errors.length > 0 ? ['## Not checked', '', ...errors.map(({ path, message }) => `- ${plain(path)}: ${plain(message)}`), ''] : []),
    '## Checked with', '', ...packs.map(({ name, version, reviewed }) => `- ${plain(name)} ${version}, reviewed ${reviewed}`), '',
    'Marks are signals for your judgement: Caveat can not tell whether a text is true or lawful.', '',
  ].join('\n');
};

const COLUMNS = ['path', 'line', 'section', 'sentence', 'claim', 'kinds', 'conditions', 'hedged', 'negated', 'strength', 'benefit', 'citations', 'findings'] as const;

/** A row a claim, with what was found in its place. */
export const csv: Reporter = ({ documents }) => {
  const rows = documents.flatMap(({ path, claims, sections, findings }) => claims.map((claim) => {
    const { start, end } = claim.range;
    const after = (a: typeof start, b: typeof start) => a.line > b.line || a.line === b.line && a.character >= b.character;
    const own = findings.filter(({ range }) => !after(range.start, end) && !after(start, range.end));
    return [
      path, start.line + 1, sections[claim.section]?.title ?? '', claim.unit, claim.text, claim.kinds.join(' '), claim.conditions.map(({ name }) => name).join('; '), claim.hedged, claim.negated,
      claim.strength, claim.benefit, claim.citations.map(({ text }) => text).join('; '), [...new Set(own.map(({ rule }) => rule))].join(' '),
    ];
  }));
  return [COLUMNS, ...rows].map((row) => row.map(csvCell).join(',')).join('\n') + '\n';
};

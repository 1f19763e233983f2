// The report as HTML: one page for a file to hand on and for the editor's view. No script, nothing from outside, every
// word of a document escaped. Pictures are SVG; what they show is said in words beside them.
import { SEVERITIES, type Severity } from '../core/index';
import { hash, type DocumentModel, type FindingModel, type Range, type Report } from './model';
import type { Reporter } from './report';
import { STYLE, THEME } from './style';
import { byCondition, byKind, count, documentsInScope, isCited, ratio, severityCounts, type Tally } from './sums';

const ESCAPES: { readonly [c: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in markup and in quoted attributes; what would turn the direction of writing is shown as �. */
export const escape = (text: string): string => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd').replace(/[&<>"']/g, (c) => ESCAPES[c]!);

/** What differs between a file that is handed on and the editor's view. Addresses are escaped here. */
export interface View {
  /** Where a place of a document is opened; '' where it can not be. */
  link(path: string, range?: Range): string;
  /** Actions of the editor for a document or the whole; '' where there are none. */
  action(name: 'disclaimer' | 'again' | 'export', path?: string): string;
  /** How a document is called. */
  nameOf(path: string): string;
  /** Lets the style sheet in. */
  readonly nonce: string;
  /** Variables of colours and fonts. */
  readonly theme: string;
  /** Lines on top of those that the report has, such as files that were left out. */
  readonly notes: readonly string[];
  /** A heading for a report on several documents. */
  readonly title: string;
}

const LEVELS: { readonly [severity in Severity]: { readonly one: string; readonly many: string; readonly mark: string } } = {
  error: { one: 'error', many: 'errors', mark: '✖' }, warning: { one: 'warning', many: 'warnings', mark: '▲' },
  information: { one: 'note', many: 'notes', mark: '●' }, hint: { one: 'hint', many: 'hints', mark: '○' },
};
const AUDIENCES: { readonly [audience: string]: string } = { patient: 'patients and the public', clinician: 'clinicians', scholarly: 'scholars' };

/** Of so many documents everything is shown; of more, the claims are left to the table and the worst to the details. */
const MOST_WHOLE = 50;
const MOST_DETAILS = 300;

const a = (href: string, content: string, label = ''): string => href ? `<a href="${escape(href)}"${label ? ` aria-label="${escape(label)}"` : ''}>${content}</a>` : content;
const mark = (severity: Severity): string => `<span class="mark ${severity}" role="img" aria-label="${LEVELS[severity].one}">${LEVELS[severity].mark}</span>`;
const lineOf = ({ start }: Range): string => `Line ${start.line + 1}`;

function cards(documents: readonly DocumentModel[]): string {
  const counts = severityCounts(documents);
  const claims = documents.flatMap((document) => document.claims);
  const cited = claims.filter(isCited).length;
  const shown = SEVERITIES.filter((severity) => counts[severity] > 0 || severity === 'warning' || severity === 'information');
  return `<ul class="cards">
${shown.map((severity) => `<li class="${counts[severity] > 0 ? severity : 'none'}"><b>${counts[severity]}</b> ${counts[severity] === 1 ? LEVELS[severity].one : LEVELS[severity].many}</li>`).join('\n')}
<li class="${cited < claims.length ? 'warning' : 'none'}"><b>${cited}<small> of ${claims.length}</small></b> ${claims.length === 1 ? 'claim' : 'claims'} cited</li>
</ul>`;
}

/** Benefit above the line, risk below it, from the start of the document to its end. */
function strip(document: DocumentModel, view: View, level: 2 | 3): string {
  const { strip: marks, sections, lines, path } = document;
  if (marks.length === 0) return '';
  const of = (tone: 'benefit' | 'risk') => marks.filter((one) => one.tone === tone);
  const benefit = of('benefit');
  const risk = of('risk');
  const half = (list: typeof marks) => list.filter(({ at }) => at < 0.5).length;
  const x = (at: number): string => (6 + at * 988).toFixed(1);
  const tick = ({ tone, at, line }: typeof marks[number]): string => {
    const bar = tone === 'benefit' ? `<rect class="benefit" x="${x(at)}" y="6" width="5" height="34" rx="1"/>` : `<rect class="risk" x="${x(at)}" y="44" width="5" height="34" rx="1"/>`;
    const place = { line, character: 0 };
    const href = view.link(path, { start: place, end: place });
    return href ? `<a href="${escape(href)}" tabindex="-1">${bar}</a>` : bar;
  };
  const said = `${count(benefit.length, 'sentence speaks', 'sentences speak')} of benefit, ${risk.length || 'none'} of risk.${
    benefit.length > 0 && risk.length > 0 ? ` In the first half: ${half(benefit)} of benefit, ${half(risk)} of risk. The first risk stands ${Math.round(risk[0]!.at * 100)} % into the text.` : ''}`;
  return `<section><h${level}>Benefit and risk</h${level}>
<figure class="strip"><svg viewBox="0 0 1000 84" preserveAspectRatio="none" aria-hidden="true" focusable="false">
${sections.map(({ line }) => `<line class="section" x1="${x(line / Math.max(1, lines))}" x2="${x(line / Math.max(1, lines))}" y1="0" y2="84"/>`).join('')}
<line class="axis" x1="0" x2="1000" y1="42" y2="42"/>
${marks.map(tick).join('')}
</svg>
<div class="ends" aria-hidden="true"><span>▲ benefit above the line, risk ▼ below</span><span>start → end</span></div>
<figcaption>${said}</figcaption></figure></section>`;
}

/** Bars of claims, the cited part filled. */
function bars(title: string, tallies: readonly Tally[]): string {
  const most = Math.max(1, ...tallies.map(({ all }) => all));
  if (tallies.length === 0) return '';
  return `<table class="bars"><caption>${escape(title)}</caption><thead><tr><th scope="col">${escape(title.split(' ').at(-1)!)}</th><th scope="col">Claims, cited part filled</th><th scope="col">Cited</th></tr></thead><tbody>
${tallies.map(({ name, all, cited }) => `<tr><th scope="row">${escape(name)}</th><td class="bar"><svg viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="all" x="0.5" y="1.5" width="${(198 * all / most).toFixed(1)}" height="9"/><rect class="cited" x="0.5" y="1.5" width="${(198 * cited / most).toFixed(1)}" height="9"/></svg></td><td>${cited} of ${all}</td></tr>`).join('\n')}
</tbody></table>`;
}

function claimCharts(documents: readonly DocumentModel[]): string {
  const kinds = byKind(documents);
  return kinds.length === 0 ? '' : `<section><h2>Claims</h2><div class="pair">${bars('Claims by kind', kinds)}${bars('Claims by condition', byCondition(documents))}</div></section>`;
}

function disclosures({ path, disclosures: all }: DocumentModel, view: View, depth: 2 | 3): string {
  if (all.length === 0) return '';
  const missing = all.filter(({ place }) => !place);
  const required = missing.filter(({ level }) => level === 'required').length;
  const act = view.action('disclaimer', path);
  const order = (one: typeof all[number]): number => (one.place ? 2 : 0) + (one.level === 'required' ? 0 : 1);
  return `<section class="${required > 0 ? 'missing' : ''}"><h${depth}>${missing.length > 0 ? 'Missing disclosures' : 'Disclosures'}</h${depth}>
<p class="quiet">${all.length - missing.length} of ${all.length} that the text calls for are in it.${missing.length > 0 && act ? ` ${a(act, 'Insert the standard disclaimer')}: only what is missing, as text for you to edit.` : ''}</p>
<div class="wide"><table class="states"><thead><tr><th scope="col">Disclosure</th><th scope="col">In the text</th><th scope="col">Says, or would say</th></tr></thead><tbody>
${[...all].sort((one, other) => order(one) - order(other)).map((one) => `<tr><th scope="row">${escape(one.title)}</th><td class="state">${one.place
    ? `<span class="yes" aria-hidden="true">✔</span> ${a(view.link(path, one.place), lineOf(one.place))}`
    : `<span class="${one.level === 'required' ? 'warning' : 'information'}" aria-hidden="true">${one.level === 'required' ? '▲' : '●'}</span> ${one.level === 'required' ? 'missing' : 'missing, recommended'}`}</td><td class="quote">${escape(one.place ? one.excerpt : one.caveat)}</td></tr>`).join('\n')}
</tbody></table></div></section>`;
}

const item = (path: string, { severity, range, excerpt, message }: FindingModel, view: View): string =>
  `<li>${mark(severity)}<div>${a(view.link(path, range), `<span class="line">${lineOf(range)}</span> <span class="excerpt">${escape(excerpt)}</span>`, `${lineOf(range)}: ${excerpt}`)}<p>${escape(message)}</p></div></li>`;

function findings({ path, findings: all }: DocumentModel, report: Report, view: View, level: 2 | 3 | 4): string {
  if (all.length === 0) return '<p class="clean">Nothing is marked in this document.</p>';
  const known = report.rules.filter(({ id }) => all.some(({ rule }) => rule === id));
  const unknown = [...new Set(all.map(({ rule }) => rule))].filter((id) => !known.some((rule) => rule.id === id)).map((id) => ({ id, title: id, why: '' }));
  return [...known, ...unknown].map(({ id, title, why }) => {
    const own = all.filter(({ rule }) => rule === id);
    return `<section class="rule"><h${level}>${escape(title)} <span class="count">${own.length}</span></h${level}>
${why ? `<p class="quiet">${escape(why)}</p>` : ''}
<ol>
${own.map((finding) => item(path, finding, view)).join('\n')}
</ol></section>`;
  }).join('\n');
}

function suppressions({ path, suppressions: all }: DocumentModel, date: string, view: View, level: 2 | 3): string {
  if (all.length === 0) return '';
  return `<section><h${level}>Switched off in the text</h${level}><div class="wide"><table><thead><tr><th scope="col">Where</th><th scope="col">Rules</th><th scope="col">Reason</th><th scope="col">Until</th><th scope="col">Held back</th></tr></thead><tbody>
${all.map(({ range, rules, reason, until, findings: held }) => `<tr><th scope="row">${a(view.link(path, range), lineOf(range))}</th><td class="words">${escape(rules.join(', ') || 'all')}</td><td class="words">${reason ? escape(reason) : '<em>none given</em>'}</td><td class="words">${until ? `${escape(until)}${date && until < date ? ' (past)' : ''}` : 'no end'}</td><td>${held.length}</td></tr>`).join('\n')}
</tbody></table></div></section>`;
}

function claimTable({ path, claims, sections }: DocumentModel, view: View): string {
  if (claims.length === 0) return '';
  return `<details><summary>All claims <span class="count">${claims.length}</span></summary><div class="wide"><table><thead><tr><th scope="col">Where</th><th scope="col">Claim</th><th scope="col">Kind</th><th scope="col">Section</th><th scope="col">Citations</th></tr></thead><tbody>
${claims.map((claim) => `<tr><th scope="row">${a(view.link(path, claim.range), lineOf(claim.range))}</th><td class="quote">${escape(claim.unit)}</td><td class="words">${escape(claim.kinds.join(', '))}${claim.hedged ? ', hedged' : ''}</td><td class="words">${escape(sections[claim.section]?.title ?? '')}</td><td class="words">${claim.citations.length > 0 ? claim.citations.map(({ text, range }) => a(view.link(path, range), escape(text || 'citation'))).join(', ') : '<span class="warning">none</span>'}</td></tr>`).join('\n')}
</tbody></table></div></details>`;
}

const faults = ({ faults: all }: DocumentModel): string => all.map(({ where, message }) => `<p class="quiet">A rule failed on this document, the others went on. ${escape(`${where}: ${message}`)}</p>`).join('');

const OUT_OF_SCOPE = 'This document does not discuss a treatment that Caveat knows, so nothing in it is checked.';

function one(document: DocumentModel, report: Report, view: View): string {
  const { path, title } = document;
  const again = [view.action('export') && a(view.action('export'), 'Export')].filter(Boolean).join(' · ');
  const head = `<header><h1>${a(view.link(path), escape(view.nameOf(path)))}</h1>${title ? `<p class="title">${escape(title)}</p>` : ''}`;
  if (!document.inScope && document.findings.length === 0) return `${head}</header><p>${OUT_OF_SCOPE}</p>${faults(document)}`;
  return `${head}<p class="quiet">${AUDIENCES[document.audience] ? `Read as a text for ${AUDIENCES[document.audience]}` : ''} · ${count(document.words, 'word', 'words')}${again ? ` · ${again}` : ''}</p></header>
${cards([document])}
${strip(document, view, 2)}
${claimCharts([document])}
${disclosures(document, view, 2)}
${findings(document, report, view, 2)}
${claimTable(document, view)}
${suppressions(document, report.date, view, 2)}
${faults(document)}`;
}

/** Documents with the most serious findings first. */
function byWeight(left: DocumentModel, right: DocumentModel): number {
  const [ours, theirs] = [severityCounts([left]), severityCounts([right])];
  for (const severity of SEVERITIES) if (ours[severity] !== theirs[severity]) return theirs[severity] - ours[severity];
  return left.path < right.path ? -1 : 1;
}

const cell = (n: number, level: string): string => `<td class="${n > 0 ? level : 'none'}">${n}</td>`;

function many(report: Report, view: View): string {
  const read = [...documentsInScope(report.documents)].sort(byWeight);
  const whole = read.length <= MOST_WHOLE;
  const act = [view.action('again') && a(view.action('again'), 'Read again'), view.action('export') && a(view.action('export'), 'Export')].filter(Boolean).join(' · ');
  const head = `<header><h1>${escape(view.title)}</h1><p class="quiet">${count(read.length, 'document', 'documents')} about treatments that Caveat knows, ${count(report.documents.length - read.length, 'other', 'others')}${act ? ` · ${act}` : ''}</p></header>`;
  if (read.length === 0) return `${head}<p class="clean">No document here discusses a treatment that Caveat knows.</p>`;
  const missing = (document: DocumentModel): number => document.disclosures.filter(({ place, level }) => !place && level === 'required').length;
  const details = read.filter((document) => document.findings.length > 0).slice(0, MOST_DETAILS);
  const left = read.filter((document) => document.findings.length > 0).length - details.length;
  return `${head}
${cards(read)}
<section><h2>Documents</h2><div class="wide"><table class="list"><thead><tr><th scope="col">Document</th><th scope="col">Errors</th><th scope="col">Warnings</th><th scope="col">Notes</th><th scope="col">Claims cited</th><th scope="col">Disclosures missing</th></tr></thead><tbody>
${read.map((document) => {
    const counts = severityCounts([document]);
    return `<tr><th scope="row">${a(view.link(document.path), escape(view.nameOf(document.path)))}</th>${(['error', 'warning', 'information'] as const).map((severity) => cell(counts[severity], severity)).join('')}<td>${ratio(document.claims)}</td>${cell(missing(document), 'warning')}</tr>`;
  }).join('\n')}
</tbody></table></div></section>
${claimCharts(read)}
<section><h2>In each document</h2>
${details.map((document) => `<details><summary>${escape(view.nameOf(document.path))} <span class="count">${document.findings.length}</span></summary>
${whole ? strip(document, view, 3) + disclosures(document, view, 3) : ''}${findings(document, report, view, 3)}${suppressions(document, report.date, view, 3)}${faults(document)}${whole ? claimTable(document, view) : ''}</details>`).join('\n')}
${left > 0 ? `<p class="quiet">The findings of ${left} more documents are left out here; they stand in the table.</p>` : ''}</section>`;
}

function frame(title: string, body: string, foot: string, view: View): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${escape(view.nonce)}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(title)}</title>
<style nonce="${escape(view.nonce)}">${view.theme}${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
<footer>
<p>Marks are signals for your judgement: Caveat can not tell whether a text is true or lawful.</p>
${foot}</footer>
</body>
</html>
`;
}

/** A page that says why there is nothing to show of a document. */
export const messagePage = (path: string, message: string, view: View): string =>
  frame(`${view.nameOf(path)} – Caveat report`, `<header><h1>${a(view.link(path), escape(view.nameOf(path)))}</h1></header><p>${escape(message)}</p>`, '', view);

/** The whole page. */
export function htmlPage(report: Report, view: View): string {
  const [only] = report.documents;
  const single = report.documents.length === 1 && only !== undefined && view.title === '';
  const body = single ? one(only, report, view) : many(report, { ...view, title: view.title || 'Caveat report' });
  const notes = [...view.notes, ...report.errors.map(({ path, message }) => `Not checked: ${path} ${message}`)];
  const packs = report.packs.map(({ name, version, reviewed }) => escape(`${name} ${version} (reviewed ${reviewed})`)).join(', ');
  return frame(
    single ? `${view.nameOf(only.path)} – Caveat report` : 'Caveat report',
    `${body}\n${notes.map((note) => `<p class="quiet">${escape(note)}</p>`).join('\n')}`,
    packs ? `<p>Checked${report.date ? ` on ${escape(report.date)}` : ''} by ${escape(`${report.tool.name} ${report.tool.version}`)} with ${packs}.</p>\n` : '', view,
  );
}

/** One self-contained file to hand on. */
export const html: Reporter = (report) => htmlPage(report, {
  link: () => '', action: () => '', nameOf: (path) => path, theme: THEME, notes: [], title: '',
  // Made from the content, which so can not name it.
  nonce: hash(JSON.stringify(report.documents)) + hash(report.date + JSON.stringify(report.errors)),
});

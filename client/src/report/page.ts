// The report as a page. Pure: text in, HTML out. Everything that comes from documents is escaped, and no script is allowed.
import type { DocumentReport, Level, Place, Report, RuleInfo } from '../../../server/src/lsp/protocol';

export type Shown =
  | { readonly kind: 'document'; readonly name: string; readonly report: Report }
  | {
    readonly kind: 'workspace';
    readonly documents: readonly { readonly name: string; readonly document: DocumentReport }[];
    readonly rules: readonly RuleInfo[];
    /** Files that are no UTF-8 text, or could not be read. */
    readonly unread: readonly string[];
    readonly more: boolean;
  };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c]!);

const LEVELS: readonly { readonly level: Level; readonly one: string; readonly many: string; readonly mark: string }[] = [
  { level: 'error', one: 'error', many: 'errors', mark: '✖' },
  { level: 'warning', one: 'warning', many: 'warnings', mark: '▲' },
  { level: 'information', one: 'note', many: 'notes', mark: '●' },
  { level: 'hint', one: 'hint', many: 'hints', mark: '○' },
];

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const countOf = (documents: readonly DocumentReport[], level: Level): number =>
  documents.reduce((sum, { findings }) => sum + findings.filter(({ severity }) => severity === level).length, 0);

/** A link that runs a command of ours with plain data. */
const command = (id: string, ...parameters: readonly unknown[]): string =>
  escape(`command:${id}${parameters.length > 0 ? `?${encodeURIComponent(JSON.stringify(parameters))}` : ''}`);
const open = (uri: string, place?: Place): string => command('caveat.openFinding', uri, ...(place ? [place] : []));

const mark = (level: Level): string => {
  const { one, mark: sign } = LEVELS.find((entry) => entry.level === level)!;
  return `<span class="mark ${level}" role="img" aria-label="${one}" title="${one}">${sign}</span>`;
};

/** The page; `nonce` lets its one style sheet in. */
export function reportPage(shown: Shown, nonce: string): string {
  const body = shown.kind === 'document' ? documentBody(shown) : workspaceBody(shown);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Caveat report</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
<footer>Marks are signals for your judgement: Caveat can not tell whether a text is true or lawful.</footer>
</body>
</html>`;
}

function documentBody({ name, report }: Extract<Shown, { kind: 'document' }>): string {
  const [document] = report.documents;
  if (!document) return `<h1>${escape(name)}</h1><p>This document is not open any more. Open it and ask for its report again.</p>`;
  const silent = stateText(document);
  const heading = `<header><h1><a href="${open(document.uri)}">${escape(name)}</a></h1>${silent ? '' : `<p class="quiet">${audienceText(document)}</p>`}</header>`;
  if (silent) return `${heading}<p>${silent}</p>`;
  return `${heading}\n${cards([document])}\n${disclosures(document)}\n${groups(document, report.rules)}\n${notes(document)}`;
}

/** Why a document has no findings to show; '' where it was checked and is about the drug. */
function stateText({ state, inScope, findings }: DocumentReport): string {
  if (state === 'off') return 'Caveat is switched off for this document (setting <code>caveat.enable</code>).';
  if (state === 'unread') return 'Caveat does not read this kind of document.';
  if (state === 'too-long') return 'This document is too long to be checked. Split it to have it checked.';
  return inScope || findings.length > 0 ? '' : 'This document does not discuss a treatment that Caveat knows, so nothing in it is checked.';
}

const AUDIENCES: Readonly<Record<string, string>> = { patient: 'patients and the public', clinician: 'clinicians', scholarly: 'scholars' };
const audienceText = ({ audience }: DocumentReport): string => AUDIENCES[audience] ? `Read as a text for ${AUDIENCES[audience]}` : '';

function cards(documents: readonly DocumentReport[]): string {
  const claims = documents.reduce((sum, document) => sum + document.claims, 0);
  const cited = documents.reduce((sum, document) => sum + document.cited, 0);
  const levels = LEVELS.map(({ level, one, many }) => ({ level, count: countOf(documents, level), one, many })).filter(({ level, count }) => count > 0 || level === 'warning' || level === 'information');
  return `<ul class="cards">
${levels.map(({ level, count, one, many }) => `<li class="${count > 0 ? level : 'none'}"><b>${count}</b> ${count === 1 ? one : many}</li>`).join('\n')}
<li class="${cited < claims ? '' : 'none'}"><b>${cited}<small> of ${claims}</small></b> ${claims === 1 ? 'claim' : 'claims'} cited</li>
</ul>`;
}

function disclosures({ uri, missing }: DocumentReport): string {
  if (missing.length === 0) return '';
  const list = (title: string, required: boolean) => {
    const those = missing.filter((disclosure) => disclosure.required === required);
    return those.length === 0 ? '' : `<h3>${title}</h3><ul>${those.map((disclosure) => `<li>${escape(disclosure.title)}</li>`).join('')}</ul>`;
  };
  return `<section class="missing" aria-labelledby="missing"><h2 id="missing">Missing disclosures</h2>
${list('Called for', true)}${list('Recommended', false)}
<p class="act"><a href="${command('caveat.insertDisclaimer', uri)}">Insert the standard disclaimer</a>: only what is missing, as text for you to edit.</p></section>`;
}

function groups({ uri, findings }: DocumentReport, rules: readonly RuleInfo[], level = 2): string {
  if (findings.length === 0) return '<p class="clean">Nothing is marked in this document.</p>';
  const known = rules.filter(({ id }) => findings.some(({ rule }) => rule === id));
  const unknown = [...new Set(findings.map(({ rule }) => rule))].filter((id) => !known.some((rule) => rule.id === id)).map((id) => ({ id, title: id, why: '' }));
  return [...known, ...unknown].map(({ id, title, why }) => {
    const own = findings.filter(({ rule }) => rule === id);
    return `<section class="rule"><h${level}>${escape(title)} <span class="count">${own.length}</span></h${level}>
${why ? `<p class="quiet">${escape(why)}</p>` : ''}
<ol>
${own.map(({ severity, message, place, excerpt }) => `<li>${mark(severity)}<div><a href="${open(uri, place)}" aria-label="Line ${place.start.line + 1}: ${escape(excerpt)}"><span class="line">Line ${place.start.line + 1}</span> <span class="excerpt">${escape(excerpt)}</span></a><p>${escape(message)}</p></div></li>`).join('\n')}
</ol></section>`;
  }).join('\n');
}

function notes({ suppressed, faults }: DocumentReport): string {
  const lines = [
    ...(suppressed > 0 ? [`${counted(suppressed, 'finding is', 'findings are')} switched off by comments in the text.`] : []),
    ...faults.map((fault) => `A rule failed on this document, the others went on. ${escape(fault)}`),
  ];
  return lines.map((line) => `<p class="quiet">${line}</p>`).join('\n');
}

/** Documents with the most serious findings first. */
const byWeight = (a: DocumentReport, b: DocumentReport): number => {
  for (const { level } of LEVELS) {
    const more = countOf([b], level) - countOf([a], level);
    if (more !== 0) return more;
  }
  return 0;
};

function workspaceBody({ documents, rules, unread, more }: Extract<Shown, { kind: 'workspace' }>): string {
  const checked = documents.filter(({ document }) => stateText(document) === '').sort((a, b) => byWeight(a.document, b.document) || (a.name < b.name ? -1 : 1));
  const silent = documents.filter(({ document }) => stateText(document) !== '');
  const head = `<header><h1>Workspace</h1><p class="quiet">${counted(checked.length, 'document', 'documents')} about treatments that Caveat knows, ${counted(silent.length, 'other', 'others')} · <a href="${command('caveat.showWorkspaceReport')}">Read again</a></p></header>`;
  const rest = [
    ...(more ? ['There are more documents than are read at once; open a smaller folder to have them all.'] : []),
    ...(unread.length > 0 ? [`Not read, because they are no text in UTF-8: ${unread.map(escape).join(', ')}.`] : []),
  ].map((line) => `<p class="quiet">${line}</p>`).join('\n');
  if (checked.length === 0) return `${head}<p class="clean">No document here discusses a treatment that Caveat knows.</p>${rest}`;
  return `${head}
${cards(checked.map(({ document }) => document))}
<div class="wide"><table><thead><tr><th scope="col">Document</th>${LEVELS.slice(0, 3).map(({ many }) => `<th scope="col">${many[0]!.toUpperCase()}${many.slice(1)}</th>`).join('')}<th scope="col" title="Claims with a citation in reach">Cited</th><th scope="col" title="Disclosures that are called for and missing">Missing</th></tr></thead><tbody>
${checked.map(({ name, document }) => `<tr><th scope="row"><a href="${open(document.uri)}">${escape(name)}</a></th>${LEVELS.slice(0, 3).map(({ level }) => cell(countOf([document], level), level)).join('')}<td>${document.cited} of ${document.claims}</td>${cell(document.missing.filter(({ required }) => required).length, '')}</tr>`).join('\n')}
</tbody></table></div>
${checked.filter(({ document }) => document.findings.length > 0).map(({ name, document }) => `<details><summary>${escape(name)} <span class="count">${document.findings.length}</span></summary>${groups(document, rules, 3)}${notes(document)}</details>`).join('\n')}
${rest}`;
}

const cell = (count: number, level: string): string => `<td class="${count > 0 ? level : 'none'}">${count}</td>`;

const STYLE = `
body { font: var(--vscode-font-size, 13px)/1.5 var(--vscode-font-family, sans-serif); color: var(--vscode-foreground); background: var(--vscode-editor-background); margin: 0; padding: 1.5em 2em; }
main, footer { max-width: 60em; margin: 0 auto; }
h1 { font-size: 1.6em; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15em; font-weight: 600; margin: 2em 0 .2em; }
h3 { font-size: 1em; font-weight: 600; margin: 1em 0 .2em; }
p { margin: .2em 0; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
h1 a { color: inherit; }
.quiet, footer { color: var(--vscode-descriptionForeground); }
.cards { display: flex; flex-wrap: wrap; gap: .75em; list-style: none; padding: 0; margin: 1.25em 0; }
.cards li { border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, #8884)); border-left: 3px solid var(--vscode-descriptionForeground); border-radius: 3px; padding: .4em 1em .5em .8em; min-width: 6em; }
.cards b { display: block; font-size: 1.6em; font-weight: 600; line-height: 1.2; }
.cards small { font-size: .6em; font-weight: 400; }
.cards .error { border-left-color: var(--vscode-editorError-foreground); }
.cards .warning { border-left-color: var(--vscode-editorWarning-foreground); }
.cards .information { border-left-color: var(--vscode-editorInfo-foreground); }
.none { color: var(--vscode-descriptionForeground); }
.count { font-size: .8em; font-weight: 400; color: var(--vscode-badge-foreground); background: var(--vscode-badge-background); border-radius: 1em; padding: .1em .6em; margin-left: .3em; }
.missing { border-left: 3px solid var(--vscode-editorWarning-foreground); padding: .1em 0 .1em 1em; margin: 1.25em 0; }
.missing h2 { margin-top: 0; }
.missing .act { margin-top: .8em; }
.missing ul { margin: 0; padding-left: 1.3em; columns: 2 18em; }
.rule ol { list-style: none; padding: 0; margin: .6em 0 0; }
.rule li { display: flex; gap: .7em; padding: .5em 0; border-top: 1px solid var(--vscode-widget-border, #8883); }
.mark { flex: none; width: 1em; text-align: center; }
.mark.error { color: var(--vscode-editorError-foreground); }
.mark.warning { color: var(--vscode-editorWarning-foreground); }
.mark.information { color: var(--vscode-editorInfo-foreground); }
.mark.hint { color: var(--vscode-descriptionForeground); }
.line { font-variant-numeric: tabular-nums; white-space: nowrap; }
.excerpt { color: var(--vscode-foreground); font-weight: 600; margin-left: .4em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1em 0 1.5em; }
td { white-space: nowrap; }
th, td { text-align: right; padding: .35em .5em; border-bottom: 1px solid var(--vscode-widget-border, #8883); font-variant-numeric: tabular-nums; }
th:first-child { text-align: left; font-weight: 400; min-width: 12em; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
thead th, thead th:first-child { font-weight: 600; border-bottom-color: var(--vscode-foreground); }
td.error { color: var(--vscode-editorError-foreground); } td.warning { color: var(--vscode-editorWarning-foreground); }
summary { cursor: pointer; font-weight: 600; padding: .4em 0; overflow-wrap: anywhere; }
details { border-top: 1px solid var(--vscode-widget-border, #8883); } details > .rule { margin-left: 1em; }
footer { margin-top: 3em; padding-top: .8em; border-top: 1px solid var(--vscode-widget-border, #8883); font-size: .9em; }
`;

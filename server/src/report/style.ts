/** Colours of a file: light and dark as the reader's system says. Contrast of text is at least 4.5 to 1. */
export const THEME = `
:root { color-scheme: light dark; --font: system-ui, sans-serif; --size: 15px; --fg: #1f2328; --quiet: #57606a; --bg: #ffffff; --line: #d0d7de; --link: #0550ae;
  --error: #b3151b; --warning: #8a5300; --info: #0b5cad; --good: #1a7f37; --benefit: #1a7f37; --risk: #b3151b; --fill: #0b5cad; --empty: #d0d7de; --badge: #eaeef2; --badge-fg: #1f2328; --focus: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6edf3; --quiet: #9da7b3; --bg: #0d1117; --line: #3d444d; --link: #79b8ff;
  --error: #ff8a84; --warning: #e3b341; --info: #79b8ff; --good: #56d364; --benefit: #56d364; --risk: #ff8a84; --fill: #388bfd; --empty: #3d444d; --badge: #30363d; --badge-fg: #e6edf3; --focus: #79b8ff; } }
@media print { :root { --fg: #000; --quiet: #333; --bg: #fff; --line: #999; --link: #000; --error: #900; --warning: #630; --info: #036; --good: #063; --benefit: #063; --risk: #900; --fill: #036; --empty: #999; --badge: #eee; --badge-fg: #000; } }
`;

/** Colours of the editor, whatever its theme; those of high contrast have lines of their own. */
export const EDITOR_THEME = `
:root { --font: var(--vscode-font-family, sans-serif); --size: var(--vscode-font-size, 13px); --fg: var(--vscode-foreground); --quiet: var(--vscode-descriptionForeground); --bg: var(--vscode-editor-background);
  --line: var(--vscode-contrastBorder, var(--vscode-widget-border, #8884)); --link: var(--vscode-textLink-foreground); --error: var(--vscode-list-errorForeground, var(--vscode-editorError-foreground)); --warning: var(--vscode-list-warningForeground, var(--vscode-editorWarning-foreground));
  --info: var(--vscode-textLink-foreground); --good: var(--vscode-charts-green, var(--vscode-foreground)); --benefit: var(--vscode-charts-green, var(--vscode-foreground)); --risk: var(--vscode-charts-red, var(--vscode-editorError-foreground));
  --fill: var(--vscode-charts-blue, var(--vscode-foreground)); --empty: var(--vscode-contrastBorder, var(--vscode-widget-border, #8886)); --badge: var(--vscode-badge-background); --badge-fg: var(--vscode-badge-foreground); --focus: var(--vscode-focusBorder); }
`;

export const STYLE = `
body { font: var(--size)/1.5 var(--font); color: var(--fg); background: var(--bg); margin: 0; padding: 1.5em 2em; }
main, footer { max-width: 62em; margin: 0 auto; }
h1 { font-size: 1.6em; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15em; font-weight: 600; margin: 2em 0 .2em; }
h3 { font-size: 1em; font-weight: 600; margin: 1.2em 0 .2em; }
p { margin: .2em 0; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
p a { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
h1 a { color: inherit; }
.quiet, footer { color: var(--quiet); }
.title { font-size: 1.1em; }
.cards { display: flex; flex-wrap: wrap; gap: .75em; list-style: none; padding: 0; margin: 1.25em 0; }
.cards li { border: 1px solid var(--line); border-left: 3px solid var(--quiet); border-radius: 3px; padding: .4em 1em .5em .8em; min-width: 6em; }
.cards b { display: block; font-size: 1.6em; font-weight: 600; line-height: 1.2; }
.cards small { font-size: .6em; font-weight: 400; }
.cards .error { border-left-color: var(--error); } .cards .warning { border-left-color: var(--warning); } .cards .information { border-left-color: var(--info); }
.none { color: var(--quiet); }
.count { font-size: .8em; font-weight: 400; color: var(--badge-fg); background: var(--badge); border: 1px solid var(--line); border-radius: 1em; padding: 0 .6em; margin-left: .3em; }
.missing { border-left: 3px solid var(--warning); padding: .1em 0 .1em 1em; margin: 1.25em 0; }
.missing h2, .missing h3 { margin-top: 0; }
.rule ol { list-style: none; padding: 0; margin: .6em 0 0; }
.rule li { display: flex; gap: .7em; padding: .5em 0; border-top: 1px solid var(--line); break-inside: avoid; }
.rule li > div { min-width: 0; }
.mark { flex: none; width: 1em; text-align: center; }
.error { color: var(--error); } .warning { color: var(--warning); } .information { color: var(--info); } .mark.hint { color: var(--quiet); } .yes { color: var(--good); }
.cards .error, .cards .warning, .cards .information { color: inherit; }
.line { font-variant-numeric: tabular-nums; white-space: nowrap; }
.excerpt { color: var(--fg); font-weight: 600; margin-left: .4em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .6em 0 1em; }
caption { text-align: left; font-weight: 600; padding-bottom: .3em; }
th, td { text-align: right; padding: .35em .6em; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; vertical-align: top; }
th:first-child { text-align: left; font-weight: 400; overflow-wrap: anywhere; padding-left: 0; }
.list th:first-child { min-width: 14em; } .wide th:first-child { min-width: 5em; } .states th:first-child { min-width: 12em; overflow-wrap: break-word; }
thead th, thead th:first-child { font-weight: 600; border-bottom-color: var(--fg); }
td.quote, td.words, td.state { text-align: left; overflow-wrap: anywhere; }
td.quote { color: var(--quiet); min-width: 16em; }
td.state { min-width: 8.5em; overflow-wrap: break-word; }
@media (max-width: 45em) { body { padding: 1em; } td.quote { min-width: 9em; } .states th:first-child { min-width: 6em; } th, td { padding: .35em .4em; } }
@media (max-width: 40em) { /* beside a document: names and quotes have lines of their own, so that nothing is cut off */
.list tr { display: grid; grid-template-columns: repeat(5, 1fr); } .list th:first-child { grid-column: 1 / -1; } .list td, .list th:not(:first-child) { padding-left: 0; } .list tbody th { border: 0; } .list thead th:first-child { border: 0; }
.states tr { display: grid; grid-template-columns: 1fr auto; } .states td.quote { grid-column: 1 / -1; min-width: 0; padding: 0 0 .35em; } .states tbody th, .states tbody td.state, .states thead th:not(:last-child) { border: 0; } .states thead th:last-child { grid-column: 1 / -1; padding-left: 0; }
}
section .wide thead th { text-align: left; } .list thead th:not(:first-child) { text-align: right; }
.wide { overflow-x: auto; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24em, 100%), 1fr)); gap: 0 2.5em; align-items: start; }
.bars thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.bars th, .bars td { border: 0; padding: .15em .6em .15em 0; white-space: nowrap; }
.bars tbody th { white-space: normal; overflow-wrap: break-word; }
.bars td.bar { width: 50%; } .bars svg { display: block; width: 100%; height: 1em; margin-top: .25em; }
.bars .all { fill: none; stroke: var(--fill); } .bars .cited { fill: var(--fill); }
.strip { margin: .6em 0; } .strip svg { display: block; width: 100%; height: 7em; border: 1px solid var(--line); border-radius: 3px; }
.strip .axis { stroke: var(--fg); stroke-width: 1; vector-effect: non-scaling-stroke; } .strip .section { stroke: var(--empty); stroke-width: 1; vector-effect: non-scaling-stroke; stroke-dasharray: 2 3; }
.strip .benefit { fill: var(--benefit); } .strip .risk { fill: var(--risk); }
.strip .ends { display: flex; justify-content: space-between; color: var(--quiet); font-size: .9em; }
summary { cursor: pointer; font-weight: 600; padding: .4em 0; overflow-wrap: anywhere; }
details { border-top: 1px solid var(--line); margin-top: 1em; } section > details { margin: 0; } details > section, details > .wide { margin-left: 1em; }
footer { margin-top: 3em; padding-top: .8em; border-top: 1px solid var(--line); } footer p { font-size: .9em; }
@media print { body { padding: 0; font-size: 11px; } details:not([open])::details-content { content-visibility: visible; } .wide { overflow: visible; } h2, summary { break-after: avoid; } .strip, .cards, tr { break-inside: avoid; } }
@media (forced-colors: active) { .strip .benefit, .strip .risk, .bars .cited { fill: CanvasText; } .bars .all, .strip .axis, .strip .section { stroke: CanvasText; } }
`;

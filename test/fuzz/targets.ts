// What is fuzzed: each target takes any string and throws where the program does what it must not do.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readBibliography } from '../../server/src/core/bibliography/index';
import { bibliographyNames } from '../../server/src/core/bibliography/library';
import {
  applyEdits, compilePlan, configForPath, fixesOf, fixText, formatOfPath, FORMATS, lint, parseDocument, readConfig, readFrontConfig, RULES, suppressFix,
  type Format, type Span,
} from '../../server/src/core/index';
import { mapOffset } from '../../server/src/core/edits';
import { forget } from '../../server/src/core/kept';
import { candidatesOf } from '../../server/src/core/lint';
import { completionsAt, definitionAt, referenceAt, referencesAt } from '../../server/src/core/lookup';
import { readPackText, type Pack } from '../../server/src/core/pack';
import { testPack } from '../../server/src/core/packtest';
import { withLibrary } from '../../server/src/core/plan';
import { readSettings } from '../../server/src/lsp/settings';
import { builtinPacks } from '../../server/src/packs';
import { checkLaws } from '../core/formats/laws';
import { random } from '../random';
import { edited, seen, tokensOf } from './edits';
import { protocol } from './protocol';

export interface Target {
  readonly name: string;
  readonly seeds: readonly string[];
  readonly tokens: readonly string[];
  readonly longest: number;
  /** True where nothing of it runs in the time of the input: it waits for others. */
  readonly waits?: boolean;
  /** Throws, or answers with a promise that fails, where something is wrong. Says the same for the same input, whatever ran before. */
  run(input: string): void | Promise<void>;
}

const TEST = resolve(import.meta.dirname, '..');
const ROOT = resolve(TEST, '..');
const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map((name) => resolve(folder, name));

const plan = compilePlan({}, builtinPacks());

// — documents: the first character names the format —

const LETTERS = 'mxhlart'; // of FORMATS, in their order
const document = (input: string): { readonly format: Format; readonly text: string } => {
  const known = LETTERS.indexOf(input[0] ?? '');
  return { format: FORMATS[known < 0 ? (input.charCodeAt(0) || 0) % FORMATS.length : known]!, text: input.slice(1) };
};

const CLAIMS = ['Ketamine cures depression. ', 'ketamine ', 'esketamine ', 'Spravato ', 'may ', 'not ', 'guaranteed ', 'miracle ', '70% of patients ', 'Studies show ', 'studies have shown that ', 'no side effects ', 'FDA-approved ', 'safe ', 'PTSD ', '(Zarate et al., 2006)', '[1]', 'doi:10.1001/archpsyc.63.8.856', 'PMID: 16894061', '“I got my life back.” ', 'addictive ', 'within hours', 'book now', '[citation needed]', 'et al.', 'e.g. ', 'Dr. ', ' vs. ', '1.5 mg/kg', 'References', 'https://example.org/a'];
const ORDERS = ['caveat-disable', 'caveat-enable', 'caveat-disable-file', 'caveat-disable-line ', 'caveat-disable-next-line ', 'missing-citation', 'absolute-language, ', ' -- because', ' until 2026-01-01', 'until=2099-12-31'];

const DOCUMENTS: readonly string[] = [...filesIn(resolve(TEST, 'gold/articles')), ...filesIn(resolve(ROOT, 'samples')), ...filesIn(resolve(TEST, 'silent'))].flatMap((file) => {
  const format = formatOfPath(file);
  if (!format) return [];
  const text = readFileSync(file, 'utf8');
  const letter = LETTERS[FORMATS.indexOf(format)]!;
  // The head of each, and of the long ones a piece from the middle and the end, where lists of references stand.
  return [...new Set([text.slice(0, 900), text.slice(text.length >> 1, (text.length >> 1) + 700), text.slice(-600)])].map((piece) => letter + piece);
});
const MARKUP = [...new Set(FORMATS.flatMap(tokensOf))];

const SCOPED: readonly string[] = FORMATS.map(({ id }, i) => {
  const head = { html: '<h1>Ketamine for depression</h1>\n<p>Ketamine is offered for depression.</p>\n', latex: '\\section{Ketamine for depression}\n', asciidoc: '= Ketamine for depression\n\n', restructuredtext: 'Ketamine for depression\n=======================\n\n' }[id as string] ?? '# Ketamine for depression\n\n';
  return `${LETTERS[i]}${head}Ketamine is a guaranteed cure for depression [1]. Studies show that 70% of patients respond (Smith et al., 2012). It is safe and FDA-approved.\n\n“I got my life back.” – Jo\n\n${id === 'html' ? '<!-- caveat-disable-next-line absolute-language -- a reason -->' : FORMATS[i]!.write.comment('caveat-disable-next-line absolute-language -- a reason')}\nKetamine always works for PTSD.\n\nReferences\n\n1. Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-864. doi:10.1001/archpsyc.63.8.856\n`;
});

const inside = (text: string, what: string, ...spans: readonly Span[]): void => {
  for (const { start, end } of spans) assert.ok(start >= 0 && start <= end && end <= text.length, `${what}: a span outside the text, ${start}–${end} of ${text.length}`);
};

/** Checks a text; all that is said of it has its place in it. */
function checked(text: string, format: Format) {
  const result = lint(parseDocument(text, format), plan);
  assert.deepEqual(result.faults, []);
  const { units, citations, suppressions } = result.document;
  inside(text, 'units', ...units.map(({ span }) => span));
  inside(text, 'citations', ...citations.map(({ span }) => span));
  inside(text, 'suppressions', ...suppressions.flatMap(({ span, covers }) => [span, covers]));
  inside(text, 'claims', ...result.analysis.claims.map(({ span }) => span));
  for (const { rule, span, related, message } of [...result.findings, ...result.suppressed.map(({ finding }) => finding)]) {
    inside(text, rule, span, ...related.map((other) => other.span));
    assert.ok(message.length > 10 && !/undefined|NaN|\[object/.test(message.replace(/“[^”]*”/g, '')), `${rule}: ${message}`);
  }
  return result;
}

const hash = (text: string): number => [...text].reduce((sum, c) => (Math.imul(sum, 31) + c.codePointAt(0)!) | 0, 7);

const formats: Target = {
  name: 'formats', seeds: [...DOCUMENTS, ...SCOPED], tokens: [...MARKUP, ...CLAIMS.slice(0, 6)], longest: 2500,
  run(input) {
    const { format, text } = document(input);
    forget();
    checkLaws(format, text);
    inside(text, 'front matter', ...[format.parse(text).frontMatter].flatMap((front) => (front ? [front.span, front.body] : [])));
  },
};

const edits: Target = {
  name: 'edits', seeds: [...DOCUMENTS, ...SCOPED], tokens: [...MARKUP, ...CLAIMS.slice(0, 6), ...ORDERS.slice(0, 4)], longest: 1200,
  run(input) {
    const { format, text } = document(input);
    const next = random(hash(input));
    forget();
    const texts = [text];
    for (let n = 0; n < 2; n++) texts.push(edited(texts[n]!, { format }, SCOPED.map((other) => ({ text: other.slice(1) })), texts.slice(0, n), next));
    const steps = texts.map((one) => seen(one, format, plan));
    texts.slice(1).forEach((one, i) => {
      forget();
      const scratch = seen(one, format, plan);
      if (scratch !== steps[i + 1]) assert.deepEqual(JSON.parse(steps[i + 1]!), JSON.parse(scratch), `edit ${i} of ${JSON.stringify(texts)}`);
    });
  },
};

const claims: Target = {
  name: 'lint', seeds: [...SCOPED, ...DOCUMENTS], tokens: [...CLAIMS, ...MARKUP.slice(0, 30)], longest: 2500,
  run(input) {
    const { format, text } = document(input);
    forget();
    const { document: read } = checked(text, format);
    for (const at of [0, text.length >> 1, text.length]) {
      for (const one of [definitionAt(read, plan, at)?.span, referenceAt(read, plan, at)?.span, ...referencesAt(read, at, true), ...completionsAt(read, plan, at).map(({ span }) => span)]) if (one) inside(text, 'look-up', one);
    }
  },
};

const fixes: Target = {
  name: 'fixes', seeds: [...SCOPED, ...DOCUMENTS], tokens: [...CLAIMS, ...MARKUP.slice(0, 30)], longest: 1200,
  run(input) {
    const { format, text } = document(input);
    forget();
    const result = checked(text, format);
    for (const finding of result.findings.slice(0, 6)) {
      for (const fix of candidatesOf(finding, result, plan)) inside(text, `${finding.rule}, “${fix.title}”`, ...fix.edits.map(({ span }) => span));
    }
    for (const finding of result.findings.slice(0, 2)) {
      for (const { title, edits: made } of fixesOf(finding, result, plan)) {
        inside(text, title, ...made.map(({ span }) => span));
        checked(applyEdits(text, made), format);
      }
    }
    if (text.length < 500) checked(fixText(result.document, plan, true).text, format);
  },
};

const suppressions: Target = {
  name: 'suppressions', seeds: [...SCOPED, ...DOCUMENTS.slice(0, 60)], tokens: [...ORDERS, ...ORDERS, ...MARKUP, ...CLAIMS], longest: 1500,
  run(input) {
    const { format, text } = document(input);
    forget();
    const result = checked(text, format);
    for (const finding of result.findings.slice(0, 4)) {
      const { edits: made } = suppressFix(finding, result.document);
      inside(text, `switching off ${finding.rule}`, ...made.map(({ span }) => span));
      const after = checked(applyEdits(text, made), format);
      inside(after.document.text, 'a mapped place', { start: mapOffset(made, finding.span.start, false), end: mapOffset(made, finding.span.end, true) });
    }
  },
};

// — packs —

const HEAD = 'id: demo\nname: Demo\nversion: 1.0.0\nreviewed: \'2026-01-01\'\n';
const PACKS: readonly string[] = [
  `${HEAD}references:\n  - { id: a2006, type: trial, title: A trial, authors: Z, journal: J, year: 2006, volumePages: '1', doi: 10.1001/a, pmid: '1', url: '', n: 12, drug: demoline, indication: [MDD], direction: supports, finding: It helped., tier: core, retracted: false }\n`
  + `drugs:\n  - id: demoline\n    name: demoline\n    names: [demoline, demo*]\n    also: [DMO]\n    sources: [a2006]\n    reviewed: '2026-01-01'\n`
  + `conditions:\n  - { id: MDD, name: depression, group: psychiatric, names: ['(major|severe) depression', depression] }\n`
  + `grades:\n  - { condition: MDD, drug: demoline, grade: limited, wording: early evidence, sources: [a2006], reviewed: '2026-01-01' }\n`,
  `${HEAD}terms:\n  mechanism: [NMDA ~3 receptor*, glutamate]\njournals:\n  - { name: Journal, abbreviations: [J], from: 1990, to: null }\n`,
  `${HEAD}wordings:\n  - id: cure\n    rule: absolute-language\n    phrases: ['cure[s]', '(always|never) ~2 work*', '<pct> of _ patients']\n    unless: ['not a cure']\n    when: effect\n    replace: { cure: [treatment, ''] }\n    fires: [It cures.]\n    quiet: [It is not a cure.]\n`,
  `${HEAD}errors:\n  - { id: wrong, says: It is wrong, correction: It is right, severity: warning, phrases: [wrong ~12 thing], unless: [], sources: [https://example.org/a], reviewed: '2026-01-01', fires: [wrong thing], quiet: [right thing] }\n`,
  `${HEAD}disclosures:\n  - { id: risk, title: Risk, why: Because, level: required, audiences: [patient], trigger: [clinic], satisfied: [risk*], not: [no risk], caveat: { us: There are risks., uk: There are risks. }, sources: [https://example.org/a], reviewed: '2026-01-01', fires: [There are risks.], quiet: [There are no risks.] }\n`,
  // Pieces of the real ones, each an entry or two under its list.
  ...['ketamine.yaml', 'language.yaml'].flatMap((name) => {
    const lines = readFileSync(resolve(ROOT, 'server/packs', name), 'utf8').split('\n');
    return lines.flatMap((line, i) => (/^[a-z]+:$/.test(line) ? [`${HEAD}${lines.slice(i, i + 14).join('\n')}\n`] : []));
  }),
];
const PHRASES = ['(a|b c)', '[very]', '~3', '~12', '<num>', '<pct>', '_', 'improv*', '((', '))', '|', '[|]', '(a|', '(a|a)*', '(x+x+)+y', '.*.*.*', '~99', '*', ' ~12 ~12 ~12 ', '(a|b|c|d|e) ~12 (a|b|c|d|e)', '\'', '"', '- ', ': ', ', ', '\n  ', '[', ']', '{', '}', '&a ', '*a', '<<: *a', '!!js/function ', '? ', '|\n', '>-\n', '---\n', '...\n', '%YAML 1.2\n', '__proto__: ', 'constructor: ', 'names: ', 'phrases: ', 'unless: ', 'sources: ', 'id: ', 'null', '.inf', '0x10', '~'];

const packs: Target = {
  name: 'packs', seeds: PACKS, tokens: PHRASES, longest: 2500,
  run(input) {
    const { pack, problems } = readPackText(input);
    assert.ok(pack !== undefined || problems.length > 0, 'what is no pack is said to be none');
    for (const { span, message } of problems) {
      assert.ok(span, `a problem without a place: ${message}`);
      inside(input, message, span);
    }
    if (pack) checkPack(pack);
  },
};

const LINE = '# Demoline for depression\n\nDemoline cures major depression and always did work in 70% of all patients. It is a wrong and silly thing that no clinic said of NMDA and the receptor [1].\n';

function checkPack(pack: Pack): void {
  const own = compilePlan({}, [pack]);
  forget();
  assert.deepEqual(lint(parseDocument(LINE, FORMATS[0]!), own).faults, []);
  for (const { entry } of testPack(pack).failures) assert.equal(typeof entry, 'string');
}

// — configuration: files, front matter, settings of an editor —

const CONFIGS: readonly string[] = [
  'extends: ../base.yaml\naudience: clinician\nregion: uk\nrules:\n  absolute-language: off\n  missing-citation: { severity: hint, allow: [Ketamine helps] }\npacks: [ketamine, ./own.yaml]\nbibliography: [refs.bib]\n',
  'citations: { reach: section }\ndisclosures: { require: [not-a-cure], ignore: [not-fda-approved] }\noverrides:\n  - files: "leaflets/**"\n    audience: patient\n    rules: { absolute-language: error }\n  - files: [\'*.tex\', \'!a/**/b?.{md,txt}\']\n    region: us\n',
  'caveat:\n  audience: patient\n  rules:\n    missing-citation: off\ntitle: Ketamine\n', 'enable: true\nseverities: { absolute-language: off }\npacks: [a]\n',
];
const KEYS = ['extends: ', 'audience: ', 'region: ', 'rules:\n', 'severity: ', 'allow: ', 'packs: ', 'bibliography: ', 'citations: ', 'reach: ', 'disclosures: ', 'require: ', 'ignore: ', 'overrides:\n', 'files: ', '**/', '*', '{a,b}', '[!a]', '../', 'off', 'error', 'patient', 'caveat:\n', '  ', '- ', ...PHRASES.slice(20)];

const configs: Target = {
  name: 'configs', seeds: CONFIGS, tokens: KEYS, longest: 1500,
  run(input) {
    const known = { rules: RULES.map(({ id }) => id), disclosures: ['not-a-cure', 'not-fda-approved'] };
    const { file, problems } = readConfig(input, known);
    for (const { span, message } of problems) inside(input, message, span);
    for (const { span, name } of [...file.extends, ...file.packs ?? [], ...file.bibliography ?? []]) inside(input, name, span);
    const config = configForPath(file, 'leaflets/a/b1.md');
    const matter = `---\n${input}\n---\n\n${LINE}`;
    const read = parseDocument(matter, FORMATS[0]!);
    const front = readFrontConfig(read, known);
    for (const { span, message } of front?.problems ?? []) inside(matter, message, span);
    forget();
    assert.deepEqual(lint(read, { ...plan, config: { ...config, ...front?.config } }).faults, []);
    readSettings(readAsJson(input));
  },
};

/** What stands in a text as data of any shape. */
function readAsJson(input: string): unknown {
  const out: { [key: string]: unknown } = {};
  for (const [, key, value] of input.matchAll(/\b(\w{1,20}): {0,3}([^\n]*)/g)) out[key!] = value!.startsWith('[') ? value!.slice(1).split(',') : value!.startsWith('{') ? { [value!.slice(1, 9)]: value } : value;
  return out;
}

// — bibliographies: the first character names the kind —

const BIBLIOGRAPHIES: readonly string[] = [
  ...filesIn(resolve(TEST, 'gold/articles')).concat(filesIn(resolve(ROOT, 'samples'))).filter((file) => file.endsWith('.bib')).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [`b${text.slice(0, 900)}`, `b${text.slice(-700)}`];
  }),
  'b@string{nat = "Nature"}\n@comment{x}\n@preamble{"\\newcommand{\\a}{b}"}\n@article(zarate2006, author = {Zarate, Jr., Carlos A. and {World Health Organization} and O\'Neil, M. and others}, title = "A {N}-methyl \\"{o} trial" # " of " # nat, year = 2006, note = {Retracted}, doi = {https://doi.org/10.1001/a},)\n',
  'rTY  - JOUR\nID  - zarate2006\nAU  - Zarate, Carlos A.\nTI  - A trial\nT2  - Arch Gen Psychiatry\nPY  - 2006/08//\nSP  - 856\nEP  - 864\nDO  - 10.1001/archpsyc.63.8.856\nKW  - Retracted\nN2  - It\n  goes on\nER  - \n\nTY  - BOOK\nTI  - Another\n',
  'j[{"id": "zarate2006", "type": "article-journal", "title": "A <i>trial</i>", "author": [{"family": "Zarate", "given": "Carlos", "non-dropping-particle": "van"}, {"literal": "WHO"}, "Smith J"], "issued": {"date-parts": [[2006, 8]]}, "DOI": "10.1001/a", "page": "856–864"},\n{"id": 12, "title": "Another", "issued": "2012"}]\n',
  'j{"references": [{"citation-key": "a", "title": "\\u0041 \\"quoted\\"", "keyword": "retracted"}, {"id": "a",]}',
  'n---\nbibliography: [a.bib, "b c.json"] # both\n---\nText \\bibliography{refs,more} % \\addbibresource{no.bib}\n:bibtex-file: x.bib\n.. bibliography:: y.bib\n',
];
const FIELDS = ['@article{', '@string{', '@comment{', '@preamble{', 'author = ', 'title = {', 'year = ', ' and ', ' # ', '"', '{', '}', '\\"{o}', "\\'e", '\\ss', ',\n', ')', '(', 'TY  - ', 'ER  - ', 'AU  - ', 'ID  - ', '\n', '[', ']', '{"id": "', '"title": ', '"issued": ', '"date-parts": [[', 'null', '\\u0000', '__proto__', 'bibliography: ', '\n  - ', '\\bibliography{', '../../', '%'];

const bibliographies: Target = {
  name: 'bibliographies', seeds: BIBLIOGRAPHIES, tokens: FIELDS, longest: 2500,
  run(input) {
    const text = input.slice(1);
    for (const name of bibliographyNames(text)) assert.ok(name !== '' && !/^https?:/i.test(name));
    const book = readBibliography(`a.${{ b: 'bib', r: 'ris', j: 'json' }[input[0] ?? ''] ?? 'bib'}`, text);
    if (!book) return;
    for (const { span, message } of book.problems) inside(text, message, span);
    for (const { span, keySpan, key } of book.entries) {
      inside(text, `the entry “${key}”`, span, keySpan);
      // A value that goes on over lines reads as one.
      if (keySpan.end > keySpan.start) assert.equal(text.slice(keySpan.start, keySpan.end).split(/\s/)[0], key.split(/\s/)[0]);
    }
    const own = withLibrary(plan, [book]);
    const keys = book.entries.slice(0, 3).map(({ key }) => `[@${key}]`).join(' ');
    const cited = `# Ketamine for depression\n\nKetamine cures depression ${keys} (Zarate et al., 2006). It lifts mood [@`;
    forget();
    const read = parseDocument(cited, FORMATS[0]!);
    const result = lint(read, own);
    assert.deepEqual(result.faults, []);
    for (const finding of result.findings.slice(0, 3)) for (const fix of candidatesOf(finding, result, own)) inside(cited, fix.title, ...fix.edits.map(({ span }) => span));
    completionsAt(read, own, cited.length);
    for (let at = 0; at < cited.length; at += 9) {
      const target = definitionAt(read, own, at);
      if (target) inside(target.file === undefined ? cited : text, 'a definition', target.span);
      referenceAt(read, own, at);
    }
  },
};

export const TARGETS: readonly Target[] = [formats, edits, claims, fixes, suppressions, packs, configs, bibliographies, protocol];

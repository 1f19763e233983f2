import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { parseDocument } from 'htmlparser2';
import { RULES } from '../../server/src/core/index';
import { PAGES, REPORTERS, type Report } from '../../server/src/report/index';
import { HOSTILE } from './hostile';
import { desk, type Desk } from './io';

const require = createRequire(import.meta.url);
const ROOT = join(import.meta.dirname, '../..');
const ARTICLE = `# Ketamine for depression

Ketamine infusions are a guaranteed cure for depression. Studies have shown that 70% of patients respond to ketamine within hours.

## Our clinic

<!-- caveat-disable-next-line absolute-language until=2099-01-01 -- the owner's own words, "quoted" -->
Ketamine always works for depression.
`;
const CLEAN = '# Bread\n\nMix flour and water, and wait.\n';
interface Sarif { readonly runs: readonly [{ readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[] } }; readonly results: readonly SarifResult[] }] }
interface SarifResult {
  readonly ruleId: string; readonly partialFingerprints: { readonly [name: string]: string }; readonly fixes?: readonly unknown[]; readonly suppressions?: readonly { readonly kind: string; readonly justification?: string }[];
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number; readonly startColumn: number } } }];
}

/** SARIF's own schema, which is written for an older draft. */
function sarifValidator() {
  const schema = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8').replaceAll('"$schema": "http://json-schema.org/draft-04/schema#",', '').replace('"id": "https', '"$id": "https')) as AnySchema;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

const tagsOf = (xml: string, name: string) => {
  const found: { readonly [attribute: string]: string }[] = [];
  const walk = (nodes: readonly unknown[]): void => {
    for (const node of nodes as readonly { readonly name?: string; readonly attribs?: { readonly [name: string]: string }; readonly children?: readonly unknown[] }[]) {
      if (node.name === name) found.push(node.attribs ?? {});
      walk(node.children ?? []);
    }
  };
  walk(parseDocument(xml, { xmlMode: true, decodeEntities: true }).children);
  return found;
};

describe('reports', function () {
  this.timeout(120_000);
  let at: Desk;
  beforeEach(() => { at = desk({ today: () => '2026-01-31' }); });
  afterEach(() => at.clean());
  const sarifOf = async (...paths: string[]) => JSON.parse((await at.caveat('check', '--format', 'sarif', ...paths)).out) as Sarif;

  describe('SARIF', () => {
    it('is valid, for findings, fixes, suppressions, errors and hostile text', async () => {
      at.write({ 'a.md': ARTICLE, 'hostile ü #1?.md': HOSTILE, 'broken.md': Uint8Array.of(0xff, 0xfe, 0) });
      const log = await sarifOf('.');
      const valid = sarifValidator();
      assert.ok(valid(log), JSON.stringify(valid.errors?.slice(0, 3)));
      assert.ok(!valid({ ...log, version: '1' }), 'the validator takes anything');
      const [{ results, tool }] = log.runs;
      assert.ok(results.some(({ fixes }) => (fixes?.length ?? 0) > 0));
      assert.deepEqual(results.find(({ suppressions }) => suppressions)?.suppressions?.map(({ kind, justification }) => [kind, justification]), [['inSource', 'the owner\'s own words, "quoted"']]);
      for (const { ruleId } of results) assert.ok(tool.driver.rules.find(({ id }) => id === ruleId)?.help.text);
      assert.ok(results.some(({ locations: [{ physicalLocation: { artifactLocation } }] }) => artifactLocation.uri === 'hostile%20%C3%BC%20%231%3F.md'));
    });
    it('has fingerprints that survive moves, and tell findings apart', async () => {
      at.write({ 'a.md': ARTICLE });
      const prints = async () => (await sarifOf('a.md')).runs[0].results.map(({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints['caveat/v1']}`).sort();
      const before = await prints();
      assert.equal(new Set(before).size, before.length);
      at.write({ 'a.md': `A line more.\n\n${ARTICLE.replace('# Ketamine for', '# On ketamine for')}\nAnd one behind.\n` });
      assert.deepEqual(await prints(), before);
    });
  });

  it('JSON has the published schema', async () => {
    at.write({ 'a.md': ARTICLE, 'b.md': HOSTILE, 'c.md': CLEAN, 'gone.md': Uint8Array.of(0xff, 0xff) });
    const { out, code } = await at.caveat('report', '--format', 'json', '.');
    const valid = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(join(ROOT, 'docs/report.schema.json'), 'utf8')) as AnySchema);
    assert.ok(valid(JSON.parse(out)), JSON.stringify(valid.errors?.slice(0, 3)));
    assert.equal(code, 2);
    const report = JSON.parse(out) as Report;
    assert.equal(report.date, '2026-01-31');
    const [a] = report.documents;
    assert.ok(a!.claims.length >= 2 && a!.strip.some(({ tone }) => tone === 'benefit') && a!.disclosures.some(({ place }) => !place));
    assert.deepEqual(a!.suppressions.map(({ reason, until, findings }) => [reason, until, findings.length > 0]), [['the owner\'s own words, "quoted"', '2099-01-01', true]]);
  });

  it('lets a suppression go on the day after its last', async () => {
    at.write({ 'a.md': ARTICLE });
    const later = desk({ today: () => '2099-01-02' });
    try {
      later.write({ 'a.md': ARTICLE });
      const counts = await Promise.all([at, later].map(async (one) => {
        const { documents: [document] } = JSON.parse((await one.caveat('report', 'a.md', '--format', 'json')).out) as Report;
        return [document!.suppressions[0]!.findings.length, document!.findings.filter(({ rule }) => rule === 'absolute-language').length] as const;
      }));
      assert.ok(counts[0]![0] > 0 && counts[1]![0] === 0 && counts[1]![1] > counts[0]![1], JSON.stringify(counts));
    } finally {
      later.clean();
    }
  });

  it('JUnit and checkstyle are XML with a case for every finding', async () => {
    at.write({ 'a.md': ARTICLE, 'b <&">.md': HOSTILE, 'c.md': CLEAN });
    const findings = (JSON.parse((await at.caveat('check', '--format', 'json', '.')).out) as { documents: { path: string; findings: { message: string; range: { start: { line: number } } }[] }[] }).documents.flatMap((document) => document.findings);
    const junit = (await at.caveat('check', '--format', 'junit', '.')).out;
    assert.deepEqual(tagsOf(junit, 'failure').map(({ message }) => message), findings.map(({ message }) => message));
    assert.deepEqual(tagsOf(junit, 'testsuite').map(({ name }) => name), ['a.md', 'b <&">.md', 'c.md']);
    const checkstyle = (await at.caveat('check', '--format', 'checkstyle', '.')).out;
    assert.deepEqual(tagsOf(checkstyle, 'error').map(({ line, message }) => [Number(line), message]), findings.map(({ range, message }) => [range.start.line + 1, message]));
  });

  it('GitHub annotations are one command a line, whatever a document or name holds', async () => {
    at.write({ 'a,b:c\n::x.md': HOSTILE });
    const { out } = await at.caveat('check', '--format', 'github', '.');
    const lines = out.trimEnd().split('\n');
    assert.ok(lines.length > 2);
    for (const line of lines) assert.match(line, /^::(?:error|warning|notice) file=a%2Cb%3Ac%0A%3A%3Ax\.md,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?,title=[^:,]+::[^\r\n]+$/);
  });

  it('GitLab code quality has fingerprints of its own for each finding', async () => {
    at.write({ 'a.md': ARTICLE, 'b.md': ARTICLE });
    const list = JSON.parse((await at.caveat('check', '--format', 'gitlab', '.')).out) as { fingerprint: string; location: { path: string; lines: { begin: number } } }[];
    assert.ok(list.length > 4);
    assert.equal(new Set(list.map(({ fingerprint }) => fingerprint)).size, list.length);
    assert.ok(list.every(({ location }) => location.lines.begin >= 1));
  });

  it('Markdown shows a document\'s words and renders none of them', async () => {
    at.write({ 'a_b*.md': HOSTILE });
    const { out } = await at.caveat('report', '--format', 'markdown', '.');
    assert.match(out, /^# Caveat report$/m);
    assert.doesNotMatch(out, /<(?:script|img|svg|a)\b|\]\(|\u0007|\u202e/i);
  });

  it('CSV has a row a claim and no formula', async () => {
    at.write({ 'a.md': HOSTILE });
    const { out } = await at.caveat('report', '--format', 'csv', '.');
    const [head, ...rows] = out.trimEnd().split('\n');
    assert.match(head!, /^path,line,section,sentence,claim,/);
    assert.ok(rows.length >= 3);
    assert.doesNotMatch(out, /(?:^|,)"?[=+@]/m);
  });

  it('writes to a file that is asked for', async () => {
    at.write({ 'a.md': ARTICLE });
    assert.equal((await at.caveat('report', 'a.md', '-o', 'r.html')).out, '');
    assert.match(readFileSync(join(at.folder, 'r.html'), 'utf8'), /^<!DOCTYPE html>/);
    assert.equal((await at.caveat('report', 'a.md', '-o', 'no/such/folder/r.html')).code, 2);
  });

  it('all formats take an empty set', async () => {
    at.write({ 'bread.md': CLEAN });
    for (const format of Object.keys(REPORTERS)) assert.equal((await at.caveat('check', '--format', format, '.')).code, 0, format);
    for (const format of Object.keys(PAGES)) assert.equal((await at.caveat('report', '--format', format, '.')).code, 0, format);
  });

  it('shards come out as one report', async () => {
    at.write(Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`d/${n}.md`, n % 2 ? ARTICLE : CLEAN])));
    for (const i of [1, 2, 3]) await at.caveat('report', 'd', '--format', 'json', '--shard', `${i}/3`, '-o', `p${i}.json`);
    const merged = await at.caveat('merge', 'p1.json', 'p2.json', 'p3.json', '--format', 'json');
    const whole = await at.caveat('report', 'd', '--format', 'json');
    assert.deepEqual(JSON.parse(merged.out), JSON.parse(whole.out));
    assert.equal(merged.code, 1);
    const sarif = await at.caveat('merge', 'p1.json', 'p2.json', 'p3.json', '--format', 'sarif', '--fail-on', 'never');
    assert.equal(sarif.code, 0);
    assert.ok(sarifValidator()(JSON.parse(sarif.out)));
    at.write({ 'no.json': '{"documents": 3}' });
    const broken = await at.caveat('merge', 'p1.json', 'no.json');
    assert.equal(broken.code, 2);
    assert.match(broken.err, /no\.json: is no report/);
    for (const shard of ['0/3', '4/3', 'x', '1/0']) assert.equal((await at.caveat('check', 'd', '--shard', shard)).code, 2, shard);
  });
});

describe('runs', function () {
  this.timeout(120_000);
  let at: Desk;
  beforeEach(() => { at = desk(); });
  afterEach(() => at.clean());
  interface Found { readonly documents: readonly { readonly path: string; readonly audience: string; readonly findings: readonly { readonly rule: string; readonly severity: string }[] }[] }
  const json = async (...argv: string[]) => JSON.parse((await at.caveat('check', '--format', 'json', ...argv)).out) as Found;
  const rules = async (...argv: string[]) => (await json(...argv)).documents.flatMap(({ findings }) => findings.map(({ rule }) => rule));

  it('read one document from standard input, under the name that it has', async () => {
    const piped = desk({ stdin: async () => ARTICLE });
    try {
      piped.write({ 'caveat.yaml': 'overrides: [{ files: leaflets/**, rules: { missing-citation: off } }]' });
      const found = async (...argv: string[]) => JSON.parse((await piped.caveat('check', '--stdin', '--format', 'json', ...argv)).out) as Found;
      assert.ok((await found()).documents[0]!.findings.some(({ rule }) => rule === 'missing-citation'));
      const leaflet = (await found('--stdin-filename', 'leaflets/new.md')).documents[0]!;
      assert.equal(leaflet.path, 'leaflets/new.md');
      assert.ok(leaflet.findings.length > 0 && !leaflet.findings.some(({ rule }) => rule === 'missing-citation'));
      for (const argv of [['--stdin', 'a.md'], ['--stdin', '--stdin-filename', 'x.png'], ['--stdin-filename', 'a.md', '.']]) assert.equal((await piped.caveat('check', ...argv)).code, 2, argv.join(' '));
    } finally {
      piped.clean();
    }
  });

  it('take only what changed since the branch parted', async () => {
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main', ...args], { cwd: at.folder, stdio: 'pipe' });
    at.write({ 'old.md': ARTICLE, 'changed.md': ARTICLE, 'gone.md': ARTICLE });
    git('init', '-q'); git('add', '.'); git('commit', '-qm', 'a'); git('checkout', '-qb', 'work');
    at.write({ 'changed.md': `${ARTICLE}More.\n`, 'näw file.md': ARTICLE });
    rmSync(join(at.folder, 'gone.md'));
    git('commit', '-qam', 'b'); git('checkout', '-q', 'main');
    at.write({ 'old.md': `${ARTICLE}Main went on.\n` });
    git('commit', '-qam', 'c'); git('checkout', '-q', 'work');
    assert.deepEqual((await json('--since', 'main', '.')).documents.map(({ path }) => path), ['changed.md', 'näw file.md']);
    for (const ref of ['no-such-branch', '--output=x', '']) {
      const { code, err } = await at.caveat('check', `--since=${ref}`, '.');
      assert.equal(code, 2, ref);
      assert.match(err, /git knows no|--since names/);
    }
  });

  it('say that --since needs a repository', async () => {
    at.write({ 'a.md': ARTICLE });
    const { code, err } = await at.caveat('check', '--since', 'main', '.');
    assert.deepEqual([code, /in none/.test(err)], [2, true]);
  });

  it('take their configuration from the nearest file, another one, or the command line', async () => {
    at.write({ 'a.md': ARTICLE, 'caveat.yaml': 'audience: clinician\nrules: { absolute-language: off, nonsense: off }', 'other.yaml': 'rules: { missing-citation: off }' });
    const { code, err, out } = await at.caveat('check', 'a.md', '--format', 'json');
    assert.equal(code, 1);
    assert.match(err, /^caveat: caveat\.yaml:2:34: There is no rule “nonsense”/m);
    const own = JSON.parse(out) as Found;
    assert.equal(own.documents[0]!.audience, 'clinician');
    assert.ok(!own.documents[0]!.findings.some(({ rule }) => rule === 'absolute-language'));
    const other = await rules('a.md', '--config', 'other.yaml');
    assert.ok(other.includes('absolute-language') && !other.includes('missing-citation'));
    assert.equal((await json('a.md', '--audience', 'scholarly')).documents[0]!.audience, 'scholarly');
    assert.equal((await at.caveat('check', 'a.md', '--config', 'gone.yaml')).code, 2);
  });

  it('fix what the configuration lets be found', async () => {
    at.write({ 'a.md': ARTICLE, 'caveat.yaml': 'rules: { absolute-language: off }\nreegion: uk\n' });
    const { out, err } = await at.caveat('fix', '--judgement', '--dry-run', 'a.md');
    assert.match(err, /caveat\.yaml:2:1: Nothing is known of “reegion” here; did you mean “region”/);
    assert.ok(!out.includes('-Ketamine infusions are a guaranteed cure') || out.includes('guaranteed cure', out.indexOf('+Ketamine infusions')), out);
    assert.match((await at.caveat('fix', '--judgement', '--dry-run', 'a.md', '--config', 'none.yaml')).err, /is not there/);
  });

  it('leave out what a baseline knows, wherever it moves, and nothing else', async () => {
    at.write({ 'a.md': ARTICLE, 'b.md': CLEAN });
    assert.equal((await at.caveat('check', '.', '--baseline', '.caveat-baseline.json')).code, 2);
    assert.equal((await at.caveat('baseline', '.')).code, 0);
    const known = ['--baseline', '.caveat-baseline.json'];
    assert.equal((await at.caveat('check', '.', ...known)).code, 0);
    at.write({ 'a.md': `New first line.\n\n${ARTICLE}\nKetamine will definitely heal every depression.\n` });
    const fresh = await json('.', ...known);
    assert.ok(fresh.documents.flatMap(({ findings }) => findings).length > 0);
    assert.ok(fresh.documents.flatMap(({ findings }) => findings).length < (await json('.')).documents.flatMap(({ findings }) => findings).length);
    at.write({ 'a.md': CLEAN });
    assert.match((await at.caveat('check', '.', ...known)).err, /not found any more: run caveat baseline/);
  });

  it('let a baseline only shrink on a build server', async () => {
    const server = desk({ ci: true });
    try {
      server.write({ 'a.md': ARTICLE });
      assert.equal((await server.caveat('baseline', '.')).code, 2);
      const mine = desk();
      mine.write({ 'a.md': ARTICLE });
      await mine.caveat('baseline', '.');
      const written = readFileSync(join(mine.folder, '.caveat-baseline.json'), 'utf8');
      mine.clean();
      const entries = (text: string) => Object.values((JSON.parse(text) as { documents: { [path: string]: unknown[] } }).documents).flat().length;
      server.write({ '.caveat-baseline.json': written, 'a.md': ARTICLE.replace('a guaranteed cure', 'a treatment'), 'b.md': ARTICLE });
      const { out } = await server.caveat('baseline', '.');
      assert.match(out, /nothing was added/);
      const left = JSON.parse(readFileSync(join(server.folder, '.caveat-baseline.json'), 'utf8')) as { documents: object };
      assert.deepEqual(Object.keys(left.documents), ['a.md']);
      assert.ok(entries(JSON.stringify(left)) < entries(written));
      server.write({ 'bad.json': '[]' });
      assert.equal((await server.caveat('check', '.', '--baseline', 'bad.json')).code, 2);
    } finally {
      server.clean();
    }
  });

  it('allow a number of findings, and show only those that count', async () => {
    at.write({ 'a.md': ARTICLE });
    const all = (await json('a.md')).documents[0]!.findings;
    const serious = all.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
    assert.ok(serious < all.length, 'the article should have findings of both sorts');
    assert.equal((await at.caveat('check', 'a.md', '--max-findings', String(serious))).code, 0);
    assert.equal((await at.caveat('check', 'a.md', '--max-findings', String(serious - 1))).code, 1);
    assert.equal((await at.caveat('check', 'a.md', '--max-findings', '-1')).code, 2);
    assert.equal((await json('a.md', '--quiet')).documents[0]!.findings.length, serious);
  });

  it('use a cache only as long as nothing that counts has changed', async () => {
    at.write({ 'a.md': ARTICLE, 'b.md': CLEAN });
    const first = await at.caveat('check', '.', '--cache', '--format', 'json');
    const file = join(at.folder, '.caveatcache');
    assert.ok(existsSync(file));
    // What the cache says is believed: so that the test sees that it is used.
    const kept = readFileSync(file, 'utf8');
    at.write({ '.caveatcache': kept.replaceAll('"rule":"absolute-language"', '"rule":"from-the-cache"') });
    assert.match((await at.caveat('check', '.', '--cache', '--format', 'json')).out, /from-the-cache/);
    assert.equal((await at.caveat('check', '.', '--format', 'json')).out, first.out);
    at.write({ 'caveat.yaml': 'rules: { missing-citation: off }' });
    const after = await at.caveat('check', '.', '--cache', '--format', 'json');
    assert.ok(!after.out.includes('from-the-cache') && !after.out.includes('missing-citation'));
    at.write({ '.caveatcache': '{"build": 1, "entries": [' });
    assert.equal((await at.caveat('check', '.', '--cache', '--format', 'json')).out, after.out);
  });

  it('colour where asked, even when nobody watches', async () => {
    at.write({ 'a.md': ARTICLE });
    assert.match((await at.caveat('check', 'a.md', '--color')).out, /\u001b\[33m/);
  });
});

describe('help', () => {
  let at: Desk;
  beforeEach(() => { at = desk(); });
  afterEach(() => at.clean());

  it('writes a configuration to start from, without mistakes, and never over one', async () => {
    assert.equal((await at.caveat('init')).code, 0);
    at.write({ 'a.md': CLEAN });
    assert.equal((await at.caveat('check', '.')).err, '');
    assert.equal((await at.caveat('init')).code, 2);
    // With everything switched on it is one too.
    at.write({ 'caveat.yaml': readFileSync(join(at.folder, 'caveat.yaml'), 'utf8').replace(/^# (?=(?:audience|packs|bibliography|disclosures|overrides|\s+(?:require|ignore|- files|audience)))/gm, '').replace(/^ {2}# /gm, '  ') });
    const { err } = await at.caveat('check', '.');
    assert.doesNotMatch(err.replace(/^.*our-pack.*$/gm, ''), /caveat\.yaml/);
  });

  it('explains every rule, and knows what was meant', async () => {
    for (const { id, title } of RULES) assert.ok((await at.caveat('explain', id)).out.startsWith(title), id);
    assert.equal((await at.caveat('explain')).out.trim().split('\n').length, RULES.length);
    assert.match((await at.caveat('explain', 'absolut-language')).err, /did you mean “absolute-language”/);
  });

  for (const [shell, check] of [['bash', ['bash', '-n']], ['zsh', undefined], ['fish', undefined]] as const) {
    it(`completes in ${shell}`, async () => {
      const { out, code } = await at.caveat('completion', shell);
      assert.equal(code, 0);
      for (const word of ['check', 'explain', 'fail-on', 'sarif', 'absolute-language']) assert.ok(out.includes(word), word);
      if (check) execFileSync(check[0], [check[1]], { input: out });
    });
  }

  it('completes commands, options and rules', async () => {
    const { out } = await at.caveat('completion', 'bash');
    const complete = (...words: string[]) => execFileSync('bash', ['-c', `${out}\nCOMP_WORDS=(${words.map((word) => `"${word}"`).join(' ')}); COMP_CWORD=${words.length - 1}; _caveat; printf '%s\\n' "\${COMPREPLY[@]}"`], { cwd: at.folder, encoding: 'utf8' }).trim().split('\n');
    assert.deepEqual(complete('caveat', 'rep'), ['report']);
    assert.deepEqual(complete('caveat', 'check', '--max'), ['--max-findings']);
    assert.deepEqual(complete('caveat', 'check', '--format', 'sa'), ['sarif']);
    assert.deepEqual(complete('caveat', 'explain', 'absol'), ['absolute-language']);
  });
});

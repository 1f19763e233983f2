// Texts that nobody writes and that some file has all the same: no crash, no hang, no span outside the text.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { compilePlan, FORMATS, fixesOf, lint, parseDocument, RULES, suppressFix, type Format, type Rule } from '../../server/src/core/index';
import { forget } from '../../server/src/core/kept';
import { readPack } from '../../server/src/core/pack';
import { builtinPacks } from '../../server/src/packs';
import { documentOf } from '../bench/documents';

const plan = compilePlan({}, builtinPacks());
const SCOPE = '# Ketamine for depression\n\nKetamine is offered for depression.\n\n';
const CLAIM = 'Ketamine relieves depression within hours in 70% of patients. ';
const many = (length: number, line: (n: number) => string): string => {
  const out: string[] = [];
  for (let n = 0, size = 0; size < length; n++) {
    out.push(line(n));
    size += out[n]!.length;
  }
  return out.join('');
};

/** Reads and checks a text; all that is said of it has its place in it. */
function check(text: string, format: Format) {
  const document = parseDocument(text, format);
  const result = lint(document, plan);
  assert.deepEqual(result.faults, []);
  const inside = ({ start, end }: { start: number; end: number }) => assert.ok(start >= 0 && start <= end && end <= text.length, `${start}–${end} of ${text.length}`);
  for (const unit of document.units) inside(unit.span);
  for (const citation of document.citations) inside(citation.span);
  for (const claim of result.analysis.claims) inside(claim.span);
  for (const { span, related } of result.findings) {
    inside(span);
    for (const other of related) inside(other.span);
  }
  return result;
}

const STRANGE: { readonly [name: string]: string } = {
  'a lone high surrogate in every word': CLAIM.replace(/e/g, 'e\ud800'),
  'a lone low surrogate in every word': CLAIM.replace(/e/g, '\udc00e'),
  'NUL bytes': CLAIM.replace(/e/g, 'e\u0000'),
  'text from right to left': `${CLAIM}\u202bקטמין עוזר לדיכאון. \u202c${CLAIM}`,
  'characters of no width': CLAIM.replace(/(?<=\w)(?=\w)/g, '\u200b'),
  'combining marks': CLAIM.replace(/(?<=\w)/g, '\u0301\u0302'),
  'all line ends': CLAIM.replace(/ /g, '\r\n').concat('\r', '\u2028', '\u2029', '\u0085', '\v', '\f', CLAIM),
  'a byte order mark in the middle': `${CLAIM}\ufeff${CLAIM}`,
  'emoji': CLAIM.replace(/ /g, ' 👩🏽‍⚕️ '),
  'nothing': '',
  'one character': 'k',
  'only white space': ' \t\n\r\n\u00a0',
};

/** What fuzzing has found: each hung or threw once. */
const FOUND: readonly string[] = [
  '| 1 |\n| Monday | 8–18 |\n', // a row of one cell above one of two, in plain text: read again and again
];

/** Texts that are long in one way. */
const LONG: { readonly [name: string]: (length: number) => string } = {
  'one line of sentences': (length) => many(length, (n) => CLAIM.replace('70', String(n % 100))),
  'one word': (length) => 'ketamine'.repeat(length / 8),
  'one sentence': (length) => 'ketamine helps depression and '.repeat(length / 30),
  'headings': (length) => many(length, (n) => `## Ketamine helps ${n}\n\n${CLAIM}\n\n`),
  'a list': (length) => many(length, (n) => `- Ketamine lifts depression in ${n} hours\n`),
  'a table': (length) => `| Treatment | Relief | Onset |\n| --- | --- | --- |\n${many(length, (n) => `| Ketamine ${n} | Yes, relief | ${n} hours |\n`)}`,
  'quotation marks': (length) => '"Ketamine gave me my life back" '.repeat(length / 32),
  'open quotation marks': (length) => '"'.repeat(length),
  'stories': (length) => many(length, () => '> I got my life back after ketamine.\n>\n> — Jo\n\n'),
  'citations': (length) => 'Ketamine helps depression [1]. '.repeat(length / 31),
  'notes': (length) => many(length, (n) => `Ketamine helps depression.[^${n}]\n\n[^${n}]: Zarate CA, et al. 2006.\n\n`),
  'references': (length) => `## References\n\n${many(length, (n) => `${n + 1}. Zarate CA, et al. Arch Gen Psychiatry 2006;63:856-${n}.\n`)}`,
  'studies': (length) => 'A 2012 study in Nature Medicine (Smith et al., 2012) found that ketamine helps depression. '.repeat(length / 90),
  'suppressions': (length) => many(length, () => `<!-- caveat-disable-next-line -->\n${CLAIM}\n\n`),
  'figures with asterisks': (length) => many(length, () => 'We saw 70% of patients respond to ketamine*.\n\n* n = 12.\n\n'),
};

describe('robustness', () => {
  for (const text of FOUND) it(`reads ${JSON.stringify(text).slice(0, 60)} in every format`, () => { for (const format of FORMATS) check(text, format); });

  for (const format of FORMATS) {
    it(`reads strange texts as ${format.id}`, function test() {
      this.timeout(60_000);
      for (const [name, text] of Object.entries(STRANGE)) {
        for (const whole of [text, SCOPE + text, text.repeat(20)]) {
          try {
            check(whole, format);
          } catch (error) {
            throw new Error(`${name}: ${String(error)}`, { cause: error });
          }
        }
      }
    });
    it(`takes time in proportion to the text as ${format.id}`, function test() {
      this.timeout(240_000);
      const time = (text: string): number => {
        forget();
        const start = process.cpuUsage();
        check(text, format);
        return process.cpuUsage(start).user / 1000;
      };
      for (const [name, make] of Object.entries(LONG)) {
        const [short, long] = [SCOPE + make(12_000), SCOPE + make(48_000)];
        let [a, b] = [Infinity, Infinity];
        // Four times the text: four times the time where the work is in proportion, sixteen times where it is quadratic.
        for (let n = 0; n < 6 && (n === 0 || b > 9 * Math.max(a, 8)); n++) {
          a = Math.min(a, time(short));
          b = Math.min(b, time(long));
        }
        assert.ok(b <= 9 * Math.max(a, 8), `${name}: ${a.toFixed(0)} ms for ${short.length} characters, ${b.toFixed(0)} ms for ${long.length}`);
      }
    });
  }

  // Where each of many looks at all, it shows only in texts that are long indeed.
  for (const [name, id] of [['a table', 'markdown'], ['figures with asterisks', 'html'], ['a list', 'latex'], ['one sentence', 'text']] as const) {
    it(`takes time in proportion to a book of ${name} as ${id}`, function test() {
      this.timeout(240_000);
      const format = FORMATS.find((one) => one.id === id)!;
      const time = (length: number): number => {
        forget();
        const text = SCOPE + LONG[name]!(length);
        const start = process.cpuUsage();
        lint(parseDocument(text, format), plan);
        return process.cpuUsage(start).user / 1000;
      };
      let [a, b] = [Infinity, Infinity];
      for (let n = 0; n < 5 && (n === 0 || b > 8 * a); n++) {
        a = Math.min(a, time(100_000));
        b = Math.min(b, time(500_000));
      }
      assert.ok(b <= 8 * a, `${a.toFixed(0)} ms, and ${b.toFixed(0)} ms for five times the text`);
    });
  }

  it('costs a keystroke far less than a first reading, and hardly more in a longer text', function test() {
    this.timeout(120_000);
    const format = FORMATS.find(({ id }) => id === 'markdown')!;
    const least = (words: number, seed = words): { first: number; key: number } => {
      let text = documentOf({ words }, seed);
      const at = text.indexOf(' ', text.length >> 1);
      const time = (): number => {
        const start = process.cpuUsage();
        lint(parseDocument(text, format), plan);
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000;
      };
      const first = time();
      let key = Infinity;
      for (let n = 0; n < 60; n++) {
        text = `${text.slice(0, at)}${'abcdefghij'[n % 10]}${text.slice(at)}`;
        key = Math.min(key, time());
      }
      return { first, key };
    };
    least(4000, 1); // warms up
    forget();
    const short = least(4000);
    forget();
    const long = least(16_000);
    assert.ok(short.key < short.first / 4, `a keystroke takes ${short.key} ms, a first reading ${short.first} ms`);
    assert.ok(long.key < long.first / 4, `a keystroke takes ${long.key} ms, a first reading ${long.first} ms`);
    assert.ok(long.key < 5 * short.key, `a keystroke takes ${long.key} ms in a text four times as long, ${short.key} ms in the short one`);
  });

  it('offers fixes for whatever is found in broken texts, and none of them fails', function test() {
    this.timeout(120_000);
    const piece = fc.constantFrom(CLAIM, 'Ketamine is a miracle cure. ', 'Studies show [1] ', '70%', '[^1]', '\n\n', '## References\n\n', '1. Zarate 2006.\n', '| a | ketamine |\n|-|-|\n| b | works |\n', '"', '**', '<p>', '</p>', '<!-- caveat-disable -->', '\ud800', '\u0000', '\r\n', '\\', '{', '}', '%', ' guaranteed ', 'no side effects', 'DOI: 10.1', ':::', '`');
    fc.assert(fc.property(fc.constantFrom(...FORMATS), fc.array(piece, { minLength: 1, maxLength: 25 }), (format, pieces) => {
      const text = SCOPE + pieces.join('');
      const result = check(text, format);
      for (const finding of result.findings.slice(0, 12)) {
        const rule = RULES.find(({ id }) => id === finding.rule);
        const fixes = [...rule?.fixes?.(finding, { document: result.document, analysis: result.analysis, plan }) ?? [], suppressFix(finding, result.document)];
        for (const { edits, title } of fixes) for (const { span } of edits) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${finding.rule}, “${title}”: ${span.start}–${span.end} of ${text.length}`);
      }
    }), { numRuns: 150 });
  });

  it('names a rule that throws, reports without end or reports nonsense, and the others go on', () => {
    const base = { title: '', why: '', basis: '', severity: 'warning', examples: [] } as const;
    const good: Rule = { ...base, id: 'good', *check() { yield { span: { start: 0, end: 1 }, message: 'good' }; } };
    const throwing: Rule = { ...base, id: 'throwing', check() { throw new Error('broken'); } };
    const late: Rule = { ...base, id: 'late', *check() { yield { span: { start: 0, end: 1 }, message: 'before' }; throw new Error('later'); } };
    const endless: Rule = { ...base, id: 'endless', *check() { for (;;) yield { span: { start: 0, end: 1 }, message: 'again' }; } };
    const none = { ...base, id: 'none', check: () => undefined } as unknown as Rule;
    const fixless: Rule = { ...good, id: 'fixless', fixes() { throw new Error('no fix'); } };
    const document = parseDocument(SCOPE, FORMATS.find(({ id }) => id === 'markdown')!);
    const rules = [throwing, endless, late, none, good, fixless];
    const result = lint(document, plan, rules);
    assert.deepEqual(result.faults.map(({ where }) => where), ['throwing', 'endless', 'late', 'none']);
    assert.match(result.faults[1]!.message, /more than/);
    assert.deepEqual(['good', 'late', 'fixless'].map((id) => result.findings.filter(({ rule }) => rule === id).length), [1, 1, 1]);
    assert.deepEqual(fixesOf(result.findings.find(({ rule }) => rule === 'fixless')!, result, plan, rules), []);
    // With a clock that goes on by a second at each look: one that takes long is named, and ended where it can be.
    let clock = 0;
    const patience = { milliseconds: 5000, now: () => clock += 1000 };
    const slow: Rule = { ...base, id: 'slow', *check() { clock += 10_000; yield { span: { start: 0, end: 1 }, message: 'slow' }; } };
    const long = lint(document, plan, [endless, slow, good], patience);
    assert.deepEqual(long.faults.map(({ where, message }) => `${where}: ${message}`), ['endless: Error: takes longer than 5000 ms; what follows is left out', 'slow: Error: took longer than 5000 ms']);
    assert.ok(long.findings.filter(({ rule }) => rule === 'endless').length < 1000);
    assert.deepEqual(['slow', 'good'].map((id) => long.findings.filter(({ rule }) => rule === id).length), [1, 1]);
  });

  it('reads packs that are broken in any way without failing', function test() {
    this.timeout(60_000);
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom('(a|a)*', '~99', '((((((', '[', 'a ~12 '.repeat(80), '__proto__', 'constructor'),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('id', 'name', 'version', 'drugs', 'conditions', 'wordings', 'disclosures', 'errors', 'phrases', 'names', 'unless', 'rule', 'sources', 'terms', 'grades', 'references', 'journals', 'trigger', 'satisfied', '__proto__', 'toString'), tie('value'), { maxKeys: 8 })),
    })).value;
    fc.assert(fc.property(value, (data) => {
      const { pack, problems } = readPack(data);
      assert.ok(pack !== undefined || problems.length > 0, 'what is no pack is said to be none');
      if (pack) compilePlan({}, [pack]);
    }), { numRuns: 400 });
  });

  it('no pack can make it run away: what ruins other matchers is refused, or takes time in proportion', function test() {
    this.timeout(240_000);
    const packOf = (phrases: readonly string[]) => readPack({
      id: 'worst', name: 'Worst', version: '1.0.0', reviewed: '2026-01-01',
      drugs: [{ id: 'ketamine', name: 'ketamine', names: ['ketamine'], also: [], sources: ['https://example.org'], reviewed: '2026-01-01' }],
      conditions: [{ id: 'MDD', name: 'depression', group: 'psychiatric', names: ['depression'] }],
      wordings: [{ id: 'worst', rule: 'absolute-language', phrases, unless: [], when: 'always', replace: {}, fires: ['x'], quiet: ['y'] }],
    });
    for (const phrase of ['(a|a)*b', '(.*)*x', '(?:x+x+)+y', '([a-z]+)*1', '(a?){30}a{30}', '\\w*\\w*\\w*!', '^(a|aa)+$', '((((((a))))))', '~13 a', 'a ~0 b', 'a*']) {
      const { pack, problems } = packOf([phrase]);
      assert.deepEqual(pack?.wordings, [], `${phrase} is taken`);
      assert.ok(problems.length > 0, phrase);
    }
    const words = 'a a a a b a a a '.repeat(40);
    for (const phrases of [
      ['a a a b'] /* is found */, ['(a+)+$'] /* a plus is a character of a word here */, ['a ~12 a ~12 a ~12 a ~12 a ~12 a ~12 x'], [`a ${'[a] '.repeat(30)}x`], ['(a|a a|a a a|a a a a) (a|a a|a a a|a a a a) (a|a a|a a a) ~12 (a|a a) ~12 x'], [`${'(a|[b] a) '.repeat(20)}x`],
      [`a ${'_ '.repeat(40)}x`], [`a ${'[a|b] ~12 '.repeat(12)}x`], Array.from({ length: 300 }, (_, n) => `a ~12 a ~12 x${n}`),
    ]) {
      const { pack, problems } = packOf(phrases);
      assert.deepEqual(problems, [], phrases[0]);
      const own = compilePlan({}, [pack!]);
      const time = (times: number): number => {
        forget();
        // No sentence twice, as what is known is not read again; and each with the word that is looked for first, in the wrong place.
        const text = SCOPE + Array.from({ length: times }, (_, n) => `X x0 x299 is how ketamine relieves depression ${n} ${words}. `).join('');
        const start = process.cpuUsage();
        const { faults, findings } = lint(parseDocument(text, FORMATS[0]!), own);
        assert.deepEqual(faults, []);
        if (phrases[0] === 'a a a b') assert.equal(findings.filter(({ rule }) => rule === 'absolute-language').length > 38 * times, true, 'what it can find, it finds');
        return process.cpuUsage(start).user / 1000;
      };
      let [a, b] = [Infinity, Infinity];
      for (let n = 0; n < 5 && (n === 0 || b > 9 * Math.max(a, 20)); n++) {
        a = Math.min(a, time(10));
        b = Math.min(b, time(40));
      }
      assert.ok(b <= 9 * Math.max(a, 20), `${phrases[0]}: ${a.toFixed(0)} ms, and ${b.toFixed(0)} ms for four times the text`);
    }
  });

  it('refuses YAML that unfolds into more than it is', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`).join('\n')}\n`;
    assert.throws(() => parse(bomb), /alias/i);
  });
});

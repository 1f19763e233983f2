import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FILL, type Block, type Format, type Parsed } from '../../../server/src/core/formats/format';

/** What any format holds to for any text. */
export function checkLaws(format: Format, text: string): Parsed {
  const parsed = format.parse(text);
  assert.equal(parsed.prose.length, text.length, 'prose is as long as its text');
  let end = 0;
  for (const { span, kind } of parsed.blocks) {
    assert.ok(span.start >= end && span.end > span.start && span.end <= text.length, `${kind} ${span.start}-${span.end} behind ${end} of ${text.length}`);
    end = span.end;
  }
  for (const { span } of parsed.marks) {
    assert.ok(span.start < span.end && span.end <= text.length);
    assert.equal(parsed.prose.slice(span.start, span.end).replaceAll(FILL, ''), '', 'a mark reads as nothing');
  }
  for (const { span, targetSpan } of parsed.links) for (const at of [span, targetSpan]) assert.ok(at.start >= 0 && at.start <= at.end && at.end <= text.length);
  for (const { span } of parsed.comments) assert.ok(span.start < span.end && span.end <= text.length);
  return parsed;
}

const HOSTILE = ['\r\n', '\r', '\n\n', '\n', ' ', '\t', '😀', '\ud83d', '\udc00', '\u0000', '\ufeff', 'é', 'İ', '\u2028', '\u00a0', '"', "'", '|', '*', '_', '`', '<', '>', '{', '}', '[', ']', '\\', '%', '$', '&', ':', '=', '-', '.', '+', '1. ', 'ketamine'];

/** Fixtures with pieces cut out, doubled and put in, as half-typed and broken texts have. */
export function mutations(fixtures: readonly string[], tokens: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...tokens) }, { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) });
  const edit = fc.record({ at: fc.nat(100_000), cut: fc.nat(40), put: fc.array(piece, { maxLength: 4 }) });
  return fc.record({ base: fc.constantFrom('', ...fixtures), edits: fc.array(edit, { minLength: 1, maxLength: 12 }) }).map(({ base, edits }) =>
    edits.reduce((text, { at, cut, put }) => {
      const from = text.length === 0 ? 0 : at % (text.length + 1);
      return text.slice(0, from) + put.join('') + text.slice(from + cut);
    }, base));
}

/** Tests that every format has: its laws under mutation, exact offsets, and time that grows with the text. */
export function testLaws(format: Format, fixtures: readonly string[], tokens: readonly string[]): void {
  it('holds its laws for broken texts', () => {
    fc.assert(fc.property(mutations(fixtures, tokens), (text) => { checkLaws(format, text); }), { numRuns: 500 });
  });
  it('reads CRLF as LF', () => {
    for (const fixture of fixtures) {
      const lf = fixture.replace(/\r\n/g, '\n');
      assert.deepEqual(read(format, lf.replace(/\n/g, '\r\n')), read(format, lf));
    }
  });
  it('takes no more than its share of time for longer texts', () => {
    let run = 0;
    /** Processor time in ms. Each text is another one: formats may keep what they have read. */
    const time = (token: string, length: number): number => {
      const text = `${run++}\n${token.repeat(Math.ceil(length / token.length))}`;
      const start = process.cpuUsage();
      format.parse(text);
      return process.cpuUsage(start).user / 1000;
    };
    for (const token of [...fixtures, ...tokens, ...tokens.map((token) => `a ${token} `), ...tokens.map((token) => `${token}\n`)]) {
      // Four times the text takes four times the time where the work is in proportion, sixteen times where each place is looked at
      // from each. The best of several: a collection of garbage or a busy machine makes a run longer, nothing makes one shorter.
      let [short, long] = [Infinity, Infinity];
      for (let n = 0; n < 5 && (n === 0 || long > 10 * Math.max(short, 5)); n++) {
        short = Math.min(short, time(token, 12_000));
        long = Math.min(long, time(token, 48_000));
      }
      assert.ok(long <= 10 * Math.max(short, 5), `${JSON.stringify(token.slice(0, 40))}: four times the text, ${long.toFixed()} ms and not ${short.toFixed()}`);
    }
  });
}

/** A block as `kind text`, with what sets it apart. */
export function describeBlock(parsed: Parsed, block: Block): string {
  const { kind, level, quoted, row, column, header, label, role, span } = block;
  const traits = [
    level > 0 ? String(level) : '', row >= 0 ? `${row},${column}${header ? ' head' : ''}` : '', quoted ? 'quoted' : '', label === '' ? '' : `[${label}]`, role === '' ? '' : `@${role}`,
  ].filter((trait) => trait !== '').map((trait) => ` ${trait}`).join('');
  return `${kind}${traits}: ${parsed.prose.slice(span.start, span.end).replaceAll(FILL, '').replace(/\s+/g, ' ').trim()}`;
}

/** The blocks of a text in short. */
export function read(format: Format, text: string): string[] {
  const parsed = checkLaws(format, text);
  return parsed.blocks.map((block) => describeBlock(parsed, block));
}

/** The marks of a text: the source under the mark, its form and keys. */
export const readMarks = (format: Format, text: string): string[] =>
  checkLaws(format, text).marks.map(({ span, form, keys }) => `${text.slice(span.start, span.end)} ${form} ${keys.join(',')}`);

/** The links of a text: shown text and target, each as its span covers it. */
export const readLinks = (format: Format, text: string): string[] =>
  checkLaws(format, text).links.map(({ span, target, targetSpan }) => `${text.slice(span.start, span.end)} → ${target} = ${text.slice(targetSpan.start, targetSpan.end)}`);

import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { normalise, parseDocument, sourceSpan, type Document } from '../../server/src/core/document';
import { FILL, block, sourceEnd, type Format, type Parsed } from '../../server/src/core/formats/format';
import { FORMATS, formatOfPath } from '../../server/src/core/formats/index';
import { text as plainText } from '../../server/src/core/formats/text';

/** Each word of each unit with what the source has at its place. */
const words = (document: Document): [string, string][] => document.units.flatMap((unit) => [...unit.text.matchAll(/\S+/g)].map(({ 0: word, index }): [string, string] => {
  const { start, end } = sourceSpan(document, unit, index, index + word.length);
  return [word, document.text.slice(start, end)];
}));

const parsed = (prose: string, blocks: Parsed['blocks']): Parsed => ({ prose, blocks, marks: [], links: [], comments: [], frontMatter: undefined, bibliographies: [] });
const formatWith = (result: Parsed): Format => ({ ...plainText, parse: () => result });

/** Pieces of source text: what they are in the prose (FILL for markup), and how they read. */
const PIECES: readonly (readonly [source: string, prose: string, reads: string])[] = [
  ['a', 'a', 'a'], ['bc', 'bc', 'bc'], ['D', 'D', 'D'], ['7', '7', '7'], ['é', 'é', 'é'], ['漢', '漢', '漢'], ['😀', '😀', '😀'], ['.', '.', '.'],
  ['’', '’', "'"], ['“', '“', '"'], ['»', '»', '"'], ['‑', '‑', '-'], ['−', '−', '-'], ['–', '–', '–'],
  ['\u00ad', '\u00ad', ''], ['\u200b', '\u200b', ''], ['\ufeff', '\ufeff', ''], ['**', FILL.repeat(2), ''], ['<b>', FILL.repeat(3), ''],
  ['&eacute;', `é${FILL.repeat(7)}`, 'é'], ['&amp;', `&${FILL.repeat(4)}`, '&'], ['\\%', `%${FILL}`, '%'], ['&#128512;', `😀${FILL.repeat(7)}`, '😀'],
  [' ', ' ', ' '], ['\n', '\n', ' '], ['\r\n', '\r\n', ' '], ['\t', '\t', ' '], ['\u00a0', '\u00a0', ' '], ['\u2009', '\u2009', ' '], ['\f', '\f', ' '],
];

const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 });
const joined = (of: typeof PIECES, column: 0 | 1 | 2): string => of.map((piece) => piece[column]).join('');
const READS = new Map(PIECES.map(([source, , reads]) => [source, reads]));
/** The longest pieces first, so that what is read again is what was written. */
const SOURCES = [...READS.keys()].sort((a, b) => b.length - a.length);

/** How a source made of the pieces reads. */
function read(source: string): string | undefined {
  let out = '';
  for (let at = 0; at < source.length;) {
    const piece = SOURCES.find((candidate) => source.startsWith(candidate, at));
    if (piece === undefined) return undefined;
    out += READS.get(piece)!;
    at += piece.length;
  }
  return out;
}

describe('documents', () => {
  describe('normalise', () => {
    it('folds white space, quotation marks and hyphens, and drops what does not read', () => {
      equal(normalise('  “It’s”\u00a0non‑\u00adaddictive\r\n\t−5\u200b° \f', { start: 0, end: 31 }).text, '"It\'s" non-addictive -5°');
    });

    it('maps each character to its place, in order, and the end behind the last', () => {
      fc.assert(fc.property(pieces, fc.nat(5), fc.nat(5), (of, before, after) => {
        const prose = '#'.repeat(before) + joined(of, 1) + '#'.repeat(after);
        const { text, map } = normalise(prose, { start: before, end: prose.length - after });
        equal(text, joined(of, 2).replace(/ +/g, ' ').trim());
        equal(map.length, text.length + 1);
        for (let i = 0; i < text.length; i++) {
          ok(map[i]! < map[i + 1]!);
          if (text[i] === ' ') ok(/\s/.test(prose[map[i]!]!));
          else equal(normalise(prose[map[i]!]!, { start: 0, end: 1 }).text, text[i]);
        }
        if (text !== '') equal(map[text.length], map[text.length - 1]! + 1);
      }), { numRuns: 1000 });
    });
  });

  it('give each word back as the source has it, entities whole and markup around it left out', () => {
    let many = 0;
    fc.assert(fc.property(pieces, (of) => {
      const source = joined(of, 0);
      const document = parseDocument(source, formatWith(parsed(joined(of, 1), [block('paragraph', { start: 0, end: source.length })])));
      for (const [word, at] of words(document)) {
        many++;
        equal(read(at), word);
        ok(!/^(?:\*\*|<b>)|(?:\*\*|<b>)$/.test(at), at);
      }
    }), { numRuns: 1000 });
    ok(many > 1000);
  });

  describe('of a real format give each word back', () => {
    for (const [path, source, ...expected] of [
      ['a.html', '<p>caf&eacute; 100&#37; <b>do&nbsp;</b>well &#128512; A&amp;<i>B</i></p>', 'caf&eacute;', '100&#37;', 'do', 'well', '&#128512;', 'A&amp;<i>B'],
      ['a.md', 'caf&eacute; 100\\% of *it* &copy;', 'caf&eacute;', '100\\%', 'of', 'it', '&copy;'],
      ['a.tex', 'of 70\\% na\\"{\\i}ve caf\\\'e \\textbf{so} ``it\'\' on\\ldots{}', 'of', '70\\%', 'na\\"{\\i}ve', 'caf\\\'e', 'so', '``it\'\'', 'on\\ldots{}'],
      ['a.adoc', 'caf&eacute; *so* it', 'caf&eacute;', 'so', 'it'],
      ['a.rst', 'It is 100\\% *so* it', 'It', 'is', '100\\%', 'so', 'it'],
    ] as const) {
      it(path, () => {
        const format = formatOfPath(path);
        ok(format);
        deepEqual(words(parseDocument(source, format)).map(([, at]) => at), expected);
      });
    }
  });

  it('take an entity for one only where the prose does', () => {
    equal(sourceEnd('&amp;', `&${FILL.repeat(4)}`, 0), 5);
    equal(sourceEnd('&amp;', '&amp;', 4), 5);
    equal(sourceEnd('a</b>', `a${FILL.repeat(4)}`, 0), 1);
    equal(sourceEnd('&</b>', `&${FILL.repeat(4)}`, 0), 1);
    equal(sourceEnd('{\\\'e}', `${FILL}é${FILL.repeat(3)}`, 1), 5);
  });

  it('put units in their blocks, in order, and know the headings above each block', () => {
    const source = 'One\nTwo. Three.\nFour\nFive.\nSix\nSeven.';
    const lines = [...source.matchAll(/.+/g)].map((m) => ({ start: m.index, end: m.index + m[0].length }));
    const kinds = [['heading', 1], ['paragraph', 0], ['heading', 2], ['paragraph', 0], ['heading', 1], ['paragraph', 0]] as const;
    const document = parseDocument(source, formatWith(parsed(source, lines.map((at, n) => block(kinds[n]![0], at, { level: kinds[n]![1] })))));
    deepEqual(document.units.map(({ text }) => text), ['One', 'Two.', 'Three.', 'Four', 'Five.', 'Six', 'Seven.']);
    deepEqual(document.firstUnit, [0, 1, 3, 4, 5, 6, 7]);
    deepEqual(document.headings, [[], [0], [0], [0, 2], [], [4]]);
  });

  it('keep every span in the text, in order, for any text in any format', () => {
    const piece = fc.constantFrom('# ', '- ', '| ', '<p>', '</p>', '&amp;', '\\%', '**', 'Dr. ', 'One. ', '[1]', '\n', '\n\n', '```', '{', '}', '$', '“', '\ud83d', FILL, 'a', '<!--', '-->', '\\cite{a}', ':: ', '.. ');
    for (const format of FORMATS) {
      fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((of) => of.join('')), (source) => {
        const document = parseDocument(source, format);
        let at = 0;
        for (const unit of document.units) {
          ok(unit.span.start >= at && unit.span.end > unit.span.start && unit.span.end <= source.length, format.id);
          equal(document.units[unit.index], unit);
          equal(document.texts[unit.block]!.text.slice(unit.from, unit.to), unit.text);
          const whole = sourceSpan(document, unit, 0, unit.text.length);
          deepEqual(whole, unit.span);
          at = unit.span.end;
        }
      }), { numRuns: 150 });
    }
  });
});

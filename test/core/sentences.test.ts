import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { normalise, parseDocument } from '../../server/src/core/document';
import { text as plainText } from '../../server/src/core/formats/text';
import { splitSentences } from '../../server/src/core/sentences';
import { timesAsLong } from '../ratio';
import first from './cases/sentences-negation.json';
import second from './cases/sentences-second.json';

/** The sentences of a text as its source has them. */
function sentencesOf(source: string): string[] {
  const { text, map } = normalise(source, { start: 0, end: source.length });
  return splitSentences(text).map(({ start, end }) => source.slice(map[start]!, map[end - 1]! + 1));
}

const MARKER = /^(?:[-•]|\d\.) /;

/** The same for lines that are no paragraph, which their format takes apart; markers of list items aside. */
const linesOf = (source: string): string[] => parseDocument(source, plainText).units.map(({ span }) => source.slice(span.start, span.end).replace(MARKER, ''));

describe('sentences', () => {
  it('splits at least 76 of the 80 hard cases', () => {
    const missed = first.sentence.filter(({ tag, text, sentences }) =>
      tag === 'lines' && !sentences.some((sentence) => sentence.includes('\n')) ? String(linesOf(text)) !== String(sentences.map((sentence) => sentence.replace(MARKER, ''))) : String(sentencesOf(text)) !== String(sentences));
    ok(first.sentence.length - missed.length >= 76, `missed ${missed.map(({ id }) => id).join(', ')}`);
  });

  for (const { about, cases } of second) {
    describe(about, () => {
      for (const sentences of cases) it(sentences.join(' | '), () => deepEqual(sentencesOf(sentences.join(' ')), sentences));
    });
  }

  it('covers all but the spaces between, in order, for any text', () => {
    const piece = fc.constantFrom('a', 'Dr', '.', '!', '?', '…', ' ', '[1]', '(', ')', '"', '1', 'U.S', '😀', '✅', '•', '¹', 'e.g.', 'μ', '\ud83d', '。', '[', 'mTOR', '†');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(piece).map((pieces) => pieces.join(''))), (raw) => {
      const { text } = normalise(raw, { start: 0, end: raw.length });
      let at = 0;
      for (const { start, end } of splitSentences(text)) {
        ok(start >= at && end > start);
        ok(text.slice(at, start).trim() === '');
        ok(!text.slice(start, end).startsWith(' ') && !text.slice(start, end).endsWith(' '));
        at = end;
      }
      deepEqual(text.slice(at), '');
    }), { numRuns: 500 });
  });

  for (const [name, unit] of [
    ['prose', 'Ketamine works within hours.[1] Berman et al. found so in 2000 (see Fig. 2). '], ['stops', '. '], ['dots', '.'], ['parentheses', '('],
    ['closed parentheses', '(a. B)'], ['brackets', '.[1'], ['glued digits', 'a.1,2,3,4'], ['initials', 'A. '], ['emoji', '😀 '], ['quotes', '."'], ['letters', 'a'],
    ['forgotten spaces', 'hours.Effects '], ['superscripts', '.¹⁻'],
  ] as const) {
    it(`takes time in proportion to the text: ${name}`, () => {
      const times = timesAsLong(4, (size) => unit.repeat(Math.ceil(size / unit.length)).trim(), splitSentences);
      ok(times < 10, String(times));
    });
  }
});

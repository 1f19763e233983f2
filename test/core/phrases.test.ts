import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { Matcher, PhraseError, checkPhrase } from '../../server/src/core/phrases';
import { timesAsLong } from '../ratio';

const found = (phrase: string, text: string): string[] => new Matcher([{ phrase, value: 0 }]).scan(text).map(({ start, end }) => text.slice(start, end));

// A second, plain reading of the language, to hold the first against: all places at which a phrase could end.

type Part =
  | { readonly type: 'word'; readonly text: string }
  | { readonly type: 'gap'; readonly most: number }
  | { readonly type: 'any' }
  | { readonly type: 'choice'; readonly options: readonly (readonly Part[])[]; readonly optional: boolean };

const written = (parts: readonly Part[]): string => parts.map((part) => {
  switch (part.type) {
    case 'word': return part.text;
    case 'gap': return `~${part.most}`;
    case 'any': return '_';
    case 'choice': {
      const inner = part.options.map(written).join('|');
      return part.optional ? `[${inner}]` : `(${inner})`;
    }
  }
}).join(' ');

/** Where a word at a place ends, and the hyphens in it. */
function wordEnds(text: string, from: number): { readonly whole: number; readonly all: readonly number[] } | undefined {
  let whole = from;
  while (whole < text.length && !' .;:!?'.includes(text[whole]!)) whole++;
  if (whole === from) return undefined;
  const all = [whole];
  for (let i = from + 1; i < whole; i++) if (text[i] === '-') all.push(i);
  return { whole, all };
}

const isSpace = (c: string | undefined): boolean => c === ' ' || c === '-';

function endsOf(parts: readonly Part[], text: string, at: number, first: boolean): Set<number> {
  const [part, ...rest] = parts;
  if (!part) return new Set([at]);
  const out = new Set<number>();
  const go = (from: Iterable<number>, start = false): void => { for (const place of from) for (const end of endsOf(rest, text, place, start)) out.add(end); };
  const begin = first ? at : isSpace(text[at]) ? at + 1 : -1;
  switch (part.type) {
    case 'word': {
      const end = begin + part.text.length;
      if (begin >= 0 && text.slice(begin, end) === part.text && !/[a-z]/.test(text[end] ?? '')) go([end]);
      break;
    }
    case 'any':
      if (begin >= 0) go(wordEnds(text, begin)?.all ?? []);
      break;
    case 'gap': {
      go([at]);
      for (let n = 0, from = at; n < part.most && (text[from] === ' ' || n === 0 && text[from] === '-'); n++) {
        const word = wordEnds(text, from + 1);
        if (!word) break;
        go(word.all);
        from = word.whole;
      }
      break;
    }
    case 'choice':
      for (const option of part.options) {
        const ends = [...endsOf(option, text, at, first)];
        go(first && part.optional ? ends.filter((end) => isSpace(text[end])).map((end) => end + 1) : ends, first && part.optional);
      }
      if (part.optional) go([at], first);
  }
  return out;
}

const word = fc.constantFrom('aa', 'bb', 'cc').map((text): Part => ({ type: 'word', text }));
const { sequence } = fc.letrec<{ part: Part; option: Part[]; sequence: Part[] }>((tie) => ({
  part: fc.oneof({ depthSize: 'small', withCrossShrink: true }, word, fc.integer({ min: 1, max: 4 }).map((most): Part => ({ type: 'gap', most })), fc.constant<Part>({ type: 'any' }),
    fc.record({ type: fc.constant('choice' as const), options: fc.array(tie('option'), { minLength: 1, maxLength: 3 }), optional: fc.boolean() })),
  option: fc.tuple(word, fc.array(tie('part'), { maxLength: 2 })).map(([one, more]) => [one, ...more]),
  sequence: fc.tuple(word, fc.array(tie('part'), { maxLength: 6 })).map(([one, more]) => [one, ...more]),
}));
const depth = (parts: readonly Part[]): number => Math.max(0, ...parts.map((part) => (part.type === 'choice' ? 1 + Math.max(...part.options.map(depth)) : 0)));
/** Gaps side by side are read as one. */
const apart = (parts: readonly Part[]): boolean => parts.every((part, n) => !(part.type === 'gap' && parts[n - 1]?.type === 'gap') && (part.type !== 'choice' || part.options.every(apart)));

describe('phrases', () => {
  describe('find', () => {
    for (const [phrase, text, ...hits] of [
      ['cure', 'A cure. Cures, secure, cure-all, CURE', 'cure', 'cure', 'CURE'],
      ['improv*', 'It improves; improvement; they improved: Improv', 'improves', 'improvement', 'improved', 'Improv'],
      ['well tolerated', 'Well-tolerated and well tolerated, well  tolerated', 'Well-tolerated', 'well tolerated'],
      ['well-tolerated', 'well tolerated', 'well tolerated'],
      ['(cures|relieves|eases*) pain', 'It cures pain, relieves pain, eased pain', 'cures pain', 'relieves pain'],
      ['works [very|quite] [really] fast', 'works fast, works very fast, works quite really fast, works so fast', 'works fast', 'works very fast', 'works quite really fast'],
      ['[very] [really] good', 'very really good', 'very really good', 'really good', 'good'],
      ['no _ effects', 'no side effects, no effects, no known-side effects', 'no side effects', 'no known-side effects'],
      ['relief ~2 hours', 'relief in hours; relief within two hours; relief within one or two hours; relief hours', 'relief in hours', 'relief within two hours', 'relief hours'],
      ['relief ~3 hours', 'relief came. In hours', ],
      ['fell ~3 points', 'It fell by 2.5 points. fell at 10:30 by points', 'fell by 2.5 points', 'fell at 10:30 by points'],
      ['a ~3 b', 'a long-lasting, deep b', 'a long-lasting, deep b'],
      ['ketamine ~1 therapy', 'ketamine-assisted therapy', 'ketamine-assisted therapy'],
      ['<num> patients', '12 patients, 1,200 patients, twelve patients, twenty-two patients, 1.5 patients', '12 patients', '1,200 patients', 'twelve patients', 'twenty-two patients', 'two patients', '1.5 patients'],
      ['<pct>', '70%, 70.5 %, seventy percent, 7 per cent', '70%', '70.5 %', 'seventy percent', '7 per cent'],
      ['<num>, at most', '3, at most', '3, at most'],
      ['SAD', 'A sad man with SAD', 'SAD'],
      ['mg/kg', '0.5 mg/kg', 'mg/kg'],
      ['and/or', 'and/or, and / or', 'and/or', 'and / or'],
      ['24/7', 'open 24/7', '24/7'],
      ['safe, fast', 'safe, fast', 'safe, fast'],
      ["don't drive", "Don't drive", "Don't drive"],
      ['don’t drive', "Don't drive", "Don't drive"],
      ['it', "it's it", 'it', 'it'],
      ['5 ht', 'a 5-HT receptor', '5-HT'],
      ['naïve', 'NAÏVE naïvely', 'NAÏVE'],
      ['ß', 'S ß', 'ß'],
      ['cafe', 'cafe\u0301 cafe', 'cafe'],
      ['(a b|a) ~1 c', 'a b x c', 'a b x c'],
      ['(a|a b) ~1 c', 'a b x c', 'a b x c'],
    ] as const) it(`${phrase} in “${text}”`, () => deepEqual(found(phrase, text), hits));
  });

  it('gives hits by place, then as entered, with the values of their phrases', () => {
    const matcher = new Matcher([{ phrase: 'fast', value: 'b' }, { phrase: 'very fast', value: 'a' }, { phrase: 'very', value: 'c' }]);
    deepEqual(matcher.scan('very fast'), [{ value: 'a', start: 0, end: 9 }, { value: 'c', start: 0, end: 4 }, { value: 'b', start: 5, end: 9 }]);
  });

  describe('say what is wrong with', () => {
    for (const [phrase, message] of [
      ['', /empty/], ['(a|b', /“\)” is missing/], ['a]', /closes nothing/], ['a|b', /in a group/], ['(a|)', /alternative is empty/], ['(a|[b])', /alternative is empty/], ['~3 a', /starts with/], ['_ a', /starts with/], ['[a]', /starts with/],
      ['[a] ~2 b', /starts with/], ['a ~0 b', /1 to 12/], ['a ~13 b', /1 to 12/], ['a ~ b', /1 to 12/], ['a <x>', /<num> or <pct>/], ['ab*', /three letters/], ['a\\b', /means nothing/], ['(((((a)))))', /nested/],
      [', a', /starts with/], ["'tis", /starts with/], ['a '.repeat(61), /too many/], ['a'.repeat(20_001), /too long/],
    ] as const) {
      it(`“${phrase.slice(0, 20)}”`, () => throws(() => checkPhrase(phrase), (error) => error instanceof PhraseError && message.test(error.message) && error.at <= phrase.length));
    }
  });

  it('are read or refused, and never fail otherwise, whatever they are', () => {
    const piece = fc.constantFrom('a', 'bcd', 'B', ' ', '-', '*', '(', ')', '[', ']', '|', '~3', '~', '_', '<num>', '<pct>', '<', ',', '%', "'", '’', '.', '5', 'é', 'ß', '\ud83d', '\u0000', '^', '$', '/', '+', '&');
    const text = 'a bcd-a B, 5% a.bcd é’ß a a a 12.5 a/b+c&d';
    fc.assert(fc.property(fc.oneof(fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')), fc.string({ unit: 'binary', maxLength: 30 })), (phrase) => {
      let matcher: Matcher<number>;
      try {
        matcher = new Matcher([{ phrase, value: 0 }]);
      } catch (error) {
        ok(error instanceof PhraseError, String(error));
        throws(() => checkPhrase(phrase), PhraseError);
        return;
      }
      checkPhrase(phrase);
      for (const { start, end } of matcher.scan(text)) ok(0 <= start && start < end && end <= text.length);
    }), { numRuns: 2000 });
  });

  it('match where a plain reading of the language does, and end where it could', () => {
    const text = fc.array(fc.tuple(fc.constantFrom('aa', 'bb', 'cc', 'dd'), fc.constantFrom(' ', ' ', ' ', '-', ', ', '. ')), { maxLength: 9 })
      .map((words) => words.map((pair) => pair.join('')).join('').trim()).filter((made) => !/(?:\w+-){4}/.test(made) && !made.endsWith('-'));
    let hits = 0;
    fc.assert(fc.property(sequence.filter((parts) => apart(parts) && depth(parts) <= 4), text, (parts, made) => {
      const ends = new Map(new Matcher([{ phrase: written(parts), value: 0 }]).scan(made).map(({ start, end }) => [start, end]));
      for (const { index } of made.matchAll(/[a-z]+/g)) {
        const possible = endsOf(parts, made, index, true);
        const end = ends.get(index);
        equal(end !== undefined, possible.size > 0, `${written(parts)} at ${index} of ${made}`);
        if (end !== undefined) { hits++; ok(possible.has(end)); }
      }
    }), { numRuns: 3000 });
    ok(hits > 300, `too few hits to tell anything: ${hits}`);
  });

  describe('take time in proportion to the text', () => {
    const texts = { 'one word': 'a ', hyphens: 'a-', 'long words': `${'a'.repeat(50)} `, prose: 'a dose of a drug, b, for a-b c and ' };
    for (const phrase of [
      'a ~12 b ~12 a ~12 b ~12 a ~12 z', 'a ~12 ~12 ~12 ~12 z', 'a _ _ _ _ _ _ _ _ _ _ _ _ z', 'a [_] [_] [_] [_] [_] [_] [_] [_] [_] [_] [_] [_] [_] [_] [_] [_] z',
      `a ${'(a|a|a a) '.repeat(20)}z`, `a ${'[a] '.repeat(30)}z`, `(a ~12|a) ${'(a ~3|a|b ~4) '.repeat(8)}z`, `a ${'~12 [a|b] '.repeat(20)}z`, 'a ~12 a ~12 <num>', '[a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] a z', '(((a|a a)|(a|a a))|((a ~3|a)|(a|a a))) ~12 a ~12 z',
    ]) {
      for (const [kind, piece] of Object.entries(texts)) {
        it(`${phrase.slice(0, 40)} in ${kind}`, () => {
          const matcher = new Matcher([{ phrase, value: 0 }]);
          const times = timesAsLong(4, (size) => piece.repeat(size / piece.length), (text) => matcher.scan(text), 500);
          ok(times < 10, String(times));
        });
      }
    }

    it('and not in the number of combinations: eight gaps are no dearer than their number', () => {
      const time = (gaps: number): number => {
        const matcher = new Matcher([{ phrase: `a ${'~12 a '.repeat(gaps)}z`, value: 0 }]);
        const text = 'a '.repeat(1000);
        let best = Infinity;
        for (let i = 0; i < 4; i++) {
          const start = performance.now();
          matcher.scan(text);
          best = Math.min(best, performance.now() - start);
        }
        return best;
      };
      const ratio = Math.min(time(8) / time(2), time(8) / time(2));
      ok(ratio < 40, String(ratio));
    });
  });
});

// Words that a match needs, read from an expression: what matches must always pass.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { formatOfPath, parseDocument } from '../../server/src/core/index';
import { gated, wordsNeeded } from '../../server/src/core/gate';

const CORE = resolve(import.meta.dirname, '../../server/src/core');
const ARTICLES = resolve(import.meta.dirname, '../gold/articles');

const needed = (expression: RegExp): string[] => wordsNeeded(expression).map((words) => words.join(' ')).sort();

/** The expressions of the engine's own code, as far as they stand on one line. */
function expressions(): RegExp[] {
  const found = new Map<string, RegExp>();
  for (const name of readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))) {
    for (const [, source, flags] of readFileSync(resolve(CORE, name), 'utf8').matchAll(/(?<=[=(,\s!])\/((?:[^/\\\n[*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)\/([a-z]*)(?=[.,;)\s])/g)) {
      try {
        found.set(`${source}/${flags}`, new RegExp(source!, flags));
      } catch {
        // A division, or part of a string.
      }
    }
  }
  return [...found.values()];
}

describe('gated', () => {
  it('reads the words that a match needs', () => {
    assert.deepEqual(needed(/\b(?:dogs?|in vitro|veterinar\w*)\b/i), ['dog* vitro veterinar*']);
    assert.deepEqual(needed(/\bno (?:known |real ){0,2}(?:side[- ]effects?|risks?)(?!\w)/i), ['no', 'side risk*']);
    assert.deepEqual(needed(/\b\d+(?: \w+){0,2} (?:patients?|people)\b/), ['#', 'patient* people']);
    assert.deepEqual(needed(/\b[Ss]he (?:says|said)\b/), ['says said', 'she']);
    assert.deepEqual(needed(/\b(?:smil|laugh)(?:e|s|ed)? again\b/), ['again', 'smil* laugh*']);
    assert.deepEqual(needed(/^(?:While|Although)\b/), ['while although']);
    assert.deepEqual(needed(/\bcolou?rs\b/), ['colo*']);
  });

  it('needs nothing where that can not be told', () => {
    for (const expression of [/self/, /\w+ed\b/, /\b(?:risks?|\w+less)\b/, /(?<!\w)x?/, /[a-z]+ally/, /\bmaybe?|/, /(?:a|[bc]d)e/, /./]) assert.deepEqual(needed(expression), [], String(expression));
  });

  it('looks around without needing what is there', () => {
    assert.deepEqual(needed(/\bpain(?! scores)(?=\b)/), ['pain*']);
    assert.deepEqual(needed(/(?<=severe )\bpain\b/), ['pain']);
  });

  it('lets through all that the expressions of the engine match in the labelled articles', function test() {
    this.timeout(120_000);
    const texts = new Set(readdirSync(ARTICLES).flatMap((name) => {
      const format = formatOfPath(name);
      return format ? parseDocument(readFileSync(resolve(ARTICLES, name), 'utf8'), format).units.map((unit) => unit.text) : [];
    }));
    let [narrow, matches, tried] = [0, 0, 0];
    for (const expression of expressions()) {
      if (wordsNeeded(expression).length === 0) continue;
      narrow++;
      const { possible, exec } = gated(expression);
      for (const text of texts) {
        expression.lastIndex = 0;
        const match = expression.exec(text);
        if (possible(text)) tried++;
        // A letter that is none of ASCII's ends a word for `\b`: there the words are nearer to what is meant.
        if (!match || /[^\0-\u007f]/.test(text)) continue;
        matches++;
        assert.equal(exec(text)?.[0], match[0], `${expression} in “${text}”`);
      }
    }
    assert.ok(narrow > 200 && matches > 2000, `${narrow} expressions, ${matches} matches`);
    assert.ok(tried < 0.25 * narrow * texts.size, 'most are not tried on most texts');
  });

  it('lets through what matches, whatever the words and their marks', () => {
    const { expression, test } = gated(/\b(?:can't|won't|no (?:real )?(?:harm|risks?)|improv\w+|side[ -]effects?)\b/i);
    const piece = fc.constantFrom('can\'t', 'won', '\'t', 'no', ' ', '-', 'real', 'harm', 'risks', 'risk', 'Improved', 'improv', 'side', 'effect', 'effects', '.', '&', '+', '7', 'x', '_', '"');
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      assert.equal(test(text), expression.test(text), text);
    }), { numRuns: 3000, seed: 7 });
  });
});

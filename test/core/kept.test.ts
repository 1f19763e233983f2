// What is kept by text must not hold on to more than that text.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compilePlan, formatOf, lint, parseDocument } from '../../server/src/core/index';
import { forget, Kept } from '../../server/src/core/kept';
import { builtinPacks } from '../../server/src/packs';
import { documentOf } from '../bench/documents';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

describe('kept', () => {
  it('makes a thing once for a text, and again when it has not been asked for in a long time', () => {
    const kept = new Kept<{ readonly text: string }>(1000);
    const make = (text: string) => ({ text });
    const first = kept.of('a text of some length', make);
    assert.equal(kept.of('a text of some length', make), first);
    for (let n = 0; n < 60; n++) kept.of(`another text, number ${n}`, make);
    assert.notEqual(kept.of('a text of some length', make), first);
  });

  for (const id of ['markdown', 'html']) {
    it(`holds on to no version of a document that was typed over: ${id}`, function test() {
      this.timeout(120_000);
      const plan = compilePlan({}, builtinPacks());
      const format = formatOf(id, '')!;
      /** How much more is held after 60 keystrokes, in bytes. */
      const grown = (bytes: number): number => {
        forget();
        let text = documentOf({ bytes }, bytes);
        const places = Array.from({ length: 20 }, (_, n) => text.indexOf(' ', Math.floor(text.length * (n + 1) / 32)));
        const type = (from: number, to: number): void => {
          for (let n = from; n < to; n++) {
            const at = places[n % places.length]! + n;
            text = `${text.slice(0, at)} w${n}${text.slice(at)}`;
            lint(parseDocument(text, format), plan);
          }
        };
        type(0, 20);
        const before = heap();
        type(20, 80);
        return heap() - before;
      };
      grown(12_000); // what other tests have left is dropped
      const [short, long] = [grown(12_000), grown(48_000)];
      // A keystroke leaves what was made of its sentence and paragraph. A version of the text would be four times as much.
      assert.ok(long < 2 * Math.max(short, 2_500_000) + 1_000_000, `${short} bytes more in a text of 12 KB, ${long} in one of 48 KB`);
    });
  }
});

// Documents in which a careful medical editor would mark nothing: another topic, no claim, or all claims told as they should be.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compilePlan, formatOfPath, lint, parseDocument } from '../server/src/core/index';
import { builtinPacks } from '../server/src/packs';

const FOLDER = join(import.meta.dirname, 'silent');
const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path)).sort();

describe('silence', () => {
  const plan = compilePlan({}, builtinPacks());

  it('is wanted of sixty documents and more, in all formats', () => {
    assert.ok(paths.length >= 60);
    for (const extension of ['.md', '.html', '.txt', '.mdx', '.tex', '.adoc', '.rst']) assert.ok(paths.some((path) => path.endsWith(extension)), extension);
  });

  for (const path of paths) {
    it(path, () => {
      const text = readFileSync(join(FOLDER, path), 'utf8');
      const { findings, faults } = lint(parseDocument(text, formatOfPath(path)!), plan);
      assert.deepEqual(findings.map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`), []);
      assert.deepEqual(faults, []);
    });
  }
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generated, leftOver } from '../scripts/generate';
import { FORMATS } from '../server/src/core/index';

const ROOT = resolve(import.meta.dirname, '..');

describe('generated files (npm run generate)', () => {
  for (const [path, text] of generated()) {
    it(`${path} is up to date`, () => {
      assert.ok(existsSync(join(ROOT, path)), `${path} is not there`);
      assert.equal(readFileSync(join(ROOT, path), 'utf8'), text);
    });
  }

  it('there are no others', () => assert.deepEqual(leftOver(), []));

  it('VS Code is told of the snippets for each language of each format', () => {
    const { contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { contributes: { snippets: { language: string; path: string }[] } };
    const told = contributes.snippets.map(({ language, path }) => `${language} ${path}`).sort();
    const wanted = FORMATS.flatMap(({ id, languages }) => languages.map((language) => `${language} ./snippets/${id}.json`)).sort();
    assert.deepEqual(told, wanted);
  });
});

// `npm run package [-- --out FILE] [--no-build]`: builds, and packs caveat-VERSION.vsix. What goes in is listed in .vscodeignore.
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { buildAll } from './build.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const LIMIT = 1_000_000;

/** Packs into a file and gives its path. Everything is bundled, so no dependency is packed. */
export async function pack(packagePath = join(ROOT, `caveat-${JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version}.vsix`)) {
  await createVSIX({ cwd: ROOT, packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  const { size } = statSync(packagePath);
  if (size > LIMIT) throw new Error(`${packagePath} has ${size} bytes; at most ${LIMIT} are meant to be`);
  return packagePath;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, 'no-build': { type: 'boolean' } } });
  if (!values['no-build']) await buildAll();
  await pack(values.out && resolve(values.out));
}

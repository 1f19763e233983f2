// A terminal for tests: a folder of its own, and what was printed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run, type Io } from '../../server/src/cli/run';

export interface Ran { readonly code: number; readonly out: string; readonly err: string }

export interface Desk {
  readonly folder: string;
  /** Writes files, by their paths in the folder. */
  write(files: { readonly [path: string]: string | Uint8Array }): void;
  caveat(...argv: string[]): Promise<Ran>;
  clean(): void;
}

export function desk(io: Partial<Io> = {}): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-cli-'));
  return {
    folder,
    write(files) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    },
    async caveat(...argv) {
      let out = '';
      let err = '';
      const code = await run(argv, {
        cwd: folder, out: (text) => { out += text; }, err: (text) => { err += text; }, colour: false, columns: 100, serve: async () => 0, ...io,
      });
      return { code, out, err };
    },
    clean: () => rmSync(folder, { recursive: true, force: true }),
  };
}

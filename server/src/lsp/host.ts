import type { Files } from '../core/bibliography/library';
import type { Pack, Rule } from '../core/index';
import type { Files as ConfigFiles } from '../workspace/resolve';

/** What differs between the places that the server runs in: Node, a browser's worker, a test. */
export interface Host {
  readonly packs: readonly Pack[];
  readonly rules: readonly Rule[];
  /** Milliseconds between the last keystroke and a push of diagnostics. */
  readonly pushDelay: number;
  /** Texts longer than this many UTF-16 units are not checked, and say so. */
  readonly maxLength: number;
  /** Files by their addresses, where the server can read them; bibliographies are looked for there. */
  readonly files?: Files | undefined;
  /** Files by their paths, for configurations and packs of a workspace with these folders at its top. */
  readonly configFiles?: ((tops: () => readonly string[]) => ConfigFiles) | undefined;
}

export const DEFAULTS = { pushDelay: 200, maxLength: 3_000_000 } as const;

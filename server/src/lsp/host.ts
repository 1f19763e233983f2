import type { Files } from '../core/bibliography/library';
import type { Pack, Rule } from '../core/index';

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
}

export const DEFAULTS = { pushDelay: 200, maxLength: 5_000_000 } as const;

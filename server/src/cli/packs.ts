import type { Pack } from '../core/index';

/** The packs that come with the program. */
export const BUILT_IN: readonly Pack[] = [];

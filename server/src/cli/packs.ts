import ketamine from '../../packs/ketamine.yaml';
import type { Pack } from '../core/index';

/** The packs that come with the program; a drug more is a file more. */
export const BUILT_IN: readonly Pack[] = [ketamine as Pack];

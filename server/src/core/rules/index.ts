import { missingCitation } from './missing-citation';
import type { Rule } from './rule';

/** All rules, in the order in which they are listed to users. */
export const RULES: readonly Rule[] = [
  missingCitation,
];

import { anecdotalEvidence } from './anecdotal-evidence';
import { approvalStatus } from './approval-status';
import { bareStatistic } from './bare-statistic';
import { overstatedEvidence } from './overstated-evidence';
import { missingCitation } from './missing-citation';
import type { Rule } from './rule';

/** All rules, in the order in which they are listed to users. */
export const RULES: readonly Rule[] = [
  missingCitation,
  overstatedEvidence,
  bareStatistic,
  approvalStatus,
  anecdotalEvidence,
];

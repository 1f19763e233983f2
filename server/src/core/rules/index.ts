import { anecdotalEvidence } from './anecdotal-evidence';
import { approvalStatus } from './approval-status';
import { bareStatistic } from './bare-statistic';
import { overstatedEvidence } from './overstated-evidence';
import { missingCitation } from './missing-citation';
import { knownError } from './known-error';
import { unresolvedCitation } from './unresolved-citation';
import { unmatchedStudy } from './unmatched-study';
import { absoluteLanguage } from './absolute-language';
import { promotionalLanguage } from './promotional-language';
import { minimisedRisk } from './minimised-risk';
import { missingDisclosure } from './missing-disclosure';
import { suppressionRule } from './suppression';
import { unbalancedBenefit } from './unbalanced-benefit';
import type { Rule } from './rule';

/** All rules, in the order in which they are listed to users. */
export const RULES: readonly Rule[] = [
  missingCitation,
  overstatedEvidence,
  bareStatistic,
  approvalStatus,
  anecdotalEvidence,
  absoluteLanguage,
  promotionalLanguage,
  minimisedRisk,
  unresolvedCitation,
  unmatchedStudy,
  knownError,
  missingDisclosure,
  unbalancedBenefit,
  suppressionRule,
];

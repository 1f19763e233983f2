import type { Finding, Fix } from './finding';
import type { RuleContext } from './rules/rule';
import type { LanguageRule } from './rules/wording';
export function replacementFixes(_f: Finding, _c: RuleContext, _r: LanguageRule): Fix[] { return []; }

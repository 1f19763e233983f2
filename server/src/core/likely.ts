// What the second reader has to say beside a rule: what reads like what the rule marks, and what reads like nothing of it.
import { standardWords } from './caveats';
import type { Document, Unit } from './document';
import type { Finding } from './finding';
import { secondReaderOf, type Plan } from './plan';
import type { Analysis } from './claims';
import type { Context } from './context';
import { LONGEST } from './signs';
import { SURE, type Question } from './secondreader';

/** The log odds that the answer to a question about a unit is yes. */
export type Odds = (question: Question, unit: Unit) => number;

/** The odds of a document's units; undefined where the plan has no second reader. */
export function oddsIn(document: Document, analysis: Context, plan: Plan): Odds | undefined {
  const second = secondReaderOf(plan);
  return second && ((question, unit) => {
    const { kind, quoted } = document.blocks[unit.block]!;
    return second.odds(question, analysis.readings[unit.index]!, { kind, about: analysis.about[unit.index]!, voiced: quoted || analysis.voiced[unit.index]!, audience: analysis.audience });
  });
}

/** Rules that look inside quotations. */
const VOICED: ReadonlySet<string> = new Set(['anecdotal-evidence']);
/** Rules whose words count in a heading, too. */
const HEADED: ReadonlySet<string> = new Set(['absolute-language', 'minimised-risk', 'promotional-language']);
const OPEN: ReadonlySet<string> = new Set(['paragraph', 'item', 'cell']);

/** The unit at an offset. */
function unitAt({ units }: Document, at: number): Unit | undefined {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle]!.span.end <= at) low = middle + 1;
    else high = middle;
  }
  return units[low];
}

/** A rule's findings without those that read like none, and the units that read like one and have none. */
export function weighed(rule: string, own: readonly Finding[], document: Document, analysis: Analysis, plan: Plan): { readonly kept: readonly Finding[]; readonly likely: readonly Unit[] } {
  const sure = SURE[rule];
  const odds = sure && oddsIn(document, analysis, plan);
  if (!odds || !analysis.inScope) return { kept: own, likely: [] };
  const marked = new Set<Unit>();
  const kept = own.filter(({ span }) => {
    const unit = unitAt(document, span.start);
    if (!unit) return true;
    marked.add(unit);
    return odds(rule, unit) >= sure.no;
  });
  const standard = standardWords(plan.packs);
  const likely = document.units.filter((unit) => {
    const { kind, quoted } = document.blocks[unit.block]!;
    return (OPEN.has(kind) || kind === 'heading' && HEADED.has(rule)) && !marked.has(unit) && unit.text.length <= LONGEST && analysis.about[unit.index]
      && (VOICED.has(rule) || !quoted && !analysis.voiced[unit.index]) && !analysis.readings[unit.index]!.question && odds(rule, unit) > sure.yes && !standard(unit.said);
  });
  return { kept, likely };
}

import type { Claim } from '../claims';
import { sourceSpan } from '../document';
import { keeping } from '../kept';
import type { Grade, Pack } from '../pack';
import type { Plan } from '../plan';
import { ofReading, places, type Reading } from '../reading';
import { overstatedFixes } from '../remedies';
import { limitsOf } from '../signs';
import { groupOf } from '../tables';
import { toldWhatIsKnown } from './told';
import type { Report, Rule } from './rule';

/** Short-term benefit in these is what the evidence is best for; claims about them are judged by other rules. */
const ACUTE = new Set(['MDD', 'TRD', 'depression', 'suicidal-ideation', 'acute-pain', 'surgery']);

/** Plasticity is mechanism; growth and repair have their own test. */
const PLASTIC = new Set(['neuroplasticity']);

const BRAIN = /\b(?:(?:re-?)?grow(?:s|ing|th(?! factor))?|regrow\w*|sprout\w*|re-?wir(?:e|es|ed|ing)|repair\w*|rebuild\w*|regenerat\w*|heal(?:s|ing)?|flood\w*|new (?:neural )?(?:pathways|connections|brain cells|synapses|neurons)|fertili[sz]er|at its most plastic|wakes? up|reconnect\w*|restor(?:e|es|ing) (?:lost |these |the |those |damaged )?(?:connections|synapses))\b/i;
const BRAIN_PARTS = /\b(?:brains?|sprout\w*|branches|neurons?|neural|synaps\w*|connections?|BDNF|cells|circuits?|pathways)\b/i;
const ANIMALS = /\b(?:in (?:rats?|mice|rodents?|animals?)|animal (?:studies|work|models?)|rodents?|in vitro|in the lab)\b/i;
const AT_LARGE = /\bmental health (?:disorders?|conditions?|challenges|problems|issues|treatment|symptoms)|(?:range|variety) of (?:conditions|disorders)|mental illness(?:es)?\b/i;

/** Words that weaken enough here; a bare `can` does not. */
const HEDGED = /\b(?:may|might|could|perhaps|possibly|potential(?:ly)?|appears?|seems?|suggests?|suggesting|(?:is|are) (?:thought|believed|reported)|some (?:people|patients|evidence|studies|adults|individuals)|in some|for some|some of (?:those|these|the|our|my|them)|a few|early evidence|limited evidence|preliminary evidence|scientists think)\b/i;
const LIMITS_TOLD = /\b(?:evidence is|small (?:trials?|studies|study)|limited|uncertain|not (?:been )?(?:established|proven)|(?:doesn't|does not|don't|not) (?:hold|last)|wears? off|more research|open-label|uncontrolled|only \d+|mixed|weak|preliminary)\b/i;
const ONE_STUDY = /\b(?:a|an|one|the|this|another) (?:\w+ ){0,4}(?:trial|study|analysis|meta-analysis|paper|review|report|cohort)\b.{0,80}\b(?:found|concluded|identified|described|established|reported|revealed|showed|gave|saw|enrolled|compared|was|were|did)\b/i;

/** Told in the past tense, as one study is. */
const PAST = /\b(?:dropped|fell|responded|improved|was|were|had|reduced|found|lasted|showed|relapsed|received|gave|beat|lowered)\b/i;

const PRESENT = /\b(?:shows?|suggests?|helps?|works?|relieves|reduces|improves|is|are)\b/i;

const gradesBy = new WeakMap<readonly Pack[], Map<string, Grade[]>>();

function gradeFor({ packs }: Plan, condition: string, drug: string): Grade | undefined {
  let by = gradesBy.get(packs);
  if (!by) {
    gradesBy.set(packs, by = new Map());
    for (const grade of packs.flatMap((pack) => pack.grades)) by.set(grade.condition, [...by.get(grade.condition) ?? [], grade]);
  }
  const grades = by.get(condition) ?? [];
  return grades.find((grade) => grade.drug === drug || grade.drug === 'both') ?? grades[0];
}

/** Pain without further name, of an operation or an injury. */
const afterSurgery = ofReading(({ text }) => /\b(?:after|following|during) (?:an? |the |major |minor )?(?:operations?|surgery|injur(?:y|ies)|procedures?)\b|\b(?:post|peri)-?operative\w*|\bemergency\b/i.test(text));

const atLarge = ofReading(({ text }) => AT_LARGE.test(text));

function weakCondition(claim: Claim, reading: Reading, plan: Plan): { readonly name: string; readonly grade: Grade | undefined } | undefined {
  const drug = reading.drugs.some((d) => d.drug.id === 'esketamine') ? 'esketamine' : 'ketamine';
  for (const id of claim.conditions) {
    if (ACUTE.has(id) || PLASTIC.has(id) || (id === 'pain' && afterSurgery(reading))) continue;
    const grade = gradeFor(plan, id, drug);
    if (grade && (grade.grade === 'strong' || grade.grade === 'moderate')) continue;
    const condition = reading.conditions.find((at) => at.condition.id === id)?.condition ?? plan.packs.flatMap((pack) => pack.conditions).find((c) => c.id === id);
    return { name: condition?.name ?? id, grade };
  }
  return atLarge(reading) ? { name: 'mental health conditions at large', grade: undefined } : undefined;
}

/** What a unit's own words say of how far its claim goes. */
const traitsOf = keeping((text) => ({
  hedged: HEDGED.test(text),
  brain: !HEDGED.test(text) && BRAIN_PARTS.test(text) && !ANIMALS.test(text) ? BRAIN.exec(text) : null,
  limited: LIMITS_TOLD.test(text),
  past: PAST.test(text),
  present: PRESENT.test(text),
  oneStudy: ONE_STUDY.test(text),
  promised: /\b(?:promis\w+|promise)\b/i.test(text) && !/\b(?:helping|has been shown|reliev|effective|treating a range|treatment for mental)\b/i.test(text),
}));

/** An unhedged efficacy claim where the evidence is limited, or growth and repair of the brain told as a fact. */
export const overstatedEvidence: Rule = {
  id: 'overstated-evidence',
  title: 'Claim stronger than its evidence',
  why: 'Readers take an unhedged sentence as settled; for many conditions the trials are few, small or disagree.',
  basis: 'Caveat’s grading of the evidence for each condition, with sources and the date of their review.',
  severity: 'warning',
  likely: {
    message: 'reads stronger than the evidence for it may be. Check what has been shown in people, hedge the verb, or say what was found in whom.',
    unless: (unit, { document, analysis, plan }) => analysis.personal || HEDGED.test(unit.text) || ANIMALS.test(unit.text) || LIMITS_TOLD.test(unit.text) || limitsOf(analysis.readings[unit.index]!).length > 0 || toldWhatIsKnown(document, unit, plan),
  },
  *check({ document, analysis, plan }): Iterable<Report> {
    for (const claim of analysis.claims) {
      const unit = document.units[claim.unit]!;
      const reading = analysis.readings[claim.unit]!;
      if (toldWhatIsKnown(document, unit, plan)) continue;
      const { hedged, brain, limited, past, present, oneStudy, promised } = traitsOf(unit.said);
      if (brain && claim.kinds.some((kind) => kind === 'mechanism' || kind === 'study' || kind === 'efficacy')) {
        const m = brain;
        yield {
          span: sourceSpan(document, unit, m.index, m.index + m[0].length),
          message: `“${m[0]}” is told as a fact about people. Growth or repair in the brain has been seen in animals; in people it is not established. Say where it was seen, or that it is a hypothesis.`,
          data: { kind: 'brain', wording: gradeFor(plan, 'neuroplasticity', 'ketamine')?.wording ?? '' },
        };
        continue;
      }
      // The hedge must stand with the claim: `SSRIs may take weeks; ketamine works at once` is not hedged.
      const clause = reading.clauses.find((at) => at.start <= claim.place.start && claim.place.start < at.end);
      const label = clause?.start === 0 && unit.text.slice(0, clause.end).trimEnd().endsWith(':');
      const near = label ? unit.text : unit.text.slice(clause?.start ?? 0, Math.max(clause?.end ?? unit.text.length, claim.place.end));
      if (hedged && HEDGED.test(near) && !(claim.kinds[0] === 'comparison' && !HEDGED.test(unit.text.slice(unit.text.search(/(?<!es)ketamine|\bit\b/i))))) continue;
      if (claim.told || !claim.benefit || !claim.kinds.some((kind) => kind === 'efficacy' || kind === 'comparison' || kind === 'study' || kind === 'statistic')) continue;
      const weak = weakCondition(claim, reading, plan);
      if (!weak) continue;
      if (limited || limitsOf(reading).length > 0) continue;
      const before = document.texts[unit.block]!.text.slice(0, unit.from);
      const after = document.units[unit.index + 1];
      if (after?.block === unit.block && places(analysis.readings[after.index]!, 'candid').length > 0) continue;
      if (past && /\b(?:trial|study|studies|one) (?:\w+ ){0,8}/i.test(before) && /\b(?:trial|study)\b/i.test(before) && !present) continue;
      const block = document.blocks[unit.block]!;
      if (block.kind === 'cell' && groupOf(document, unit.block).rows.get(block.row)?.some((b) => /\b(?:small|short|mixed|few|open-label|negative|uncontrolled|pilot)\b/i.test(document.texts[b]!.text))) continue;
      if (oneStudy || (claim.citations.length > 0 && past && !/\b(?:studies|evidence|research|trials) (?:show|shows|suggests?|has|have)\b/i.test(unit.text))) continue;
      if (promised) continue;
      yield {
        span: claim.span,
        message: `This says without reserve that it helps in ${weak.name}; the evidence there is ${weak.grade?.grade ?? 'not established'}.${weak.grade ? ` The strongest wording it supports: “${weak.grade.wording}”` : ''} Hedge the verb or say what was found in whom.`,
        data: { condition: weak.name, grade: weak.grade?.grade ?? 'insufficient', wording: weak.grade?.wording ?? '' },
      };
    }
  },
  fixes: overstatedFixes,
  examples: [
    { text: 'Ketamine for PTSD: our clinic offers ketamine therapy. Ketamine «relieves PTSD» in our patients.' },
    { text: 'Ketamine for PTSD: our clinic offers ketamine therapy. Ketamine may relieve PTSD in some people.' },
    { text: 'Ketamine for depression. Ketamine literally «regrows» the connections in your brain.' },
    { text: 'Ketamine for depression. Ketamine relieves depression within hours.' },
  ],
};

import type { Analysis, ClaimKind } from './claims';
import type { Document, Unit } from './document';
import type { Condition } from './pack';
import type { Plan } from './plan';
import { read } from './reading';
import { folded, worksOf, type Work } from './works';

// Which works an editor would look at first for a claim. A suggestion only: whether one supports the sentence is for
// the editor to see, so what each found is shown, and what speaks against is among the first.

export interface Suggestion {
  readonly work: Work;
  readonly score: number;
  /** Fits on what the claim is about and says, not only on the drug. */
  readonly strong: boolean;
}

/** Matters that claims and works are about, in whatever words. Both sides are read by the same expressions. */
const MATTERS: { readonly [matter: string]: RegExp } = {
  ect: /\belectroconvulsive\b|\bECT\b|\b(?:electric|electro) ?-?shock\b/i,
  onset: /\b(?:hours?|within a day|same day|next day|24 hours|rapid(?:ly)?|fast|quick(?:ly)?|afternoon|overnight|immediate(?:ly)?|minutes)\b/i,
  repeated: /\b(?:repeated|series|maintenance|serial|course|courses|boosters?|six infusions|(?:multiple|several|more) (?:infusions|doses|sessions)|infusions over)\b/i,
  relapse: /\b(?:relaps\w*|wear\w* off|last(?:s|ed|ing)?|duration|return(?:s|ed)?|weeks?|months?|transient|short-lived|maintain\w*|stay(?:ed|s)? well)\b/i,
  suicide: /\bsuicid\w*|\bself-harm|\b(?:own|take their|taken their) (?:life|lives)\b/i,
  brain: /\b(?:synap\w*|neuroplastic\w*|plastic\w*|BDNF|mTOR\w*|pathways?|rewir\w*|re-?grow\w*|neurons?|brain cells?|sprout\w*|dendrit\w*|spines?|connections?|glutamate|NMDA\w*|receptor\w*|metabolite\w*|rodents?|rats?|mice|neurogenesis|prefrontal)\b/i,
  dependence: /\b(?:addict\w*|dependen(?:ce|t|cy)|hooked|habit-forming|misus\w*|abus\w*|recreational|withdrawal|craving|controlled substance|schedule III|diversion)\b|\bhigh potential for/i,
  urinary: /\b(?:bladder|urin\w*|cystitis|kidneys?)\b/i,
  cognition: /\b(?:cognit\w*|memory|neurocognitive)\b/i,
  adverse: /\b(?:side[- ]effects?|adverse|tolerat\w*|nausea|dissociat\w*|psychotomimetic|blood pressure|heart rate|cardiovascular|safe(?:ly|ty)?|harm(?:s|less|ful)?|risks?|breath\w*|sedation|dizz\w*|gentle)\b/i,
  approval: /\b(?:approv\w+|licen[sc]ed?\w*|authori[sz]ed|cleared|clearance|indicated|indication|label(?:led|ed)?|FDA|Food and Drug Administration|European Commission|EMA|registered|prescribing information|(?:the agency'?s?|its) blessing)\b/i,
  rems: /\b(?:REMS|certified|monitor\w*|observ(?:ed|ation)|supervis\w*|two hours|no driving)\b/i,
  home: /\b(?:at[- ]home|home use|lozenges?|troches?|sublingual\w*|telehealth|tele-?medicine|compounded|tablets?|oral ketamine|mail(?:ed)?|remote)\b/i,
  nice: /\b(?:NICE|NHS|National Institute for Health and Care)\b/,
  spray: /\b(?:nasal spray|intranasal|spravato|esketamine)\b/i,
  real: /\b(?:real[- ]world|in practice|our (?:patients|members|clients|data)|open-label|uncontrolled|naturalistic)\b/i,
  review: /\b(?:reviews?|meta-?analys[ie]s|pooled|trials|studies|research shows|evidence|cochrane|synthesi\w+|dozen|consensus)\b/i,
  blinding: /\b(?:placebo|blind(?:ed|ing)?|saline|midazolam|sham|dummy|masked|expectanc\w*)\b/i,
  older: /\b(?:older|elderly|aged? 65|65 (?:and|or) (?:over|older)|late-life|geriatric)\b/i,
  veterans: /\b(?:veterans?|military|service members|combat|war)\b/i,
  others: /\b(?:antidepressants?|SSRIs?|SNRIs?|sertraline|paroxetine|quetiapine|standard (?:drugs|medicines|medications|treatments?)|(?:two|three|several) (?:or more )?(?:medications|medicines|drugs))\b/i,
  mania: /\b(?:manic|mania|hypomani\w*)\b/i,
  children: /\b(?:teen\w*|adolescen\w*|child\w*|youth|paediatric|pediatric)\b/i,
};

/** What kinds of work bear on a kind of claim: added to the score, by the work's type and direction. */
function bearing(kind: ClaimKind | undefined, work: Work): number {
  const { reference } = work;
  const type = reference?.type ?? typeIn(work.title);
  const trial = type === 'rct' || type === 'meta-analysis';
  switch (kind) {
    case 'approval': return type === 'label' ? 2.5 : type === 'regulatory-notice' || type === 'guideline' ? 1 : -1.5;
    case 'mechanism': return type === 'preclinical' ? 2.5 : type === 'review' ? 0.4 : -0.8;
    case 'safety': return reference?.direction === 'harm' ? 2 : type === 'label' ? 1 : type === 'preclinical' ? -2 : -0.4;
    case 'prevalence': return reference && !/ketamine/i.test(reference.drug) ? 3 : -0.5;
    case 'study': case 'statistic': case 'comparison': case 'efficacy':
      return trial ? 0.8 : type === 'review' || type === 'guideline' ? 0.3 : type === 'observational' ? 0.2 : type === 'preclinical' ? -1.5 : -0.8;
    default: return 0;
  }
}

const typeIn = (title: string): string => (/meta-?analys|systematic review/i.test(title) ? 'meta-analysis' : /random|placebo|controlled|trial/i.test(title) ? 'rct'
  : /consensus|guideline/i.test(title) ? 'guideline' : /prescribing information/i.test(title) ? 'label' : /\breview\b/i.test(title) ? 'review' : /\b(?:rats?|mice|rodents?)\b/i.test(title) ? 'preclinical' : '');

// ----------------------------------------------------------------------------------------------------- what texts hold

const COMMON = new Set('about after again against also among and any are been before being between both but can did does during each else ever for from had has have having her here him his how into its just like made make many may might more most much must not off often one only other our out over own per some such than that the their them then there these they this those through too under until upon use used using very was way well were what when where which while who why will with within without would you your get gets got say says said ketamine patients people treatment effect effects study studies trial trials found'.split(' '));

/** Words that tell texts apart, shortened to their stems; figures as `55%` or `73`. */
function wordsIn(text: string): Set<string> {
  const out = new Set<string>();
  const plain = text.toLowerCase().replace(/(\d)(?:\.\d+)? ?(?:percent|per cent|%)/g, '$1%').replace(/-/g, ' ');
  for (const [word] of plain.matchAll(/\d+%|\d[\d,.]*\d|\d{2,}|[\p{L}]{3,}/gu)) {
    if (COMMON.has(word)) continue;
    out.add(/^\d/.test(word) ? word.replace(/,/g, '') : word.replace(/(?:ations?|ings?|ally|ies|ment|ness|ed|es|s|e|y)$/, '').slice(0, 12));
  }
  return out;
}

interface Known {
  readonly work: Work;
  readonly words: ReadonlySet<string>;
  readonly matters: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
  readonly drugs: ReadonlySet<string>;
}

interface Index {
  readonly works: readonly Known[];
  /** In how many works a word stands. */
  readonly counts: ReadonlyMap<string, number>;
  /** Conditions that are forms of one another: by the words of their names. */
  readonly kin: (a: string, b: string) => boolean;
}

const mattersIn = (text: string): Set<string> => new Set(Object.entries(MATTERS).filter(([, words]) => words.test(text)).map(([matter]) => matter));

const indexes = new WeakMap<Plan, Index>();

function indexOf(plan: Plan): Index {
  const kept = indexes.get(plan);
  if (kept) return kept;
  const conditions = plan.packs.flatMap((pack) => pack.conditions).filter(({ group }) => group !== 'form');
  const ids = new Set(conditions.map(({ id }) => id));
  const works = worksOf(plan).filter(({ retracted, reference }) => !retracted && (reference?.tier ?? 'core') === 'core').map((work): Known => {
    const { reference, entry } = work;
    const text = [work.title, reference?.finding, entry?.abstract, entry?.keywords].filter(Boolean).join('. ').slice(0, 6000);
    const about = read([work.title, reference ? '' : `${entry?.keywords ?? ''} ${entry?.abstract.slice(0, 1500) ?? ''}`].join(' '), plan);
    return {
      work,
      words: wordsIn(`${text} ${work.authors} ${work.journal} ${work.year ?? ''}`),
      matters: mattersIn(text),
      conditions: new Set([
        ...(reference?.indication ?? []).flatMap((one) => [one, ...one.split('/')]).filter((one) => ids.has(one)),
        ...about.conditions.map(({ condition }) => condition.id).filter((id) => ids.has(id)),
      ]),
      drugs: new Set(reference ? drugsIn(reference.drug) : about.drugs.map(({ drug }) => drug.id)),
    };
  });
  const counts = new Map<string, number>();
  for (const { words } of works) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const index: Index = { works, counts, kin: kinOf(conditions) };
  indexes.set(plan, index);
  return index;
}

const drugsIn = (text: string): string[] => [.../\besketamine\b/i.test(text) ? ['esketamine'] : [], .../(?<!es)ketamine/i.test(text) ? ['ketamine'] : []];

function kinOf(conditions: readonly Condition[]): Index['kin'] {
  const dull = new Set(['disorder', 'disorders', 'use', 'of', 'and', 'the', 'other', 'syndrome', 'acute', 'chronic', 'major', 'symptoms']);
  const words = new Map(conditions.map(({ id, name }) => [id, folded(name).split(' ').filter((word) => !dull.has(word))]));
  return (a, b) => a !== b && !!words.get(a)?.some((word) => words.get(b)?.includes(word));
}

// ------------------------------------------------------------------------------------------------------------- ranking

/** What a claim is compared by: its own sentence, and with less weight what surrounds it. */
export interface Asked {
  readonly unit: Unit;
  readonly kinds: readonly ClaimKind[];
}

const HARDLY = 0.25;

/**
 * The works that bear most on a claim, best first. Where the claim's condition has works that found nothing, mixed
 * results or harm, one of them is among the first three.
 */
export function suggest({ unit, kinds }: Asked, document: Document, analysis: Analysis, plan: Plan, most = 4): readonly Suggestion[] {
  const { works, counts, kin } = indexOf(plan);
  const from = document.firstUnit[unit.block]!;
  const to = document.firstUnit[unit.block + 1]!;
  const near = document.units.slice(Math.max(from, unit.index - 2), Math.min(to, unit.index + 2)).filter(({ index }) => index !== unit.index).map(({ text }) => text).join(' ');
  const row = document.blocks[unit.block]!.kind === 'cell' ? rowOf(document, unit) : '';
  const over = document.headings[unit.block]!.map((b) => document.texts[b]!.text).join(' ');
  const texts = [unit.text, `${near} ${row}`, over] as const;
  const weights = [1, 0.4, 0.3] as const;
  const words = new Map<string, number>();
  const matters = new Map<string, number>();
  const conditions = new Map<string, number>();
  const drugs = new Map<string, number>();
  const raise = (map: Map<string, number>, key: string, weight: number): void => void map.set(key, Math.max(map.get(key) ?? 0, weight));
  texts.forEach((text, i) => {
    const weight = weights[i]!;
    for (const word of wordsIn(text)) raise(words, word, weight);
    for (const matter of mattersIn(text)) raise(matters, matter, weight);
    const reading = read(text, plan);
    for (const { condition } of reading.conditions) raise(conditions, condition.id, weight);
    for (const { drug } of reading.drugs) raise(drugs, drug.id, weight);
  });
  if (conditions.size === 0) for (const id of mainConditions(analysis)) raise(conditions, id, HARDLY);
  // What a sentence speaks of may call for another kind of work than the kind of claim that it is.
  const sorts = new Set<ClaimKind>(kinds.slice(0, 2));
  const speaks = (matter: string): boolean => matters.get(matter) === 1;
  if (speaks('brain')) sorts.add('mechanism');
  if (speaks('others') && read(unit.text, plan).drugs.length === 0) sorts.add('prevalence');
  const log = (count: number): number => Math.log((works.length + 1) / (count + 0.5));
  const scored = works.map((one) => {
    let fit = 0;
    for (const [word, weight] of words) if (one.words.has(word)) fit += weight * log(counts.get(word)!) * (/^\d/.test(word) ? 0.9 : 0.55);
    let met = 0;
    for (const [matter, weight] of matters) if (one.matters.has(matter)) met += weight * (matter === 'review' || matter === 'onset' || matter === 'relapse' || matter === 'blinding' ? 0.5 : 1.3);
    let condition = 0;
    for (const [id, weight] of conditions) {
      const has = one.conditions.has(id) ? 1 : [...one.conditions].some((other) => kin(id, other)) ? 0.7 : 0;
      condition = Math.max(condition, weight * has);
    }
    const asked = Math.max(0, ...conditions.values());
    const elsewhere = one.conditions.size > 0 && asked > 0 && condition === 0 ? -1.5 * asked : 0;
    let drug = 0;
    const [only] = [...drugs.entries()].sort((a, b) => b[1] - a[1]);
    if (only && one.drugs.size > 0) drug = one.drugs.has(only[0]) ? 0.8 : -1.2 * only[1];
    const score = fit + met + 2 * condition + elsewhere + drug + Math.max(...[...sorts].map((kind) => bearing(kind, one.work))) + (one.work.entry ? 0.5 : 0);
    return { one, score, strong: score > STRONG && (condition >= 0.4 || met >= 1.3), condition };
  }).sort((a, b) => b.score - a.score);
  const first = scored.slice(0, most);
  const against = ({ one, condition }: typeof scored[number]): boolean => /^(?:null|mixed|harm)$/.test(one.work.reference?.direction ?? '') && (condition > 0 || conditions.size === 0);
  if (most >= 3 && !first.slice(0, 3).some(against)) {
    const other = scored.find((one) => against(one) && one.condition >= HARDLY * 0.7 && conditions.size > 0);
    if (other) first.splice(2, 0, ...first.includes(other) ? first.splice(first.indexOf(other), 1) : [other]);
  }
  return first.slice(0, most).map(({ one, score, strong }) => ({ work: one.work, score, strong }));
}

const STRONG = 6;

function rowOf(document: Document, unit: Unit): string {
  const block = document.blocks[unit.block]!;
  const out: string[] = [];
  for (let b = unit.block - 1; b >= 0 && document.blocks[b]!.group === block.group; b--) {
    if (document.blocks[b]!.row === block.row || document.blocks[b]!.header && document.blocks[b]!.column === block.column) out.push(document.texts[b]!.text);
  }
  return out.join(' ');
}

/** The condition that a document speaks of most. */
function mainConditions(analysis: Analysis): string[] {
  const counts = new Map<string, number>();
  for (const reading of analysis.readings) for (const { condition } of reading.conditions) if (condition.group !== 'form') counts.set(condition.id, (counts.get(condition.id) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 1).map(([id]) => id);
}

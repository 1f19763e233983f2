// What a unit claims by what it answers or by its place in a table or list, where its own words are no sentence.
import type { Context } from './context';
import type { Document, Unit } from './document';
import { keeping, perDocument } from './kept';
import { places, type Reading } from './reading';
import type { Sign } from './signs';
import { groupOf, groupsOf, type Group } from './tables';

const ASKS_EFFECT = /\b(?:work|works|help|helps|effective|fast|quickly|quick|soon|how long|last|lasts|feel better|better|results?|beat|beats|wait|notice|permanent)\b/i;
const ASKS_HARM = /\b(?:eat|food|pay|book|drink|fast\w* before|side effects?|hurt|risks?|safe|addict\w*|session (?:take|last)|appointment|infusion (?:take|last)|visit|stay|drive|insurance|cost)\b/i;
const SAYS_NO = /^(?:no|nope|not|never|rarely|unclear|unknown|nobody|we don't|it depends)\b/i;
const SAYS_WHEN = /\b(?:minutes?|hours?|days?|weeks?|months?|years?|overnight|morning|breakfast|bedtime|lunch|dinner|evening|session|infusion|forever|indefinitely|immediately|straight away|right away|same day)\b/i;

/** The question that a unit is the first to answer: of its heading, or of the sentence before it. */
function questionOf(unit: Unit, document: Document): string {
  const first = document.firstUnit[unit.block]!;
  const before = document.units[unit.index - 1];
  if (!before) return '';
  if (unit.index > first) return asks(before.said) ? before.text : '';
  const block = document.blocks[before.block]!;
  if (block.kind === 'cell' && document.blocks[unit.block]!.row !== block.row) return '';
  return asks(before.said) ? before.text : '';
}

export const asks = keeping((text) => text.includes('?') && /\?["'*)]*$/.test(text));

const beliefTables = perDocument((document: Document) => new Set([...groupsOf(document)].filter(([, { rows }]) => (rows.get(0) ?? []).some((b) => /\b(?:beliefs?|myths?|claims?|misconceptions?)\b/i.test(document.texts[b]!.text))).map(([group]) => group)));

/** A table of beliefs or myths asserts none of them. */
export function toldOfBeliefs(unit: Unit, document: Document): boolean {
  return beliefTables(document).has(document.blocks[unit.block]!.group);
}

const BARE_OUTCOME = /^\W*(?:much |far |often )?(?:less|fewer|greater|better|improved?|improvements? (?:in|of)|reduced|reductions? (?:in|of)|rapid|fast|quick(?:er)?|lasting|long-(?:term|lasting)|sustained|relief|freedom|increased|enhanced|restored|renewed|deeper|calmer|quieter|lower|more|pain relief|stronger|lifted|healthier|sharper) /i;

export const bareOutcome = keeping((text) => BARE_OUTCOME.test(text) && text.split(' ').length <= 12 && !/[.!?]$/.test(text));

/** An item or cell that is nothing but an outcome (`Less worry and better sleep`), where harms are not the topic. */
export function outcomeSigns(unit: Unit, document: Document, context: Context): Sign[] {
  const { text } = unit;
  const block = document.blocks[unit.block]!;
  if (!bareOutcome(unit.said)) return [];
  const reading = context.readings[unit.index]!;
  const wanted = [...places(reading, 'ailment'), ...places(reading, 'asset'), ...reading.conditions, ...places(reading, 'effect')];
  if (wanted.length === 0 || places(reading, 'harm').length > 0 || places(reading, 'limits').length > 0) return [];
  const over = document.headings[unit.block]!.at(-1);
  if (over !== undefined && HARM_TABLE.test(document.texts[over]!.text)) return [];
  if (block.kind === 'cell' && (block.header || block.row <= 0)) return [];
  return [{ start: 0, end: text.length, kind: 'efficacy', benefit: true }];
}

/** `Unknown | long-term benefit`: the row's label takes back what its cells name. */
export function labelledUnknown(unit: Unit, document: Document, context: Context): boolean {
  const { group, row, column } = document.blocks[unit.block]!;
  let label = unit.block;
  while (document.blocks[label - 1]?.kind === 'cell' && document.blocks[label - 1]!.group === group && document.blocks[label - 1]!.row === row) label--;
  if (column <= 0 || label === unit.block) return false;
  for (let u = document.firstUnit[label]!; u < document.firstUnit[label + 1]!; u++) if (places(context.readings[u]!, 'limits').length > 0) return true;
  return false;
}

const ASKS_COMPARED = /\b(?:better|faster|quicker|safer|stronger|more effective|compare)\b/i;
const ASKS_SAFE = /\b(?:side effects|risks|safe|dangerous|addictive|addicted)\b/i;
const BETTER = /^(?:yes,? )?(?:it's|it is|they're|they are)?\s?(?:much |far |a lot )?(?:faster|quicker|better|safer|gentler|stronger|more effective)\W*$/i;
const FEW = /^(?:very few|hardly any|almost none|next to none|practically none|very rarely)\W*$/i;

/** What a few words say in answer to a question: `Is it better than tablets? — It's faster.` */
function briefly(unit: Unit, document: Document): Sign['kind'] | undefined {
  if (unit.text.length > 40) return undefined;
  const better = BETTER.test(unit.text);
  if (!better && !FEW.test(unit.text)) return undefined;
  const question = questionOf(unit, document);
  return better && ASKS_COMPARED.test(question) ? 'comparison' : !better && ASKS_SAFE.test(question) ? 'safety' : undefined;
}

export const answersBriefly = (unit: Unit, document: Document): boolean => briefly(unit, document) !== undefined;

export function answerSigns(unit: Unit, document: Document, reading: Reading): Sign[] {
  const question = questionOf(unit, document);
  if (question === '') return [];
  const brief = briefly(unit, document);
  if (brief) return [{ start: 0, end: reading.text.length, kind: brief, benefit: brief === 'comparison' }];
  if (/\bwhat (?:does|do|can|conditions?|will|else)\b.*\b(?:treat|help|work)/i.test(question) && !/\b(?:you|we) (?:treat|see|help|work)\b/i.test(question) && reading.conditions.length >= 2) return [{ start: 0, end: reading.text.length, kind: 'efficacy', benefit: true }];
  if (!question || !ASKS_EFFECT.test(question) || ASKS_HARM.test(question)) return [];
  const words = unit.text.split(' ').length;
  if (words < 3 || words > 14 || SAYS_NO.test(unit.text) || places(reading, 'limits').length > 0) return [];
  if (!SAYS_WHEN.test(unit.text) && !/\b(?:yes|it does|it will|most people|for most)\b/i.test(unit.text)) return [];
  return [{ start: 0, end: reading.text.length, kind: 'efficacy', benefit: true }];
}

const OUTCOME_HEAD = /\b(?:relief|results?|outcomes?|effects?|benefits?|works?|tell us|told us|notice\w*|lasted|lasts?|response|respond\w*|improve\w*|what (?:guests|patients|clients|members|people)|how long|success|starts? working|onset|speed|effectiveness|helps?|feel)\b/i;
const NOT_OUTCOME = /\b(?:side effects?|adverse|risks?|what we do|dose|doses|dosing|how common|price|cost|fee|view|evidence|status|action|frequency|schedule|visits?|restrictions|covered|mmHg|pressure)\b/i;
const HARM_TABLE = /\b(?:side effects?|adverse|risks?|harms?|what we do|dos(?:es?|ing)|schedule|pric\w+|cost|fees?|monitoring)\b/i;

/** The captions that stand directly over or under a table. */
function captions({ cells, last }: Group, document: Document): string[] {
  const first = cells[0]!;
  return [first - 1, last + 1].flatMap((b) => document.blocks[b] && document.texts[b]!.text.length < 200 && document.blocks[b]!.kind !== 'heading' ? [document.texts[b]!.text] : []);
}

const UNWANTED = /\b(?:side effects?|adverse (?:effects|events)|risks?|dependence|dependency|addicti\w+|weight gain|memory loss|withdrawal)\b/i;
const HARMLESS = /^(?:none|no|not|never|zero|minimal|few|mild|rare|very (?:low|rare|few)|low|negligible)\b(?! (?:one knows|data|information|known))/i;
const RATE_LABEL = /\b(?:rate|percent\w*|%|success)\b/i;
const EMPTY_CELL = /^(?:[-–—✓✗x/\s]*|n\/?a|no|none|varies|unknown|not applicable|ask us!?)$/i;

/** What holds for all cells of a table. */
interface TableFacts {
  /** The column of the drug, where treatments stand side by side; -1 where they do not. */
  readonly drugColumn: number;
  /** How many columns its head names, without the first. */
  readonly columns: number;
  /** Its caption says that it is about harms, doses or prices. */
  readonly harms: boolean;
  /** Treatments stand down its side. */
  readonly treatments: boolean;
}

const namesDrug = (b: number, { firstUnit }: Document, { readings }: Context): boolean => firstUnit[b]! < firstUnit[b + 1]! && readings[firstUnit[b]!]!.drugs.length > 0;
const namesOther = (b: number, { firstUnit }: Document, { readings }: Context): boolean => firstUnit[b]! < firstUnit[b + 1]! && places(readings[firstUnit[b]!]!, 'other').length > 0;

const tablesKnown = new WeakMap<Context, Map<Group, TableFacts>>();

function tableFacts(table: Group, document: Document, context: Context): TableFacts {
  let known = tablesKnown.get(context);
  if (!known) tablesKnown.set(context, known = new Map());
  let facts = known.get(table);
  if (!facts) {
    const heads = (table.rows.get(0) ?? []).filter((b) => document.blocks[b]!.column > 0);
    const labels = [...table.labels].filter(([row]) => row > 0).map(([, b]) => b);
    const named = heads.find((b) => namesDrug(b, document, context));
    const others = heads.filter((b) => namesOther(b, document, context));
    facts = {
      drugColumn: named !== undefined ? document.blocks[named]!.column : heads.length > 1 && others.length > 0 && !others.some((b) => document.blocks[b]!.column === 1) ? 1 : -1,
      columns: heads.length,
      harms: captions(table, document).some((text) => HARM_TABLE.test(text)),
      treatments: labels.some((b) => namesOther(b, document, context)) && labels.some((b) => namesDrug(b, document, context)),
    };
    known.set(table, facts);
  }
  return facts;
}

/** What a cell asserts by its row's label or its column's head, where its own words are no sentence. */
export function cellSigns(unit: Unit, document: Document, context: Context): Sign[] {
  const block = document.blocks[unit.block]!;
  if (block.header || block.row <= 0 || block.column <= 0 || (EMPTY_CELL.test(unit.text) && !/^(?:no|none)$/i.test(unit.text))) return [];
  const table = groupOf(document, unit.block);
  const textOf = (b: number | undefined): string => (b === undefined ? '' : document.texts[b]!.text);
  const head = textOf(table.heads.get(block.column));
  const label = textOf(table.labels.get(block.row));
  const { drugColumn, columns, harms, treatments } = tableFacts(table, document, context);
  const whole = { start: 0, end: unit.text.length };
  // Side effects in the column of the drug: `None reported`.
  if (drugColumn === block.column && columns > 1 && UNWANTED.test(label) && HARMLESS.test(unit.text)) return [{ ...whole, kind: 'safety', benefit: false }];
  if (EMPTY_CELL.test(unit.text)) return [];
  const over = document.headings[unit.block]!.at(-1);
  if (over !== undefined && HARM_TABLE.test(document.texts[over]!.text)) return [];
  if (harms || places(context.readings[unit.index]!, 'harm').length > 0) return [];
  // Treatments down the side: the row of ours.
  if (treatments) {
    const own = table.labels.get(block.row);
    if (own === undefined || !namesDrug(own, document, context) || !OUTCOME_HEAD.test(head) || NOT_OUTCOME.test(head)) return [];
    return [{ ...whole, kind: RATE_LABEL.test(head) ? 'statistic' : 'comparison', benefit: true }];
  }
  if (drugColumn >= 0 && columns > 1) {
    if (block.column !== drugColumn || !OUTCOME_HEAD.test(label) || NOT_OUTCOME.test(label)) return [];
    return [{ ...whole, kind: RATE_LABEL.test(label) ? 'statistic' : 'comparison', benefit: true }];
  }
  if (label.endsWith('?') && ASKS_EFFECT.test(label) && !ASKS_HARM.test(label)) {
    return SAYS_NO.test(unit.text) || /\bno (?:difference|benefit)\b/i.test(unit.text) ? [] : [{ ...whole, kind: /\bbeat|better|than|versus\b/i.test(label) ? 'comparison' : 'efficacy', benefit: true }];
  }
  if (!OUTCOME_HEAD.test(head) || NOT_OUTCOME.test(head)) return [];
  if (/^"/.test(unit.text) || (table.rows.get(block.row) ?? []).some((b) => /\b(?:negative|no benefit|none|did not|no better|unclear)\b/i.test(textOf(b)))) return [];
  return [{ ...whole, kind: 'efficacy', benefit: true }];
}

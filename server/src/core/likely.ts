// What the second reader has to say beside the claim model and the rules: what reads like what they mark, and what reads
// like nothing of it.
import { standardWords } from './caveats';
import type { Context } from './context';
import type { Document, Unit } from './document';
import { secondReaderOf, type Plan } from './plan';
import type { Reading } from './reading';
import { shortened, type Report, type Rule, type RuleContext } from './rules/rule';
import type { Question } from './secondreader';
import { LONGEST } from './signs';
import type { Span } from './text';

/** For each question the units of which its answer is yes, or no, for sure; in order. */
export interface Sayings {
  readonly yes: ReadonlyMap<Question, readonly Unit[]>;
  readonly no: ReadonlyMap<Question, readonly Unit[]>;
}

const NOTHING: Sayings = { yes: new Map(), no: new Map() };

const known = new WeakMap<readonly Reading[], Sayings>();

/** What the second reader says of the units of a document; nothing where the plan has none. Found once for each reading of a document. */
export function sayingsIn(document: Document, { readings, about, voiced, audience }: Context, plan: Plan): Sayings {
  const second = secondReaderOf(plan);
  if (!second) return NOTHING;
  const ready = known.get(readings);
  if (ready) return ready;
  const [yes, no] = [new Map<Question, Unit[]>(), new Map<Question, Unit[]>()];
  const put = (into: Map<Question, Unit[]>, question: Question, unit: Unit): void => {
    const units = into.get(question);
    if (units) units.push(unit);
    else into.set(question, [unit]);
  };
  for (const unit of document.units) {
    if (unit.text.length > LONGEST) continue; // no sentence
    const { kind, quoted } = document.blocks[unit.block]!;
    const answers = second.answers(readings[unit.index]!, { kind, about: about[unit.index]!, voiced: quoted || voiced[unit.index]!, audience });
    for (const question of answers.yes) put(yes, question, unit);
    for (const question of answers.no) put(no, question, unit);
  }
  const made: Sayings = { yes, no };
  known.set(readings, made);
  return made;
}

/** Kinds of blocks in which a sentence can stand that says something. */
const OPEN: ReadonlySet<string> = new Set(['paragraph', 'item', 'cell']);

/** Rules that look inside quotations. */
const VOICED: ReadonlySet<string> = new Set(['anecdotal-evidence']);

/** The units of which the answer to a question is yes, and that say it of the drug, in the text's own voice, and not in a pack's caveat. */
export function readingLike(question: Question, { document, analysis, plan }: Pick<RuleContext, 'document' | 'plan'> & { readonly analysis: Context }): readonly Unit[] {
  const units = sayingsIn(document, analysis, plan).yes.get(question) ?? [];
  const standard = standardWords(plan.packs);
  return units.filter((unit) => {
    const { kind, quoted } = document.blocks[unit.block]!;
    return OPEN.has(kind) && (VOICED.has(question) || !quoted && !analysis.voiced[unit.index]) && !analysis.readings[unit.index]!.question && !standard(unit.said);
  });
}

/** What reads like what a rule marks, where nothing of it is marked. */
export function* likelyIn(rule: Rule, marked: (at: Span) => boolean, context: RuleContext): Iterable<Report> {
  const { likely } = rule;
  if (!likely || !context.analysis.inScope) return;
  for (const unit of readingLike(rule.id, context)) {
    if (context.analysis.about[unit.index] && !marked(unit.span) && !likely.unless(unit, context)) yield { span: unit.span, message: `${shortened(unit.text)} ${likely.message}`, data: { likely: true } };
  }
}

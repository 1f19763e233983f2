import { outcomeFigure } from '../claims';
import { sourceSpan, type Document, type Unit } from '../document';
import { keeping } from '../kept';
import { places, unitsRead } from '../reading';
import { figureFixes, TEMPLATE } from '../remedies';
import type { Report, Rule } from './rule';

const WHO = /\b\d[\d,]*[ -](?:\w+ ){0,3}(?:patients?|people|persons?|adults|participants|members|veterans|women|men|teenagers|clients|subjects|mothers|guests|individuals|volunteers|drinkers|charts|records|responders)\b|\bn ?= ?\d|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)[- ]?\w* (?:\w+ )?(?:patients|people|adults|participants)\b|\b(?:patients|people|adults|participants|members|those|individuals|inpatients|outpatients) (?:with|who|in stable|aged)\b|\b(?:inpatients|outpatients|each arm|per arm)\b/i;
const NAMED_TRIAL = /\b[A-Z]{4,}(?:-[A-Z]+)?(?:[- ][\dIVX]+)?\b(?=.{0,60}\b(?:trial|study|plus|found|versus|were|was|compared|patients|people|at)\b)/;
const WHEN = /\b(?:at|after|within|by|over|in|for|of|to) (?:about |around |the (?:end of |first )?|a |an |one |just |only |ONE )?(?:[\w-]+ )?(?:hours?|days?|weeks?|months?|years?)\b|\b(?:after|within|by|in|at) (?:about |just |only )?(?:\w+ )?(?:sessions?|infusions?|drips?|visits?|doses?)\b|\b(?:week|day|month|visit|session) \d+|\b(?:\w+ )?(?:hours?|days?|weeks?|months?) (?:later|after)|\b(?:next day|day after|day later|endpoint|follow-up|24-hour|end of|(?:finish|complete)\w* (?:the|a|an|their) (?:\w+ )?(?:series|course))\b|after ONE/i;
const AGAINST = /\b(?:versus|vs\.?|v|compared (?:with|to)|against|than|placebo|midazolam|saline|control|ECT|respectively|whereas|from baseline)\b/i;

/** What of a figure's frame a text has. */
const frameOf = keeping((text) => ({ who: WHO.test(text), trial: NAMED_TRIAL.test(text), when: WHEN.test(text), against: AGAINST.test(text) }));

/** The neighbours in the same block, and for a stat box the label that follows its figure. */
function neighbours(document: Document, unit: Unit): string {
  const from = document.firstUnit[unit.block]!;
  const to = document.firstUnit[unit.block + 1]!;
  return [...(/\bof (?:those|them|these)\b/i.test(unit.text) ? [unit.index - 2] : []), unit.index - 1, unit.index + 1].filter((u) => u >= from && u < to).map((u) => document.units[u]!.text).join(' ');
}

/** Who, and when or against what: told in the unit and around it. */
function framed(unit: Unit, document: Document): boolean {
  const { who, trial, when, against } = frameOf(`${unit.text} ${neighbours(document, unit)}`);
  return (who || trial) && (when || against);
}

/** Units with a figure, or with what is to be filled in, and cells, whose figure may be in their column's head. */
const figuresIn = unitsRead((read, unit, kind) => kind === 'cell' || unit.text.includes('[') || places(read(unit), 'figure').length > 0);

/** An outcome figure without who was studied and when or against what it was measured. */
export const bareStatistic: Rule = {
  id: 'bare-statistic',
  title: 'Figure without its frame',
  why: 'A response rate means little without who was studied and when, or against what, it was measured.',
  basis: 'Caveat’s editorial standard.',
  severity: 'information',
  likely: {
    message: 'reads like an outcome without who was studied, when it was measured or against what. Readers can not weigh it. Add that from the study, or leave the figure out.',
    unless: (unit, { document, analysis }) => analysis.personal || TEMPLATE.test(unit.text) || framed(unit, document),
  },
  *check({ document, analysis, plan }): Iterable<Report> {
    if (!analysis.inScope || analysis.personal) return;
    const claimed = new Map(analysis.claims.map((claim) => [claim.unit, claim]));
    let notes: string | undefined; // what stands behind asterisks
    for (const unit of figuresIn(document, plan)) {
      const block = document.blocks[unit.block]!;
      const reading = analysis.readings[unit.index]!;
      const claim = claimed.get(unit.index);
      if (!analysis.about[unit.index] || analysis.voiced[unit.index] || reading.question || block.kind === 'heading' || block.kind === 'title' || block.kind === 'reference' || block.kind === 'note' || block.kind === 'aside' || block.kind === 'caption') continue;
      const template = unit.text.includes('[') ? TEMPLATE.exec(unit.text) : null;
      if (template) {
        yield {
          span: sourceSpan(document, unit, template.index, template.index + template[0].length),
          message: 'Fill in what stands in brackets from the study, or leave the figure out.',
          data: { debt: true },
        };
        continue;
      }
      const labelled = block.kind === 'cell' && claim?.kinds.includes('statistic') === true;
      if (places(reading, 'figure').length === 0 && !labelled) continue;
      const before = document.units[unit.index - 1];
      const goesOn = before?.block === unit.block && outcomeFigure(analysis.readings[before.index]!) !== undefined && /\b(?:it's|it is|that's|ours?|own)\b/i.test(unit.text);
      const ofDrug = /(?:%|percent|per cent) (?:for|with|on) (?:\w+ )?ketamine\b/i.test(unit.text);
      const figure = labelled ? places(reading, 'figure')[0] ?? claim!.place
        : outcomeFigure(reading) ?? (goesOn || ofDrug ? places(reading, 'figure')[0] : undefined);
      if (!figure || (!claim && (places(reading, 'instruct').length > 0 || places(reading, 'harm').length > 0 || places(reading, 'nonresponse').length > 0))) continue;
      const noted = /\*/.test(document.text.slice(unit.span.end - 1, unit.span.end + 4)) ? notes ??= document.units.filter((other) => { const at = document.text.slice(other.span.start - 2, other.span.end); return /\*|self/i.test(at) && /^\W*\*|self-reported/i.test(at); }).map((other) => other.text).join(' ') : '';
      const own = frameOf(unit.said);
      let who = own.who || own.trial;
      let when = own.when || own.against;
      if (!who || !when) {
        const around = frameOf(`${unit.text} ${neighbours(document, unit)}`);
        const behind = frameOf(noted); // by itself: it may be long, and is the same for all
        who ||= around.who || behind.who;
        when ||= around.when || behind.when;
      }
      if ((who && when) || (analysis.audience === 'scholarly' && (claim?.citations.length ?? 0) > 0)) continue;
      const lacks = who ? 'when or against what it was measured' : when ? 'who and how many were studied' : 'who was studied, when it was measured or against what';
      yield {
        span: sourceSpan(document, unit, figure.start, figure.end),
        severity: who || when ? 'information' : 'warning',
        message: `“${unit.text.slice(figure.start, figure.end)}” stands without ${lacks}. Readers can not weigh it. Add that from the study, or leave the figure out.`,
        data: { who, when },
      };
    }
  },
  fixes: figureFixes,
  examples: [
    { text: 'Ketamine for depression. 70% of patients «[N people with CONDITION, at N WEEKS, against COMPARATOR]» respond to ketamine.' },
    { text: 'Ketamine for depression. «70%» of patients respond to ketamine.' },
    { text: 'Ketamine for depression. Of 73 adults with treatment-resistant depression, 64% responded at 24 hours.' },
  ],
};

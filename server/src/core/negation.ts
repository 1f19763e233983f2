// Which words of a sentence are under a negation, after the manner of NegEx: triggers, each with the way it reaches,
// and what ends its reach. Works on the words alone; knows no topic.

import { gated, type Gated } from './gate';
import type { Place } from './reading';

/** Words that hold a negator and deny nothing. Read as one word, so that no trigger is seen in them. */
const EMPTY = gated(/\b(?:not (?:only|just|merely|simply|least|to mention|surprisingly|unlike(?:ly)?|without|uncommon(?:ly)?)|no (?:doubt|wonder|surprise|longer just|matter|less|fewer|sooner)|nothing short of|nothing but|without (?:a )?doubt|without question|never fails?|(?:can(?:not|'t)|could(?: not|n't)) (?:deny|ignore|overstate|be (?:denied|ignored|overstated))|(?:does|do|did)(?: not|n't) (?:fail|hesitate|forget)|(?:nobody|no one|none) (?:doubts?|denies|disputes?)|(?:is|are|was|were)(?: not|n't) (?:in doubt|disputed)|there is no (?:denying|question|doubt))\b/gi);

/** Denies what follows, to the end of its clause. */
const BEFORE = gated(/\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|hardly|scarcely|barely|rarely|seldom|unlikely|doubtful|unclear|unknown|unproven|uncertain|(?:fail|fails|failed|failing|failure) to|(?:refute|disprove|debunk|deny|denie|dispute|dismisse?|question|doubt)[sd]?|ruled? out|far from|anything but|myth|misconception|insufficient|too (?:early|soon)|(?:is|are|was|were) (?:un|in)able to|unable to|yet to|stop(?:s|ped)? short of|short of)\b|n't\b/gi);
/** Denies the noun that follows with what belongs to it, not what the rest of the sentence says. */
const NOUN = gated(/\b(?:without|lack|lacks|lacked|lacking|absence of|free (?:of|from)|devoid of|rather than|instead of|non(?=-))\b/gi);
/** Denies the subject that came before in its clause. */
const BEHIND = gated(/\b(?:(?:is|are|was|were|remains?|seems?|appears?|looks?|be|been) (?:(?:still|yet|so far|largely|highly|very|quite|as yet|currently) ){0,2}(?:unproven|unclear|unknown|uncertain|unlikely|doubtful|questionable|disputed|debated|untested|unsupported|unfounded|untrue|false|wrong|nonsense|absent|lacking|in doubt|impossible|a myth|a misconception|ruled out)|(?:(?:has|have|had)(?: not|n't)(?: yet)?|(?:has|have|had) never) been (?:shown|proven|proved|established|demonstrated|confirmed|found|seen|tested|studied|observed)|(?:has|have|had|is|are|was|were) yet to be (?:shown|proven|established|demonstrated|confirmed)|(?:is|are|was|were)(?: not|n't) (?:yet |clearly |well |fully )?(?:shown|proven|proved|established|demonstrated|confirmed|found|seen|known|clear|true|guaranteed|certain|supported|observed|evident|detected|significant|possible|likely))\b/gi);

/** What ends the reach of a trigger. A comma does where no list of the denied goes on behind it. */
const STOP = /[.;:!?()]|\s[-–—]+\s|—|\b(?:but|although|though|however|yet|whereas|while|because|since|so that|except|unless|despite)\b|\band (?=(?:so|it|they|he|she|we|you|this|that|these|is|are|was|were|has|have|can|may|might|will|does|do|should|must|instead|\w+s (?:a|an|the|their|its)\b))/gi;
/** The same, and any comma. */
const CUT = new RegExp(`,|${STOP.source}`, 'gi');
const FINITE = /\b(?:is|are|was|were|has|have|had|may|might|can|could|will|would|should|must|does|did)\b|\band\b/gi;

/** In `who did not respond to tablets improved`, the verb that the sentence is about ends the clause of its subject. */
const RELATIVE = /\b(?:who|whom|whose|that|which|those|people|patients|adults) (?:(?:do|does|did|has|have|had|is|are|was|were|can|could|would) )?$/i;
const VERB = /(?<!\b(?:to|not|n't|never|be|been|being|have|has|had|was|were|is|are|and|or|by|the|a|an|of|with|other|their|on) )\b(?:\w{2,}ed|felt|got|found|saw|became|fell|rose|did|went|had|was|were|is|are|has|have|may|might|can|could|will|would|should|report|feel|improve|respond|recover|experience|get|show|tend|benefit|need)\b/gi;

/** No trigger reaches further than this; keeps what is done for each of them bounded. */
const FURTHEST = 240;

const first = (expression: RegExp, text: string): number => {
  expression.lastIndex = 0;
  return expression.exec(text)?.index ?? text.length;
};

/** How far into `behind` a trigger with `before` in front of it reaches. */
function reach(before: string, behind: string, noun: boolean): number {
  let end = first(STOP, behind);
  if (noun) end = Math.min(end, first(FINITE, behind));
  // The subject's own clause: the negated verb first, then what the sentence says of the subject.
  else if (RELATIVE.test(before)) {
    const own = /^\W{0,4}(?:\w+ly )?\w+/.exec(behind)?.[0].length ?? 0;
    VERB.lastIndex = own;
    end = Math.min(end, VERB.exec(behind)?.index ?? end);
  }
  for (let comma = behind.indexOf(','); comma >= 0 && comma < end; comma = behind.indexOf(',', comma + 1)) {
    const rest = behind.slice(comma + 1, end);
    // `not a miracle, a cure or a fix` goes on.
    if (/^\s*(?:or|nor|and nor)\b/.test(rest) || (/^[^,]{1,30}(?:,[^,]{1,30}){0,4},? (?:or|nor) /.test(rest) && !/\b(?:is|are|was|has|have|it|they)\b/.test(rest))) continue;
    // So does `does not, in most cases, cure`.
    const aside = /^\W*$/.test(behind.slice(0, comma)) ? rest.indexOf(',') : -1;
    if (aside < 0 || aside > 36) return comma;
    comma += 1 + aside;
  }
  return end;
}

/** The parts of a sentence that a negation or a doubt covers, in order of their triggers. Half open; they may overlap. */
export function negatedParts(source: string): Place[] {
  if (!BEFORE.possible(source) && !NOUN.possible(source) && !BEHIND.possible(source)) return [];
  // Same length, so that places hold.
  const plain = source.replaceAll('’', "'");
  const text = EMPTY.possible(source) ? plain.replace(EMPTY.expression, (words) => '_'.repeat(words.length)) : plain;
  const out: Place[] = [];
  const forward = ({ expression, possible }: Gated, noun: boolean): void => {
    for (const trigger of possible(source) ? text.matchAll(expression) : []) {
      const from = trigger.index + trigger[0].length;
      const behind = text.slice(from, from + FURTHEST);
      const length = trigger[0].toLowerCase() === 'non' ? /^-\w+/.exec(behind)?.[0].length ?? 0 : reach(text.slice(Math.max(0, trigger.index - 24), trigger.index), behind, noun);
      out.push({ start: from, end: from + length });
    }
  };
  forward(BEFORE, false);
  forward(NOUN, true);
  for (const trigger of BEHIND.possible(source) ? text.matchAll(BEHIND.expression) : []) {
    let start = Math.max(0, trigger.index - FURTHEST);
    for (const stop of text.slice(start, trigger.index).matchAll(CUT)) start = Math.max(0, trigger.index - FURTHEST) + stop.index + stop[0].length;
    out.push({ start, end: trigger.index });
  }
  return out.filter((part) => part.start < part.end).sort((a, b) => a.start - b.start);
}

/** Is what stands at this place under a negation, or is its claim denied or doubted? */
export const isNegated = (text: string, place: Place): boolean => negatedParts(text).some((part) => part.start <= place.start && place.start < part.end);

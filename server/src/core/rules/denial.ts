// Flat denials of harm (`no side effects`, `can't get hooked`, `the risk is nil`) as a small grammar: a negator with a
// risk noun, a harmful property or a harmful event. Every repetition is bounded, so no text can make it slow.

import { gated } from '../gate';
import { span, type Span } from '../text';

// Up to four: a regular expression writes out what may come up to three times, and of a list as long as this that takes
// a tenth of a second at the first sentence.
const ADJECTIVE = '(?:(?:known|real|serious|significant|major|severe|lasting|lingering|long-term|meaningful|harmful|dangerous|nasty|negative|physical|bad|unpleasant|unwanted|apparent|inherent|notable|next-day|sexual|drug|permanent|adverse|discernible|appreciable|added|hidden|such|actual|whatsoever|medical|psychological|short-term) ){0,4}';
const HARM = 'side[- ]effects?|adverse (?:effects?|events?|reactions?)|risks?|dangers?|harms?|addiction|dependenc[ey]|withdrawal(?: symptoms| effects)?|hangovers?|interactions?|toxicity|complications?|safety (?:concerns?|issues?)|come-?downs?|threats?|tolerance|(?:brain |bladder |organ |liver )?damage|(?:abuse|addiction|misuse) (?:potential|liability)|potential for (?:abuse|misuse|addiction|dependence)|(?:chance|likelihood|possibility|fear|danger|prospect) of (?:addiction|dependenc[ey]|harm|overdose|abuse|misuse|withdrawal|damage|(?:becoming|getting) (?:addicted|hooked|dependent))|effects? on (?:the rest of (?:the|your) body|other organs)|(?:lasting|lingering|long-term) effects on (?:the |your )?[a-z]{3,12}|(?:harmful|negative|bad|ill|unwanted) effects|weight gain|cravings?|downsides?|drawbacks?|ill effects|bad trips?|zombie feeling|surprises|regrets|brain fog|cognitive impairment|respiratory depression';
/** What a sentence says of as not happening, beside the harms. */
const SUBJECT = `(?:${HARM}|abuse|misuse|overdos(?:e|ing)|(?:bladder|liver|heart|kidney|breathing|urinary|memory) problems|(?:serious|severe|bad|allergic) (?:problems|reactions))`;
/** What may stand between it and its verb. */
const LINK = "(?:(?:of|for|to|from|with|by|in|on|at|after|during|seen|reported|found|linked|that|which|you|we) (?:[\\w'-]+ ){1,8}?)?";
const EVENT = 'mania|psychosis|seizures?|breathing problems|bladder problems|liver problems|overdoses?|death|suicid\\w{1,8}|hallucinations?|memory loss|problems';
const BODY = 'breathing|respiration|bladder|heart|liver|kidneys?|memory|blood pressure|fertility|baby|brain|airway|cognition|milk';

const CAN_NOT = "(?:can't|cannot|can not|won't|will not|will never|can never|could never|doesn't|does not|don't|do not|never)";
const ADVERB = '(?:(?:ever|actually|even|really|possibly|in any way|physically|simply) )?';

const verb = (stem: string): string => `${stem}(?:s|es)?`;

/** What a drug is said not to do, or what is said not to happen: each an expression of its own, so that few are compiled. */
const NOT_DONE: readonly string[] = [
  '(?:get|gets|become|becomes|be) (?:hooked|addicted|dependent|abused|misused)',
  `(?:${verb('cause')}|${verb('lead')} to|${verb('create')}|${verb('produce')}|${verb('trigger')}|${verb('induce')}|brings? on|${verb('result')} in|carry|carries|${verb('pose')}|have|has|${verb('involve')}|comes? with) (?:any |a |an |the |your )?${ADJECTIVE}(?:${HARM}|${EVENT})`,
  `(?:harms?|hurts?|damages?) (?:the|your|you|a|an|people|patients|anyone|anybody|brain|bladder|babies|children)`,
  `(?:affects?|stops?|slows?|depress|depresses|suppress|suppresses|impairs?|interferes? with|damages?|harms?|raises?) (?:the |your |a )?(?:${BODY})`,
  '(?:becomes?|forms?|turns? into) (?:a |an |any )?(?:bad )?(?:habit|addiction|crutch|dependence|dependency)|(?:builds?|leaves?|sparks?|feeds?)(?: up)? (?:any |a |an )?(?:cravings?|tolerance|dependence|dependency|habit|hangover)',
  '(?:gets?|makes?|leaves?) (?:you|people|anyone|anybody|patients|them) (?:hooked|addicted|dependent)',
  'interacts?|overdose|worsens? (?:depression|mania|psychosis|symptoms)|happens? (?:here|to you|with us|at|in|with)|make you (?:worse|sick|addicted|dependent)',
];

const FORMS = ([
  {
    kind: 'noun',
    expression: new RegExp(`\\b(?:no|zero|nil|without(?: any| a| the)?|devoid of(?: any)?|free (?:of|from)(?: any| all| the)?) ${ADJECTIVE}(?:${HARM})(?![\\w-])`, 'gi'),
  },
  {
    kind: 'property',
    expression: /\b(?:isn't|is not|aren't|are not|not|neither|nor|non)(?: |-)(?:(?:at all|in any way|physically|chemically|psychologically|even|remotely|itself|considered) )?(?:addictive|habit[- ]forming|dangerous|harmful|toxic|risky|unsafe|hazardous|neurotoxic|damaging)(?![\w-])/gi,
  },
  ...NOT_DONE.map((done) => ({ kind: 'event' as const, expression: new RegExp(`\\b${CAN_NOT} ${ADVERB}(?:${done})(?![\\w-])`, 'gi') })),
  {
    kind: 'nil',
    expression: new RegExp(`\\b${SUBJECT} ${LINK}(?:is|are) (?:(?:basically|effectively|essentially|simply) )?(?:nil|zero|non-?existent|none|impossible|unheard of|not possible|out of the question|off the table)(?![\\w-])`, 'gi'),
  },
  {
    kind: 'nil',
    expression: new RegExp(`\\b${SUBJECT} ${LINK}(?:isn't|is (?:simply |just |really )?not|aren't|are (?:simply |just |really )?not|is never|are never) (?:(?:really|even|ever|simply|just) )?(?:(?:a |an |any |something )?(?:concern|issue|problem|worry|risk|possible|possibility|danger|happen)|(?:something|anything) (?:(?:that )?(?:you|we|anyone|patients) (?:need|have|has|should) )?(?:to )?(?:worry|fret|be (?:worried|concerned)) about)(?![\\w-])`, 'gi'),
  },
  {
    kind: 'event',
    expression: /\b(?:nobody|no one|none of (?:our|the|my|these) (?:\w+ )?(?:patients|clients|guests|members|people|users|veterans)|not one (?:patient|client|guest|member|person)) (?:(?:(?:has|have|had|is|ever|will|can|gets?|got|becomes?|became|been|come|comes|came|to|suffered|any|a) ){1,4})(?:harm|harmed|hurt|hooked|addicted|dependent|overdosed|injured|side effects?|bad trip)(?![\w-])/gi,
  },
  {
    kind: 'absent',
    expression: new RegExp(`\\b${SUBJECT} ${LINK}(?:(?:do|does|will|can) not|don't|doesn't|won't|can't|cannot|never) (?:(?:really|ever|simply|just) )?(?:occurs?|happens?|arises?|develops?|exists?|set in|sets in)(?![\\w-])`, 'gi'),
  },
  {
    kind: 'noun',
    expression: new RegExp(`\\bwithout (?:(?:ever|even) )?(?:(?:provoking|causing|triggering|risking|inducing|producing|bringing on|creating|leading to|the risk of) (?:any |the |a |an )?${ADJECTIVE}(?:${HARM}|${EVENT}|highs?)|(?:affecting|harming|damaging|depressing|suppressing|impairing|slowing|stopping) (?:the |your )?(?:${BODY}))(?![\\w-])`, 'gi'),
  },
  {
    kind: 'worry',
    expression: new RegExp(`\\b(?:don't|do not|won't|needn't|no need to|no reason to|never) (?:have to |need to )?(?:worry|fret) about ${ADJECTIVE}(?:the |any |getting |becoming )?(?:${HARM}|addicted|hooked|dependent|overdos\\w{1,3})(?![\\w-])`, 'gi'),
  },
] as const).map(({ kind, expression }) => ({ kind, found: gated(expression) }));

/** What stands before a denial, in its clause, and makes it none. */
const DOUBTED = "mean|means|imply|implies|guarantee|promise|claim|claims|who|if|unless|whether|evidence|had|were|was|known|so that|ensure|sure|nobody|likely|appears?|seems?|thought|believed|may|might|could|suggests?|hoped?|should|must|please|let's|(?:no|any|few) (?:drugs?|treatments?|medicines?|medications?|interventions?|therap(?:y|ies)) (?:is|are|comes?|has|have)|nothing is|little (?:to|or)|few (?:to|or)|virtually|almost|practically|next to|close to";
const PEOPLE = 'patients|people|those|adults|participants|anyone|someone|person|volunteers|women|men|individuals|history|cases?';
const NEGATOR = "(?:(?:\\b(?:not|never|hardly|rarely|nor)|n't)(?: [^\\s,;:.]+)?|\\bnor (?:is|are|was|does|do) [^\\s,;:.]+)";
const BEFORE = new RegExp(`(?:\\b(?:${DOUBTED})(?: [^\\s,;:.]+){0,3}|${NEGATOR}) ?$`, 'i');
/** `People with no history …`, `those not addicted`: a group is described. */
const BEFORE_OF_GROUP = new RegExp(`(?:\\b(?:${DOUBTED}|${PEOPLE})(?: [^\\s,;:.]+){0,3}|${NEGATOR}) ?$`, 'i');

/** What stands behind it and makes it none. */
const AFTER = /^ ?(?:factors?|assessment|management|of bias|was|were|occurred|emerged|arose|seen|reported|observed|noted|has been|have been|had been|data|unless|until|overnight|as (?:much|often|likely|severe|bad)|than|the way|like (?:morphine|opioids)|at an? (?:higher|greater|lower|faster) (?:rate|frequency)|any more|more (?:often|than)|in every(?:one|body)|in all|in most|to every(?:one|body)|to all|often|frequently|regularly|at once|in the same|for every(?:one|body)|always|necessarily|when used with|if you (?:tell|have))\b/i;

/** Denials that a text makes, in order, without overlaps. A past finding (`no side effects were seen`) is none. */
export function findDenials(text: string): Span[] {
  const out: Span[] = [];
  for (const { found: form, kind } of FORMS) {
    for (const found of form.all(text)) {
      const start = found.index;
      const end = start + found[0].length;
      const before = text.slice(Math.max(0, start - 90), start);
      const clause = before.slice(Math.max(before.lastIndexOf(', '), before.lastIndexOf('; '), before.lastIndexOf(': '), before.lastIndexOf(' but '), before.lastIndexOf(' because '), before.lastIndexOf(' so you ')) + 1);
      if (kind !== 'nil' && kind !== 'absent' && (kind === 'event' || kind === 'worry' ? BEFORE : BEFORE_OF_GROUP).test(clause) && !/\b(?:you|it|that|this) know\b/i.test(clause)) continue;
      if (kind === 'absent' && /\b(?:so|ensure|sure|prevent|hope|hoped?|mean|means|evidence|when|where|once|had|may|might|could|should)\b[^,]*$/i.test(clause)) continue;
      if (kind === 'absent' && /^ (?:if|when|unless|while)\b/i.test(text.slice(end, end + 10))) continue;
      if ((kind === 'nil' || kind === 'absent') && /\b(?:if|whether|unless|not|n't)\b[^,]*$/i.test(clause)) continue;
      if (AFTER.test(text.slice(end, end + 40))) continue;
      // `Do not cause …` at the head of a clause asks for something.
      if (/^(?:don't|do not|never) (?!worry|fret)/i.test(found[0]) && kind === 'event' && !/[\w'] $/.test(clause)) continue;
      if (/^without a /i.test(found[0]) && /\d/.test(before)) continue;
      out.push(span(start, end));
    }
  }
  out.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1; // of those before
  return out.filter((one) => {
    const within = one.end <= end;
    end = Math.max(end, one.end);
    return !within;
  });
}

const HARM_TALK = /mania|manic|psychosis|seizure|flip|trigger|addict|withdraw|weight|libido|habit|side[- ]effect|hook|dependen|damage|worse|linger|zombie|numb|\bfog|hangover|nause|sick|crash|liver|kidney|sleepy|jitter|brain zaps?/i;

export const ELLIPSIS = /^(?:[\w'-]+ ){1,4}(won't|doesn't|don't|can't|isn't|never does|never will|has none)(?: do (?:this|that))?[.!]?$/i;

/** `Ketamine won't.` behind a sentence about another drug's harm: the span of the answer's verb. */
export function findEllipsis(text: string, previous: string): Span | undefined {
  const found = ELLIPSIS.exec(text);
  if (!found || !HARM_TALK.test(previous) || /\?$/.test(previous)) return undefined;
  const start = text.indexOf(found[1]!);
  return span(start, start + found[1]!.length);
}

import { sourceSpan, unitsWhere, type Document, type Unit } from '../document';
import { gated } from '../gate';
import { keeping } from '../kept';
import type { Plan } from '../plan';
import { places, readerOf } from '../reading';
import { storyFixes } from '../remedies';
import type { Report, Rule } from './rule';

const GONE = gated(/\b(?:gave me|gave (?:him|her|us)|handed me|pulled me|brought me|lights? (?:back )?on|black cloud|dark(?:est)? place|woke up|finally|can breathe|gets? out of bed|hosted|garden again|first (?:night|time|morning|week)|got my|have my|has his|have her|got (?:his|her|their)|saved (?:my|his|her)|changed (?:my|his|her)|cured|gone(?! (?:to|over|on|through|for|into|from|out|by|up|down|off)\b)|don't need|no longer need|not needing|never needed|threw (?:out|away)|off (?:my|all my) (?:meds|medication|antidepressants)|first time in (?:years|months|\w+ years)|lifted|feel (?:like )?(?:myself|alive|better|human|lighter)|felt (?:like )?(?:myself|alive|better|human|lighter|free|normal)|myself again|back to (?:myself|work|normal|life)|(?:I|she|he) (?:sleeps?|slept)|can (?:finally )?(?:sleep|breathe|smile)|sleep(?:ing)? through|not looked back|haven't looked back|never looked back|looked back|unpacked|walked out|new person|my life back|light again|years of therapy|miracle|worked|turned (?:my|his|her) life|sparkle|worth it|stopped (?:crying|wanting)|(?:smil|laugh|danc|cook|sing|garden|paint|runn?|read|walk|work|play|driv|bak|travel|eat|liv|go|plann?|sleep)(?:e|s|es|ed|ing)? again|start(?:s|ed)? (?:smiling|laughing|singing|dancing|living)|(?:went|goes|gone) back to (?:work|school|college)|(?:colou?r|lights?|sun|joy|spark) (?:\w+ )?back|different (?:woman|man|person|mum|mom|dad|child)|wants? to live|(?:came|come) off|for the first time (?:in|since)|(?:hasn't|haven't) had an?|left walking|(?:attacks|nightmares|flashbacks|tears|pain|thoughts|voices) (?:just |simply )?(?:stopped|ended|faded|lifted|left)|in love with|walk(?:s|ed|ing) (?:unaided|out)|(?:best|greatest) (?:decision|thing)|(?:packed|went away)|saved us|I'm (?:better|well|free|alive|dancing|sleeping|back)|it helped|game changer|disappeared|vanished|went quiet|melted)\b/i);
const FAILED = gated(/\b(?:(?:didn't|hasn't|haven't|doesn't) (?:do|done|work|worked|help|helped|take|touch|last|lasted|notice|feel any)|nothing(?=[.!])|waste of|no (?:better|good|luck|relief|use)|not for me|disappoint\w*|stopped working|did nothing|no (?:different|change|effect)|felt (?:nothing|no different|worse)|threw up|made (?:it|me) worse|refunded|wore off|came back|was back|don't stay|not fixed|never worked|won't say|hardly|not a miracle|did not go back|sick)\b/i);
/** Neither praise nor failure: `worth it to me, but no magic bullet`. */
const MIXED = gated(/\b(?:(?:no|not an?|isn't an?) (?:magic|miracle|cure|silver)|took the edge off)\b/i);
/** What a story of benefit speaks of, whatever it says became of it. */
const OF_ILLNESS = gated(/\b(?:infusions?|sessions?|drips?|doses?|lozenges?|ketamine|spravato|treatments?|depress\w*|anxi\w*|panic|ptsd|trauma|pain|migraines?|life|lives|feel\w*|felt|years|sleep|children|kids|husband|wife|myself|days|mornings?|mind|mood|hope|alive|happy)\b/i);
/** What customers praise besides the treatment. */
const PRAISED = gated(/\b(?:app|parking|staff|team|nurses?|biscuits|booking|easy to (?:use|book|get)|bed|chairs?|prices?|website|delivery|packag\w+|flavou?r|tastes?|tasty|friendly|receptionists?|explained|answered|comfortable|waiting|office|rooms?|discreet|welcom\w+|blankets?|music|playlist)\b/i);
/** One person's course and what came of it, told by somebody else. */
const COURSE = gated(/\b(?:after|following|since) (?:just |only |her |his |about |the )*(?:[\w-]+ )?(?:ketamine |esketamine |spravato )?(?:sessions?|infusions?|treatments?|visits?|doses?|lozenges?|drips?)\b|\b(?:sessions?|infusions?|treatments?|visits?|doses?|lozenges?) later\b|\b(?:did|had|completed) (?:just |only )?(?:[\w-]+ )(?:ketamine |esketamine |spravato )?(?:sessions|infusions|treatments|drips)\b.{0,60}\band (?:now )?(?:she|he|has (?:since|now)|is now)\b/i);
const ONE = gated(/\b(?:[Ss]he|[Hh]e)\b|\b[A-Z][a-z\u00df-\u024f]+, (?:\d\d, )?who (?:went|had|now|is|was|has|could|couldn't|came|arrived)\b/);
/** A person whom it did not help or harmed, told of beside the others. */
const HARMED = gated(/\b(?:cramps|urinat\w+|bladder|stopped after|dependent|hooked|relapsed|overdos\w+|rough)\b/i);
const SOMEBODY = gated(/\b(?:she|he|him|her|another)\b/i);
const ILL_END = gated(/\b(?:died|dead|death|overdos\w*|worse|relaps\w*|returned|vomit\w*|sick|panic\w*|hospital|ambulance|admitted|arrest\w*|collapsed|breathing|addict\w*|bladder|urin\w*|blood pressure|crash\w*|could not|couldn't|still|monitored|scor\w+|points?|no (?:better|change)|nothing|reported|stopped|asked|told|said|declined|discharged|reviewed|referred|week of|nurse|drive|driven|waited|rested)\b/i);
const VARY = gated(/\b(?:(?:individual )?(?:results|experiences|outcomes|responses) (?:may |will |can )?(?:vary|differ)|not everyone (?:benefits|responds)|not (?:typical|everyone)|your experience may)\b/i);
const STORIES = gated(/\b(?:success stor(?:y|ies)|stories of (?:recovery|healing|hope)|testimonials?|real stories)\b.{0,40}\b(?:emerged|show|prove|speak|abound|from)\b|\bseveral success stories\b/i);
const CELEBRITY = gated(/\b(?:actor|actress|singer|celebrit\w+|star|athlete|billionaire|Perry|influencer)\b/i);
const FRIEND = gated(/\b(?:my (?:friend|cousin|(?:sister|brother|mother|father)(?:-in-law)?|neighbou?r|client|patient|colleague|husband|wife|mum|mom|dad|son|daughter|aunt|uncle)|a (?:friend|client|patient|firefighter|veteran|nurse|teacher) (?:of|who|told)|I've (?:watched|seen) a|one (?:patient|client|of our))\b/i);
const SELF = gated(/\b(?:I|I'm|I've|my|me|he|she|his|her)\b|^(?:After|Tried|Cured|Gone)\b/);

interface Story {
  readonly unit: number;
  readonly place: { readonly start: number; readonly end: number };
  /** -1 weighs good and bad, 0 tells of failure, 1 is told as praise by its place, 2 says what became better. */
  readonly strength: -1 | 0 | 1 | 2;
  readonly block: number;
}

/** What a unit's own words tell of somebody. */
const traitsOf = keeping((text) => ({
  varied: VARY.test(text),
  good: GONE.exec(text),
  bad: FAILED.test(text),
  self: SELF.test(text),
  story: STORIES.exec(text),
  friend: FRIEND.exec(text),
  celebrity: CELEBRITY.test(text),
  mixed: MIXED.test(text),
  harmed: HARMED.test(text) && SOMEBODY.test(text),
  told: /^["'][^"]{3,80}["'],? (?:says?|said|wrote|writes) [A-Z]/.test(text),
  praised: PRAISED.test(text),
  ill: OF_ILLNESS.test(text),
  after: /\b(?:after|since|by) (?:(?:my|the|just|only|a) )*(?:[\w-]+ )?(?:sessions?|infusions?|treatments?|drips?|doses?|lozenges?|visits?)(?: (?:number )?(?:\d|one|two|three|four|five|six))?\b/i.exec(text),
  course: ONE.test(text) && !ILL_END.test(text) ? COURSE.exec(text) : null,
  better: /\b(?:years of therapy|relief|better|recover\w*|sleep through)\b/i.test(text),
}));

/** Units that may tell of somebody, or that results vary. */
const telling = unitsWhere(({ said }) => {
  const { varied, good, bad, self, story, friend, celebrity, mixed, harmed, course, after, ill } = traitsOf(said);
  return !!(varied || good || bad || mixed || after || self && ill || story || harmed || course || friend || celebrity);
});

const finders = new WeakMap<Plan['lexicon'], (document: Document) => readonly Unit[]>();

/** Units that tell of limits. */
function limitsIn(plan: Plan): (document: Document) => readonly Unit[] {
  let finder = finders.get(plan.lexicon);
  if (!finder) {
    const reader = readerOf(plan);
    finders.set(plan.lexicon, finder = unitsWhere(({ said }) => places(reader(said), 'limits').length > 0));
  }
  return finder;
}

const STORY_SECTION = /\b(?:stor(?:y|ies)|testimonials?|reviews?|guest ?book|members? say|patients? say|clients? say|what (?:people|our)|hear from|in their (?:own )?words|voices|love)\b/i;
const ATTRIBUTED = /[—–-]{1,2} ?\**["']?[A-Z][\w.]*|\b(?:says?|said) (?:[A-Z]\w+|a )|\b(?:verified|, \d\d)\b|[.!?…]["'] ?[A-Z][\w.'\u00c0-\u024f-]*(?:,? [\w.'\u00c0-\u024f-]+){0,4}$/;

const whole = (text: string): { start: number; end: number } => ({ start: 0, end: text.length });

const headingText = (document: Document, b: number): string => {
  const h = document.headings[b]!.at(-1);
  return h === undefined ? '' : document.texts[h]!.text;
};

/** A name behind the quotation, in its block or the next. */
const attributed = (document: Document, b: number): boolean => ATTRIBUTED.test(document.texts[b]!.text.slice(-80)) || ATTRIBUTED.test(document.texts[b + 1]?.text.slice(0, 40) ?? '');

/** A testimonial, celebrity or individual success story offered as evidence of benefit. */
export const anecdotalEvidence: Rule = {
  id: 'anecdotal-evidence',
  title: 'One person’s story as evidence',
  why: 'A story shows what happened to one person; readers take it as what to expect.',
  basis: 'Caveat’s editorial standard; the pack’s caveat that individual results vary.',
  severity: 'information',
  *check({ document, analysis, plan }): Iterable<Report> {
    if (!analysis.inScope || analysis.personal) return;
    const { units, blocks } = document;
    const section = (b: number): number => document.headings[b]!.at(-1) ?? -1;
    // By section: does it say that results vary, how many stories tell of failure.
    const varies = new Set<number>();
    const stories: Story[] = [];
    for (const unit of telling(document)) {
      const block = blocks[unit.block]!;
      if (block.kind === 'reference' || block.kind === 'heading') continue;
      const { varied, good, bad, self, story, friend, celebrity, better, mixed, harmed, told: saying, praised, course, after, ill } = traitsOf(unit.said);
      if (varied) varies.add(section(unit.block));
      const reading = analysis.readings[unit.index]!;
      if (analysis.voiced[unit.index] || saying) {
        const testimonial = (block.quoted && attributed(document, unit.block)) || STORY_SECTION.test(headingText(document, unit.block));
        const own = self || testimonial;
        if (mixed && own) stories.push({ unit: unit.index, place: whole(unit.text), strength: -1, block: unit.block });
        else if (bad) stories.push({ unit: unit.index, place: whole(unit.text), strength: 0, block: unit.block });
        else if (own && good) stories.push({ unit: unit.index, place: { start: good.index, end: good.index + good[0].length }, strength: 2, block: unit.block });
        else if (testimonial && after) stories.push({ unit: unit.index, place: { start: after.index, end: after.index + after[0].length }, strength: 1, block: unit.block });
        else if (testimonial && self && ill && !praised && !reading.question) stories.push({ unit: unit.index, place: whole(unit.text), strength: 1, block: unit.block });
        continue;
      }
      if (story) { stories.push({ unit: unit.index, place: { start: story.index, end: story.index + story[0].length }, strength: 2, block: unit.block }); continue; }
      if (harmed || bad && SOMEBODY.test(unit.text) && !friend) { stories.push({ unit: unit.index, place: whole(unit.text), strength: 0, block: unit.block }); continue; }
      const told = course && (!reading.question && analysis.audience === 'patient') ? course : null;
      const someone = friend ?? (celebrity && reading.drugs.length > 0 ? /\b(?:his|her|their) (?:search for relief|recovery|healing|journey|depression)\b/i.exec(unit.text) : null);
      if (told && !someone) stories.push({ unit: unit.index, place: { start: told.index, end: told.index + told[0].length }, strength: bad ? 0 : 2, block: unit.block });
      else if (someone && (good || better) && places(reading, 'limits').length === 0) stories.push({ unit: unit.index, place: { start: someone.index, end: someone.index + someone[0].length }, strength: bad ? 0 : 2, block: unit.block });
    }
    const groups = new Map<number, Story[]>();
    for (const story of stories) groups.set(section(story.block), [...(groups.get(section(story.block)) ?? []), story]);
    const contrary = limitsIn(plan)(document).length / Math.max(1, units.length) > 0.12;
    for (const [where, group] of groups) {
      // A story is told of by its block: by its strongest sentence, as a failure where none of its sentences is good.
      const told = new Map<number, Story>();
      for (const story of group) {
        const best = told.get(story.block);
        if (best?.strength === -1) continue;
        if (!best || story.strength === -1 || story.strength > best.strength || (story.strength === 1 && best.strength === 1)) told.set(story.block, story);
      }
      const people = [...told.values()];
      const failures = people.filter((story) => story.strength === 0).length;
      const cure = people.some((story) => /\bcured\b/i.test(units[story.unit]!.text));
      if (varies.has(where)) continue;
      if (failures > 0 && failures * 3 >= people.length && !cure) continue;
      for (const story of people) {
        if (story.strength <= 0 || (contrary && analysis.voiced[story.unit])) continue;
        const unit = units[story.unit]!;
        yield {
          span: sourceSpan(document, unit, story.place.start, story.place.end),
          message: 'One person’s story stands here as evidence of benefit. Others may do differently. Add that individual results vary, or set it beside what trials found.',
        };
      }
    }
  },
  fixes: storyFixes,
  examples: [
    { text: '# Ketamine for depression\n\nKetamine is offered for depression.\n\n> I «got my» life back after three infusions.' },
    { text: '# Ketamine for depression\n\nKetamine is offered for depression.\n\n> I got my life back after three infusions.\n\nIndividual results vary.' },
  ],
};

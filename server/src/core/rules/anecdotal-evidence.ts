import { sourceSpan, type Document } from '../document';
import { keeping } from '../kept';
import { places } from '../reading';
import { storyFixes } from '../remedies';
import type { Report, Rule } from './rule';

const GONE = /\b(?:gave me|gave (?:him|her|us)|handed me|pulled me|brought me|lights? (?:back )?on|black cloud|dark(?:est)? place|woke up|finally|can breathe|gets? out of bed|hosted|garden again|first (?:night|time|morning|week)|got my|have my|has his|have her|got (?:his|her|their)|saved (?:my|his|her)|changed (?:my|his|her)|cured|gone|don't need|no longer need|not needing|never needed|threw (?:out|away)|off (?:my|all my) (?:meds|medication|antidepressants)|first time in (?:years|months|\w+ years)|lifted|feel (?:like )?(?:myself|alive|better|human|lighter)|felt (?:like )?(?:myself|alive|better|human|lighter|free|normal)|myself again|back to (?:myself|work|normal|life)|(?:I|she|he) (?:sleeps?|slept)|can (?:finally )?(?:sleep|breathe|smile)|sleep(?:ing)? through|not looked back|haven't looked back|never looked back|looked back|unpacked|walked out|new person|my life back|light again|years of therapy|miracle|worked|turned (?:my|his|her) life|sparkle|worth it|stopped (?:crying|wanting)|smil\w+ again|laugh\w* again|I'm (?:better|well|free|alive)|it helped|game changer|disappeared|vanished|went quiet|melted)\b/i;
const FAILED = /\b(?:didn't (?:do|work|help|take|touch)|did nothing|no (?:different|change|effect)|felt (?:nothing|no different|worse)|threw up|made (?:it|me) worse|refunded|wore off|came back|was back|don't stay|not fixed|never worked|won't say|hardly|not a miracle|did not go back|sick)\b/i;
const VARY = /\b(?:(?:individual )?(?:results|experiences|outcomes|responses) (?:may |will |can )?(?:vary|differ)|not everyone (?:benefits|responds)|not (?:typical|everyone)|your experience may)\b/i;
const STORIES = /\b(?:success stor(?:y|ies)|stories of (?:recovery|healing|hope)|testimonials?|real stories)\b.{0,40}\b(?:emerged|show|prove|speak|abound|from)\b|\bseveral success stories\b/i;
const CELEBRITY = /\b(?:actor|actress|singer|celebrit\w+|star|athlete|billionaire|Perry|influencer)\b/i;
const FRIEND = /\b(?:my (?:friend|cousin|sister|brother|neighbou?r|client|patient|colleague|mother|father|husband|wife)|a (?:friend|client|patient|firefighter|veteran|nurse|teacher) (?:of|who|told)|I've (?:watched|seen) a|one (?:patient|client|of our))\b/i;
const SELF = /\b(?:I|I'm|I've|my|me|he|she|his|her)\b|^(?:After|Tried|Cured|Gone)\b/;

interface Story {
  readonly unit: number;
  readonly place: { readonly start: number; readonly end: number };
  /** 0 tells of failure, 1 is told as praise by its place, 2 says what became better. */
  readonly strength: 0 | 1 | 2;
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
  better: /\b(?:years of therapy|relief|better|recover\w*|sleep through)\b/i.test(text),
}));

const STORY_SECTION = /\b(?:stor(?:y|ies)|testimonials?|reviews?|guest ?book|members? say|patients? say|clients? say|what (?:people|our)|hear from|in their (?:own )?words|voices|love)\b/i;
const ATTRIBUTED = /[—–-]{1,2} ?\**["']?[A-Z][\w.]*|\b(?:says?|said) (?:[A-Z]\w+|a )|\b(?:verified|, \d\d)\b/;

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
  basis: 'House contract, “anecdotal-evidence”; the pack’s caveat that individual results vary.',
  severity: 'information',
  *check({ document, analysis }): Iterable<Report> {
    if (!analysis.inScope || analysis.personal) return;
    const { units, blocks } = document;
    const section = (b: number): number => document.headings[b]!.at(-1) ?? -1;
    // By section: does it say that results vary, how many stories tell of failure.
    const varies = new Set<number>();
    const stories: Story[] = [];
    for (const unit of units) {
      const block = blocks[unit.block]!;
      if (block.kind === 'reference' || block.kind === 'heading') continue;
      const { varied, good, bad, self, story, friend, celebrity, better } = traitsOf(unit.said);
      if (varied) varies.add(section(unit.block));
      const reading = analysis.readings[unit.index]!;
      if (analysis.voiced[unit.index]) {
        const testimonial = (block.quoted && attributed(document, unit.block)) || STORY_SECTION.test(headingText(document, unit.block));
        const own = self || (testimonial && unit.text.split(' ').length <= 5);
        if (bad && own) stories.push({ unit: unit.index, place: whole(unit.text), strength: 0, block: unit.block });
        else if (own && good) stories.push({ unit: unit.index, place: { start: good.index, end: good.index + good[0].length }, strength: 2, block: unit.block });
        else if (testimonial && self && !reading.question) stories.push({ unit: unit.index, place: whole(unit.text), strength: 1, block: unit.block });
        continue;
      }
      if (story) { stories.push({ unit: unit.index, place: { start: story.index, end: story.index + story[0].length }, strength: 2, block: unit.block }); continue; }
      const someone = friend ?? (celebrity && reading.drugs.length > 0 ? /\b(?:his|her|their) (?:search for relief|recovery|healing|journey|depression)\b/i.exec(unit.text) : null);
      if (someone && (good || better) && places(reading, 'limits').length === 0) stories.push({ unit: unit.index, place: { start: someone.index, end: someone.index + someone[0].length }, strength: bad ? 0 : 2, block: unit.block });
    }
    const groups = new Map<number, Story[]>();
    for (const story of stories) groups.set(section(story.block), [...(groups.get(section(story.block)) ?? []), story]);
    const contrary = units.filter((unit) => places(analysis.readings[unit.index]!, 'limits').length > 0).length / Math.max(1, units.length) > 0.12;
    for (const [where, group] of groups) {
      // A story is told of by its block: by its strongest sentence, as a failure where none of its sentences is good.
      const told = new Map<number, Story>();
      for (const story of group) {
        const best = told.get(story.block);
        if (!best || story.strength > best.strength || (story.strength === 1 && best.strength === 1)) told.set(story.block, story);
      }
      const people = [...told.values()];
      const failures = people.filter((story) => story.strength === 0).length;
      const cure = people.some((story) => /\bcured\b/i.test(units[story.unit]!.text));
      if (varies.has(where)) continue;
      if (failures > 0 && failures * 3 >= people.length && !cure) continue;
      for (const story of people) {
        if (story.strength === 0 || (contrary && analysis.voiced[story.unit])) continue;
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

import { sourceSpan, unitsWhere, type Document } from '../document';
import { gated } from '../gate';
import { keeping, perDocument } from '../kept';
import { places, unitsRead } from '../reading';
import { storyFixes } from '../remedies';
import type { Report, Rule } from './rule';

const GONE = gated(/\b(?:gave me|gave (?:him|her|us)|handed me|pulled me|brought me|lights? (?:back )?on|black cloud|dark(?:est)? place|woke up|finally|can breathe|gets? out of bed|hosted|garden again|first (?:night|time|morning|week)|got my|have my|has his|have her|got (?:his|her|their)|saved (?:my|his|her)|changed (?:my|his|her)|cured|gone(?! (?:to|over|on|through|for|into|from|out|by|up|down|off)\b)|don't need|no longer need|not needing|never needed|threw (?:out|away)|off (?:my|all my) (?:meds|medication|antidepressants)|first time in (?:years|months|\w+ years)|lifted|feel (?:like )?(?:myself|alive|better|human|lighter)|felt (?:like )?(?:myself|alive|better|human|lighter|free|normal)|myself again|back to (?:myself|work|normal|life)|(?:I|she|he) (?:sleeps?|slept)|can (?:finally )?(?:sleep|breathe|smile)|sleep(?:ing)? through|not looked back|haven't looked back|never looked back|looked back|unpacked|walked out|new person|my life back|light again|years of therapy|miracle|worked|turned (?:my|his|her) life|sparkle|worth it|stopped (?:crying|wanting)|(?:smil|laugh|danc|cook|sing|garden|paint|runn?|read|walk|work|play|driv|bak|travel|eat|liv|go|plann?|sleep)(?:e|s|es|ed|ing)? again|start(?:s|ed)? (?:smiling|laughing|singing|dancing|living)|(?:went|goes|gone) back to (?:work|school|college)|(?:colou?r|lights?|sun|joy|spark) (?:\w+ )?back|different (?:woman|man|person|mum|mom|dad|child)|wants? to live|(?:came|come) off|for the first time (?:in|since)|(?:hasn't|haven't) had (?:an?|one|any)\b|left walking|(?:attacks|nightmares|flashbacks|tears|pain|thoughts|voices) (?:just |simply )?(?:stopped|ended|faded|lifted|left)|in love with|walk(?:s|ed|ing) (?:unaided|out)|(?:best|greatest) (?:decision|thing)|(?:packed|went away)|saved us|I'm (?:better|well|free|alive|dancing|sleeping|back)|it helped|game changer|disappeared|vanished|went quiet|melted)\b/i);
const FAILED = gated(/\b(?:(?:didn't|hasn't|haven't|doesn't) (?:do|done|work|worked|help|helped|take|touch|last|lasted|notice|feel any)|nothing(?=[.!])|waste of|no (?:better|good|luck|relief|use)|not for me|disappoint\w*|stopped working|did nothing|no (?:different|change|effect)|felt (?:nothing|no different|worse)|threw up|made (?:it|me) worse|refunded|wore off|came back|was back(?! at| to| in)|don't stay|not fixed|never worked|won't say|hardly|not a miracle|did not go back|sick)\b/i);
/** Neither praise nor failure: `worth it to me, but no magic bullet`. */
const MIXED = gated(/\b(?:(?:no|not an?|isn't an?) (?:magic|miracle|cure|silver)|took the edge off)\b/i);
/** What a story of benefit speaks of, whatever it says became of it. */
const OF_ILLNESS = gated(/\b(?:infusions?|sessions?|drips?|doses?|lozenges?|ketamine|spravato|treatments?|depress\w*|anxi\w*|panic|ptsd|trauma|pain|migraines?|life|lives|feel\w*|felt|years|sleep|children|kids|husband|wife|myself|days|mornings?|mind|mood|hope|alive|happy)\b/i);
/** What customers praise besides the treatment. */
const PRAISED = gated(/\b(?:app|parking|staff|team|nurses?|biscuits|booking|easy to (?:use|book|get)|bed|chairs?|prices?|website|delivery|packag\w+|flavou?r|tastes?|tasty|friendly|receptionists?|explained|answered|comfortable|waiting|office|rooms?|discreet|welcom\w+|blankets?|music|playlist)\b/i);
/** Well-known people who had the drug, and what they say for it. */
const PRAISE_BY_STARS = gated(/\b(?:described|calls?|called|credits?|credited|praised?|praises|hailed|found|says? it|said it|swears? by|swore by)\b(?:[^.]{0,40}\b(?:helpful|help(?:s|ed)|transform\w*|life|useful|healing|with (?:saving|easing|helping|lifting|ending)|relief|powerful|wonderful)\b)|\bswears? by\b/i);
const LIKE_A_STAR = gated(/^Like (?!many|most|other|any|all)(?:[A-Z][a-z]+ ?){1,3}, (?:\w+ ){0,3}(?:people|patients|others|fans|Americans|men|women)\b[^.]{0,40}\b(?:discovered|found|learned|learnt|seen|experienced|know)\b/);
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

const KIN = 'friend|cousin|(?:step)?(?:sister|brother|mother|father)(?:-in-law)?|neighbou?r|colleague|husband|wife|partner|mum|mom|dad|son|daughter|aunt|uncle|niece|nephew|grand(?:mother|father|son|daughter)|roommate|boss';
const ANYONE = 'man|woman|girl|boy|veteran|mother|father|nurse|teacher|banker|farmer|lawyer|midwife|firefighter|soldier|student|accountant|patient|client|guest|member|reader|teenager|paramedic|engineer|pensioner|grandmother';
/** One person is brought in: `a patient of mine`, `one of our clients`, `Take Karen, 38`, `my cousin`. */
const PERSON = gated(new RegExp(`\\b(?:(?:my|our|his|her|their) (?:own |oldest |best |old |dear |late )?(?:${KIN})|(?:a|an|one|another|this|young|retired) (?:[\\w-]+ )?(?:${ANYONE}|friend|neighbou?r|colleague) (?:of (?:mine|ours|our|my)|who|whose|in (?:my|our)|from|I|wrote|told|tells|said|says|swears)|[Aa] (?:patient|client|friend) (?:of|,)|one (?:of (?:my|our|his|her|their|the) (?:[\\w-]+ ){0,2}(?:patients|clients|students|members|friends|readers|guests|veterans|neighbou?rs|colleagues|customers)|(?:man|woman|veteran|mother|father|client|patient))(?! in (?:five|four|three|ten))|(?:on|treated) an? (?:${ANYONE})|I(?:'ve| have) (?:had|seen|watched) (?:a |some )?(?:patients?|clients?|people|${ANYONE}) (?:who|go|walk|come|get|turn)|I (?:once |have |recently |still |had )*(?:treated|remember|knew|met|looked after|cared for) (?:a|an|one) (?:[\\w-]+ ){0,2}(?:${ANYONE}))\\b`, 'i'));
/** The same, of somebody by name: capitals count. */
const NAMED = gated(/\b(?:Meet|Take|Consider|Ask|[Rr]ead how|[Ss]ee how|[Oo]ur own) [A-Z][a-z]+\b|\b(?!Dr|Prof)[A-Z][a-z]+(?: [A-Z]\.?| [A-Z][a-z]+)?, (?:\d\d\b|an? (?:\d\d|[\w-]+-year-old|retired|former|young|[a-z]+ (?:from|of) [A-Z]))|\b[Ss]uccess story: [A-Z][a-z]+|\b[A-Z][a-z]+'s (?:story|journey|recovery)\b|\b[A-Z][a-z]+ came to (?:us|me)\b|[Kk]etamine (?:gave|got|brought|handed) [A-Z][a-z]+ (?:her|his)|\b(?:[Ss]ince|[Aa]fter|[Ff]ollowing) (?:her|his) (?:[\w-]+ )?(?:infusion|session|dose|drip)\b|\b(?:[Aa]ctor|[Aa]ctress|[Ss]inger|[Cc]omedian|[Cc]omic|[Rr]apper|[Qq]uarterback|[Bb]illionaire|[Ii]nfluencer|[Pp]odcaster|[Ff]ormer (?:NFL|NBA|football|rugby) player|(?:film|pop|rock|TV|reality|football) star|Musk)\b/);
/** What came of it, beside what `GONE` lists, told of one person. */
const TURNED = gated(/\b(?:went back to \w+ing|signed up for|(?:gave|given|got|gets|handed) (?:me|him|them|us|his|my|[A-Z][a-z]+|her) (?:\w+ ){1,4}back|(?:I've|I have) (?:seen|watched) (?:a|an|one) (?:man|woman|veteran|mother|father|patient|client|teenager|student) who [^.]{3,60} (?:go|get|walk|come|start|smile|laugh|leave|return|sleep|drive|hug)\b|go(?:es|ne)? from (?:planning|wanting) [^.]{3,40} to|saved (?:me|him|her|them|us|(?:my|his|her|their) (?:life|marriage|career|family|sanity))|(?:light|colou?r|smile|spark|life) (?:\w+ ){0,2}(?:back|return\w*) (?:in|on|into|to) (?:my|his|her|their)|back (?:at|to|in) (?:work|school|teaching|college|university|the (?:office|garden|gym|classroom))|(?:got|get|gets|gave|given|giving|have|has|had|handed) (?:\w+ ){0,3}(?:life|daughter|son|husband|wife|marriage|self|sleep|mum|mom|dad|mother|father|friend) back|(?:given|gave|giving|got) (?:\w+ )?back (?:my|his|her|their)|(?:no longer|stopped|hasn't|haven't|has not|have not|not) (?:\w+ ){0,2}(?:nightmares?|cried|crying|panic attack|flashbacks?|come back|relapsed)|(?:now|today),? (?:thanks to \w+, )?(?:she|he|they) (?:runs?|hikes?|works?|sleeps?|cooks?|teaches|plays?|sings?|paints?|swims?|travels?|leads?|coaches|has an? job)|(?:was|were|is|are) (?:cooking|laughing|smiling|walking|working|gardening|sleeping|singing|dancing|painting|running|teaching|driving)\b(?: again)?|(?:was|is|started) (?:planning|booking) (?:his|her|a|their) (?:wedding|holiday|trip|vacation|future)|(?:started|began) (?:gardening|painting|cooking|running|sleeping|eating|talking|writing|dating)|flew to|came downstairs|(?:finished|enrolled in|went to|back in) (?:his|her|a)? ?(?:degree|college|school|course|university)|(?:pain|score|anxiety) (?:dropped|went|fell) (?:down )?from|left dancing|is gone\b|was like (?:somebody|someone) (?:turned|switched)|laughed again|holds? (?:his|her|my) (?:grand\w+|baby|son|daughter)|wanted to get (?:up|out of bed)|felt better|(?:out of|ended|ending|lifted|from|end) (?:(?:his|her|my|their|years of|decades of|a) )*(?:dark moods|depression|despair|pain|darkness|black (?:hole|dog))|credits? (?:ketamine|esketamine|spravato|the (?:drug|infusions?|treatments?|drips?)|it) (?:with|for)|thanks to (?:ketamine|esketamine|the (?:infusions?|treatments?|drug|drips?))|changed everything|changed (?:his|her|my) world|turned (?:it|things|everything) around)\b/i);
/** Research, or what a professional says of the drug: no story. */
const RESEARCHED = gated(/\b(?:trials?|stud(?:y|ies)|participants?|volunteers?|scor(?:e|ed|es)|case (?:report|series)|placebo|subjects?|researchers?|randomi[sz]ed|university to|if an?|imagine|died|death|dependent|hooked|overdos\w*)\b/i);
const TREATED = gated(/\b(?:ketamine|esketamine|spravato|infusions?|drips?|sessions?|visits?|doses?|lozenges?|treatments?)\b/i);
const THIRD = gated(/\b(?:she|he|her|him|his|they|them)\b/i);
const OWN = gated(/\b(?:I|I'm|I'd|I've|my|me)\b/);

/** A quotation is set down to somebody who was treated. */
const LAY = gated(/\b(?:says?|said|told|tells|reports?|recalls?|recalled|writes?|wrote|raves?)\b[^"]{0,80}(?:, \d\d\b|\b\d\d-year-old\b|\b(?:patients?|clients?|veteran|mother|father|member|wife|husband|who (?:has |had )?(?:had|been having|tried|completed|received|did))\b)|"[^"]{0,4}(?:says?|said|reports?|recalls?|writes?) [A-Z][a-z]+, \d\d\b/);
const PROFESSIONAL = gated(/\b(?:Dr|Prof|Professor|researchers?|psychiatrists?|physicians?|doctor|director|founder|scientists?|chief|MD|author|pharmacologist|spokes\w+)\b/);
/** The course of one person's treatment, and the drug as what brought the turn. */
const TURN = gated(/\b(?:(?:since|after|before|following|by|on) (?:her|his|my|their|the) (?:[\w-]+ )?(?:infusion|session|dose|drip|treatment|visit)|(?:days?|weeks?|months?) (?:into|after) (?:her |his |my |the )?(?:treatments?|[\w-]+ (?:infusion|session|dose))|(?:days|weeks|months|month|week|infusions|sessions|doses) later|on ketamine,? (?:she|he)|ketamine (?:gave|did|let|lifted|took|brought|handed|has given|got) (?:me|him|her|them|[A-Z][a-z]+|in an? )|the first (?:thing|treatment|drug) (?:\w+ ){0,5}that|what \w+ couldn't)\b/);
const LOGISTIC = gated(/\b(?:drove (?:her|him|me|them|us)|home|charged|paid|bill|asked|waiting room|car park|explained|studied|works? (?:at|for)|runs? (?:the|our)|faded|for (?:a|two|three|a few) (?:day|days|hours?|week)|soared|vomited|threw up|slipped|stopped (?:treatment|after)|had to stop|off-label)\b/i);

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
  starred: LIKE_A_STAR.exec(text) ?? (CELEBRITY.test(text) && TREATED.test(text) ? PRAISE_BY_STARS.exec(text) : null),
  mixed: MIXED.test(text),
  person: (PERSON.test(text) || NAMED.test(text)) && !/\?["')]*$/.test(text),
  turned: TURNED.exec(text),
  third: THIRD.test(text),
  turn: LOGISTIC.test(text) ? null : TURN.exec(text),
  lay: LAY.test(text) && !PROFESSIONAL.test(text),
  researched: RESEARCHED.test(text),
  harmed: HARMED.test(text) && SOMEBODY.test(text),
  told: /^["'][^"]{3,80}["'],? (?:says?|said|wrote|writes) [A-Z]/.test(text),
  praised: PRAISED.test(text),
  ill: OF_ILLNESS.test(text),
  after: /\b(?:after|since|by) (?:(?:my|the|just|only|a) )*(?:[\w-]+ )?(?:sessions?|infusions?|treatments?|drips?|doses?|lozenges?|tablets?|visits?)(?: (?:number )?(?:\d|one|two|three|four|five|six))?\b/i.exec(text),
  course: ONE.test(text) && !ILL_END.test(text) ? COURSE.exec(text) : null,
  better: /\b(?:years of therapy|relief|better|recover\w*|sleep through)\b/i.test(text),
}));

/** Units that may tell of somebody, or that results vary. */
const telling = unitsWhere(({ said }) => {
  const { varied, good, bad, self, story, friend, celebrity, mixed, harmed, course, after, ill, person, turned, turn, starred } = traitsOf(said);
  return !!(starred || person || turned || turn || varied || good || bad || mixed || after || self && ill || story || harmed || course || friend || celebrity);
});

/** Units that tell of limits. */
const limitsIn = unitsRead((read, unit) => places(read(unit), 'limits').length > 0);

const STORY_SECTION = /\b(?:stor(?:y|ies)|testimonials?|reviews?|guest ?book|members? say|patients? say|clients? say|what (?:people|our)|hear from|in their (?:own )?words|voices|love|from (?:the|our) community|kind words|told us)\b/i;
const ATTRIBUTED = /[—–-]{1,2} ?\**["']?[A-Z][\w.]*|\b(?:says?|said) (?:[A-Z]\w+|a )|\b(?:verified|, \d\d)\b|[.!?…]["'] ?[A-Z][\w.'\u00c0-\u024f-]*(?:,? [\w.'\u00c0-\u024f-]+){0,4}$/;

const whole = (text: string): { start: number; end: number } => ({ start: 0, end: text.length });

const headingText = (document: Document, b: number): string => {
  const h = document.headings[b]!.at(-1);
  return h === undefined ? '' : document.texts[h]!.text;
};

/** A name behind the quotation, in its block or the next. */
const attributed = (document: Document, b: number): boolean => ATTRIBUTED.test(document.texts[b]!.text.slice(-80)) || ATTRIBUTED.test(document.texts[b + 1]?.text.slice(0, 40) ?? '');

/** The sections that say that results vary, by their headings. */
const variedIn = perDocument((document: Document) => new Set(telling(document).filter(({ said }) => traitsOf(said).varied).map(({ block }) => document.headings[block]!.at(-1) ?? -1)));

/** A testimonial, celebrity or individual success story offered as evidence of benefit. */
export const anecdotalEvidence: Rule = {
  id: 'anecdotal-evidence',
  title: 'One person’s story as evidence',
  why: 'A story shows what happened to one person; readers take it as what to expect.',
  basis: 'Caveat’s editorial standard; the standard sentence that individual results vary.',
  severity: 'information',
  likely: {
    message: 'reads like one person’s story that stands as evidence of benefit. Others may do differently. Add that individual results vary, or set it beside what trials found.',
    unless: (unit, { document, analysis }) => analysis.personal || variedIn(document).has(document.headings[unit.block]!.at(-1) ?? -1),
  },
  *check({ document, analysis, plan }): Iterable<Report> {
    if (!analysis.inScope || analysis.personal) return;
    const { units, blocks } = document;
    const section = (b: number): number => document.headings[b]!.at(-1) ?? -1;
    // By section: does it say that results vary, how many stories tell of failure.
    const varies = new Set<number>();
    const stories: Story[] = [];
    let introduced = -1; // the block that brought in somebody
    for (const unit of telling(document)) {
      const block = blocks[unit.block]!;
      if (block.kind === 'reference' || block.kind === 'heading') continue;
      const { varied, good, bad, self, story, friend, celebrity, better, mixed, harmed, told: saying, praised, course, after, ill, person, turned, third, researched, turn, lay, starred } = traitsOf(unit.said);
      if (varied) varies.add(section(unit.block));
      const reading = analysis.readings[unit.index]!;
      if (analysis.voiced[unit.index] || saying) {
        const testimonial = (block.quoted && attributed(document, unit.block)) || STORY_SECTION.test(headingText(document, unit.block)) || lay || block.quoted && self && LAY.test(document.texts[unit.block]!.text) || LAY.test(document.texts[unit.block]!.text) && OWN.test(unit.text) && !PROFESSIONAL.test(document.texts[unit.block]!.text);
        const own = self || testimonial;
        const quoted = OWN.test(unit.text) && attributed(document, unit.block) && !/\b(?:Dr|Prof|Professor)\b/.test(unit.text);
        if (mixed && own) stories.push({ unit: unit.index, place: whole(unit.text), strength: -1, block: unit.block });
        else if (bad) stories.push({ unit: unit.index, place: whole(unit.text), strength: 0, block: unit.block });
        else if (own && good) stories.push({ unit: unit.index, place: { start: good.index, end: good.index + good[0].length }, strength: 2, block: unit.block });
        else if (own && turned && (quoted || testimonial)) stories.push({ unit: unit.index, place: { start: turned.index, end: turned.index + turned[0].length }, strength: 2, block: unit.block });
        else if ((testimonial || quoted) && turn) stories.push({ unit: unit.index, place: { start: turn.index, end: turn.index + turn[0].length }, strength: 2, block: unit.block });
        else if ((testimonial || quoted) && after) stories.push({ unit: unit.index, place: { start: after.index, end: after.index + after[0].length }, strength: 1, block: unit.block });
        else if (testimonial && self && ill && !praised && !reading.question) stories.push({ unit: unit.index, place: whole(unit.text), strength: 1, block: unit.block });
        continue;
      }
      if (starred && !bad && !mixed && !researched && !reading.question && places(reading, 'limits').length === 0) { stories.push({ unit: unit.index, place: { start: starred.index, end: starred.index + starred[0].length }, strength: 2, block: unit.block }); continue; }
      if (story) { stories.push({ unit: unit.index, place: { start: story.index, end: story.index + story[0].length }, strength: 2, block: unit.block }); continue; }
      if (harmed || bad && SOMEBODY.test(unit.text) && !friend) { stories.push({ unit: unit.index, place: whole(unit.text), strength: 0, block: unit.block }); continue; }
      if (person) introduced = unit.block;
      const outcome = LOGISTIC.test(unit.text) ? null : turned ?? (good && /^(?:gave|finally|woke|worked|first|unpacked|got|hosted|handed)/i.test(good[0]) ? null : good) ?? (analysis.audience === 'patient' && !ILL_END.test(unit.text) ? turn : null);
      if (outcome && !bad && !mixed && !researched && (person || introduced === unit.block && third) && !(friend && good)
        && !reading.question && (TREATED.test(document.texts[unit.block]!.text) || TREATED.test(document.texts[unit.block - 1]?.text ?? '')) && places(reading, 'limits').length === 0) {
        stories.push({ unit: unit.index, place: { start: outcome.index, end: outcome.index + outcome[0].length }, strength: 2, block: unit.block });
        continue;
      }
      const told = course && (!reading.question && analysis.audience === 'patient') ? course : null;
      const someone = friend ?? (celebrity && reading.drugs.length > 0 ? /\b(?:his|her|their) (?:search for relief|recovery|healing|journey|depression)\b/i.exec(unit.text) : null);
      if (told && !someone) stories.push({ unit: unit.index, place: { start: told.index, end: told.index + told[0].length }, strength: bad ? 0 : 2, block: unit.block });
      else if (someone && (good || better) && places(reading, 'limits').length === 0) stories.push({ unit: unit.index, place: { start: someone.index, end: someone.index + someone[0].length }, strength: bad ? 0 : 2, block: unit.block });
    }
    const groups = new Map<number, Story[]>();
    for (const story of stories) groups.set(section(story.block), [...(groups.get(section(story.block)) ?? []), story]);
    const contrary = limitsIn(document, plan).length / Math.max(1, units.length) > 0.12;
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

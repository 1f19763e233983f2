// The fixes of rules whose answer is a softer verb, a frame for a figure, or a standard sentence of the packs.

import { citeEdits } from './cite';
import { parseDocument, type Document, type Unit } from './document';
import { composeEdits } from './edits';
import type { Finding, Fix } from './finding';
import { baseOf, hedges } from './hedge';
import type { KnownError } from './pack';
import { unitEdits } from './replace';
import type { RuleContext } from './rules/rule';
import { applyEdits, eolOf, span, type Edit, type Span } from './text';
import { worksOf } from './works';

type Draft = Omit<Fix, 'kind' | 'preferred'>;

/** Fixes for an editor to judge, the first of them preferred. */
const judged = (drafts: readonly (Draft | undefined)[]): Fix[] =>
  drafts.filter((draft) => draft !== undefined).map((draft, i) => ({ ...draft, kind: 'judgement', preferred: i === 0 }));

const short = (words: string): string => (words.length > 60 ? `${words.slice(0, 57).trimEnd()}…` : words);

export const unitAt = (document: Document, at: Span): Unit | undefined =>
  document.units.find((unit) => unit.span.start <= at.start && at.start < unit.span.end);

/** Where the words of a source span stand in their unit. */
function placeOf(document: Document, unit: Unit, at: Span): { readonly start: number; readonly end: number } {
  const { map } = document.texts[unit.block]!;
  const index = (offset: number): number => {
    let i = unit.from;
    while (i < unit.to && map[i]! < offset) i++;
    return i - unit.from;
  };
  const start = index(at.start);
  return { start, end: Math.max(start, index(at.end)) };
}

// ------------------------------------------------------------------------------------------------------------ softening

/** Softer ways to put what a unit says at a place, as fixes. */
function hedgeDrafts(context: RuleContext, unit: Unit, place: { readonly start: number; readonly end: number }, thought: boolean, most: number): Draft[] {
  const out: Draft[] = [];
  for (const { edits, taken, put } of hedges(unit.text, place, thought)) {
    const source = unitEdits(context, unit, edits);
    if (source) out.push({ title: taken ? `Soften: “${short(put)}” for “${short(taken)}”` : `Soften: add “${put}”`, action: 'replace', edits: source });
    if (out.length === most) break;
  }
  return out;
}

/** Softens a claim and marks the debt: a softer claim still wants its source. `debt`: the edits that mark it. */
export function softenAndMark(finding: Finding, context: RuleContext, debt: readonly Edit[]): Fix[] {
  const unit = unitAt(context.document, finding.span);
  if (!unit || finding.data['hedged'] === true || finding.data['kind'] === 'approval') return [];
  return hedgeDrafts(context, unit, placeOf(context.document, unit, finding.span), false, 3)
    // Where both would be written at one place, the mark is.
    .map((draft) => ({ ...draft, edits: draft.edits.filter(({ span: a }) => debt.every(({ span: b }) => a.end < b.start || b.end < a.start)) }))
    .filter(({ edits }) => edits.length > 0)
    .slice(0, 1).map((draft) => ({ ...draft, title: `${draft.title}, and mark as [citation needed]`, kind: 'judgement', preferred: false, edits: [...draft.edits, ...debt] }));
}

// ----------------------------------------------------------------------------------------------------- strongest wording

const MOST_SOURCES = 3;

/** The edit that puts a sentence behind a unit, in its paragraph or item. */
function behind({ document }: RuleContext, unit: Unit, sentence: string): Edit | undefined {
  const block = document.blocks[unit.block]!;
  // A lead-in goes on in what follows.
  if (block.kind !== 'paragraph' && block.kind !== 'item' || /:["')]*$/.test(unit.text)) return undefined;
  const next = document.units[unit.index + 1];
  const words = document.format.write.inline(sentence);
  if (next?.block === unit.block) return { span: span(next.span.start, next.span.start), text: `${words} ` };
  const stop = /[.!?:]["')\]*_]*$/.test(unit.text) ? '' : '.';
  return { span: span(block.span.end, block.span.end), text: `${stop} ${words}` };
}

/** The same edits, with the works cited at the sentence that they have written. */
function cited({ document, plan }: RuleContext, edits: readonly Edit[], sentence: string, sources: readonly string[]): readonly Edit[] {
  let made = edits;
  const works = worksOf(plan).filter(({ id }) => id !== '' && sources.includes(id)).slice(0, MOST_SOURCES);
  const head = sentence.slice(0, 40);
  const marks: string[] = [];
  for (const work of works) {
    const now = parseDocument(applyEdits(document.text, made), document.format);
    const unit = now.units.find(({ text }) => text.includes(head));
    if (!unit) return edits;
    const [mark, ...entries] = citeEdits(work, unit, now, plan);
    if (!mark) return edits;
    // Marks stand in the order of their entries.
    let at = mark.span.start;
    for (const other of marks) if (now.text.startsWith(other, at)) at += other.length;
    marks.push(mark.text);
    made = composeEdits(document.text, made, [{ span: span(at, at), text: mark.text }, ...entries]);
  }
  return made;
}

/** A sentence without markup on which the next one does not build: another can stand in its place. */
function canGo(document: Document, unit: Unit): boolean {
  const next = document.units[unit.index + 1];
  return !/[<>*_[\]{}|`\\$]/.test(document.text.slice(unit.span.start, unit.span.end)) && !/:["')]*$/.test(unit.text)
    && !(next?.block === unit.block && /^(?:These|Those|Such|This|That|It|Its|They|Their|Both|Which)\b/.test(next.text));
}

/** What the packs say a claim may say at most, with what that rests on. */
function wordingDrafts(context: RuleContext, unit: Unit, wording: string): Draft[] {
  const { document, plan } = context;
  const grade = plan.packs.flatMap((pack) => pack.grades).find((one) => one.wording === wording);
  // A wording without a source, or that is no sentence, is for people who review packs.
  if (!grade || grade.sources.length === 0 || !/^[A-Z][\w-]* .*\.$/.test(wording) || /^Not /.test(wording)) return [];
  const block = document.blocks[unit.block]!;
  const own = document.text.slice(unit.span.start, unit.span.end);
  const out: Draft[] = [];
  const insert = behind(context, unit, wording);
  if (insert) out.push({ title: `Add what the evidence supports: “${short(wording)}”`, action: 'insert', edits: cited(context, [insert], wording, grade.sources) });
  if ((block.kind === 'paragraph' || block.kind === 'item') && canGo(document, unit) && !document.citations.some((citation) => citation.unit === unit.index)) {
    // A label before it stays: `PTSD: …`.
    const label = /^[^.:!?]{1,48}: /.exec(own)?.[0].length ?? 0;
    const replace: Edit = { span: span(unit.span.start + label, unit.span.end), text: document.format.write.inline(wording) };
    out.push({ title: `Replace the sentence with: “${short(wording)}”`, action: 'replace', edits: cited(context, [replace], wording, grade.sources) });
  }
  return out;
}

/** Soften the verb; or add, or put in its place, the strongest wording that the evidence supports. */
export function overstatedFixes(finding: Finding, context: RuleContext): readonly Fix[] {
  const { document } = context;
  const unit = unitAt(document, finding.span);
  if (!unit) return [];
  const brain = finding.data['kind'] === 'brain';
  const soft = hedgeDrafts(context, unit, placeOf(document, unit, finding.span), brain, 6);
  return judged([...soft, ...brain ? animalDrafts(context, unit) : [], ...wordingDrafts(context, unit, String(finding.data['wording'] ?? ''))]);
}

/** `In animal studies, …`, where the sentence does not speak of people. */
function animalDrafts(context: RuleContext, unit: Unit): Draft[] {
  const found = /^(Ketamine|Esketamine|It|This|The|These|A|An|One|Each) /.exec(unit.text);
  if (!found || /\b(?:literally|truly|you|your|patients?|people|person|human)\b/i.test(unit.text)) return [];
  const edits = unitEdits(context, unit, [{ span: span(0, 1), text: `In animal studies, ${unit.text[0]!.toLowerCase()}` }]);
  return edits ? [{ title: 'Say where it was seen: “In animal studies, …”', action: 'replace', edits }] : [];
}

// ------------------------------------------------------------------------------------------------------------- figures

/** What a template asks for; recognised until it is filled in. */
const WHO = 'N people with CONDITION';
const WHEN = 'at N WEEKS';
const AGAINST = 'against COMPARATOR';
export const TEMPLATE = /\[[^[\]]{0,80}\b(?:N people with CONDITION|at N WEEKS|against COMPARATOR)\b[^[\]]{0,80}\]?/;

const HEADS = /^(?: (?:[\w-]+ )?(?:patients|people|adults|clients|members|guests|participants|veterans|individuals|users|responders)\b(?: with (?:[\w-]+ ){0,2}?(?:depression|PTSD|OCD|anxiety|pain|disorders?|TRD)\b)?| (?:of|in) (?:(?:our|the|these|all|those) )?(?:[\w-]+ )?(?:patients|people|adults|clients|members|guests|participants|veterans|individuals|users|responders)\b(?: with (?:[\w-]+ ){0,2}?(?:depression|PTSD|OCD|anxiety|pain|disorders?|TRD)\b)?| (?:[\w-]+ ){0,2}?rates?\b| (?:[\w-]+ ){0,2}?(?:reductions?|improvements?|responses?|remission|decreases?|drop|relief)\b)/i;

/** A frame to complete behind the figure; or the figure left out. */
export function figureFixes(finding: Finding, context: RuleContext): readonly Fix[] {
  const { document } = context;
  const unit = unitAt(document, finding.span);
  if (!unit || finding.data['debt'] === true) return [];
  const { text } = unit;
  const { start, end } = placeOf(document, unit, finding.span);
  const { who, when } = finding.data;
  const asked = [who === true ? '' : WHO, when === true ? '' : WHEN, when === true ? '' : AGAINST].filter(Boolean).join(', ');
  const head = HEADS.exec(text.slice(end))?.[0] ?? '';
  const at = end + head.length;
  const template = unitEdits(context, unit, [{ span: span(at, at), text: ` [${asked}]` }]);
  return judged([
    template && { title: `Add a frame to complete: “[${asked}]”`, action: 'insert', edits: template },
    ...withoutFigure(text, start, end).map((edits): Draft | undefined => {
      const source = unitEdits(context, unit, edits);
      return source && { title: `Leave the figure out: “${short(edits.map((one) => one.text.trim()).join(' … '))}”`, action: 'replace', edits: source };
    }),
  ]);
}

const APPROXIMATELY = '(?:(?:up to|about|around|nearly|over|more than|roughly|approximately|almost|as many as|at least|some|an estimated|an impressive|a staggering|a remarkable) )*';
const PEOPLE = '(?:patients|people|adults|clients|members|guests|participants|veterans|individuals|users|responders|sufferers)';

function withoutFigure(text: string, start: number, end: number): readonly (readonly Edit[])[] {
  const lead = new RegExp(`${APPROXIMATELY}$`, 'i').exec(text.slice(0, start))![0];
  const from = start - lead.length;
  const rest = text.slice(end);
  const capital = (put: string): string => (/^[A-Z0-9]/.test(text[from] ?? '') && (from === 0 || /[.!?:] $/.test(text.slice(0, from))) ? put[0]!.toUpperCase() + put.slice(1) : put);
  const people = new RegExp(`^ (?:of|in) (?:(?:our|the|these|all|those|its) )?((?:[\\w-]+ )?${PEOPLE})\\b`, 'i').exec(rest);
  if (people) return [[{ span: span(from, end + people[0].length), text: capital(`some ${people[1]!}`) }]];
  const own = new RegExp(`\\bof (?:(?:our|the|these|all) )?$`, 'i').exec(text.slice(0, from));
  const ended = new RegExp(`^(?:of |in )?(?:our |the )?(${PEOPLE})\\b`, 'i').exec(text.slice(from, end).replace(/^.*?(?=(?:of |in )?(?:our |the )?\w+$)/, ''));
  if (ended && !own) return [[{ span: span(from, end), text: capital(`some ${ended[1]!}`) }]];
  const rate = /^ ((?:response|remission|success|improvement|recovery|satisfaction|effectiveness|relapse)) rates?\b( (?:in|among|for) (?=[a-z]+s?\b))?/i.exec(rest);
  if (rate) {
    const an = /\b(?:an?|the) $/i.exec(text.slice(0, from))?.[0] ?? '';
    const noun = { success: 'benefit', effectiveness: 'benefit' }[rate[1]!.toLowerCase()] ?? rate[1]!.toLowerCase();
    const after = rest.slice(rate[0].length);
    const whom = !rate[2] ? ' in some people' : new RegExp(`^(?:[\\w-]+ )?${PEOPLE}\\b`, 'i').test(after) ? `${rate[2]}some ` : ' in some people with ';
    return [[{ span: span(from - an.length, end + rate[0].length), text: `${noun === 'response' && an !== '' ? 'a ' : ''}${noun}${whom}` }]];
  }
  const by = /\bby $/i.exec(text.slice(0, from));
  if (by && /^(?:[,.;]| (?:in|within|after|and)\b)/.test(rest)) return [[{ span: span(from - by[0].length - 1, end), text: '' }]];
  const drop = /^ (reduction|decrease|drop|improvement|increase|decline)\b/i.exec(rest);
  if (drop && /\b(?:an?|the) $/i.test(text.slice(0, from))) {
    const an = /\b(?:an?|the) $/i.exec(text.slice(0, from))![0];
    return [[{ span: span(from - an.length, end), text: /^(?:i)/i.test(drop[1]!) ? 'an' : 'a' }]];
  }
  return [];
}

// ------------------------------------------------------------------------------------------------------------- approval

/** Names the use that is approved, or says that this one is off-label. */
export function approvalFixes(finding: Finding, context: RuleContext): readonly Fix[] {
  const { document, plan } = context;
  const unit = unitAt(document, finding.span);
  if (!unit) return [];
  const { text } = unit;
  const { start, end } = placeOf(document, unit, finding.span);
  const words = text.slice(start, end);
  const rest = text.slice(end);
  const anaesthetic = plan.config.region === 'uk' ? 'anaesthetic' : 'anesthetic';
  const drafts: (Draft | undefined)[] = [];
  const write = (title: string, edits: readonly Edit[]): void => {
    const source = unitEdits(context, unit, edits);
    if (source) drafts.push({ title, action: 'replace', edits: source });
  };
  const aside = (from: number): void => write('Say that this use is off-label, in the same sentence', clauseAt(text, from, ` (ketamine itself is approved only as an ${anaesthetic}; this use is off-label)`));
  // What only reads so is left as it is: what it says beside the approval is not known.
  if (finding.data['likely'] === true) {
    aside(0);
    return judged(drafts);
  }
  const replace = (to: number, put: string): void => write(`Write “${short(put)}” for “${short(text.slice(start, to))}”`, [{ span: span(start, to), text: put }]);
  if (document.blocks[unit.block]!.kind === 'cell' && words.split(' ').length <= 2) {
    replace(end, `As an ${anaesthetic} only`);
  } else {
    const be = /^(?:(is|was|are|were|been) |)(?:(?:now|fully|also|officially) )*(?:FDA[- ])?(?:approved|cleared|licen[sc]ed|authori[sz]ed)$/i.exec(words);
    const before = /\b(is|are|was|were|been)(?: (?:now|fully|also|officially))? $/i.exec(text.slice(0, start));
    const use = /^(?: by the (?:FDA|Food and Drug Administration))?( (?:for|to treat|in|to help)\b)/i.exec(rest);
    const verb = be?.[1] ?? (be && before?.[1]);
    if (verb) {
      const to = end + (use ? use[0].length - use[1]!.length : /^ by the (?:FDA|Food and Drug Administration)\b/i.exec(rest)?.[0].length ?? 0);
      const from = be![1] ? start : start - before![0].length;
      // A year is of an approval: `was used off-label in 2019` would tell another story.
      if (use && !/\b(?:19|20)\d\d\b/.test(rest)) write(`Write “${verb} used off-label${use[1]!}”`, [{ span: span(from, to), text: `${verb} used off-label` }]);
      const as = `${verb} approved as an ${anaesthetic}`;
      if (!use) {
        write(`Write “${as}; this use is off-label”`, [{ span: span(from, to), text: as }, ...clauseAt(text, to, '; this use is off-label')]);
        write(`Write “${as}”`, [{ span: span(from, to), text: as }]);
      }
    } else if (/^FDA[- ]approved$/i.test(words) && /^ [a-z]/i.test(rest)) {
      replace(end, /^[a-z]/.test(words) || start > 0 ? 'off-label' : 'Off-label');
    }
    const regulator = /\bapproved (?:ketamine|it)$/i.test(words) && /^ (?:for|to treat|in) [^,;:]*?(?=[.!]?["')\]]*$)/.exec(rest);
    if (regulator && !/\b(?:19|20)\d\d\b/.test(rest)) {
      const to = end + regulator[0].length;
      write(`Write “… only as an ${anaesthetic}; use${short(regulator[0])} is off-label”`, [{ span: span(end, end), text: ` only as an ${anaesthetic}; use` }, { span: span(to, to), text: ' is off-label' }]);
    }
    if (drafts.filter(Boolean).length === 0) aside(end);
  }
  const sentence = plan.packs.flatMap((pack) => pack.disclosures).find(({ id }) => id === 'off-label')?.caveat[plan.config.region ?? 'us'];
  const block = document.blocks[unit.block]!;
  if (sentence && (block.kind === 'paragraph' || block.kind === 'item') && !/[<>*_[\]{}|`\\$]/.test(document.text.slice(unit.span.start, unit.span.end))) {
    drafts.push({ title: 'Replace the sentence with the standard off-label statement', action: 'replace', edits: [{ span: unit.span, text: document.format.write.inline(sentence) }] });
  }
  return judged(drafts);
}

/** Words put before the sentence's stop. */
function clauseAt(text: string, from: number, words: string): Edit[] {
  const stop = /[.!?]?["')\]]*$/.exec(text)!.index;
  return stop >= from ? [{ span: span(stop, stop), text: words }] : [];
}

// ---------------------------------------------------------------------------------------------------------- testimonials

export const RESULTS_VARY = 'Individual results vary. Not everyone benefits, and it is not possible to predict who will.';

/** Ends of lines and elements behind which a paragraph could stand, from a place on; the nearest first. */
function* endsAfter(document: Document, at: number): Iterable<number> {
  const { text, format } = document;
  if (format.id === 'html' || format.id === 'mdx') {
    const close = /<\/(p|blockquote|figure|div|section|article|ul|ol|li|table|[A-Z]\w*)\s*>|\/>/g;
    close.lastIndex = at;
    for (let found = close.exec(text), n = 0; found && n < 8; found = close.exec(text), n++) yield found.index + found[0].length;
  }
  if (format.id === 'html') return;
  // Behind the line, the paragraph, the list.
  let from = at;
  for (let n = 0; n < 8 && from < text.length; n++) {
    const blank = /\r?\n[ \t>]*(?=\r?\n|$)/.exec(text.slice(from));
    const end = blank ? from + blank.index : text.trimEnd().length;
    yield end;
    if (!blank) return;
    from = end + blank[0].length;
  }
}

/** The pack-independent caveat that individual results vary, behind the story: in its paragraph, else as one of its own. */
export function storyFixes(finding: Finding, context: RuleContext): readonly Fix[] {
  const { document } = context;
  const unit = unitAt(document, finding.span);
  if (!unit) return [];
  const block = document.blocks[unit.block]!;
  const { write } = document.format;
  const title = 'Insert the caveat: individual results vary';
  const drafts: Draft[] = [];
  const inside = behind(context, unit, RESULTS_VARY);
  const voiced = block.quoted || context.analysis.voiced[unit.index] === true;
  const eol = eolOf(document.text);
  const tight = document.format.id === 'html' ? eol : eol + eol;
  const ends = [...new Set(endsAfter(document, block.span.end))];
  for (const end of ends) {
    const line = document.text.lastIndexOf('\n', end - 1) + 1;
    const indent = document.format.id === 'html' ? /^[ \t]*/.exec(document.text.slice(line, end))![0] : '';
    drafts.push({ title, action: 'insert', edits: [{ span: span(end, end), text: `${tight}${indent}${write.paragraph(RESULTS_VARY)}` }] });
  }
  if (inside) drafts.splice(voiced ? drafts.length : 0, 0, { title, action: 'insert', edits: [inside] });
  return judged(drafts);
}

// --------------------------------------------------------------------------------------------------------- known errors

/** `has` → `had`, `continues` → `continued`. */
function pastOf(verb: string): string {
  const known: { readonly [verb: string]: string } = { has: 'had', have: 'had', is: 'was', are: 'were', says: 'said', tells: 'told', speaks: 'spoke', does: 'did', finds: 'found', takes: 'took', gives: 'gave', writes: 'wrote', makes: 'made', "hasn't": "hadn't", "isn't": "wasn't" };
  if (known[verb]) return known[verb];
  const base = baseOf(verb);
  return /e$/.test(base) ? `${base}d` : /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ied` : `${base}ed`;
}

/** The past tense of the verb that a statement ends with, where the correction asks for the past tense. */
function pastFixes(finding: Finding, { document }: RuleContext, correction: string): Fix[] {
  const found = document.text.slice(finding.span.start, finding.span.end);
  const verb = /(?:\b(has|have|is|are|hasn't|isn't)(?= [a-z]+$| [a-z]+ly [a-z]+$)|\b([a-z]{2,}s|has|is))$/.exec(found) ?? /\b(has|is)(?= (?:[a-z]+ly )?[a-z]+(?:ed|en|ing|wn|ught)$)/.exec(found);
  const word = verb?.[1] ?? verb?.[2];
  const rest = verb ? document.text.slice(finding.span.start + verb.index + (word?.length ?? 0)) : '';
  const done = word === 'has' ? /^( (?:[a-z]+ly )?)([a-z]+)/.exec(rest) : null;
  const simple = done && ({ spoken: 'spoke', become: 'became', given: 'gave', taken: 'took', written: 'wrote', said: 'said', told: 'told', made: 'made', found: 'found' }[done[2]!] ?? (/[^e]ed$/.test(done[2]!) ? done[2]! : undefined));
  if (!/\bpast tense\b/.test(correction) || !verb || !word || /^(?:as|its|his|this|thus|us|was|does)$/.test(word)) return [];
  const at = finding.span.start + verb.index;
  if (done && simple) {
    const put = `${done[1]!.slice(1)}${simple}`;
    return [{ title: `Write it in the past tense: “${put}”`, kind: 'judgement', action: 'replace', preferred: true, edits: [{ span: span(at, at + word.length + done[0].length), text: put }] }];
  }
  return [{ title: `Write it in the past tense: “${pastOf(word)}”`, kind: 'judgement', action: 'replace', preferred: true, edits: [{ span: span(at, at + word.length), text: pastOf(word) }] }];
}

/** The correction in place of the sentence, where it is written as one for readers. */
export function correctionFixes(finding: Finding, context: RuleContext): Fix[] {
  const { document, plan } = context;
  const unit = unitAt(document, finding.span);
  const error = plan.packs.flatMap((pack) => pack.errors).find(({ id }) => id === finding.data['error']);
  if (!unit || !error) return [];
  if (/past tense/.test(error.correction)) {
    const past = pastFixes(finding, context, error.correction);
    // What the text leaves unsaid is said behind the sentence, where the tense alone does not put it right.
    const said = error.sentence ? behind(context, unit, error.sentence) : undefined;
    const say = (edits: readonly Edit[]): Fix[] => (said && error.sentence ? [{
      title: `Add: “${short(error.sentence)}”`, kind: 'judgement', action: 'insert', preferred: false, edits: cited(context, [...edits, said], error.sentence, error.sources),
    }] : []);
    return [...past, ...past.flatMap(({ edits }) => say(edits)), ...say([])];
  }
  const found = document.text.slice(finding.span.start, finding.span.end);
  const place = placeOf(document, unit, finding.span);
  const drafts: (Draft | undefined)[] = [];
  // A figure without its study can be left out; a mechanism can be told as what is thought.
  const figure = /\d+(?:\.\d+)? ?(?:%|per ?cent)/i.exec(unit.text.slice(place.start, place.end));
  for (const edits of figure ? withoutFigure(unit.text, place.start + figure.index, place.start + figure.index + figure[0].length) : []) {
    const source = unitEdits(context, unit, edits);
    drafts.push(source && { title: `Leave the figure out: “${short(edits.map((one) => one.text.trim()).join(' … '))}”`, action: 'replace', edits: source });
  }
  if (/\bworks? (?:\w+ )?by\b/i.test(found)) drafts.push(...hedgeDrafts(context, unit, place, true, 6).filter(({ title }) => title.includes('is thought to')));
  return [...judged(drafts), ...sentenceFixes(context, unit, error)];
}

function sentenceFixes(context: RuleContext, unit: Unit, error: KnownError): Fix[] {
  const { document } = context;
  if (!error.sentence || !canGo(document, unit)) return [];
  const block = document.blocks[unit.block]!;
  if (block.kind !== 'paragraph' && block.kind !== 'item') return [];
  const own = document.text.slice(unit.span.start, unit.span.end);
  const label = /^[^.:!?]{1,48}: /.exec(own)?.[0].length ?? 0;
  const replace: Edit = { span: span(unit.span.start + label, unit.span.end), text: document.format.write.inline(error.sentence) };
  return [{
    title: `Replace the sentence with: “${short(error.sentence)}”`, kind: 'judgement', action: 'replace', preferred: false,
    edits: cited(context, [replace], error.sentence, error.sources),
  }];
}

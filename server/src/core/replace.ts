import { sourceSpan, type Unit } from './document';
import type { Finding, Fix } from './finding';
import type { Plan } from './plan';
import type { RuleContext } from './rules/rule';
import { hitOf, scanText, type LanguageRule, type WordingHit } from './rules/wording';
import { span, type Edit } from './text';

/** One way to put it, as edits of the unit's normalised text; they do not overlap and are in order. */
export interface Rewording {
  readonly edits: readonly Edit[];
  /** The words taken out and those put in; `put` is '' where they are only deleted. */
  readonly taken: string;
  readonly put: string;
}

const BE = /(?<!\bto )(?:\b(?:is|are|was|were|be|been|being|remains?|seems?|it's|that's|they're|he's|she's)) $/i;
const HAVE = /\b(?:has|have|having|had|with|causes?|there (?:is|are)|there's|brings?|involves?|carries|carry) $/i;
const MODAL = /\b(?:can|may|might|will|would|could|should|must|to|helps?) $/i;
/** What a word can not govern: the clause goes on or ends. */
const FREE = /^(?:$|[.,;:!?)"\]]| ?[–—]| (?:and|or|but|for|in|to|of|with|on|at|by|is|are|was|were|has|have|had|when|if|because|as|from|than|then|after|within|while|so|since|under|during|without|yet|although|though|can|may|will|over|about|who|which|among|according|thanks|today|now|too|again|here)(?![\w-]))/i;
/** A stop, or a clause of its own. */
const STOP = /^(?:$|[.;:!?)]|, (?:and|but|so|with|which|while|because|as|although|though) )/i;
const DEGREE = /\b(?:truly|very|so|really|simply|quite|absolutely|utterly|entirely|completely|totally|generally|usually|typically|often|mostly|incredibly) $/i;
const COMPARING = /\b(?:as|how|too|more|most|less|least|such|that) $/i;
const PLURAL_OR_DETERMINED = /^(?:one|some|a|an|several|the|side effects|short-term side effects|results|risks|newer approaches|possible interactions)\b/i;
const VOWEL = /^["'(]*(?:[aeiouAEIOU]|[Hh]on(?:est|our)|[Hh]our|[Hh]eir|[FHLMNRSX](?:[A-Z]|\b))/;
const CONSONANT = /^["'(]*(?:one\b|once\b|uni(?!n|m)|use|usu|eu|ub)/i;

const article = (word: string): 'a' | 'an' => (VOWEL.test(word) && !CONSONANT.test(word) ? 'an' : 'a');

interface Option {
  readonly put: string;
  readonly is: boolean;
  readonly have: boolean;
  readonly follows: 'noun' | 'verb' | 'modal' | 'end' | 'stop' | 'unit' | '';
}

/** Reads a replacement of a pack: `(is) supported by some studies`, `may ease (noun)`. */
function readOption(option: string): Option {
  const found = /^(?:\((is|have)\) ?)?(.*?)(?: ?\((noun|verb|modal|end|stop|unit)\))?$/.exec(option.trim())!;
  return { put: found[2]!.trim(), is: found[1] === 'is', have: found[1] === 'have', follows: (found[3] ?? '') as Option['follows'] };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The places of a pack's keys that touch the hit, the longest first: a key may be a part of what was found, or more. */
function keysAt(text: string, hit: WordingHit): { readonly key: string; readonly start: number; readonly end: number }[] {
  const out: { key: string; start: number; end: number }[] = [];
  for (const key of Object.keys(hit.wording.replace)) {
    const expression = new RegExp(`(?<![\\w'-])${escaped(key).replace(/ /g, '[ -]')}(?![\\w-])`, 'gi');
    for (const found of text.matchAll(expression)) {
      const end = found.index + found[0].length;
      if (found.index < hit.end && hit.start < end) out.push({ key, start: found.index, end });
    }
  }
  return out.sort((a, b) => (b.end - b.start) - (a.end - a.start));
}

const upper = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Gives a replacement the letter case of what it stands for. */
function cased(put: string, found: string, text: string, start: number): string {
  const letters = found.replace(/[^A-Za-z]/g, '');
  if (letters.length > 3 && letters === letters.toUpperCase()) return put.toUpperCase();
  if (!/^["'(]*[A-Z]/.test(found)) return put;
  const words = text.split(' ').filter((word) => /^[A-Za-z]{4}/.test(word));
  const titled = words.length > 2 && words.filter((word) => /^[A-Z]/.test(word)).length * 3 > words.length * 2;
  if (titled) return put.replace(/(?<![\w'-])[a-z]\w{3,}/g, upper).replace(/^[a-z]/, upper);
  return start === 0 || /[.!?:"(] ?"?$/.test(text.slice(0, start)) ? upper(put) : put;
}

const edit = (start: number, end: number, text: string): Edit => ({ span: span(start, end), text });

/** Deletes a word or phrase and what would be left hanging without it; undefined where the sentence needs it. */
function deletion(text: string, from: number, to: number): Edit[] | undefined {
  let start = from;
  for (let found = DEGREE.exec(text.slice(0, start)); found; found = DEGREE.exec(text.slice(0, start))) start = found.index;
  const before = text.slice(0, start);
  const after = text.slice(to);
  if (COMPARING.test(before) || start < from && /^ that\b/.test(after)) return undefined;
  const found = text.slice(from, to);
  const adverb = /ly$|^(?:hands down|without|beyond|once and for all|for good|time |forever|100)/i.test(found);
  const opens = start === 0;
  // Between commas: `is, without a doubt, a good choice`.
  if (/, $/.test(before) && /^,/.test(after) && adverb) return [edit(start - 2, to + 1, '')];
  if (opens && /^, /.test(after)) return [edit(0, to + 3, text.slice(to + 2, to + 3).toUpperCase())];
  if (opens && adverb && FREE.test(after)) return undefined;
  if (!adverb) {
    // Of a pair, the other stays: `rapid and profound effects`, `amazing and lasting relief`.
    const behind = /^(?:,? and|,) (?=[a-z][\w-]+ [\w-])/i.exec(after);
    const front = /(?:[\w-]+)(,? and|,) $/i.exec(before);
    const gap = FREE.test(after);
    if (gap && behind && opens) return [edit(0, to + behind[0].length + 1, after.charAt(behind[0].length).toUpperCase())];
    if (gap && behind && /\b(?:a|an|the|its|their|our|your|rapid|has|have|with|of|for) $|^$/i.test(before)) return withArticle(text, start, to + behind[0].length, '');
    if (front && (!gap || BE.test(before.slice(0, front.index)))) return [edit(start - front[1]!.length - 1, to, '')];
    if (gap) return undefined;
  }
  if (opens) {
    const next = /^ (["'(]*)(\S)/.exec(after);
    return next ? [edit(0, to + 1 + next[1]!.length + 1, next[1]! + next[2]!.toUpperCase())] : undefined;
  }
  if (FREE.test(after)) return BE.test(before) || /\b(?:a|an|the|of|to|and|or) $/i.test(before) ? undefined : [edit(start - (/,? $/.exec(before)?.[0].length ?? 0), to, '')];
  return withArticle(text, start, to + 1, '');
}

/** Replaces a range, and the article before it where the next word asks for another. */
function withArticle(text: string, start: number, end: number, put: string): Edit[] {
  const found = /(?<![\w'-])(an?) $/i.exec(text.slice(0, start));
  if (!found) return [edit(start, end, put)];
  const at = found.index;
  if (PLURAL_OR_DETERMINED.test(put)) return [edit(at, end, /^A/.test(found[1]!) ? upper(put) : put)];
  const wanted = article(put || text.slice(end));
  if (wanted === found[1]!.toLowerCase()) return [edit(start, end, put)];
  return [edit(at, at + found[1]!.length, /^A/.test(found[1]!) ? upper(wanted) : wanted), edit(start, end, put)];
}

function replacement(text: string, at: { readonly start: number; readonly end: number }, option: Option): Edit[] | undefined {
  if (option.put === '') return deletion(text, at.start, at.end);
  let { start } = at;
  const after = text.slice(at.end);
  const first = text.slice(0, start);
  if (option.is) {
    for (let found = DEGREE.exec(text.slice(0, start)); found; found = DEGREE.exec(text.slice(0, start))) start = found.index;
    if (!BE.test(text.slice(0, start))) return undefined;
    if (option.follows === '' && !FREE.test(after)) return undefined;
  }
  if (option.have && !HAVE.test(first)) return undefined;
  const free = FREE.test(after);
  if (option.follows === 'noun' && (free || COMPARING.test(first))) return undefined;
  if (option.follows === 'verb' && (free || !MODAL.test(first))) return undefined;
  if (option.follows === 'modal' && !MODAL.test(first)) return undefined;
  if (option.follows === 'end' && !free) return undefined;
  if (option.follows === 'stop' && !STOP.test(after)) return undefined;
  if (option.follows === 'unit' && (at.start > 0 || !/^[.!:]?$/.test(after))) return undefined;
  // `one option` can not stand before a plural.
  if (/^(?:one|a|an) /.test(option.put) && option.follows === 'noun' && /^ (?:[\w-]+ )?[\w-]+[^s']s\b/.test(after)) return undefined;
  if (option.follows === 'noun') {
    for (let found = DEGREE.exec(text.slice(0, start)); found; found = DEGREE.exec(text.slice(0, start))) start = found.index;
  }
  return withArticle(text, start, at.end, cased(option.put, text.slice(start, at.end), text, start));
}

/** `can't trigger mania` → `may trigger mania`: a denied event is given back its possibility. */
function possible(text: string, hit: WordingHit): Edit[] | undefined {
  const words = text.slice(hit.start, hit.end);
  const never = /^never ([a-z]+s)(?= )/i.exec(words);
  if (never) return [edit(hit.start, hit.start + never[0].length, `may ${never[1]!.replace(/^has$/i, 'have').replace(/ies$/i, 'y').replace(/s$/i, '')}`)];
  const found = /^(?:can't|cannot|can not|won't|will not|doesn't|does not|don't|do not) (?:(?:ever|actually|even|really|possibly|simply) )?/i.exec(words);
  if (!found || found[0].length >= hit.end - hit.start) return undefined;
  if (/\b(?:worry|fret|fail)\b/i.test(words)) return undefined;
  const any = /\bany /i.exec(words);
  const edits = [edit(hit.start, hit.start + found[0].length, 'may ')];
  if (any) edits.push(edit(hit.start + any.index, hit.start + any.index + 4, ''));
  return edits;
}

const applied = (text: string, edits: readonly Edit[]): string => edits.reduceRight((done, { span: at, text: put }) => done.slice(0, at.start) + put + done.slice(at.end), text);

/** True where the new text is no longer marked at the place of the edits and nowhere marked anew. */
function cleared(text: string, hit: WordingHit, edits: readonly Edit[], plan: Plan): boolean {
  const before = scanText(text, plan).filter((other) => other.wording !== hit.wording || other.start !== hit.start);
  return scanText(applied(text, edits), plan).length <= before.length
    && !scanText(applied(text, edits), plan).some((now) => !before.some((then) => then.wording.rule === now.wording.rule
      && text.slice(then.start, then.end).toLowerCase().includes(applied(text, edits).slice(now.start, now.end).toLowerCase())));
}

/** Ways to put a hit of a text more measuredly, the preferred first; none where no wording of the pack fits the sentence. */
export function rewordings(text: string, hit: WordingHit, plan: Plan): readonly Rewording[] {
  const out: Rewording[] = [];
  const add = (edits: readonly Edit[] | undefined): void => {
    if (!edits || edits.length === 0 || !cleared(text, hit, edits, plan)) return;
    const from = edits[0]!.span.start;
    const to = edits.at(-1)!.span.end;
    const put = applied(text.slice(0, to), edits).slice(from);
    if (!out.some((other) => other.put === put && other.edits[0]!.span.start === from)) out.push({ edits, taken: text.slice(from, to), put });
  };
  for (const at of keysAt(text, hit)) {
    for (const option of hit.wording.replace[at.key] ?? []) add(replacement(text, at, readOption(option)));
    // A shorter key says less about the sentence: it counts only where no longer one fits.
    if (out.length > 0) break;
  }
  if (hit.wording.id === 'denial') add(possible(text, hit));
  return out;
}

/** The same edits in the source; undefined where markup or a citation stands between the words. */
export function unitEdits(context: RuleContext, unit: Unit, edits: readonly Edit[]): Edit[] | undefined {
  const { document } = context;
  const out: Edit[] = [];
  for (const { span: at, text } of edits) {
    const place = sourceSpan(document, unit, at.start, at.end);
    const before = document.text.slice(place.start, place.end);
    if (/[<>*_[\]{}|`\\$]/.test(before) || /\n\s*\n/.test(before)) return undefined;
    out.push({ span: place, text: document.format.write.inline(text) });
  }
  return out;
}

/** A sentence without information can go, where others stay beside it in the paragraph. */
function withoutSentence(context: RuleContext, unit: Unit): Fix[] {
  const { document } = context;
  const next = document.units[unit.index + 1];
  const previous = document.units[unit.index - 1];
  if (document.blocks[unit.block]!.kind !== 'paragraph' || unit.text.length > 200) return [];
  const at = next?.block === unit.block ? span(unit.span.start, next.span.start)
    : previous?.block === unit.block ? span(previous.span.end, unit.span.end) : undefined;
  if (!at || /[<>*_[\]{}|`\\$]/.test(document.text.slice(at.start, at.end)) || document.citations.some((citation) => citation.unit === unit.index)) return [];
  return [{ title: 'Delete the sentence', kind: 'judgement', action: 'replace', preferred: false, edits: [{ span: at, text: '' }] }];
}

/** Which standard caveat of the packs answers a finding: the first of these that a pack has. */
const CAVEATS: { readonly [rule in LanguageRule]: readonly string[] } = {
  'absolute-language': ['uncertainty'],
  'minimised-risk': ['dissociation'],
  'promotional-language': [],
};

/** The standard caveat together with the first of the other wordings; alone, in place of a sentence that nothing builds on. */
function caveat(context: RuleContext, unit: Unit, rule: LanguageRule, words: string, wording: string, reworded: Fix | undefined): Fix[] {
  const { document, plan } = context;
  const block = document.blocks[unit.block]!;
  if (block.kind !== 'paragraph' && block.kind !== 'item') return [];
  const ids = wording !== 'denial' ? CAVEATS[rule] : /addict|depend|hooked|habit|abuse|misuse|narcotic/i.test(words) ? ['misuse'] : ['dissociation'];
  const disclosure = ids.flatMap((id) => plan.packs.flatMap((pack) => pack.disclosures).filter((one) => one.id === id))[0];
  if (!disclosure) return [];
  const sentence = document.format.write.inline(disclosure.caveat[plan.config.region ?? 'us']);
  const about = disclosure.title.toLowerCase();
  const next = document.units[unit.index + 1];
  const inside = next && next.block === unit.block;
  const at = inside ? next.span.start : block.span.end;
  const fix = (title: string, edits: readonly Edit[], action: Fix['action']): Fix => ({ title, kind: 'judgement', action, preferred: false, edits });
  if (reworded) return [fix(`${reworded.title}, and insert the caveat: ${about}`, [...reworded.edits, { span: span(at, at), text: inside ? `${sentence} ` : ` ${sentence}` }], 'insert')];
  const alone = unit.text.length < 120 && !/[<>*_[\]{}|`\\$]/.test(document.text.slice(unit.span.start, unit.span.end))
    && !(inside && /^(?:These|Those|Such|This|That|Both|They|Their)\b/.test(next.text)) && !document.citations.some((citation) => citation.unit === unit.index);
  return alone ? [fix(`Replace the sentence with the caveat: ${about}`, [{ span: unit.span, text: sentence }], 'replace')] : [];
}

const short = (words: string): string => (words.length > 60 ? `${words.slice(0, 57).trimEnd()}…` : words);

/** The fixes of a finding of a language rule: measured wordings, the preferred first, then the standard caveat. */
export function replacementFixes(finding: Finding, context: RuleContext, rule: LanguageRule): Fix[] {
  const { wording, words } = finding.data;
  const hit = typeof wording === 'string' && typeof words === 'string' ? hitOf(context, finding.span, wording, words) : undefined;
  if (!hit) return [];
  const { unit } = hit;
  const fixes: Fix[] = [];
  for (const { edits, taken, put } of rewordings(unit.text, hit, context.plan)) {
    const source = unitEdits(context, unit, edits);
    if (!source) continue;
    const bare = put.trim();
    const whole = edits.length === 1 && edits[0]!.text === '';
    fixes.push({
      title: whole ? `Delete “${short(taken.trim())}”` : `Replace “${short(taken.trim())}” with “${short(bare)}”`,
      kind: 'judgement', action: 'replace', preferred: fixes.length === 0, edits: source,
    });
  }
  const standard = caveat(context, unit, rule, unit.text.slice(hit.start, hit.end), hit.wording.id, fixes[0]);
  const gone = fixes.length === 0 && (rule === 'promotional-language' || unit.text.length < 90) ? withoutSentence(context, unit) : [];
  // In place of a denied risk the risk is named; a sentence that only praises can go.
  return [...fixes, ...hit.wording.id === 'denial' ? [...standard, ...gone] : [...gone, ...standard]];
}

import { span, type Span } from './text';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Never end a sentence. */
const INNER = set('dr drs mr mrs ms prof messrs rev hon gen col sgt capt fr sra vs viz eg e.g ie i.e cf approx ca circa esp incl excl resp al. lic dipl nat doi p.s p.p.s');
/** End one only where no number follows. */
const NUMBERED = set('no nos fig figs ref refs vol vols pp p pg pgs sec sect ch chap eq eqs app tab tbl suppl art para v ver nr jan feb mar apr jun jul aug sep sept oct nov dec c n d ed eds cap');
/** End one where a capital follows, never before a small letter. */
const EITHER = set('etc inc ltd co corp plc llc bros dept univ assn intl est ext min mins hr hrs h wk wks mo mos yr yrs mg mcg kg ml dl lb lbs oz in ft max temp av avg obs tx rx dx hx sx pt pts ave blvd rd bldg');
/** Parts of names, mostly of journals: end one only where a word follows that opens sentences. */
const NAMED = set('J Am Br Brit Clin Psychiatr Med Int Eur Arch Gen Ann Rev Proc Natl Acad Sci Biol Neurosci Pharmacol Psychopharmacol Neuropsychopharmacol Engl Res Assoc Can Aust Austral Scand Anesth Anaesth Anesthesiol Anaesthesiol Physiol Psychol Ther Ment Dis Disord Affect Mol Exp Curr Opin Nat Comm Commun St Mt Ft Jr Sr');
const DEGREES = set('MD PhD DPhil DO RN NP PA MSc BSc BA MA BS MS DNP MPH MBBS PsyD EdD JD PharmD RPh Esq FRCP FRCPsych LCSW');
/** Words that stand before a letter which is no initial: `vitamin C. It …`. */
const LETTERED = set('vitamin vitamins group groups arm arms type types grade plan hepatitis appendix class schedule part table figure option study phase panel step section stage category and or than as do am was cohort drug dose factor level phase');
/** Words that open sentences and are hardly ever part of a name. */
const STARTERS = set('The This These Those That It Its It\'s They Their He She We You Your Our My His Her In On At By For From With Without When While If As After Before During Since However But And Or So Yet Then There Here Although Though Because Both Each Most Many Some Several All Any No None Not One Another Other Others Such What How Why Who Where Which Is Are Was Were Do Does Did Can Could May Might Should Will Would A An I Only Even Also Thus Hence Therefore Moreover Furthermore Once Until Unlike Despite Instead Nevertheless Nonetheless Meanwhile Overall Today Later More Less Few Nobody Nothing Everyone Patients People Doctors Researchers Results Side');

const STOPS = /[.!?…。！？｡]|[✓✔•●▪◦]|\p{Emoji_Presentation}/gu;
const RUN = /[.!?…。！？｡]+(?: \.)*/y;
const CLOSERS = /["')\]}*†‡§]*/y;
/** Citation marks right behind a stop, and bracketed ones behind a space. */
const BRACKETED = /(?:\(\d{1,3}(?:[,;–-] ?\d{1,3})*\))|(?: ?\[(?:\^|@|\d|citation needed|source)[^[\]]{0,80}\]_?)|[⁰¹²³⁴-⁹⁻⁽⁾˒]+(?:[,–-][⁰¹²³⁴-⁹]+)*/y;
const GLUED = /\d{1,3}(?:[,–-] ?\d{1,3})*(?=["')\]]* |["')\]]*$)/y;
const EMOJI = /(?: ?(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)[\p{Emoji_Modifier}\ufe0f]*)+(?= |$)/uy;
const OPENERS = /["'([{¿¡<*_]*/y;
const NEXT = /[\p{L}\p{M}\p{N}'-]{1,40}/uy;
const PICTURE = /\p{Emoji_Presentation}/uy;
const BULLET = /[✓✔✅☑•●▪◦➡👉🔹🔸▶]/u;
const CLOSING_ASIDE = 400;

const match = (expression: RegExp, text: string, at: number): string => {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? '';
};

/** The outermost pairs of parentheses that are no longer than an aside; they do not overlap. */
function asides(text: string): Span[] {
  const open: number[] = [];
  const out: Span[] = [];
  for (let i = text.indexOf('('); i >= 0 && i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 40) open.push(i);
    else if (c === 41) {
      const from = open.pop();
      if (from === undefined || i - from > CLOSING_ASIDE) continue;
      while (out.length > 0 && out.at(-1)!.start > from) out.pop();
      out.push(span(from, i));
    }
  }
  return out;
}

/** The run of letters, digits and inner stops before a place: `e.g`, `U.S`, `Zarate`. */
function wordBefore(text: string, end: number): string {
  let from = end;
  while (from > 0 && end - from < 24 && /[\p{L}\p{M}\p{N}.]/u.test(text[from - 1]!)) from--;
  return text.slice(from, end);
}

/** What follows a stop, its space and opening quotes. */
type Start = 'capital' | 'small' | 'digit' | 'other' | 'none';

function startAt(text: string, at: number): { readonly kind: Start; readonly word: string; readonly at: number } {
  const from = at + match(OPENERS, text, at).length;
  if (from >= text.length) return { kind: 'none', word: '', at: from };
  const word = match(NEXT, text, from);
  if (word === '') return { kind: /[,;:)\]}/=|]/.test(text[from]!) ? 'none' : 'other', word, at: from };
  if (/^\p{N}/u.test(word)) return { kind: 'digit', word, at: from };
  if (/^[\p{Lu}\p{Lt}\p{Lo}]/u.test(word)) return { kind: 'capital', word, at: from };
  // mTOR, pH, α-blockers: a small letter that opens a sentence all the same.
  if (/^\p{Ll}{1,3}\p{Lu}|^\p{Script=Greek}/u.test(word)) return { kind: 'capital', word, at: from };
  return { kind: 'small', word, at: from };
}

/** Whether the word before a single full stop leaves the sentence open, given what comes next. */
function staysOpen(text: string, stop: number, next: ReturnType<typeof startAt>): boolean {
  const word = wordBefore(text, stop);
  const low = word.toLowerCase();
  const starter = STARTERS.has(next.word) && text[next.at + next.word.length] !== '.';
  if (low === 'al') return /\bet $/.test(text.slice(Math.max(0, stop - 6), stop - 2)) && !starter;
  if (INNER.has(low)) return !(low === 'gen' && starter);
  if (NUMBERED.has(low) && (next.kind === 'digit' || /^[A-Z]?\d|^[IVX]+$|^[A-Z]$/.test(next.word) && !starter)) return true;
  if (NAMED.has(word)) return !starter && next.kind !== 'none';
  if (/^\p{Lu}$/u.test(word)) {
    if (next.kind === 'small') return true;
    const before = wordBefore(text, stop - 2).toLowerCase();
    return !starter && !LETTERED.has(before) && next.kind === 'capital' && word !== 'I';
  }
  if (word.includes('.') && !/\d/.test(word)) {
    const letters = word.replaceAll('.', '');
    if (/^(?:\p{Ll}\.)+\p{Ll}$/u.test(word)) return next.kind !== 'capital'; // i.v., b.i.d., p.m.
    if (DEGREES.has(letters)) return next.kind === 'small' || next.kind === 'digit';
    if (/^(?:\p{Lu}\p{Ll}?\.)+\p{Lu}\p{Ll}{0,3}$/u.test(word)) return !starter; // U.S., J.H.
  }
  if (EITHER.has(low) && text[stop + 2] === '(') return true; // Clarion, Inc. (“Clarion”)
  if (next.kind !== 'small') return next.kind === 'digit' && /^(?:19|20)\d\d[a-z]?$/.test(next.word) && /[;:]/.test(text[next.at + next.word.length] ?? '') || low === 'et';
  // A small letter behind a stop: sloppy prose where a plain word comes before, else an abbreviation.
  return EITHER.has(low) || NUMBERED.has(low) || /^\p{L}{1,2}$/u.test(word) || word === '' && !/[)\]"'%]/.test(text[stop - 1] ?? '');
}

/**
 * The sentences of a normalised text, in order; together they cover all but the spaces between them. A citation mark or
 * an emoji behind the stop belongs to the sentence before it. Takes time in proportion to the text.
 */
export function splitSentences(text: string): Span[] {
  const out: Span[] = [];
  const inside = asides(text);
  let aside = 0;
  let from = 0;
  let opener = match(PICTURE, text, 0);
  const cut = (end: number, next: number): void => {
    if (end > from) out.push(span(from, end));
    from = next;
    opener = match(PICTURE, text, next);
  };
  const stops = new RegExp(STOPS);
  for (let found = stops.exec(text); found; found = stops.exec(text)) {
    const at = found.index;
    const sign = found[0];
    if (!/[.!?…。！？｡]/.test(sign)) {
      // A bullet or emoji in the middle: bullets open a unit, a closing emoji ends one before a capital.
      if (at === from || text[at - 1] !== ' ') continue;
      if (BULLET.test(sign) || sign === opener) { cut(at - 1, at); continue; }
      const end = at + match(EMOJI, text, at).length;
      stops.lastIndex = Math.max(end, at + sign.length);
      if (end === at || end >= text.length || /^["'\s\p{Emoji_Presentation}]*$/u.test(text.slice(from, Math.min(at, from + 12)))) continue;
      if (startAt(text, end + 1).kind === 'capital') cut(end, end + 1);
      continue;
    }
    const run = match(RUN, text, at);
    if (run === '.' && at - from < 4 && /^(?:\d{1,3}|[a-zA-Z])$/.test(text.slice(from, at))) continue; // 1. an enumerated item
    let end = at + run.length;
    stops.lastIndex = end;
    const closed = match(CLOSERS, text, end);
    end += closed.length;
    let cited = '';
    for (let more = match(BRACKETED, text, end), n = 0; more && n < 8; more = match(BRACKETED, text, end), n++) {
      // `. [2] Next` is the sentence before it; `. [2]: a note` and `. [1]` at the very start of a list of notes are not.
      cited += more;
      end += more.length;
    }
    const before = text[at - 1] ?? '';
    if (!cited && run === '.' && (/[\p{L}%)"'\]]/u.test(before) || closed !== '' || /(?:19|20)\d\d$/.test(text.slice(Math.max(0, at - 4), at)))) {
      const glued = match(GLUED, text, end);
      if (glued && !NUMBERED.has(wordBefore(text, at).toLowerCase())) {
        cited = glued;
        end += glued.length;
      }
    }
    if (cited) end += match(CLOSERS, text, end).length;
    const emoji = text[end] === ' ' && !BULLET.test(text.slice(end + 1, end + 3)) || text[end] !== ' ' ? match(EMOJI, text, end) : '';
    end += emoji.length;
    if (end >= text.length) break;
    while (aside < inside.length && inside[aside]!.end < at) aside++;
    const around = inside[aside];
    if (around && around.start > from && around.start < at && around.end >= end) continue;
    if (text[end] !== ' ') {
      // No space: scripts that write none, or a space that was forgotten (`hours.Effects fade`).
      if (/[。！？｡]/.test(run)) cut(end, end);
      else if (run === '.' && !cited && !closed && /\p{Ll}{4}$/u.test(text.slice(Math.max(0, at - 4), at)) && /^\p{Lu}\p{Ll}+ /u.test(text.slice(end, end + 24))
        && !/[@/]|www\./.test(text.slice(text.lastIndexOf(' ', at) + 1, at).slice(-60))) cut(end, end);
      continue;
    }
    const next = startAt(text, end + 1);
    if (next.kind === 'none') continue;
    if (run !== '.') {
      if (next.kind === 'small') continue;
    } else if (!emoji) {
      if (next.kind === 'small' && /["')]/.test(closed) && !cited) continue;
      if (staysOpen(text, at, next)) continue;
    }
    cut(end, end + 1);
    stops.lastIndex = Math.max(stops.lastIndex, from);
  }
  if (from < text.length) out.push(span(from, text.length));
  return out;
}

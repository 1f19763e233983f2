import { sourceOf, type Document } from './document';
import { sourceEnd, type Block, type Link } from './formats/format';
import { keeping, Kept } from './kept';
import { overlaps, span, type Span } from './text';

export type CitationForm =
  | 'number' // [1], [2,5–7], ¹, <sup>1</sup>
  | 'footnote' // [^1], an asterisk or dagger with its note
  | 'key' // [@zarate2006], \cite{zarate2006}, {cite:p}`zarate2006`
  | 'author-year' // (Zarate et al., 2006), Zarate and colleagues, 2006
  | 'identifier' // DOI, PMID, PMCID, NCT number
  | 'link' // an external link
  | 'timestamp' // a timestamped source link
  | 'needed'; // [citation needed]: a marked debt, not a citation

export interface Citation {
  readonly span: Span;
  readonly form: CitationForm;
  /**
   * Numbers (ranges written out), keys, or the link's target; of an identifier its kind and value (`doi:10.1000/x`,
   * `pmid:1`, `pmcid:PMC1`, `nct:NCT00000000`); of an author–year the first author and the year, '' where it has none.
   */
  readonly keys: readonly string[];
  /** The unit it belongs to: the one it stands in, or whose stop it follows; -1 in a reference or note of its own. */
  readonly unit: number;
}

type Parsed = Omit<Document, 'citations'>;

/** A citation before it is known to which unit it belongs. Of two that overlap, the one of the lower rank stays. */
interface Found {
  readonly span: Span;
  readonly form: CitationForm;
  readonly keys: readonly string[];
  readonly block: number;
  readonly rank: number;
}

// ------------------------------------------------------------------------------------------------------ reference lists

/** What the numbers, keys and signs of a document can point to: each label of a reference or note, and its block. */
export function referenceLabels(document: Pick<Document, 'blocks'>): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  document.blocks.forEach((block, b) => {
    if (isEntry(block) && block.label !== '' && !out.has(block.label)) out.set(block.label, b);
  });
  return out;
}

const isEntry = (block: Block): boolean => block.kind === 'reference' || block.kind === 'note';

/** What is wrong with the shape of an identifier's key (as in `Citation.keys`), in words; undefined where nothing is. */
export function malformed(key: string): string | undefined {
  const at = key.indexOf(':');
  const value = key.slice(at + 1);
  switch (key.slice(0, at)) {
    case 'doi':
      if (!value.startsWith('10.')) return 'a DOI starts with “10.”';
      if (!/^10\.\d{4,9}\//.test(value)) return 'a DOI has four to nine digits after “10.”, then a slash';
      return /^10\.\d{4,9}\/[^\s/]/.test(value) && !/(?:\.\.\.|…|x{4,})$/i.test(value) ? undefined : 'the part of the DOI behind the slash is missing';
    case 'pmid': return /^[1-9]\d{0,7}$/.test(value) ? undefined : 'a PMID is a number of up to eight digits';
    case 'pmcid': return /^PMC\d{4,8}$/.test(value) ? undefined : 'a PMCID is “PMC” and four to eight digits';
    case 'nct': return /^NCT\d{8}$/.test(value) ? undefined : 'a ClinicalTrials.gov number is “NCT” and eight digits';
    default: return undefined;
  }
}

/** The numbers of a list such as `2,5–7`, ranges written out. */
export function expandNumbers(list: string): string[] {
  const out: string[] = [];
  for (const part of list.split(/[,;\s˒]+/)) {
    const [first, last] = part.split(/[–—⁻-]+/).map(Number);
    if (first === undefined || Number.isNaN(first) || part === '') continue;
    if (last === undefined || Number.isNaN(last) || last - first > 99 || last < first) out.push(...part.split(/[–—⁻-]+/).filter(Boolean).map((n) => String(Number(n))));
    else for (let n = first; n <= last; n++) out.push(String(n));
  }
  return out;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const lower = (raised: string): string => raised.replace(/[⁰¹²³⁴-⁹]/g, (c) => String(RAISED.indexOf(c)));

// ---------------------------------------------------------------------------------------------------------------- links

const NOT_SOURCES = /(?:^|\.)(?:facebook|instagram|twitter|tiktok|linkedin|pinterest|reddit|threads|snapchat|whatsapp|telegram|youtube|youtube-nocookie|vimeo|spotify|soundcloud|discord|amazon|ebay|etsy|walmart|shopify|myshopify|gumroad|calendly|acuityscheduling|zocdoc|janeapp|squareup|eventbrite|mindbodyonline|simplepractice|typeform|jotform|yelp|trustpilot|healthgrades|patreon|paypal|gofundme|kickstarter|venmo|ko-fi|buymeacoffee|substack|mailchimp|linktr)\.[a-z.]{2,8}$|^(?:x\.com|t\.co|t\.me|wa\.me|fb\.me|youtu\.be|lnkd\.in|linktr\.ee|forms\.gle|cal\.com|maps\.|podcasts\.apple\.com|apps\.apple\.com|itunes\.apple\.com|play\.google\.com|goo\.gl$|(?:shop|store|book|booking|portal|my)\.)/i;
const NOT_SOURCE_PATHS = /^\/(?:book|booking|bookings|book-?now|appointments?|schedule|scheduling|contact(?:-us)?|intake|pricing|shop|store|cart|checkout|basket|log-?in|sign-?up|subscribe|donate|newsletter|careers|maps|forms|search)(?:[/?#.]|$)/i;
const NOT_SOURCE_TEXT = /^(?:book|buy|call|schedule|shop|order|subscribe|sign up|log ?in|register|contact|donate|get started|listen|watch|transcript|follow|join|apply|download|reserve|start|talk to|email|find (?:a|an|your|out)|take the)\b/i;

interface Address { readonly host: string; readonly path: string }

function address(target: string): Address | undefined {
  const parts = /^(?:https?:)?\/\/(?:[^@/?#\s]{1,80}@)?([^/?#\s:]{1,253})(?::\d+)?([/?#][^\s]*)?$/i.exec(target.trim()) ?? /^(www\.[^/?#\s]{1,250})(\/\S*)?$/i.exec(target.trim());
  return parts ? { host: parts[1]!.toLowerCase().replace(/^www\./, ''), path: parts[2] ?? '/' } : undefined;
}

/** Hosts that are the document's own: those of its canonical address and of the mail addresses it gives. */
function ownHosts({ text, parsed }: Parsed): ReadonlySet<string> {
  const out = new Set<string>();
  const add = (host: string | undefined): void => { if (host && !/^(?:gmail|outlook|yahoo|hotmail|icloud|proton|protonmail|nhs|nih)\./.test(host)) out.add(host.toLowerCase().replace(/^www\./, '')); };
  for (const link of parsed.links) if (/^mailto:/i.test(link.target)) add(/@([\w.-]+)/.exec(link.target)?.[1]);
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (/(?<![\w.+-])[\w+-][\w.+-]{0,60}$/.test(text.slice(Math.max(0, at - 64), at))) add(/^@([\w-]{1,60}(?:\.[\w-]{1,60}){1,4})/.exec(text.slice(at, at + 320))?.[1]);
  }
  for (const canonical of canonicalOf(text.slice(0, 8000))) add(address(canonical)?.host);
  return out;
}

const canonicalOf = keeping((head) => [...head.matchAll(/(?:rel=["']canonical["'][^>]{0,40}href=["']|og:url["'][^>]{0,40}content=["']|^(?:canonical(?:_?url)?|url|site|permalink):[ \t]*["']?)(https?:\/\/[^"'\s>]{1,300})/gim)].map((m) => m[1]!));

/** The citation that a link makes; undefined where it leads to no source. */
function ofLink(link: Link, text: string, own: ReadonlySet<string>): Pick<Found, 'form' | 'keys'> | undefined {
  if (link.image) return undefined;
  const at = address(link.target);
  if (!at) return undefined;
  const { host, path } = at;
  const words = text.slice(link.span.start, Math.min(link.span.end, link.span.start + 80)).replace(/<[^>]*>|[*_`[\]]/g, '').trim();
  if (/[?&#](?:t|start|time)=\d/i.test(path) || /^\(?\d{1,2}:\d\d(?::\d\d)?\)?$/.test(words)) return { form: 'timestamp', keys: [link.target] };
  const id = identifierOf(host, path);
  if (id) return { form: 'identifier', keys: [id] };
  if (own.has(host) || NOT_SOURCES.test(host) || NOT_SOURCE_PATHS.test(path) || NOT_SOURCE_TEXT.test(words)) return undefined;
  return { form: 'link', keys: [link.target] };
}

function identifierOf(host: string, path: string): string | undefined {
  if (host === 'doi.org' || host === 'dx.doi.org') return path.length > 1 ? `doi:${path.slice(1)}` : undefined;
  if (host === 'pubmed.ncbi.nlm.nih.gov' || host === 'ncbi.nlm.nih.gov' && path.startsWith('/pubmed')) {
    const id = /\/(\d{1,12})(?=[/?#]|$)/.exec(path)?.[1];
    return id && `pmid:${id}`;
  }
  const article = /^(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov|europepmc\.org)$/.test(host) ? /\/(PMC\d+)/i.exec(path)?.[1] : undefined;
  if (article) return `pmcid:${article.toUpperCase()}`;
  const trial = /clinicaltrials\.gov$/.test(host) ? /\b(NCT\d+)/i.exec(path)?.[1] : undefined;
  return trial && `nct:${trial.toUpperCase()}`;
}

// ------------------------------------------------------------------------------------------------------- marks in the text

const NUMBERS = String.raw`\d{1,3}(?: ?[,;–—-] ?\d{1,3})*`;
const BRACKET = new RegExp(String.raw`\[(?:[Rr]efs?\.? )?(\^?)(${NUMBERS})(?:,? pp?\. ?[\d–-]{1,12}|: ?\d{1,5}(?:–\d{1,5})?)?\]_?`, 'g');
const NAMED_NUMBER = new RegExp(String.raw`\((?:[Rr]efs?\.?|[Rr]eferences?) (${NUMBERS})\)`, 'g');
/** An interval or a spread rather than a citation. */
const INTERVAL_BEFORE = /(?:\bC[Ir]I?|\bIQR|\b(?:range|interval|limits|score|scale|n)|[=<>≤≥±×∈~])[:,]? ?$/i;
const NAMED_NOTE = /\[(?:\^|#)([\w:.-]{1,60})\]_?/g;
const SUPERSCRIPT = /[⁰¹²³⁴-⁹]{1,3}(?:(?:[⁻–-]|, ?|˒)[⁰¹²³⁴-⁹]{1,3})*(?![⁺⁻⁰¹²³⁴-⁹])/gu;
const GLUED = new RegExp(String.raw`(?<=[\p{L}%)"'\]]["')\]]?[.!?]["')]{0,2}|(?:19|20)\d\d\.|\p{Ll}{3}[,;:]?|\p{Lu}\p{Lu}[,;])\d{1,3}(?:[,–-]\d{1,3})*(?=$|[\s)"'\]]|[.,;:](?:\s|$))`, 'gu');
const PARENTHESISED = new RegExp(String.raw`\((${NUMBERS})\)`, 'g');
const SIGN = /(?<=[\p{L}\p{N}%.,;:!?)"'])(\*{1,3}|†{1,3}|‡{1,3}|§{1,2}|¶)(?![*†‡§¶\p{L}\p{N}])/gu;
const SIGN_NOTE = /^(\*{1,3}|†{1,3}|‡{1,3}|§{1,2}|¶) ?(?=[\p{L}"'(])/u;
const KEYS = /\[([^[\]]{0,120}?@[^[\]]{1,300})\]/g;
const KEY_IN = /@\{?([A-Za-z][\w:.#$%&+?~/-]*[\w])\}?/g;
const BARE_KEY = /(?<![\w.@/+-])@\{?([A-Za-z][A-Za-z_:-]{1,40}(?:19|20)\d\d[A-Za-z_]{0,30})\}?(?![\w@])/g;
const TEX = /\\(?:no|paren|foot|text|auto)?cite[a-zA-Z]{0,10}\*?(?:\[[^\]]{0,80}\]){0,2}\{([^{}]{0,300})\}/g;
const ROLE = /\{cite(?::\w{1,10})?\}|:cite(?::\w{1,10})?:/g;
const ROLE_SOURCE = /(?:\{cite(?::\w{1,10})?\}|:cite(?::\w{1,10})?:)`([^`\n]{1,300})`/y;
const NEEDED = /[[({]{1,2}(?:citations?(?: needed| required| missing| to come)|needs? (?:a )?(?:citation|reference|source)|(?:references?|refs?|sources?) (?:needed|required|missing)|add (?:a )?(?:citation|reference|ref|source)|cn|REFS?|refs?|cite|citation|source\?|TODO:? ?(?:cite|citation|ref|reference|source))(?:\|[^\]})]{0,60})?\??[\])}]{1,2}/gi;
const DOI = /(?:\bdoi(?::|\.org\/| ) ?|\b)(10\.\d{1,9}\/[^\s"<>{}|\\^`]{1,200})/gi;
const BAD_DOI = /\bdoi: ?(?!10\.\d{1,9}\/)([^\s"<>,;)\]]{1,100})/gi;
const PMID = /\b(?:PMID|PubMed ID)(?::| |#|: #)? ?([\dXx?]{1,12})\b/g;
const PMCID = /\b(?:PMCID:? ?)?PMC ?(\d{2,12})\b|\bPMCID:? ?(\d{2,12})\b/g;
const NCT = /\bNCT[ -]?([\dXx]{2,14})\b/g;

/** A source address or sign may be followed by what closes the sentence. */
function trimmed(value: string): string {
  let end = value.length;
  for (; end > 0; end--) {
    const c = value[end - 1]!;
    if (/[.,;:!?'"*_]/.test(c)) continue;
    if (c === ')' && !value.slice(0, end).includes('(')) continue;
    if (c === ']' && !value.slice(0, end).includes('[')) continue;
    break;
  }
  return value.slice(0, end);
}

// ---------------------------------------------------------------------------------------------------------- author–year

const YEAR = /(?<![\d.,:/$£€-])(?:19[5-9]|20[0-4])\d[a-z]?(?![\d%])/g;
const NAME = String.raw`(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]el|[Dd]i|[Dd]a|[Ll]a|[Ll]e|[Tt]en|[Dd]en|[Dd]er|Dos|dos|El|Al) ){0,2}\p{Lu}[\p{L}'-]{1,30}(?: (?:\p{Lu}\.? ?){1,3}(?![\p{L}]))?`;
const OTHERS = String.raw`(?:,? et al\b\.?|,? et coll\.?|,? and (?:colleagues|co-?workers|co-?authors|associates|others)\b)`;
const PAIR = String.raw`(?:,? ${NAME}){0,5},? (?:and|&) ${NAME}`;
const LEAD = String.raw`(?:(?:see|also|e\.g\.|cf\.?|reviewed (?:in|by)|review(?:ed)?:|in|from|and|source:|by|adapted from|after|for example|for (?:a )?reviews?),? ){0,3}`;
const IN_GROUP = new RegExp(String.raw`^ ?${LEAD}((${NAME})(?:(${OTHERS}|${PAIR})[^()[\]]{0,110}|'s work,? |,? ))$`, 'iu');
const NARRATIVE = new RegExp(String.raw`(?:^|[^\p{L}\p{N}'-])((${NAME})(?:(${OTHERS}|,? (?:and|&) ${NAME})(?:'s?)?|'s?)? [([])$`, 'u');
const BARE = new RegExp(String.raw`(?:^|[^\p{L}\p{N}'-])((${NAME})${OTHERS},? (?:(?:\p{Lu}[\p{L}.&-]{0,30}|of|and|the|&|in the)[ ,.:]{1,2}){0,8}\(?)$`, 'u');
const NO_YEAR = new RegExp(String.raw`[([]((${NAME})${OTHERS},?(?: [^()[\]]{0,80}?\d{1,4}(?:\(\d{1,3}\))?: ?\w?\d{1,6}(?:[–-]\w?\d{1,6})?)?)[)\]]`, 'gu');
const NO_AUTHORS = /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter|early|late|mid|in|since|from|until|till|by|before|after|about|around|circa|and|as of|table|fig(?:ure)?|section|chapter|box|appendix|vol(?:ume)?|issue|no|phase|part|version|edition|draft|copyright|usa?|uk|eu|us|the|a|an|photo|image|credit|est|born|class|page|year|fy|\w+ed)$/i;
const JOURNAL_WORDS = /\b(?:JAMA|Lancet|BMJ|NEJM|Nature|Science|Cell|Neuron|Pain|Journal|Psychiatry|Medicine|Archives|Annals|Review|Reviews|Psychopharmacology|Neuroscience|Times|Post|Guardian|News|PNAS|PLOS|Cochrane)\b/;
const SOURCE_LINE = /^(?:sources?|refs?|references?|citations?):? (?=[^ ])/i;

/** The nearest bracket before a place that is still open there, within what an editor would put in brackets. */
function openBefore(text: string, at: number): number {
  const least = Math.max(0, at - 400);
  let depth = 0;
  for (let i = at - 1; i >= least; i--) {
    const c = text[i]!;
    if (c === ')' || c === ']') depth++;
    else if (c === '(' || c === '[') {
      if (depth === 0) return i;
      depth--;
    }
  }
  return -1;
}

type Report = (start: number, end: number, form: CitationForm, keys: readonly string[], rank?: number) => void;

function authorYears(text: string, known: (name: string) => boolean, report: Report): void {
  let previous = -1; // behind the year before this one
  for (const m of text.matchAll(YEAR)) {
    const at = m.index;
    const end = at + m[0].length;
    const from = Math.max(0, at - 160);
    const before = text.slice(from, at);
    const last = previous;
    previous = end;
    const narrative = NARRATIVE.exec(before);
    if (narrative && /^[)\],;:]/.test(text.slice(end, end + 1))) {
      const author = narrative[2]!;
      if (narrative[3] ? !NO_AUTHORS.test(author) : !NO_AUTHORS.test(author) && !JOURNAL_WORDS.test(author) && known(author)) {
        const close = /^[^()[\]]{0,60}[)\]]/.exec(text.slice(end, end + 64))?.[0].length ?? 0;
        report(at - narrative[1]!.length, end + close, 'author-year', [surname(author), m[0]]);
        continue;
      }
    }
    const open = openBefore(text, at);
    if (open >= 0) {
      let part = Math.max(open + 1, open + 1 + text.slice(open + 1, at).lastIndexOf(';') + 1, last > open ? last + (/^,?(?: and| &)? /.exec(text.slice(last, last + 6))?.[0].length ?? 0) : 0, at - 200);
      const group = IN_GROUP.exec(text.slice(part, at));
      if (group) {
        const author = group[2]!;
        // The expression ignores case for its lead-in only: a name has a capital.
        if (/\p{Lu}/u.test(author) && !NO_AUTHORS.test(author) && (group[3] || !JOURNAL_WORDS.test(author))) {
          part = at - group[1]!.length;
          const tail = group[3] ? /^(?:[,;:] ?\d[\d():–;, -]{0,30}\d)?/.exec(text.slice(end, end + 40))![0].length : 0;
          report(part, end + tail, 'author-year', [surname(author), m[0]]);
          continue;
        }
      }
    }
    const bare = BARE.exec(before);
    if (bare && !NO_AUTHORS.test(bare[2]!)) {
      const close = bare[1]!.endsWith('(') && text[end] === ')' ? 1 : 0;
      report(at - bare[1]!.length, end + close, 'author-year', [surname(bare[2]!), m[0]]);
    }
  }
  for (const m of text.matchAll(NO_YEAR)) report(m.index + 1, m.index + 1 + m[1]!.length, 'author-year', [surname(m[2]!), ''], 4);
}

const surname = (author: string): string => author.replace(/(?: \p{Lu}\.?){1,3} ?$/u, '').replace(/ \p{Lu}{1,3}$/u, '').replace(/'s?$/, '').trim();

// ------------------------------------------------------------------------------------------------------------- the whole

const ORDINAL = /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|and|or|to|step|steps|\d)[,;:]? ?$/i;

/** A mark that stands in the text of a block. Offsets are those of the normalised text. */
interface Local {
  readonly start: number;
  readonly end: number;
  readonly form: CitationForm;
  readonly keys: readonly string[];
  readonly rank: number;
  /** `role`: its key is read from the source. `parentheses`: counts only where the document has no other style of number. */
  readonly from?: 'role' | 'parentheses';
}

/** What of a document its marks are judged by. */
interface Facts {
  readonly labels: ReadonlySet<string>;
  /** The highest number of a reference or note. */
  readonly most: number;
  /** Signs that have a note. */
  readonly signs: ReadonlySet<string>;
  /** The texts of its references. */
  readonly references: string;
  /** Marks by text, of references, of notes and of other blocks. */
  readonly kept: { readonly [kind in 'reference' | 'note' | 'other']: Kept<readonly Local[]> };
}

/** Facts that documents had lately. A keystroke seldom changes them, and what was found by them holds. */
const lately: { readonly key: string; readonly facts: Facts }[] = [];

function factsOf(labels: ReadonlySet<string>, most: number, signs: ReadonlySet<string>, references: string): Facts {
  const key = JSON.stringify([[...labels], [...signs], references]);
  const at = lately.findIndex((one) => one.key === key);
  const [known] = at >= 0 ? lately.splice(at, 1) : [{ key, facts: { labels, most, signs, references, kept: { reference: new Kept<readonly Local[]>(), note: new Kept<readonly Local[]>(), other: new Kept<readonly Local[]>() } } }];
  lately.unshift(known!);
  lately.length = Math.min(lately.length, 16);
  return known!.facts;
}

/** The marks in the text of a block. */
function marksIn(text: string, kind: 'reference' | 'note' | 'other', { labels, most, signs, references }: Facts): readonly Local[] {
  const out: Local[] = [];
  const report: Report = (start, end, form, keys, rank = 3) => { if (end > start) out.push({ start, end, form, keys, rank }); };
  const each = (expression: RegExp, cue: string, use: (m: RegExpExecArray) => void): void => {
    if (cue === '' || text.includes(cue)) for (const m of text.matchAll(expression)) use(m);
  };
  const known = (name: string): boolean => references.includes(surname(name));
  const digits = /\d/.test(text);

  if (digits) {
    each(DOI, '10.', (m) => { const value = trimmed(m[1]!); report(m.index, m.index + m[0].length - (m[1]!.length - value.length), 'identifier', [`doi:${value}`], 2); });
    each(PMID, 'PM', (m) => report(m.index, m.index + m[0].length, 'identifier', [`pmid:${m[1]!}`], 2));
    each(PMID, 'PubMed', (m) => { if (!text.includes('PM')) report(m.index, m.index + m[0].length, 'identifier', [`pmid:${m[1]!}`], 2); });
    each(PMCID, 'PMC', (m) => report(m.index, m.index + m[0].length, 'identifier', [`pmcid:PMC${m[1] ?? m[2]!}`], 2));
  }
  each(BAD_DOI, '', (m) => report(m.index, m.index + m[0].length, 'identifier', [`doi:${trimmed(m[1]!)}`], 2));
  each(NCT, 'NCT', (m) => { if (/[\dX]{4}/i.test(m[1]!)) report(m.index, m.index + m[0].length, 'identifier', [`nct:NCT${m[1]!.toUpperCase()}`], 2); });
  each(NEEDED, '', (m) => report(m.index, m.index + m[0].length, 'needed', [], 2));
  if (kind === 'reference') return out;

  each(KEYS, '@', (m) => {
    const keys = [...m[1]!.matchAll(KEY_IN)].map((key) => key[1]!);
    if (keys.length > 0 && !/\w@/.test(m[1]!) && /(?:^|[\s;-])@/.test(m[1]!)) report(m.index, m.index + m[0].length, 'key', keys, 2);
  });
  each(BARE_KEY, '@', (m) => report(m.index, m.index + m[0].length, 'key', [m[1]!]));
  each(TEX, '\\', (m) => report(m.index, m.index + m[0].length, 'key', m[1]!.split(',').map((key) => key.trim()).filter(Boolean), 2));
  each(ROLE, 'cite', (m) => {
    // The key stands in back quotes, which a format may have taken for code: read it from the source.
    out.push({ start: m.index, end: m.index + m[0].length, form: 'key', keys: [], rank: 2, from: 'role' });
  });
  each(BRACKET, '[', (m) => {
    const keys = expandNumbers(m[2]!);
    const before = text.slice(Math.max(0, m.index - 14), m.index);
    const listed = keys.every((key) => labels.has(key));
    if (keys.length === 0 || keys.includes('0') || INTERVAL_BEFORE.test(before) && !(listed && most > 0 && keys.length === 1)) return;
    if (/\d ?$/.test(before) && keys.length > 1 && !listed) return;
    report(m.index, m.index + m[0].length, m[1] ? 'footnote' : 'number', keys);
  });
  each(NAMED_NOTE, '[', (m) => report(m.index, m.index + m[0].length, 'footnote', [m[1]!], 4));
  each(NAMED_NUMBER, '(', (m) => report(m.index, m.index + m[0].length, 'number', expandNumbers(m[1]!)));
  each(SUPERSCRIPT, '', (m) => {
    const before = text.slice(Math.max(0, m.index - 24), m.index);
    if (!/(?:[.,;:!?)"'\]%]|\p{L}{3}|(?<!\d)(?:19|20)\d\d)$/u.test(before) || /(?:^|[\s/(·])(?:mol|min|cell|sec|day|mmol)$/.test(before) && !labels.has(lower(m[0]))) return;
    report(m.index, m.index + m[0].length, 'number', expandNumbers(lower(m[0])));
  });
  if (most > 0 && digits) {
    each(GLUED, '', (m) => {
      const keys = expandNumbers(m[0]);
      if (keys.some((key) => key === '0' || Number(key) > most + 5) || m[0].startsWith('0')) return;
      const word = /([\p{L}\p{N}-]{1,24})[.,;:!?"')\]]*$/u.exec(text.slice(Math.max(0, m.index - 28), m.index))?.[1] ?? '';
      const stopped = /[.,;:!?"')\]]$/.test(text[m.index - 1]!);
      if (/^(?:no|nos|fig|figs|vol|pp|ref|refs|eq|ch|sec|table|day|week|month|phase|grade|stage|type|covid|v|p)$/i.test(word)) return;
      if (!stopped && (/[\p{Lu}\d]/u.test(word.slice(1)) || word.includes('-'))) return;
      report(m.index, m.index + m[0].length, 'number', keys);
    });
    each(PARENTHESISED, '(', (m) => {
      const keys = expandNumbers(m[1]!);
      if (keys.some((key) => key === '0' || Number(key) > most)) return;
      const before = text.slice(Math.max(0, m.index - 14), m.index);
      const after = text.slice(m.index + m[0].length, m.index + m[0].length + 2);
      if (!/[\p{L}%)"'.!?] ?$/u.test(before) || ORDINAL.test(before) || /[:,;] ?$/.test(before)) return;
      if (!/^(?:$|[.,;:)]| \p{Ll})/u.test(after) && !/[.!?]$/.test(before)) return;
      out.push({ start: m.index, end: m.index + m[0].length, form: 'number', keys, rank: 3, from: 'parentheses' });
    });
  }
  if (signs.size > 0) {
    each(SIGN, '', (m) => { if (signs.has(m[1]!) && !(m.index === 0 && SIGN_NOTE.test(text.slice(0, 8)))) report(m.index, m.index + m[0].length, 'footnote', [m[1]!]); });
  }
  if (digits || text.includes('et al') || text.includes('colleagues')) {
    // A note that opens with its authors is a reference, not a citation of one.
    authorYears(text, known, (start, ...rest) => { if (start > 0 || kind !== 'note') report(start, ...rest); });
  }
  if (!out.some(({ from }) => from !== 'parentheses') && digits) {
    const line = SOURCE_LINE.exec(text);
    const year = line && text.slice(line[0].length).match(YEAR)?.[0];
    if (line && year && text.length < 400) report(line[0].length, text.length, 'author-year', [/^[\p{L}'-]+/u.exec(text.slice(line[0].length))?.[0] ?? '', year], 4);
  }
  return out;
}

/** All citations of a document, in order. A mark behind a sentence's stop belongs to that sentence. */
export function findCitations(document: Parsed): Citation[] {
  const { blocks, texts, parsed, text: source } = document;
  const labels = referenceLabels(document);
  const numbered = [...labels.keys()].filter((label) => /^\d{1,4}$/.test(label)).map(Number);
  const most = numbered.reduce((a, b) => Math.max(a, b), 0);
  const found: Found[] = [];

  // What the format has made out: marks and links, each in its block.
  const places = blockFinder(blocks);
  for (const mark of parsed.marks) {
    if (mark.form === 'cross-reference' && mark.keys.every((key) => !labels.has(key)) && /^(?:_|fig|tab|tbl|sec|sect|eq|box|app|lst|ch)[\w-]*[:_-]?/i.test(mark.keys[0] ?? '')) continue;
    const form = mark.form === 'superscript' ? (mark.keys.every((key) => /^\d/.test(key)) ? 'number' : 'footnote') : mark.form === 'footnote' ? 'footnote' : 'key';
    found.push({ span: mark.span, form, keys: mark.keys, block: places(mark.span.start), rank: 0 });
  }
  const own = parsed.links.length > 0 ? ownHosts(document) : new Set<string>();
  for (const link of parsed.links) {
    const what = ofLink(link, source, own);
    if (what) found.push({ span: link.span, ...what, block: places(link.span.start), rank: 1 });
  }

  const signs = new Set<string>();
  blocks.forEach((block, b) => {
    if (isEntry(block) && /^[*†‡§¶]+$/.test(block.label)) signs.add(block.label);
    const sign = SIGN_NOTE.exec(texts[b]!.text.slice(0, 8))?.[1];
    if (sign) signs.add(sign);
  });
  const facts = factsOf(new Set(labels.keys()), most, signs, blocks.flatMap((block, b) => (block.kind === 'reference' ? texts[b]!.text : [])).join('\n'));
  const parenthesised: Found[] = [];
  blocks.forEach((block, b) => {
    const { text } = texts[b]!;
    if (text === '') return;
    const kind = block.kind === 'reference' || block.kind === 'note' ? block.kind : 'other';
    let marks = facts.kept[kind].get(text);
    if (!marks) facts.kept[kind].set(text, marks = marksIn(text, kind, facts));
    if (marks.length === 0) return;
    const body = texts[b]!;
    for (const { start, end, form, keys, rank, from } of marks) {
      if (from === 'role') {
        ROLE_SOURCE.lastIndex = sourceOf(body, start)!;
        const role = ROLE_SOURCE.exec(source);
        if (role) found.push({ span: span(role.index, role.index + role[0].length), form, keys: role[1]!.split(/[,;]/).map((key) => key.trim()).filter(Boolean), block: b, rank });
      } else (from === 'parentheses' ? parenthesised : found).push({ span: span(sourceOf(body, start)!, sourceEnd(source, parsed.prose, sourceOf(body, end - 1)!)), form, keys, block: b, rank });
    }
  });

  // Numbers in parentheses are citations only where the text has no other style of number and more than one of these.
  if (parenthesised.length >= Math.min(2, numbered.length) && !found.some(({ form }) => form === 'number')) found.push(...parenthesised);

  return settle(found).map(({ span: at, form, keys, block }) => ({ span: at, form, keys, unit: unitOf(document, at.start, block) }));
}

/** In order; of those that overlap, the one of the lowest rank, then the first. */
function settle(found: readonly Found[]): Found[] {
  const ordered = [...found].sort((a, b) => a.span.start - b.span.start || a.rank - b.rank || b.span.end - a.span.end);
  const out: Found[] = [];
  for (const next of ordered) {
    const last = out.at(-1);
    if (last && overlaps(last.span, next.span)) {
      if (next.rank < last.rank) { out.pop(); out.push(next); }
    } else if (!(last && last.span.start === next.span.start && last.span.end === next.span.end)) out.push(next);
  }
  return out;
}

/** Finds the block at an offset; -1 where there is none. */
function blockFinder(blocks: readonly Block[]): (offset: number) => number {
  return (offset) => {
    let low = 0;
    let high = blocks.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = blocks[middle]!.span;
      if (offset < at.start) high = middle - 1;
      else if (offset >= at.end) low = middle + 1;
      else return middle;
    }
    return -1;
  };
}

function unitOf({ blocks, units, firstUnit }: Parsed, start: number, b: number): number {
  const block = blocks[b];
  if (!block || isEntry(block)) return -1;
  const first = firstUnit[b]!;
  const end = firstUnit[b + 1]!;
  if (first === end) {
    // Nothing but citations: a cell speaks for its row, a line for what stands before it.
    const near = [b - 1, b + 1].concat(block.kind === 'cell' ? [b - 2, b + 2, b - 3, b + 3] : []);
    const next = near.find((n) => blocks[n] && firstUnit[n]! < firstUnit[n + 1]! && !isEntry(blocks[n]!)
      && (block.kind === 'cell' ? blocks[n]!.kind === 'cell' && blocks[n]!.group === block.group && blocks[n]!.row === block.row : n < b && blocks[n]!.kind !== 'heading'));
    return next === undefined ? -1 : firstUnit[next + 1]! - 1;
  }
  let low = first;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (units[middle]!.span.start <= start) low = middle;
    else high = middle - 1;
  }
  return low;
}

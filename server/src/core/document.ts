import { findCitations, type Citation } from './citations';
import { FILL, sourceEnd, type Block, type Format, type Parsed, type Run } from './formats/format';
import { Kept, saidOf, type Said } from './kept';
import { splitSentences } from './sentences';
import { readSuppressions, type Suppression } from './suppressions';
import { span, type Span } from './text';

/**
 * Text as it is matched: white space folded to single spaces, FILL and invisible characters dropped, quotation marks
 * and hyphens made plain. `map[i]` is the source offset of `text[i]`; `map[text.length]` is behind the last character.
 */
export interface Normalised {
  readonly text: string;
  readonly map: Uint32Array;
}

const PLAIN: { readonly [c: string]: string } = {
  '‘': "'", '’': "'", '‚': "'", '‛': "'", '“': '"', '”': '"', '„': '"', '‟': '"', '«': '"', '»': '"',
  '‐': '-', '‑': '-', '−': '-', '\u00ad': '', '\u200b': '', '\u200c': '', '\u200d': '', '\u2060': '', '\ufeff': '', [FILL]: '',
};

/** Normalises what a span of the prose holds; offsets in the result's map are those of the source. */
export function normalise(prose: string, at: Span): Normalised {
  const out: string[] = [];
  const map = new Uint32Array(at.end - at.start + 1);
  let n = 0;
  let gap = true; // at the start, white space is dropped
  let last = at.start;
  for (let i = at.start; i < at.end; i++) {
    const c = prose[i]!;
    if (c === ' ' || (c >= '\t' && c <= '\r') || c === '\u00a0' || (c > '\u1fff' && c !== '\ufeff' && /\s/u.test(c))) {
      if (!gap) { map[n++] = i; out.push(' '); gap = true; }
      continue;
    }
    const plain = c < '\u007f' && c !== FILL ? c : PLAIN[c] ?? c;
    if (plain === '') continue;
    map[n++] = i;
    out.push(plain);
    gap = false;
    last = i + 1;
  }
  if (n > 0 && out[n - 1] === ' ') { n--; out.pop(); }
  map[n] = last;
  return { text: out.join(''), map: map.subarray(0, n + 1) };
}

/** A sentence, list item, heading or cell: what a claim is made in. */
export interface Unit {
  /** Its place in `document.units`. */
  readonly index: number;
  readonly block: number;
  /** Offsets into the normalised text of its block. */
  readonly from: number;
  readonly to: number;
  /** The normalised text from `from` to `to`. */
  readonly text: string;
  /** The same, with what is known of it. */
  readonly said: Said;
  /** In the source. */
  readonly span: Span;
}

export interface Document {
  readonly text: string;
  readonly format: Format;
  readonly parsed: Parsed;
  readonly blocks: readonly Block[];
  /** The normalised text of each block. */
  readonly texts: readonly Normalised[];
  readonly units: readonly Unit[];
  /** For each block the first of its units, and behind the last block the number of units. */
  readonly firstUnit: readonly number[];
  /** For each block the indexes of the heading blocks it stands under, outermost first. */
  readonly headings: readonly (readonly number[])[];
  readonly citations: readonly Citation[];
  readonly suppressions: readonly Suppression[];
  /** Runs of blocks, in order, all of them: what depends on a run alone is kept with it (see `perRun`). */
  readonly runs: readonly UnitRun[];
}

export interface UnitRun {
  readonly facts: unknown[];
  /** Units from one to before the other. */
  readonly from: number;
  readonly to: number;
}

let runFacts = 0;

/**
 * For each run of a document what a function makes of it. It is made once for a run, so it must depend on nothing but
 * the kinds and texts of the run's own blocks, and count units from the run's first.
 */
export function perRun<T extends {} | null>(compute: (document: Document, run: UnitRun) => T): (document: Document) => readonly T[] {
  const fact = runFacts++;
  return (document) => document.runs.map((run) => {
    const known = run.facts[fact];
    return (known === undefined ? run.facts[fact] = compute(document, run) : known) as T;
  });
}

/** The units of a document that pass a test of their own words, the kind of their block and, of a run, the unit before them. */
export function unitsWhere(test: (unit: Unit, kind: Block['kind'], before: Unit | undefined) => boolean): (document: Document) => Unit[] {
  const found = perRun((document, { from, to }) => {
    const out: number[] = [];
    for (let u = from; u < to; u++) if (test(document.units[u]!, document.blocks[document.units[u]!.block]!.kind, u > from ? document.units[u - 1] : undefined)) out.push(u - from);
    return out;
  });
  return (document) => {
    const out: Unit[] = [];
    found(document).forEach((own, r) => {
      const { from } = document.runs[r]!;
      for (const u of own) out.push(document.units[from + u]!);
    });
    return out;
  };
}

/** Where in the source a unit of a normalised text stands: as its map says it, which is not made for this. */
export function sourceOf(text: Normalised, at: number): number | undefined {
  if (!(text instanceof Placed)) return text.map[at];
  const own = text.body.map[at];
  return own === undefined ? undefined : own + text.at;
}

/** The source span of a range of a unit's normalised text (offsets relative to the unit). */
export function sourceSpan(document: Document, unit: Unit, start: number, end: number): Span {
  const body = document.texts[unit.block]!;
  const from = sourceOf(body, unit.from + start) ?? unit.span.end;
  if (end <= start) return span(from, from);
  const last = sourceOf(body, unit.from + end - 1);
  return span(from, last === undefined ? Math.max(from, unit.span.end) : Math.max(from, sourceEnd(document.text, document.parsed.prose, last)));
}

/** What is made of the prose of a block alone, wherever it stands: the map counts from its start. */
interface Body {
  readonly text: string;
  readonly map: Uint32Array;
  /** Ranges of the sentences, and their texts. */
  readonly sentences: readonly { readonly from: number; readonly to: number; readonly said: Said }[];
  /** As one sentence, as headings are read. */
  readonly whole: readonly { readonly from: number; readonly to: number; readonly said: Said }[];
}

const bodies = new Kept<Body>();

const bodyOf = (prose: string): Body => bodies.of(prose, (own) => {
  const { text, map } = normalise(own, span(0, own.length));
  const sentences = text === '' ? [] : splitSentences(text).map(({ start, end }) => ({ from: start, to: end, said: saidOf(text.slice(start, end)) }));
  return { text, map: map.slice(), sentences, whole: text === '' ? [] : [{ from: 0, to: text.length, said: saidOf(text) }] };
});

/** A body at its place. The map is made when it is asked for: most blocks have nothing that needs it. */
class Placed implements Normalised {
  #map: Uint32Array | undefined;

  constructor(readonly body: Body, readonly at: number) {}

  get text(): string {
    return this.body.text;
  }

  get map(): Uint32Array {
    return this.#map ??= this.at === 0 ? this.body.map : this.body.map.map((offset) => offset + this.at);
  }
}

/** What was made of a run of blocks, and where it stood then. */
interface Made {
  readonly bodies: readonly Body[];
  readonly at: number;
  readonly block: number;
  readonly unit: number;
  readonly texts: readonly Normalised[];
  readonly units: readonly Unit[];
}

const MADE = runFacts++;

/** The texts and units of a run: those of the last time where it still stands where it stood. */
function madeOf(text: string, { blocks, prose }: Parsed, { key, from, to }: Run, unit: number): Made {
  const last = key.facts[MADE] as Made | undefined;
  const at = blocks[from]?.span.start ?? 0;
  if (last && last.at === at && last.block === from && last.unit === unit) return last;
  const bodies: Body[] = [];
  const texts: Normalised[] = [];
  const units: Unit[] = [];
  for (let b = from; b < to; b++) {
    const { kind, span: { start, end } } = blocks[b]!;
    const body = last?.bodies[b - from] ?? bodyOf(prose.slice(start, end));
    const { map } = body;
    bodies.push(body);
    texts.push(new Placed(body, start));
    for (const { from: first, to: behind, said } of kind === 'heading' || kind === 'title' && !/[.!?] /.test(body.text) ? body.whole : body.sentences) {
      units.push({
        index: unit + units.length, block: b, from: first, to: behind, text: said.text, said,
        span: { start: start + map[first]!, end: sourceEnd(text, prose, start + map[behind - 1]!) },
      });
    }
  }
  const made = { bodies, at, block: from, unit, texts, units };
  key.facts[MADE] = made;
  return made;
}

/** Reads a text by its format. Never throws for any text. What was read of equal stretches before is used again. */
export function parseDocument(text: string, format: Format): Document {
  const parsed = format.parse(text);
  const { blocks } = parsed;
  const texts: Normalised[] = [];
  const units: Unit[] = [];
  const firstUnit: number[] = [];
  const runs: UnitRun[] = [];
  for (const run of parsed.runs ?? [{ key: { facts: [] }, from: 0, to: blocks.length }]) {
    const from = units.length;
    const made = madeOf(text, parsed, run, from);
    for (const one of made.texts) texts.push(one);
    let b = run.from;
    for (const unit of made.units) {
      while (b <= unit.block) { firstUnit.push(units.length); b++; }
      units.push(unit);
    }
    while (b++ < run.to) firstUnit.push(units.length);
    runs.push({ facts: run.key.facts, from, to: units.length });
  }
  firstUnit.push(units.length);
  const headings: (readonly number[])[] = [];
  let path: readonly number[] = [];
  blocks.forEach(({ kind, level }, b) => {
    if (kind === 'heading') {
      path = path.filter((h) => blocks[h]!.level < level);
      headings.push(path);
      path = [...path, b];
    } else headings.push(path);
  });
  const partial = { text, format, parsed, blocks, texts, units, firstUnit, headings, runs, suppressions: readSuppressions(text, parsed) };
  return { ...partial, citations: findCitations(partial) };
}

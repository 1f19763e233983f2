import { normalise } from './document';
import type { Pack } from './pack';
import { compilePlan } from './plan';
import { Matcher, type Hit } from './phrases';
import { scanText } from './rules/wording';
import { span } from './text';

export interface PackTestFailure {
  /** The entry's id. */
  readonly entry: string;
  readonly kind: 'not-fired' | 'not-quiet' | 'not-covered' | 'no-lines';
  /** The line or phrase that it is about; '' where the entry has no lines. */
  readonly line: string;
  readonly message: string;
}

export interface PackTestResult {
  readonly entries: number;
  readonly lines: number;
  readonly failures: readonly PackTestFailure[];
}

interface Way {
  readonly phrases: readonly string[];
  /** Phrases that hold a hit back: where they overlap it, where they do and do not lie inside it, or anywhere in the line. */
  readonly unless: readonly string[];
  readonly reach: 'overlap' | 'over' | 'line';
}

/** Hits of an entry that are found by more than its phrases: what else the rules look at in a line. */
type Finder = (line: string, id: string) => readonly { readonly start: number; readonly end: number }[];

interface Tried {
  readonly id: string;
  readonly ways: readonly Way[];
  readonly fires: readonly string[];
  readonly quiet: readonly string[];
  /** Where it is given, its word counts; the phrases then only tell which of them are covered. */
  readonly finder?: Finder;
}

/** True where `a` lies within `b` and is shorter. */
const inside = (a: Hit<number>, b: Hit<number>): boolean => b.start <= a.start && a.end <= b.end && a.end - a.start < b.end - b.start;

const numbered = (phrases: readonly string[]): Matcher<number> => new Matcher(phrases.map((phrase, value) => ({ phrase, value })));

/**
 * Tries every entry of a pack that has phrases on its own lines: each of `fires` is hit, none of `quiet` is, and every
 * phrase is hit in some line. Takes a pack that `readPack` let through.
 */
export function testPack(pack: Pack): PackTestResult {
  const plan = compilePlan({}, [pack]);
  const finder: Finder = (line, id) => scanText(normalise(line, span(0, line.length)).text, plan).filter(({ wording }) => wording.id === id);
  const tried: Tried[] = [
    ...pack.errors.map((error) => ({ ...error, ways: [{ ...error, reach: 'line' as const }, ...error.omission ? [{ ...error.omission, reach: 'line' as const }] : []] })),
    ...pack.wordings.map((wording) => ({ ...wording, finder, ways: [{ ...wording, reach: 'overlap' as const }] })),
    ...pack.disclosures.map((disclosure) => ({ ...disclosure, ways: [{ phrases: disclosure.satisfied, unless: disclosure.not, reach: 'over' as const }] })),
  ].filter(({ ways }) => ways.some(({ phrases }) => phrases.length > 0));
  return {
    entries: tried.length,
    lines: tried.reduce((sum, { fires, quiet }) => sum + fires.length + quiet.length, 0),
    failures: tried.flatMap(tryEntry),
  };
}

/** The indexes of a way's phrases that hit a line, which stands for a document of one sentence. */
function tester({ phrases, unless, reach }: Way): (line: string) => Hit<number>[] {
  const phrase = numbered(phrases);
  const held = numbered(unless);
  return (line) => {
    const { text } = normalise(line, span(0, line.length));
    const stays = held.scan(text);
    return phrase.scan(text).filter((hit) => !stays.some((stay) => reach === 'line' || (stay.start < hit.end && hit.start < stay.end && !(reach === 'over' && inside(stay, hit)))));
  };
}

function tryEntry({ id, ways, fires, quiet, finder }: Tried): PackTestFailure[] {
  const failures: PackTestFailure[] = [];
  const fail = (kind: PackTestFailure['kind'], line: string, message: string): void => void failures.push({ entry: id, kind, line, message });
  if (fires.length === 0) fail('no-lines', '', 'There is no line that must fire.');
  if (quiet.length === 0) fail('no-lines', '', 'There is no line that must stay quiet.');
  const testers = ways.map((way) => ({ ...way, hits: tester(way), covered: new Set<number>() }));
  for (const line of fires) {
    const found = testers.map(({ hits, covered }) => hits(line).map(({ value }) => covered.add(value)).length);
    if (finder ? finder(line, id).length === 0 : found.every((n) => n === 0)) fail('not-fired', line, 'This line should be hit and is not.');
  }
  for (const line of quiet) {
    if (finder && finder(line, id).length === 0) continue;
    for (const { hits, phrases } of testers) {
      const found = hits(line)[0];
      if (found) fail('not-quiet', line, `This line should stay quiet and is hit by “${phrases[found.value]!}”.`);
    }
  }
  for (const { phrases, covered } of testers) {
    phrases.forEach((line, i) => {
      if (!covered.has(i)) fail('not-covered', line, 'No line fires this phrase.');
    });
  }
  return failures;
}

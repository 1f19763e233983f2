// Which fixes heal, and how they are applied one after another until nothing is left to fix.

import { parseDocument, type Document } from './document';
import { composeEdits, inserted, mapOffset } from './edits';
import type { Finding, Fix } from './finding';
import { candidatesOf, lint, type LintResult } from './lint';
import type { Plan } from './plan';
import { RULES } from './rules/index';
import type { Rule } from './rules/rule';
import { applyEdits, type Edit, type Span } from './text';

/** Beyond this a document is not read again for every fix that is offered. */
const MOST_CHECKED = 300_000;

// -------------------------------------------------------------------------------------------------------------- healing

/** What a fix may leave behind to be filled in: it is reported until it is. */
export const isDebt = ({ rule, data }: Finding): boolean => data['debt'] === true || rule === 'unresolved-citation' && data['problem'] === 'needed';

/** Findings about the document as a whole: their place is only where they are shown. */
const WHOLE: ReadonlySet<string> = new Set(['missing-disclosure', 'unbalanced-benefit']);

/** True where a finding of the new text is the one of the old text: in the same place, or as much as is left of it. */
function isSame(now: Finding, then: Finding, edits: readonly Edit[]): boolean {
  if (now.rule !== then.rule) return false;
  if (WHOLE.has(then.rule)) {
    const [a, b] = [now.data['missing'], then.data['missing']];
    return now.data['level'] === then.data['level'] && (!Array.isArray(a) || !Array.isArray(b) || a.every((id) => b.includes(id)));
  }
  const start = mapOffset(edits, then.span.start, false);
  const end = mapOffset(edits, then.span.end, true);
  return now.span.start < Math.max(end, start + 1) && start < Math.max(now.span.end, now.span.start + 1);
}

/** What became of findings: those of the old text that are gone, those of the new text that were not there. */
function compare(before: readonly Finding[], after: readonly Finding[], edits: readonly Edit[]): { readonly gone: ReadonlySet<Finding>; readonly added: readonly Finding[] } {
  const left = new Set(before);
  const added: Finding[] = [];
  for (const now of after) {
    const then = [...left].find((one) => isSame(now, one, edits));
    if (then) left.delete(then);
    else added.push(now);
  }
  return { gone: left, added };
}

/** True where everything that no edit touches is read as it was: blocks, marks, links, comments. */
function keepsStructure(before: Document, after: Document, edits: readonly Edit[]): boolean {
  const touched = (at: Span): boolean => edits.some(({ span: one }) => one.start < at.end && at.start < one.end || one.start === one.end && at.start <= one.start && one.start <= at.end);
  const same = <T extends { readonly span: Span }>(then: readonly T[], now: readonly T[], key: (one: T) => string): boolean => {
    const there = new Set(now.map((one) => `${one.span.start} ${one.span.end} ${key(one)}`));
    return then.every((one) => touched(one.span) || there.has(`${mapOffset(edits, one.span.start, true)} ${mapOffset(edits, one.span.end, false)} ${key(one)}`));
  };
  const starts = new Map(after.blocks.map((block) => [block.span.start, block]));
  return same(before.blocks, after.blocks, ({ kind, level, row, column, quoted, role }) => `${kind} ${level} ${row} ${column} ${quoted} ${role}`)
    && before.blocks.every((block) => {
      // A block that an edit is in stays what it is; one that is deleted whole is let go.
      if (!touched(block.span) || edits.some(({ span: at }) => at.start <= block.span.start && block.span.end <= at.end)) return true;
      const now = starts.get(mapOffset(edits, block.span.start, false)) ?? starts.get(mapOffset(edits, block.span.start, true));
      return now !== undefined && now.kind === block.kind && now.row === block.row && now.column === block.column && now.quoted === block.quoted;
    })
    && same(before.parsed.marks, after.parsed.marks, ({ keys }) => keys.join())
    && same(before.parsed.links, after.parsed.links, ({ target }) => target)
    && same(before.parsed.comments, after.parsed.comments, () => '')
    && after.parsed.links.length >= before.parsed.links.length && after.parsed.comments.length >= before.parsed.comments.length
    && (before.parsed.frontMatter === undefined) === (after.parsed.frontMatter === undefined);
}

const read = new WeakMap<Document, { readonly plan: Plan; readonly rules: readonly Rule[]; readonly result: LintResult }>();

/** The document's findings by exactly these rules, kept by document. */
function baseline(document: Document, plan: Plan, rules: readonly Rule[]): LintResult {
  const kept = read.get(document);
  if (kept && kept.plan === plan && kept.rules === rules) return kept.result;
  const result = lint(document, plan, rules);
  read.set(document, { plan, rules, result });
  return result;
}

/** What a fix makes of a document. */
interface Attempt {
  readonly result: LintResult;
  /** Its finding is gone, or the debt alone is left in its place. */
  readonly healed: boolean;
  /** What it adds beyond declared debts. */
  readonly added: readonly Finding[];
}

function attempt(finding: Finding, { edits }: Fix, document: Document, plan: Plan, rules: readonly Rule[]): Attempt | undefined {
  const text = applyEdits(document.text, edits);
  if (text === document.text) return undefined;
  const after = parseDocument(text, document.format);
  if (!keepsStructure(document, after, edits)) return undefined;
  const before = baseline(document, plan, rules);
  const result = baseline(after, plan, rules);
  if (result.faults.length > before.faults.length) return undefined;
  const then = before.findings.find((one) => one.rule === finding.rule && one.span.start === finding.span.start && one.span.end === finding.span.end && one.data['level'] === finding.data['level']);
  if (!then) return undefined;
  const { gone, added } = compare(before.findings, result.findings, edits);
  const filled = inserted(edits);
  const owed = (one: Finding): boolean => isDebt(one) && filled.some((at) => at.start <= one.span.start && one.span.end <= at.end);
  const healed = gone.has(then)
    // Of a disclaimer one statement: less is missing than was.
    || WHOLE.has(then.rule) && result.findings.some((now) => isSame(now, then, edits) && lengthOf(now.data['missing']) < lengthOf(then.data['missing']))
    || !isDebt(then) && result.findings.filter((now) => isSame(now, then, edits)).every(isDebt);
  return { result, healed, added: added.filter((one) => !owed(one)) };
}

export interface Healing {
  readonly fix: Fix;
  /** What the document is then. */
  readonly result: LintResult;
}

/**
 * The fix, where it heals: its finding is gone, none but a declared debt is added, and everything outside its edits is
 * read as it was. Where a milder wording is a claim that wants a source, the fix marks that too.
 */
export function healing(finding: Finding, fix: Fix, document: Document, plan: Plan, rules: readonly Rule[] = RULES): Healing | undefined {
  const first = attempt(finding, fix, document, plan, rules);
  if (!first?.healed) return undefined;
  if (first.added.length === 0) return { fix, result: first.result };
  if (first.added.length > 1 || first.added[0]!.rule !== 'missing-citation') return undefined;
  const mark = candidatesOf(first.added[0]!, first.result, plan, rules).find(({ edits }) => edits.length === 1 && /citation needed/.test(edits[0]!.text));
  if (!mark) return undefined;
  const marked: Fix = { ...fix, title: `${fix.title}, and mark as [citation needed]`, edits: composeEdits(document.text, fix.edits, mark.edits) };
  const second = attempt(finding, marked, document, plan, rules);
  return second?.healed && second.added.length === 0 ? { fix: marked, result: second.result } : undefined;
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/**
 * The fixes of a finding that heal it, preferred first. Each is tried on the document; one that would leave the finding,
 * add another or break markup is not offered. Where the rule's own first choice does not heal, the next one is preferred.
 */
export function fixesOf(finding: Finding, result: LintResult, plan: Plan, rules: readonly Rule[] = RULES, wanted: (fix: Fix) => boolean = () => true): readonly Fix[] {
  const candidates = candidatesOf(finding, result, plan, rules).filter(wanted);
  if (result.document.text.length > MOST_CHECKED) return candidates;
  const heals = candidates.map((fix) => healing(finding, fix, result.document, plan, rules)?.fix);
  // One thing may be put in several places: the first that heals is offered.
  const offered = heals.filter((fix, i): fix is Fix => fix !== undefined && heals.findIndex((other) => other?.title === fix.title) === i);
  const preferred = candidates.findIndex((fix) => fix.preferred);
  if (preferred < 0 || heals[preferred]) return offered;
  // What stands behind the first choice is next to it, before what stands ahead.
  const next = heals.slice(preferred).find((fix) => fix !== undefined) ?? offered[0];
  return offered.map((fix) => (fix === next ? { ...fix, preferred: true } : fix));
}

/** The first choice of `fixesOf`, found without trying those behind it: for many findings at once. */
export function fixOf(finding: Finding, result: LintResult, plan: Plan, rules: readonly Rule[] = RULES): Fix | undefined {
  const candidates = candidatesOf(finding, result, plan, rules);
  const at = Math.max(0, candidates.findIndex(({ preferred }) => preferred));
  for (const fix of [...candidates.slice(at), ...candidates.slice(0, at)]) {
    const heals = result.document.text.length > MOST_CHECKED ? fix : healing(finding, fix, result.document, plan, rules)?.fix;
    if (heals) return heals;
  }
  return undefined;
}

// ------------------------------------------------------------------------------------------------------------- fix all

export interface FixedText {
  readonly text: string;
  /** What was done, in order. */
  readonly applied: readonly { readonly rule: string; readonly title: string }[];
  /** The findings that are left. */
  readonly result: LintResult;
}

/** Rewording comes before citing, and the disclosures last: they are for the text as it will stand. */
const ORDER = ['absolute-language', 'promotional-language', 'approval-status', 'overstated-evidence', 'minimised-risk', 'known-error', 'bare-statistic', 'anecdotal-evidence', 'unmatched-study', 'unresolved-citation', 'missing-citation', 'missing-disclosure'];
const turn = ({ rule }: Finding): number => { const at = ORDER.indexOf(rule); return at < 0 ? ORDER.indexOf('missing-citation') : at; };

const MOST_ROUNDS = 2000;

/**
 * Applies the safe fixes of all findings, or with `judgement` the preferred fix of each, one after another until none
 * is left that heals. Every step takes a finding away and adds none but a debt, so it ends.
 */
export function fixText(document: Document, plan: Plan, judgement: boolean, rules: readonly Rule[] = RULES): FixedText {
  let result = baseline(document, plan, rules);
  const applied: { rule: string; title: string }[] = [];
  const name = ({ rule, span: at, data }: Finding): string => `${rule} ${result.document.text.slice(Math.max(0, at.start - 40), at.end + 10)} ${String(data['level'] ?? '')}`;
  // What could not be fixed is not tried again until all else is done.
  let hopeless = new Set<string>();
  for (let round = 0, sure = false; round < MOST_ROUNDS; round++) {
    const step = next(result, plan, rules, judgement, (finding) => hopeless.has(name(finding)), (finding) => hopeless.add(name(finding)));
    if (step) {
      sure = false;
      applied.push({ rule: step.finding.rule, title: step.fix.title });
      result = step.result;
    } else if (sure || hopeless.size === 0) break;
    else {
      hopeless = new Set();
      sure = true;
    }
  }
  return { text: result.document.text, applied, result };
}

function next(result: LintResult, plan: Plan, rules: readonly Rule[], judgement: boolean, skip: (finding: Finding) => boolean, failed: (finding: Finding) => void): { readonly finding: Finding; readonly fix: Fix; readonly result: LintResult } | undefined {
  for (const finding of judgement ? [...result.findings].sort((a, b) => turn(a) - turn(b)) : result.findings) {
    if (skip(finding)) continue;
    const candidates = candidatesOf(finding, result, plan, rules).filter(({ kind, action }) => action !== 'suppress' && (judgement || kind === 'safe'));
    const first = candidates.filter(({ preferred }) => preferred);
    // A source that fits less well is for the editor to choose: where the best does not go, the debt is marked.
    const others = candidates.filter((fix) => !fix.preferred && (finding.rule !== 'missing-citation' || fix.edits.length === 1 && /citation needed/.test(fix.edits[0]!.text)));
    // Behind a failed first choice comes what stands after it in the list.
    const at = candidates.findIndex(({ preferred }) => preferred);
    const tried = [...first, ...others.filter((fix) => candidates.indexOf(fix) > at), ...others.filter((fix) => candidates.indexOf(fix) < at)];
    for (const fix of judgement ? tried : candidates) {
      const done = healing(finding, fix, result.document, plan, rules);
      if (done) return { finding, ...done };
    }
    failed(finding);
  }
  return undefined;
}

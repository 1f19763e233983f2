// The one helper of rule tests.
import assert from 'node:assert/strict';
import { compilePlan, formatOfPath, lint, parseDocument, type Config, type Finding, type LintResult, type Plan, type Rule } from '../server/src/core/index';
import { builtinPacks } from '../server/src/packs';

const PACKS = builtinPacks();

export interface CheckOptions {
  /** Ending of the file that the text stands in; `.md` where not given. */
  readonly extension?: string | undefined;
  readonly config?: Config | undefined;
  /** Appended to a failure's message. */
  readonly note?: string | undefined;
}

export interface CheckResult extends LintResult {
  /** The text without its marks. */
  readonly text: string;
  readonly plan: Plan;
}

/** The text without «marks» and their offsets in it. Marks may stand in each other, but not across. */
export function readMarks(marked: string): { readonly text: string; readonly spans: readonly { readonly start: number; readonly end: number }[] } {
  const open: number[] = [];
  const spans: { start: number; end: number }[] = [];
  let text = '';
  for (const c of marked) {
    if (c === '«') open.push(text.length);
    else if (c === '»') {
      const start = open.pop();
      assert.ok(start !== undefined, `a » without its «: ${marked}`);
      spans.push({ start, end: text.length });
    } else text += c;
  }
  assert.equal(open.length, 0, `a « without its »: ${marked}`);
  return { text, spans };
}

/** The text with the places of findings marked; findings of one place are marked once. */
export function writeMarks(text: string, findings: readonly Pick<Finding, 'span'>[]): string {
  const spans = [...new Map(findings.map(({ span }) => [`${span.start}-${span.end}`, span])).values()];
  let out = '';
  for (let i = 0; i <= text.length; i++) {
    out += '»'.repeat(spans.filter(({ start, end }) => end === i && start < i).length);
    for (const { start, end } of spans) if (start === i) out += end === i ? '«»' : '«';
    out += text[i] ?? '';
  }
  return out;
}

/**
 * Reads and lints a text by the built-in packs with these rules only, and compares what they mark with the «marks» in
 * the text; without marks they must stay quiet. Gives the result, for tests that look at messages, data or fixes.
 */
export function check(rules: Rule | readonly Rule[], marked: string, { extension = '.md', config = {}, note }: CheckOptions = {}): CheckResult {
  const { text } = readMarks(marked);
  const format = formatOfPath(`document${extension}`);
  assert.ok(format, `no format reads ${extension}`);
  const plan = compilePlan(config, PACKS);
  const result = lint(parseDocument(text, format), plan, [rules].flat() as readonly Rule[]);
  assert.deepEqual(result.faults, [], note);
  assert.equal(writeMarks(text, result.findings), marked, note);
  return { ...result, text, plan };
}

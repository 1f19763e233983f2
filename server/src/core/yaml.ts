// YAML of unknown origin as plain data, with the places of everything in it. Bounded in size and depth; anchors, aliases
// and merge keys, by which a small text can become a huge one, are not read.
import { isAlias, isCollection, isMap, isNode, isScalar, parseDocument, visit, type Document as YamlDocument } from 'yaml';
import { span, type Span } from './text';

export interface YamlProblem {
  readonly message: string;
  readonly span: Span;
}

export type Path = readonly (string | number)[];

export interface YamlRead {
  /** What could be read; undefined where nothing could. Read it only leniently where there are problems. */
  readonly data: unknown;
  readonly problems: readonly YamlProblem[];
  /** The place of a path, or of the nearest part of it that is there; with `key`, that of its last key. */
  spanOf(path: Path, key?: boolean): Span | undefined;
}

const MOST_PROBLEMS = 200;
const MOST_DEPTH = 20;

/** Reads a text as YAML. `what` names it in messages: `a pack`. Never throws. */
export function readYaml(source: string, what: string, longest: number): YamlRead {
  const whole = span(0, source.length);
  const What = what[0]!.toUpperCase() + what.slice(1);
  /** The library tells of a missing end one place behind the text. */
  const within = (start: number, end: number): Span => span(Math.min(start, source.length), Math.min(Math.max(start, end), source.length));
  const refuse = (message: string, at: Span = whole): YamlRead => ({ data: undefined, problems: [{ message, span: at }], spanOf: () => undefined });
  if (source.length > longest) return refuse(`${What} has at most ${longest} characters.`);
  const deep = tooDeep(source);
  if (deep >= 0) return refuse(`${What} is nested at most ${MOST_DEPTH} deep.`, span(deep, deep + 1));
  let document: YamlDocument.Parsed;
  try {
    // Duplicate keys are looked for below: the library's own search takes quadratic time.
    document = parseDocument(source, { prettyErrors: false, uniqueKeys: false, merge: false, strict: true, schema: 'core', logLevel: 'error' });
  } catch (error) {
    return refuse(`The text can not be read as YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const problems: YamlProblem[] = document.errors.slice(0, MOST_PROBLEMS)
    .map((error) => ({ message: error.message, span: within(error.pos[0], error.pos[1]) }));
  const mark = (message: string, node: unknown): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ message, span: rangeOf(node) ?? whole });
  };
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || (node as { anchor?: string }).anchor) mark(`Anchors and aliases are not read in ${what}: write it out.`, node);
      if (isAlias(node)) return visit.REMOVE;
      if (isMap(node)) {
        const seen = new Set<unknown>();
        for (const { key } of node.items) {
          const name = isScalar(key) ? key.value : key;
          if (typeof name !== 'string' && typeof name !== 'number') mark('A key is plain text.', key);
          if (name === '<<') mark(`Merge keys are not read in ${what}: write it out.`, key);
          if (seen.has(name)) mark(`“${String(name).slice(0, 60)}” stands here twice.`, key);
          seen.add(name);
        }
      }
      return undefined;
    },
  });
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    mark(`The text can not be read as YAML: ${error instanceof Error ? error.message : String(error)}`, undefined);
  }
  return { data, problems, spanOf: (path, key) => spanOf(document, path, key ?? false) };
}

/** The offset at which brackets or leading dashes are nested too deeply; -1 where they are not. Strings count too: a bound, not a parse. */
function tooDeep(source: string): number {
  let depth = 0;
  let dashes = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === 10) dashes = 0;
    else if (c === 91 || c === 123) { if (++depth > MOST_DEPTH) return i; } else if (c === 93 || c === 125) depth = Math.max(0, depth - 1);
    else if (c === 45 && (source.charCodeAt(i + 1) === 32 || source.charCodeAt(i + 1) === 10) && ++dashes > MOST_DEPTH * 4) return i;
  }
  return -1;
}

function rangeOf(node: unknown): Span | undefined {
  const range = isNode(node) ? node.range : undefined;
  return range ? span(range[0], range[1]) : undefined;
}

function spanOf(document: YamlDocument.Parsed, path: Path, asKey: boolean): Span | undefined {
  let node: unknown = document.contents;
  let found = rangeOf(node);
  for (const [depth, key] of path.entries()) {
    if (!isCollection(node)) break;
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key)) : undefined;
    const keyAt = rangeOf(pair?.key);
    node = node.get(key, true);
    const at = rangeOf(node);
    if (asKey && keyAt && depth === path.length - 1) return keyAt;
    if (!at) return keyAt ?? found;
    found = at;
  }
  return found;
}

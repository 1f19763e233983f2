// What the suite uses of node:assert, for a host that has no Node.
const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

function must(holds: boolean, message: string | undefined, otherwise: () => string): void {
  if (!holds) throw new Error(message ?? otherwise());
}

/** Equal in structure. Values that JSON can not tell apart are not in the suite. */
const alike = (a: unknown, b: unknown): boolean => Object.is(a, b) || shown(a) === shown(b);

export default {
  ok: (value: unknown, message?: string) => must(Boolean(value), message, () => `${shown(value)} is not true`),
  equal: (actual: unknown, expected: unknown, message?: string) => must(Object.is(actual, expected), message, () => `${shown(actual)} is not ${shown(expected)}`),
  notEqual: (actual: unknown, expected: unknown, message?: string) => must(!Object.is(actual, expected), message, () => `it is ${shown(expected)}`),
  deepEqual: (actual: unknown, expected: unknown, message?: string) => must(alike(actual, expected), message && `${message}: ${shown(actual)}`, () => `${shown(actual)} is not ${shown(expected)}`),
  match: (text: string, pattern: RegExp, message?: string) => must(pattern.test(text), message, () => `${shown(text)} does not match ${pattern}`),
};

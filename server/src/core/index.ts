// The contents page of the engine: what hosts may use.
export type { Config, Audience, Region, Reach } from './config';
export type { Finding, Fix, Fault, Related, Severity } from './finding';
export type { Pack } from './pack';
export type { Plan } from './plan';
export type { Rule } from './rules/rule';
export type { Document, Unit } from './document';
export type { Claim, Analysis } from './claims';
export type { Format } from './formats/format';
export { SEVERITIES } from './finding';
export { applyEdits, LineIndex, overlaps, span, type Edit, type Span, type LinePosition } from './text';
export { FORMATS, formatOf, formatOfPath } from './formats/index';
export { parseDocument } from './document';
export { compilePlan } from './plan';
export { lint, fixesOf, type LintResult } from './lint';
export { suppressFix } from './suppress';
export { RULES } from './rules/index';

// Our engine as the bench asks it: a text, the number of findings.
import { compilePlan, formatOf, lint, parseDocument } from '../../server/src/core/index';
import { builtinPacks } from '../../server/src/packs';

const plan = compilePlan({}, builtinPacks());
const format = formatOf('markdown', 'a.md')!;

export default (text: string): number => lint(parseDocument(text, format), plan).findings.length;

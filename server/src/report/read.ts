// Reads reports that came from elsewhere. The schema is said once: docs/report.schema.json (scripts/schema.mjs) is made
// from it.
import * as v from 'valibot';
import type { Report } from './model';

const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const severity = v.picklist(['error', 'warning', 'information', 'hint']);
const position = v.strictObject({ line: v.pipe(count, v.description('From 0.')), character: v.pipe(count, v.description('UTF-16 units from the start of the line.')) });
const range = v.strictObject({ start: position, end: position });

const finding = v.strictObject({
  rule: v.string(), severity, message: v.string(), range, data: v.pipe(v.record(v.string(), v.unknown()), v.description('What the rule says of the finding for programs.')),
  excerpt: v.pipe(v.string(), v.description('The marked words, shortened.')),
  fingerprint: v.pipe(v.string(), v.description('Names the finding by its words and their sentence: the same after edits elsewhere.')),
  related: list(v.strictObject({ message: v.string(), range })),
  fixes: list(v.strictObject({ title: v.string(), kind: v.picklist(['safe', 'judgement']), preferred: v.boolean(), edits: list(v.strictObject({ range, text: v.string() })) })),
});

const claim = v.strictObject({
  kinds: v.pipe(list(v.string()), v.description('The strongest first.')), range, text: v.string(), unit: v.pipe(v.string(), v.description('The sentence, item or cell that makes it.')),
  conditions: list(v.strictObject({ id: v.string(), name: v.string() })), hedged: v.boolean(), negated: v.boolean(), strength: v.string(), benefit: v.boolean(),
  citations: list(v.strictObject({ form: v.string(), keys: list(v.string()), text: v.string(), range })),
  section: v.pipe(v.number(), v.integer(), v.minValue(-1), v.description('Its place in `sections`; -1 before the first.')),
});

const document = v.strictObject({
  path: v.string(), title: v.string(), audience: v.string(), inScope: v.pipe(v.boolean(), v.description('Whether it is about treatment with a drug of the packs.')), lines: count, words: count,
  findings: list(finding), claims: list(claim), sections: list(v.strictObject({ title: v.string(), level: count, line: count })),
  disclosures: v.pipe(list(v.strictObject({
    id: v.string(), title: v.string(), why: v.string(), level: v.picklist(['required', 'recommended']), place: v.pipe(v.nullable(range), v.description('Where the document makes it; null: it does not.')),
    excerpt: v.string(), caveat: v.string(), sources: list(v.string()), reviewed: v.string(),
  })), v.description('Those that the document needs.')),
  suppressions: list(v.strictObject({ form: v.string(), rules: list(v.string()), reason: v.string(), until: v.string(), range, findings: list(finding) })),
  strip: v.pipe(list(v.strictObject({ tone: v.picklist(['benefit', 'risk']), at: v.number(), line: count })), v.description('Sentences of benefit and of risk along the document, from 0 to 1.')),
  faults: list(v.strictObject({ where: v.string(), message: v.string() })),
});

export const ReportSchema = v.pipe(v.strictObject({
  tool: v.strictObject({ name: v.string(), version: v.string() }), date: v.pipe(v.string(), v.description('YYYY-MM-DD, or empty.')),
  packs: list(v.strictObject({ id: v.string(), name: v.string(), version: v.string(), reviewed: v.string() })),
  rules: list(v.strictObject({ id: v.string(), title: v.string(), why: v.string(), basis: v.string(), severity })),
  documents: list(document), errors: list(v.strictObject({ path: v.string(), message: v.string() })),
}), v.description('What Caveat found in a set of documents. Lines and characters are counted from 0, in UTF-16 units, as in the Language Server Protocol.'));

/** True of data that is a report as `caveat report --format json` writes it. */
export const isReport = (data: unknown): data is Report => v.safeParse(ReportSchema, data).success;

import type { LineIndex, Span } from '../core/index';
import type { Range } from './model';
import type { Reporter } from './report';

/** A span as zero-based lines and UTF-16 offsets in them, as in LSP. */
export const rangeOf = (lines: LineIndex, { start, end }: Span): Range => ({ start: lines.positionAt(start), end: lines.positionAt(end) });

/** The findings alone, for programs. */
export const json: Reporter = ({ tool, documents, errors }) => JSON.stringify({
  tool,
  documents: documents.map(({ path, audience, inScope, findings }) => ({
    path, audience, inScope, findings: findings.map(({ rule, severity, message, range, data }) => ({ rule, severity, message, range, data })),
  })),
  errors,
}, undefined, 2) + '\n';

/** Everything, as docs/report.schema.json has it: for programs, and for `caveat merge`. */
export const fullJson: Reporter = (report) => `${JSON.stringify(report)}\n`;

import { LineIndex, type LinePosition, type Span } from '../core/index';
import type { Reporter } from './report';

/** A span as zero-based lines and UTF-16 offsets in them, as in LSP. */
export const rangeOf = (lines: LineIndex, { start, end }: Span): { readonly start: LinePosition; readonly end: LinePosition } =>
  ({ start: lines.positionAt(start), end: lines.positionAt(end) });

/** For programs. */
export const json: Reporter = ({ tool, documents, errors }) => JSON.stringify({
  tool,
  documents: documents.map(({ path, result: { document, analysis, findings } }) => {
    const lines = new LineIndex(document.text);
    return {
      path, audience: analysis.audience, inScope: analysis.inScope,
      findings: findings.map(({ rule, severity, message, span, data }) => ({ rule, severity, message, range: rangeOf(lines, span), data })),
    };
  }),
  errors,
}, undefined, 2) + '\n';

import type { Severity } from '../core/index';
import type { DocumentModel, FindingModel, Range } from './model';
import type { Reporter } from './report';

const LEVEL: { readonly [severity in Severity]: 'error' | 'warning' | 'note' } = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };

/** A path as a relative URI reference. */
const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

const regionOf = ({ start, end }: Range) => ({ startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 });

/** SARIF 2.1.0. Fingerprints are made of the marked words and their sentence, so that they survive moves. */
export const sarif: Reporter = ({ tool, rules, documents, errors }) => {
  const place = (path: string, range: Range) => ({ artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' }, region: regionOf(range) });
  const resultOf = (path: string, finding: FindingModel, seen: Map<string, number>, suppression?: DocumentModel['suppressions'][number]) => {
    const nth = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, nth);
    return {
      ruleId: finding.rule, ruleIndex: rules.findIndex(({ id }) => id === finding.rule), level: LEVEL[finding.severity], message: { text: finding.message },
      locations: [{ physicalLocation: { ...place(path, finding.range), region: { ...regionOf(finding.range), snippet: { text: finding.excerpt } } } }],
      partialFingerprints: { 'caveat/v1': `${finding.fingerprint}:${nth}` },
      ...(finding.related.length > 0 && { relatedLocations: finding.related.map(({ message, range }, id) => ({ id, message: { text: message }, physicalLocation: place(path, range) })) }),
      ...(finding.fixes.length > 0 && {
        fixes: finding.fixes.filter(({ edits }) => edits.length > 0).map(({ title, edits }) => ({
          description: { text: title },
          artifactChanges: [{ artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' }, replacements: edits.map(({ range, text }) => ({ deletedRegion: regionOf(range), insertedContent: { text } })) }],
        })),
      }),
      ...(suppression && { suppressions: [{ kind: 'inSource', status: 'accepted', ...(suppression.reason && { justification: suppression.reason }), location: { physicalLocation: place(path, suppression.range) } }] }),
    };
  };
  const results = documents.flatMap(({ path, findings, suppressions }) => {
    const seen = new Map<string, number>();
    return [
      ...findings.map((finding) => resultOf(path, finding, seen)),
      ...suppressions.flatMap((by) => by.findings.map((finding) => resultOf(path, finding, seen, by))),
    ];
  });
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0',
    runs: [{
      tool: { driver: {
        name: tool.name, version: tool.version, ...(/^\d+\.\d+\.\d+/.test(tool.version) && { semanticVersion: tool.version }),
        rules: rules.map(({ id, title, why, basis, severity }) => ({
          id, name: title, shortDescription: { text: title }, fullDescription: { text: why },
          help: { text: `${why} It rests on: ${basis}`, markdown: `${why}\n\nIt rests on: ${basis}` }, defaultConfiguration: { level: LEVEL[severity] },
        })),
      } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder that the check ran in.' } } },
      invocations: [{
        executionSuccessful: errors.length === 0,
        toolExecutionNotifications: errors.map(({ path, message }) => ({ level: 'error', message: { text: `${path}: ${message}` } })),
      }],
      results,
    }],
  }, undefined, 2) + '\n';
};

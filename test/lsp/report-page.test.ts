import assert from 'node:assert/strict';
import { parseDocument } from 'htmlparser2';
import { reportPage, type Shown } from '../../client/src/report/page';
import type { DocumentReport } from '../../server/src/lsp/protocol';

const HOSTILE = `</style><script>alert(1)</script><img src=x onerror=alert(1)>"'&`;
const place = { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } };
const document = (rest: Partial<DocumentReport> = {}): DocumentReport => ({
  uri: 'file:///a%20b.md', state: 'checked', inScope: true, audience: 'patient', claims: 3, cited: 1, missing: [], suppressed: 0, faults: [],
  findings: [{ rule: 'r', severity: 'warning', message: 'Say what was found.', place, excerpt: 'always' }], ...rest,
});
const one = (rest: Partial<DocumentReport> = {}, name = 'a b.md'): Shown => ({ kind: 'document', name, report: { documents: [document(rest)], rules: [{ id: 'r', title: 'Rule', why: 'Because.' }] } });
const textOf = (html: string): string => html.replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** Names of all elements and attributes of a page. */
function parts(html: string): { readonly tags: Set<string>; readonly attributes: Set<string> } {
  const [tags, attributes] = [new Set<string>(), new Set<string>()];
  const walk = (nodes: readonly unknown[]): void => {
    for (const node of nodes as readonly { readonly name?: string; readonly attribs?: object; readonly children?: readonly unknown[] }[]) {
      if (node.name) tags.add(node.name);
      for (const name of Object.keys(node.attribs ?? {})) attributes.add(name);
      walk(node.children ?? []);
    }
  };
  walk(parseDocument(html).children);
  return { tags, attributes };
}

describe('report page', () => {
  it('lets no script in, whatever a document says', () => {
    const shown = one({
      findings: [{ rule: HOSTILE, severity: 'error', message: HOSTILE, place, excerpt: HOSTILE }], missing: [{ id: 'x', title: HOSTILE, required: true }], faults: [HOSTILE], audience: HOSTILE, uri: `file:///${HOSTILE}`,
    }, HOSTILE);
    const workspace: Shown = { kind: 'workspace', rules: [{ id: HOSTILE, title: HOSTILE, why: HOSTILE }], unread: [HOSTILE], more: true, documents: [{ name: HOSTILE, document: (shown as Extract<Shown, { kind: 'document' }>).report.documents[0]! }] };
    for (const html of [reportPage(shown, 'n0'), reportPage(workspace, 'n0')]) {
      const { tags, attributes } = parts(html);
      assert.ok(!tags.has('script') && !tags.has('img'));
      assert.ok(![...attributes].some((name) => name.startsWith('on')));
      assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'nonce-n0'"/);
      assert.equal(html.match(/<style/g)!.length, 1);
    }
  });

  it('links each finding to its place', () => {
    const html = reportPage(one(), 'n');
    const links = [...html.matchAll(/href="command:caveat\.openFinding\?([^"]+)"/g)].map(([, data]) => JSON.parse(decodeURIComponent(data!)) as unknown);
    assert.deepEqual(links, [['file:///a%20b.md'], ['file:///a%20b.md', place]]);
    assert.match(textOf(html), /Line 3 always/);
  });

  it('counts, and says one and many', () => {
    assert.match(textOf(reportPage(one(), 'n')), /1 warning 0 notes 1 of 3 claims cited/);
    assert.match(textOf(reportPage(one({ findings: [] }), 'n')), /0 warnings .*Nothing is marked in this document\./);
  });

  for (const [rest, words] of [
    [{ state: 'off' }, /switched off for this document/], [{ state: 'unread' }, /does not read this kind/], [{ state: 'too-long' }, /too long/],
    [{ inScope: false, findings: [] }, /does not discuss a treatment/], [{ missing: [{ id: 'a', title: 'Driving', required: false }] }, /Missing disclosures Recommended Driving Insert the standard disclaimer/],
    [{ suppressed: 2 }, /2 findings are switched off by comments/],
  ] as const) {
    it(`says ${words.source}`, () => { assert.match(textOf(reportPage(one(rest), 'n')), words); });
  }

  it('puts the documents with the gravest findings first', () => {
    const documents = ['hint', 'error', 'warning'].map((severity) => ({
      name: severity, document: document({ findings: [{ rule: 'r', severity: severity as 'hint', message: '', place, excerpt: '' }] }),
    }));
    const text = textOf(reportPage({ kind: 'workspace', documents, rules: [], unread: [], more: false }, 'n'));
    assert.ok(text.indexOf(' error 1') < text.indexOf(' warning 0') && text.indexOf(' warning 0') < text.indexOf(' hint 0'), text);
  });
});

// Small rules for tests of the server: each does one thing that a real rule may do.
import type { Rule } from '../../server/src/core/rules/rule';
import { span } from '../../server/src/core/index';

const base = { basis: 'the tests', examples: [] } as const;
const all = (text: string, word: string) => [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => span(index, index + word.length));

/** Marks `undeniable`, offers two wordings, and a caveat at the end; points at the first word of the text. */
export const wording: Rule = {
  ...base, id: 'test-wording', title: 'Strong word', why: 'No study shows certainty.', severity: 'warning',
  * check({ document }) {
    if (document.text.endsWith('Results vary.')) return; // the caveat heals it
    for (const at of all(document.text, 'undeniable')) {
      yield { span: at, message: '“undeniable” claims certainty. Say what was found.', related: [{ span: span(0, 1), message: 'The text begins here.' }], data: { word: 'undeniable' } };
    }
  },
  fixes: (finding, { document }) => [
    { title: 'Replace with “strong”', kind: 'judgement', action: 'replace', preferred: true, edits: [{ span: finding.span, text: 'strong' }] },
    { title: 'Replace with “notable”', kind: 'judgement', action: 'replace', preferred: false, edits: [{ span: finding.span, text: 'notable' }] },
    { title: 'Add a caveat', kind: 'judgement', action: 'insert', preferred: false, edits: [{ span: span(document.text.length, document.text.length), text: '\nResults vary.' }] },
  ],
};

/** Marks the sentence that `undeniable` stands in. */
export const sentence: Rule = {
  ...base, id: 'test-sentence', title: 'No source', why: 'A reader can not check it.', severity: 'information',
  * check({ document }) {
    for (const { text, span: at } of document.units) if (text.includes('undeniable') && !document.text.includes('[citation needed]')) yield { span: at, message: 'This has no source.' };
  },
  fixes: (finding) => [{ title: 'Mark as uncited', kind: 'judgement', action: 'insert', preferred: true, edits: [{ span: span(finding.span.end, finding.span.end), text: ' [citation needed]' }] }],
};

/** Marks `DOI:` and tidies it: the only safe fix here. */
export const tidy: Rule = {
  ...base, id: 'test-tidy', title: 'Untidy DOI', why: 'It may not be found.', severity: 'hint',
  * check({ document }) { for (const at of all(document.text, 'DOI:')) yield { span: at, message: 'An untidy DOI.' }; },
  fixes: (finding) => [{ title: 'Tidy the DOI', kind: 'safe', action: 'replace', preferred: true, edits: [{ span: finding.span, text: 'doi:' }] }],
};

export const broken: Rule = {
  ...base, id: 'test-broken', title: 'Broken', why: '', severity: 'error',
  // eslint-disable-next-line require-yield
  * check() { throw new Error('this rule is broken'); },
};

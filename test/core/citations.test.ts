import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { expandNumbers, findCitations, malformed, referenceLabels, type Citation } from '../../server/src/core/citations';
import { parseDocument, type Document } from '../../server/src/core/document';
import { FILL, block, type Block, type Format, type Link, type Mark, type Parsed } from '../../server/src/core/formats/format';
import { text as plainText } from '../../server/src/core/formats/text';
import { timesAsLong } from '../ratio';

interface Extra {
  readonly references?: readonly string[];
  readonly notes?: readonly string[];
  readonly label?: (n: number) => string;
  /** Texts of the body that are links, with where they lead. */
  readonly links?: { readonly [text: string]: string };
  /** Texts of the body that are marks of the format's syntax. */
  readonly marks?: { readonly [text: string]: Omit<Mark, 'span'> };
  readonly blocks?: (text: string) => readonly Block[];
}

/** A document of one paragraph a line, then references, then notes. */
function documentOf(body: string, extra: Extra = {}): Document {
  const { references = [], notes = [], label = (n) => String(n) } = extra;
  const text = [body, ...references, ...notes].join('\n');
  const blocks: Block[] = [];
  let at = 0;
  for (const line of body.split('\n')) {
    blocks.push(block('paragraph', { start: at, end: at + line.length }));
    at += line.length + 1;
  }
  for (const [kind, lines] of [['reference', references], ['note', notes]] as const) {
    lines.forEach((line, n) => {
      blocks.push(block(kind, { start: at, end: at + line.length }, { label: kind === 'reference' ? label(n + 1) : line[0]! }));
      at += line.length + 1;
    });
  }
  let prose = text;
  const spanOf = (piece: string): { start: number; end: number } => {
    const start = text.indexOf(piece);
    ok(start >= 0, piece);
    return { start, end: start + piece.length };
  };
  const marks = Object.entries(extra.marks ?? {}).map(([piece, mark]): Mark => {
    const span = spanOf(piece);
    prose = prose.slice(0, span.start) + FILL.repeat(piece.length) + prose.slice(span.end);
    return { ...mark, span };
  });
  const links = Object.entries(extra.links ?? {}).map(([piece, target]): Link => ({ span: spanOf(piece), target, targetSpan: spanOf(piece), image: false }));
  const parsed: Parsed = { prose, blocks: extra.blocks?.(text) ?? blocks, marks, links, comments: [], frontMatter: undefined, bibliographies: [] };
  const format: Format = { ...plainText, parse: () => parsed };
  return parseDocument(text, format);
}

const shown = (document: Document, { span, form, keys }: Citation): string => `${form} ${document.text.slice(span.start, span.end)} → ${keys.join(' ')}`;
const found = (body: string, extra?: Extra): string[] => {
  const document = documentOf(body, extra);
  return document.citations.map((citation) => shown(document, citation));
};

const FIVE = ['Berman RM. 2000.', 'Zarate CA. 2006.', 'Murrough JW. 2013.', 'Singh JB. 2016.', 'Popova V. 2019.'];

describe('citations', () => {
  describe('in the text', () => {
    for (const [body, ...expected] of [
      // numbers
      ['It works within hours [1].', 'number [1] → 1'],
      ['It works within hours.[1] It fades.', 'number [1] → 1'],
      ['It works [2,5–7] and fades [8, 9; 11].', 'number [2,5–7] → 2 5 6 7', 'number [8, 9; 11] → 8 9 11'],
      ['It works [1][3].', 'number [1] → 1', 'number [3] → 3'],
      ['It works [1]_ and [^4].', 'number [1]_ → 1', 'footnote [^4] → 4'],
      ['It works [12, p. 34] (refs 3, 4).', 'number [12, p. 34] → 12', 'number (refs 3, 4) → 3 4'],
      ['It works.¹ It fades²,³ soon.⁴⁻⁶', 'number ¹ → 1', 'number ²,³ → 2 3', 'number ⁴⁻⁶ → 4 5 6'],
      ['In 70%¹² of adults.', 'number ¹² → 12'],
      // keys
      ['It works [@zarate2006; see @singh_2016, p. 3].', 'key [@zarate2006; see @singh_2016, p. 3] → zarate2006 singh_2016'],
      ['As @berman2000 showed, it works [-@zarate2006].', 'key @berman2000 → berman2000', 'key [-@zarate2006] → zarate2006'],
      ['It works {cite:p}`zarate2006,singh2016`.', 'key {cite:p}`zarate2006,singh2016` → zarate2006 singh2016'],
      ['It works :cite:`zarate2006`.', 'key :cite:`zarate2006` → zarate2006'],
      ['It works \\citep[see][p. 3]{zarate2006, singh2016} \\cite{}.', 'key \\citep[see][p. 3]{zarate2006, singh2016} → zarate2006 singh2016', 'key \\cite{} → '],
      // authors and years
      ['It works (Zarate et al., 2006).', 'author-year Zarate et al., 2006 → Zarate 2006'],
      ['It works (Zarate & Singh, 2006; Murrough 2013).', 'author-year Zarate & Singh, 2006 → Zarate 2006', 'author-year Murrough 2013 → Murrough 2013'],
      ['It works (see Berman et al., 2000, and Zarate and Singh, 2006b).', 'author-year Berman et al., 2000 → Berman 2000', 'author-year Zarate and Singh, 2006b → Zarate 2006b'],
      ['Zarate et al. (2006) saw relief.', 'author-year Zarate et al. (2006) → Zarate 2006'],
      ['In work by van der Berg and Smith (2012, p. 4) it faded.', 'author-year van der Berg and Smith (2012, p. 4) → van der Berg 2012'],
      ['It faded (O’Brien, Ruiz-Lopez, and Šimić, 2012).', 'author-year O’Brien, Ruiz-Lopez, and Šimić, 2012 → O\'Brien 2012'],
      ['Zarate and colleagues, 2006, saw relief.', 'author-year Zarate and colleagues, 2006 → Zarate 2006'],
      ['It works (Popova et al., Am J Psychiatry 2019; 176:428–438), they say.', 'author-year Popova et al., Am J Psychiatry 2019; 176:428–438 → Popova 2019'],
      ['It works [Loo et al, British Journal of Psychiatry 2023].', 'author-year Loo et al, British Journal of Psychiatry 2023 → Loo 2023'],
      ['One (Sigtermans and colleagues, Pain 145:304) ran a drip.', 'author-year Sigtermans and colleagues, Pain 145:304 → Sigtermans '],
      ['It was approved (FDA, 2019).', 'author-year FDA, 2019 → FDA 2019'],
      ['Popova et al., American Journal of Psychiatry, 2019 has more.', 'author-year Popova et al., American Journal of Psychiatry, 2019 → Popova 2019'],
      ['It lasts.\nSource: The Lancet, 2019.', 'author-year The Lancet, 2019. → The 2019'],
      // identifiers
      ['See doi:10.1056/NEJMoa2304145.', 'identifier doi:10.1056/NEJMoa2304145 → doi:10.1056/NEJMoa2304145'],
      ['See 10.1016/S0006-3223(99)00230-9 (PMID: 10686270, PMC1234567; NCT00088699).', 'identifier 10.1016/S0006-3223(99)00230-9 → doi:10.1016/S0006-3223(99)00230-9',
        'identifier PMID: 10686270 → pmid:10686270', 'identifier PMC1234567 → pmcid:PMC1234567', 'identifier NCT00088699 → nct:NCT00088699'],
      ['See doi: 11.1056/x and NCT0008.', 'identifier doi: 11.1056/x → doi:11.1056/x', 'identifier NCT0008 → nct:NCT0008'],
      // debts
      ['It works [citation needed] and lasts (ref needed). It is cheap [REF].', 'needed [citation needed] → ', 'needed (ref needed) → ', 'needed [REF] → '],
    ] as const) it(body.replace('\n', ' / '), () => deepEqual(found(body), expected));
  });

  describe('not in the text', () => {
    for (const body of [
      'A 2017 study in JAMA Psychiatry found relief.', 'JAMA Psychiatry (2017) ran it.', 'It was shown (JAMA Psychiatry, 2017).', 'Give it [12 mg] now [sic].',
      'The interval [0, 1] is closed and [0.5, 1] too.', 'Relief was 24% (95% CI [12, 34]).', 'The median was 4 [2–7] days.', 'It scored (range [3, 9]).',
      'The BMI was 30 kg/m² and R² was high; 10³ cells, Ca²⁺ ions, mm³, s⁻¹.', 'Write to jo@clinic2020.example or @jo.', 'It fell (March 2019) and rose (early 2020).',
      'It was approved (2019).', 'In the US (2019) it was new.', 'See (Table 2, 2019) for more.', 'Take steps (1) and (2).', 'In 2006 Zarate ran a trial of 1.5 mg.', 'It works.1 Then it fades.',
      'Prices* vary.', 'Zarate and colleagues saw relief.', 'She paid $2019 (about 10.5 each).', 'PMC is a firm.', 'Call 0800 123 456 (free).', 'The ratio was 10.1016.',
      'Ketamine (2019) and Spravato (2020) differ.', 'He slept [for the first time in years].', 'They met in Boston and London, 2019.',
    ]) it(body, () => deepEqual(found(body), []));
  });

  describe('that lean on a list of references', () => {
    for (const [body, ...expected] of [
      ['It works.1 It fades.2,3 It costs.4-5', '1 → 1', '2,3 → 2 3', '4-5 → 4 5'],
      ['“It works.”1 So they say (50%).2', '1 → 1', '2 → 2'],
      ['It works quickly1 and, for some,2 it lasts.', '1 → 1', '2 → 2'],
      ['It works (1). It fades (2, 3).', '(1) → 1', '(2, 3) → 2 3'],
      ['It works.(1) It fades.(2)', '(1) → 1', '(2) → 2'],
      ['It works for (1) adults and (2) children.'],
      ['Give 0.5 mg. Wait for 1.5 h. mTORC1 and GluN2B rise; COVID-19 too.'],
      ['See Fig.2 and No.3 on day 4.'],
      ['It works.77 It fades.'],
      ['It works [1]. There are five (5) of them.', '[1] → 1'],
    ] as const) it(body, () => deepEqual(found(body, { references: FIVE }), expected.map((e) => `number ${e}`)));

    it('takes a lone author for one only where the list names them', () => {
      deepEqual(found('Murrough (2013) ran it. Boston (2013) did not.', { references: FIVE }), ['author-year Murrough (2013) → Murrough 2013']);
    });

    it('finds identifiers, but no numbers or authors, in the entries, and gives them no unit', () => {
      const document = documentOf('It works [1].', { references: ['Zarate et al. (2006) [2] doi:10.1001/x.', 'Kept (Smith et al., 2003).'] });
      deepEqual(document.citations.map((c) => [shown(document, c), c.unit]), [['number [1] → 1', 0], ['identifier doi:10.1001/x → doi:10.1001/x', -1]]);
    });
  });

  it('takes signs for citations where a note starts with the same sign', () => {
    deepEqual(found('It works.* It fades† soon.‡', { notes: ['* In one trial.', '† In another.'] }), ['footnote * → *', 'footnote † → †']);
    deepEqual(found('It works* for most.\n*In one small trial.'), ['footnote * → *']);
  });

  describe('links', () => {
    for (const [target, form, key] of [
      ['https://www.nejm.org/doi/full/x', 'link', 'https://www.nejm.org/doi/full/x'],
      ['https://doi.org/10.1056/NEJMoa2304145', 'identifier', 'doi:10.1056/NEJMoa2304145'],
      ['https://pubmed.ncbi.nlm.nih.gov/10686270/', 'identifier', 'pmid:10686270'],
      ['https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/', 'identifier', 'pmcid:PMC1234567'],
      ['https://clinicaltrials.gov/study/NCT00088699', 'identifier', 'nct:NCT00088699'],
      ['https://youtu.be/abc?t=90', 'timestamp', 'https://youtu.be/abc?t=90'],
    ] as const) it(`${target} is a ${form}`, () => deepEqual(found('As the source says, it works.', { links: { 'the source': target } }), [`${form} the source → ${key}`]));

    for (const target of ['/about', '#refs', 'study.html', 'mailto:a@b.example', 'tel:+1', 'https://www.facebook.com/x', 'https://instagram.com/x', 'https://x.com/a/1', 'https://www.amazon.com/dp/1',
      'https://calendly.com/x', 'https://youtube.com/watch?v=1', 'https://clinic.example/book-now', 'https://clinic.example/pricing', 'javascript:void(0)', '', 'https://', 'https://shop.example.org/x']) {
      it(`${target || 'an empty target'} is none`, () => deepEqual(found('As the source says, it works.', { links: { 'the source': target } }), []));
    }

    it('within the site, or to act on, are none', () => {
      deepEqual(found('As the source says, write to info@clinic.example now.', { links: { 'the source': 'https://www.clinic.example/faq' } }), []);
      deepEqual(found('Book your visit today.', { links: { 'Book your visit': 'https://other.example/x' } }), []);
    });

    it('stand for the author and year that they are put on', () => {
      deepEqual(found('It works (Murrough et al., 2013).', { links: { 'Murrough et al., 2013': 'https://doi.org/10.1176/x' } }), ['identifier Murrough et al., 2013 → doi:10.1176/x']);
      deepEqual(found('It works (Murrough et al., 2013).', { links: { 'Murrough et al., 2013': '#murrough' } }), ['author-year Murrough et al., 2013 → Murrough 2013']);
    });
  });

  it('takes over the marks of the format', () => {
    deepEqual(found('It works{1} and{2} fades{3} or{4} not{5}.', { marks: {
      '{1}': { form: 'superscript', keys: ['1', '2'] }, '{2}': { form: 'footnote', keys: ['a'] }, '{3}': { form: 'key', keys: [] },
      '{4}': { form: 'cross-reference', keys: ['zarate'] }, '{5}': { form: 'cross-reference', keys: ['fig-doses'] } } }),
    ['number {1} → 1 2', 'footnote {2} → a', 'key {3} → ', 'key {4} → zarate']);
  });

  describe('belong to', () => {
    const units = (body: string, extra?: Extra): number[] => documentOf(body, extra).citations.map(({ unit }) => unit);
    it('the sentence whose stop they follow', () => {
      deepEqual(units('It works.[1] It fades. [2] It costs [3].'), [0, 1, 2]);
      deepEqual(units('It works.¹ It fades.²'), [0, 1]);
      deepEqual(units('It works.{1} It fades. {2} It costs.', { marks: { '{1}': { form: 'footnote', keys: ['1'] }, '{2}': { form: 'footnote', keys: ['2'] } } }), [0, 1]);
    });
    it('the first sentence, before it', () => deepEqual(units('{1} It works. It fades.', { marks: { '{1}': { form: 'footnote', keys: ['1'] } } }), [0]));
    it('what a line of nothing but citations follows', () => deepEqual(units('It works. It fades.\n{1}', { marks: { '{1}': { form: 'key', keys: ['a'] } } }), [1]));
    it('their row, in a cell of their own', () => {
      const cells = (text: string): Block[] => {
        const middle = text.indexOf('|');
        const second = text.indexOf('\n');
        const rest = text.indexOf('|', second);
        const cell = (start: number, end: number, row: number, column: number): Block => block('cell', { start, end }, { group: 0, row, column });
        return [cell(0, middle, 0, 0), cell(middle + 1, second, 0, 1), cell(second + 1, rest, 1, 0), cell(rest + 1, text.length, 1, 1)];
      };
      deepEqual(units('{1}|It works.\nIt fades.|{2}', { blocks: cells, marks: { '{1}': { form: 'key', keys: ['a'] }, '{2}': { form: 'key', keys: ['b'] } } }), [0, 1]);
    });
  });

  it('knows the shape of identifiers', () => {
    for (const key of ['doi:10.1056/NEJMoa2304145', 'doi:10.1016/S0006-3223(99)00230-9', 'pmid:10686270', 'pmcid:PMC1234567', 'nct:NCT00088699', 'zarate2006', '7']) equal(malformed(key), undefined, key);
    for (const key of ['doi:11.1056/x', 'doi:10.12/x', 'doi:10.1056/', 'doi:10.1056', 'doi:10.1056/xxxx', 'pmid:123456789', 'pmid:0', 'pmid:XXXX', 'pmcid:PMC12', 'nct:NCT0008869', 'nct:NCT000886990', 'nct:NCTXXXXXXXX']) ok(malformed(key), key);
  });

  it('writes ranges out, and leaves senseless ones alone', () => {
    deepEqual(expandNumbers('2,5–7; 9'), ['2', '5', '6', '7', '9']);
    deepEqual(expandNumbers('7-5'), ['7', '5']);
    deepEqual(expandNumbers('1-900'), ['1', '900']);
  });

  it('lists the labels of references and notes, the first of each', () => {
    const document = documentOf('It works.', { references: ['A', 'B'], notes: ['* C', '* D'] });
    deepEqual([...referenceLabels(document)], [['1', 1], ['2', 2], ['*', 3]]);
  });

  it('gives exact spans, in order, without overlaps, for any text', () => {
    const piece = fc.constantFrom('It works', '.', ' ', '[1]', '[2,', ']', '(', ')', '(3)', 'Zarate', ' et al.', ', 2006', '¹', '@a2001', '[@', '{cite:p}`', '`', '10.1056/x', 'NCT0', 'PMID 1', '*', '\n', '* Note', '1', ';', '\ud83d', '“', 'doi:', '\u00a0', '—');
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')), fc.boolean(), (body, listed) => {
      const document = documentOf(body, listed ? { references: FIVE } : {});
      let at = 0;
      for (const { span, unit, form, keys } of document.citations) {
        ok(span.start >= at && span.end > span.start && span.end <= document.text.length);
        ok(unit >= -1 && unit < document.units.length);
        if (form === 'number') ok(keys.length > 0 && keys.every((key) => /^\d+$/.test(key)));
        at = span.end;
      }
    }), { numRuns: 400 });
  });

  for (const [name, unit] of [
    ['prose', 'It works within hours.[1] Berman et al. found so (Zarate & Singh, 2006; see Murrough 2013). '], ['years', '2006 '], ['years in an open bracket', '(2006'], ['names', 'Zarate, '], ['names and', 'Zarate and '],
    ['open brackets', '['], ['open keys', '[@a '], ['numbers', '[1,'], ['digits', '1'], ['identifiers', '10.1056/'], ['addresses', 'a@b.'], ['roles', '{cite:p}`'], ['superscripts', 'abc¹'], ['signs', 'a* '], ['needed', '[citation '], ['et al', 'Zarate et al., '],
  ] as const) {
    it(`takes time in proportion to the text: ${name}`, () => {
      const make = (size: number): Document => documentOf(unit.repeat(Math.ceil(size / unit.length)), { references: FIVE });
      const times = timesAsLong(4, make, findCitations);
      ok(times < 10, String(times));
    });
  }
});

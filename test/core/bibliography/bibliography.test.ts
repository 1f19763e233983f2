import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readBibliography, type Entry } from '../../../server/src/core/bibliography/index';
import { bibliographyNames, librarian } from '../../../server/src/core/bibliography/library';
import { compilePlan } from '../../../server/src/core/index';
import { timesAsLong } from '../../ratio';

const read = (file: string, text: string) => readBibliography(file, text)!;
const keys = (entries: readonly Entry[]): string[] => entries.map(({ key }) => key);

const ARTICLE = `% a comment
@string{ap = "Archives of " # {General Psychiatry}}
@article{zarate2006,
  author = {Zarate, Jr, Carlos A. and {World Health Organization} and van der Berg, Jan and F\\"{o}rster, {\\AA}sa and others},
  title = {A Randomized {Trial} of "one" \\& another},
  journal = ap, year = 2006, volume = {63}, number = "8", pages = {856--864},
  doi = {https://doi.org/10.1001/archpsyc_63.8.856}, month = jun
}`;

describe('BibTeX', () => {
  it('reads names, macros, braces, accents and places', () => {
    const { entries: [entry], problems } = read('a.bib', ARTICLE);
    deepEqual(problems, []);
    deepEqual(entry!.authors, [
      { family: 'Zarate', given: 'Carlos A.' }, { family: 'World Health Organization', given: '' }, { family: 'van der Berg', given: 'Jan' }, { family: 'Förster', given: 'Åsa' },
    ]);
    equal(entry!.more, true);
    const { title, journal, year, volume, issue, pages, doi } = entry!;
    deepEqual({ title, journal, year, volume, issue, pages, doi }, {
      title: 'A Randomized Trial of "one" & another', journal: 'Archives of General Psychiatry', year: 2006, volume: '63', issue: '8', pages: '856-864', doi: '10.1001/archpsyc_63.8.856',
    });
    equal(ARTICLE.slice(entry!.keySpan.start, entry!.keySpan.end), 'zarate2006');
    equal(ARTICLE.slice(entry!.span.start, entry!.span.start + 8), '@article');
    equal(ARTICLE.slice(entry!.span.end - 1), '}');
  });

  for (const [what, text, expected, message, place] of [
    ['an entry that is not closed', '@article{a, title={One}, year=2001\n@article{b, title={Two}}', ['a', 'b'], /not closed/, '@article{a'],
    ['a value that is not closed', '@article{a, title={One, year=2001}\n@article{b, title={Two}}', ['a', 'b'], /./, '@article{a'],
    ['an entry without a key', '@article{title={One}}\n@article{b, title={Two}}', ['', 'b'], /no key/, '@article{'],
    ['a key that stands twice', '@article{a, title={One}}\n@article{a, title={Two}}', ['a', 'a'], /stands twice/, 'a'],
    ['a missing comma', '@article{a, title={One} year=2001}', ['a'], /comma is missing behind “title”/, 'title={One}'],
    ['words where a field should be', '@article{a, title={One},\n what is this\n year=2001}\n@article{b, title={Two}}', ['a', 'b'], /A field is expected/, 'what'],
  ] as const) {
    it(`reports ${what} at its place and reads the rest`, () => {
      const { entries, problems } = read('a.bib', text);
      deepEqual(keys(entries), expected);
      match(problems[0]!.message, message);
      ok(text.slice(problems[0]!.span.start).startsWith(place), JSON.stringify(text.slice(problems[0]!.span.start)));
      equal(entries.at(-1)!.title, expected.length > 1 ? 'Two' : 'One');
    });
  }

  it('knows retracted works by a field, keywords, a note or the title', () => {
    for (const field of ['retracted={true}', 'keywords={a; retracted}', 'note={Retraction in: J 2012}', 'title={RETRACTED: A}']) ok(read('a.bib', `@misc{a, ${field}}`).entries[0]!.retracted, field);
    ok(!read('a.bib', '@misc{a, title={Why papers are retracted}}').entries[0]!.retracted);
  });

  it('reads the bibliographies of the articles whole', () => {
    for (const name of ['references.bib', '30-esketamine-bp.bib']) {
      const text = readFileSync(join(import.meta.dirname, '../../gold/articles', name), 'utf8');
      const { entries, problems } = read(name, text);
      deepEqual(problems, []);
      equal(entries.length, text.match(/^@(?!comment|string|preamble)/gm)!.length);
      for (const entry of entries) ok(entry.key && entry.title && entry.year && entry.authors.length > 0, entry.key);
    }
  });
});

describe('CSL JSON', () => {
  const item = (id: string, more = '') => `{"id": "${id}", "type": "article-journal", "title": "On <i>${id}</i>", "author": [{"family": "Zarate", "given": "C A"}, {"literal": "WHO"}], "issued": {"date-parts": [[2006, 8]]}, "DOI": "10.1/x"${more}}`;

  it('reads items with their places', () => {
    const text = `[\n  ${item('a')},\n  ${item('b', ', "retracted": true')}\n]\n`;
    const { entries: [a, b], problems } = read('a.json', text);
    deepEqual(problems, []);
    deepEqual([a!.title, a!.year, a!.authors[0]!.family, a!.authors[1]!.family, a!.doi, a!.retracted, b!.retracted], ['On a', 2006, 'Zarate', 'WHO', '10.1/x', false, true]);
    equal(text.slice(b!.keySpan.start, b!.keySpan.end), 'b');
    equal(text.slice(a!.span.start, a!.span.end), item('a'));
  });

  it('reports a broken item at its place and reads the rest', () => {
    const text = `[\n${item('a')},\n{"id": "b", "title": "no end\n},\n${item('c')}\n]`;
    const { entries, problems } = read('a.json', text);
    deepEqual(keys(entries), ['a', 'c']);
    equal(problems.length, 1);
    ok(text.slice(problems[0]!.span.start).startsWith('{"id": "b"'));
  });

  it('leaves other JSON alone', () => {
    for (const text of ['{"name": "caveat", "version": "1"}', '[1, 2]', '[]', '[{"id": 1, "rule": "x"}]', '']) equal(readBibliography('package.json', text), undefined, text);
  });
});

describe('RIS', () => {
  it('reads records, and ends one that is not ended', () => {
    const text = 'TY  - JOUR\r\nID  - zarate2006\r\nAU  - Zarate, Carlos A.\r\nAU  - Singh, Jaskaran\r\nTI  - A trial\r\nof ketamine\r\nJO  - Arch Gen Psychiatry\r\nPY  - 2006/08//\r\nVL  - 63\r\nIS  - 8\r\nSP  - 856\r\nEP  - 864\r\nDO  - 10.1001/x\r\nTY  - JOUR\r\nID  - b\r\nTI  - Two\r\nER  - \r\n';
    const { entries, problems } = read('a.ris', text);
    deepEqual(keys(entries), ['zarate2006', 'b']);
    const { title, authors, journal, year, pages, doi, keySpan } = entries[0]!;
    deepEqual([title, authors.length, journal, year, pages, doi], ['A trial of ketamine', 2, 'Arch Gen Psychiatry', 2006, '856-864', '10.1001/x']);
    equal(text.slice(keySpan.start, keySpan.end), 'zarate2006');
    equal(problems.length, 1);
    match(problems[0]!.message, /not ended/);
    equal(problems[0]!.span.start, 0);
  });
});

describe('bibliographies of any text', () => {
  const pieces = fc.constantFrom('@article{', '{', '}', '"', ',', '=', 'title', ' a ', '\n', '%', '\\', '#', '@string(', ')', '[', ']', ':', '"id"', 'TY  - ', 'ER  - ', 'é', '\r\n', '2006');
  it('never throw, and have every place within the text', () => {
    fc.assert(fc.property(fc.array(pieces, { maxLength: 60 }), fc.constantFrom('a.bib', 'a.ris', 'a.json'), (parts, file) => {
      const text = parts.join('');
      const found = readBibliography(file, file.endsWith('json') ? `[{"id": 1, "title": ${text}` : text);
      for (const { span } of [...found?.entries ?? [], ...found?.problems ?? []]) ok(span.start >= 0 && span.start <= span.end && span.end <= (found?.text.length ?? 0));
    }), { numRuns: 2000 });
  });

  for (const [file, make] of [
    ['a.bib', (size: number) => '@article{a, title={'.repeat(size / 19)], ['a.bib', (size: number) => `@article{a,${'\nb={'.repeat(size / 4)}`], ['a.bib', (size: number) => `@a{b${' '.repeat(size)}`],
    ['a.bib', (size: number) => `@article{a, author={${'A and '.repeat(size / 6)}}}`], ['a.json', (size: number) => `[{"id": 1, "title": ${'{\n'.repeat(size / 2)}`], ['a.ris', (size: number) => 'TY  - \n x'.repeat(size / 9)],
  ] as const) {
    it(`take time in proportion to ${JSON.stringify(make(30))} as ${file}`, () => {
      ok(timesAsLong(4, (size) => make(size), (text) => readBibliography(file, text)) < 8);
    });
  }
});

describe('which bibliographies a document has', () => {
  it('are named in front matter and by commands, not in comments', () => {
    for (const [text, ...names] of [
      ['---\ntitle: A\nbibliography: refs.bib\n---\nText', 'refs.bib'], ['---\nbibliography: [a.bib, "b.json"] # both\n---\n', 'a.bib', 'b.json'],
      ['---\r\nbibliography:\r\n  - a.bib\r\n  - \'b.bib\'\r\n---\r\n', 'a.bib', 'b.bib'], ['Text\n\nbibliography: no.bib\n'],
      ['\\bibliography{a,b}\n% \\bibliography{no}\n\\addbibresource[label=x]{c.bib}', 'a.bib', 'b.bib', 'c.bib'], ['.. bibliography:: a.bib\n', 'a.bib'], [':bibtex-file: a.bib\n', 'a.bib'],
    ] as const) deepEqual(bibliographyNames(text), names, text);
  });

  const disk = (files: { [file: string]: string }) => {
    const asked: string[] = [];
    const books = librarian({
      read: async (file) => { asked.push(file); return files[file]; },
      list: async (folder) => Object.keys(files).filter((file) => file.startsWith(`${folder}/`)).map((file) => file.slice(folder.length + 1)).filter((name) => !name.includes('/')),
      folderOf: (file) => file.slice(0, file.lastIndexOf('/')), resolve: (folder, name) => (name.startsWith('/') ? name : `${folder}/${name}`),
    });
    return { books, asked, files };
  };

  it('are those that it names, else those that are configured, else those beside it', async () => {
    const { books } = disk({ '/w/a.bib': '@misc{a}', '/w/b.ris': 'TY  - JOUR\nER  -', '/w/package.json': '{"name": "x"}', '/w/other/c.bib': '@misc{c}' });
    const of = async (...rest: Parameters<typeof books.of>) => (await books.of(...rest)).map(({ file }) => file);
    deepEqual(await of('/w/doc.md', 'Text'), ['/w/a.bib', '/w/b.ris']);
    deepEqual(await of('/w/doc.md', 'Text', ['other/c.bib'], ['/w']), ['/w/other/c.bib']);
    deepEqual(await of('/w/doc.md', '---\nbibliography: a.bib\n---\n'), ['/w/a.bib']);
    deepEqual(await of('/w/doc.md', '\\bibliography{none}'), []);
  });

  it('are read once, and again when they changed', async () => {
    const { books, asked, files } = disk({ '/w/a.bib': '@misc{a}' });
    const first = await books.of('/w/doc.md', 'Text');
    equal(await books.of('/w/doc.md', 'Text more'), first);
    deepEqual(asked, ['/w/a.bib']);
    files['/w/a.bib'] = '@misc{b}';
    ok(books.changed('/w/a.bib'));
    ok(!books.changed('/w/doc.md'));
    const second = await books.of('/w/doc.md', 'Text');
    deepEqual(second.flatMap(({ entries }) => keys(entries)), ['b']);
    const plan = compilePlan({}, []);
    equal(books.planFor(plan, second), books.planFor(plan, second));
    ok(books.planFor(plan, first) !== books.planFor(plan, second));
    equal(books.planFor(plan, []), plan);
  });
});

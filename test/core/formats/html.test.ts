import assert from 'node:assert/strict';
import { html } from '../../../server/src/core/formats/html';
import { checkLaws, read, readLinks, readMarks, testLaws } from './laws';

const PAGE = `<!DOCTYPE html>
<html><head><title>Spray &amp; drip</title><meta name="description" content="What we &lsquo;offer&rsquo;">
<style>p > a { color: red }</style><script>if (a < b) document.write("<p>no</p>")</script></head>
<body><nav><a href="/">Home</a></nav>
<h1>Ketamine</h1>
<p>It <b>may</b> help<sup><a href="#fn1">1</a></sup>.<!-- a comment --> See <a href="https://x.example/a?b=1&amp;c=2">the trial</a>.</p>
<ul><li>first<ul><li>nested</li></ul>tail</li><li>second</ul>
<table><caption>Results</caption><tr><th>Drug<th>Rate<tr><th>A<td>50%<tr><td colspan=2>both</table>
<blockquote><p>It saved me.</p></blockquote>
<details><summary>Is it safe?</summary><p>Ask.</p></details>
<h2>References</h2><ol><li id="fn1">Smith 2020.</li><li>Jones 2021.</li></ol>
</body></html>
`;

describe('formats/html', () => {
  testLaws(html, [PAGE], ['<p>', '</p>', '<li>', '<table>', '<td>', '<sup>', '</sup>', '<a href="', '<a href=x>', '</a>', '<!--', '-->', '<pre>', '<code>', '<script>', '</script>', '&amp;', '&nbsp', '<h2>References</h2>', '<blockquote>', '<br>', '<', '<p class="', "<p class='", '<b>', '</x>', '<div>', '<q>']);

  it('reads a page', () => {
    assert.deepEqual(read(html, PAGE), [
      'title: Spray & drip', 'title: What we ‘offer’', 'aside: Home', 'heading 1: Ketamine', 'paragraph: It may help. See the trial.',
      'item 1: first', 'item 2: nested', 'item 1: tail', 'item 1: second',
      'caption: Results', 'cell 0,0 head: Drug', 'cell 0,1 head: Rate', 'cell 1,0: A', 'cell 1,1: 50%', 'cell 2,0: both',
      'paragraph quoted: It saved me.', 'heading 7: Is it safe?', 'paragraph: Ask.',
      'heading 2: References', 'reference [1]: Smith 2020.', 'reference [2]: Jones 2021.',
    ]);
    assert.deepEqual(readMarks(html, PAGE), ['<sup><a href="#fn1">1</a></sup> superscript 1']);
    assert.ok(readLinks(html, PAGE).includes('the trial → https://x.example/a?b=1&c=2 = https://x.example/a?b=1&amp;c=2'));
    assert.deepEqual(html.parse(PAGE).comments.map((c) => c.body), [' a comment ']);
  });

  it('puts an entity into its first unit', () => {
    const { prose } = checkLaws(html, '<p>a&#128512;b &lt;1% AT&T &hellip;</p>');
    assert.equal(prose.indexOf('😀'), 4);
    assert.equal(prose.indexOf('b'), 13);
    assert.equal(prose.replaceAll('\u0000', ''), 'a😀b <1% AT&T …');
  });

  it('reads inline markup as part of its word and a break as a space', () => {
    assert.deepEqual(read(html, '<p>keta<b>mine</b> works<br>well</p>'), ['paragraph: ketamine works well']);
    assert.deepEqual(read(html, '<div><b>89%</b><span>of members</span></div>'), ['paragraph: 89% of members']);
    assert.deepEqual(read(html, 'one<br><br>two'), ['paragraph: one', 'paragraph: two']);
  });

  it('knows raised numbers that are no citations', () => {
    assert.deepEqual(readMarks(html, '<p>20 m<sup>2</sup>, 10<sup>9</sup>, 1<sup>st</sup>, X<sup>&trade;</sup></p>'), []);
    assert.deepEqual(readMarks(html, '<p>It helps.<sup>2,5–7</sup> In 2006<sup>[3]</sup></p>'), ['<sup>2,5–7</sup> superscript 2,5,6,7', '<sup>[3]</sup> superscript 3']);
    assert.deepEqual(read(html, '<p>Helps<sup>*</sup></p><p><sup>*</sup> In a survey.</p>'), ['paragraph: Helps', 'note [*]: In a survey.']);
  });

  it('takes testimonials as quoted and navigation as aside', () => {
    assert.deepEqual(read(html, '<div class="card testimonial-card"><p>Wow.</p></div><div class="medical-review"><p>Checked.</p></div>'), ['paragraph quoted: Wow.', 'paragraph: Checked.']);
    assert.deepEqual(read(html, '<form><label>Name</label><p>We call you.</p><button>Send</button></form><a class="btn x" href="/a">Go</a> now'), ['aside: Name', 'paragraph: We call you.', 'aside: Send', 'aside: Go', 'paragraph: now']);
  });

  it('ends references with their section', () => {
    assert.deepEqual(read(html, '<section><h3>Sources</h3><p>[4] A, 2019.</p></section><p>After.</p>'), ['heading 3: Sources', 'reference [4]: [4] A, 2019.', 'paragraph: After.']);
    assert.deepEqual(read(html, '<div class="footnotes"><ol start="3"><li>A note.</ol></div><p>After.'), ['note [3]: A note.', 'paragraph: After.']);
  });

  it('never hides what follows broken markup', () => {
    for (const broken of ['<!-- open', '<p class="x', '<a href="x', "<a title='x", '<script>', '<pre>', '<p', '<', '</', '<code>', '<style', '<![CDATA[', '<?x', '<svg>', '<p "', '<template>', '<table><tr>', '&', '&#', '<title>', '<plaintext>', '<noembed>', '<textarea>', '<div hidden>', '<script src="x', '<p a=<', '<a/b=<', '</ x', '<!x', '<button>x</b>', '<h1>x', '<br <']) {
      const found = read(html, `<p>before</p>\n${broken}\n<p class="a">ketamine behind</p>\n<p>the end</p>`);
      assert.ok(found.some((block) => /ketamine behind/.test(block)), `${broken}: ${found.join(' / ')}`);
      assert.ok(found.some((block) => /^paragraph.*the end/.test(block) || broken === '<table><tr>'), `${broken}: ${found.join(' / ')}`);
    }
  });

  it('reads on behind markup that is closed further on', () => {
    const closed = '<p title="a <b> > c">one</p><!-- <p>no</p> -- x --><p>two</p><script>if (a < b) "</p>"; <!-- </script><title>a &lt; b</title><p><![CDATA[three]]></p>';
    assert.deepEqual(read(html, closed), ['paragraph: one', 'paragraph: two', 'title: a < b', 'paragraph: three']);
    assert.deepEqual(html.parse(closed).comments.map((c) => c.body), [' <p>no</p> -- x ']);
    assert.deepEqual(read(html, '<pre>half <p>typed</p><pre>code</pre><p>rest</p>'), ['paragraph: half', 'paragraph: typed', 'paragraph: rest']);
  });

  it('leaves out what no reader is shown, but not panels that open', () => {
    assert.deepEqual(read(html, '<p hidden>no</p><div aria-hidden="true"><p>no</p></div><p>yes<span hidden> no</span></p>'), ['paragraph: yes']);
    assert.deepEqual(read(html, '<p aria-hidden="false">a</p><p hidden="until-found">b</p><div role="tabpanel" hidden><p>c</p></div><button aria-controls="x y">More</button><div id="y" hidden>d</div>'),
      ['paragraph: a', 'paragraph: b', 'paragraph: c', 'aside: More', 'paragraph: d']);
    assert.deepEqual(read(html, '<p>one<span hidden></p><p>two</p>'), ['paragraph: one', 'paragraph: two']);
  });

  it('writes what it reads', () => {
    const { write } = html;
    const note = write.footnote('2', 'a < b & c')!;
    const text = `${write.heading('A & B', 2)}\n${write.paragraph(`1 < 2`)}\n${write.list(['x', 'y'])}\n${write.comment('caveat-disable x -- why')}\n<p>Text${note.mark}.</p>\n${note.definition}`;
    assert.deepEqual(read(html, text), ['heading 2: A & B', 'paragraph: 1 < 2', 'item 1: x', 'item 1: y', 'paragraph: Text.', 'note [2]: a < b & c']);
    assert.deepEqual(html.parse(text).comments.map((c) => c.body.trim()), ['caveat-disable x -- why']);
    assert.equal(readMarks(html, text)[0], `${note.mark} superscript 2`);
  });
});

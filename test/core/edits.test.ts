import { checkEdits, fixtures } from '../fuzz/edits';

/** `npm run fuzz` makes a hundred times as many. */
describe('edits: what is kept and what is new reads as all of it does from scratch', () => {
  it('in every format', function test() {
    this.timeout(300_000);
    checkEdits(1, 64, 15, fixtures(600));
  });
  it('in Markdown and MDX, which are kept in pieces', function test() {
    this.timeout(300_000);
    checkEdits(1, 30, 40, fixtures(1500).filter(({ format }) => format.id === 'markdown' || format.id === 'mdx'));
  });
});

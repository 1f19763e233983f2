import { checkEdits, fixtures } from '../fuzz/edits';

describe('edits', () => {
  it('read what is kept and what is new as all of it is read from scratch', function test() {
    this.timeout(240_000);
    checkEdits(1, 70, 15, fixtures(500));
    checkEdits(2, 70, 15, fixtures(1500));
  });
});

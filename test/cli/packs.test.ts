import assert from 'node:assert/strict';
import { desk, type Desk } from './io';

const PACK = (fires: string, phrases = "['reborn*']") => `
id: mine
name: Mine
version: '1'
reviewed: '2026-01-01'
wordings:
  - id: reborn
    rule: promotional-language
    when: always
    phrases: ${phrases}
    unless: []
    replace: {}
    fires: ['${fires}']
    quiet: ['Ketamine is an anaesthetic.']
`;

describe('caveat test', () => {
  let at: Desk;
  beforeEach(() => { at = desk(); });
  afterEach(() => at.clean());

  it('finds the packs that come with Caveat in order, every phrase covered', async () => {
    const { code, out, err } = await at.caveat('test', '--coverage');
    assert.equal(err, '');
    assert.match(out, /^ketamine: \d+ entries, \d+ lines, all as they should be$/m);
    assert.equal(code, 0, out);
  });

  it('passes and fails a pack of one\'s own', async () => {
    at.write({ 'good.yaml': PACK('You are reborn.'), 'bad.yaml': PACK('You are new.') });
    assert.equal((await at.caveat('test', 'good.yaml')).code, 0);
    const { code, out } = await at.caveat('test', 'bad.yaml');
    assert.equal(code, 1);
    assert.match(out, /reborn .*should be hit and is not\.\n +You are new\./);
  });

  it('asks for a line for each phrase with --coverage', async () => {
    at.write({ 'two.yaml': PACK('You are reborn.', "['reborn*', 'newborn*']") });
    assert.equal((await at.caveat('test', 'two.yaml')).code, 0);
    const { code, out } = await at.caveat('test', '--coverage', 'two.yaml');
    assert.equal(code, 1);
    assert.match(out, /newborn\*/);
  });

  it('says where a pack can not be read', async () => {
    at.write({ 'bad.yaml': PACK('You are reborn.', "['(reborn']"), 'worse.yaml': 'a: [' });
    const { code, err } = await at.caveat('test', 'bad.yaml', 'worse.yaml', 'gone.yaml', 'ketamine');
    assert.equal(code, 2);
    assert.match(err, /bad\.yaml:10:\d+: /);
    assert.match(err, /worse\.yaml:\d+:\d+: /);
    assert.match(err, /gone\.yaml: can not be read/);
    assert.match((await at.caveat('test', 'ketamin')).err, /did you mean “ketamine”\?/);
  });
});

import { hintsFor, limitsOf } from '../../../../../../handlers/summarize-run/output/page/client/hints';
import { Search } from '../../../../../../handlers/summarize-run/output/page/client/search';
import { START } from '../../../../../../handlers/summarize-run/output/page/client/state';

const account = (id: string, outcome: string, about: string) => ({
  ...{ id, name: `name-${id}`, unit: 'Root', owner: '', outcome, about },
  ...{ users: undefined, findings: undefined },
});
const accounts = [
  account('1', 'collected', '1.csv'),
  account('2', 'failed', 'denied'),
  account('3', 'skipped', 'SUSPENDED'),
  ...['4', '5', '6'].map((id) => account(id, 'collected', '')),
];
const empty = { cells: [], checks: [], users: [], findings: [], total: 0, name: '', console: undefined };
const search = new Search({ ...empty, accounts });
const hints = (state: Partial<typeof START>) => hintsFor(search, { ...START, ...state });

describe('Where no finding is shown', () => {
  it('says of an account without a report that nothing is known', () => {
    expect(hints({ text: 'name-2' })).toEqual([
      '2 name-2: failed: denied. Nothing is known about its users.',
    ]);
    expect(hints({ text: 'name-3', severity: 'high' })).toEqual([
      '3 name-3: skipped: SUSPENDED. Nothing is known about its users.',
    ]);
  });

  it('says of one with a report that none of its findings matches', () => {
    expect(hints({ text: 'name-1' })).toEqual(['1 name-1: collected. None of its findings matches.']);
  });

  it('does not speak of findings that the page has no room for', () => {
    const part = new Search({ ...empty, accounts, total: 1 });
    expect(hintsFor(part, { ...START, text: 'name-1' })).toEqual([
      '1 name-1: collected. None of its findings on this page matches.',
    ]);
  });

  it('says that no account matches', () => {
    expect(hints({ text: 'nobody' })).toEqual(['No account of this run matches the words.']);
  });

  it('names some of many accounts', () => {
    const all = hints({ text: 'root' });
    expect([all.length, all.at(-1)]).toEqual([6, '1 more account matches the words.']);
  });

  it('says what this run does not have', () => {
    expect(hints({ severity: 'Critical', check: 'old', owner: 'me', unit: 'Root' })).toEqual([
      'This run has no severity “Critical”.',
      'This run has no check “old”.',
      'This run has no owner “me”.',
    ]);
    expect(hints({})).toEqual([]);
  });
});

describe('What a list is limited to', () => {
  it('is said in words, for paper', () => {
    expect(limitsOf({ ...START, text: 'ada', severity: 'high', sort: 'user', account: '1' })).toBe(
      'Only those with the words “ada”, severity “high”.',
    );
    expect(limitsOf(START)).toBe('');
  });
});

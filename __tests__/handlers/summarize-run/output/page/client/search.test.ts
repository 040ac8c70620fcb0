import { Search } from '../../../../../../handlers/summarize-run/output/page/client/search';
import { START, hashOf, stateOf } from '../../../../../../handlers/summarize-run/output/page/client/state';
import type { PageData } from '../../../../../../handlers/summarize-run/output/page/data/page-data';

const account = (id: string, unit: string, owner: string, findings: number) => ({
  id,
  name: `name-${id}`,
  unit,
  owner,
  outcome: 'collected',
  about: `${id}.csv`,
  users: 2,
  findings,
});

const finding = (user: number, check: number, status: 'new' | 'open' | 'exempt', isUnknown = false) => ({
  user,
  check,
  status,
  isUnknown,
  reason: `reason of ${user}`,
  acceptance: status === 'exempt' ? 'until 2027-01-01: Agreed' : '',
});

const data: PageData = {
  cells: [],
  checks: [
    { id: 'old-key', severity: 'medium', title: '', remedy: '', controls: ['CIS v7.0 2.5'] },
    {
      id: 'root-key',
      severity: 'critical',
      title: '',
      remedy: '',
      controls: ['PCI DSS v4.0 8.2', 'CIS v7.0 2.6'],
    },
  ],
  accounts: [
    account('1', 'Root/Prod', 'ann', 2),
    { ...account('2', 'Root/Prod/Web', 'bob', 9), users: 1 },
    { ...account('3', 'Root/Production', '', 0), outcome: 'failed', users: undefined, findings: undefined },
    { ...account('o-1', '', '', 0), outcome: 'organization' },
  ],
  users: [
    { account: 0, name: 'Zoe', arn: 'arn:aws:iam::1:user/Team/Zoe', cells: [] },
    { account: 1, name: 'amy', arn: '', cells: [] },
    { account: 3, name: '', arn: '', cells: [] },
  ],
  findings: [
    finding(0, 0, 'open'),
    finding(0, 1, 'exempt'),
    finding(1, 0, 'new'),
    finding(1, 1, 'open', true),
    finding(2, 1, 'open'),
  ],
  total: 5,
  name: 'production 2026-11-22',
  console: undefined,
};

const search = new Search(data);
const found = (state: Partial<typeof START>) =>
  search
    .findings({ ...START, ...state })
    .map(({ account: { id }, user, check, status }) => [id, user, check.id, status].join(' '));
const accounts = (state: Partial<typeof START>) =>
  search.accounts({ ...START, show: 'accounts', ...state }).map(({ id }) => id);

describe('The search of a page', () => {
  it('shows every finding, the worst severity first, then new ones', () => {
    expect(found({})).toEqual([
      '2 amy root-key open',
      'o-1  root-key open',
      '1 Zoe root-key exempt',
      '2 amy old-key new',
      '1 Zoe old-key open',
    ]);
  });

  it.each([
    [{ text: 'NAME-2 amy' }, 2],
    [{ text: 'zoe' }, 2],
    [{ text: 'arn:aws:iam::1:user/team/zoe' }, 2],
    [{ text: 'ann  reason' }, 2],
    [{ text: 'agreed' }, 1],
    [{ text: 'nobody' }, 0],
    [{ severity: 'medium' }, 2],
    [{ check: 'root-key' }, 3],
    [{ framework: 'PCI DSS v4.0' }, 3],
    [{ framework: 'CIS v7.0' }, 5],
    [{ framework: 'other' }, 0],
    [{ status: 'exempt' }, 1],
    [{ status: 'unknown' }, 1],
    [{ unit: 'Root/Prod' }, 4],
    [{ unit: 'Root/Prod/Web' }, 2],
    [{ owner: 'ann' }, 2],
    [{ owner: 'ann', severity: 'critical', status: 'exempt', text: '1' }, 1],
  ])('finds with %j %d findings', (state, count) => {
    expect(found(state)).toHaveLength(count);
  });

  it('orders findings by a column, up and down, and keeps the order of equal ones', () => {
    expect(found({ sort: 'user' }).map((row) => row.split(' ')[1])).toEqual(['', 'Zoe', 'Zoe', 'amy', 'amy']);
    expect(found({ sort: '-account' })[0]).toBe('o-1  root-key open');
    expect(found({ sort: '-check' }).map((row) => row.split(' ')[2])).toEqual([
      ...['root-key', 'root-key', 'root-key', 'old-key', 'old-key'],
    ]);
    expect(found({ sort: 'check' })[0]).toBe('1 Zoe old-key open');
    expect(found({ sort: 'status' })).toEqual([
      '2 amy old-key new',
      '1 Zoe old-key open',
      '2 amy root-key open',
      'o-1  root-key open',
      '1 Zoe root-key exempt',
    ]);
  });

  it('shows accounts, those with most findings first, and no organization', () => {
    expect(accounts({})).toEqual(['2', '1', '3']);
    expect(accounts({ sort: 'owner' })).toEqual(['3', '1', '2']);
    expect(accounts({ unit: 'Root/Prod' })).toEqual(['2', '1']);
    expect(accounts({ text: 'name-3' })).toEqual(['3']);
  });

  it.each([
    ['account', ['1', '2', '3']],
    ['unit', ['1', '2', '3']],
    ['owner', ['3', '1', '2']],
    ['outcome', ['1', '2', '3']],
    ['users', ['3', '2', '1']],
    ['findings', ['3', '1', '2']],
    ['-findings', ['2', '1', '3']],
    ['-account', ['3', '2', '1']],
    ['-unit', ['3', '2', '1']],
    ['-outcome', ['3', '1', '2']],
    ['nothing', ['1', '2', '3']],
    ['constructor', ['1', '2', '3']],
  ])('orders accounts by %s', (sort, ids) => {
    expect(accounts({ sort })).toEqual(ids);
  });

  it('reads words however they are separated, and units with the slash that AWS writes at their end', () => {
    expect(found({ text: ' \t zoe   AGREED ' })).toEqual(['1 Zoe root-key exempt']);
    expect(accounts({ unit: 'Root/Prod/' })).toEqual(['2', '1']);
  });

  it('finds an account by its ID as the console shows it', () => {
    const ofConsole = new Search({ ...data, accounts: [account('123456789012', '', '', 1)] });
    const ids = (text: string) => ofConsole.accounts({ ...START, text }).map(({ id }) => id);
    expect(ids('1234-5678-9012')).toEqual(['123456789012']);
    expect(ids('1234 5678 9012, name')).toEqual(['123456789012']);
    expect(ids('1234-5678-9013')).toEqual([]);
    expect(ofConsole.account('1234-5678-9012')).toBeDefined();
    expect(ids('name-123456789012')).toEqual(['123456789012']);
  });

  it('has no findings of an account that is not collected, which is less than none', () => {
    const none = new Search({
      ...data,
      accounts: [{ ...account('1', '', '', 0), findings: undefined }, account('2', 'A/', '', 0)],
    });
    const ids = none.accounts({ ...START, sort: '-findings' }).map(({ id }) => id);
    expect(ids).toEqual(['2', '1']);
    expect(none.choices.unit).toEqual(['A']);
  });

  it('offers what there is to choose', () => {
    expect(search.choices).toMatchObject({
      check: ['old-key', 'root-key'],
      framework: ['CIS v7.0', 'PCI DSS v4.0'],
      status: ['new', 'open', 'exempt', 'unknown'],
      // No account is in the root itself: what contains others can be chosen too.
      unit: ['Root', 'Root/Prod', 'Root/Prod/Web', 'Root/Production'],
      owner: ['ann', 'bob'],
    });
  });

  it('has the users of an account with their findings', () => {
    const users = search.usersOf(search.account('2')!);
    expect(users.map(({ user, rows }) => [user.name, rows.length])).toEqual([['amy', 2]]);
    expect(search.account('9')).toBeUndefined();
  });
});

describe('The address of a page', () => {
  it('says what is shown, and only what differs from the start', () => {
    expect(hashOf(START)).toBe('');
    const state = { ...START, show: 'accounts', text: 'a & b=c#', sort: '-users', account: '1' } as const;
    expect(stateOf(hashOf(state))).toEqual(state);
    expect(hashOf({ ...START, severity: 'high' })).toBe('#severity=high');
  });

  it.each(['', '#', '#nothing=1&show=other', '#%'])('is as at the start with %j', (hash) => {
    expect(stateOf(hash)).toEqual(START);
  });
});

import { type AccountSnapshot, snapshotLine } from '../../../../handlers/core/snapshot';
import { snapshotHeader } from '../../../../handlers/core/snapshot-header';
import { EarlierSnapshot } from '../../../../handlers/summarize-run/history/earlier-snapshot';
import { allOf } from '../../../support/all-of';

const RULES = { 'root-mfa': {} };
const [one, two, three, four] = ['111111111111', '222222222222', '333333333333', '444444444444'].map(
  (account): AccountSnapshot => ({ account, users: [['ada', 'root-mfa']] }),
) as [AccountSnapshot, AccountSnapshot, AccountSnapshot, AccountSnapshot];

/** Opens a snapshot with these lines after its header; an error among them is thrown. */
async function open(
  lines: (AccountSnapshot | string | Error)[],
  header = snapshotHeader('production', RULES),
) {
  const read = { lines: 0 };
  // eslint-disable-next-line @typescript-eslint/require-await -- the lines of a bucket are awaited
  async function* iterate(): AsyncGenerator<string, undefined> {
    for (const line of [header, ...lines]) {
      if (line instanceof Error) throw line;
      read.lines++;
      yield (typeof line === 'string' ? line : snapshotLine(line)).trimEnd();
    }
  }
  const snapshot = await EarlierSnapshot.open(iterate(), 'production');
  if (typeof snapshot === 'string') throw new Error(snapshot);
  return { snapshot, read };
}
/** The accounts before this one that nobody asked for, and the snapshot of this one. */
async function ask(snapshot: EarlierSnapshot, { account }: AccountSnapshot) {
  const passed = (await allOf(snapshot.until(account))).map((line) => line.account);
  return { passed, found: await snapshot.take(account) };
}

describe('the snapshot of an earlier run', () => {
  it('has the rules of its header', async () => {
    expect((await open([])).snapshot.rules).toEqual(RULES);
  });

  it('has the snapshot of each account, once', async () => {
    const { snapshot } = await open([one, two]);
    await expect(ask(snapshot, one)).resolves.toEqual({ passed: [], found: one });
    await expect(snapshot.take(one.account)).resolves.toBeUndefined();
    await expect(ask(snapshot, two)).resolves.toEqual({ passed: [], found: two });
    await expect(allOf(snapshot.until())).resolves.toEqual([]);
    expect(snapshot.problem).toBeUndefined();
  });

  it('has the accounts that nobody asks for: before, between and after the others', async () => {
    const { snapshot } = await open([one, two, three, four]);
    await expect(ask(snapshot, two)).resolves.toEqual({ passed: [one.account], found: two });
    await expect(allOf(snapshot.until())).resolves.toEqual([three, four]);
    await expect(allOf(snapshot.until())).resolves.toEqual([]);
  });

  it('has nothing for an account that it does not name', async () => {
    const { snapshot } = await open([two]);
    await expect(ask(snapshot, one)).resolves.toEqual({ passed: [], found: undefined });
    await expect(ask(snapshot, two)).resolves.toEqual({ passed: [], found: two });
    await expect(ask(snapshot, three)).resolves.toEqual({ passed: [], found: undefined });
  });

  it('may be of no account', async () => {
    await expect(ask((await open([])).snapshot, one)).resolves.toEqual({ passed: [], found: undefined });
  });

  it('is read at most one account further than it is needed', async () => {
    const { snapshot, read } = await open([one, two, three, four]);
    expect(read.lines).toBe(1);
    await ask(snapshot, one);
    expect(read.lines).toBe(3);
  });

  it.each([
    ['garbage', 'damaged-line'],
    ['', 'damaged-line'],
    [one, 'damaged-line'],
    [two, 'damaged-line'],
    [new Error('the connection was closed'), 'unreadable'],
  ])('ends with a problem, and without an error, at %j', async (line, problem) => {
    const { snapshot } = await open([one, two, line, three]);
    await expect(ask(snapshot, one)).resolves.toMatchObject({ found: one });
    expect(snapshot.problem).toBeUndefined();
    await expect(ask(snapshot, two)).resolves.toMatchObject({ found: two });
    expect(snapshot.problem).toBe(problem);
    await expect(ask(snapshot, three)).resolves.toEqual({ passed: [], found: undefined });
    await expect(allOf(snapshot.until())).resolves.toEqual([]);
  });

  it('cannot be opened without a header that can be used', async () => {
    await expect(open([], '{"snapshot":4}')).rejects.toThrow('newer-version');
    await expect(open([], snapshotHeader('test', RULES))).rejects.toThrow('other-environment');
  });

  it('cannot be opened, but ends nothing, if it cannot be read', async () => {
    const lines = { next: () => Promise.reject(new Error('AccessDenied')) };
    await expect(EarlierSnapshot.open(lines, 'production')).resolves.toBe('unreadable');
  });
});

import { type AccountSnapshot, SNAPSHOT_HEADER, snapshotLine } from '../../../../handlers/core/snapshot';
import { EarlierSnapshot } from '../../../../handlers/summarize-run/history/earlier-snapshot';

const [one, two, three] = ['111111111111', '222222222222', '333333333333'].map(
  (account): AccountSnapshot => ({ account, users: [['ada', 'root-mfa']] }),
) as [AccountSnapshot, AccountSnapshot, AccountSnapshot];

/** A snapshot with these lines, and how many of them were read. */
function snapshotWith(lines: string[]) {
  const read = { lines: 0 };
  // eslint-disable-next-line @typescript-eslint/require-await -- the lines of a bucket are awaited
  async function* iterate(): AsyncGenerator<string, undefined> {
    for (const line of lines) {
      read.lines++;
      yield line.trimEnd();
    }
  }
  return { snapshot: new EarlierSnapshot(iterate()), read };
}
const snapshotOf = (...accounts: AccountSnapshot[]) =>
  snapshotWith([SNAPSHOT_HEADER, ...accounts.map(snapshotLine)]);

describe('the snapshot of an earlier run', () => {
  it('has the snapshot of each account, also when it is asked for twice', async () => {
    const { snapshot } = snapshotOf(one, two);
    await expect(snapshot.of(one.account)).resolves.toEqual(one);
    await expect(snapshot.of(one.account)).resolves.toEqual(one);
    await expect(snapshot.of(two.account)).resolves.toEqual(two);
  });

  it('has nothing for an account that it does not name, before, between and after those that it does', async () => {
    const { snapshot } = snapshotOf(two);
    await expect(snapshot.of(one.account)).resolves.toBeUndefined();
    await expect(snapshot.of(two.account)).resolves.toEqual(two);
    await expect(snapshot.of(three.account)).resolves.toBeUndefined();
    await expect(snapshot.of(three.account)).resolves.toBeUndefined();
  });

  it('passes over accounts that nobody asks for', async () => {
    const { snapshot } = snapshotOf(one, two, three);
    await expect(snapshot.of(three.account)).resolves.toEqual(three);
  });

  it('may be of no account', async () => {
    await expect(snapshotOf().snapshot.of(one.account)).resolves.toBeUndefined();
  });

  it('is read no further than it is needed', async () => {
    const { snapshot, read } = snapshotOf(one, two, three);
    expect(read.lines).toBe(0);
    await snapshot.of(one.account);
    expect(read.lines).toBe(2);
  });

  it.each([[['{"snapshot":2}']], [[snapshotLine(one)]], [[]]])(
    'cannot be read when it does not start with the header: %j',
    async (lines) => {
      await expect(snapshotWith(lines).snapshot.of(one.account)).rejects.toThrow('header');
    },
  );
});

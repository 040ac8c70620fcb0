import { type AccountSnapshot, comparedFinding, snapshotLine } from '../../../handlers/core/snapshot';
import { snapshotHeader } from '../../../handlers/core/snapshot-header';
import { Comparison } from '../../../handlers/summarize-run/comparison';
import { EarlierSnapshot } from '../../../handlers/summarize-run/history/earlier-snapshot';
import { allOf } from '../../support/all-of';
import { collectedAccount } from '../../support/manifests';
import { accountId } from '../../support/stored-run';

const RULES = { 'root-mfa': {}, 'unused-45-days': { unusedDays: 45 } };
const [one, two, three] = [1, 2, 3].map(accountId) as [string, string, string];
const snapshotOf = (account: string, rules?: AccountSnapshot['rules']): AccountSnapshot => ({
  account,
  users: [
    ['<root_account>', 'root-mfa'],
    ['ada', 'unused-45-days'],
    ['ken', '!unused-45-days'],
  ],
  ...(rules && { rules }),
});
beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

async function comparisonWith(lines: string[], rules = RULES) {
  const stored = [snapshotHeader('production', RULES), ...lines];
  const iterator = stored.values() as unknown as AsyncIterator<string, undefined>;
  const snapshot = await EarlierSnapshot.open(iterator, 'production');
  if (typeof snapshot === 'string') throw new Error(snapshot);
  const manifest = { date: '', execution: 'run-0', startedAt: '', accounts: [collectedAccount(1)] };
  return new Comparison({ manifest, snapshot }, rules);
}

describe('the comparison with the earlier run', () => {
  it('names an account that left, its users without the root user, and its findings that are not exempt', async () => {
    const comparison = await comparisonWith([snapshotLine(snapshotOf(one)), snapshotLine(snapshotOf(two))]);
    await expect(allOf(comparison.removedBefore(two))).resolves.toEqual([
      {
        account: { id: one, name: 'name-1' },
        users: ['ada', 'ken'],
        findings: [comparedFinding('<root_account>', 'root-mfa'), comparedFinding('ada', 'unused-45-days')],
      },
    ]);
    await expect(allOf(comparison.removedBefore())).resolves.toMatchObject([
      { account: { id: two, name: '' } },
    ]);
  });

  it('keeps the snapshot of an account without a report, with its rules if they are not those of the run', async () => {
    const keptOf = async (rules: typeof RULES, own?: typeof RULES) => {
      const comparison = await comparisonWith([snapshotLine(snapshotOf(one, own))], rules);
      await allOf(comparison.removedBefore(one));
      return comparison.kept(one);
    };
    const OTHER = { ...RULES, 'unused-45-days': { unusedDays: 400 } };
    await expect(keptOf(RULES)).resolves.toEqual(snapshotOf(one));
    await expect(keptOf(OTHER)).resolves.toEqual(snapshotOf(one, RULES));
    await expect(keptOf(RULES, OTHER)).resolves.toEqual(snapshotOf(one, OTHER));
    await expect(keptOf(OTHER, OTHER)).resolves.toEqual(snapshotOf(one));
  });

  it('keeps nothing for an account that never had a report', async () => {
    const comparison = await comparisonWith([snapshotLine(snapshotOf(two))]);
    await allOf(comparison.removedBefore(one));
    await expect(comparison.kept(one)).resolves.toBeUndefined();
    expect(comparison.counts).toMatchObject({ findingsBefore: 0, findingsNow: 0 });
  });

  it('compares no account after a damaged line, and says so, instead of calling everything new', async () => {
    const comparison = await comparisonWith([
      snapshotLine(snapshotOf(one)),
      '{"account":"1000',
      snapshotLine(snapshotOf(three)),
    ]);
    const changes = [];
    for (const account of [one, two, three]) {
      expect(await allOf(comparison.removedBefore(account))).toEqual([]);
      changes.push((await comparison.compared(snapshotOf(account))).changes);
    }
    expect(changes.map((change) => change?.newFindings)).toEqual([[], undefined, undefined]);
    expect(comparison.notes()).toEqual([
      'The snapshot of the earlier run has a line that is not the snapshot of an account; the accounts after that place were not compared.',
    ]);
    expect(comparison.counts).toMatchObject({ newFindings: 0, resolvedFindings: 0, findingsNow: 6 });
  });

  it('tells, and does not throw, if the numbers do not add up', async () => {
    // A snapshot that somebody edited: an account has a user twice.
    const edited = {
      account: one,
      users: [
        ['ada', 'root-mfa'],
        ['ada', 'root-mfa'],
      ],
    };
    const comparison = await comparisonWith([JSON.stringify(edited)]);
    await allOf(comparison.removedBefore(one));
    await comparison.compared({ account: one, users: [['ada']] });
    expect(comparison.notes()).toEqual([expect.stringContaining('do not add up: 2 findings before')]);
    expect(jest.mocked(console.log).mock.calls.flat().join()).toContain('do not add up');
  });

  it('has no note, and logs nothing, if everything adds up', async () => {
    const comparison = await comparisonWith([]);
    expect(comparison.notes()).toEqual([]);
    expect(console.log).not.toHaveBeenCalled();
  });
});

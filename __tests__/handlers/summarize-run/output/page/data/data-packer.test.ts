import { gunzipSync } from 'node:zlib';
import { checks } from '../../../../../../handlers/checks';
import type { ManifestAccount } from '../../../../../../handlers/core/manifest';
import type { Finding } from '../../../../../../handlers/core/evaluate';
import {
  DataPacker,
  type PackedEntry,
} from '../../../../../../handlers/summarize-run/output/page/data/data-packer';
import { type PageData, unpack } from '../../../../../../handlers/summarize-run/output/page/data/page-data';
import { collectedAccount, contentOf, failedAccount } from '../../../../../support/manifests';

const [critical, high, low] = ['root-access-key', 'console-mfa', 'active-certificate'].map((id) =>
  checks.find((check) => check.id === id)!,
) as [(typeof checks)[number], (typeof checks)[number], (typeof checks)[number]];

const CELLS = ['2024-02-29T08:09:10Z', ...Array.from({ length: 20 }, () => 'N/A')];

function finding(user: string, check: (typeof checks)[number], more: Partial<Finding> = {}): Finding {
  const { severity } = check;
  return {
    user,
    arn: '',
    check,
    severity,
    result: 'fail',
    reason: 'it is 12 days old',
    key: check.id,
    ...more,
  };
}

function entry(id: string, findings: readonly Finding[], cells = CELLS.join()): PackedEntry {
  const users = [...new Set(findings.map(({ user }) => user))];
  const rows = users.map((user) => ({ user, arn: `arn:aws:iam::${id}:user/team/${user}`, cells }));
  return { account: { id }, rows, findings, statusOf: ({ exemption }) => (exemption ? 'exempt' : 'open') };
}

const contentWith = (accounts: Parameters<typeof contentOf>[0]) => ({
  ...contentOf(accounts),
  checks: checks.map(({ id, severity }) => ({ ...contentOf([]).checks[0]!, id, severity })),
});

function unpacked(packer: DataPacker, accounts: ManifestAccount[] = [collectedAccount(1)]): PageData {
  const packed = packer.packed(contentWith(accounts));
  return unpack(gunzipSync(Buffer.from(packed, 'base64')).toString());
}

const usersOf = ({ users, findings }: PageData) => findings.map(({ user }) => users[user]?.name);

describe('The data of a page', () => {
  const account = collectedAccount(1);

  it('have every finding with its user, all cells, and its account', () => {
    const packer = new DataPacker('aws');
    const exemption = { check: high.id, account: '*', user: '*', reason: 'because', expires: '2027-01-01' };
    packer.add(
      entry(account.id, [
        finding('ann', high, { exemption }),
        finding('bob', low, { result: 'unknown' }),
        finding('ann', low),
      ]),
    );
    const data = unpacked(packer, [failedAccount(0), account]);
    const shown = data.findings.map(({ user, check, status, isUnknown, reason, acceptance }) => [
      data.accounts[data.users[user]!.account]!.id,
      data.users[user]!.name,
      data.checks[check]!.id,
      status,
      isUnknown,
      reason,
      acceptance,
    ]);
    expect(shown).toEqual([
      [account.id, 'ann', high.id, 'exempt', false, 'it is 12 days old', 'until 2027-01-01: because'],
      [account.id, 'ann', low.id, 'open', false, 'it is 12 days old', ''],
      [account.id, 'bob', low.id, 'open', true, 'it is 12 days old', ''],
    ]);
    expect(data.users[0]).toEqual({
      account: 0,
      name: 'ann',
      arn: `arn:aws:iam::${account.id}:user/team/ann`,
      cells: CELLS,
    });
    expect(data.cells).toHaveLength(CELLS.length);
    expect(data.total).toBe(3);
  });

  it('have every account: those without a report say why, the others where it is', () => {
    const { accounts } = unpacked(new DataPacker('aws'), [failedAccount(0), account]);
    expect(accounts).toMatchObject([
      { id: failedAccount(0).id, outcome: 'failed', about: 'denied', users: undefined, findings: undefined },
      { id: account.id, outcome: 'collected', about: account.key, users: account.users },
    ]);
  });

  it('say of an account that failed where its report is from that the tables show, and count nothing of it', () => {
    const keptFrom = { number: 1, execution: 'morning', startedAt: '2026-11-22T04:00:00.000Z' };
    const { accounts } = unpacked(new DataPacker('aws'), [{ ...failedAccount(0), keptFrom }]);
    expect(accounts).toMatchObject([
      {
        about: 'denied; the tables show its report of the run of 2026-11-22 04:00 UTC, morning',
        users: undefined,
        findings: undefined,
      },
    ]);
  });

  it('have what is found about the organization', () => {
    const packer = new DataPacker('aws');
    packer.add({ ...entry('o-exampleorg1', [finding('', low)]), rows: [] });
    const data = unpacked(packer);
    expect(data.accounts[data.users[0]!.account]).toMatchObject({
      id: 'o-exampleorg1',
      outcome: 'organization',
    });
  });

  it('have cells with quotation marks, line breaks and other control characters as one cell each', () => {
    const packer = new DataPacker('aws');
    const cells = [...CELLS.slice(0, 20), '"a ""b"", c"'].join();
    packer.add(entry(account.id, [finding('a\u0000b\nc\u001dd', low, { reason: 'x\u0003\ny' })], cells));
    const data = unpacked(packer);
    expect(data.users[0]).toMatchObject({ name: 'a b c d', cells: [...CELLS.slice(0, 20), 'a "b", c'] });
    expect(data.findings[0]!.reason).toBe('x y');
  });

  it('have users with the worst findings where there is no room for all, and say how many findings there are', () => {
    const packer = new DataPacker('aws', 4);
    packer.add(entry('100000000001', [finding('low-1', low), finding('low-2', low)]));
    packer.add(
      entry('100000000002', [finding('high-1', high), finding('low-3', low), finding('high-1', low)]),
    );
    expect(usersOf(unpacked(packer))).toEqual(['high-1', 'high-1', 'low-1', 'low-2']);
    packer.add(entry('100000000003', [finding('critical-1', critical), finding('low-4', low)]));
    packer.add(entry('100000000004', [finding('high-2', high)]));
    const data = unpacked(packer);
    expect(usersOf(data)).toEqual(['critical-1', 'high-1', 'high-1', 'high-2']);
    expect(data.total).toBe(8);
  });

  it('leave out the users of an organization that came last, a thousand at a time, where there is no room', () => {
    const packer = new DataPacker('aws', 2_500);
    const names = Array.from({ length: 2_500 }, (_, index) => `user-${index}`);
    packer.add(
      entry(
        '100000000001',
        names.map((name) => finding(name, low)),
      ),
    );
    packer.add(entry('100000000002', [finding('critical-1', critical)]));
    const shown = usersOf(unpacked(packer));
    expect(shown).toEqual(['critical-1', ...names.slice(0, 2_000)]);
    // A later account does not take the room of an earlier one that was as bad.
    packer.add(entry('100000000003', [finding('late', low)]));
    packer.add(entry('100000000004', [finding('critical-2', critical), finding('critical-2', low)]));
    expect(usersOf(unpacked(packer))).toEqual([
      'critical-1',
      'critical-2',
      'critical-2',
      ...names.slice(0, 2_000),
    ]);
  });

  it('have the ARN of a finding where there is no row, such as of a user who was created later', () => {
    const packer = new DataPacker('aws');
    const arn = `arn:aws:iam::${account.id}:user/late`;
    packer.add({ ...entry(account.id, [finding('late', low, { arn })]), rows: [] });
    const [user] = unpacked(packer).users;
    expect(user).toMatchObject({ name: 'late', arn });
    expect(user!.cells.every((cell) => cell === '')).toBe(true);
  });

  it.each([
    'arn:aws:iam::100000000001:root',
    'arn:aws-cn:iam::100000000001:user/ann',
    'arn:aws:iam::999999999999:user/ann',
    'arn:aws:iam::100000000001:user/',
    'arn:aws:iam::100000000001:user/a/',
    '',
  ])('have the ARN %j as it is', (arn) => {
    const packer = new DataPacker('aws');
    packer.add({ ...entry(account.id, [finding('ann', low, { arn })]), rows: [] });
    expect(unpacked(packer).users[0]!.arn).toBe(arn);
  });

  it('say of an account that is skipped in which state it is', () => {
    const skipped: ManifestAccount = {
      id: '100000000009',
      name: 'x',
      outcome: 'skipped',
      state: 'SUSPENDED',
      detail: '',
    };
    expect(unpacked(new DataPacker('aws'), [skipped]).accounts).toMatchObject([
      { outcome: 'skipped', about: 'SUSPENDED', users: undefined, findings: undefined },
    ]);
  });

  it('are refused if a finding is of a check that the run does not have', () => {
    const packer = new DataPacker('aws');
    packer.add(entry(account.id, [finding('ann', high)]));
    expect(() => packer.packed({ ...contentOf([account]), checks: [] })).toThrow(/no check of the run/);
  });

  it('are the same text every time', () => {
    const packed = () => {
      const packer = new DataPacker('aws');
      packer.add(entry(account.id, [finding('ann', high)]));
      return packer.packed(contentWith([account]));
    };
    expect(packed()).toBe(packed());
    // The time of a compression would be in these bytes.
    expect([...Buffer.from(packed(), 'base64').subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  });
});

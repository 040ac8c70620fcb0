import { checks } from '../../../handlers/checks';
import type { Finding } from '../../../handlers/core/evaluate';
import {
  comparedFinding,
  isExempt,
  openFindings,
  snapshotLine,
  snapshotOf,
} from '../../../handlers/core/snapshot';

const [first, second] = checks as [Finding['check'], Finding['check']];
const exemption = { account: '*', user: '*', check: first.id, reason: 'r', expires: '2026-12-31' };
const finding = (
  user: string,
  check: Finding['check'],
  exempt = false,
): Pick<Finding, 'user' | 'key' | 'exemption'> => ({
  user,
  key: check.id,
  ...(exempt && { exemption }),
});

describe('the snapshot of an account', () => {
  it('has every user in the order of the report, with its findings', () => {
    const findings = [finding('ken', first), finding('ada', second), finding('ken', second)];
    expect(snapshotOf('123456789012', ['ada', 'ben', 'ken'], findings)).toEqual({
      account: '123456789012',
      users: [['ada', second.id], ['ben'], ['ken', first.id, second.id]],
    });
  });

  it('tells exempt findings from others', () => {
    const { users } = snapshotOf(
      '123456789012',
      ['ada'],
      [finding('ada', first, true), finding('ada', second)],
    );
    const [, exempt, open] = users[0] as [string, string, string];
    expect([exempt, open].map((key) => comparedFinding('ada', key).check)).toEqual([first.id, second.id]);
    expect([exempt, open].map(isExempt)).toEqual([true, false]);
  });

  it('has no finding of a user that is not in the report', () => {
    expect(snapshotOf('123456789012', ['ada'], [finding('ken', first)]).users).toEqual([['ada']]);
  });

  it('has a finding once, however many rows of a report name its user', () => {
    const findings = [finding('ada', first), finding('ada', first)];
    expect(snapshotOf('123456789012', ['ada', 'ada'], findings).users).toEqual([['ada', first.id]]);
  });

  it('has its open findings without the exempt ones', () => {
    const findings = [finding('ada', first, true), finding('ada', second), finding('ken', first)];
    expect(openFindings(snapshotOf('123456789012', ['ada', 'ken'], findings))).toEqual([
      comparedFinding('ada', second.id),
      comparedFinding('ken', first.id),
    ]);
  });

  it('has each credential of a user by itself', () => {
    const keys = [`${first.id} password`, `${first.id} access-key 2024-01-01T00:00:00.000Z`];
    const findings = keys.map((key) => ({ user: 'ada', key }));
    const account = snapshotOf('123456789012', ['ada'], findings);
    expect(account.users).toEqual([['ada', ...keys]]);
    expect(openFindings(account)).toEqual([
      { user: 'ada', check: first.id, credential: 'password', key: keys[0] },
      { user: 'ada', check: first.id, credential: 'access-key 2024-01-01T00:00:00.000Z', key: keys[1] },
    ]);
  });

  it('is one line of JSON', () => {
    const account = snapshotOf('123456789012', ['a\nb'], []);
    expect(snapshotLine(account)).toBe('{"account":"123456789012","users":[["a\\nb"]]}\n');
  });
});

import { parse } from 'csv-parse/sync';
import { DAY } from '../../../../local/fake-aws/organization/churn';
import type { OrganizationProps } from '../../../../local/fake-aws/organization/organization';
import { organizationOf } from '../../../../tools/support/embedded';

const NOW = new Date('2026-11-22T08:00:00Z');

/** The reports of the accounts that have one, by account ID, on a day. */
function reportsOf(props: Partial<OrganizationProps>, day = (props.days ?? 1) - 1): Map<string, string> {
  const organization = organizationOf({ accounts: 12, users: 20, now: () => NOW, ...props });
  organization.begin(day);
  return new Map(
    organization.accounts.flatMap((account) => {
      for (let request = 0; request < 20; request++) account.generateReport();
      const report = account.currentReport();
      return report ? [[account.id, report.content.toString()]] : [];
    }),
  );
}
type Row = Record<string, string>;
const rowsOf = (report: string) => parse<Row>(report, { columns: true });

describe('the users of an embedded organization', () => {
  it.each([{ slow: 3 }, { throttled: 4 }, { denied: 2, slow: 1 }, { suspended: 2 }, { neverReady: 3 }])(
    'are the same, whichever accounts have problems: %j',
    (problems) => {
      const usual = reportsOf({});
      const reports = reportsOf(problems);
      expect(reports.size).toBeGreaterThan(6);
      for (const [account, report] of reports) expect(report).toBe(usual.get(account));
    },
  );

  it('keep their dates from one day to the next', () => {
    const days = 10;
    const first = reportsOf({ days }, 0);
    const last = reportsOf({ days });
    expect(last).toEqual(first);
    expect(first).not.toEqual(reportsOf({}));
  });

  it('change on some days if there is churn, and then stay so', () => {
    const days = 4;
    const reports = [0, 1, 2, 3].map((day) => reportsOf({ days, churn: 5 }, day));
    for (const [index, report] of reports.slice(1).entries()) expect(report).not.toEqual(reports[index]);
    const changed = (one: number, other: number) =>
      [...reports[one]!].flatMap(([account, report]) => {
        const before = new Set(rowsOf(report).map((row) => JSON.stringify(row)));
        return rowsOf(reports[other]!.get(account) ?? '').filter((row) => !before.has(JSON.stringify(row)));
      }).length;
    // 240 users.
    for (const day of [1, 2, 3]) {
      expect(changed(day - 1, day)).toBeGreaterThan(0);
      expect(changed(day - 1, day)).toBeLessThan(30);
    }
    expect(changed(0, 3)).toBeGreaterThan(Math.max(changed(0, 1), changed(1, 2), changed(2, 3)));
  });

  it('lose their MFA, renew their credentials, or leave for somebody who is new', () => {
    const days = 2;
    const [before, after] = [0, 1].map((day) =>
      [...reportsOf({ days, churn: 100 }, day).values()].flatMap(rowsOf),
    ) as [Row[], Row[]];
    const known = new Map(before.map((row) => [row.arn, row]));
    const users = after.filter(({ user }) => user !== '<root_account>');
    const newcomers = users.filter(({ arn }) => !known.has(arn));
    const [newDay, oldDay] = [NOW.getTime() - DAY, NOW.getTime() - 2 * DAY];
    expect(newcomers.length).toBeGreaterThan(users.length / 8);
    for (const { user_creation_time: created = '' } of newcomers)
      expect(Date.parse(created)).toBeGreaterThan(newDay);
    const renewed = users.filter(
      (row) =>
        known.has(row.arn) &&
        [row.password_last_changed, row.access_key_1_last_rotated, row.access_key_2_last_rotated].some(
          (date = '') => Date.parse(date) > oldDay,
        ),
    );
    expect(renewed.length).toBeGreaterThan(users.length / 4);
    const withoutMfa = users.filter(
      (row) => row.mfa_active === 'false' && known.get(row.arn)?.mfa_active === 'true',
    );
    expect(withoutMfa.length).toBeGreaterThan(0);
  });

  it('of the root stay as they are', () => {
    // A report has the column only where it has something to say.
    const rootsOn = (day: number) =>
      [...reportsOf({ days: 3, churn: 100 }, day).values()].map((report) => ({
        additional_credentials_info: '',
        ...rowsOf(report)[0],
      }));
    expect(rootsOn(2)).toEqual(rootsOn(0));
  });
});

describe('an organization of several days', () => {
  it('has an account that denies access on the day in the middle, and on no other', () => {
    const organization = organizationOf({ accounts: 4, days: 3, slow: 1 });
    const denying = [0, 1, 2].map((day) => {
      organization.begin(day);
      return organization.accounts.filter(({ behavior }) => behavior.kind === 'denied').length;
    });
    expect(denying).toEqual([0, 1, 0]);
  });

  it('ends today', () => {
    const organization = organizationOf({ days: 3 });
    expect([0, 1, 2].map((day) => organization.begin(day))).toEqual([2 * DAY, DAY, 0]);
  });
});

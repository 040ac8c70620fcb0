import { checkSettings, digestOption } from '../../../constructs/environment/check-settings';
import { Environment } from '../../../constructs/environment/environment';
import { CheckSettings } from '../../../handlers/shared/events';

const exemption = {
  account: '123456789012',
  user: 'ci-*',
  check: 'key-rotation-90-days',
  reason: 'until the pipeline takes a role',
  expires: '2026-12-31',
};
const messages = (settings: unknown) =>
  checkSettings
    .safeParse(settings)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
const withExemption = (change: object) => messages({ exemptions: [{ ...exemption, ...change }] });

describe('the checks of an environment', () => {
  it('default to the thresholds of CIS, no exemption, mails when something failed, and no Athena', () => {
    const { checks, digest, athena } = Environment.parse({});
    expect(checks).toEqual({ unusedDays: 45, rotationDays: 90, rootUnusedDays: 30, exemptions: [] });
    expect([digest, athena]).toEqual(['failures', false]);
  });

  it('are what the function understands', () => {
    const settings = {
      unusedDays: 30,
      exemptions: [exemption, { ...exemption, account: '*', user: '<root_account>' }],
    };
    expect(CheckSettings.safeParse(checkSettings.parse(settings)).success).toBe(true);
  });

  it.each([
    ['an account', { account: '12345' }, /account id of 12 digits, or "\*"/],
    ['a user', { user: 'a b' }, /name of a user/],
    ['a check', { check: 'console-mfaa' }, /id of a check: root-access-key, root-mfa/],
    ['a reason', { reason: '' }, /reason of 3 to 200/],
    ['a reason that Terraform would evaluate', { reason: 'because ${path.cwd}' }, /Terraform/],
    ['a date', { expires: '2026-02-30' }, /YYYY-MM-DD/],
    ['a date', { expires: undefined }, /YYYY-MM-DD/],
  ])('refuse %s that cannot be: %j', (_about, change, message) => {
    expect(withExemption(change)).toEqual([expect.stringMatching(message)]);
  });

  it.each([0, 45.5, -1, 4_000, '45'])('refuse %j days', (unusedDays) => {
    expect(messages({ unusedDays })).toEqual([
      expect.stringMatching(/unusedDays: a whole number of days from 1 to 3650/),
    ]);
  });

  it('refuse more exemptions than a state can carry', () => {
    const many = (count: number) => messages({ exemptions: Array.from({ length: count }, () => exemption) });
    expect(many(500)).toEqual([]);
    expect(many(5_000)).toEqual([expect.stringMatching(/at most 128 KiB/)]);
  });

  it('know three occasions of a mail', () => {
    expect(digestOption.safeParse('sometimes').error?.issues[0]?.message).toBe(
      '"failures", "new-findings", "always"',
    );
  });
});

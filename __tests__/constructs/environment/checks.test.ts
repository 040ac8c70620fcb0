import { checkOptions } from '../../../constructs/environment/checks';
import { Environment } from '../../../constructs/environment/environment';
import { checkSettings } from '../../../constructs/environment/exemptions-file';
import { CheckSettings } from '../../../handlers/shared/events';

const exemption = {
  account: '123456789012',
  user: 'ci-*',
  check: 'key-rotation-90-days',
  reason: 'until the pipeline takes a role',
  expires: '2026-12-31',
};
const { account: _account, ...withoutAccount } = exemption;
const byOthers = [
  { ou: 'ou-ab12-11111111' },
  { ou: 'r-ab12' },
  { ou: 'o-exampleorg1/r-ab12/ou-ab12-11111111/' },
  { accountTag: { key: 'cost center', value: '' } },
  { owner: 'x'.repeat(256) },
  { owner: 'Payments', approvedBy: 'Security Board', ticket: 'https://tickets.example.com/SEC-1' },
].map((scope) => ({ ...withoutAccount, ...scope }));
const messages = (settings: unknown) =>
  checkOptions
    .safeParse(settings)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
const withExemption = (change: object) => messages({ exemptions: [{ ...exemption, ...change }] });

describe('the check options of an environment', () => {
  it('default to the thresholds of CIS, without exemptions', () => {
    const { checks } = Environment.parse({});
    expect(checks).toMatchObject({
      frameworks: ['cis-v7.0', 'cis-v5.0'],
      ...{ unusedDays: 45, rotationDays: 90, rootUnusedDays: 30 },
      exemptions: [],
    });
  });

  it('are accepted by summarize-run', () => {
    const settings = {
      unusedDays: 30,
      exemptions: [exemption, { ...exemption, account: '*', user: '<root_account>' }, ...byOthers],
    };
    expect(CheckSettings.safeParse(checkSettings(checkOptions.parse(settings))).success).toBe(true);
    for (const one of byOthers) expect(withExemption({ account: undefined, ...one })).toEqual([]);
  });

  it.each(['<root_account>', '<organization>', 'ci-*'])('accept an exemption for the user %s', (user) => {
    expect(withExemption({ account: '*', user })).toEqual([]);
  });

  it.each([
    ['an account', { account: '12345' }, /must be a 12-digit account ID, or "\*"/],
    ['a user', { user: 'a b' }, /must be a user name/],
    [
      'a check',
      { check: 'console-mfaa' },
      /must be the ID of a check: active-certificate, additional-credentials/,
    ],
    ['a unit', { account: undefined, ou: 'ou-1' }, /must be the ID of an organizational unit or root/],
    ['a path', { account: undefined, ou: 'r-ab12/ou-ab12-11111111' }, /or its path, o-…\/r-…\/ou-…/],
    ['a tag', { account: undefined, accountTag: 'team=a' }, /must be an object/],
    ['an owner', { account: undefined, owner: 'a\nb' }, /must be one line of 1 to 256/],
    ['an approval', { approvedBy: '' }, /approvedBy: must be one line of 1 to 100/],
    ['a ticket', { ticket: 7 }, /ticket: must be one line of 1 to 200/],
    ['accounts', { account: undefined }, /must have exactly one of `account`, `owner`, `accountTag`, `ou`/],
    ['accounts', { owner: 'payments' }, /must have exactly one of/],
    ['a reason', { reason: '' }, /must be one line of 3 to 200/],
    ['a date', { expires: '2026-02-30' }, /YYYY-MM-DD/],
    ['a date', { expires: undefined }, /YYYY-MM-DD/],
  ])('refuse %s that is not valid: %j', (_about, change, message) => {
    expect(withExemption(change)).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['a framework', { frameworks: ['cis-v1.0'] }, /frameworks.0: must be the ID of a framework: cis-v3.0, /],
    ['a framework twice', { frameworks: ['cis-v7.0', 'cis-v7.0'] }, /must not list a value twice/],
    ['a check that is on', { on: ['x'] }, /on.0: must be the ID of a check: /],
    ['a check that is off', { off: ['x'] }, /off.0: must be the ID of a check: /],
    ['a severity', { severities: { 'root-mfa': 'bad' } }, /root-mfa: must be one of critical, high, /],
    [
      'a check with a severity',
      { severities: { x: 'low' } },
      /^severities: must name checks, not "x": active-certificate, /,
    ],
    [
      'a check that is both on and off',
      { on: ['root-mfa'], off: ['root-mfa'] },
      /off: must not list root-mfa/,
    ],
    ['a threshold of machines', { machines: { rootUnusedDays: 3 } }, /machines/],
  ])('refuse %s that is not valid: %j', (_about, settings, message) => {
    expect(messages(settings)).toEqual([expect.stringMatching(message)]);
  });

  it.each([0, 45.5, -1, 4_000, '45'])('refuse %j days', (unusedDays) => {
    expect(messages({ unusedDays })).toEqual([
      expect.stringMatching(/unusedDays: must be a whole number of days from 1 to 3650/),
    ]);
  });

  it('refuse more exemptions than a state can hold', () => {
    const many = (count: number) =>
      messages({
        exemptions: Array.from({ length: count }, (_, number) => ({ ...exemption, user: `user-${number}` })),
      });
    expect(many(500)).toEqual([]);
    expect(many(5_000)).toEqual([
      expect.stringMatching(/at most 128 KiB .* file that `checks.exemptionsFile`/),
    ]);
  });

  it('refuse two exemptions of the same check, accounts and user', () => {
    expect(messages({ exemptions: [exemption, { ...exemption, reason: 'another' }] })).toEqual([
      'exemptions: must not repeat a check, accounts and user: item 1 is like item 0; keep one',
    ]);
  });

  it('name a check once that is both on and off, however often it is listed', () => {
    expect(messages({ on: ['iam-user', 'iam-user'], off: ['iam-user'] })).toContain(
      'off: must not list iam-user, which `on` lists too',
    );
  });

  it.each([{ exemptionsFile: 'list.csv' }, { exemptionsFile: '' }, { exemptionsFile: 1 }])(
    'refuse %j',
    (file) => {
      expect(messages(file)).toEqual(['exemptionsFile: must be the path of a .json file']);
    },
  );
});

import { Exemptions } from '../../../handlers/core/exemptions';

const exemption = {
  account: '123456789012',
  user: 'ci-*',
  check: 'key-rotation-90-days',
  reason: 'until the pipeline uses a role',
  expires: '2026-11-30',
};
const isCovered = (
  date: string,
  change: Partial<typeof exemption>,
  user: string,
  account = exemption.account,
) => new Exemptions([{ ...exemption, ...change }], date).apply(exemption.check, account, user) !== undefined;

describe('an exemption', () => {
  it('applies through its last day and not a day longer', () => {
    expect(isCovered('2026-11-30', {}, 'ci-build')).toBe(true);
    expect(isCovered('2026-12-01', {}, 'ci-build')).toBe(false);
    expect(new Exemptions([exemption], '2026-12-01').all[0]?.expired).toBe(true);
  });

  it.each([
    ['ci-*', 'ci-build', true],
    ['ci-*', 'my-ci-build', false],
    ['ci-?', 'ci-1', true],
    ['ci-?', 'ci-10', false],
    ['*', '<root_account>', true],
    ['a.b', 'a.b', true],
    ['a.b*', 'axb', false],
    ['a+b*', 'a+b', true],
    ['ada', 'Ada', false],
    ['<root_account>', '<root_account>', true],
  ])('for the user %s covers %s: %s', (pattern, user, covered) => {
    expect(isCovered('2026-11-22', { user: pattern }, user)).toBe(covered);
  });

  it('with many asterisks is compared as fast as any other', () => {
    // As a regular expression, this takes more than a minute.
    expect(isCovered('2026-11-22', { user: '*a*a*a*a*a*a*a*ab' }, 'a'.repeat(64))).toBe(false);
  });

  it('covers its own account only, or every account', () => {
    expect(isCovered('2026-11-22', {}, 'ci-build', '210987654321')).toBe(false);
    expect(isCovered('2026-11-22', { account: '*' }, 'ci-build', '210987654321')).toBe(true);
  });

  it('covers its own check only', () => {
    expect(isCovered('2026-11-22', { check: 'console-mfa' }, 'ci-build')).toBe(false);
  });

  it('counts the findings that it covers', () => {
    const exemptions = new Exemptions([exemption], '2026-11-22');
    for (const user of ['ci-1', 'ci-2', 'ada']) exemptions.apply(exemption.check, exemption.account, user);
    expect(exemptions.all[0]?.findings).toBe(2);
  });
});

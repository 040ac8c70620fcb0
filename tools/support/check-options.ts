/** Checks with every option that they have, for environments of tests. */
export const everyCheckOption = {
  unusedDays: 30,
  rotationDays: 60,
  rootUnusedDays: 90,
  exemptions: [
    {
      account: '*',
      user: 'break-glass-*',
      check: 'unused-45-days',
      reason: 'kept for emergencies, in a safe',
      expires: '2099-12-31',
      approvedBy: 'security board',
      ticket: 'SEC-1',
    },
    {
      ou: 'ou-ab12-11111111',
      user: 'ci-*',
      check: 'key-rotation-90-days',
      reason: 'until the pipelines assume roles',
      expires: '2099-12-31',
    },
    {
      accountTag: { key: 'environment', value: 'sandbox' },
      user: '*',
      check: 'console-mfa',
      reason: 'nothing of value there',
      expires: '2099-12-31',
    },
    {
      owner: 'payments',
      user: 'batch',
      check: 'two-active-keys',
      reason: 'rotates by itself',
      expires: '2099-12-31',
    },
  ],
};

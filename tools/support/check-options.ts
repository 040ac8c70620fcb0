/** Checks with every option that they have, for environments of tests. */
export const everyCheckOption = {
  frameworks: ['cis-v7.0', 'pci-dss-v4.0.1'],
  on: ['two-active-keys'],
  off: ['root-recent-use'],
  severities: { 'unused-45-days': 'high' },
  unusedDays: 30,
  rotationDays: 60,
  rootUnusedDays: 90,
  freshKeyDays: 2,
  machines: { unusedDays: 90, rotationDays: 180 },
  exemptions: [
    {
      account: '*',
      user: 'break-glass-*',
      check: 'unused-45-days',
      reason: 'kept for emergencies, in a safe',
      expires: '2099-12-31',
    },
  ],
};

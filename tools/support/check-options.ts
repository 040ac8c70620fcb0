/** Checks with every option that they have, for environments of tests. */
export const everyCheckOption = {
  frameworks: ['cis-v7.0', 'pci-dss-v4.0.1'],
  on: ['two-active-keys'],
  off: ['root-recent-use'],
  severities: { 'unused-45-days': 'high' },
  unusedDays: 30,
  longUnusedDays: 60,
  neverUsedDays: 14,
  freshKeyDays: 2,
  rotationDays: 60,
  passwordDays: 180,
  certificateDays: 365,
  rootUnusedDays: 90,
  machines: { unusedDays: 90, longUnusedDays: 120, rotationDays: 180 },
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

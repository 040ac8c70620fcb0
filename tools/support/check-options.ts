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
    },
  ],
};

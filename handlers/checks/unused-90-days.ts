import type { RowCheck } from './check';
import { thresholdsFor } from './credentials';
import { unusedFor } from './unused';

/** The same as `unused-45-days` with a second threshold, for frameworks that allow 90 days. */
export const unused90Days: RowCheck = {
  id: 'unused-90-days',
  title: ({ longUnusedDays }) =>
    `No password or active access key has been unused for ${longUnusedDays} days or more`,
  description:
    'Fails when a password or an active access key was last used `longUnusedDays` or more days ago, or was never used ' +
    'since it was created that long ago. Does not apply to a user who has neither.',
  severity: 'medium',
  always: false,
  threshold: { name: 'longUnusedDays', benchmark: 90 },
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row, context) => unusedFor(row, () => thresholdsFor(row, context).longUnusedDays),
};

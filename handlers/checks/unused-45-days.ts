import type { RowCheck } from './check';
import { thresholdsFor } from './credentials';
import { unusedFor } from './unused';

/** The benchmark says 45 days **or more**. */
export const unused45Days: RowCheck = {
  id: 'unused-45-days',
  title: ({ unusedDays }) =>
    `No password or active access key has been unused for ${unusedDays} days or more`,
  description:
    'Fails when a password or an active access key was last used `unusedDays` or more days ago, or was never used ' +
    'since it was created that long ago. Does not apply to a user who has neither.',
  severity: 'medium',
  always: true,
  threshold: { name: 'unusedDays', benchmark: 45 },
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row, context) => unusedFor(row, () => thresholdsFor(row, context).unusedDays),
};

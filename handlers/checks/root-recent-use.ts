import { type RowCheck, fail, pass } from './check';

/** The benchmark says "review" and names no number of days. */
export const rootRecentUse: RowCheck = {
  id: 'root-recent-use',
  title: ({ rootUnusedDays }) => `The root user has not been used for ${rootUnusedDays} days`,
  description:
    'Fails when the password or an access key of the root user was used less than `rootUnusedDays` days ago, keys ' +
    'that are inactive now included. The benchmark does not give a number of days.',
  severity: 'medium',
  always: true,
  threshold: { name: 'rootUnusedDays' },
  seesOnlyTwo: true,
  appliesTo: 'root',
  evaluate: (row, { thresholds }) => {
    const ages = [
      row.age('password_last_used'),
      // A key that is inactive now may have been used recently.
      row.age('access_key_1_last_used_date'),
      row.age('access_key_2_last_used_date'),
    ].filter((age) => age !== undefined);
    if (ages.length === 0) return pass('no use on record');
    const latest = Math.min(...ages);
    const reason = `last used ${latest} days ago`;
    return latest < thresholds.rootUnusedDays ? fail(reason) : pass(reason);
  },
};

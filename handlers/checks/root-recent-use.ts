import { ACCESS_KEYS, PASSWORD } from '../credential-report/credential';
import { type RowCheck, fail, pass } from './check';
import { each } from './credentials';

/** The benchmark says "review" and names no number of days. */
export const rootRecentUse: RowCheck = {
  id: 'root-recent-use',
  title: ({ rootUnusedDays }) => `The root user has not been used for ${rootUnusedDays} days`,
  description:
    'Fails when the password or an access key of the root user was used less than `rootUnusedDays` days ago, keys ' +
    'that are inactive now included. The benchmark does not give a number of days.',
  remedy:
    'Ask who used the root user and why, and give a role to whoever needs the permission. Few tasks need the root user.',
  severity: 'medium',
  always: true,
  threshold: { name: 'rootUnusedDays' },
  seesOnlyTwo: true,
  appliesTo: 'root',
  evaluate: (row, { thresholds }) => {
    // A key that is inactive now may have been used recently.
    const [first, ...others] = each(row, [PASSWORD, ...ACCESS_KEYS], ({ lastUsed }, name) => {
      const age = row.age(lastUsed);
      if (age === undefined) return [];
      const reason = `${name} last used ${age} days ago`;
      return age < thresholds.rootUnusedDays ? fail(reason) : pass(reason);
    });
    return first ? [first, ...others] : pass('no use on record');
  },
};

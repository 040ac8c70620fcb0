import { ACCESS_KEYS } from '../credential-report/credential';
import { type RowCheck, fail, pass } from './check';
import { eachActive } from './credentials';

/** Anyone who has an access key of the root user can do everything in the account. */
export const rootAccessKey: RowCheck = {
  id: 'root-access-key',
  title: () => 'The root user has no active access key',
  description:
    'Fails when the root user has an active access key, with which everything in the account can be done.',
  severity: 'critical',
  always: true,
  appliesTo: 'root',
  evaluate: (row) => {
    const keys = eachActive(row, ACCESS_KEYS, '', (_, name) => fail(`${name} active`));
    return keys[0].result === 'not-applicable' ? pass('no active access key') : keys;
  },
};

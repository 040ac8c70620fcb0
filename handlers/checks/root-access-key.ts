import { ACCESS_KEYS } from '../credential-report/credential';
import type { RowCheck } from './check';
import { noneActive } from './credentials';
import { NO_CREDENTIALS, hasNoCredentials } from './root-user';

/** Anyone who has an access key of the root user can do everything in the account. */
export const rootAccessKey: RowCheck = {
  id: 'root-access-key',
  title: () => 'The root user has no active access key',
  description:
    'Fails when the root user has an active access key, with which everything in the account can be done.',
  remedy:
    'Find what uses the key in CloudTrail, give that a role, and delete the key. With central root access, the management account can delete it.',
  severity: 'critical',
  always: true,
  seesOnlyTwo: true,
  appliesTo: 'root',
  evaluate: (row) =>
    noneActive(row, ACCESS_KEYS, hasNoCredentials(row) ? NO_CREDENTIALS : 'no active access key'),
};

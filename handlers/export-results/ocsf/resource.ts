import { ORGANIZATION } from '../../core/judge';
import { ROOT_USER } from '../../credential-report/credential-row';
import { TARGET } from './classification';
import type { OcsfRun, FindingRow } from './ocsf-run';
import { cellText } from './members';

/**
 * Whom a finding is about. The types of users and accounts are those of Security Hub, which names the account where the root
 * user is meant (https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html); it has none for an
 * organization.
 */
const TYPES: Readonly<Record<string, string>> = {
  [ROOT_USER]: 'AwsAccount',
  [ORGANIZATION]: 'AwsOrganization',
};
const IAM_USER = 'AwsIamUser';

/** The resource of a finding: a user, an account by its root user, or the organization. */
export function resourceOf(row: FindingRow, { partition }: Pick<OcsfRun, 'partition'>) {
  return {
    // Without it if the user was created after the report was generated.
    uid: cellText(row.arn),
    name: cellText(row.user),
    type: Object.hasOwn(TYPES, row.user) ? TYPES[row.user] : IAM_USER,
    role_id: TARGET[0],
    role: TARGET[1],
    cloud_partition: partition,
  };
}

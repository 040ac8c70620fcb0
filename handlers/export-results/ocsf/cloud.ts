import { ORGANIZATION } from '../../core/judge';
import { AWS_ACCOUNT } from './classification';
import type { OcsfRun, FindingRow } from './ocsf-run';
import { cellText } from './members';

/** Where a finding is. Its Region is the one that collects: IAM has none. */
export function cloudOf(row: FindingRow, run: OcsfRun) {
  return {
    provider: 'AWS',
    account: {
      uid: accountOf(row, run),
      name: cellText(row.account_name),
      type_id: AWS_ACCOUNT[0],
      type: AWS_ACCOUNT[1],
    },
    org: { uid: run.organizationId, ou_uid: unitOf(row.ou_path), ou_name: cellText(row.ou_names) },
    region: run.region,
    cloud_partition: run.partition,
  };
}

/**
 * A finding about the organization is in its management account, or in the account that collects if AWS Organizations did not
 * say which one that is: a finding without an account has no place in Security Hub.
 */
function accountOf({ user, arn, account_id }: FindingRow, { accountId }: OcsfRun): string {
  if (user !== ORGANIZATION) return account_id;
  const owner = arn.split(':')[4] ?? '';
  return owner === '' ? accountId : owner;
}

/** The innermost unit of a path such as `o-exampleorg1/r-1234/ou-1234-56789012/`: a unit or the root. */
function unitOf(path: string): string | undefined {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  const unit = path.slice(path.lastIndexOf('/', end - 1) + 1, end);
  return /^(ou|r)-/.test(unit) ? unit : undefined;
}

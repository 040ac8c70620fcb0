import type { Account } from '@aws-sdk/client-organizations';
import type { LedgerOrganization } from '../shared/run-files';

/**
 * The organization of an account, from the account's ARN, `arn:PARTITION:organizations::MANAGEMENT:account/ORGANIZATION/ACCOUNT`
 * (https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html). Empty if the API does not return it.
 */
export function organizationOf(account: Account | undefined): Omit<LedgerOrganization, 'rootCredentials'> {
  const [, , , , managementAccountId = '', resource = ''] = account?.Arn?.split(':') ?? [];
  const [, ofArn] = resource.split('/');
  const [ofPath] = account?.Paths?.[0]?.split('/') ?? [];
  return { id: ofArn ?? ofPath ?? '', managementAccountId };
}

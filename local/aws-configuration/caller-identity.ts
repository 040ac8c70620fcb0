import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { defaultEnabledRegion } from '../../constructs/partition';
import { UnexpectedAnswer, refusePages } from '../../handlers/shared/aws/unexpected-answer';

/** Who the credentials belong to. */
export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

/**
 * Calls STS in a Region that every account has: the Region of the client may not be enabled.
 * @throws if AWS does not know the credentials, or if something else than AWS answered, such as a sign-in page
 */
export async function callerIdentity(client: STSClientConfig & { region: string }): Promise<CallerIdentity> {
  const sts = new STSClient({ ...client, region: defaultEnabledRegion(client.region) });
  refusePages(sts);
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
  if (!Account || !Arn) throw new UnexpectedAnswer('STS answered without the account of the caller');
  return { account: Account, arn: Arn };
}

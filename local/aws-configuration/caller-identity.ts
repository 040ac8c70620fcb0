import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { UnexpectedAnswer, refusePages } from '../../handlers/shared/aws/unexpected-answer';

/** Who the credentials belong to. */
export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

/** @throws if AWS does not know the credentials, or if something else than AWS answered, such as a sign-in page */
export async function callerIdentity(client: STSClientConfig): Promise<CallerIdentity> {
  const sts = new STSClient(client);
  refusePages(sts);
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
  if (!Account || !Arn) throw new UnexpectedAnswer('STS answered without the account of the caller');
  return { account: Account, arn: Arn };
}

import { defaultEnabledRegion } from '../../constructs/partition';
import type { EmbeddedOrganization } from './organization/organization';
import { credentialsOf } from './credentials';
import { type Service, ServiceError, queryAnswer, queryParameters, xml } from './service';
import { SessionPolicies } from './session-policies';

/** Prefix of the access key of a session; the account ID and a number follow. */
const SESSION = 'ASIALOCA';

/**
 * AWS STS: AssumeRole and GetCallerIdentity. The access key of a session names its account. Only the management account
 * has opted in to Regions.
 * @param policies - receives the policies of the sessions
 */
export function stsService(organization: EmbeddedOrganization, policies = new SessionPolicies()): Service {
  let sessions = 0;
  return (request) => {
    const parameters = queryParameters(request);
    const action = parameters.get('Action') ?? '';
    if (action === 'GetCallerIdentity') {
      const account = organization.accounts[0]?.id ?? '';
      return queryAnswer(
        action,
        xml({
          Account: account,
          Arn: `arn:${organization.partition}:iam::${account}:role/local`,
          UserId: 'LOCAL',
        }),
      );
    }
    if (action !== 'AssumeRole') throw new ServiceError(400, 'InvalidAction', action);

    const role = parameters.get('RoleArn') ?? '';
    const account = organization.account(role.split(':')[4] ?? '');
    const { behavior } = account ?? {};
    if (account?.state !== 'ACTIVE' || (behavior?.kind === 'denied' && behavior.by === 'sts')) {
      throw new ServiceError(
        403,
        'AccessDenied',
        `not authorized to perform: sts:AssumeRole on resource: ${role}`,
      );
    }
    if (account !== organization.accounts[0] && defaultEnabledRegion(request.region) !== request.region) {
      const message = `STS is not activated in this region for account:${account.id}. Your account administrator can activate STS in this region using the IAM Console.`;
      throw new ServiceError(403, 'RegionDisabledException', message);
    }
    const { accessKeyId, secretAccessKey } = credentialsOf(sessionKey(account.id, ++sessions));
    policies.keep(accessKeyId, parameters.get('Policy'));
    const credentials = xml({
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: 'local',
      Expiration: new Date(Date.now() + 900_000).toISOString(),
    });
    return queryAnswer(action, `<Credentials>${credentials}</Credentials>`);
  };
}

function sessionKey(accountId: string, session: number): string {
  return `${SESSION}${accountId}${session}`;
}

export const isSession = (accessKeyId: string): boolean => accessKeyId.startsWith(SESSION);

/** The account whose session a request belongs to. */
export function accountOfSession(accessKeyId: string): string {
  return accessKeyId.slice(SESSION.length, SESSION.length + 'NNNNNNNNNNNN'.length);
}

import type { EmbeddedOrganization } from './organization/organization';
import { credentialsOf } from './credentials';
import { type Service, ServiceError, queryAnswer, queryParameters, xml } from './service';

/** Prefix of the access key of a session; the account ID and a number follow. */
const SESSION = 'ASIALOCA';

/** AWS STS: AssumeRole and GetCallerIdentity. The access key of a session names its account. */
export function stsService(organization: EmbeddedOrganization): Service {
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
    const { accessKeyId, secretAccessKey } = credentialsOf(sessionKey(account.id, ++sessions));
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

/** The account whose session a request belongs to. */
export function accountOfSession(accessKeyId: string): string {
  return accessKeyId.slice(SESSION.length, SESSION.length + 'NNNNNNNNNNNN'.length);
}

import { AssumeRoleCommand, type STSClient, STSServiceException } from '@aws-sdk/client-sts';
import { type Service, ServiceError, queryAnswer, queryParameters, xml } from '../fake-aws/service';

interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  expiration?: Date | undefined;
}

interface AssumeRoleRequest {
  RoleArn: string;
  RoleSessionName: string;
  DurationSeconds: number;
  Policy: string | undefined;
}

/**
 * STS as the functions of a run over a real organization see it. The caller's own account is read with the caller's own
 * credentials: no role needs to exist there, and roles such as OrganizationAccountAccessRole never do. For every other
 * account AWS is asked, and its answer or its error is passed on.
 * @param sts - must not retry: the client of the function does
 */
export function stsProxy(sts: STSClient, ownAccount: string): Service {
  return async (request) => {
    const parameters = queryParameters(request);
    const action = parameters.get('Action') ?? '';
    if (action !== 'AssumeRole') throw new ServiceError(400, 'InvalidAction', action);
    const call = {
      RoleArn: parameters.get('RoleArn') ?? '',
      RoleSessionName: parameters.get('RoleSessionName') ?? '',
      DurationSeconds: Number(parameters.get('DurationSeconds')),
      Policy: parameters.get('Policy') ?? undefined,
    };
    const own = call.RoleArn.split(':')[4] === ownAccount;
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = own
      ? await sts.config.credentials()
      : await assumeRole(sts, call);
    const credentials = xml({
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      ...(sessionToken && { SessionToken: sessionToken }),
      // Credentials that do not expire are good for as long as a session would be.
      Expiration: (expiration ?? new Date(Date.now() + call.DurationSeconds * 1000)).toISOString(),
    });
    return queryAnswer(action, `<Credentials>${credentials}</Credentials>`);
  };
}

async function assumeRole(sts: STSClient, call: AssumeRoleRequest): Promise<SessionCredentials> {
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand(call));
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken,
      expiration: Credentials?.Expiration,
    };
  } catch (error) {
    throw asServiceError(error);
  }
}

/** The error as AWS wrote it. Without an answer of AWS, an error that the client of the function tries again. */
function asServiceError(error: unknown): ServiceError {
  if (!(error instanceof STSServiceException))
    return new ServiceError(503, 'ServiceUnavailable', String(error));
  const { name, message, $metadata } = error;
  const { Code = name } = error as { Code?: string };
  return new ServiceError($metadata.httpStatusCode ?? 500, Code, message);
}

import { type AwsReader, NotAllowed } from './aws-reader';
import { calls, permissionOf, type CallName } from './calls';
import type { Subject } from './subject';

/** ARN of the role in the logging account, if the environment has one; its name has its own path. */
export const loggingAccountRole = ({ environment: { loggingAccount }, deployment }: Subject) =>
  loggingAccount && deployment.iamArn(`role/${loggingAccount.roleName}`, loggingAccount.accountId);

/** Whatever the role may do, its session may only read. */
const sessionPolicy = () =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: (Object.keys(calls) as CallName[])
          .filter((name) => /^(s3|kms):/.test(name))
          .map(permissionOf)
          .sort(),
        Resource: '*',
      },
    ],
  });

/** Reads as the role of the logging account. */
export async function loggingAccountSession(aws: AwsReader, subject: Subject): Promise<AwsReader> {
  const RoleArn = loggingAccountRole(subject);
  const RoleSessionName = 'doctor';
  const { Credentials } = await aws.get('sts:AssumeRole', {
    RoleArn,
    RoleSessionName,
    Policy: sessionPolicy(),
  });
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey) throw new NotAllowed('sts:AssumeRole', undefined);
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken !== undefined && { sessionToken: SessionToken }),
  };
  return aws.as(() => Promise.resolve(credentials));
}

/** Who reads the bucket of the environment: the role of the logging account, if the bucket is there. */
export const bucketReader = (aws: AwsReader, subject: Subject): Promise<AwsReader> =>
  subject.environment.loggingAccount ? loggingAccountSession(aws, subject) : Promise.resolve(aws);

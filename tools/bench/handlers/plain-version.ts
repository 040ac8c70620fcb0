import { GenerateCredentialReportCommand, GetCredentialReportCommand, IAMClient } from '@aws-sdk/client-iam';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import pMap from 'p-map';
import { keys } from '../../../handlers/shared/bucket-layout';

/**
 * What a batch costs when it is written down straight: new clients, with connections of their own, for each
 * account and look. It makes the calls that the handler makes, but that the handler assumes the role of an account
 * once for both looks, as the same environment of a function does.
 * @returns the accounts whose report is not ready
 */
export async function plainVersion(
  accounts: readonly string[],
  date: string,
  concurrency: number,
): Promise<string[]> {
  const ready = await pMap(accounts, (account) => look(account, date), { concurrency });
  return accounts.filter((_, index) => !ready[index]);
}

async function look(account: string, date: string): Promise<boolean> {
  const sts = new STSClient({});
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/report-role`,
      RoleSessionName: 'iam-credential-reports',
      DurationSeconds: 900,
    }),
  );
  sts.destroy();
  const iam = new IAMClient({
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  try {
    const { State } = await iam.send(new GenerateCredentialReportCommand({}));
    if (State !== 'COMPLETE') return false;
    const { Content, GeneratedTime } = await iam.send(new GetCredentialReportCommand({}));
    const s3 = new S3Client({});
    await s3.send(
      new PutObjectCommand({
        Bucket: 'reports',
        Key: keys.report(date, account),
        Body: Content,
        ContentType: 'text/csv',
        Metadata: { 'generated-at': GeneratedTime?.toISOString() ?? '' },
      }),
    );
    s3.destroy();
    return true;
  } finally {
    iam.destroy();
  }
}

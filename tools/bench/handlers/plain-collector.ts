import { GenerateCredentialReportCommand, GetCredentialReportCommand, IAMClient } from '@aws-sdk/client-iam';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import pMap from 'p-map';
import { keys } from '../../../handlers/shared/bucket-layout';
import { BUCKET } from './endpoint';

/**
 * Polls accounts in the simplest way: new clients, with their own connections, for each account and poll. It makes the same
 * calls as the handler, except that the handler assumes the role of an account only once for both polls.
 * @returns the accounts whose report is not ready
 */
export async function pollWithNewClients(
  accounts: readonly string[],
  date: string,
  concurrency: number,
): Promise<string[]> {
  const ready = await pMap(accounts, (account) => pollAccount(account, date), { concurrency });
  return accounts.filter((_, index) => !ready[index]);
}

/** @returns whether the report was ready and is stored */
async function pollAccount(account: string, date: string): Promise<boolean> {
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
        Bucket: BUCKET,
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

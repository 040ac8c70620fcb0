import { execFileSync } from 'node:child_process';
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import type { CollectReportsEvent } from '../../../handlers/shared/events';
import type { UnpackedBundle } from './bundles';
import { BUCKET, type Endpoint, NONCE } from './endpoint';
import { DATE } from './measure-batches';
import { median } from './median';
import { projectRoot } from '../../support/project-root';

/**
 * Time from process start until the response to the first event, ms. It includes what is created at the first event, such as
 * the clients. The event is that of a batch of one account: it reads the batch, asks whether the run is finished and whether
 * the batch has outcomes, assumes the role, requests the report, gets it without waiting, and stores it, its review and its outcome.
 */
export interface FirstResponse {
  bundleMs: number;
  unbundledMs: number;
  ratio: number;
}

const RUN = runOf(DATE, 'first-response');

/** Arguments: path of the bundle, event. */
const BUNDLE_SCRIPT = `
  console.log = () => undefined;
  require('node:timers/promises').setTimeout = () => Promise.resolve();
  const [script, event] = process.argv.slice(1);
  require(script)
    .handler(JSON.parse(event), { getRemainingTimeInMillis: () => 300000 })
    .then(() => process.stdout.write(String(performance.now())));
`;

/** The same calls with the unbundled clients. Arguments: bucket, key of the batch, other key, keys of the files to write. */
const UNBUNDLED_SCRIPT = `
  const { IAMClient, GenerateCredentialReportCommand, GetCredentialReportCommand } = require('@aws-sdk/client-iam');
  const { S3Client, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } = require('@aws-sdk/client-s3');
  const { STSClient, AssumeRoleCommand } = require('@aws-sdk/client-sts');
  const [Bucket, batchKey, viewKey, reportKey, reviewKey, fileKey] = process.argv.slice(1);
  (async () => {
    const s3 = new S3Client({});
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: batchKey }));
    const { accounts } = JSON.parse(await Body.transformToString());
    for (const Prefix of [viewKey, fileKey]) await s3.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 }));
    const RoleArn = 'arn:aws:iam::' + accounts[0] + ':role/report-role';
    const assumed = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'bench' }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials;
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    const iam = new IAMClient({ credentials });
    await iam.send(new GenerateCredentialReportCommand({}));
    const { Content } = await iam.send(new GetCredentialReportCommand({}));
    await s3.send(new PutObjectCommand({ Bucket, Key: reportKey, Body: Content }));
    for (const Key of [reviewKey, fileKey]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: '{}' }));
    process.stdout.write(String(performance.now()));
    process.exit();
  })();
`;

/** Starts the processes in turn, so that other work on the machine slows both down alike. */
export function firstResponse(
  { script }: UnpackedBundle,
  { certificate, placeBatch }: Endpoint,
  nextAccounts: (count: number) => string[],
  rounds: number,
): FirstResponse {
  const bundle: number[] = [];
  const unbundled: number[] = [];
  const millisecondsOf = (code: string, ...args: string[]) =>
    Number(
      execFileSync(process.execPath, ['-e', code, ...args], {
        cwd: projectRoot,
        encoding: 'utf8',
        env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
      }),
    );
  const accounts = nextAccounts(2 * rounds);
  for (const [index, account] of accounts.entries()) placeBatch(RUN, index + 1, [account]);
  for (let round = 0; round < rounds; round++) {
    const [first, second] = [2 * round + 1, 2 * round + 2];
    const event: CollectReportsEvent = { run: RUN, nonce: NONCE, batch: first, waited: 0 };
    bundle.push(millisecondsOf(BUNDLE_SCRIPT, script, JSON.stringify(event)));
    unbundled.push(
      millisecondsOf(
        UNBUNDLED_SCRIPT,
        BUCKET,
        keys.batch(RUN, second),
        keys.view(RUN),
        keys.report(DATE, accounts[second - 1] ?? ''),
        keys.reviews(RUN, second, 0),
        keys.outcomes(RUN, second),
      ),
    );
  }
  const [bundleMs, unbundledMs] = [median(bundle), median(unbundled)];
  return { bundleMs, unbundledMs, ratio: bundleMs / unbundledMs };
}

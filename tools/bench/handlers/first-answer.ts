import { execFileSync } from 'node:child_process';
import type { CollectReportsEvent } from '../../../handlers/shared/events';
import type { UnpackedBundle } from './bundles';
import type { Endpoint } from './endpoint';
import { median } from './median';
import { projectRoot } from '../../support/project-root';

/**
 * Time from process start until the first event is answered, ms: with all that is made at the first event, the
 * clients among it. The event
 * is a first look at one account: its batch is read, its role is assumed, its report is asked for, a file is
 * written.
 */
export interface FirstAnswer {
  bundleMs: number;
  unbundledMs: number;
  ratio: number;
}

const RUN = 'runs/2026-11-22/first-answer';

const OF_THE_BUNDLE = `
  console.log = () => undefined;
  const [script, event] = process.argv.slice(1);
  require(script)
    .handler(JSON.parse(event), { getRemainingTimeInMillis: () => 300000 })
    .then(() => process.stdout.write(String(performance.now())));
`;

const OF_THE_CLIENTS = `
  const { IAMClient, GenerateCredentialReportCommand } = require('@aws-sdk/client-iam');
  const { S3Client, GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
  const { STSClient, AssumeRoleCommand } = require('@aws-sdk/client-sts');
  const [, event] = process.argv.slice(1);
  const { runPrefix, batch } = JSON.parse(event);
  (async () => {
    const s3 = new S3Client({});
    const Key = runPrefix + '/batches/' + String(batch).padStart(5, '0') + '.json';
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'reports', Key }));
    const { accounts } = JSON.parse(await Body.transformToString());
    const RoleArn = 'arn:aws:iam::' + accounts[0] + ':role/report-role';
    const assumed = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'bench' }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials;
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    await new IAMClient({ credentials }).send(new GenerateCredentialReportCommand({}));
    await s3.send(new PutObjectCommand({ Bucket: 'reports', Key: runPrefix + '/plain-' + batch + '.json', Body: event }));
    process.stdout.write(String(performance.now()));
    process.exit();
  })();
`;

/** Starts the processes by turns, so that whatever else the machine does meets them all. */
export function firstAnswer(
  { script }: UnpackedBundle,
  { certificate, placeBatch }: Endpoint,
  supply: (count: number) => string[],
  rounds: number,
): FirstAnswer {
  const ms = { bundle: [] as number[], unbundled: [] as number[] };
  for (let round = 1; round <= rounds; round++) {
    const timeOf = (code: string, accounts: string[]) => {
      placeBatch(RUN, round, accounts);
      const event: CollectReportsEvent = {
        date: '2026-11-22',
        runPrefix: RUN,
        batch: round,
        waited: 0,
        waiting: { seconds: 60, cycles: 45 },
      };
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
      const answer = execFileSync(process.execPath, ['-e', code, script, JSON.stringify(event)], {
        cwd: projectRoot,
        encoding: 'utf8',
        env,
      });
      return Number(answer);
    };
    ms.bundle.push(timeOf(OF_THE_BUNDLE, supply(1)));
    ms.unbundled.push(timeOf(OF_THE_CLIENTS, supply(1)));
  }
  const [bundleMs, unbundledMs] = [median(ms.bundle), median(ms.unbundled)];
  return { bundleMs, unbundledMs, ratio: bundleMs / unbundledMs };
}

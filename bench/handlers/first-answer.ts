import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { CollectReportsEvent } from '../../handlers/contract';
import type { UnpackedBundle } from './bundles';
import type { Endpoint } from './endpoint';

/**
 * Time from process start until the first event is answered, ms: what is loaded late is in it too. The event
 * is a first look at one account: its batch is read, its role is assumed, its report is asked for, a file is
 * written.
 */
export interface FirstAnswer {
  bundleMs: number;
  unbundledMs: number;
  ratio: number;
}

const projectRoot = resolve(__dirname, '../..');

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
  const { run, batch } = JSON.parse(event);
  (async () => {
    const s3 = new S3Client({});
    const Key = run + '/batches/' + String(batch).padStart(5, '0') + '.json';
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'reports', Key }));
    const { accounts } = JSON.parse(await Body.transformToString());
    const RoleArn = 'arn:aws:iam::' + accounts[0] + ':role/report-role';
    const assumed = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'bench' }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials;
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    await new IAMClient({ credentials }).send(new GenerateCredentialReportCommand({}));
    await s3.send(new PutObjectCommand({ Bucket: 'reports', Key: run + '/plain-' + batch + '.json', Body: event }));
    process.stdout.write(String(performance.now()));
    process.exit();
  })();
`;

/** Takes the shortest times of processes that are started by turns. */
export function firstAnswer(
  { script }: UnpackedBundle,
  { certificate, placeBatch }: Endpoint,
  supply: (count: number) => string[],
  rounds: number,
): FirstAnswer {
  let [bundleMs, unbundledMs] = [Infinity, Infinity];
  for (let round = 1; round <= rounds; round++) {
    const timeOf = (code: string, accounts: string[]) => {
      placeBatch(RUN, round, accounts);
      const event: CollectReportsEvent = {
        date: '2026-11-22',
        run: RUN,
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
    bundleMs = Math.min(bundleMs, timeOf(OF_THE_BUNDLE, supply(1)));
    unbundledMs = Math.min(unbundledMs, timeOf(OF_THE_CLIENTS, supply(1)));
  }
  return { bundleMs, unbundledMs, ratio: bundleMs / unbundledMs };
}

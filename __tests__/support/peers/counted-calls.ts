/** Counts what a tool calls for one account of moto, with so many users. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import pMap from 'p-map';
import { pollAccount } from '../../../tools/support/poll-account';
import { ReportBucket } from '../../../handlers/shared/aws/report-bucket';
import { ReportRoleSession } from '../../../handlers/shared/aws/report-role-session';
import { writeWhole } from '../../../constructs/write-file';
import policies from '../../../tools/peers/cloud-custodian/policies.json';
import { questions } from '../../../tools/peers/compared/questions';
import { peerProgram } from '../../../tools/peers/peer-program';
import { type Answer, Front, type Request, queryError, queryOf, signerOf } from '../emulator/front';
import { Moto } from '../emulator/moto';

const BUCKET = 'reports';

/** Calls that moto does not know; it answers 500, which the clients would try again. */
const UNKNOWN_TO_MOTO: Readonly<Record<string, string>> = {
  ListServiceSpecificCredentials: '<ServiceSpecificCredentials/>',
  GenerateServiceLastAccessedDetails: '<JobId>00000000-0000-0000-0000-000000000000</JobId>',
  GetServiceLastAccessedDetails:
    '<JobStatus>COMPLETED</JobStatus><JobCreationDate>2026-01-01T00:00:00Z</JobCreationDate>' +
    '<JobCompletionDate>2026-01-01T00:00:00Z</JobCompletionDate><ServicesLastAccessed/>',
};

/** moto, and the calls that reach it. */
export class CountedMoto {
  /** Number of calls by service and action. */
  readonly calls = new Map<string, number>();
  /** Whose every caller is taken for. */
  private account = '';

  private constructor(
    private readonly front: Front,
    private readonly moto: Moto,
    private readonly folder: string,
  ) {
    front.gaps.push({ before: (request) => this.counted(request) });
  }

  static async start(folder: string): Promise<CountedMoto> {
    const [front, moto] = await Promise.all([Front.start(), Moto.start()]);
    front.moto = moto.url;
    return new CountedMoto(front, moto, folder);
  }

  async stop(): Promise<void> {
    await this.front.stop();
    await this.moto.stop();
  }

  /** Makes an account with so many users, then counts what happens there. */
  async count(account: string, users: number, run: (folder: string) => Promise<unknown>) {
    this.account = account;
    const iam = new IAMClient(this.client);
    const names = Array.from({ length: users }, (_, index) => `user-${index + 1}`);
    await pMap(names, (UserName) => iam.send(new CreateUserCommand({ UserName })), { concurrency: 8 });
    await new S3Client({ ...this.client, forcePathStyle: true }).send(
      new CreateBucketCommand({ Bucket: `${BUCKET}-${account}` }),
    );
    this.calls.clear();
    const start = performance.now();
    await run(join(this.folder, account));
    const calls = [...this.calls.values()].reduce((sum, number) => sum + number, 0);
    return { calls, seconds: (performance.now() - start) / 1000 };
  }

  prowler = (folder: string) =>
    this.run('prowler', 'prowler', folder, [
      'aws',
      '--checks',
      ...questions.flatMap(({ theirs }) => theirs.prowler ?? []),
      ...['--region', 'us-east-1', '--output-formats', 'csv', '--output-directory', folder],
      ...['--no-banner', '--ignore-exit-code-3'],
    ]);

  /** One policy. */
  custodian = async (folder: string) => {
    const [[name, policy] = ['']] = Object.entries(policies).filter(([id]) => id === 'key-rotation-90-days');
    const file = `${folder}.json`;
    writeWhole(file, JSON.stringify({ policies: [{ name, ...policy }] }));
    await this.run('cloud-custodian', 'custodian', folder, ['run', '--output-dir', folder, file]);
  };

  /** Polls until the report is stored, as `collect-reports` does. */
  here = async () => {
    const { account } = this;
    const collector = {
      sessions: new ReportRoleSession(
        new STSClient(this.client),
        { partition: 'aws', name: 'report-role' },
        {},
      ),
      bucket: new ReportBucket(new S3Client({ ...this.client, forcePathStyle: true }), {
        name: `${BUCKET}-${account}`,
        owner: account,
        prefix: '',
      }),
      now: () => new Date(),
    };
    Object.assign(process.env, { AWS_ENDPOINT_URL: this.client.endpoint, AWS_REGION: 'us-east-1' });
    for (let poll = 0; poll < 5; poll++) {
      const outcome = await pollAccount(account, '2026-11-22', collector);
      if (outcome.outcome === 'collected') return;
      if (outcome.reason !== 'not-ready') throw new Error(JSON.stringify(outcome));
      await sleep(1000);
    }
    throw new Error(`the report of ${account} is never ready`);
  };

  private get client() {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return { endpoint: `http://127.0.0.1:${this.front.port}`, region: 'us-east-1', credentials };
  }

  private counted(request: Request): Answer | undefined {
    request.headers['x-moto-account-id'] = this.account;
    const action =
      queryOf(request).get('Action') ?? `${request.method} ${String(request.headers['x-amz-target'])}`;
    const name = `${signerOf(request)?.service ?? ''} ${action}`;
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    if (action === 'ListOrganizationsFeatures') {
      return queryError(
        403,
        'AccountNotManagementOrDelegatedAdministratorException',
        'not the management account',
      );
    }
    const result = UNKNOWN_TO_MOTO[action];
    if (result === undefined) return undefined;
    const body = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
    return { status: 200, headers: { 'content-type': 'text/xml' }, body };
  }

  private async run(peer: string, program: string, folder: string, options: readonly string[]) {
    await promisify(execFile)(peerProgram(peer, program), [...options], {
      maxBuffer: 100_000_000,
      env: {
        ...process.env,
        HOME: folder,
        AWS_ENDPOINT_URL: this.client.endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
        TZ: 'UTC',
      },
    });
  }
}

import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { jsonSummary } from '../../local/summary';
import { temporaryFolder } from '../embedded';
import { type Caller, aws, awsVariables } from '../emulator/aws-cli';
import { Moto } from '../emulator/moto';
import { makeUsers } from './moto-users';

/** Name that moto gives to the management account. */
const MANAGEMENT = 'master';
const MEMBERS = ['payments', 'data', 'sandbox'];

const projectRoot = resolve(__dirname, '..', '..');

describe('the local run with --organization aws', () => {
  const { folder, remove } = temporaryFolder();
  let moto: Moto | undefined;
  let caller: Caller;
  let organizationId: string;
  let identity: { Account: string; Arn: string };
  let accounts: { Id: string; Name: string }[];

  /** Callers in the accounts, by account id. */
  const administrators = new Map<string, Caller>();

  beforeAll(async () => {
    moto = await Moto.start();
    caller = { url: moto.url, region: 'us-east-1', accessKeyId: 'administrator', secretAccessKey: 'test' };
    identity = await aws<typeof identity>(caller, 'sts get-caller-identity');
    const { Organization } = await aws<{ Organization: { Id: string } }>(
      caller,
      'organizations create-organization',
    );
    organizationId = Organization.Id;
    for (const name of MEMBERS) {
      await aws(caller, `organizations create-account --account-name ${name} --email ${name}@example.com`);
    }
    ({ Accounts: accounts } = await aws<{ Accounts: typeof accounts }>(
      caller,
      'organizations list-accounts',
    ));
    for (const { Id, Name } of accounts) {
      const administrator = Name === MANAGEMENT ? caller : await assumed(Id, caller);
      administrators.set(Id, administrator);
    }
    await Promise.all([...administrators].map(([id, administrator]) => makeUsers(id, administrator, folder)));
  }, 300_000);

  afterAll(async () => {
    await moto?.stop();
    remove();
  });

  it.each([
    ['the role of the environment', [], 'iam-credential-report-generation-role'],
    [
      'a role that is named',
      ['--role-name', 'OrganizationAccountAccessRole'],
      'OrganizationAccountAccessRole',
    ],
  ])(
    'collects the reports of every account with %s',
    async (_what, options, role) => {
      const { said, summary } = await localRun(options, join(folder, role), caller);

      expect(saidFirst(said)).toEqual([
        `Organization ${organizationId} of management account ${identity.Account}, Region us-east-1`,
        `Identity ${identity.Arn}`,
        `Role ${role} in every account but ${identity.Account}, which is read as that identity`,
      ]);
      expect(summary).toMatchObject({
        status: 'SUCCEEDED',
        accounts: 4,
        collected: 4,
        failed: 0,
        skipped: 0,
      });
      expect(stored(summary)).toEqual(await reportsByKey(summary.date ?? ''));
    },
    120_000,
  );

  async function reportsByKey(date: string): Promise<Record<string, string>> {
    const reports = accounts.map(async ({ Id }) => {
      const { Content } = await aws<{ Content: string }>(
        administrators.get(Id)!,
        'iam get-credential-report',
      );
      return [`${date}/credentialReport_${Id}.csv`, Buffer.from(Content, 'base64').toString()];
    });
    return Object.fromEntries(await Promise.all(reports)) as Record<string, string>;
  }
});

async function assumed(account: string, caller: Caller): Promise<Caller> {
  const { Credentials } = await aws<{
    Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  }>(caller, 'sts assume-role --role-session-name test', {
    'role-arn': `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
  });
  return {
    ...caller,
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  };
}

type Summary = ReturnType<typeof jsonSummary>;

async function localRun(
  options: string[],
  out: string,
  caller: Caller,
): Promise<{ said: string; summary: Summary }> {
  const command = 'run --silent local -- --organization aws --json --wait-seconds 1'.split(' ');
  const { stdout, stderr } = await promisify(execFile)('npm', [...command, '--out', out, ...options], {
    cwd: projectRoot,
    env: awsVariables(caller),
  });
  return { said: stderr, summary: JSON.parse(stdout) as Summary };
}

/** What is said of the organization before the first account is listed. */
function saidFirst(said: string): string[] {
  const lines = said.split('\n');
  const before = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('Listed ')),
  );
  return before.filter((line) => /^(Organization|Identity|Role) /.test(line));
}

/** The objects below the run's date, by key. */
function stored({ bucket, date }: Summary): Record<string, string> {
  const files = readdirSync(join(bucket, date ?? ''));
  return Object.fromEntries(
    files.map((file) => [`${date ?? ''}/${file}`, readFileSync(join(bucket, date ?? '', file), 'utf8')]),
  );
}

import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { jsonSummary } from '../../local/summary';
import { temporaryFolder } from '../../tools/support/embedded';
import { type Caller, aws, awsVariables } from '../support/emulator/aws-cli';
import { Moto } from '../support/emulator/moto';
import { type MotoOrganization, makeOrganization } from '../support/emulator/moto-organization';
import { projectRoot } from '../../tools/support/project-root';

/** Time for making the organization, and for one run, ms. */
const TIME = 600_000;

const roles = [
  { role: 'iam-credential-report-generation-role', options: [] },
  { role: 'OrganizationAccountAccessRole', options: ['--role-name', 'OrganizationAccountAccessRole'] },
];

const { folder, remove } = temporaryFolder();
let moto: Moto | undefined;
let caller: Caller;
let organization: MotoOrganization;

beforeAll(async () => {
  moto = await Moto.start();
  caller = { url: moto.url, region: 'us-east-1', accessKeyId: 'administrator', secretAccessKey: 'test' };
  organization = await makeOrganization(caller, folder);
}, TIME);

afterAll(async () => {
  await moto?.stop();
  remove();
});

describe.each(roles)('the local run over an AWS organization, by the role $role', ({ role, options }) => {
  let run: LocalRun;

  beforeAll(async () => {
    run = await localRun(options, join(folder, role), caller);
  }, TIME);

  it('says whose organization it is, as whom and by which role it reads it, before it reads an account', () => {
    const { id, identity } = organization;
    const before = run.said.slice(0, run.said.indexOf('Listed '));
    expect(before.split('\n')).toEqual(
      expect.arrayContaining([
        `Organization ${id} of management account ${identity.Account}, Region us-east-1 (AWS_REGION)`,
        `Identity ${identity.Arn}`,
        `Role ${role} in every account except ${identity.Account}, which is read with your own credentials`,
      ]),
    );
  });

  it('collects every account', () => {
    const expected = { status: 'SUCCEEDED', accounts: 4, collected: 4, failed: 0, skipped: 0 };
    expect(run.summary).toMatchObject(expected);
  });

  it('stores what the AWS CLI prints as the report of each account', async () => {
    expect(stored(run)).toEqual(await reports(organization));
  });
});

interface LocalRun {
  /** What a person sees. */
  said: string;
  summary: ReturnType<typeof jsonSummary>;
  date: string;
}

async function localRun(options: string[], out: string, user: Caller): Promise<LocalRun> {
  const command = 'run --silent local -- --organization aws --json --wait-seconds 1'.split(' ');
  const { stdout, stderr } = await promisify(execFile)('npm', [...command, '--out', out, ...options], {
    cwd: projectRoot,
    env: awsVariables(user),
  });
  const summary = JSON.parse(stdout) as LocalRun['summary'];
  return { said: stderr, summary, date: summary.date ?? '' };
}

/** The files below the run's date, by name. */
function stored({ summary, date }: LocalRun): Record<string, string> {
  const below = join(summary.bucket, date);
  return Object.fromEntries(
    readdirSync(below).map((file) => [file, readFileSync(join(below, file), 'utf8')]),
  );
}

/** The reports as the accounts give them, by the name that each should be stored under. */
async function reports({ administrators }: MotoOrganization): Promise<Record<string, string>> {
  const all = [...administrators].map(async ([id, administrator]) => {
    const { Content } = await aws<{ Content: string }>(administrator, 'iam get-credential-report');
    return [`credentialReport_${id}.csv`, Buffer.from(Content, 'base64').toString()];
  });
  return Object.fromEntries(await Promise.all(all)) as Record<string, string>;
}

/** A report role with the rights of an administrator, such as OrganizationAccountAccessRole: what its sessions can do. */
import {
  CreateUserCommand,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  type IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ReportRoleSession } from '../../../handlers/shared/aws/report-role-session';
import { REPORT_ROLE_ACTIONS } from '../../../handlers/shared/report-role-actions';
import { credentialsOf } from '../../../local/fake-aws/credentials';
import { isAllowed } from '../../../tools/policies/authorization';
import { everything, targets } from '../../../tools/policies/attacks/targets';
import { Enforcement } from '../../../tools/policies/enforcement';
import { sameAccount } from '../../../tools/policies/environments';
import { isAllowedBy } from '../../../tools/policies/evaluator';
import { everyAction } from '../../../tools/policies/every-action';
import { accessKeyOf } from '../../../tools/policies/functions';
import { run } from '../../../tools/policies/run';

const environment = sameAccount();
const { account, bucket } = environment;
const { reportRole } = targets(environment);
const administrators = ['report-role/policy', 'report-role-stack-set/permissions'].reduce(
  (deployed, document) => deployed.with(document, everything),
  environment.deployed,
);

/** AWS lets every caller ask who it is, whatever policies say (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html). */
const ALWAYS_ALLOWED = 'sts:GetCallerIdentity';

describe('a session of a report role with the rights of an administrator', () => {
  let enforcement: Enforcement;
  // A test that computes for seconds lets the server close connections without the client knowing.
  const requestHandler = new NodeHttpHandler({ httpAgent: { keepAlive: false } });
  const client = (accessKeyId: string) => ({
    endpoint: enforcement.url,
    region: 'us-east-1',
    requestHandler,
    credentials: credentialsOf(accessKeyId),
    maxAttempts: 1,
  });
  beforeAll(async () => {
    enforcement = await Enforcement.start(environment);
    process.env.AWS_ENDPOINT_URL = enforcement.url;
    process.env.AWS_REGION = 'us-east-1';
  });
  afterAll(async () => {
    requestHandler.destroy();
    await enforcement.stop();
  });

  /** A session that the code of the functions begins, with its access key. */
  async function session(): Promise<{ iam: Pick<IAMClient, 'send'>; accessKeyId: string }> {
    enforcement.reset(administrators);
    const sts = new STSClient(client(accessKeyOf('collect-reports')));
    const role = { partition: 'aws', name: reportRole(account).split('/').slice(1).join('/') };
    const iam = await new ReportRoleSession(sts, role, { requestHandler }).iam(account);
    return { iam, accessKeyId: [...enforcement.sessionPolicies.keys()].at(-1) ?? '' };
  }

  it('has a policy whenever a run of the real bundles calls IAM', async () => {
    expect(await run(enforcement, administrators)).toMatchObject({ status: 'SUCCEEDED' });
    const calls = enforcement.allowed.filter(
      ({ action }) => action.startsWith('iam:') && action !== 'iam:ListOrganizationsFeatures',
    );
    expect(new Set(calls.map(({ action }) => action))).toEqual(new Set(REPORT_ROLE_ACTIONS));
    expect(calls.filter(({ sessionPolicy }) => sessionPolicy === undefined)).toEqual([]);
  });

  it('is allowed two actions of all that the evaluator knows, and hundreds of IAM, S3 and STS without its policy', async () => {
    const { accessKeyId } = await session();
    const sessionPolicy = enforcement.sessionPolicies.get(accessKeyId)!;
    const allowed: Record<'withPolicy' | 'without', string[]> = { withPolicy: [], without: [] };
    const notJudged: string[] = [];
    for (const { action, resource } of await everyAction(account)) {
      const simulation = {
        request: {
          principal: `arn:aws:sts::${account}:assumed-role/OrganizationAccountAccessRole/iam-credential-reports`,
          action,
          resource: { resource, accountId: account },
          contextVariables: {},
        },
        identityPolicies: [{ name: 'AdministratorAccess', policy: everything }],
        serviceControlPolicies: [],
        resourceControlPolicies: [] as [],
      };
      try {
        if (await isAllowedBy({ ...simulation, sessionPolicy })) allowed.withPolicy.push(action);
        if (/^(iam|s3|sts):/.test(action) && (await isAllowedBy(simulation))) allowed.without.push(action);
      } catch {
        // It wants several resources at once.
        notJudged.push(action);
      }
    }
    expect(allowed.withPolicy.sort()).toEqual([...REPORT_ROLE_ACTIONS, ALWAYS_ALLOWED].sort());
    expect(allowed.without.length).toBeGreaterThan(300);
    expect(notJudged.length).toBeLessThan(100);
  });

  it('gets its report, and is refused everything else that is requested over HTTP', async () => {
    const { iam, accessKeyId } = await session();
    const s3 = new S3Client({ ...client(accessKeyId), forcePathStyle: true });
    const sts = new STSClient(client(accessKeyId));
    // The report is ready at the second call.
    for (let call = 0; call < 2; call++) await iam.send(new GenerateCredentialReportCommand({}));
    await iam.send(new GetCredentialReportCommand({}));
    const refused: Record<string, () => Promise<unknown>> = {
      'iam:CreateUser': () => iam.send(new CreateUserCommand({ UserName: 'mallory' })),
      'iam:ListUsers': () => iam.send(new ListUsersCommand({})),
      's3:GetObject': () => s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: 'report.csv' })),
      'sts:AssumeRole': () =>
        sts.send(
          new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/other`, RoleSessionName: 'other' }),
        ),
    };
    for (const [action, request] of Object.entries(refused))
      await expect(request()).rejects.toMatchObject({
        name: 'AccessDenied',
        message: expect.stringContaining(action) as string,
      });
    expect(enforcement.denied.map(({ action }) => action)).toEqual(Object.keys(refused));
    for (const call of enforcement.denied)
      expect(await isAllowed({ ...call, sessionPolicy: undefined }, administrators, environment)).toBe(true);
  });
});

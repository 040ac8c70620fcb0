import { AssumeRoleCommand, STSClient, STSServiceException } from '@aws-sdk/client-sts';
import { LocalEndpoint } from '../../../local/fake-aws/server';
import { type Service, queryParameters } from '../../../local/fake-aws/service';
import { stsService } from '../../../local/fake-aws/sts-service';
import { stsProxy } from '../../../local/source/sts-proxy';
import { organizationOf } from '../../../tools/support/embedded';

const organization = organizationOf({ accounts: 12, denied: 8 });
const [own] = organization.accounts;
const deniedBySts = ({ behavior }: (typeof organization.accounts)[number]) =>
  behavior.kind === 'denied' && behavior.by === 'sts';

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:GetCredentialReport', Resource: '*' }],
});

const secretOf = () => 'secret';
const clientOf = (endpoint: string, accessKeyId: string) =>
  new STSClient({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: secretOf(), sessionToken: 'token' },
  });

describe('STS in a run over a real organization', () => {
  let [aws, proxy]: LocalEndpoint[] = [];
  const asked: URLSearchParams[] = [];
  const sts = stsService(organization);
  beforeAll(async () => {
    const recording: Service = (request) => {
      asked.push(queryParameters(request));
      return sts(request);
    };
    aws = await LocalEndpoint.start({ sts: recording }, { secretOf });
    const caller = clientOf(aws.url, 'AKIACALLER');
    proxy = await LocalEndpoint.start({ sts: stsProxy(caller, own!.id) }, { secretOf });
  });
  afterAll(() => Promise.all([aws!.stop(), proxy!.stop()]));

  const assumeRole = (account: string) =>
    clientOf(proxy!.url, 'AKIAFUNCTION').send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/report`,
        RoleSessionName: 'test',
        DurationSeconds: 900,
        Policy: POLICY,
      }),
    );

  it("answers the caller's credentials for the caller's own account", async () => {
    const before = aws!.connections;
    expect((await assumeRole(own!.id)).Credentials).toMatchObject({
      AccessKeyId: 'AKIACALLER',
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: expect.any(Date) as Date,
    });
    expect(aws!.connections).toBe(before);
  });

  it('answers what AWS answers for every other account', async () => {
    const other = organization.accounts.find((account) => account !== own && !deniedBySts(account))!;
    const { Credentials } = await assumeRole(other.id);
    expect(Credentials!.AccessKeyId).toContain(other.id);
  });

  it('passes on the policy of the session, with which a role that may do more gives no more', () => {
    expect(asked.map((parameters) => parameters.get('Policy'))).toEqual([POLICY]);
  });

  it('passes on code, status and message of an error', async () => {
    const { id } = organization.accounts.find((account) => account !== own && deniedBySts(account))!;
    const error = (await assumeRole(id).catch((rejected: unknown) => rejected)) as STSServiceException;
    expect(error).toMatchObject({
      name: 'AccessDenied',
      message: `not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${id}:role/report`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('answers an error that the function retries if AWS cannot be reached', async () => {
    const unreachable = clientOf('http://127.0.0.1:1', 'AKIACALLER');
    const cutOff = await LocalEndpoint.start({ sts: stsProxy(unreachable, own!.id) }, { secretOf });
    const role = { RoleArn: 'arn:aws:iam::999999999999:role/report', RoleSessionName: 'test' };
    const request = clientOf(cutOff.url, 'AKIAFUNCTION').send(new AssumeRoleCommand(role));
    const error = await request.catch((rejected: unknown) => rejected).finally(() => cutOff.stop());
    expect(error).toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
  });
});

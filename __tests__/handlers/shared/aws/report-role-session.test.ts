import { CreateUserCommand, GenerateCredentialReportCommand } from '@aws-sdk/client-iam';
import pMap from 'p-map';
import { reportRolePermissions } from '../../../../constructs/report-role/report-role-policy';
import { credentialsOf } from '../../../../local/fake-aws/credentials';
import { ServiceError, type ServiceResponse, queryAnswer, xml } from '../../../../local/fake-aws/service';
import type { Services } from '../../../../local/fake-aws/server';
import { accountOfSession } from '../../../../local/fake-aws/sts-service';
import { type Embedded, embedded } from '../../../../tools/support/embedded';

describe('the session of the report role', () => {
  let aws: Embedded;
  const signedFor: string[] = [];
  const assumed: string[] = [];
  let denying = false;
  let answer: ServiceResponse | undefined;
  let expiring = false;
  let expired: string | undefined;

  const recordingServices = ({ iam, sts, ...services }: Services): Services => ({
    ...services,
    iam: (request) => {
      signedFor.push(accountOfSession(request.accessKeyId));
      expired ??= request.accessKeyId;
      if (expiring && expired === request.accessKeyId) throw new ServiceError(403, 'ExpiredToken', 'expired');
      return iam!(request);
    },
    sts: (request) => {
      assumed.push(request.body.toString());
      if (denying) throw new ServiceError(403, 'AccessDenied', 'denied');
      return answer ?? sts!(request);
    },
  });

  beforeEach(async () => {
    aws = await embedded({ accounts: 60 }, recordingServices);
    signedFor.length = assumed.length = 0;
    expired = answer = undefined;
  });
  afterEach(() => aws.stop());

  it('signs the calls of each account with its own session, whatever else is in flight', async () => {
    const { sessions } = aws.collector;
    const ids = aws.organization.accounts.map(({ id }) => id);
    const seen = await pMap(
      ids,
      async (id) => {
        const iam = await sessions.iam(id);
        // Other accounts get their sessions between the session of this account and its calls.
        await new Promise((resolve) => setTimeout(resolve, Number(id) % 7));
        const before = signedFor.length;
        await iam.send(new GenerateCredentialReportCommand({}));
        await iam.send(new GenerateCredentialReportCommand({}));
        return signedFor.slice(before).filter((account) => account === id).length;
      },
      { concurrency: 20 },
    );
    expect(seen).toEqual(ids.map(() => 2));
    expect(signedFor).toHaveLength(2 * ids.length);
  });

  it('assumes the role once for consecutive polls', async () => {
    const [account] = aws.organization.accounts;
    for (let poll = 0; poll < 2; poll++) {
      const iam = await aws.collector.sessions.iam(account!.id);
      await iam.send(new GenerateCredentialReportCommand({}));
    }
    expect(assumed).toHaveLength(1);
    expect(signedFor).toEqual([account!.id, account!.id]);
  });

  it('may do exactly what the role allows, even if the role of an account allows more', async () => {
    const [account] = aws.organization.accounts;
    const iam = await aws.collector.sessions.iam(account!.id);
    const policy = new URLSearchParams(assumed[0]).get('Policy')!;
    const [role, list] = reportRolePermissions({ serviceCredentials: true }).Statement;
    expect(JSON.parse(policy)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: role!.Action, Resource: '*' }],
    });
    expect(policy.length).toBeLessThan(2048 / 10);
    await aws.collector.sessions.iam(account!.id, { serviceCredentials: true });
    expect(JSON.parse(new URLSearchParams(assumed[1]).get('Policy')!)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: [role!.Action, list!.Action].flat(), Resource: '*' }],
    });
    await expect(iam.send(new CreateUserCommand({ UserName: 'mallory' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('no session policy allows the iam:CreateUser action') as string,
    });
  });

  it('assumes the role again when the session could expire during the poll', async () => {
    const [account] = aws.organization.accounts;
    await aws.collector.sessions.iam(account!.id);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 700_000);
    await aws.collector.sessions.iam(account!.id);
    jest.restoreAllMocks();
    expect(assumed).toHaveLength(2);
  });

  it('assumes the role again when IAM rejected the session', async () => {
    const [account] = aws.organization.accounts;
    expiring = true;
    const first = await aws.collector.sessions.iam(account!.id);
    await expect(first.send(new GenerateCredentialReportCommand({}))).rejects.toThrow('expired');
    const second = await aws.collector.sessions.iam(account!.id);
    await expect(second.send(new GenerateCredentialReportCommand({}))).resolves.toBeDefined();
    expiring = false;
    expect(assumed).toHaveLength(2);
  });

  it('does not cache a session after AssumeRole failed', async () => {
    const [account] = aws.organization.accounts;
    denying = true;
    await expect(aws.collector.sessions.iam(account!.id)).rejects.toThrow('denied');
    denying = false;
    await aws.collector.sessions.iam(account!.id);
    expect(assumed).toHaveLength(2);
  });

  it('can be the access keys of an IAM user, which have no token: those of a local run', async () => {
    const [account] = aws.organization.accounts;
    const { accessKeyId, secretAccessKey } = credentialsOf(`ASIALOCA${account!.id}`);
    const keys = xml({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey });
    answer = queryAnswer('AssumeRole', `<Credentials>${keys}</Credentials>`);
    const iam = await aws.collector.sessions.iam(account!.id);
    await expect(iam.send(new GenerateCredentialReportCommand({}))).resolves.toBeDefined();
  });

  it.each([
    ['nothing', { status: 200 }, 'STS answered without credentials'],
    ['no credentials', queryAnswer('AssumeRole', ''), 'STS answered without credentials'],
    [
      'credentials without a key',
      queryAnswer('AssumeRole', '<Credentials><AccessKeyId>A</AccessKeyId></Credentials>'),
      'STS answered without credentials',
    ],
    [
      'a page of a proxy',
      {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<p>\u001b[31m\nSign in</p>',
      },
      'a page arrived instead of an answer of AWS, with status 200: "<p> [31m Sign in</p>"',
    ],
  ])('is not made of %s, and asked for again', async (_what, response, message) => {
    const [account] = aws.organization.accounts;
    answer = response;
    await expect(aws.collector.sessions.iam(account!.id)).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message,
    });
    answer = undefined;
    const iam = await aws.collector.sessions.iam(account!.id);
    await expect(iam.send(new GenerateCredentialReportCommand({}))).resolves.toBeDefined();
    expect(signedFor).toEqual([account!.id]);
  });
});

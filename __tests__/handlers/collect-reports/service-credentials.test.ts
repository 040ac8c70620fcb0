import { pollAccount } from '../../../tools/support/poll-account';
import { withSignal } from '../../../handlers/shared/aws/work-signal';
import { keys } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import type { Collected } from '../../../handlers/shared/run-files';
import {
  type ServiceCredential,
  ServiceCredentialList,
  serviceCredentialsText,
} from '../../../handlers/credential-report/service-credentials';
import type { Services } from '../../../local/fake-aws/server';
import {
  ServiceError,
  type ServiceRequest,
  type ServiceResponse,
  queryAnswer,
  queryParameters,
  xml,
} from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { DATE } from '../../support/stored-run';

const ACTION = 'ListServiceSpecificCredentials';

describe('the service-specific credentials of an account', () => {
  let aws: Embedded;
  /** The requests for lists, and the policies of the sessions. */
  const lists: URLSearchParams[] = [];
  const policies: string[] = [];
  let answer: (request: ServiceRequest, serve: () => ServiceResponse) => ServiceResponse;

  const observed = ({ iam, sts, ...services }: Services): Services => ({
    ...services,
    sts: (request) => {
      policies.push(queryParameters(request).get('Policy') ?? '');
      return sts!(request);
    },
    iam: (request) => {
      const parameters = queryParameters(request);
      if (parameters.get('Action') !== ACTION) return iam!(request);
      lists.push(parameters);
      return answer(request, () => iam!(request) as ServiceResponse);
    },
  });

  beforeEach(async () => {
    aws = await embedded({ accounts: 1, users: 40 }, observed);
    answer = (_request, serve) => serve();
    lists.length = policies.length = 0;
    account().generateReport();
    account().generateReport();
  });
  afterEach(() => aws.stop());

  const account = () => aws.organization.accounts[0]!;
  const key = () => keys.serviceCredentials(DATE, account().id);
  const poll = async (serviceCredentials = true) =>
    (await pollAccount(account().id, DATE, { ...aws.collector, serviceCredentials })) as Collected;
  const listed = async () => (await poll()).serviceCredentials;
  const stored = () => ServiceCredentialList.parse(aws.json(key())).ServiceSpecificCredentials;

  it('are listed in pages for all users, in the session of the report, and stored as evidence', async () => {
    const { serviceCredentials, ...report } = await poll();
    const { credentials } = account().serviceCredentials();
    expect(credentials.length).toBeGreaterThan(6);
    expect(report).toMatchObject({ outcome: 'collected', key: keys.report(DATE, account().id) });
    expect(serviceCredentials).toEqual({
      outcome: 'collected',
      collectedAt: '2026-11-22T08:01:00.000Z',
      key: key(),
      bytes: aws.object(key()).length,
      sha256: sha256Of(aws.object(key())),
      etag: expect.any(String) as string,
      credentials: credentials.length,
    });
    expect(new Set(stored())).toEqual(new Set(credentials));
    expect(policies).toHaveLength(1);
    expect(lists.map((list) => [list.get('AllUsers'), list.get('MaxItems')])).toEqual(
      lists.map(() => ['true', '1000']),
    );
    expect(lists).toHaveLength(Math.ceil(credentials.length / 3));
  });

  it('are neither listed nor allowed in the session unless the run says so', async () => {
    await expect(poll(false)).resolves.not.toHaveProperty('serviceCredentials');
    expect(lists).toEqual([]);
    expect(policies.map((policy) => policy.includes(ACTION))).toEqual([false]);
    await poll();
    expect(policies.map((policy) => policy.includes(ACTION))).toEqual([false, true]);
  });

  it('are the same bytes in whatever order and pages IAM returns them', () => {
    const { credentials } = account().serviceCredentials();
    const { id } = account();
    expect(serviceCredentialsText(id, credentials.toReversed())).toBe(
      serviceCredentialsText(id, credentials),
    );
  });

  it('that are denied leave the report collected', async () => {
    account().deniesList = true;
    await expect(poll()).resolves.toMatchObject({
      outcome: 'collected',
      serviceCredentials: {
        outcome: 'failed',
        reason: 'denied',
        detail: expect.stringContaining(ACTION) as string,
      },
    });
    expect(lists).toHaveLength(1);
  });

  it('are asked for again in a new session, which has a permission that came later', async () => {
    account().deniesList = true;
    await poll();
    account().behavior = { kind: 'reports', refusals: 0, polls: 1 };
    await aws.collector.sessions.iam(account().id, { serviceCredentials: true });
    answer = (_request, serve) => {
      account().deniesList = policies.length < 3;
      return serve();
    };
    await expect(listed()).resolves.toMatchObject({ outcome: 'collected' });
  });

  it.each([
    ['Throttling', 400, 'throttled'],
    ['ServiceUnavailable', 503, 'service-error'],
  ])('survive %s that passes, and fail as that otherwise', async (code, status, reason) => {
    let refusals = 2;
    answer = (_request, serve) => {
      if (refusals-- > 0) throw new ServiceError(status, code, 'later');
      return serve();
    };
    await expect(listed()).resolves.toMatchObject({ outcome: 'collected' });
    refusals = Infinity;
    await expect(listed()).resolves.toMatchObject({ outcome: 'failed', reason });
  });

  const page =
    (...credentials: object[]) =>
    (rest: Record<string, string | boolean>) =>
      queryAnswer(
        ACTION,
        `<ServiceSpecificCredentials>${credentials
          .map((one) => `<member>${xml(one as Record<string, string>)}</member>`)
          .join('')}</ServiceSpecificCredentials>${xml(rest)}`,
      );
  const credential: ServiceCredential = {
    UserName: 'ada',
    ServiceName: 'bedrock.amazonaws.com',
    Status: 'Active',
    CreateDate: '2026-11-01T00:00:00.000Z',
    ServiceSpecificCredentialId: 'ACCALOCA234567234567',
  };

  it.each<[string, () => ServiceResponse, string]>([
    [
      'a page that says neither whose they are',
      () => page({ ...credential, UserName: '' })({}),
      'list-invalid',
    ],
    [
      'a name that no user can have',
      () => page({ ...credential, UserName: '<root_account>' })({}),
      'list-invalid',
    ],
    ['no list at all', () => queryAnswer(ACTION, ''), 'service-error'],
    [
      'a page that names itself as the next',
      () => page(credential)({ IsTruncated: true, Marker: 'x' }),
      'service-error',
    ],
    ['a page without an end', () => page(credential)({ IsTruncated: true }), 'service-error'],
  ])('are not known from %s', async (_what, response, reason) => {
    answer = response;
    await expect(listed()).resolves.toMatchObject({ outcome: 'failed', reason });
    expect(() => aws.object(key())).toThrow('ENOENT');
  });

  it.each([
    ['is empty and not the last one', { IsTruncated: true, Marker: 'next' }],
    ['names another one without saying that it is not the last one', { Marker: 'next' }],
  ])('are complete although a page %s', async (_what, end) => {
    answer = (request) =>
      queryParameters(request).has('Marker') ? page(credential)({ IsTruncated: false }) : page()(end);
    await listed();
    expect(stored()).toEqual([credential]);
  });

  it('keep a status that AWS may add, and nothing that the format does not have', async () => {
    const added = { ...credential, Status: 'Suspended', ServicePassword: 'secret' };
    answer = () => page(added)({ IsTruncated: false });
    await listed();
    expect(stored()).toEqual([{ ...credential, Status: 'Suspended' }]);
  });

  it('that S3 refuses leave the report collected', async () => {
    const { bucket } = aws.collector;
    const put = bucket.putVerified.bind(bucket);
    jest.spyOn(bucket, 'putVerified').mockImplementation((to, ...rest) => {
      if (to === key()) throw Object.assign(new Error('no'), { name: 'AccessDenied' });
      return put(to, ...rest);
    });
    await expect(listed()).resolves.toMatchObject({ outcome: 'failed', reason: 'not-stored' });
  });

  it('fail within the time of the poll, so that its outcomes are recorded', async () => {
    const abort = new AbortController();
    answer = (_request, serve) => {
      abort.abort();
      return serve();
    };
    const collector = { ...aws.collector, serviceCredentials: true };
    const polled = await withSignal(abort.signal, () => pollAccount(account().id, DATE, collector));
    expect(polled).toMatchObject({ outcome: 'collected', serviceCredentials: { outcome: 'failed' } });
    expect(lists).toHaveLength(1);
  });
});

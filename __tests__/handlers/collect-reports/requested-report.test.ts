import { pollAccount } from '../../../tools/support/poll-account';
import type { Services } from '../../../local/fake-aws/server';
import { ServiceError, type ServiceRequest, queryParameters } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';

type Answers = Record<string, ServiceError>;
const full = new ServiceError(409, 'LimitExceeded', 'No more capacity');

describe('a poll that is throttled when it requests the report', () => {
  let aws: Embedded;
  const calls: string[] = [];
  afterEach(() => aws.stop());

  /** Polls one account, of which IAM has a report or not. */
  async function polled(answers: Answers, hasReport = false) {
    calls.length = 0;
    const failing = (services: Services) => (request: ServiceRequest) => {
      const action = queryParameters(request).get('Action') ?? '';
      calls.push(action);
      const answer = answers[action];
      if (answer) throw answer;
      return services.iam!(request);
    };
    aws = await embedded({ accounts: 1 }, (services) => ({ ...services, iam: failing(services) }));
    const [account] = aws.organization.accounts;
    for (let request = 0; hasReport && request < 2; request++) account!.generateReport();
    return pollAccount(account!.id, '2026-11-22', aws.collector);
  }

  it('collects a report that IAM has', async () => {
    await expect(polled({ GenerateCredentialReport: full }, true)).resolves.toMatchObject({
      outcome: 'collected',
      generatedAt: expect.stringMatching(/^20\d\d-/) as string,
    });
    expect(calls).toEqual(['GenerateCredentialReport', 'GetCredentialReport']);
  });

  it.each([
    ['there is none', 'ReportNotPresent'],
    ['it is too old', 'ReportExpired'],
  ])('says that it was throttled if IAM has no report to return: %s', async (_why, code) => {
    const answers = {
      GenerateCredentialReport: full,
      GetCredentialReport: new ServiceError(410, code, 'no report'),
    };
    await expect(polled(answers)).resolves.toMatchObject({
      outcome: 'pending',
      reason: 'throttled',
      detail: 'LimitExceededException: No more capacity',
    });
  });

  it.each([
    [404, 'ReportInProgress', 'pending', 'not-ready'],
    [403, 'AccessDenied', 'failed', 'denied'],
    [500, 'ServiceFailure', 'pending', 'service-error'],
  ] as const)('says what getting the report met: %i %s', async (status, code, outcome, reason) => {
    const got = new ServiceError(status, code, 'got');
    const answers = { GenerateCredentialReport: full, GetCredentialReport: got };
    await expect(polled(answers)).resolves.toMatchObject({ outcome, reason });
  });

  it.each([
    [403, 'AccessDenied'],
    [500, 'ServiceFailure'],
  ])('gets nothing after another error of the request: %i %s', async (status, code) => {
    const answers = { GenerateCredentialReport: new ServiceError(status, code, 'requested') };
    await expect(polled(answers, true)).resolves.not.toMatchObject({ outcome: 'collected' });
    expect(calls).not.toContain('GetCredentialReport');
  });
});

describe('a session that was kept from an earlier poll', () => {
  let aws: Embedded;
  let assumed = 0;
  const refused = new Set<string>();
  const used: string[] = [];
  let refusesAll = false;
  beforeEach(async () => {
    assumed = 0;
    refusesAll = false;
    refused.clear();
    used.length = 0;
    aws = await embedded({ accounts: 1, slow: 0 }, (services) => ({
      ...services,
      sts: (request) => (assumed++, services.sts!(request)),
      iam: (request) => {
        used.push(request.accessKeyId);
        if (refusesAll || refused.has(request.accessKeyId))
          throw new ServiceError(403, 'InvalidClientTokenId', 'The security token is invalid');
        return services.iam!(request);
      },
    }));
  });
  afterEach(() => aws.stop());
  const poll = () => pollAccount(aws.organization.accounts[0]!.id, '2026-11-22', aws.collector);

  it('is replaced in the same poll when IAM refuses it, so that a role that was made again fails no account', async () => {
    await expect(poll()).resolves.toMatchObject({ outcome: 'pending' });
    for (const key of used) refused.add(key);
    await expect(poll()).resolves.toMatchObject({ outcome: 'collected' });
    expect(assumed).toBe(2);
  });

  it('is replaced once: what a new session meets is final', async () => {
    await poll();
    refusesAll = true;
    await expect(poll()).resolves.toMatchObject({ outcome: 'failed', reason: 'session-refused' });
    expect(assumed).toBe(2);
  });

  it('is the only one that is replaced: a refused new session costs no second one', async () => {
    refusesAll = true;
    await expect(poll()).resolves.toMatchObject({ outcome: 'failed', reason: 'session-refused' });
    expect(assumed).toBe(1);
  });
});

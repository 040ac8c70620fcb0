import { STSClient } from '@aws-sdk/client-sts';
import { handler } from '../../../handlers/collect-reports';
import { collectReports } from '../../../handlers/collect-reports/collect-reports';
import { collectReportsSettings } from '../../../handlers/collect-reports/settings';
import { ReportRoleSession } from '../../../handlers/shared/aws/report-role-session';
import { accountOfLine } from '../../../handlers/report-review/review-line';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { Run } from '../../../handlers/shared/events';
import { sha256Of } from '../../../handlers/shared/hash';
import type { BatchOutcomes } from '../../../handlers/shared/run-files';
import { credentialsOf } from '../../../local/fake-aws/credentials';
import { type Service, ServiceError, queryParameters } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { RUN, pollOf, startRun } from '../../support/started-run';

const date = '2026-11-22';
const reviews = `reviews/${date}/run-1/`;
/** So late that an invocation polls once. */
const FIRST = 120;
const LAST = 60 * 45;

describe('collect-reports', () => {
  let aws: Embedded;
  afterEach(() => aws.stop());

  let started: Run;

  /** An organization whose accounts form one batch. */
  async function batchOf(...props: Parameters<typeof embedded>): Promise<Embedded> {
    const embeddedAws = await embedded(...props);
    started = await startRun(embeddedAws);
    return embeddedAws;
  }

  const event = (waited: number) => pollOf(started, waited);
  const poll = (waited: number) => collectReports({ ...aws.collector, concurrency: 20 })(event(waited));
  const outcomes = () => (aws.json(keys.outcomes(RUN, 1)) as BatchOutcomes).outcomes;

  it('requests the reports at the first poll, and returns how long to wait for them', async () => {
    aws = await batchOf({ accounts: 3 });
    await expect(poll(FIRST)).resolves.toEqual({ decided: 0, pending: 3, waitSeconds: 17, waited: 137 });
    expect(outcomes()).toEqual([]);
  });

  it('stores a ready report unchanged, and when IAM generated it', async () => {
    aws = await batchOf({ accounts: 3 });
    await poll(FIRST);
    await expect(poll(5)).resolves.toMatchObject({ pending: 0 });
    for (const account of aws.organization.accounts) {
      const { content, generatedAt } = account.currentReport()!;
      expect(aws.object(`${date}/credentialReport_${account.id}.csv`)).toEqual(content);
      expect(outcomes()).toContainEqual({
        account: account.id,
        outcome: 'collected',
        generatedAt: generatedAt.toISOString(),
        collectedAt: '2026-11-22T08:01:00.000Z',
        key: `${date}/credentialReport_${account.id}.csv`,
        bytes: content.length,
        sha256: sha256Of(content),
        etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string,
        review: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
    }
  });

  it('writes the reviews of the reports that a poll stores, but not of large ones, into one file', async () => {
    aws = await batchOf({ accounts: 3, users: (index) => (index === 1 ? 300 : 2) });
    await poll(FIRST);
    await expect(aws.bucket.list(reviews)).resolves.toEqual([]);
    await poll(5);
    await expect(aws.bucket.list(reviews)).resolves.toEqual([`${reviews}00001-00005.jsonl`]);
    const lines = aws.object(`${reviews}00001-00005.jsonl`).toString().trimEnd().split('\n');
    const small = aws.organization.accounts.filter((_, index) => index !== 1).map(({ id }) => id);
    expect(lines.map((line) => accountOfLine(Buffer.from(line)))).toEqual(small.sort());
    const named = outcomes().flatMap((outcome) =>
      outcome.outcome === 'collected' && outcome.review !== undefined
        ? [[outcome.account, outcome.review]]
        : [],
    );
    expect(named.sort()).toEqual(small.map((id, index) => [id, sha256Of(lines[index]!)]));
  });

  it('records the outcomes even if the reviews cannot be written, and logs that', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    aws = await batchOf({ accounts: 3 }, (services) => ({
      ...services,
      s3: (request) => {
        if (request.method === 'PUT' && request.url.pathname.includes('/reviews/'))
          throw new ServiceError(403, 'AccessDenied', 'refused by the test');
        return services.s3!(request);
      },
    }));
    await poll(FIRST);
    await expect(poll(5)).resolves.toMatchObject({ decided: 3, pending: 0 });
    const logged = { message: 'could not write the reviews', run: RUN, batch: 1, waited: 5 };
    expect(print).toHaveBeenLastCalledWith(
      JSON.stringify({ ...logged, error: 'AccessDenied: refused by the test' }),
    );
    print.mockRestore();
  });

  it('fails only the accounts that deny access', async () => {
    aws = await batchOf({ accounts: 10, denied: 4 });
    await poll(FIRST);
    await poll(5);
    const resultOf = new Map(
      outcomes().map((result) => [
        result.account,
        result.outcome === 'failed' ? result.reason : result.outcome,
      ]),
    );
    for (const { id, behavior } of aws.organization.accounts) {
      const denied = behavior.kind === 'denied' && (behavior.by === 'sts' ? 'role-not-assumable' : 'denied');
      expect(resultOf.get(id)).toBe(denied || 'collected');
    }
    expect(new Set(resultOf.values())).toEqual(new Set(['collected', 'role-not-assumable', 'denied']));
  });

  it('fails an account whose report is not ready only at the last poll', async () => {
    aws = await batchOf({ accounts: 1, neverReady: 1 });
    await poll(FIRST);
    await expect(poll(LAST - 60)).resolves.toMatchObject({ pending: 1, waited: LAST });
    await expect(poll(LAST)).resolves.toMatchObject({ pending: 0 });
    expect(outcomes()).toMatchObject([{ outcome: 'failed', reason: 'not-ready' }]);
  });

  it('fails a throttled account only at the last poll', async () => {
    aws = await batchOf({ accounts: 1 }, (services) => ({ ...services, iam: answer(409, 'LimitExceeded') }));
    await expect(poll(FIRST)).resolves.toMatchObject({ pending: 1 });
    await poll(LAST);
    expect(outcomes()).toMatchObject([{ reason: 'throttled' }]);
  });

  it('does not retry throttled calls, so that the state machine waits and not the function', async () => {
    const calls: (string | null)[] = [];
    aws = await batchOf({ accounts: 1 }, (services) => ({
      ...services,
      iam: (request) => {
        calls.push(queryParameters(request).get('Action'));
        return answer(409, 'LimitExceeded')(request);
      },
    }));
    // Those before are of the listing.
    calls.length = 0;
    await poll(FIRST);
    expect(calls).toEqual(['GenerateCredentialReport', 'GetCredentialReport']);
  });

  it('collects at the first poll a report that IAM has, although it always has no capacity for another', async () => {
    aws = await batchOf({ accounts: 1 }, (services) => ({
      ...services,
      iam: (request) =>
        request.body.includes('GenerateCredentialReport')
          ? answer(409, 'LimitExceeded')(request)
          : services.iam!(request),
    }));
    const [account] = aws.organization.accounts;
    account?.generateReport();
    account?.generateReport();
    await expect(poll(FIRST)).resolves.toMatchObject({ decided: 1, pending: 0 });
    expect(outcomes()).toMatchObject([
      { outcome: 'collected', bytes: account?.currentReport()?.content.length },
    ]);
  });

  it('tells at the first poll what no later poll changes', async () => {
    aws = await batchOf({ accounts: 3 }, (services) => ({
      ...services,
      sts: answer(403, 'RegionDisabledException'),
    }));
    await expect(poll(FIRST)).resolves.toMatchObject({ decided: 3, pending: 0 });
    expect(outcomes().map((outcome) => 'reason' in outcome && outcome.reason)).toEqual(
      Array.from({ length: 3 }, () => 'region-disabled'),
    );
  });

  it.each(['ReportNotPresent', 'ReportInProgress', 'ReportExpired'])(
    'polls again when IAM returns %s after COMPLETE',
    async (code) => {
      aws = await batchOf({ accounts: 1 }, (services) => ({
        ...services,
        iam: (request) =>
          request.body.includes('GetCredentialReport') ? answer(410, code)(request) : services.iam!(request),
      }));
      await poll(FIRST);
      await expect(poll(5)).resolves.toMatchObject({ pending: 1 });
    },
  );

  it('fails an account with service-error at the last poll if the service still fails', async () => {
    aws = await batchOf({ accounts: 1 }, (services) => ({
      ...services,
      iam: answer(500, 'ServiceFailure'),
    }));
    await expect(poll(FIRST)).resolves.toMatchObject({ pending: 1 });
    await poll(LAST);
    expect(outcomes()).toMatchObject([
      { reason: 'service-error', detail: expect.stringContaining('ServiceFailure') as string },
    ]);
  });

  it('fails an account when the bucket rejects its report', async () => {
    aws = await batchOf({ accounts: 1 }, (services) => ({
      ...services,
      s3: (request) =>
        request.url.pathname.includes('credentialReport_')
          ? answer(403, 'AccessDenied')(request)
          : services.s3!(request),
    }));
    await poll(FIRST);
    await poll(5);
    expect(outcomes()).toMatchObject([{ reason: 'not-stored' }]);
  });

  it('does not store anything but a credential report', async () => {
    aws = await batchOf({ accounts: 1 });
    jest.spyOn(aws.organization.accounts[0]!, 'currentReport').mockReturnValue({
      content: Buffer.from('<html>'),
      planted: {} as never,
      users: [],
      generatedAt: new Date(),
    });
    await poll(FIRST);
    await expect(poll(5)).resolves.toMatchObject({ pending: 1 });
    expect(outcomes()).toEqual([]);
    await poll(LAST);
    expect(outcomes()).toMatchObject([
      { outcome: 'failed', reason: 'report-invalid', detail: expect.stringContaining('"<html>"') as string },
    ]);
    expect(() => aws.object(`${date}/credentialReport_${aws.organization.accounts[0]!.id}.csv`)).toThrow(
      /ENOENT/,
    );
  });

  it('records every account once when the same poll runs three times concurrently', async () => {
    aws = await batchOf({ accounts: 12 });
    await poll(FIRST);
    await Promise.all([poll(5), poll(5), poll(5)]);
    const accounts = outcomes().map(({ account }) => account);
    expect(accounts.sort()).toEqual(aws.organization.accounts.map(({ id }) => id).sort());
  });

  it('does not poll an account again that has an outcome, even if the state machine starts over', async () => {
    const polled: string[] = [];
    aws = await batchOf({ accounts: 3, slow: 1, denied: 1 }, (services) => ({
      ...services,
      sts: (request) => (polled.push(request.body.toString()), services.sts!(request)),
    }));
    await poll(FIRST);
    await poll(5);
    const before = outcomes();
    expect(before.length).toBeGreaterThan(0);
    const puts = jest.spyOn(aws.bucket, 'putVerified');
    for (const waited of [FIRST, 15, LAST]) {
      polled.length = 0;
      // Without the sessions of earlier polls every account that is polled assumes its role.
      const sessions = newSessions(aws);
      await collectReports({ ...aws.collector, sessions, concurrency: 20 })(event(waited));
      for (const { account } of before) expect(polled.join()).not.toContain(account);
    }
    const stored = new Set(puts.mock.calls.map(([key]) => key));
    for (const { account } of before) expect(stored).not.toContain(keys.report(date, account));
    expect(outcomes()).toEqual(expect.arrayContaining(before));
  });

  it('keeps a collected account when a repeated poll is denied', async () => {
    aws = await batchOf({ accounts: 1 });
    await poll(FIRST);
    await poll(5);
    const before = outcomes();
    Object.assign(aws.organization.accounts[0]!, { behavior: { kind: 'denied', by: 'sts' } });
    await poll(FIRST);
    expect(outcomes()).toEqual(before);
  });

  it('leaves accounts that it has no time for to the next poll', async () => {
    aws = await batchOf({ accounts: 3 });
    const collect = collectReports({ ...aws.collector, concurrency: 20 });
    await poll(FIRST);
    await expect(collect(event(5), { getRemainingTimeInMillis: () => 20_000 })).resolves.toMatchObject({
      pending: 3,
    });
    expect(outcomes()).toEqual([]);
  });

  it('records the outcomes in time when the bucket does not respond to the upload of one report', async () => {
    let silent = 'none yet';
    aws = await batchOf({ accounts: 3 }, (services) => ({
      ...services,
      s3: (request) =>
        request.url.pathname.endsWith(`${silent}.csv`)
          ? { status: 200, connection: 'silent' }
          : services.s3!(request),
    }));
    silent = aws.organization.accounts[1]!.id;
    await poll(FIRST);
    const time = { getRemainingTimeInMillis: () => 22_000 };
    await expect(
      collectReports({ ...aws.collector, concurrency: 20 })(event(5), time),
    ).resolves.toMatchObject({
      decided: 2,
      pending: 1,
    });
    expect(outcomes().map(({ account }) => account)).not.toContain(silent);
  });

  it('shares connections between the accounts', async () => {
    aws = await batchOf({ accounts: 60 });
    await collectReports({ ...aws.collector, concurrency: 5 })(event(FIRST));
    await collectReports({ ...aws.collector, concurrency: 5 })(event(5));
    // 60 accounts, 5 at a time, and the outcomes.
    expect(aws.endpoint.connections).toBeLessThanOrEqual(6);
  });

  it('names everything that is wrong with an event at once', async () => {
    aws = await batchOf({});
    const wrong = { run: 'x', nonce: 5, batch: -1, waited: '5' };
    await expect(collectReports({ ...aws.collector, concurrency: 1 })(wrong)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(/run: "x".*nonce: 5.*batch: -1.*waited: "5"/) as string,
    });
  });

  it('names every environment variable that is not set', async () => {
    aws = await batchOf({});
    const mayBeEmpty = ['BUCKET_PREFIX', 'BUCKET_ENCRYPTION', 'BUCKET_ACL'];
    const missing = Object.values(collectReportsSettings)
      .filter(({ variable }) => !mayBeEmpty.includes(variable))
      .map(({ variable }) => `${variable} is not set`);
    await expect(handler({})).rejects.toThrow(missing.join('; '));
  });
});

const newSessions = ({ endpoint }: Embedded) => {
  const client = {
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: credentialsOf(),
  };
  return new ReportRoleSession(new STSClient(client), { partition: 'aws', name: 'report-role' }, {});
};

function answer(status: number, code: string): Service {
  return () => ({
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
  });
}

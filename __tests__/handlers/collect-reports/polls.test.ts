import { rmSync } from 'node:fs';
import { collectReports } from '../../../handlers/collect-reports/collect-reports';
import { pollTimes } from '../../../handlers/collect-reports/poll-times';
import { nextPoll } from '../../../handlers/collect-reports/poll-schedule';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { Run } from '../../../handlers/shared/events';
import { Batch, type BatchOutcomes } from '../../../handlers/shared/run-files';
import { type Service, ServiceError, queryParameters } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { RUN, pollOf, startRun } from '../../support/started-run';

describe('an invocation that has requested reports', () => {
  let aws: Embedded;
  let started: Run;
  /** Names of the calls to STS and IAM. */
  let calls: string[];
  /** Milliseconds of every pause. */
  let pauses: number[];
  let onPause: () => Promise<unknown>;
  afterEach(() => {
    jest.restoreAllMocks();
    return aws.stop();
  });

  async function start(
    props: Parameters<typeof embedded>[0],
    iam: (service: Service) => Service = (one) => one,
  ) {
    calls = [];
    pauses = [];
    onPause = () => Promise.resolve();
    const counted =
      (service: Service): Service =>
      (request) => {
        calls.push(queryParameters(request).get('Action') ?? '');
        return service(request);
      };
    aws = await embedded(props, (services) => ({
      ...services,
      sts: counted(services.sts!),
      iam: counted(iam(services.iam!)),
    }));
    started = await startRun(aws);
    calls = [];
  }

  async function collectWhileListing() {
    const { content } = await aws.bucket.getJson(keys.batch(RUN, 1), Batch);
    await aws.bucket.putJson(keys.batch(RUN, 1), { ...content, whileListing: true });
    // Such a batch is collected before there is a ledger.
    rmSync(aws.folder(`reports/${keys.ledger(RUN)}`));
    return collect(0);
  }

  const collect = (waited: number, remaining = Infinity) =>
    collectReports({
      ...aws.collector,
      concurrency: 20,
      pause: async (ms) => {
        pauses.push(ms);
        await onPause();
      },
    })(
      pollOf(started, waited),
      remaining === Infinity ? undefined : { getRemainingTimeInMillis: () => remaining },
    );
  const outcomes = () => (aws.json(keys.outcomes(RUN, 1)) as BatchOutcomes).outcomes;
  const count = (name: string) => calls.filter((call) => call === name).length;

  it('gets them in the session that requested them, and requests nothing again', async () => {
    await start({ accounts: 3 });
    await expect(collect(0)).resolves.toMatchObject({ decided: 3, pending: 0 });
    expect([count('AssumeRole'), count('GenerateCredentialReport')]).toEqual([3, 3]);
    expect(pauses).toHaveLength(1);
  });

  it('polls only as long as a report is missing, and for 15 s at most', async () => {
    await start({ accounts: 3, neverReady: 1 });
    // The clock does not move in the pauses, so each is as long as the time of its poll.
    await expect(collect(0)).resolves.toMatchObject({ decided: 2, pending: 1, waited: 16 });
    expect(Math.max(...pauses)).toBeLessThanOrEqual(15_000);
    expect(pauses).toHaveLength(10);
    expect([count('AssumeRole'), count('GenerateCredentialReport')]).toEqual([3, 3]);
  });

  it('assumes the role again if it was replaced since the report was requested', async () => {
    await start({ accounts: 1, neverReady: 0 }, (service) => (request) => {
      const isGet = queryParameters(request).get('Action') === 'GetCredentialReport';
      if (isGet && count('AssumeRole') === 1)
        throw new ServiceError(403, 'AccessDenied', 'is not authorized');
      return service(request);
    });
    await expect(collect(0)).resolves.toMatchObject({ decided: 1 });
    expect(outcomes()).toMatchObject([{ outcome: 'collected' }]);
    expect(count('AssumeRole')).toBe(2);
  });

  it('writes no outcomes while accounts are listed if it leaves all of them', async () => {
    await start({ accounts: 3, neverReady: 3 });
    await expect(collectWhileListing()).resolves.toMatchObject({ decided: 0, pending: 3 });
    await expect(aws.bucket.list('outcomes/')).resolves.toEqual([]);
  });

  it('leaves out polls that are due before the one before them ends, and ends after 15 s', async () => {
    const [began, clock] = [Date.now(), { ms: 0 }];
    jest.spyOn(Date, 'now').mockImplementation(() => began + clock.ms);
    await start({ accounts: 1, neverReady: 1 }, (service) => (request) => {
      if (queryParameters(request).get('Action') === 'GetCredentialReport') clock.ms += 7_000;
      return service(request);
    });
    // After 2 s, and when those of 6 s and 14 s are due.
    await expect(collect(0)).resolves.toMatchObject({ pending: 1, waited: 16 });
    expect(count('GetCredentialReport')).toBe(3);
  });

  it('does not wait for reports after polls have become rare', async () => {
    await start({ accounts: 3 });
    await expect(collect(120)).resolves.toMatchObject({ pending: 3 });
    expect(pauses).toEqual([]);
  });

  it('does not poll an account again that failed for another reason than that its report is not ready', async () => {
    await start({ accounts: 3, throttled: 3 });
    await expect(collect(0)).resolves.toMatchObject({ pending: 3 });
    expect(pauses).toEqual([]);
  });

  it('records nothing of a batch of the listing if there is a ledger by then', async () => {
    await start({ accounts: 3, slow: 2 });
    const text = aws.object(keys.ledger(RUN)).toString();
    onPause = () => aws.bucket.put(keys.ledger(RUN), text);
    await expect(collectWhileListing()).rejects.toThrow('has listed its accounts');
    await expect(aws.bucket.exists(keys.outcomes(RUN, 1))).resolves.toBe(false);
  });

  it('stops when its time is over', async () => {
    await start({ accounts: 3, neverReady: 1 });
    await expect(collect(0, 20_000)).resolves.toMatchObject({ pending: 3 });
    expect(pauses).toEqual([]);
  });

  it.each([
    ['of a report that IAM generated hours before', '2026-11-22T03:00:00Z'],
    ['of an unknown time', undefined],
  ])('does not take a report %s for the one that it requested', async (_what, generatedAt) => {
    const time = generatedAt === undefined ? '' : `<GeneratedTime>${generatedAt}</GeneratedTime>`;
    await start({ accounts: 1, neverReady: 1 }, (service) => async (request) => {
      if (queryParameters(request).get('Action') !== 'GetCredentialReport') return service(request);
      const content = Buffer.from('the report of before').toString('base64');
      const result = `<Content>${content}</Content>${time}<ReportFormat>text/csv</ReportFormat>`;
      const name = 'GetCredentialReport';
      const body = `<${name}Response><${name}Result>${result}</${name}Result></${name}Response>`;
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    });
    await expect(collect(0)).resolves.toMatchObject({ decided: 0, pending: 1 });
    await collect(60 * 45);
    expect(outcomes()).toMatchObject([{ outcome: 'failed', reason: 'not-ready' }]);
  });

  it('polls rarely while other accounts are listed, and returns those that are left without an outcome', async () => {
    await start({ accounts: 4, neverReady: 2 });
    const result = await collectWhileListing();
    const left = aws.organization.accounts
      .filter(({ behavior }) => behavior.kind === 'reports' && behavior.polls === Infinity)
      .map(({ id }) => id);
    expect(result).toMatchObject({ decided: 2, pending: 2 });
    expect(result.left!.toSorted()).toEqual(left.sort());
    expect(pauses).toHaveLength(3);
    expect(outcomes().map(({ account }) => account)).not.toContain(left[0]);
  });
});

describe('the times at which an invocation polls', () => {
  const waiting = { seconds: 10, cycles: 2 };
  const times = (waited: number, whileListing = false) => pollTimes({ whileListing, waiting }, waited);

  it('end before the last poll of the batch', () => {
    expect(Math.max(...times(0))).toBe(15);
    expect(times(10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(times(19)).toEqual([]);
    expect(times(20)).toEqual([]);
    expect(pollTimes({ whileListing: true, waiting: { seconds: 10, cycles: 1 } }, 0)).toEqual([4, 8]);
  });

  it('leave the last poll to come, so that every report is requested once more', () => {
    for (let waited = 0; waited < 20; waited++)
      for (const time of times(waited)) expect(nextPoll(waited + time, waiting, 1)).toBeDefined();
  });
});

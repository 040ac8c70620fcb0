import { handler } from '../../../handlers/request-reports';
import { requestReports } from '../../../handlers/request-reports/request-reports';
import { collectReports } from '../../../handlers/collect-reports/collect-reports';
import { keys, runPrefixOf } from '../../../handlers/shared/bucket-layout';
import type { Batch } from '../../../handlers/shared/run-files';
import { ServiceError } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';

const date = '2026-11-22';
const runPrefix = runPrefixOf(date, 'run-1');

describe('request-reports', () => {
  let aws: Embedded;
  const print = jest.spyOn(console, 'log');
  beforeEach(() => print.mockReset());
  afterEach(() => aws.stop());
  afterAll(() => {
    print.mockRestore();
  });

  const ids = () => aws.organization.accounts.map(({ id }) => id);
  const request = (accounts: string[], time?: { getRemainingTimeInMillis: () => number }) =>
    requestReports({ ...aws.collector, concurrency: 20 })({ runPrefix, accounts }, time);
  const expectLog = (counts: object) => {
    expect(print).toHaveBeenLastCalledWith(
      JSON.stringify({ message: 'requested reports early', runPrefix, ...counts }),
    );
  };

  it('requests every report, and stores nothing', async () => {
    aws = await embedded({ accounts: 3 });
    await request(ids());
    expectLog({ accounts: 3, requested: 3 });
    await expect(aws.bucket.list('')).resolves.toEqual([]);
  });

  it('makes the reports ready for the first poll', async () => {
    aws = await embedded({ accounts: 3 });
    await aws.bucket.putJson(keys.batch(runPrefix, 1), { batch: 1, accounts: ids() } satisfies Batch);
    await request(ids());
    const first = { date, runPrefix, batch: 1, waited: 0, waiting: { seconds: 60, cycles: 45 } };
    await expect(collectReports({ ...aws.collector, concurrency: 20 })(first)).resolves.toMatchObject({
      decided: 3,
      pending: 0,
    });
  });

  it('continues when accounts deny access, and logs the counts by error', async () => {
    aws = await embedded({ accounts: 4, denied: 2 });
    await request(ids());
    expectLog({ accounts: 4, requested: 2, AccessDenied: 2 });
  });

  it('leaves an account whose request failed to the polls', async () => {
    let failures = 3;
    aws = await embedded({ accounts: 1 }, (services) => ({
      ...services,
      iam: (request) => {
        if (failures-- > 0) throw new ServiceError(503, 'ServiceUnavailable', 'for a while');
        return services.iam!(request);
      },
    }));
    await aws.bucket.putJson(keys.batch(runPrefix, 1), { batch: 1, accounts: ids() } satisfies Batch);
    await request(ids());
    expectLog({ accounts: 1, ServiceUnavailable: 1 });
    const poll = (waited: number) =>
      collectReports({ ...aws.collector, concurrency: 20 })({
        date,
        runPrefix,
        batch: 1,
        waited,
        waiting: { seconds: 60, cycles: 45 },
      });
    await expect(poll(0)).resolves.toMatchObject({ decided: 0, pending: 1 });
    await expect(poll(4)).resolves.toMatchObject({ decided: 1, pending: 0 });
  });

  it('ends before the function times out', async () => {
    aws = await embedded({ accounts: 3 });
    await request(ids(), { getRemainingTimeInMillis: () => 5_000 });
    expectLog({ accounts: 3, AbortError: 3 });
  });

  it('names what is wrong with an event', async () => {
    aws = await embedded({});
    await expect(request(['12'])).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('accounts.0: "12" is not a 12-digit account ID') as string,
    });
  });

  it('names every environment variable that is not set', async () => {
    aws = await embedded({});
    await expect(handler({})).rejects.toThrow(
      'PARTITION is not set; REPORT_ROLE_NAME is not set; CONCURRENCY is not set',
    );
  });
});

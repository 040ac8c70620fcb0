import { handler } from '../../../handlers/request-reports';
import { requestReports } from '../../../handlers/request-reports/request-reports';
import { collectReports } from '../../../handlers/collect-reports/collect-reports';
import { ServiceError } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { RUN, pollOf, startRun } from '../../support/started-run';

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
    requestReports({ ...aws.collector, concurrency: 20 })({ run: RUN, accounts }, time);
  const expectLog = (counts: object) => {
    expect(print).toHaveBeenLastCalledWith(
      JSON.stringify({ message: 'requested reports early', run: RUN, ...counts }),
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
    const run = await startRun(aws);
    await request(ids());
    await expect(
      collectReports({ ...aws.collector, concurrency: 20 })(pollOf(run, 0)),
    ).resolves.toMatchObject({
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
    let failures = 0;
    aws = await embedded({ accounts: 1 }, (services) => ({
      ...services,
      iam: (request) => {
        if (failures-- > 0) throw new ServiceError(503, 'ServiceUnavailable', 'for a while');
        return services.iam!(request);
      },
    }));
    const run = await startRun(aws);
    failures = 3;
    await request(ids());
    expectLog({ accounts: 1, ServiceUnavailable: 1 });
    const poll = (waited: number) =>
      collectReports({ ...aws.collector, concurrency: 20 })(pollOf(run, waited));
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

  it('refuses an event that says more', async () => {
    aws = await embedded({ accounts: 1 });
    const event = { run: RUN, accounts: ids(), role: 'other' };
    await expect(requestReports({ ...aws.collector, concurrency: 20 })(event)).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });

  it('names every environment variable that is not set', async () => {
    aws = await embedded({});
    await expect(handler({})).rejects.toThrow(
      'PARTITION is not set; STS_REGION is not set; REPORT_ROLE_NAME is not set; CONCURRENCY is not set',
    );
  });
});

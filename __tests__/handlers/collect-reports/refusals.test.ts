import { collectReports } from '../../../handlers/collect-reports/collect-reports';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { CollectReportsEvent, Run } from '../../../handlers/shared/events';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { RUN, pollOf, startRun } from '../../support/started-run';

const JANUARY = '2026-01-01/run-1';

describe('collect-reports, which believes nothing because a caller says so,', () => {
  let aws: Embedded;
  let run: Run;
  let asked = 0;
  beforeEach(async () => {
    aws = await embedded({ accounts: 4 }, (services) => ({
      ...services,
      sts: (request) => (asked++, services.sts!(request)),
    }));
    run = await startRun(aws, { batchSize: 2 });
    asked = 0;
  });
  afterEach(() => aws.stop());

  const collect = (event: unknown) => collectReports({ ...aws.collector, concurrency: 20 })(event);
  const forged = (change: Partial<CollectReportsEvent>) => ({ ...pollOf(run, 0), ...change });
  const files = async () => (await aws.bucket.list('')).map((key) => [key, aws.object(key).toString()]);

  /** Refused, and before any account is asked or anything is written. */
  async function expectRefused(event: unknown, error: object = { name: 'InvalidInput' }) {
    const before = await files();
    await expect(collect(event)).rejects.toMatchObject(error);
    expect(asked).toBe(0);
    await expect(files()).resolves.toEqual(before);
  }

  it('accepts the event of each batch of the run', async () => {
    for (const batch of run.batches) {
      await expect(collect(forged({ batch }))).resolves.toMatchObject({ decided: 2, pending: 0 });
    }
    expect(asked).toBeGreaterThanOrEqual(4);
  });

  it.each([
    { date: '2026-01-01' },
    { waiting: { seconds: 1, cycles: 1 } },
    { accounts: [] },
    { ledger: '0' },
  ])('refuses an event that says more: %j', async (more) => {
    await expectRefused({ ...forged({}), ...more });
  });

  it('looks for the ledger for batches of the listing only', async () => {
    const { bucket } = aws.collector;
    const exists = bucket.exists.bind(bucket);
    jest
      .spyOn(bucket, 'exists')
      .mockImplementation((key) =>
        key === keys.ledger(RUN) ? Promise.reject(new Error('denied')) : exists(key),
      );
    await expect(collect(forged({}))).resolves.toMatchObject({ decided: 2 });
    jest.restoreAllMocks();
  });

  it('refuses an event without the nonce of the run, or with another one', async () => {
    await expectRefused({ ...forged({}), nonce: undefined });
    await expectRefused(forged({ nonce: 'a guess' }));
  });

  it('refuses another date or execution, for which there is no batch', async () => {
    for (const other of [JANUARY, '2026-11-22/run-2'])
      await expectRefused(forged({ run: other }), { name: 'NoSuchKey' });
  });

  it('refuses to store reports under another day, even with a batch that was put there', async () => {
    await aws.bucket.put(keys.batch(JANUARY, 1), aws.object(keys.batch(RUN, 1)));
    await expectRefused(forged({ run: JANUARY }));
  });

  it('refuses a batch that the run does not have, and one under the number of another', async () => {
    await expectRefused(forged({ batch: 3 }), { name: 'NoSuchKey' });
    await aws.bucket.put(keys.batch(RUN, 3), aws.object(keys.batch(RUN, 1)));
    await expectRefused(forged({ batch: 3 }));
  });

  it('refuses a batch that somebody damaged', async () => {
    await aws.bucket.put(keys.batch(RUN, 1), '{"batch":1}');
    await expectRefused(forged({}));
  });

  it.each([
    '2026-11-22',
    '2026-11-22/',
    '2026-11-22/.',
    '2026-11-22/..',
    '2026-11-22/a/b',
    '/run-1',
    '../run-1',
  ])('refuses what is not a run: %s', async (name) => {
    await expectRefused(forged({ run: name }));
  });

  it('refuses a run that is finished, because its reports are evidence', async () => {
    await aws.bucket.putJson(keys.view(RUN), {});
    await expectRefused(forged({}), {
      name: 'InvalidInput',
      message: expect.stringContaining(`Run ${RUN} is finished`) as string,
    });
  });

  it('is not kept from a run by another one that is finished', async () => {
    await aws.bucket.putJson(keys.view(`${RUN}0`), {});
    await expect(collect(forged({}))).resolves.toMatchObject({ decided: 2, pending: 0 });
  });
});

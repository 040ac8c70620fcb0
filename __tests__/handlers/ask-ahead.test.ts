import { collectReportsFunction } from '../../handlers/collect-reports';
import { type Batch, keys } from '../../handlers/contract';
import { type Embedded, embedded } from '../embedded';

const date = '2026-11-22';
const run = keys.run(date, 'run-1');

describe('asking ahead', () => {
  let aws: Embedded;
  const print = jest.spyOn(console, 'log');
  beforeEach(() => print.mockReset());
  afterEach(() => aws.stop());
  afterAll(() => {
    print.mockRestore();
  });

  const ids = () => aws.organization.accounts.map(({ id }) => id);
  const collect = (event: object, time?: { getRemainingTimeInMillis: () => number }) =>
    collectReportsFunction(aws.collector, 20)(event, time);

  it('makes IAM begin every report, and stores nothing', async () => {
    aws = await embedded({ accounts: 3 });
    await expect(collect({ run, askAhead: ids() })).resolves.toEqual({ asked: 3 });
    await expect(aws.bucket.list('')).resolves.toEqual([]);
  });

  it('lets the first look find the reports ready', async () => {
    aws = await embedded({ accounts: 3 });
    await aws.bucket.putJson(keys.batch(run, 1), { batch: 1, accounts: ids() } satisfies Batch);
    await collect({ run, askAhead: ids() });
    const first = { date, run, batch: 1, waited: 0, waiting: { seconds: 60, cycles: 45 } };
    await expect(collect(first)).resolves.toMatchObject({ decided: 3, pending: 0 });
  });

  it('takes no refusal for an outcome, and logs how many could be asked', async () => {
    aws = await embedded({ accounts: 4, denied: 2 });
    await expect(collect({ run, askAhead: ids() })).resolves.toEqual({ asked: 2 });
    expect(print).toHaveBeenCalledWith(
      JSON.stringify({ message: 'asked accounts ahead', run, accounts: 4, asked: 2 }),
    );
  });

  it('ends in time', async () => {
    aws = await embedded({ accounts: 3 });
    const noTime = { getRemainingTimeInMillis: () => 20_000 };
    await expect(collect({ run, askAhead: ids() }, noTime)).resolves.toEqual({ asked: 0 });
  });

  it('names what is wrong with its event', async () => {
    aws = await embedded({});
    await expect(collect({ run, askAhead: ['12'] })).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('askAhead.0: "12" is no account id of 12 digits') as string,
    });
  });
});

import { model } from '../../../tools/bench/model';
import { modelledRun } from '../../../tools/bench/modelled-run';
import { publishedDesign } from '../../../tools/bench/published-design';

/** Every report is ready at the second call, so that n of the formula is 2. */
const twoCalls = { medianSeconds: 30, sigma: 0 };
const run = (accounts: number) => modelledRun(publishedDesign, { accounts, reportTime: twoCalls, seed: 1 });

describe('the published design', () => {
  const { AWS_REGION } = process.env;
  beforeAll(() => {
    process.env.AWS_REGION = 'us-east-1';
  });
  afterAll(() => {
    process.env.AWS_REGION = AWS_REGION;
  });

  it('writes 9n + 2 events an account, n calls each, and 16 besides: too many from 1,250 accounts on', async () => {
    const { status, histories } = await run(40);
    const perAccount = 9 * 2 + 2;
    expect(status).toBe('SUCCEEDED');
    expect(histories.maxParentEvents).toBe(16 + 40 * perAccount);
    expect(Math.floor((model.stepFunctions.maxHistoryEvents - 1 - 16) / perAccount)).toBe(1_249);
  });

  it('breaks on its history with 1,250 accounts', async () => {
    const { status, error, world } = await run(1_250);
    expect([status, error]).toEqual(['BROKEN', 'history']);
    expect(world.bucket.reports).toBeGreaterThan(1_240);
  });

  it('breaks on the payload of its listing with 12,500 accounts', async () => {
    const { status, error, world } = await run(12_500);
    expect([status, error]).toEqual(['BROKEN', 'payload']);
    expect(world.bucket.reports).toBe(0);
  });
});

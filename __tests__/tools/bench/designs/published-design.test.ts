import { model } from '../../../../tools/bench/model';
import { modeledRun } from '../../../../tools/bench/modeled-run';
import { publishedDesign } from '../../../../tools/bench/designs/published-design';

/** Every report is ready at the second poll. */
const twoPolls = { medianSeconds: 30, sigma: 0 };
const run = (accounts: number) => modeledRun(publishedDesign, { accounts, reportTime: twoPolls, seed: 1 });

describe('the published design', () => {
  const { AWS_REGION } = process.env;
  beforeAll(() => {
    process.env.AWS_REGION = 'us-east-1';
  });
  afterAll(() => {
    process.env.AWS_REGION = AWS_REGION;
  });

  it('has 16 events and 9n + 2 for each account with n polls: too many from 1,250 accounts on', async () => {
    const { status, histories } = await run(40);
    const perAccount = 9 * 2 + 2;
    expect(status).toBe('SUCCEEDED');
    expect(histories.maxParentEvents).toBe(16 + 40 * perAccount);
    expect(Math.floor((model.stepFunctions.maxHistoryEvents - 1 - 16) / perAccount)).toBe(1_249);
  });

  it('exceeds the history limit with 1,250 accounts', async () => {
    const { status, error, services } = await run(1_250);
    expect([status, error]).toEqual(['LIMIT_EXCEEDED', 'history limit']);
    expect(services.bucket.reports).toBeGreaterThan(1_240);
  });

  it('exceeds the payload limit with the list of 12,500 accounts', async () => {
    const { status, error, services } = await run(12_500);
    expect([status, error]).toEqual(['LIMIT_EXCEEDED', 'payload limit']);
    expect(services.bucket.reports).toBe(0);
  });
});

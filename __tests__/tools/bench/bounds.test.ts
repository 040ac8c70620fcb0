import { boundsOf, meanBoundsOf } from '../../../tools/bench/bounds';
import type { SizeFigures } from '../../../tools/bench/measure';
import { meansOf } from '../../../tools/bench/means';
import { tables } from '../../../tools/bench/tables';

const figures = {
  accounts: 10_000,
  collected: 10_000,
  seconds: 120,
  floorSeconds: 100,
  leastSeconds: 90,
  ratio: 1.2,
  leastRatio: 1.05,
  endRatio: 1.08,
  collectedSeconds: 110,
  collectedRatio: 1.1,
  summarySeconds: 10,
  exportSeconds: 2,
  transitions: 600,
  maxHistoryEvents: 121,
  parentHistoryEvents: 24,
  maxPayloadBytes: 1_900,
  listingSeconds: 62,
  invocations: 180,
  gbSeconds: 460,
  usd: 0.011,
  usdPerMonth: 0.6,
  usdTransitions: 0.015,
  usdS3: 0.05,
  stsCallsPerAccount: 1.014,
  managementEventsPerAccount: 4.3,
  dataEventsPerAccount: 1.02,
  logBytesPerAccount: 520,
  usdTrailCopyPerMonth: 42.89,
  usdGuardDutyPerMonth: 8.58,
  usdDataEventsPerMonth: 0.31,
  usdGuardDutyDataPerMonth: 0.25,
  usdLogsPerMonth: 0.07,
  assumed: { seed: 1, report: { medianSeconds: 2.5, sigma: 0.9 } },
} as SizeFigures;

const brokenBounds = (change: Partial<SizeFigures>) =>
  boundsOf({ ...figures, ...change }).flatMap(({ rule, holds }) => (holds ? [] : rule));

describe('the bounds of a run', () => {
  it('hold for figures within the bounds', () => {
    expect(brokenBounds({})).toEqual([]);
  });

  it.each<[Partial<SizeFigures>, string]>([
    [{ collected: 9_999 }, 'accounts collected: all 10000'],
    [{ ratio: 1.26 }, 'seconds until people have the results / floor at most 1.25'],
    [{ collectedRatio: 1.26 }, 'seconds until all reports are collected / floor at most 1.25'],
    [{ maxHistoryEvents: 25_000 }, 'history events of an execution at most 24999'],
    [{ parentHistoryEvents: 200 }, 'history events of the parent at most 199'],
    [{ maxPayloadBytes: 65_537 }, 'bytes of a payload at most 65536'],
    [{ listingSeconds: 451 }, 'seconds of the listing at most 450'],
    [{ managementEventsPerAccount: 5.01 }, 'management events an account at most 5'],
    [{ dataEventsPerAccount: 1.21 }, 'calls to S3 an account at most 1.2'],
    [{ logBytesPerAccount: 651 }, 'bytes of logs an account at most 650'],
    [{ leastRatio: 1.081 }, 'seconds until people have the results / least at most 1.08'],
    [{ endRatio: 1.101 }, 'seconds of the whole run, export included / least at most 1.1'],
    [{ stsCallsPerAccount: 1.051 }, 'calls to STS an account at most 1.05'],
    [{ usd: 0.0121 }, 'dollars for transitions and Lambda at most 0.012'],
  ])('name the bound that is broken by %j', (change, rule) => {
    expect(brokenBounds(change)).toEqual([rule]);
  });

  it('are marked in the table', () => {
    const published = { ...figures, succeeded: false, error: 'history limit' };
    const text = tables([{ ...figures, published, ratio: 1.3 }]);
    expect(text).toContain(
      'BROKEN  10,000 accounts: seconds until people have the results / floor at most 1.25: 1.3',
    );
    expect(text.match(/BROKEN/g)).toHaveLength(1);
  });

  it('stand below the means of the seeds, if there are several', () => {
    const published = { ...figures, succeeded: false, error: 'history limit' };
    const first = { ...figures, published };
    const second = { ...first, leastRatio: 1.09, assumed: { ...figures.assumed, seed: 2 } };
    expect(tables([first, second])).toMatch(/Means of seeds 1 to 2\n.*\n +10,000 .* 1\.070 +1\.090 /);
    expect(tables([first, second])).toContain(
      'BROKEN  10,000 accounts: mean seconds until people have the results / least at most 1.05: 1.07',
    );
    expect(tables([first])).not.toContain('Means');
  });

  it.each([
    [10_000, 1.0501, ['mean seconds until people have the results / least at most 1.05']],
    [10_000, 1.05, []],
    [50_000, 1.1001, ['mean seconds until people have the results / least at most 1.1']],
    [50_000, 1.1, []],
    [1_000, 2, []],
  ])('of means hold %d accounts to their share of the least: %d', (accounts, leastRatio, broken) => {
    const runs = [1, 2].map((seed) => ({
      ...figures,
      accounts,
      leastRatio,
      assumed: { ...figures.assumed, seed },
    }));
    const bounds = meansOf(runs).flatMap(meanBoundsOf);
    expect(bounds.flatMap(({ rule, holds }) => (holds ? [] : rule))).toEqual(broken);
    expect(meansOf(runs.slice(1)).flatMap(meanBoundsOf)).toEqual([]);
  });
});

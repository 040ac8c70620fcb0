import { meansOf } from '../../../tools/bench/means';
import type { SizeFigures } from '../../../tools/bench/measure';

const run = (accounts: number, seed: number, leastRatio: number) =>
  ({
    accounts,
    assumed: { seed },
    leastRatio,
    seconds: 10 * leastRatio,
    leastSeconds: 10,
    collectedSeconds: 9,
    summarySeconds: 1,
    exportSeconds: 2,
    stsCallsPerAccount: seed,
    managementEventsPerAccount: 7,
    usd: 0.0101,
  }) as SizeFigures;

describe('the means of several seeds', () => {
  it('are those of each size, with the largest of each figure', () => {
    const means = meansOf([run(100, 1, 1.1), run(100, 2, 1.3), run(10_000, 1, 1.05)]);
    expect(means.map(({ accounts, seeds }) => [accounts, seeds])).toEqual([
      [100, [1, 2]],
      [10_000, [1]],
    ]);
    const [small] = means;
    expect(small?.mean).toEqual({
      seconds: 12,
      leastSeconds: 10,
      leastRatio: 1.2,
      collectedSeconds: 9,
      summarySeconds: 1,
      exportSeconds: 2,
      stsCallsPerAccount: 1.5,
      managementEventsPerAccount: 7,
      usd: 0.0101,
    });
    expect(small?.most).toMatchObject({ seconds: 13, leastRatio: 1.3, stsCallsPerAccount: 2 });
  });
});

import { rounded } from './figures';
import type { SizeFigures } from './measure';

/** Figures that depend on chance. */
export const MEAN_FIGURES = [
  'seconds',
  'leastSeconds',
  'leastRatio',
  'collectedSeconds',
  'summarySeconds',
  'exportSeconds',
  'stsCallsPerAccount',
  'managementEventsPerAccount',
  'usd',
] as const satisfies (keyof SizeFigures)[];

export type MeanFigures = Record<(typeof MEAN_FIGURES)[number], number>;

/** What the runs of one size have in common. */
export interface Means {
  accounts: number;
  seeds: number[];
  mean: MeanFigures;
  /** The largest of each. */
  most: MeanFigures;
}

/** The means of each size, over its seeds. */
export function meansOf(sizes: readonly SizeFigures[]): Means[] {
  return [...Map.groupBy(sizes, ({ accounts }) => accounts)].map(([accounts, runs]) => {
    const each = (combine: (values: number[]) => number) =>
      Object.fromEntries(
        MEAN_FIGURES.map((name) => [name, rounded(combine(runs.map((run) => run[name])), 4)]),
      ) as MeanFigures;
    return {
      accounts,
      seeds: runs.map(({ assumed }) => assumed.seed),
      mean: each((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
      most: each((values) => Math.max(...values)),
    };
  });
}

/** How the work is cut, and how much of it is done at the same time. */
export interface Scale {
  /** Accounts of a batch, that is of one invocation. */
  readonly batchSize: number;
  /** Accounts of a batch that are worked on at the same time. */
  readonly batchConcurrency: number;
  /** Batches that are under way at the same time, waiting ones included. */
  readonly mapConcurrency: number;
}

/** What `npm run bench` found best; docs/scale.md has the figures. */
export const DEFAULT_SCALE: Scale = { batchSize: 400, batchConcurrency: 20, mapConcurrency: 1_000 };

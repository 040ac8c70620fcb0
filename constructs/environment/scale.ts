/** How the work is cut, and how much of it is done at the same time. */
export interface Scale {
  /** Accounts of a batch, that is of one invocation. */
  readonly batchSize: number;
  /** Accounts of a batch that are worked on at the same time. */
  readonly batchConcurrency: number;
  /** Batches that are under way at the same time, waiting ones included. */
  readonly mapConcurrency: number;
}

/**
 * A batch starts every second, so that 400 accounts are asked in a second: STS takes 600 calls a second in an
 * account and Region (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html) and serves
 * others too. 50,000 accounts, the most of an organization, are 125 batches, all of them under way at once.
 */
export const DEFAULT_SCALE: Scale = { batchSize: 400, batchConcurrency: 20, mapConcurrency: 1_000 };

import type { FaultCase } from '../../../tools/faults/fault-case';

/** The smallest case, in which nothing goes wrong. */
export const noFaults: FaultCase = {
  accounts: 1,
  suspended: 0,
  batchSize: 1,
  faults: [],
  invocationFaults: [],
  earlierRun: 'none',
  twoRuns: false,
  collectsWhileListing: false,
  versions: false,
  signing: false,
  reportsExpireAfter: Infinity,
  leavesAfterListing: false,
  redrive: false,
};

/** Failures of functions for which nothing was done to them. */
import type { Delivery } from './deliveries';
import type { Run, TracedHit } from './faulty-run';

/**
 * Whatever happens to one account is an outcome of that account: it is no excuse for collect-reports, on which a
 * whole batch depends. The summary reads every report, and breaks when it cannot.
 */
const canFailFunction = ({ account, delivery }: TracedHit) =>
  account === undefined || delivery?.function !== 'collect-reports';

export function unprovoked({ deliveries, hits }: Pick<Run, 'deliveries' | 'hits'>): Delivery[] {
  const provoked = new Set(hits.filter(canFailFunction).map(({ delivery }) => delivery));
  return deliveries.filter((delivery) => delivery.error && !delivery.cutShort && !provoked.has(delivery));
}

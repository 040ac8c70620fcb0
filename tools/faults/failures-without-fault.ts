import type { Delivery } from './deliveries';
import type { Run, TracedHit } from './faulty-run';

/**
 * `collect-reports` has to turn whatever happens to one account into an outcome of that account, because a whole batch
 * depends on it. `summarize-run` reads every report, and fails if it cannot.
 */
const mayFailFunction = ({ account, delivery }: TracedHit) =>
  account === undefined || delivery?.function !== 'collect-reports';

/** Deliveries in which a function failed although no fault explains it. */
export function failuresWithoutFault({ deliveries, hits }: Pick<Run, 'deliveries' | 'hits'>): Delivery[] {
  const explained = new Set(hits.filter(mayFailFunction).map(({ delivery }) => delivery));
  return deliveries.filter((delivery) => delivery.error && !delivery.interrupted && !explained.has(delivery));
}

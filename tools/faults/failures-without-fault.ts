import type { Delivery } from './deliveries';
import type { Run, TracedHit } from './faulty-run';

type Evidence = Pick<Run, 'deliveries' | 'hits' | 'earlierKeys'>;

/** Deliveries in which a function failed although no fault explains it. */
export function failuresWithoutFault(run: Evidence): Delivery[] {
  const explained = new Set(
    run.hits.filter((hit) => mayFailFunction(hit, run)).map(({ delivery }) => delivery),
  );
  return run.deliveries.filter(
    (delivery) => delivery.error && !delivery.interrupted && !explained.has(delivery),
  );
}

/**
 * `collect-reports` has to turn whatever happens to one account into an outcome of that account, because a whole batch
 * depends on it. `summarize-run` reads every report, and fails if it cannot; but nothing that only helps ends it.
 */
function mayFailFunction(
  { account, delivery, name, key, kind }: TracedHit,
  { earlierKeys }: Evidence,
): boolean {
  if (delivery?.function === 'collect-reports') return account === undefined;
  if (name.startsWith('kms:')) return false;
  if (!earlierKeys.has(key)) return true;
  // Manifests of earlier runs are skipped if access is denied. After another error, another try reads them.
  return !key.endsWith('/snapshot.jsonl') && !(name === 's3:GetManifest' && kind === 'denied');
}

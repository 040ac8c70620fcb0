import type { Delivery } from './deliveries';
import type { Run, TracedHit } from './faulty-run';

type Evidence = Pick<Run, 'deliveries' | 'hits' | 'earlierKeys' | 'isRepeatable'>;

/** Deliveries in which a function failed although no fault explains it. */
export function failuresWithoutFault(run: Evidence): Delivery[] {
  const explained = new Set(
    run.hits.filter((hit) => mayFailFunction(hit, run)).map(({ delivery }) => delivery),
  );
  return run.deliveries.filter(
    (delivery) =>
      delivery.error &&
      !delivery.interrupted &&
      !explained.has(delivery) &&
      !isLateBatch(delivery, run.deliveries) &&
      !(isOfSecondReview(delivery) && mayDiffer(run)),
  );
}

/**
 * `collect-reports` has to turn whatever happens to one account into an outcome of that account, because a whole batch
 * depends on it. `summarize-run` reads every report, and fails if it cannot; but nothing that only helps ends it.
 */
function mayFailFunction(hit: TracedHit, { earlierKeys }: Evidence): boolean {
  if (hit.delivery?.function === 'collect-reports') return hit.account === undefined;
  return (
    !hit.name.startsWith('kms:') && hit.name !== 'iam:ListOrganizationsFeatures' && !isTold(hit, earlierKeys)
  );
}

/**
 * Whether a fault makes a summary skip an earlier run, and note that. A manifest is skipped if access to it is denied; after
 * another error, another try reads it.
 */
const isTold = ({ name, key, kind }: TracedHit, earlierKeys: ReadonlySet<string>): boolean =>
  earlierKeys.has(key) &&
  (/\/(?:snapshot|history)\.jsonl$/.test(key) || (name === 's3:GetManifest' && kind === 'denied'));

/**
 * A batch of the listing is refused after the listing has ended: if it is asked for once more, or if it is of another try to
 * list the accounts than the one that ended.
 */
function isLateBatch(
  { id, function: name, batch, waited, error }: Delivery,
  all: readonly Delivery[],
): boolean {
  if (name !== 'collect-reports' || !String(error).includes('has listed its accounts')) return false;
  const before = all.filter((other) => other.id < id);
  const isRepeated = before.some((other) => other.batch === batch && other.waited === waited);
  return isRepeated || before.filter((other) => other.function === 'list-accounts').length > 1;
}

/** How `summarize-run` refuses a run that has its manifest, if it finds something else now. */
const REFUSED_REVIEW = /already has the manifest|cannot be compared with/;

const isOfSecondReview = ({ function: name, error }: Delivery) =>
  name === 'summarize-run' && REFUSED_REVIEW.test(String(error));

/** Whether a run may be refused when it is reviewed again, and was. */
export const isRefusedReview = (run: Evidence, cause: string) => REFUSED_REVIEW.test(cause) && mayDiffer(run);

/** Whether a run that has its manifest may find something else when it is reviewed again. */
const mayDiffer = ({ hits, earlierKeys, isRepeatable }: Evidence) =>
  !isRepeatable || skipsEarlierRuns({ hits, earlierKeys }) || hasUnread({ hits });

/** Whether a run may not know of another one that has ended before it. */
export const missesManifests = ({ hits }: Pick<Run, 'hits'>) =>
  hits.some(({ name, kind }) => name === 's3:GetManifest' && kind === 'denied');

/** Whether a run may have compared itself with less than another summary of it can. */
export const skipsEarlierRuns = ({ hits, earlierKeys }: Pick<Run, 'hits' | 'earlierKeys'>) =>
  missesManifests({ hits }) || hits.some((hit) => isTold(hit, earlierKeys));

/** Whether the summary of a run took a report or a list for damaged, because it was not allowed to read it: another one may be. */
export const hasUnread = ({ hits }: Pick<Run, 'hits'>) =>
  hits.some(({ name, kind }) => kind === 'denied' && (name === 's3:GetReport' || name === 's3:GetList'));

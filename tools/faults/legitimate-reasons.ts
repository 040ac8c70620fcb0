/**
 * Which reasons an account may fail for, computed from what was done to it. None: it has to be collected. Several
 * are legitimate where several faults hit it, or where a function did not get to the end of its work.
 */
import type { FailureReason } from '../../handlers/shared/failure-reasons';
import { LAST_LOOK } from './definition';
import type { Run, TracedHit } from './faulty-run';
import { unprovoked } from './unprovoked';

/** What a hit makes of the account, at once or if the last look is hit so. */
function reasonOf({ name, kind }: TracedHit): { reason: FailureReason; atOnce: boolean } {
  if (kind.startsWith('report-') && kind !== 'report-not-present' && kind !== 'report-expired') {
    return { reason: 'report-invalid', atOnce: true };
  }
  const atOnce = kind === 'denied';
  if (name === 's3:PutReport') return { reason: 'not-stored', atOnce };
  switch (kind) {
    case 'denied':
      return { reason: name === 'sts:AssumeRole' ? 'role-not-assumable' : 'denied', atOnce };
    case 'throttled':
      return { reason: 'throttled', atOnce };
    case 'not-ready':
    case 'report-not-present':
    case 'report-expired':
      return { reason: 'not-ready', atOnce };
    default:
      return { reason: 'service-error', atOnce };
  }
}

export interface FailedAccount {
  id: string;
  batch: number | undefined;
  /** Whether an outcome of it lies in the bucket. */
  recorded: boolean;
  /** Whether it is not of the organization any more. */
  left: boolean;
  /** Looks that its report takes to be made: IAM has it at the one after them. */
  looksUntilReady: number;
}

export function legitimateReasons(
  run: Run,
  { id, batch, recorded, left, looksUntilReady }: FailedAccount,
): Set<FailureReason> {
  const { hits, deliveries } = run;
  // No outcome: then that is the reason, and it is one only when the function was made to fail on the batch to the end.
  if (!recorded) {
    const madeToFail = !unprovoked(run).some((delivery) => delivery.batch === batch);
    return new Set(run.failedAtLast('collect-reports', batch) && madeToFail ? ['batch-failed'] : []);
  }

  // Who reads the report again is the summary; it breaks when it cannot.
  const own = hits.filter(({ account, name }) => account === id && name !== 's3:GetReport');
  const counting = own.filter((hit) => reasonOf(hit).atOnce || hit.delivery?.waited === LAST_LOOK);
  const reasons = new Set(counting.map((hit) => reasonOf(hit).reason));

  // The last one may have been in a session of an account that left meanwhile.
  if (left) reasons.add('role-not-assumable').add('denied');

  const looks = deliveries.filter((delivery) => delivery.batch === batch);
  const hindered = looks.filter(({ cutShort, shortOfTime }) => cutShort || shortOfTime);
  // What a function has no time for at its last look fails at the step that it was at.
  if (hindered.some(({ waited }) => waited === LAST_LOOK)) {
    reasons.add('service-error').add('not-stored');
  }
  // Every look that nothing happened to brings the report nearer. Too few of them, and IAM does not have it at the last.
  const disturbed = new Set([
    ...hindered,
    ...hits.flatMap(({ account = id, delivery }) => (account === id && delivery ? delivery : [])),
  ]);
  const last = looks.find(({ waited }) => waited === LAST_LOOK);
  const undisturbed = looks.filter(({ id }) => last && id < last.id).filter((look) => !disturbed.has(look));
  if (last && undisturbed.length < looksUntilReady) reasons.add('not-ready');
  return reasons;
}

/**
 * The reasons that an account may fail for, computed from the faults that hit it. If there is none, the account has to be
 * collected. There are several if several faults hit it, or if a function did not finish its work.
 */
import type { FailureReason } from '../../handlers/shared/failure-reasons';
import type { CallName } from '../../local/fake-aws/faults/calls';
import type { FaultKind } from '../../local/fake-aws/faults/fault-kinds';
import { failuresWithoutFault } from './failures-without-fault';
import type { Run, TracedHit } from './faulty-run';
import { LAST_POLL } from './state-machine';

/** Faults that fail an account at the first poll that they hit. */
const PERMANENT: readonly FaultKind[] = ['denied', 'unknown-token', 'invalid', 'region-disabled'];

/** The reason that a fault causes: `atOnce`, or only if it hits the last poll. */
function reasonOf({ name, kind }: TracedHit): { reason: FailureReason; atOnce: boolean } {
  if (kind.startsWith('report-') && kind !== 'report-not-present' && kind !== 'report-expired') {
    return { reason: 'report-invalid', atOnce: false };
  }
  const atOnce = PERMANENT.includes(kind);
  const ofSession = name.startsWith('iam:');
  if (kind === 'expired-token' || kind === 'unknown-token' || kind === 'session-ended')
    return { reason: ofSession ? 'session-refused' : 'collector-credentials', atOnce };
  if (name === 's3:PutReport') return { reason: 'not-stored', atOnce };
  switch (kind) {
    case 'denied':
      return { reason: ofSession ? 'denied' : 'role-not-assumable', atOnce };
    case 'invalid':
      return { reason: 'request-refused', atOnce };
    case 'region-disabled':
      return { reason: 'region-disabled', atOnce };
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

const OF_LIST: readonly CallName[] = ['iam:ListServiceSpecificCredentials', 's3:PutList', 's3:GetList'];
const isOfList = ({ name }: TracedHit) => OF_LIST.includes(name);

interface FailedAccount {
  id: string;
  batch: number | undefined;
  /** Whether the bucket has an outcome of it. */
  hasOutcome: boolean;
  /** Whether it has left the organization. */
  hasLeft: boolean;
  /** Polls until IAM has generated its report; the next poll gets it. */
  pollsUntilReady: number;
  /** Whether IAM had to generate all reports again during the run. */
  reportsExpired: boolean;
}

export function allowedReasons(run: Run, account: FailedAccount): Set<FailureReason> {
  const { hits, deliveries } = run;
  const { id, batch } = account;
  // Without an outcome, the one allowed reason is that faults made the function fail at every attempt.
  if (!account.hasOutcome) {
    const onlyFaults = !failuresWithoutFault(run).some((delivery) => delivery.batch === batch);
    return new Set(run.lastAttemptFailed('collect-reports', batch) && onlyFaults ? ['batch-failed'] : []);
  }

  // Only the summary reads reports from the bucket; it fails if it cannot. No fault of a list is a reason.
  const own = hits.filter((hit) => hit.account === id && hit.name !== 's3:GetReport' && !isOfList(hit));
  const decisive = own.filter((hit) => reasonOf(hit).atOnce || hit.delivery?.waited === LAST_POLL);
  const reasons = new Set(decisive.map((hit) => reasonOf(hit).reason));

  // The last poll may have used a session that it got before the account left.
  if (account.hasLeft) reasons.add('role-not-assumable').add('denied');

  const polls = deliveries.filter((delivery) => delivery.batch === batch);
  const incomplete = polls.filter(({ interrupted, shortOfTime }) => interrupted || shortOfTime);
  // A function that runs out of time at the last poll fails its accounts at the step that they have reached.
  if (incomplete.some(({ waited }) => waited === LAST_POLL)) {
    reasons.add('service-error').add('not-stored');
  }
  // Only an undisturbed poll brings the report nearer. After too few of them, IAM does not have it at the last poll.
  const disturbed = new Set([
    ...incomplete,
    ...hits.flatMap((hit) => ((hit.account ?? id) === id && hit.delivery ? hit.delivery : [])),
  ]);
  const last = polls.find(({ waited }) => waited === LAST_POLL);
  const undisturbed = polls.filter((poll) => last && poll.id < last.id && !disturbed.has(poll));
  // The other run may have replaced the report without recording that, which nobody can tell from a forged report.
  if (!run.isAlone && account.reportsExpired) reasons.add('report-changed');
  const isLate = account.reportsExpired || undisturbed.length < account.pollsUntilReady;
  if (last && isLate) reasons.add('not-ready');
  return reasons;
}

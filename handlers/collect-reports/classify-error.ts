import { isThrottlingError } from '@smithy/core/retry';
import type { FailureReason } from '../shared/failure-reasons';
import type { Failed, Pending } from '../shared/run-files';

/** What was being done for an account when the error occurred. */
export type Step = 'assume-role' | 'report' | 'store';

/** Longest detail that an outcome keeps, characters. */
const MAX_DETAIL = 500;

/** States of a report that the next poll may find changed: not requested yet, in progress, too old to be returned. */
const reportNotReady = [
  'CredentialReportNotPresentException',
  'CredentialReportNotReadyException',
  'CredentialReportExpiredException',
];

/** What it means that a step was refused. */
const refusedReasons: Record<Step, FailureReason> = {
  'assume-role': 'role-not-assumable',
  report: 'denied',
  store: 'not-stored',
};

/** Decides what an error means for its account: a refusal is final, everything else may be over at the next poll. */
export function classifyError(account: string, step: Step, error: unknown): Failed | Pending {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const detail = `${name}: ${message}`.slice(0, MAX_DETAIL);
  return name.startsWith('AccessDenied')
    ? { account, outcome: 'failed', reason: refusedReasons[step], detail }
    : { account, outcome: 'pending', reason: pendingReason(step, name, error), detail };
}

function pendingReason(step: Step, name: string, error: unknown): FailureReason {
  if (step === 'store') return 'not-stored';
  if (reportNotReady.includes(name)) return 'not-ready';
  return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]) ? 'throttled' : 'service-error';
}

/** What was still pending at the last poll has failed. */
export function toFailure({ account, reason, detail }: Pending): Failed {
  return { account, outcome: 'failed', reason, detail };
}

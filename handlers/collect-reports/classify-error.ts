import { isThrottlingError } from '@smithy/core/retry';
import type { FailureReason } from '../shared/failure-reasons';
import type { Failed, Pending } from '../shared/run-files';

/** What was being done for an account when the error occurred. */
export type Step = 'assume-role' | 'report' | 'store';

/** Longest detail that an outcome keeps, characters. */
const MAX_DETAIL = 500;

/** The report is not requested yet, in progress, or too old to be returned: the next poll may find it ready. */
const reportNotReady = [
  'CredentialReportNotPresentException',
  'CredentialReportNotReadyException',
  'CredentialReportExpiredException',
];

/** Why an account fails if AWS denies access in a step. */
const deniedReasons: Record<Step, FailureReason> = {
  'assume-role': 'role-not-assumable',
  report: 'denied',
  store: 'not-stored',
};

/** Decides what an error means for its account: denied access is final, anything else may succeed at the next poll. */
export function classifyError(account: string, step: Step, error: unknown): Failed | Pending {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const detail = `${name}: ${message}`.slice(0, MAX_DETAIL);
  return name.startsWith('AccessDenied')
    ? { account, outcome: 'failed', reason: deniedReasons[step], detail }
    : { account, outcome: 'pending', reason: pendingReason(step, name, error), detail };
}

function pendingReason(step: Step, name: string, error: unknown): FailureReason {
  if (step === 'store') return 'not-stored';
  if (reportNotReady.includes(name)) return 'not-ready';
  return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]) ? 'throttled' : 'service-error';
}

/** An account that is still pending at the last poll has failed. */
export function toFailure({ account, reason, detail }: Pending): Failed {
  return { account, outcome: 'failed', reason, detail };
}

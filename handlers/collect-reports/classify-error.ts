import { isThrottlingError } from '@smithy/core/retry';
import type { FailureReason } from '../shared/failure-reasons';
import type { Failed } from '../shared/run-files';

/** The part of the work on an account in which an error came up. */
export type Step = 'assume-role' | 'report' | 'store';

/** An account that is not decided yet; `reason` is what it fails for if this was the last look. */
export interface Pending {
  account: string;
  pending: FailureReason;
  detail: string;
}

/** Report states that the next look may find changed: not made yet, being made, too old to be given out. */
const reportNotReady = [
  'CredentialReportNotPresentException',
  'CredentialReportNotReadyException',
  'CredentialReportExpiredException',
];

const refusals: Record<Step, FailureReason> = {
  'assume-role': 'role-not-assumable',
  report: 'denied',
  store: 'not-stored',
};

/**
 * Decides what an error means for its account: a refusal stays one, everything else may be over at the next
 * look.
 */
export function classify(account: string, step: Step, error: unknown): Failed | Pending {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const detail = `${name}: ${message}`.slice(0, 500);
  if (name.startsWith('AccessDenied')) return { account, outcome: 'failed', reason: refusals[step], detail };
  return { account, pending: reasonIfItStays(step, name, error), detail };
}

function reasonIfItStays(step: Step, name: string, error: unknown): FailureReason {
  if (step === 'store') return 'not-stored';
  if (reportNotReady.includes(name)) return 'not-ready';
  return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]) ? 'throttled' : 'service-error';
}

/** Turns what was pending at the last look into a failure. */
export function toFailure({ account, pending, detail }: Pending): Failed {
  return { account, outcome: 'failed', reason: pending, detail };
}

import { isThrottlingError } from '@smithy/core/retry';
import { excerptOf, inOneLine } from '../shared/excerpt';
import type { FailureReason } from '../shared/failure-reasons';
import type { Failed, Pending } from '../shared/run-files';

/** What was being done for an account when the error occurred. */
export type Step = 'assume-role' | 'report' | 'store';

/** Longest detail that an outcome keeps, characters. */
const MAX_DETAIL = 500;

/** What the SDK adds to the message about a response that it could not parse: advice for whoever debugs the SDK. */
const SDK_HINT = '\n  Deserialization error:';

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

/** An error of an SDK client; it has the body of a response that could not be parsed. */
type ClientError = Error & { $responseBodyText?: string };

/** What no later poll of the same run changes: STS is deactivated in the account, or access is denied. */
const isFinal = ({ name }: Error) => name === 'RegionDisabledException' || name.startsWith('AccessDenied');

/** Decides what an error means for its account: some are final, any other may be gone at the next poll. */
export function classifyError(account: string, step: Step, thrown: unknown): Failed | Pending {
  const error: ClientError = thrown instanceof Error ? thrown : new Error(String(thrown));
  const detail = detailOf(error).slice(0, MAX_DETAIL);
  return isFinal(error)
    ? { account, outcome: 'failed', reason: deniedReasons[step], detail }
    : { account, outcome: 'pending', reason: pendingReason(step, error), detail };
}

function detailOf({ name, message, $responseBodyText: body }: ClientError): string {
  const [problem] = message.split(SDK_HINT);
  const arrived = body === undefined ? '' : `; what arrived starts with ${excerptOf(body)}`;
  return inOneLine(`${name}: ${problem}${arrived}`);
}

function pendingReason(step: Step, error: Error): FailureReason {
  if (step === 'store') return 'not-stored';
  if (reportNotReady.includes(error.name)) return 'not-ready';
  return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]) ? 'throttled' : 'service-error';
}

/** An account that is still pending at the last poll has failed. */
export function toFailure({ account, reason, detail }: Pending): Failed {
  return { account, outcome: 'failed', reason, detail };
}

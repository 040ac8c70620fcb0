import { isThrottlingError } from '@smithy/core/retry';
import { excerptOf, inOneLine, withoutMiddle } from '../shared/excerpt';
import type { FailureReason } from '../shared/failure-reasons';
import type { Failed, Pending } from '../shared/run-files';
import { type Step, knownError } from './aws-errors';

/**
 * Longest detail that an outcome keeps, characters. The longest message that AWS documents, that of a denied AssumeRole with
 * the ARN of the policy, a link and an authorization ID, takes 700 to 900 of them with the names and paths that are usual
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html).
 */
const MAX_DETAIL = 1_000;

/** What the SDK adds to the message about a response that it could not parse: advice for whoever debugs the SDK. */
const SDK_HINT = '\n  Deserialization error:';

/** An error of an SDK client; it has the body of a response that could not be parsed. */
type ClientError = Error & { $responseBodyText?: string };

const asError = (thrown: unknown): ClientError =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** Decides what an error means for its account: some are permanent, any other may be gone at the next poll. */
export function classifyError(account: string, step: Step, thrown: unknown): Failed | Pending {
  const error = asError(thrown);
  const known = knownError(step, error.name);
  const outcome = known?.isPermanent ? 'failed' : 'pending';
  return { account, outcome, reason: known?.reason ?? unlistedReason(step, error), detail: detailOf(error) };
}

function detailOf({ name, message, $responseBodyText: body }: ClientError): string {
  const [problem] = message.split(SDK_HINT);
  const arrived = body === undefined ? '' : `; what arrived starts with ${excerptOf(body)}`;
  return withoutMiddle(inOneLine(`${name}: ${problem}${arrived}`), MAX_DETAIL);
}

function unlistedReason(step: Step, error: Error): FailureReason {
  if (step === 'store') return 'not-stored';
  return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]) ? 'throttled' : 'service-error';
}

/** Whether IAM has no capacity for the call at present. */
export function isThrottled(thrown: unknown): boolean {
  const error = asError(thrown);
  return (knownError('report', error.name)?.reason ?? unlistedReason('report', error)) === 'throttled';
}

/** An account that is still pending at the last poll has failed. */
export function toFailure({ account, reason, detail }: Pending): Failed {
  return { account, outcome: 'failed', reason, detail };
}

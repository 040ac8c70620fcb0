import { setTimeout as pause } from 'node:timers/promises';
import type { ReportBucket } from '../shared/aws/report-bucket';
import type { AccountIam, ReportRoleSession } from '../shared/aws/report-role-session';
import { withSignal, workSignal } from '../shared/aws/work-signal';
import { keys } from '../shared/bucket-layout';
import { sha256Of } from '../shared/hash';
import type { ServiceCredentialsOutcome } from '../shared/run-files';
import type { ListedCredentials } from '../core/service-credentials';
import { serviceCredentialsText, sortedCredentials } from '../credential-report/service-credentials';
import { InvalidInput } from '../shared/validation';
import type { Step } from './aws-errors';
import { classifyError } from './classify-error';
import { listServiceCredentials } from './list-service-credentials';

/** Longest time for the list of one account with all its pages, ms: it must not keep the poll from recording reports. */
const TIME_TO_LIST = 30_000;

/** Tries of an account, each with the attempts of the SDK. */
const TRIES = 3;

/** Pause before the second try, ms; that before the third is twice as long. The quota of a list is that of one account. */
const PAUSE = 200;

interface Listing {
  sessions: Pick<ReportRoleSession, 'iam'>;
  bucket: ReportBucket;
  now: () => Date;
}

type Failed = Extract<ServiceCredentialsOutcome, { outcome: 'failed' }>;

/** What became of a list, and what was listed. */
export interface CollectedCredentials {
  outcome: ServiceCredentialsOutcome;
  listed: ListedCredentials;
}

/**
 * Lists the service-specific credentials of an account whose report is stored, and stores them. No error changes the outcome
 * of the report: this function never throws.
 * @param iam - the session that got the report
 */
export function collectServiceCredentials(
  account: string,
  date: string,
  iam: AccountIam,
  listing: Listing,
): Promise<CollectedCredentials> {
  return withSignal(AbortSignal.timeout(TIME_TO_LIST), () => listInTries(account, date, iam, listing));
}

async function listInTries(
  account: string,
  date: string,
  iam: AccountIam,
  listing: Listing,
): Promise<CollectedCredentials> {
  for (let attempt = 1; ; attempt++) {
    const result = await tryOnce(account, date, attempt === 1 ? iam : undefined, listing);
    if ('listed' in result) return result;
    const { isFinal, ...outcome } = result;
    if (isFinal || attempt === TRIES || workSignal()?.aborted) return { outcome, listed: outcome };
    await pause(PAUSE * attempt);
  }
}

async function tryOnce(
  account: string,
  date: string,
  known: AccountIam | undefined,
  { sessions, bucket, now }: Listing,
): Promise<CollectedCredentials | (Failed & { isFinal: boolean })> {
  let step: Step = 'assume-role';
  let iam = known;
  try {
    iam ??= await sessions.iam(account, { serviceCredentials: true });
    step = 'service-credentials';
    const credentials = await listServiceCredentials(iam);
    step = 'store';
    const content = serviceCredentialsText(account, credentials);
    const key = keys.serviceCredentials(date, account);
    const sha256 = sha256Of(content);
    const headers = { ContentType: 'application/json' };
    const stored = await bucket.putVerified(key, content, sha256, headers);
    const collectedAt = now().toISOString();
    const about = { collectedAt, key, bytes: Buffer.byteLength(content), sha256, ...stored };
    return {
      outcome: { outcome: 'collected', ...about, credentials: credentials.length },
      listed: { credentials: sortedCredentials(credentials) },
    };
  } catch (error) {
    const { outcome, reason, detail } = classifyError(account, step, error);
    if (error instanceof InvalidInput)
      return { outcome: 'failed', reason: 'list-invalid', detail, isFinal: false };
    // The session may be older than the permission to list: only what a new one meets is final.
    const isOfOldSession = step === 'service-credentials' && iam?.dropSession !== undefined;
    if (outcome === 'failed') iam?.dropSession?.();
    return { outcome: 'failed', reason, detail, isFinal: outcome === 'failed' && !isOfOldSession };
  }
}

import {
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  type GetCredentialReportResponse,
} from '@aws-sdk/client-iam';
import type { AccountIam } from '../shared/aws/report-role-session';
import { UnexpectedAnswer } from '../shared/aws/unexpected-answer';
import { isThrottled } from './classify-error';

/** IAM has no report that it would return, and does not generate one. */
const noReport = ['CredentialReportNotPresentException', 'CredentialReportExpiredException'];

/**
 * Most that a report may be older than its request, ms. IAM may have been generating it for another caller already. The report before
 * that one is at least four hours old: otherwise, IAM would have returned COMPLETE.
 */
const OLDEST_BEFORE_REQUEST = 3_600_000;

/** What IAM said when the report of an account was requested. */
export interface ReportRequest {
  /** Ms since 1970. */
  at: number;
  state: string;
  /** Why IAM generates none at present. */
  throttling?: unknown;
}

/**
 * Requests the report of an account.
 * @throws any error of IAM but throttling
 */
export async function requestReport(iam: AccountIam): Promise<ReportRequest> {
  const at = Date.now();
  try {
    const { State: state } = await iam.send(new GenerateCredentialReportCommand({}));
    if (state === undefined) throw new UnexpectedAnswer('IAM answered without a state');
    return { at, state };
  } catch (throttling) {
    if (!isThrottled(throttling)) throw throttling;
    return { at, state: 'THROTTLED', throttling };
  }
}

/**
 * Whether there may be a report at once. Within four hours of the last report, IAM returns COMPLETE and does not generate a new one.
 * If IAM has no capacity to generate a report, it may still have that one.
 */
export const mayBeReady = ({ state, throttling }: ReportRequest): boolean =>
  state === 'COMPLETE' || throttling !== undefined;

/**
 * Gets a report that was requested. IAM is not asked to generate it again, so it could still return the one before.
 * @returns the report, or why it is not there yet
 * @throws the throttling error if there is no report; any other error of IAM
 */
export async function getReport(
  iam: AccountIam,
  request: ReportRequest,
): Promise<GetCredentialReportResponse | { notReady: string }> {
  const { at, throttling } = request;
  try {
    const report = await iam.send(new GetCredentialReportCommand({}));
    const generatedAt = report.GeneratedTime;
    if (mayBeReady(request) || (generatedAt && generatedAt.getTime() > at - OLDEST_BEFORE_REQUEST))
      return report;
    return {
      notReady: `IAM still returns the report from ${generatedAt?.toISOString() ?? 'an unknown time'}`,
    };
  } catch (error) {
    const hasNone = error instanceof Error && noReport.includes(error.name);
    throw throttling !== undefined && hasNone ? throttling : error;
  }
}

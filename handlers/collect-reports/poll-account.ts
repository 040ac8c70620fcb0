import type { ReportBucket } from '../shared/aws/report-bucket';
import type { AccountIam, ReportRoleSession } from '../shared/aws/report-role-session';
import { keys } from '../shared/bucket-layout';
import { sha256Of } from '../shared/hash';
import type { Outcome, Pending } from '../shared/run-files';
import type { Step } from './aws-errors';
import { classifyError } from './classify-error';
import { type CallOptions, collectServiceCredentials } from './collect-service-credentials';
import { reportFlaw } from './report-integrity';
import { requestedReport } from './requested-report';

/** What polling an account needs. */
export interface Collector {
  sessions: Pick<ReportRoleSession, 'iam'>;
  bucket: ReportBucket;
  now: () => Date;
  /** Called with every report that was stored. */
  onStored?: (account: string, content: Uint8Array) => void;
  /**
   * Whether reports have a row for the root user; those of AWS China have none.
   * @default true
   */
  hasRootRow?: boolean;
  /**
   * Whether the service-specific credentials of an account are listed after its report is stored.
   * @default false
   */
  serviceCredentials?: boolean;
}

/**
 * Requests the report of one account and stores it if it is ready. Every error becomes an outcome of this account: this
 * function never throws.
 */
export async function pollAccount(
  account: string,
  date: string,
  collector: Collector,
  options: CallOptions,
): Promise<Outcome | Pending> {
  const { sessions, bucket, now, onStored, hasRootRow = true, serviceCredentials = false } = collector;
  let step: Step = 'assume-role';
  let iam: AccountIam | undefined;
  try {
    iam = await sessions.iam(account, options, { serviceCredentials });
    step = 'report';
    // Within four hours of the last report, IAM returns COMPLETE at once and does not generate a new one.
    const report = await requestedReport(iam, options);
    if ('state' in report) {
      const detail = `IAM returned the state ${report.state}`;
      return { account, outcome: 'pending', reason: 'not-ready', detail };
    }
    const { Content: content = new Uint8Array(), GeneratedTime } = report;
    const detail = reportFlaw(content, account, hasRootRow);
    if (detail !== undefined) return { account, outcome: 'pending', reason: 'report-invalid', detail };
    const generatedAt = GeneratedTime?.toISOString() ?? '';

    step = 'store';
    const key = keys.report(date, account);
    const sha256 = sha256Of(content);
    const headers = { ContentType: 'text/csv', Metadata: { 'generated-at': generatedAt } };
    const stored = await bucket.putVerified(key, content, sha256, headers, options);
    onStored?.(account, content);
    const collectedAt = now().toISOString();
    const bytes = content.length;
    return {
      ...{ account, outcome: 'collected', generatedAt, collectedAt, key, bytes, sha256, ...stored },
      ...(serviceCredentials && {
        serviceCredentials: await collectServiceCredentials(account, date, iam, collector, options),
      }),
    };
  } catch (error) {
    const result = classifyError(account, step, error);
    // The role may have been replaced since the session was given, so only what a new session meets is final.
    if (result.outcome === 'pending' || step !== 'report' || !iam?.dropSession) return result;
    iam.dropSession();
    return pollAccount(account, date, collector, options);
  }
}

import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import type { HttpHandlerOptions } from '@smithy/types';
import { keys } from '../shared/bucket-layout';
import type { Outcome } from '../shared/run-files';
import { type Pending, type Step, classify } from './classify-error';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { reportFlaw } from './report-integrity';
import type { ReportRoleSession } from '../shared/aws/report-role-session';

/** What it takes to collect the report of an account. */
export interface Collector {
  sessions: Pick<ReportRoleSession, 'iam'>;
  bucket: ReportBucket;
  now: () => Date;
  /** Is given every report that is stored. */
  stored?: (account: string, content: Uint8Array) => void;
  /**
   * Whether reports have a row of the root user; those of AWS China have none.
   * @default true
   */
  rootRow?: boolean;
}

/**
 * Asks one account for its report and stores it if it is ready. Whatever goes wrong is an outcome of this
 * account; this function never throws.
 */
export async function pollAccount(
  account: string,
  date: string,
  { sessions, bucket, now, stored, rootRow = true }: Collector,
  options: HttpHandlerOptions,
): Promise<Outcome | Pending> {
  let step: Step = 'assume-role';
  try {
    const iam = await sessions.iam(account, options);
    step = 'report';
    // Within four hours of the last report this answers COMPLETE at once and makes no new one.
    const { State } = await iam.send(new GenerateCredentialReportCommand({}), options);
    if (State !== 'COMPLETE')
      return { account, pending: 'not-ready', detail: `IAM answered ${State ?? 'nothing'}` };
    const { Content: content = new Uint8Array(), GeneratedTime } = await iam.send(
      new GetCredentialReportCommand({}),
      options,
    );
    const detail = reportFlaw(content, account, rootRow);
    if (detail !== undefined) return { account, outcome: 'failed', reason: 'report-invalid', detail };
    const generatedAt = GeneratedTime?.toISOString() ?? '';

    step = 'store';
    const about = { ContentType: 'text/csv', Metadata: { 'generated-at': generatedAt } };
    await bucket.put(keys.report(date, account), content, about, options);
    stored?.(account, content);
    return {
      account,
      outcome: 'collected',
      generatedAt,
      collectedAt: now().toISOString(),
      bytes: content.length,
    };
  } catch (error) {
    return classify(account, step, error);
  }
}

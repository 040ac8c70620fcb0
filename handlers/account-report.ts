import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import type { HttpHandlerOptions } from '@smithy/types';
import { type Outcome, keys } from './contract';
import { type Pending, type Step, classify } from './failure';
import type { ReportBucket } from './report-bucket';
import type { ReportRoleSession } from './report-role-session';

/** What it takes to collect the report of an account. */
export interface Collector {
  sessions: Pick<ReportRoleSession, 'iam'>;
  bucket: ReportBucket;
  now: () => Date;
}

/** How every credential report begins; columns after these may differ. */
const REPORT_BEGINS = 'user,arn,';

/**
 * Asks one account for its report and stores it if it is ready. Whatever goes wrong is an outcome of this
 * account; this function never throws.
 */
export async function lookAtAccount(
  account: string,
  date: string,
  { sessions, bucket, now }: Collector,
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
    const { Content, GeneratedTime } = await iam.send(new GetCredentialReportCommand({}), options);

    if (!Content || Buffer.from(Content.subarray(0, REPORT_BEGINS.length)).toString() !== REPORT_BEGINS) {
      const detail = `IAM returned ${Content?.length ?? 0} bytes that do not begin with ${REPORT_BEGINS}`;
      return { account, outcome: 'failed', reason: 'report-invalid', detail };
    }
    const generatedAt = GeneratedTime?.toISOString() ?? '';

    step = 'store';
    const about = { ContentType: 'text/csv', Metadata: { 'generated-at': generatedAt } };
    await bucket.put(keys.report(date, account), Content, about, options);
    return {
      account,
      outcome: 'collected',
      generatedAt,
      collectedAt: now().toISOString(),
      bytes: Content.length,
    };
  } catch (error) {
    return classify(account, step, error);
  }
}

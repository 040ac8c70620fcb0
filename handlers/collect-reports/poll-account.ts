import type { ReportBucket } from '../shared/aws/report-bucket';
import type { AccountIam, ReportRoleSession } from '../shared/aws/report-role-session';
import { keys } from '../shared/bucket-layout';
import { sha256Of } from '../shared/hash';
import { type Failed, type Outcome, type Pending, hashOfList } from '../shared/run-files';
import type { Step } from './aws-errors';
import { classifyError } from './classify-error';
import { collectServiceCredentials } from './collect-service-credentials';
import { reportFlaw } from './report-integrity';
import type { ReviewWriter } from './review-writer';
import { type ReportRequest, getReport, requestReport } from './requested-report';

/** What polling an account needs. */
export interface Collector {
  sessions: Pick<ReportRoleSession, 'iam'>;
  bucket: ReportBucket;
  now: () => Date;
  /**
   * Reviews every report that was stored, see `review-writer.ts`.
   * @default - reports are reviewed when the run is summarized
   */
  reviews?: Pick<ReviewWriter, 'add'>;
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

/** An account whose report was requested, and may be there later. */
export interface Requested {
  account: string;
  outcome: 'requested';
  request: ReportRequest;
  /** The session that requested it. */
  iam: AccountIam;
}

/** The same account when its session is some seconds old: the role may have been replaced since. */
export const withOldSession = (requested: Requested): Requested => ({
  ...requested,
  iam: { dropSession: () => undefined, ...requested.iam },
});

/** Requests the report of one account. Every error becomes an outcome of this account: this function never throws. */
export const requestFrom = (account: string, collector: Collector): Promise<Requested | Failed | Pending> =>
  attempt(account, collector, async (iam) => ({
    account,
    outcome: 'requested',
    request: await requestReport(iam),
    iam,
  }));

/**
 * Gets the report of one account and stores it if it is ready. Every error becomes an outcome of this account: this function never
 * throws.
 */
export const collectFrom = (
  { account, request, iam: session }: Requested,
  date: string,
  collector: Collector,
): Promise<Outcome | Pending> =>
  attempt<Outcome | Pending>(
    account,
    collector,
    async (iam, begin) => {
      const { bucket, now, reviews, hasRootRow = true, serviceCredentials = false } = collector;
      const answer = await getReport(iam, request);
      if ('notReady' in answer) return pendingReport(account, answer.notReady);
      const { Content: content = new Uint8Array(), GeneratedTime } = answer;
      const detail = reportFlaw(content, account, hasRootRow);
      if (detail !== undefined) return { account, outcome: 'pending', reason: 'report-invalid', detail };
      const generatedAt = GeneratedTime?.toISOString() ?? '';

      begin('store');
      const key = keys.report(date, account);
      const sha256 = sha256Of(content);
      const headers = { ContentType: 'text/csv', Metadata: { 'generated-at': generatedAt } };
      const stored = await bucket.putVerified(key, content, sha256, headers);
      const collectedAt = now().toISOString();
      const bytes = content.length;
      const list = serviceCredentials
        ? await collectServiceCredentials(account, date, iam, collector)
        : undefined;
      const report = { id: account, content, generatedAt, collectedAt, serviceCredentials: list?.listed };
      const review = reviews?.add(report, { report: sha256, list: hashOfList(list?.outcome) });
      return {
        ...{ account, outcome: 'collected', generatedAt, collectedAt, key, bytes, sha256, ...stored },
        ...(list && { serviceCredentials: list.outcome }),
        ...(review !== undefined && { review }),
      };
    },
    session,
  );

/** An account whose report IAM is still generating, as the state says that it returned. */
export const notReady = (account: string, state: string): Pending =>
  pendingReport(account, `IAM returned the state ${state}`);

const pendingReport = (account: string, detail: string): Pending => ({
  account,
  outcome: 'pending',
  reason: 'not-ready',
  detail,
});

/**
 * @param work - calls its second argument when it begins another step
 * @param session - that of an earlier step, if there was one
 */
async function attempt<Result>(
  account: string,
  collector: Collector,
  work: (iam: AccountIam, begin: (step: Step) => void) => Promise<Result>,
  session?: AccountIam,
): Promise<Result | Failed | Pending> {
  const { sessions, serviceCredentials = false } = collector;
  let step: Step = 'assume-role';
  const begin = (next: Step) => {
    step = next;
  };
  let iam = session;
  try {
    iam ??= await sessions.iam(account, { serviceCredentials });
    begin('report');
    return await work(iam, begin);
  } catch (error) {
    const result = classifyError(account, step, error);
    // The role may have been replaced since the session was given, so only what a new session meets is final.
    if (result.outcome === 'pending' || (step as Step) !== 'report' || !iam?.dropSession) return result;
    iam.dropSession();
    return attempt(account, collector, work);
  }
}

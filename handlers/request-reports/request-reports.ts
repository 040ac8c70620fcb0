import { GenerateCredentialReportCommand } from '@aws-sdk/client-iam';
import type { Context } from 'aws-lambda';
import pMap from 'p-map';
import type { ReportRoleSession } from '../shared/aws/report-role-session';
import { RequestReportsEvent } from '../shared/events';
import { log } from '../shared/log';
import { validated } from '../shared/validation';

/** Time reserved for the last log line, ms. */
const TIME_TO_LOG = 5_000;

export interface RequestReportsProps {
  sessions: Pick<ReportRoleSession, 'iam'>;
  /** Accounts processed at the same time. */
  concurrency: number;
}

/**
 * Requests the reports of some accounts and does nothing else, so that IAM generates them while other accounts are still
 * being listed. An account that fails here is requested again at the first poll of its batch, which records the error.
 */
export const requestReports =
  ({ sessions, concurrency }: RequestReportsProps) =>
  async (event: unknown, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const { run, accounts } = validated(RequestReportsEvent, event, 'The event of request-reports');
    const abortSignal =
      context && AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_LOG));
    const request = async (account: string): Promise<string> => {
      try {
        const iam = await sessions.iam(account, { abortSignal });
        await iam.send(new GenerateCredentialReportCommand({}), { abortSignal });
        return 'requested';
      } catch (error) {
        return error instanceof Error ? error.name : 'unknown';
      }
    };
    const results = Map.groupBy(await pMap(accounts, request, { concurrency }), (result) => result);
    const counts = Object.fromEntries([...results].map(([result, { length }]) => [result, length]));
    log('requested reports early', { run, accounts: accounts.length, ...counts });
  };

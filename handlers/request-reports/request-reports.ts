import { GenerateCredentialReportCommand } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import type { Context } from 'aws-lambda';
import pMap from 'p-map';
import type { Collector } from '../collect-reports/poll-account';
import { connections } from '../shared/aws/http-handler';
import { RequestReportsEvent } from '../shared/events';
import { log } from '../shared/log';
import { ReportRoleSession } from '../shared/aws/report-role-session';
import { settings, validated } from '../shared/validation';

/** What is kept of the function's time to say what was done, ms. */
const TIME_TO_TELL = 5_000;

/**
 * Asks accounts for their reports and does nothing else, so that IAM makes them while other accounts are still being
 * listed. Whoever cannot be asked now is asked again, and heard, at the first look at its batch.
 */
export const requestReports =
  ({ sessions }: Pick<Collector, 'sessions'>, concurrency: number) =>
  async (event: unknown, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const { run, accounts } = validated(RequestReportsEvent, event, 'The event of request-reports');
    const abortSignal =
      context && AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_TELL));
    const ask = async (account: string): Promise<string> => {
      try {
        const iam = await sessions.iam(account, { abortSignal });
        await iam.send(new GenerateCredentialReportCommand({}), { abortSignal });
        return 'asked';
      } catch (error) {
        return error instanceof Error ? error.name : 'unknown';
      }
    };
    const answers = Map.groupBy(await pMap(accounts, ask, { concurrency }), (answer) => answer);
    const counts = Object.fromEntries([...answers].map(([answer, { length }]) => [answer, length]));
    log('asked accounts ahead', { run, accounts: accounts.length, ...counts });
  };

let ask: ReturnType<typeof requestReports> | undefined;

/** Entry of the Lambda function; clients are made at the first event and kept. */
export const handler = async (event: unknown, context?: Context): Promise<void> => {
  ask ??= fromEnvironment();
  await ask(event, context);
};

function fromEnvironment(): ReturnType<typeof requestReports> {
  const { REPORT_ROLE_NAME, PARTITION, CONCURRENCY } = settings(
    'REPORT_ROLE_NAME',
    'PARTITION',
    'CONCURRENCY',
  );
  const requestHandler = connections();
  const role = { partition: PARTITION, name: REPORT_ROLE_NAME, ownAccount: process.env.OWN_ACCOUNT };
  const sessions = new ReportRoleSession(new STSClient({ requestHandler }), role, requestHandler);
  return requestReports({ sessions }, Number(CONCURRENCY));
}

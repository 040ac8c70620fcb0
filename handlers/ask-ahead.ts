import { GenerateCredentialReportCommand } from '@aws-sdk/client-iam';
import type { HttpHandlerOptions } from '@smithy/types';
import pMap from 'p-map';
import type { Collector } from './account-report';
import { AskAheadEvent, type AskAheadResult } from './contract';
import { log } from './log';
import { validated } from './validation';

/**
 * Asks accounts for their reports and nothing else, so that IAM makes them while other accounts are still being
 * listed. Whoever cannot be asked now is asked again, and heard, at the first look at its batch.
 */
export async function askAhead(
  event: unknown,
  { sessions }: Pick<Collector, 'sessions'>,
  { concurrency, ...options }: HttpHandlerOptions & { concurrency: number },
): Promise<AskAheadResult> {
  const { run, askAhead: accounts } = validated(AskAheadEvent, event, 'The event that asks ahead');
  const ask = async (account: string): Promise<boolean> => {
    try {
      const iam = await sessions.iam(account, options);
      await iam.send(new GenerateCredentialReportCommand({}), options);
      return true;
    } catch {
      return false;
    }
  };
  const asked = (await pMap(accounts, ask, { concurrency })).filter(Boolean).length;
  log('asked accounts ahead', { run, accounts: accounts.length, asked });
  return { asked };
}

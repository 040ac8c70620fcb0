import {
  type Collector,
  collectFrom,
  notReady,
  requestFrom,
} from '../../handlers/collect-reports/poll-account';
import { mayBeReady } from '../../handlers/collect-reports/requested-report';
import type { Outcome, Pending } from '../../handlers/shared/run-files';

/** Requests the report of one account, and collects it if it is ready: what an invocation that does not wait does for an account. */
export async function pollAccount(
  account: string,
  date: string,
  collector: Collector,
): Promise<Outcome | Pending> {
  const requested = await requestFrom(account, collector);
  if (requested.outcome !== 'requested') return requested;
  return mayBeReady(requested.request)
    ? collectFrom(requested, date, collector)
    : notReady(account, requested.request.state);
}

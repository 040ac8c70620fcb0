import {
  type Collector,
  collectFrom,
  notReady,
  requestFrom,
} from '../../handlers/collect-reports/poll-account';
import { mayBeReady } from '../../handlers/collect-reports/requested-report';
import type { CallOptions } from '../../handlers/collect-reports/collect-service-credentials';
import type { Outcome, Pending } from '../../handlers/shared/run-files';

/** Requests the report of one account, and collects it if it is ready: what an invocation that does not wait does for an account. */
export async function pollAccount(
  account: string,
  date: string,
  collector: Collector,
  options: CallOptions,
): Promise<Outcome | Pending> {
  const requested = await requestFrom(account, collector, options);
  if (requested.outcome !== 'requested') return requested;
  return mayBeReady(requested.request)
    ? collectFrom(requested, date, collector, options)
    : notReady(account, requested.request.state);
}

/** What holds for a run that failed and is redriven without faults. */
import { type BrokenRule, brokenIf } from './broken-rule';
import { isRefusedReview } from './failures-without-fault';
import type { Run } from './faulty-run';

/** Functions that a run calls again, by the state at which it failed. */
const CALLED_AGAIN: Record<string, string[]> = {
  ListAccounts: ['list-accounts', 'collect-reports', 'summarize-run'],
  SummarizeRun: ['summarize-run'],
};

export function redriveRules(run: Run, again: Run): BrokenRule[] {
  const { result, deliveries, execution } = run;
  if (result.status === 'SUCCEEDED') return [];
  const { name } = result.failedState;
  const since = again.deliveries.slice(deliveries.length).map((delivery) => delivery.function);
  const repeated = since.filter((called) => !CALLED_AGAIN[name]?.includes(called));
  return [
    ...brokenIf(
      // It may have its manifest, and find something else now, such as an earlier run that could not be read.
      again.result.status === 'FAILED' && !isRefusedReview(run, again.result.cause),
      'a run that failed can be redriven',
      `${execution}: ${JSON.stringify(again.result)}`,
    ),
    ...brokenIf(
      repeated.length > 0,
      'a redrive does not repeat what had succeeded',
      `${execution} failed at ${name}: ${repeated.join(', ')}`,
    ),
  ];
}

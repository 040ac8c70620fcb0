/** What holds for a run that failed and is redriven without faults. */
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';

/** Functions that a run calls again, by the state at which it failed. */
const CALLED_AGAIN: Record<string, string[]> = {
  ListAccounts: ['list-accounts', 'collect-reports', 'summarize-run'],
  SummarizeRun: ['summarize-run'],
};

export function redriveRules({ result, deliveries, execution }: Run, again: Run): BrokenRule[] {
  if (result.status === 'SUCCEEDED') return [];
  const { name } = result.failedState;
  const since = again.deliveries.slice(deliveries.length).map((delivery) => delivery.function);
  const repeated = since.filter((called) => !CALLED_AGAIN[name]?.includes(called));
  return [
    ...brokenIf(
      again.result.status === 'FAILED',
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

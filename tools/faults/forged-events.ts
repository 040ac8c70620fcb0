/** Events that somebody who can invoke the functions could send: made from those of a run that has ended. */
import type { CollectReportsEvent, ListAccountsEvent, SummarizeRunEvent } from '../../handlers/shared/events';
import { sha256Of } from '../../handlers/shared/hash';
import type { FunctionName } from '../../local/engine/invocation-faults';
import type { Run } from './faulty-run';

export interface ForgedEvent {
  what: string;
  name: FunctionName;
  event: unknown;
}

export function forgedEvents({ result, deliveries }: Run): ForgedEvent[] {
  const eventOf = (name: FunctionName) => deliveries.find((delivery) => delivery.function === name)?.event;
  const list = eventOf('list-accounts') as ListAccountsEvent | undefined;
  const collect = eventOf('collect-reports') as CollectReportsEvent | undefined;
  const summarize = eventOf('summarize-run') as SummarizeRunEvent | undefined;
  const ledger = sha256Of('a guess');
  return [
    ...(list ? ofListing(list) : []),
    ...(collect
      ? of('collect-reports', {
          ...(result.status === 'SUCCEEDED' && { 'of a finished run': collect }),
          'with another nonce': { ...collect, nonce: 'a guess' },
          'of another date': { ...collect, run: `2026-01-01/${collect.run.split('/')[1]}` },
        })
      : []),
    ...(summarize
      ? of('summarize-run', {
          'with another ledger': { ...summarize, ledger },
          'with settings': { ...summarize, checks: { exemptions: [] } },
          'of another date': { ...summarize, run: `2026-01-01/${summarize.run.split('/')[1]}` },
        })
      : []),
  ];
}

function ofListing(list: ListAccountsEvent): ForgedEvent[] {
  const { settings, execution } = list;
  const exemptions = [{ account: '*', user: '*', check: '*', reason: 'all', expires: '2099-01-01' }];
  return of('list-accounts', {
    'of an execution that has ended': list,
    'of an execution that does not exist': { ...list, execution: `${execution}-2` },
    'of a folder above': { ...list, execution: execution.replace(/[^:]+$/, '..') },
    'with other settings': { ...list, settings: { ...settings, checks: { ...settings.checks, exemptions } } },
    'with a start time': { ...list, startTime: '2019-01-01T00:00:00Z' },
  });
}

const of = (name: FunctionName, events: Record<string, unknown>): ForgedEvent[] =>
  Object.entries(events).map(([what, event]) => ({ what: `${name} ${what}`, name, event }));

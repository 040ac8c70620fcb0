/** What holds for the files that a summary writes, unless two runs of the day were summarized at the same time. */
import { keys } from '../../handlers/shared/bucket-layout';
import { tableNames } from '../../handlers/shared/table-columns';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';

export function summaryRules(simulation: Simulation, { runPrefix, manifest }: RunFiles): BrokenRule[] {
  const { date, execution, totals } = manifest;
  const textOf = (key: string) => simulation.object(key)?.toString() ?? '';
  const collected = manifest.accounts.flatMap(({ id, outcome }) => (outcome === 'collected' ? id : []));
  const rowsOf = (id: string) => textOf(keys.report(date, id)).split('\n').slice(1);
  const expected = collected.flatMap((id) => rowsOf(id).map(() => id));
  const rows = textOf(keys.organization(date, 'credentials.csv')).trimEnd().split('\n').slice(1);
  const snapshot = textOf(keys.snapshot(runPrefix));
  const notFound = tableNames.filter(
    (name) => !textOf(keys.partition(name, date)).includes(keys.organization(date, `${name}.csv`)),
  );
  return [
    ...brokenIf(
      rows.map((row) => row.split(',', 1)[0]).join() !== expected.join(),
      'the table has every row of every collected report, and no other row',
      `${execution}: ${rows.length} rows instead of ${expected.length}`,
    ),
    ...brokenIf(
      collected.some((id) => !snapshot.includes(`{"account":"${id}"`)),
      'the snapshot has every collected account',
      execution,
    ),
    ...brokenIf(notFound.length > 0, 'a query finds every table of the date', notFound.join(', ')),
    ...brokenIf(
      !textOf(keys.organization(date, 'index.html')).includes(runPrefix),
      'the page is that of the run that ended last',
      execution,
    ),
    ...brokenIf(
      totals.expected !== totals.collected + totals.failed || totals.collected !== collected.length,
      'every expected account is collected or failed',
      JSON.stringify(totals),
    ),
  ];
}

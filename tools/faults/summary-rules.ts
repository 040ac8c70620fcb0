/** What holds of the files that a summary leaves, when no other run of the day was summarized at the same time. */
import { keys } from '../../handlers/shared/bucket-layout';
import { tableNames } from '../../handlers/shared/table-columns';
import { type Broken, when } from './broken';
import type { RunFiles } from './run-files';
import type { World } from './world';

export function summaryRules(world: World, { run, manifest }: RunFiles): Broken[] {
  const { date, execution, totals } = manifest;
  const text = (key: string) => world.object(key)?.toString() ?? '';
  const collected = manifest.accounts.flatMap(({ id, outcome }) => (outcome === 'collected' ? id : []));
  const rowsOf = (id: string) => text(keys.report(date, id)).split('\n').slice(1);
  const expected = collected.flatMap((id) => rowsOf(id).map(() => id));
  const told = text(keys.organization(date, 'credentials.csv')).trimEnd().split('\n').slice(1);
  const snapshot = text(keys.snapshot(run));
  const unnamed = tableNames.filter(
    (name) => !text(keys.partition(name, date)).includes(keys.organization(date, `${name}.csv`)),
  );
  return [
    ...when(
      told.map((line) => line.split(',', 1)[0]).join() !== expected.join(),
      'the table has every row of every report that is collected, and no other',
      `${execution}: ${told.length} rows instead of ${expected.length}`,
    ),
    ...when(
      collected.some((id) => !snapshot.includes(`{"account":"${id}"`)),
      'the snapshot has every account that is collected',
      execution,
    ),
    ...when(unnamed.length > 0, 'a query finds every table of the date', unnamed.join()),
    ...when(
      !text(keys.organization(date, 'index.html')).includes(run),
      'the page is that of the run that ended last',
      execution,
    ),
    ...when(
      totals.expected !== totals.collected + totals.failed || totals.collected !== collected.length,
      'what is expected is collected or failed',
      JSON.stringify(totals),
    ),
  ];
}

/** What holds for the view of a day when all its runs have ended: it is that of the run that started last, and never poorer. */
import { parse } from 'csv-parse/sync';
import type { Manifest } from '../../handlers/core/manifest';
import { keys, prefixes, runOf } from '../../handlers/shared/bucket-layout';
import { tableColumns, tableNames } from '../../handlers/shared/table-columns';
import { type BrokenRule, brokenIf } from './broken-rule';
import { deniedReports, expectedRows, poorerAccounts } from './day-rows';
import type { Run } from './faulty-run';
import { isStored } from './manifest-rules';
import { manifestsIn, viewOf } from './run-files';
import type { Simulation } from './simulation';
import { BUCKET } from './stored-bucket';

const COPIES = tableNames.map((name) => `${name}.csv` as const);

const COLLECTED_BY = tableColumns.credentials.indexOf('collected_by');

export function dayRules(simulation: Simulation, date: string, ended: readonly Run[]): BrokenRule[] {
  const { bucket } = simulation;
  const runs = manifestsIn(bucket)
    .map(({ manifest }) => manifest)
    .filter((manifest) => manifest.date === date);
  const newest = runs.reduce<Manifest | undefined>(
    (last, run) => (last && last.startedAt > run.startedAt ? last : run),
    undefined,
  );
  if (!newest) return [];
  const fileOf = (name: string) => newest.files.find(({ key }) => key.endsWith(`/${name}`));
  const differing = COPIES.filter(
    (name) => bucket.text(keys.day(date, name)) !== bucket.text(fileOf(name)?.key ?? ''),
  );
  const notFound = tableNames.filter(
    (name) => bucket.text(keys.partition(name, date)) !== `s3://${BUCKET}/${fileOf(`${name}.csv`)?.key}\n`,
  );
  const view = viewOf(bucket, runOf(date, newest.execution));
  const cells = parse(bucket.text(keys.day(date, 'credentials.csv'))).slice(1);
  const rows = cells.map((row) => [row[0], row[3], row[5], row[COLLECTED_BY]].join());
  const expected = expectedRows(simulation, newest, runs);
  const wrong = [
    ...rows.filter((row) => !expected.includes(row)),
    ...expected.filter((row) => !rows.includes(row)),
  ];
  const poorer = poorerAccounts(
    simulation,
    newest,
    runs,
    deniedReports(ended.filter(({ execution }) => execution === newest.execution)),
  );
  return [
    ...brokenIf(
      differing.length > 0 || !view || !isStored(bucket, view.dayPage),
      'the view of a day is that of the run that started last',
      `${newest.execution}: ${differing.join(', ') || 'index.html'}`,
    ),
    ...brokenIf(notFound.length > 0, 'a query finds every table of the date', notFound.join(', ')),
    ...brokenIf(
      rows.join('\n') !== expected.join('\n'),
      'the table of a day has every row of every report of the newest run and of every report that is kept, and no other row',
      `${newest.execution}: ${wrong[0] ?? 'another order'}`,
    ),
    ...brokenIf(
      poorer.length > 0,
      'an account that fails keeps the report that an earlier run of the day has collected',
      `${newest.execution}: ${poorer.join(', ')}`,
    ),
  ];
}

/** Dates that have a finished run. */
export const datesIn = ({ bucket }: Simulation): string[] => [
  ...new Set(bucket.keysBelow(prefixes.allDays).map((key) => key.split('/')[1] ?? '')),
];

/** What holds for a run without faults that follows the others: it repairs what is missing. */
import { keys, prefixes } from '../../handlers/shared/bucket-layout';
import { tableNames } from '../../handlers/shared/table-columns';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import { type Objects, isSameObject } from './run-rules';
import type { Simulation } from './simulation';
import { summaryRules } from './summary-rules';

/** @param before - the objects of the bucket before the run */
export function repairRules(
  simulation: Simulation,
  { result }: Run,
  files: RunFiles | undefined,
  before: Objects,
): BrokenRule[] {
  const repairs = 'running again repairs everything';
  if (!files) return [{ rule: repairs, detail: JSON.stringify(result) }];
  const { accounts } = files.manifest;
  const failed = accounts.filter(({ outcome }) => outcome === 'failed');
  const unexpected = unexpectedChanges(files, before, simulation.objects());
  return [
    ...brokenIf(failed.length > 0, repairs, JSON.stringify(failed)),
    ...summaryRules(simulation, files),
    ...brokenIf(unexpected.length > 0, 'running again changes nothing else', unexpected.join(', ')),
  ];
}

/** Keys of objects that changed, other than new files of the run and what every run of a date replaces. */
function unexpectedChanges({ runPrefix, manifest }: RunFiles, before: Objects, after: Objects): string[] {
  const { date, accounts } = manifest;
  const reports = new Set(accounts.map(({ id }) => keys.report(date, id)));
  const ofRun = [`${runPrefix}/`, prefixes.reportPacks(runPrefix)];
  const isNew = (key: string) =>
    !before.has(key) && (reports.has(key) || ofRun.some((prefix) => key.startsWith(prefix)));
  const partitions = tableNames.map((name) => keys.partition(name, date));
  const isReplaced = (key: string) => key.startsWith(prefixes.organization(date)) || partitions.includes(key);
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !isNew(key) && !isReplaced(key) && !isSameObject(before.get(key), after.get(key)),
  );
}

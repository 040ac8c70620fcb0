/** What holds for a run without faults that follows the others: it repairs what is missing. */
import { prefixes } from '../../handlers/shared/bucket-layout';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import { isOfAccount, isOfDayView } from './run-rules';
import { type Objects, changedKeys } from './stored-bucket';

/**
 * @param before - the objects of the bucket before the run
 * @param after - and after it
 */
export function repairRules(
  { result }: Run,
  files: RunFiles | undefined,
  before: Objects,
  after: Objects,
): BrokenRule[] {
  const repairs = 'running again repairs everything';
  if (!files) return [{ rule: repairs, detail: JSON.stringify(result) }];
  const failed = files.manifest.accounts.filter(
    (account) =>
      account.outcome === 'failed' ||
      (account.outcome === 'collected' && account.serviceCredentials?.outcome !== 'collected'),
  );
  const unexpected = changedKeys(before, after).filter((key) => !isOfRun(files, key, before));
  return [
    ...brokenIf(failed.length > 0, repairs, JSON.stringify(failed)),
    ...brokenIf(unexpected.length > 0, 'running again changes nothing else', unexpected.join(', ')),
  ];
}

/** Whether a key is a new one of the run, or one that every run of a date replaces. */
function isOfRun({ run, key: manifest }: RunFiles, key: string, before: Objects): boolean {
  if (isOfAccount(key) || isOfDayView(key)) return true;
  const folders = [
    `${prefixes.ledgers}${run}/`,
    prefixes.outcomes(run),
    prefixes.reviews(run),
    `${prefixes.runs}${run}/`,
    manifest.replace('.json', '.'),
    prefixes.signingKeys,
  ];
  return !before.has(key) && folders.some((folder) => key.startsWith(folder));
}

/** What holds for every run, whatever goes wrong. */
import { accountOfList, accountOfReport, prefixes } from '../../handlers/shared/bucket-layout';
import { accountRules } from './account-rules';
import { type BrokenRule, brokenIf } from './broken-rule';
import { failuresWithoutFault } from './failures-without-fault';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';
import { listingRules } from './listing-rules';
import { type Objects, changedKeys } from './stored-bucket';
import { manifestRules } from './manifest-rules';
import { totalRules } from './total-rules';
import { tellsUnsigned, signatureRules } from './signature-rules';

/** @param files - nothing if the run failed */
export function runRules(simulation: Simulation, run: Run, files: RunFiles | undefined): BrokenRule[] {
  if (run.endless) return [{ rule: 'a run ends', detail: `${run.deliveries.length} deliveries` }];
  return [
    ...functionRules(run),
    ...(files ? completedRunRules(simulation, run, files) : failedRunRules(run)),
  ];
}

/** Every run of a date replaces reports, lists and the view of the day; it must not touch anything else of another run. */
export function earlierRunRules(before: Objects, after: Objects): BrokenRule[] {
  const isShared = (key: string) => isOfAccount(key) || isOfDayView(key);
  const changed = changedKeys(before, after).filter((key) => before.has(key) && !isShared(key));
  return brokenIf(
    changed.length > 0,
    'a run changes nothing that another run has written',
    changed.join(', '),
  );
}

/** Whether an object is the report or the list of an account, which runs of a date replace. */
export const isOfAccount = (key: string) =>
  accountOfReport(key) !== undefined || accountOfList(key) !== undefined;

/** Whether runs of a date replace an object with that of the newest. */
export const isOfDayView = (key: string) =>
  key.startsWith(prefixes.allDays) || key.startsWith(prefixes.allTables);

function functionRules(run: Run): BrokenRule[] {
  return failuresWithoutFault(run).map(({ execution, function: name, error }) => ({
    rule: 'a function fails only because of a fault',
    detail: `${execution} ${name}: ${String(error)}`,
  }));
}

function completedRunRules(simulation: Simulation, run: Run, files: RunFiles): BrokenRule[] {
  const sortedIds = (accounts: { id: string }[]) => accounts.map(({ id }) => id).sort();
  const { ledger, manifest } = files;
  const [listed, reconciled] = [sortedIds(ledger.accounts).join(), sortedIds(manifest.accounts).join()];
  return [
    ...listingRules(simulation, run, files),
    ...brokenIf(listed !== reconciled, 'every account of the ledger has exactly one outcome', reconciled),
    ...manifest.accounts.flatMap((account) => accountRules(simulation, run, files, account)),
    ...manifestRules(simulation, run, files),
    ...totalRules(simulation, run, files),
    ...signatureRules(simulation, run, files),
    ...digestRules(run, files),
  ];
}

function digestRules({ notifications, execution }: Run, { manifest }: RunFiles): BrokenRule[] {
  const { failed, collected } = manifest.totals;
  const isUnsigned = notifications.some(tellsUnsigned);
  return brokenIf(
    notifications.length !== (failed > 0 || collected === 0 || isUnsigned ? 1 : 0),
    'a run sends one digest if accounts failed, none was collected or it is not signed, and none otherwise',
    `${execution}: ${notifications.length}`,
  );
}

function failedRunRules({ result, notifications, lastAttemptFailed }: Run): BrokenRule[] {
  return [
    ...brokenIf(
      !lastAttemptFailed('list-accounts') && !lastAttemptFailed('summarize-run'),
      'a run fails only if its listing or its summary failed at every attempt',
      JSON.stringify(result),
    ),
    ...brokenIf(
      notifications.length !== 1 || !isAbout(result, notifications[0]?.message ?? ''),
      'a run that fails sends one message',
      JSON.stringify(notifications),
    ),
  ];
}

/** Whether it is the message of the rule about runs that fail, with the error of the run. */
const isAbout = (result: Run['result'], message: string): boolean =>
  result.status === 'FAILED' && message.includes(`"error":${JSON.stringify(result.error)}`);

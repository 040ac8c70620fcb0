/** What holds for every run, whatever goes wrong. */
import { prefixes } from '../../handlers/shared/bucket-layout';
import type { Ledger } from '../../handlers/shared/run-files';
import { accountRules } from './account-rules';
import { type BrokenRule, brokenIf } from './broken-rule';
import { failuresWithoutFault } from './failures-without-fault';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';

export type Objects = ReadonlyMap<string, Buffer>;

export const isSameObject = (one: Buffer | undefined, other: Buffer | undefined) =>
  one !== undefined && other !== undefined && one.equals(other);

/** @param files - nothing if the run failed */
export function runRules(simulation: Simulation, run: Run, files: RunFiles | undefined): BrokenRule[] {
  if (run.endless) return [{ rule: 'a run ends', detail: `${run.deliveries.length} deliveries` }];
  return [
    ...functionRules(run),
    ...(files ? completedRunRules(simulation, run, files) : failedRunRules(run)),
  ];
}

/** Every run of a date replaces reports, tables and page; it must not touch the folder of another run. */
export function earlierRunRules(before: Objects, after: Objects): BrokenRule[] {
  const changed = [...before].filter(
    ([key, content]) =>
      [prefixes.runs, prefixes.allReportPacks].some((prefix) => key.startsWith(prefix)) &&
      !isSameObject(content, after.get(key)),
  );
  return brokenIf(
    changed.length > 0,
    'a run changes nothing in the folder of another run',
    changed.map(([key]) => key).join(', '),
  );
}

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
    ...brokenIf(
      listed !== expectedLedger(simulation, run, ledger).join(),
      'the ledger has every account of the organization once',
      listed,
    ),
    ...brokenIf(listed !== reconciled, 'every account of the ledger has exactly one outcome', reconciled),
    ...manifest.accounts.flatMap((account) => accountRules(simulation, run, files, account)),
    ...digestRules(run, files),
  ];
}

/** An account that left during the run has to be listed; one that left before may be missing. */
function expectedLedger(simulation: Simulation, { hits }: Run, { accounts }: Ledger): string[] {
  const listed = new Set(accounts.map(({ id }) => id));
  const leftDuringRun = new Set(
    hits.flatMap(({ kind, account }) => (kind === 'account-left' ? account : [])),
  );
  return [...simulation.accounts.keys()]
    .filter((id) => simulation.organization.account(id) ?? (listed.has(id) || leftDuringRun.has(id)))
    .sort();
}

function digestRules({ notifications, execution }: Run, { manifest }: RunFiles): BrokenRule[] {
  const { failed, collected } = manifest.totals;
  return brokenIf(
    notifications.length !== (failed > 0 || collected === 0 ? 1 : 0),
    'a run sends one digest if accounts failed or none was collected, and none otherwise',
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
      notifications.length !== 1 || !notifications[0]?.subject.endsWith('the run failed'),
      'a run that fails sends one message',
      JSON.stringify(notifications),
    ),
  ];
}

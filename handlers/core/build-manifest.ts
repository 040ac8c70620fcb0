import { checks } from '../checks';
import type { Thresholds } from '../checks/check';
import { failureReasons } from '../shared/failure-reasons';
import type { Ledger } from '../shared/run-files';
import { type EarlierManifest, accountChanges } from './changes';
import { type CheckCounts, zeroCounts } from './evaluate';
import type { Exemptions } from './exemptions';
import type { Changes, Manifest, ManifestAccount } from './manifest';

export interface ManifestProps {
  environment: string;
  ledger: Ledger;
  /** Start of the run, ISO 8601. */
  startedAt: string;
  accounts: ManifestAccount[];
  principalsWithFindings: number;
  /** Results by the ID of the check. */
  checkCounts: ReadonlyMap<string, CheckCounts>;
  unknownColumns: ReadonlySet<string>;
  exemptions: Exemptions;
  thresholds: Thresholds;
  /** The run that this one is compared with, if there is one. */
  earlier: EarlierManifest | undefined;
  changeCounts: Pick<Changes, 'newFindings' | 'resolvedFindings' | 'usersAdded' | 'usersRemoved'>;
}

/** Assembles everything that is known about a run. */
export function buildManifest(props: ManifestProps): Manifest {
  const { environment, ledger, startedAt, accounts, exemptions, thresholds, earlier } = props;
  const collected = accounts.filter((account) => account.outcome === 'collected');
  const failed = accounts.filter((account) => account.outcome === 'failed');
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const expected = ledger.accounts.filter(({ skip }) => skip === undefined).length;
  return {
    version: 1,
    environment,
    execution: ledger.execution,
    date: ledger.date,
    startedAt,
    complete: failed.length === 0 && collected.length > 0,
    totals: {
      accounts: ledger.accounts.length,
      expected,
      collected: collected.length,
      failed: failed.length,
      skipped: ledger.accounts.length - expected,
      users: sum(collected.map(({ users }) => users)),
      findings: sum(collected.map(({ findings }) => findings)),
      principalsWithFindings: props.principalsWithFindings,
    },
    failures: byReason(failed),
    checks: checks.map(({ id, title, cis }) => ({
      id,
      title: title(thresholds),
      cis,
      ...(props.checkCounts.get(id) ?? zeroCounts()),
    })),
    exemptions: exemptions.all.map(({ matches: _matches, ...exemption }) => exemption),
    changes: earlier
      ? {
          since: { date: earlier.date, execution: earlier.execution, startedAt: earlier.startedAt },
          ...props.changeCounts,
          ...accountChanges(earlier, accounts),
        }
      : null,
    unknownColumns: [...props.unknownColumns].sort(),
    accounts,
  };
}

function byReason(failed: Extract<ManifestAccount, { outcome: 'failed' }>[]): Manifest['failures'] {
  const groups = Map.groupBy(failed, ({ reason }) => reason);
  return failureReasons.flatMap((reason) => {
    const accounts = groups.get(reason)?.length;
    return accounts ? { reason, accounts } : [];
  });
}

import { checks } from '../checks';
import type { Thresholds } from '../checks/check';
import { failureReasons } from '../shared/failure-reasons';
import type { Ledger } from '../shared/run-files';
import { type EarlierManifest, accountChanges } from './changes';
import { type CheckCounts, zeroCounts } from './evaluate';
import type { Exemptions } from './exemptions';
import type { Changes, Manifest, ManifestAccount, RunContent } from './manifest';

/** Where a run takes place; the same for every run of a deployment. */
export type Place = Pick<
  Manifest,
  'environment' | 'organizationId' | 'accountId' | 'region' | 'productVersion' | 'retentionDays'
>;

export interface ManifestProps {
  place: Place;
  ledger: Ledger;
  accounts: ManifestAccount[];
  principalsWithFindings: number;
  /** Results by the ID of the check. */
  checkCounts: ReadonlyMap<string, CheckCounts>;
  unknownColumns: ReadonlySet<string>;
  exemptions: Exemptions;
  thresholds: Thresholds;
  /** The run that this one is compared with, if there is one. */
  earlier: EarlierManifest | undefined;
  /** What could not be compared or read, and why. */
  notes: readonly string[];
  changeCounts: Pick<Changes, 'newFindings' | 'resolvedFindings' | 'usersAdded' | 'usersRemoved'>;
}

/** Assembles everything that is known about a run. */
export function buildManifest(props: ManifestProps): RunContent {
  const { place, ledger, accounts, exemptions, thresholds, earlier } = props;
  const { unusedDays, rotationDays, rootUnusedDays } = thresholds;
  const collected = accounts.filter((account) => account.outcome === 'collected');
  const failed = accounts.filter((account) => account.outcome === 'failed');
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const expected = ledger.accounts.filter(({ skip }) => skip === undefined).length;
  return {
    ...place,
    execution: ledger.execution,
    date: ledger.date,
    startedAt: ledger.startedAt,
    thresholds: { unusedDays, rotationDays, rootUnusedDays },
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
    notes: [...props.notes],
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

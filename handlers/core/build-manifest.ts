import { checks } from '../checks';
import type { Check, Thresholds } from '../checks/check';
import { cisOf } from '../checks/rules';
import { failureReasons } from '../shared/failure-reasons';
import type { Ledger } from '../shared/run-files';
import { type EarlierManifest, accountChanges } from './changes';
import { type CheckCounts, zeroCounts } from './evaluate';
import type { Exemptions } from './exemptions';
import type { ChangeCounts } from './change-totals';
import type { CheckTotals, Manifest, ManifestAccount, RunContent } from './manifest';

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
  changeCounts: ChangeCounts | undefined;
  /** What could not be compared or read, and why. */
  notes: readonly string[];
}

/** Assembles everything that is known about a run. */
export function buildManifest(props: ManifestProps): RunContent {
  const { place, ledger, accounts, exemptions, thresholds, earlier, changeCounts } = props;
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
    checks: checks.map((check) => ({
      id: check.id,
      title: check.title(thresholds),
      threshold: thresholdOf(check, thresholds),
      cis: cisOf(check, thresholds),
      ...(props.checkCounts.get(check.id) ?? zeroCounts()),
    })),
    exemptions: [...exemptions.all],
    changes:
      earlier && changeCounts
        ? {
            since: { date: earlier.date, execution: earlier.execution, startedAt: earlier.startedAt },
            ...changeCounts,
            ...accountChanges(earlier, accounts),
          }
        : null,
    notes: [...props.notes, ...exemptions.notes()],
    unknownColumns: [...props.unknownColumns].sort(),
    accounts,
  };
}

function thresholdOf({ threshold }: Check, thresholds: Thresholds): CheckTotals['threshold'] {
  if (!threshold) return null;
  const { name, benchmark = null } = threshold;
  return { name, days: thresholds[name], benchmark };
}

function byReason(failed: Extract<ManifestAccount, { outcome: 'failed' }>[]): Manifest['failures'] {
  const groups = Map.groupBy(failed, ({ reason }) => reason);
  return failureReasons.flatMap((reason) => {
    const accounts = groups.get(reason)?.length;
    return accounts ? { reason, accounts } : [];
  });
}

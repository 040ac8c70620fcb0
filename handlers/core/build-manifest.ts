import { type Severity, severities } from '../checks/check';
import { failureReasons } from '../shared/failure-reasons';
import { asksForOwners } from '../shared/events';
import type { Ledger } from '../shared/run-files';
import { type EarlierManifest, accountChanges } from './changes';
import { type CheckCounts, zeroCounts } from './evaluate';
import type { Exemptions } from './exemptions';
import type { ChangeCounts } from './change-totals';
import type {
  CheckTotals,
  FrameworkTotals,
  KeyAgesTotals,
  Manifest,
  ManifestAccount,
  RunContent,
} from './manifest';
import type { ActiveCheck, RuleSet } from './rule-set';

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
  /** Findings about the organization that are not exempt. */
  organizationFindings: number;
  ruleSet: RuleSet;
  /** Results by the ID of the check. */
  checkCounts: ReadonlyMap<string, CheckCounts>;
  /** Results of the chosen frameworks. */
  frameworks: FrameworkTotals[];
  /** Active access keys of users by age. */
  keyAges: KeyAgesTotals;
  unknownColumns: ReadonlySet<string>;
  exemptions: Exemptions;
  /** The run that this one is compared with, if there is one. */
  earlier: EarlierManifest | undefined;
  changeCounts: ChangeCounts | undefined;
  /** What could not be compared or read, and why. */
  notes: readonly string[];
}

/** Assembles everything that is known about a run. */
export function buildManifest(props: ManifestProps): RunContent {
  const { place, ledger, accounts, exemptions, ruleSet, earlier, changeCounts } = props;
  const collected = accounts.filter((account) => account.outcome === 'collected');
  const failed = accounts.filter((account) => account.outcome === 'failed');
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const checks = ruleSet.checks.map((check) => checkTotals(check, props));
  const findingsOf = (chosen: readonly CheckTotals[]) => sum(chosen.map(({ findings }) => findings));
  const expected = ledger.accounts.filter(({ skip }) => skip === undefined).length;
  return {
    ...place,
    execution: ledger.execution,
    date: ledger.date,
    startedAt: ledger.startedAt,
    complete: failed.length === 0 && collected.length > 0,
    totals: {
      accounts: ledger.accounts.length,
      expected,
      collected: collected.length,
      failed: failed.length,
      skipped: ledger.accounts.length - expected,
      withoutRootCredentials: collected.filter(({ rootCredentials }) => rootCredentials === 'none').length,
      users: sum(collected.map(({ users }) => users)),
      findings: sum(collected.map(({ findings }) => findings)) + props.organizationFindings,
      findingsBySeverity: bySeverity((severity) =>
        findingsOf(checks.filter((check) => check.severity === severity)),
      ),
      principalsWithFindings: props.principalsWithFindings,
    },
    serviceCredentials: ledger.settings.serviceCredentials ? listTotals(collected) : null,
    owners: ownerCounts(ledger),
    failures: byReason(failed),
    checks,
    frameworks: props.frameworks,
    keyAges: props.keyAges,
    exemptions: [...exemptions.all],
    changes:
      earlier && changeCounts
        ? {
            since: { date: earlier.date, execution: earlier.execution, startedAt: earlier.startedAt },
            ...changeCounts,
            ...accountChanges(earlier, accounts),
          }
        : null,
    notes: [...(ledger.notes ?? []), ...props.notes, ...exemptions.notes()],
    unknownColumns: [...props.unknownColumns].sort(),
    accounts,
  };
}

function checkTotals(
  { check, severity, rule, isLooser, controls }: ActiveCheck,
  { ruleSet, checkCounts }: ManifestProps,
): CheckTotals {
  return {
    id: check.id,
    title: check.title(ruleSet.context.thresholds),
    severity,
    thresholds: rule,
    benchmark: check.threshold?.benchmark ?? null,
    looser: isLooser,
    controls: [...controls],
    ...(checkCounts.get(check.id) ?? zeroCounts()),
  };
}

const bySeverity = (count: (severity: Severity) => number) =>
  Object.fromEntries(severities.map((severity) => [severity, count(severity)])) as Record<Severity, number>;

function ownerCounts({ settings, accounts }: Ledger): Manifest['owners'] {
  if (!settings.owners || !asksForOwners(settings.owners)) return null;
  const owners = accounts.filter(({ skip }) => skip === undefined).map(({ owner }) => owner);
  const unknown = owners.filter((owner) => owner === undefined).length;
  const none = owners.filter((owner) => owner === null).length;
  return { known: owners.length - none - unknown, none, unknown };
}

function byReason(failed: Extract<ManifestAccount, { outcome: 'failed' }>[]): Manifest['failures'] {
  const groups = Map.groupBy(failed, ({ reason }) => reason);
  return failureReasons.flatMap((reason) => {
    const accounts = groups.get(reason)?.length;
    return accounts ? { reason, accounts } : [];
  });
}

function listTotals(
  collected: Extract<ManifestAccount, { outcome: 'collected' }>[],
): Manifest['serviceCredentials'] {
  const lists = collected.flatMap(({ serviceCredentials: list }) =>
    list?.outcome === 'collected' ? [list] : [],
  );
  return {
    collected: lists.length,
    unknown: collected.length - lists.length,
    credentials: lists.reduce((total, { credentials }) => total + credentials, 0),
  };
}

import { keys } from '../shared/bucket-layout';
import type { Collected, Failed, Ledger, LedgerAccount, Outcome } from '../shared/run-files';
import { throwIfAny } from './assert-consistent';

export type AccountIdentity = Pick<LedgerAccount, 'id' | 'name' | 'path' | 'unitNames' | 'owner' | 'tags'>;

/** An account of the ledger with its outcome: exactly one of the three. */
export type ReconciledAccount = AccountIdentity &
  (
    | Omit<Collected, 'account'>
    | Omit<Failed, 'account'>
    | { outcome: 'skipped'; state: string; detail: string }
  );

export type CollectedAccount = Extract<ReconciledAccount, { outcome: 'collected' }>;
export type AccountWithoutReport = Exclude<ReconciledAccount, CollectedAccount>;

/** The batches whose outcomes count. Others were given up by `list-accounts`, or are those of a try of it that failed. */
export const ownBatches = ({ accounts }: Pick<Ledger, 'accounts'>): ReadonlySet<number> =>
  new Set(accounts.flatMap(({ batch }) => batch ?? []));

/**
 * Tells whether an outcome of a batch counts. An account that its first batch left open belongs to another one, but what a batch
 * recorded after `list-accounts` had given it up is still there. The account may have left the organization since. In a batch that
 * counts, an account that the ledger does not expect is a contradiction, which {@link reconcile} tells.
 */
export function outcomesThatCount(
  ledger: Pick<Ledger, 'accounts'>,
): (batch: number, outcome: Pick<Outcome, 'account'>) => boolean {
  const batchOf = new Map(ledger.accounts.map(({ id, batch }) => [id, batch]));
  const own = ownBatches(ledger);
  return (batch, { account }) => own.has(batch) && (batchOf.get(account) ?? batch) === batch;
}

/**
 * Compares the ledger with the outcomes. Whether the reports are in the bucket is another question: see
 * `report-evidence.ts`.
 * @returns every account of the ledger, by ID
 * @throws {@link InconsistentTotals} when ledger and outcomes contradict each other
 */
export function reconcile({ date, accounts }: Ledger, outcomes: readonly Outcome[]): ReconciledAccount[] {
  const byAccount = new Map(outcomes.map((outcome) => [outcome.account, outcome]));
  const expected = new Set(accounts.filter(({ skip }) => skip === undefined).map(({ id }) => id));
  const unexpected = [...byAccount.keys()].filter((id) => !expected.has(id));
  throwIfAny(
    byAccount.size < outcomes.length
      ? `there are ${outcomes.length} outcomes for ${byAccount.size} accounts`
      : undefined,
    unexpected.length > 0
      ? `there are outcomes for accounts that were not expected: ${unexpected.join(', ')}`
      : undefined,
    ...outcomes.map((outcome) =>
      outcome.outcome === 'collected' && outcome.key !== keys.report(date, outcome.account)
        ? `the outcome of ${outcome.account} names another report: ${outcome.key}`
        : undefined,
    ),
    ...outcomes.map((outcome) => {
      const list = outcome.outcome === 'collected' ? outcome.serviceCredentials : undefined;
      return list?.outcome === 'collected' && list.key !== keys.serviceCredentials(date, outcome.account)
        ? `the outcome of ${outcome.account} names another list of service-specific credentials: ${list.key}`
        : undefined;
    }),
  );
  return accounts
    .map((account) => reconciled(account, byAccount.get(account.id)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function reconciled(account: LedgerAccount, outcome: Outcome | undefined): ReconciledAccount {
  const { state, skip } = account;
  const identity = identityOf(account);
  if (skip !== undefined) return { ...identity, outcome: 'skipped', state, detail: skip };
  if (!outcome) {
    const detail =
      'No outcome was recorded: see the failed child executions of CollectReports and the log of collect-reports.';
    return { ...identity, outcome: 'failed', reason: 'batch-failed', detail };
  }
  const { account: _account, ...rest } = outcome;
  return { ...identity, ...rest };
}

export function identityOf({ id, name, path, unitNames, owner, tags }: AccountIdentity): AccountIdentity {
  return {
    id,
    name,
    ...(path && { path }),
    ...(unitNames !== undefined && { unitNames }),
    ...(owner !== undefined && { owner }),
    ...(tags && { tags }),
  };
}

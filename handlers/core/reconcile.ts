import { keys } from '../shared/bucket-layout';
import type { Collected, Failed, Ledger, LedgerAccount, Outcome } from '../shared/run-files';
import { refuse } from './assert-consistent';

export type AccountIdentity = Pick<LedgerAccount, 'id' | 'name' | 'path'>;

/** An account of the ledger with what became of it; exactly one of the three. */
export type ReconciledAccount = AccountIdentity &
  (
    | Omit<Collected, 'account'>
    | Omit<Failed, 'account'>
    | { outcome: 'skipped'; state: string; detail: string }
  );

export type CollectedAccount = Extract<ReconciledAccount, { outcome: 'collected' }>;
export type AccountWithoutReport = Exclude<ReconciledAccount, CollectedAccount>;

/**
 * Holds the ledger against the outcomes, and the outcomes against what lies in the bucket.
 * @param reports - keys of the reports of the date that are in the bucket
 * @throws InconsistentTotals when ledger and outcomes contradict each other
 */
export function coverage(
  { date, accounts }: Ledger,
  outcomes: readonly Outcome[],
  reports: { has: (key: string) => boolean },
): ReconciledAccount[] {
  const byAccount = new Map(outcomes.map((outcome) => [outcome.account, outcome]));
  const expected = new Set(accounts.flatMap(({ id, skip }) => (skip === undefined ? id : [])));
  const unexpected = [...byAccount.keys()].filter((id) => !expected.has(id));
  refuse(
    byAccount.size < outcomes.length
      ? `${outcomes.length} outcomes of ${byAccount.size} accounts`
      : undefined,
    unexpected.length > 0
      ? `outcomes of accounts that were not expected: ${unexpected.join(', ')}`
      : undefined,
  );
  return accounts
    .map((account) => covered(account, byAccount.get(account.id), reports.has(keys.report(date, account.id))))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function covered(account: LedgerAccount, outcome: Outcome | undefined, stored: boolean): ReconciledAccount {
  const { id, name, path, state, skip } = account;
  const who = { id, name, ...(path && { path }) };
  if (skip !== undefined) return { ...who, outcome: 'skipped', state, detail: skip };
  if (!outcome) {
    const detail =
      'No outcome was recorded: see the failed child executions of CollectReports and their function log.';
    return { ...who, outcome: 'failed', reason: 'batch-failed', detail };
  }
  if (outcome.outcome === 'collected' && !stored) {
    return missing(who, outcome.collectedAt);
  }
  const { account: _account, ...what } = outcome;
  return { ...who, ...what };
}

/** The report was collected, and is gone. */
export function missing({ id, name, path }: AccountIdentity, collectedAt: string): AccountWithoutReport {
  const who = { id, name, ...(path && { path }) };
  const detail = `The report was stored at ${collectedAt} and is not in the bucket any more.`;
  return { ...who, outcome: 'failed', reason: 'report-missing', detail };
}

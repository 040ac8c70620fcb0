import type { Collected, Failed, Ledger, LedgerAccount, Outcome } from './contract';

/** An account of the ledger with what became of it; exactly one of the three. */
export type Covered = Pick<LedgerAccount, 'id' | 'name' | 'path'> &
  (
    | Omit<Collected, 'account'>
    | Omit<Failed, 'account'>
    | { outcome: 'skipped'; state: string; detail: string }
  );

export interface Coverage {
  execution: string;
  date: string;
  totals: { accounts: number; collected: number; failed: number; skipped: number };
  accounts: Covered[];
}

/** Holds the ledger against the outcomes. An account without an outcome failed: its batch did not get to it. */
export function coverage({ execution, date, accounts }: Ledger, outcomes: Outcome[]): Coverage {
  const byAccount = new Map(outcomes.map((outcome) => [outcome.account, outcome]));
  const covered = accounts.map((account) => covers(account, byAccount.get(account.id)));
  const total = (kind: Covered['outcome']) => covered.filter(({ outcome }) => outcome === kind).length;
  return {
    execution,
    date,
    totals: {
      accounts: covered.length,
      collected: total('collected'),
      failed: total('failed'),
      skipped: total('skipped'),
    },
    accounts: covered,
  };
}

function covers({ id, name, path, state, skip }: LedgerAccount, outcome: Outcome | undefined): Covered {
  const who = { id, name, ...(path && { path }) };
  if (skip !== undefined) return { ...who, outcome: 'skipped', state, detail: skip };
  if (outcome) {
    const { account: _account, ...what } = outcome;
    return { ...who, ...what };
  }
  return {
    ...who,
    outcome: 'failed',
    reason: 'batch-failed',
    detail:
      'No outcome was recorded: see the failed child executions of CollectReports and their function log.',
  };
}

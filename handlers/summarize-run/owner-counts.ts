import { type Severity, severities } from '../checks/check';
import type { AccountChanges } from '../core/changes';
import type { Finding } from '../core/evaluate';
import type { AccountIdentity } from '../core/reconcile';

/** What is found in the accounts of an owner. */
export interface OwnerTotals {
  /** Null: accounts without an owner; undefined: accounts whose owner is not known. */
  owner: string | null | undefined;
  newFindings: number;
  resolvedFindings: number;
  /** Findings that are not exempt, without those of accounts that failed. */
  open: Record<Severity, number>;
  /** Accounts that have them. */
  accounts: number;
}

/**
 * Counts findings by the owners of their accounts, of which there are at most as many as accounts: nothing of it is a
 * sample. Findings about the organization belong to nobody.
 */
export class OwnerCounts {
  private readonly owners = new Map<OwnerTotals['owner'], OwnerTotals>();

  /** @param open - the findings of a collected account that are not exempt */
  addOpen(account: AccountIdentity, open: readonly Pick<Finding, 'severity'>[]): void {
    if (open.length === 0) return;
    const totals = this.of(account);
    totals.accounts++;
    for (const { severity } of open) totals.open[severity]++;
  }

  addChanges(
    account: AccountIdentity,
    { newFindings, resolvedFindings }: Pick<AccountChanges, 'newFindings' | 'resolvedFindings'>,
  ): void {
    if (newFindings.length + resolvedFindings.length === 0) return;
    const totals = this.of(account);
    totals.newFindings += newFindings.length;
    totals.resolvedFindings += resolvedFindings.length;
  }

  /** Those who have something: first the accounts without an owner, then the owners, the worst first. */
  get worstFirst(): OwnerTotals[] {
    return [...this.owners.values()].sort(byRank);
  }

  private of({ owner }: AccountIdentity): OwnerTotals {
    const name = owner ? owner.name : owner;
    const found = this.owners.get(name);
    if (found) return found;
    const open = { critical: 0, high: 0, medium: 0, low: 0 };
    const totals = { owner: name, newFindings: 0, resolvedFindings: 0, open, accounts: 0 };
    this.owners.set(name, totals);
    return totals;
  }
}

/** A single critical finding is worse than many of another severity. */
function byRank(a: OwnerTotals, b: OwnerTotals): number {
  if (typeof a.owner !== 'string' || typeof b.owner !== 'string') return kindOf(a) - kindOf(b);
  for (const severity of severities) {
    const difference = b.open[severity] - a.open[severity];
    if (difference !== 0) return difference;
  }
  return (
    b.newFindings - a.newFindings || b.resolvedFindings - a.resolvedFindings || (a.owner < b.owner ? -1 : 1)
  );
}

const kindOf = ({ owner }: OwnerTotals): number => (owner === null ? 0 : owner === undefined ? 1 : 2);

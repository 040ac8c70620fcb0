import { type ChangeCounts, ChangeTotals, imbalanceOf } from '../core/change-totals';
import { type AccountChanges, changesOf, isUser } from '../core/changes';
import type { AccountIdentity } from '../core/reconcile';
import { type Rules, areSameRules, isSameRule, ruleOf } from '../core/rules';
import { type AccountSnapshot, type ComparedFinding, openFindings } from '../core/snapshot';
import { snapshotProblems } from '../core/snapshot-header';
import { type Undecided, withUndecided } from '../core/undecided';
import { log } from '../shared/log';
import type { EarlierRun } from './history/earlier-runs';

/** An account that left the organization, with what it had. */
export interface RemovedAccount {
  account: AccountIdentity;
  users: string[];
  findings: ComparedFinding[];
}

export interface ComparedAccount {
  /** Undefined if that cannot be known. */
  changes: AccountChanges | undefined;
  snapshot: AccountSnapshot;
}

/** Compares the accounts of a run with the earlier run, in the order of their IDs. It is a help and never ends a run. */
export class Comparison {
  private readonly totals: ChangeTotals;
  private names: Map<string, string> | undefined;

  constructor(
    private readonly earlier: Pick<EarlierRun, 'manifest' | 'snapshot'>,
    private readonly rules: Rules,
  ) {
    this.totals = new ChangeTotals(earlier.snapshot.rules, rules);
  }

  /**
   * Accounts of the earlier run that are not in the ledger any more. Nothing of them is kept.
   * @param account - the next account of the ledger; none at the end
   */
  async *removedBefore(account?: string): AsyncGenerator<RemovedAccount, undefined> {
    for await (const before of this.earlier.snapshot.until(account)) {
      const users = before.users.map(([user]) => user).filter(isUser);
      const findings = openFindings(before);
      const { counts } = this.totals;
      counts.findingsBefore += findings.length;
      counts.findingsOfRemovedAccounts += findings.length;
      counts.usersOfRemovedAccounts += users.length;
      yield { account: { id: before.account, name: this.nameOf(before.account) }, users, findings };
    }
  }

  /**
   * What changed in an account, and its snapshot for the next run.
   * @param undecided - what is unknown now and may have been known before
   */
  async compared(after: AccountSnapshot, undecided: readonly Undecided[] = []): Promise<ComparedAccount> {
    const { snapshot } = this.earlier;
    const before = await snapshot.take(after.account);
    const rulesBefore = before?.rules ?? snapshot.rules;
    const isComparable = (check: string) => isSameRule(ruleOf(rulesBefore, check), ruleOf(this.rules, check));
    const now = before ? withUndecided(after, before, undecided, isComparable) : after;
    this.totals.counts.findingsNow += openFindings(now).length;
    if (!before && snapshot.problem) return { changes: undefined, snapshot: now };
    const changes = changesOf(before, now, rulesBefore, this.rules);
    this.totals.add(changes, rulesBefore);
    this.totals.counts.findingsBefore += before ? openFindings(before).length : 0;
    return { changes, snapshot: now };
  }

  /** The snapshot of an account that has no report now, with the rules that it was judged by. */
  async kept(account: string): Promise<AccountSnapshot | undefined> {
    const { snapshot } = this.earlier;
    const before = await snapshot.take(account);
    if (!before) return undefined;
    const findings = openFindings(before).length;
    this.totals.counts.findingsBefore += findings;
    this.totals.counts.findingsNow += findings;
    const { users, rules = snapshot.rules } = before;
    return { account, users, ...(!areSameRules(rules, this.rules) && { rules }) };
  }

  get counts(): ChangeCounts {
    return this.totals.all;
  }

  /** What is wrong with the comparison. Call it at the end; it is logged. */
  notes(): string[] {
    const { problem } = this.earlier.snapshot;
    const note = problem
      ? `The snapshot of the earlier run ${snapshotProblems[problem]}; the accounts after that place were not compared.`
      : imbalanceOf(this.totals.counts);
    if (note === undefined) return [];
    log('could not compare with the earlier run completely', {
      note,
      since: this.earlier.manifest.execution,
    });
    return [note];
  }

  private nameOf(id: string): string {
    this.names ??= new Map(this.earlier.manifest.accounts.map((account) => [account.id, account.name]));
    return this.names.get(id) ?? '';
  }
}

import type { Rules } from '../../core/rules';
import type { AccountSnapshot } from '../../core/snapshot';
import { type SnapshotProblem, readSnapshotHeader, readSnapshotLine } from '../../core/snapshot-header';

/**
 * Reads the snapshot of an earlier run line by line, while the current run goes through the accounts in the same order.
 * Comparison must not end a run: what cannot be read is a `problem`, and reading stops there.
 */
export class EarlierSnapshot {
  /** Why the snapshot could not be read to its end. What it says about later accounts is unknown. */
  problem: SnapshotProblem | undefined;
  private next: AccountSnapshot | undefined;
  private isStarted = false;

  private constructor(
    /** The rules of the earlier run. */
    readonly rules: Rules,
    private readonly lines: AsyncIterator<string, undefined>,
  ) {}

  /** Reads the header; returns why the snapshot cannot be compared with if it cannot. */
  static async open(
    lines: AsyncIterator<string, undefined>,
    environment: string,
  ): Promise<EarlierSnapshot | SnapshotProblem> {
    try {
      const header = readSnapshotHeader((await lines.next()).value, environment);
      return 'problem' in header ? header.problem : new EarlierSnapshot(header.rules, lines);
    } catch {
      return 'unreadable';
    }
  }

  /** The accounts that were not asked for yet, before this one; all that are left if none is named. */
  async *until(account?: string): AsyncGenerator<AccountSnapshot, undefined> {
    if (!this.isStarted) await this.advance();
    for (let next = this.next; next && (account === undefined || next.account < account); next = this.next) {
      yield next;
      await this.advance();
    }
  }

  /**
   * The snapshot of an account, once. Call it in the order of the account IDs, after {@link until}.
   */
  async take(account: string): Promise<AccountSnapshot | undefined> {
    const found = this.next;
    if (found?.account !== account) return undefined;
    await this.advance();
    return found;
  }

  private async advance(): Promise<void> {
    const before = this.isStarted ? this.next?.account : undefined;
    this.isStarted = true;
    this.next = undefined;
    try {
      const { value } = await this.lines.next();
      if (value === undefined) return;
      const line = readSnapshotLine(value);
      if (line && (before === undefined || before < line.account)) this.next = line;
      else this.problem = 'damaged-line';
    } catch {
      this.problem = 'unreadable';
    }
  }
}

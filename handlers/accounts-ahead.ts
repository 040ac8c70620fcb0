import type { AskAheadEvent } from './contract';
import { log } from './log';

export interface AccountsAheadProps {
  run: string;
  /** Accounts that are handed over at once. */
  batchSize: number;
  /**
   * Hands accounts over to be asked.
   * @default - nobody is asked before all are listed
   */
  askAhead?: ((event: AskAheadEvent) => Promise<unknown>) | undefined;
}

/** Hands accounts over while the listing goes on. Nothing depends on it: every account is asked again, and heard. */
export class AccountsAhead {
  private accounts: string[] = [];
  private readonly handedOver: Promise<void>[] = [];

  constructor(private readonly props: AccountsAheadProps) {}

  add(accounts: readonly string[]): void {
    this.accounts.push(...accounts);
    while (this.accounts.length >= this.props.batchSize) {
      this.handedOver.push(this.handOver(this.accounts.splice(0, this.props.batchSize)));
    }
  }

  /** Resolves when all that was handed over has arrived, or cannot. */
  async arrived(): Promise<void> {
    await Promise.all(this.handedOver);
  }

  private async handOver(accounts: string[]): Promise<void> {
    const { run, askAhead } = this.props;
    try {
      await askAhead?.({ run, askAhead: accounts });
    } catch (error) {
      log('accounts are not asked ahead', { run, accounts: accounts.length, error: String(error) });
    }
  }
}

import type { AskAccountsEvent } from './contract';
import { log } from './log';

export interface AccountsAheadProps {
  run: string;
  /** Accounts that are handed over at once. */
  size: number;
  /**
   * Hands accounts over to `ask-accounts`, and does not wait until they are asked.
   * @default - nobody is asked before all are listed
   */
  askAccounts?: ((event: AskAccountsEvent) => Promise<unknown>) | undefined;
}

/**
 * Has accounts asked for their reports while others are still being listed. Nothing depends on it: every account is
 * asked again, and heard, at the first look at its batch.
 */
export class AccountsAhead {
  private waiting: string[] = [];
  private readonly handedOver: Promise<void>[] = [];

  constructor(private readonly props: AccountsAheadProps) {}

  add(accounts: readonly string[]): void {
    this.waiting.push(...accounts);
    while (this.waiting.length >= this.props.size) {
      this.handedOver.push(this.handOver(this.waiting.splice(0, this.props.size)));
    }
  }

  /** Resolves when all that was handed over has arrived, or cannot. */
  async arrived(): Promise<void> {
    await Promise.all(this.handedOver);
  }

  private async handOver(accounts: string[]): Promise<void> {
    const { run, askAccounts } = this.props;
    try {
      await askAccounts?.({ run, accounts });
    } catch (error) {
      log('accounts are not asked ahead', { run, accounts: accounts.length, error: String(error) });
    }
  }
}

import type { RequestReportsEvent } from '../shared/events';
import { log } from '../shared/log';

export interface ReportPrefetchProps {
  run: string;
  /** Accounts that are handed over at once. */
  size: number;
  /**
   * Hands accounts over to `request-reports`, and does not wait until they are asked.
   * @default - nobody is asked before all are listed
   */
  requestReports?: ((event: RequestReportsEvent) => Promise<unknown>) | undefined;
}

/**
 * Has accounts asked for their reports while others are still being listed. Nothing depends on it: every account is
 * asked again, and heard, at the first look at its batch.
 */
export class ReportPrefetch {
  private waiting: string[] = [];
  private readonly handedOver: Promise<void>[] = [];

  constructor(private readonly props: ReportPrefetchProps) {}

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
    const { run, requestReports } = this.props;
    try {
      await requestReports?.({ run, accounts });
    } catch (error) {
      log('accounts are not asked ahead', { run, accounts: accounts.length, error: String(error) });
    }
  }
}

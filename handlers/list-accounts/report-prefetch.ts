import type { RequestReportsEvent } from '../shared/events';
import { log } from '../shared/log';

export interface ReportPrefetchProps {
  run: string;
  /** Accounts per invocation. */
  batchSize: number;
  /**
   * Invokes `request-reports` for some accounts without waiting for it to finish.
   * @default - no report is requested early
   */
  requestReports?: ((event: RequestReportsEvent) => Promise<unknown>) | undefined;
}

/**
 * Requests reports early, while other accounts are still being listed, so that most are ready at the first poll. Nothing
 * depends on it: `collect-reports` requests every report itself.
 */
export class ReportPrefetch {
  private queued: string[] = [];
  private readonly requests: Promise<void>[] = [];

  constructor(private readonly props: ReportPrefetchProps) {}

  add(accounts: readonly string[]): void {
    this.queued.push(...accounts);
    while (this.queued.length >= this.props.batchSize) {
      this.requests.push(this.request(this.queued.splice(0, this.props.batchSize)));
    }
  }

  /** Resolves when every invocation has been accepted or has failed. */
  async done(): Promise<void> {
    await Promise.all(this.requests);
  }

  private async request(accounts: string[]): Promise<void> {
    const { run, requestReports } = this.props;
    try {
      await requestReports?.({ run, accounts });
    } catch (error) {
      log('prefetch failed; reports are requested at the first poll', {
        run,
        accounts: accounts.length,
        error: String(error),
      });
    }
  }
}

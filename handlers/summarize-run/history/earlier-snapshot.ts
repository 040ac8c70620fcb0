import { type AccountSnapshot, SNAPSHOT_HEADER } from '../../core/snapshot';

/** Reads the snapshot of an earlier run line by line, while the current run goes through the accounts in the same order. */
export class EarlierSnapshot {
  private next: AccountSnapshot | undefined;
  private started = false;

  constructor(private readonly lines: AsyncIterator<string, undefined>) {}

  /** The snapshot of an account. Call it in the order of the account IDs. */
  async of(account: string): Promise<AccountSnapshot | undefined> {
    if (!this.started) await this.start();
    while (this.next && this.next.account < account) await this.advance();
    return this.next?.account === account ? this.next : undefined;
  }

  private async start(): Promise<void> {
    this.started = true;
    const { value } = await this.lines.next();
    if (`${value}\n` !== SNAPSHOT_HEADER) {
      throw new Error('The snapshot of the previous run does not start with the snapshot header');
    }
    await this.advance();
  }

  private async advance(): Promise<void> {
    const { value } = await this.lines.next();
    this.next = value === undefined ? undefined : (JSON.parse(value) as AccountSnapshot);
  }
}

/** Shortest time between two changes of the line, ms. */
const INTERVAL = 100;

/** Shows on a terminal what is being verified, in one line that is removed before anything else is printed. */
export class Progress {
  private shownAt = 0;
  private isShown = false;

  constructor(private readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>) {}

  show(what: string, done: number, total: number): void {
    if (!this.stream.isTTY || Date.now() - this.shownAt < INTERVAL) return;
    this.shownAt = Date.now();
    this.isShown = true;
    this.stream.write(
      `\r\u001b[KVerifying ${what}: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`,
    );
  }

  clear(): void {
    if (this.isShown) this.stream.write('\r\u001b[K');
    this.isShown = false;
  }
}

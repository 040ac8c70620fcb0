import { printableLine } from '../../local/printable';

/** Shortest time between two changes of the line, ms. */
const INTERVAL = 100;

/** Shows on a terminal what is being done, in one line that is removed before anything else is printed. */
export class Progress {
  private shownAt = 0;
  private isShown = false;

  /** @param verb - what is being done, such as `Verifying` */
  constructor(
    private readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
    private readonly verb: string,
  ) {}

  show(what: string, done: number, total: number): void {
    if (!this.stream.isTTY || Date.now() - this.shownAt < INTERVAL) return;
    this.shownAt = Date.now();
    this.isShown = true;
    const line = `${this.verb} ${what}: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`;
    // A line that wraps could not be removed; a terminal that has no size says 0 columns.
    this.stream.write(`\r\u001b[K${printableLine(line).slice(0, (this.stream.columns || 80) - 1)}`);
  }

  clear(): void {
    if (this.isShown) this.stream.write('\r\u001b[K');
    this.isShown = false;
  }
}

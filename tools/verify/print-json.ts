import { countsOf } from './findings';
import type { Printer } from './printer';
import type { Summary } from './summary';
import type { Event } from './verify';

/** Prints one JSON object with every finding, piece by piece, so that years need no memory. */
export class JsonPrinter implements Printer {
  private last: Event['kind'] | undefined;

  constructor(private readonly write: (text: string) => void) {}

  start(store: string): void {
    this.write(`{"store":${JSON.stringify(store)},"environments":[`);
  }

  event({ kind, ...report }: Event): void {
    if (kind === 'day' && this.last !== 'day') this.write('],"days":[');
    else if (this.last === kind) this.write(',');
    this.last = kind;
    this.write(`\n${JSON.stringify({ ...report, counts: countsOf(report.findings) })}`);
  }

  end({ totals, counts, exitCode }: Summary, limits: readonly string[], error?: string): void {
    if (this.last !== 'day') this.write('],"days":[');
    const rest = { verified: totals, counts, limits, ...(error !== undefined && { error }) };
    this.write(
      `],\n"exitCode":${exitCode || (error === undefined ? 0 : 2)},${JSON.stringify(rest).slice(1)}\n`,
    );
  }
}

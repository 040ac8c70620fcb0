import type { CollectReportsEvent, PollResult, Run } from '../handlers/shared/events';
import type { Display } from './display';

/** Shows the progress of a run from what its functions return. */
export class RunProgress {
  /** What `list-accounts` returned. */
  run: Run | undefined;
  private readonly decided = new Map<number, number>();

  constructor(private readonly display: Display) {}

  invoked(event: unknown, result: unknown): void {
    if (isRun(result)) {
      const { expected, skipped, batches } = result;
      this.run = result;
      this.display.say(
        `Listed ${expected + skipped} accounts: ${expected} expected, ${skipped} skipped; batches: ${batches.length}`,
      );
      this.display.expect(expected);
    } else if (isPollResult(result)) {
      this.decided.set((event as CollectReportsEvent).batch, result.decided);
      this.display.progress([...this.decided.values()].reduce((sum, decided) => sum + decided, 0));
    }
  }
}

const isRun = (result: unknown): result is Run => Object.hasOwn(result as object, 'batches');
const isPollResult = (result: unknown): result is PollResult => Object.hasOwn(result as object, 'pending');

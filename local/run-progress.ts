import type { CollectReportsEvent, PollResult, Run, RunSummary } from '../handlers/shared/events';
import type { Display } from './display';

/** Shows the progress of a run from what its functions return. */
export class RunProgress {
  /** What `summarize-run` returned. */
  summary: RunSummary | undefined;
  private readonly decided = new Map<number, number>();

  constructor(private readonly display: Display) {}

  invoked(event: unknown, result: unknown): void {
    if (isRun(result)) {
      const { expected, skipped, batches } = result;
      this.display.say(
        `Listed ${expected + skipped} accounts: ${expected} expected, ${skipped} skipped; batches left: ${batches.length}`,
      );
      this.display.expect(expected);
      this.show();
    } else if (isPollResult(result)) {
      this.decided.set((event as CollectReportsEvent).batch, result.decided);
      this.show();
    } else if (isSummary(result)) this.summary = result;
  }

  private show(): void {
    this.display.progress([...this.decided.values()].reduce((sum, decided) => sum + decided, 0));
  }
}

const isRun = (result: unknown): result is Run => Object.hasOwn(result as object, 'batches');
const isSummary = (result: unknown): result is RunSummary => Object.hasOwn(result as object, 'manifest');
const isPollResult = (result: unknown): result is PollResult => Object.hasOwn(result as object, 'pending');

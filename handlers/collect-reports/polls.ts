import { setTimeout as timeout } from 'node:timers/promises';
import pMap from 'p-map';
import { workSignal } from '../shared/aws/work-signal';
import type { Outcome, Pending } from '../shared/run-files';
import {
  type Collector,
  type Requested,
  collectFrom,
  notReady,
  requestFrom,
  withOldSession,
} from './poll-account';
import { LONGEST_WAIT_SECONDS } from './poll-times';
import { mayBeReady } from './requested-report';

/** Waits so many milliseconds, or until the signal is aborted. */
export type Pause = (ms: number, signal: AbortSignal | undefined) => Promise<void>;

export const pauseOrEnd: Pause = (ms, signal) => timeout(ms, undefined, { signal }).catch(() => undefined);

export interface PollsProps {
  date: string;
  collector: Collector;
  /** Accounts processed at the same time. */
  concurrency: number;
  pause: Pause;
}

/** The polls of one invocation. */
export class Polls {
  private readonly requested = new Map<string, Requested>();
  private readonly results = new Map<string, Outcome | Pending>();

  constructor(private readonly props: PollsProps) {}

  /**
   * Requests every report, gets those that are ready, and then polls for the others: their sessions would be lost otherwise.
   * @param times - when to poll, in whole seconds from when all were requested
   * @returns what became of every account, and which of the times came last; 0 if none did
   */
  async run(
    accounts: readonly string[],
    times: readonly number[],
  ): Promise<{ polled: (Outcome | Pending)[]; seconds: number }> {
    const { concurrency, pause } = this.props;
    const abortSignal = workSignal();
    await pMap(accounts, (account) => this.request(account), { concurrency });
    const start = Date.now();
    await this.poll([...this.requested.values()].filter(({ request }) => mayBeReady(request)));
    let seconds = 0;
    for (const [index, time] of times.entries()) {
      const passed = (Date.now() - start) / 1000;
      if (this.requested.size === 0 || abortSignal?.aborted || passed > LONGEST_WAIT_SECONDS) break;
      // The poll before took longer than the interval: the next one is due already.
      if (passed >= (times[index + 1] ?? Infinity)) continue;
      await pause(Math.max(0, (time - passed) * 1000), abortSignal);
      seconds = time;
      await this.poll([...this.requested.values()].map(withOldSession));
    }
    return { polled: accounts.flatMap((account) => this.results.get(account) ?? []), seconds };
  }

  private async request(account: string): Promise<void> {
    const result = await requestFrom(account, this.props.collector);
    if (result.outcome === 'requested') {
      this.requested.set(account, result);
      this.results.set(account, notReady(account, result.request.state));
    } else this.results.set(account, result);
  }

  private async poll(due: readonly Requested[]): Promise<void> {
    const { date, collector, concurrency } = this.props;
    await pMap(
      due,
      async (requested) => {
        const { account } = requested;
        const result = await collectFrom(requested, date, collector);
        this.results.set(account, result);
        // Any other reason to poll again is none to do so at once.
        if (result.outcome !== 'pending' || result.reason !== 'not-ready') this.requested.delete(account);
      },
      { concurrency },
    );
  }
}

import { setTimeout as timeout } from 'node:timers/promises';
import pMap from 'p-map';
import type { Outcome, Pending } from '../shared/run-files';
import { type Collector, type Requested, collectFrom, notReady, requestFrom } from './poll-account';
import { mayBeReady } from './requested-report';

/** Waits so many milliseconds, or until the signal is aborted. */
export type Pause = (ms: number, signal: AbortSignal | undefined) => Promise<void>;

export const pauseOrEnd: Pause = (ms, signal) => timeout(ms, undefined, { signal }).catch(() => undefined);

export interface PollsProps {
  date: string;
  collector: Collector;
  /** Accounts processed at the same time. */
  concurrency: number;
  /** Ends all calls. */
  abortSignal: AbortSignal | undefined;
  pause: Pause;
}

/** The polls of one invocation. */
export class Polls {
  private readonly requested = new Map<string, Requested>();
  private readonly results = new Map<string, Outcome | Pending>();

  constructor(private readonly props: PollsProps) {}

  /**
   * Requests every report, gets those that are ready, and then looks for the others: their sessions would be lost otherwise.
   * @param looks - when to look, in seconds from when all were requested
   * @returns what became of every account, and the seconds that were waited
   */
  async of(
    accounts: readonly string[],
    looks: readonly number[],
  ): Promise<{ polled: (Outcome | Pending)[]; looked: number }> {
    const { concurrency, abortSignal, pause } = this.props;
    await pMap(accounts, (account) => this.request(account), { concurrency });
    const start = Date.now();
    await this.look(({ request }) => mayBeReady(request));
    let looked = 0;
    for (const look of looks) {
      if (this.requested.size === 0 || abortSignal?.aborted) break;
      await pause(Math.max(0, start + look * 1000 - Date.now()), abortSignal);
      looked = look;
      await this.look(() => true);
    }
    return {
      polled: accounts.flatMap((account) => this.results.get(account) ?? []),
      looked,
    };
  }

  private async request(account: string): Promise<void> {
    const { collector, abortSignal } = this.props;
    const result = await requestFrom(account, collector, { abortSignal });
    if (result.outcome === 'requested') {
      this.requested.set(account, result);
      this.results.set(account, notReady(account, result.request.state));
    } else this.results.set(account, result);
  }

  private async look(isDue: (account: Requested) => boolean): Promise<void> {
    const { date, collector, abortSignal, concurrency } = this.props;
    const due = [...this.requested.values()].filter(isDue);
    await pMap(
      due,
      async (requested) => {
        const { account } = requested;
        const result = await collectFrom(requested, date, collector, { abortSignal });
        this.results.set(account, result);
        // Any other reason to poll again is none to do so at once.
        if (result.outcome !== 'pending' || result.reason !== 'not-ready') this.requested.delete(account);
      },
      { concurrency },
    );
  }
}

import { setTimeout as pause } from 'node:timers/promises';

/** How often something may be done: a token bucket, as AWS throttles by. */
export interface Rate {
  perSecond: number;
  /** How many times at once after a rest. */
  burst: number;
}

/** Lets callers through at a rate. */
export class TokenBucket {
  /** When the bucket would have been empty if all turns had been taken at the rate, ms since 1970. */
  private emptyAt = -Infinity;

  constructor(private readonly rate: Rate) {}

  /** Resolves when the caller may go on. */
  async turn(): Promise<void> {
    const { perSecond, burst } = this.rate;
    const interval = 1000 / perSecond;
    const now = Date.now();
    this.emptyAt = Math.max(this.emptyAt, now - burst * interval) + interval;
    if (this.emptyAt > now) await pause(this.emptyAt - now);
  }
}

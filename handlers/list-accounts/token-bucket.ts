import { setTimeout as pause } from 'node:timers/promises';

export interface Rate {
  perSecond: number;
  /** How many are let through at once after a rest. */
  burst: number;
}

/** Lets callers through at a rate, as AWS throttles its own APIs. */
export class TokenBucket {
  /** When the bucket would be empty if callers had come exactly at the rate, ms since 1970. */
  private emptyAt = -Infinity;

  constructor(private readonly rate: Rate) {}

  /** Resolves when the caller may go on. */
  async take(): Promise<void> {
    const { perSecond, burst } = this.rate;
    const interval = 1000 / perSecond;
    const now = Date.now();
    this.emptyAt = Math.max(this.emptyAt, now - burst * interval) + interval;
    if (this.emptyAt > now) await pause(this.emptyAt - now);
  }
}

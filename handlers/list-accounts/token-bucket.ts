import { setTimeout as pause } from 'node:timers/promises';

export interface Rate {
  perSecond: number;
  /** How many callers pass at once after an idle period. */
  burst: number;
}

/** Limits callers to a rate with bursts, the way AWS throttles its own APIs. */
export class TokenBucket {
  /** When the last token that was taken was, or will be, added to the bucket, ms since 1970. */
  private lastTokenAt = -Infinity;

  constructor(private readonly rate: Rate) {}

  /** Resolves when the caller may continue. */
  async take(): Promise<void> {
    const { perSecond, burst } = this.rate;
    const interval = 1000 / perSecond;
    const now = Date.now();
    this.lastTokenAt = Math.max(this.lastTokenAt, now - burst * interval) + interval;
    if (this.lastTokenAt > now) await pause(this.lastTokenAt - now);
  }
}

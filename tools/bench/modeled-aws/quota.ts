/** A quota of AWS: a token bucket that throttles calls. */
export class Quota {
  private tokens: number;
  private filledAt = Date.now();
  /** Calls that were throttled. */
  throttled = 0;

  constructor(private readonly rate: { perSecond: number; burst: number }) {
    this.tokens = rate.burst;
  }

  /** Whether a call is admitted now. */
  admits(): boolean {
    const now = Date.now();
    const filled = this.tokens + ((now - this.filledAt) / 1000) * this.rate.perSecond;
    this.tokens = Math.min(this.rate.burst, filled);
    this.filledAt = now;
    if (this.tokens < 1) {
      this.throttled += 1;
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}

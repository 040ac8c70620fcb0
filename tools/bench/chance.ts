import { Random } from '../../local/fake-aws/random';
import { model } from './model';

const WHOLE = 2 ** 31 - 1;

/** Numbers that are left to chance; the same for the same seed. */
export class Chance {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** Evenly from 0 to 1, without both ends. */
  fraction(): number {
    return (this.random.between(0, WHOLE - 1) + 0.5) / WHOLE;
  }

  /** Half to one and a half of the mean. */
  around(mean: number): number {
    return mean * (0.5 + this.fraction());
  }

  /** A value of a log-normal distribution (Box and Muller). */
  logNormal({ medianSeconds, sigma }: ReportTime): number {
    const normal = Math.sqrt(-2 * Math.log(this.fraction())) * Math.cos(2 * Math.PI * this.fraction());
    return medianSeconds * Math.exp(sigma * normal);
  }
}

/** Distribution of the time until a report is ready. */
export type ReportTime = Record<keyof typeof model.report, number>;

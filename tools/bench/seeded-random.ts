import { Random } from '../../local/fake-aws/random';
import type { model } from './model';

const MAX = 2 ** 31 - 1;

/** Distribution of the time until a report is ready. */
export type ReportTime = Record<keyof typeof model.report, number>;

/** Random numbers of several distributions, the same for the same seed. */
export class SeededRandom {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** Uniform between 0 and 1, both excluded. */
  fraction(): number {
    return (this.random.between(0, MAX - 1) + 0.5) / MAX;
  }

  /** Uniform between half and one and a half of the mean. */
  around(mean: number): number {
    return mean * (0.5 + this.fraction());
  }

  /** Log-normal (Box-Muller transform). */
  logNormal({ medianSeconds, sigma }: ReportTime): number {
    const normal = Math.sqrt(-2 * Math.log(this.fraction())) * Math.cos(2 * Math.PI * this.fraction());
    return medianSeconds * Math.exp(sigma * normal);
  }
}

import { model } from './model';
import { pass } from './virtual-time';

/** The CPU of a function's environment: its share of a vCPU, for one thing at a time. */
export class Cpu {
  private freeAt = 0;
  private readonly share: number;

  constructor(memoryMb: number) {
    this.share = Math.min(1, memoryMb / model.lambda.mbPerCpu);
  }

  /**
   * Resolves when the CPU has got to the work and done it.
   * @param ms - time on a whole vCPU
   */
  async work(ms: number): Promise<void> {
    this.freeAt = Math.max(this.freeAt, Date.now()) + ms / this.share;
    await pass(this.freeAt - Date.now());
  }
}

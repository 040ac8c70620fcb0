import { model } from '../model';
import { sleep } from '../virtual-time';

/** The CPU of one environment of a function: its share of a vCPU, for one piece of work at a time. */
export class Cpu {
  private freeAt = 0;
  private readonly share: number;

  constructor(memoryMb: number) {
    this.share = Math.min(1, memoryMb / model.lambda.mbPerCpu);
  }

  /**
   * Resolves when the work is done, after the work that was queued before it.
   * @param ms - time that it takes a whole vCPU
   */
  async work(ms: number): Promise<void> {
    this.freeAt = Math.max(this.freeAt, Date.now()) + ms / this.share;
    await sleep(this.freeAt - Date.now());
  }
}

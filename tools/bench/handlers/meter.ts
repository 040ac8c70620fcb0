import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What batches of one size took. */
export interface BatchFigures {
  cpuMsPerAccount: number;
  accountsPerSecond: number;
  /** Peak of heap and buffers of this thread, above those of the idle thread. */
  peakMemoryMb: number;
}

/** Polls a batch until none of its accounts is pending. */
export type Collector = (accounts: string[], batch: number) => Promise<void>;

setFlagsFromString('--expose-gc');
const collectOnce = runInNewContext('gc') as () => void;

/** V8 counts the memory of a buffer that it collects as free only when it collects again. */
function collectGarbage(): void {
  collectOnce();
  collectOnce();
}

/** Measures batches and adds up what they take. */
export class Meter {
  private accounts = 0;
  private cpuMs = 0;
  private ms = 0;
  private peakBytes = 0;

  async time(collector: Collector, accounts: string[], batch: number): Promise<void> {
    collectGarbage();
    const [cpu, start] = [process.threadCpuUsage(), performance.now()];
    await collector(accounts, batch);
    const { user, system } = process.threadCpuUsage(cpu);
    this.ms += performance.now() - start;
    this.cpuMs += (user + system) / 1000;
    this.accounts += accounts.length;
  }

  /** Measures the memory of a batch, without its times: sampling takes CPU time, most of all from a collector that waits. */
  async memory(collector: Collector, accounts: string[], batch: number): Promise<void> {
    collectGarbage();
    const idle = memory();
    const sample = () => (this.peakBytes = Math.max(this.peakBytes, memory() - idle));
    const sampling = setInterval(sample, 2);
    await collector(accounts, batch);
    clearInterval(sampling);
    sample();
  }

  get figures(): BatchFigures {
    return {
      cpuMsPerAccount: this.cpuMs / this.accounts,
      accountsPerSecond: (this.accounts / this.ms) * 1000,
      peakMemoryMb: this.peakBytes / 2 ** 20,
    };
  }
}

function memory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

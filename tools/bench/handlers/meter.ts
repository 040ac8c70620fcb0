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
const collectGarbage = runInNewContext('gc') as () => void;

/** Measures batches and adds up what they take. */
export class Meter {
  private accounts = 0;
  private cpuMs = 0;
  private ms = 0;
  private peakBytes = 0;

  async run(collector: Collector, accounts: string[], batch: number): Promise<void> {
    collectGarbage();
    const idle = memory();
    const sampling = setInterval(() => (this.peakBytes = Math.max(this.peakBytes, memory() - idle)), 2);
    const [cpu, start] = [process.threadCpuUsage(), performance.now()];
    await collector(accounts, batch);
    const { user, system } = process.threadCpuUsage(cpu);
    this.ms += performance.now() - start;
    this.cpuMs += (user + system) / 1000;
    this.accounts += accounts.length;
    this.peakBytes = Math.max(this.peakBytes, memory() - idle);
    clearInterval(sampling);
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

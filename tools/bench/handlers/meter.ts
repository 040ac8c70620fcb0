import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a version took for batches of one size. */
export interface BatchFigures {
  cpuMsPerAccount: number;
  accountsPerSecond: number;
  /** Heap and buffers of the thread that runs the handler, at their highest above an idle thread. */
  peakMemoryMb: number;
}

/** Works through a batch until no account of it is pending. */
export type Version = (accounts: string[], batch: number) => Promise<void>;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Adds up what runs take. */
export class Meter {
  private accounts = 0;
  private cpuMs = 0;
  private ms = 0;
  private peakBytes = 0;

  async run(version: Version, accounts: string[], batch: number): Promise<void> {
    collectGarbage();
    const idle = memory();
    const sampling = setInterval(() => (this.peakBytes = Math.max(this.peakBytes, memory() - idle)), 2);
    const [cpu, began] = [process.threadCpuUsage(), performance.now()];
    await version(accounts, batch);
    const { user, system } = process.threadCpuUsage(cpu);
    this.ms += performance.now() - began;
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

import { model } from './model';

/** Counts what functions log in this thread, and hides it. */
export class CountedLogs {
  /** With what Lambda adds to each line. */
  bytes = 0;

  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    const { log } = console;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is only put back
    const { write } = process.stdout;
    console.log = (line: string) => void (this.bytes += Buffer.byteLength(line) + 1 + model.logs.lineBytes);
    process.stdout.write = (text: string | Uint8Array) => {
      this.bytes += Buffer.byteLength(text);
      return true;
    };
    try {
      return await work();
    } finally {
      console.log = log;
      process.stdout.write = write;
    }
  }
}

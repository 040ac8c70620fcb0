import { keys } from '../shared/bucket-layout';
import type { ReportPack } from '../shared/run-files';
import { log } from '../shared/log';
import type { ReportBucket } from '../shared/aws/report-bucket';

/**
 * Bytes of the largest report that is kept a second time: about 80 users. Getting a larger one by itself is
 * little beside going through it; and a batch of 500 like this is 8 MB in the memory of `summarize-run`.
 */
const SMALL_BYTES = 16 * 1024;

/** Longest that a look waits for it, ms: no look is to run out of time for the copies. */
const TIME_TO_STORE = 5_000;

export const isSmall = ({ length }: { length: number }) => length <= SMALL_BYTES;

/**
 * The small reports that a look collects, in one file of the run: `summarize-run` reads that instead of every
 * report by itself, each of which would take more of its processor to get than to go through. Whatever is not in
 * it is read by itself, so that nothing depends on it.
 */
export class ReportPackWriter {
  private readonly reports: ReportPack = {};

  add(account: string, content: Uint8Array): void {
    if (isSmall(content)) this.reports[account] = Buffer.from(content).toString();
  }

  /** A repeated look writes its file anew; what another one had in it then is read by itself. */
  async store(bucket: ReportBucket, run: string, batch: number, waited: number): Promise<void> {
    if (Object.keys(this.reports).length === 0) return;
    try {
      await bucket.put(
        keys.reportPack(run, batch, waited),
        JSON.stringify(this.reports),
        { ContentType: 'application/json' },
        { abortSignal: AbortSignal.timeout(TIME_TO_STORE) },
      );
    } catch (error) {
      log('small reports are not kept', { run, batch, waited, error: String(error) });
    }
  }
}

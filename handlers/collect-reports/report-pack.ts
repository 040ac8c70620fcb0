import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys } from '../shared/bucket-layout';
import { log } from '../shared/log';
import type { PackedReport } from '../shared/run-files';

/**
 * Largest report that is copied into a pack, bytes: about 80 users. Reading a larger one by itself costs little compared
 * with evaluating it. A batch of 500 reports of this size takes 8 MB of the memory of `summarize-run`.
 */
const MAX_PACKED_BYTES = 16 * 1024;

/** Longest time that a poll spends on writing the pack, ms: a copy must not make a poll run out of time. */
const TIME_TO_WRITE = 5_000;

export const fitsIntoPack = ({ length }: { length: number }) => length <= MAX_PACKED_BYTES;

/**
 * The small reports that one poll collects, in one file, in the order of their accounts. `summarize-run` reads that file instead of the reports one by
 * one, because getting a small report costs it more processor time than evaluating it. A report that is in no pack is
 * read by itself, so nothing depends on a pack.
 */
export class ReportPackWriter {
  private readonly reports: PackedReport[] = [];

  add(account: string, content: Uint8Array): void {
    if (fitsIntoPack(content)) this.reports.push({ account, report: Buffer.from(content).toString() });
  }

  /** A poll that runs twice replaces its file; reports that only the first one collected are then read by themselves. */
  async write(bucket: ReportBucket, run: string, batch: number, waited: number): Promise<void> {
    if (this.reports.length === 0) return;
    const lines = this.reports
      .sort((one, other) => (one.account < other.account ? -1 : 1))
      .map((report) => `${JSON.stringify(report)}\n`);
    try {
      await bucket.put(
        keys.reportPack(run, batch, waited),
        lines.join(''),
        { ContentType: 'application/jsonl' },
        { abortSignal: AbortSignal.timeout(TIME_TO_WRITE) },
      );
    } catch (error) {
      log('could not write the report pack', { run, batch, waited, error: String(error) });
    }
  }
}

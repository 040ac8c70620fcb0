import { type CollectedReport, type Reviewer, reviewReport } from '../report-review/report-review';
import { MAX_FILE_BYTES, MAX_LINE_BYTES, type ReviewSource, reviewLine } from '../report-review/review-line';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { withSignal } from '../shared/aws/work-signal';
import { keys } from '../shared/bucket-layout';
import { sha256Of } from '../shared/hash';
import { log } from '../shared/log';

/**
 * Largest report that is reviewed here, bytes: some 150 users. Reviewing a larger one would keep other accounts waiting, and
 * reading its review would cost the summary nearly as much as reviewing the report.
 */
const MAX_REPORT_BYTES = 32 * 1024;

/** Longest time that a poll spends on writing the file, ms: a review is optional, so it must not make a poll run out of time. */
const TIME_TO_WRITE = 5_000;

/**
 * The reviews of the reports that one poll stores, in one file, in the order of their accounts. `summarize-run` joins these
 * files instead of reading reports. A report without a review is reviewed there, so nothing depends on a review.
 */
export class ReviewWriter {
  private readonly lines = new Map<string, string>();
  private bytes = 0;

  constructor(private readonly reviewer: Reviewer) {}

  /**
   * @param hashes - those of the report and, if it is stored, of the list of service-specific credentials
   * @returns the hash of the review; undefined if there is none
   */
  add(reviewed: CollectedReport, hashes: Pick<ReviewSource, 'report' | 'list'>): string | undefined {
    const line = this.lineOf(reviewed, hashes);
    if (line === undefined) return undefined;
    const bytes = Buffer.byteLength(line) + 1;
    if (this.bytes + bytes > MAX_FILE_BYTES) return undefined;
    this.bytes += bytes;
    this.lines.set(reviewed.id, line);
    return sha256Of(line);
  }

  /** A poll that runs twice replaces its file; reports that only the first one reviewed are then reviewed again. */
  async write(bucket: ReportBucket, run: string, batch: number, waited: number): Promise<void> {
    if (this.lines.size === 0) return;
    try {
      const key = keys.reviews(run, batch, waited);
      await withSignal(AbortSignal.timeout(TIME_TO_WRITE), () =>
        bucket.put(key, this.text, { ContentType: 'application/jsonl' }),
      );
    } catch (error) {
      log('could not write the reviews', { run, batch, waited, error: String(error) });
    }
  }

  /** The file: a line for each account. */
  get text(): string {
    const sorted = [...this.lines].sort(([one], [other]) => (one < other ? -1 : 1));
    return sorted.map(([, line]) => `${line}\n`).join('');
  }

  /** Only the name of an error is logged, because its message can quote the report. */
  private lineOf(
    reviewed: CollectedReport,
    hashes: Pick<ReviewSource, 'report' | 'list'>,
  ): string | undefined {
    const { id: account, content } = reviewed;
    if (content.length > MAX_REPORT_BYTES) return undefined;
    try {
      const { basis } = this.reviewer;
      const line = reviewLine({ account, ...hashes, basis }, reviewReport(this.reviewer, reviewed));
      return Buffer.byteLength(line) <= MAX_LINE_BYTES ? line : undefined;
    } catch (error) {
      log('could not review a report', { account, error: error instanceof Error ? error.name : 'unknown' });
      return undefined;
    }
  }
}

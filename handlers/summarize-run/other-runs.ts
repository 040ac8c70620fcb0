import pMap from 'p-map';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { partsOfRun, prefixes, runOfOutcomes } from '../shared/bucket-layout';
import { BatchOutcomes } from '../shared/run-files';
import { CONCURRENT_READS } from './concurrency';

/**
 * The reports that other runs of the same date stored. Runs of a date write the same keys, so that a later one replaces
 * what this one stored. Their outcomes are read only if a report was replaced.
 */
export class OtherRuns {
  private reports: Promise<ReadonlySet<string>> | undefined;

  constructor(
    private readonly bucket: ReportBucket,
    private readonly run: string,
  ) {}

  /** Whether another run stored a report with this hash for the account. */
  async stored(account: string, sha256: string): Promise<boolean> {
    this.reports ??= this.read();
    return (await this.reports).has(`${account} ${sha256}`);
  }

  private async read(): Promise<ReadonlySet<string>> {
    const files = await this.bucket.list(prefixes.outcomesOfDate(partsOfRun(this.run).date));
    const others = files.filter((file) => runOfOutcomes(file) !== this.run);
    const batches = await pMap(others, (file) => this.bucket.getJson(file, BatchOutcomes), {
      concurrency: CONCURRENT_READS,
    });
    return new Set(
      batches.flatMap(({ content }) =>
        content.outcomes.flatMap((outcome) =>
          outcome.outcome === 'collected' ? [`${outcome.account} ${outcome.sha256}`] : [],
        ),
      ),
    );
  }
}

import pMap from 'p-map';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { partsOfRun, prefixes, runOfOutcomes } from '../../shared/bucket-layout';
import { log } from '../../shared/log';
import { BatchOutcomes, type Outcome } from '../../shared/run-files';
import { CONCURRENT_READS } from '../concurrency';
import { isPermanent } from './permanent';

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
    const outcomes = await pMap(others, (file) => this.outcomesIn(file), { concurrency: CONCURRENT_READS });
    return new Set(
      outcomes
        .flat()
        .flatMap((outcome) =>
          outcome.outcome === 'collected' ? [`${outcome.account} ${outcome.sha256}`] : [],
        ),
    );
  }

  /** A damaged file of another run excuses nothing, and must not end this run. */
  private async outcomesIn(file: string): Promise<Outcome[]> {
    try {
      return (await this.bucket.getJson(file, BatchOutcomes)).content.outcomes;
    } catch (error) {
      if (!isPermanent(error)) throw error;
      log('could not read the outcomes of another run', { file, error: error.name });
      return [];
    }
  }
}

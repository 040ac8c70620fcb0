import pMap from 'p-map';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { partsOfRun, prefixes, runOfOutcomes } from '../../shared/bucket-layout';
import { log } from '../../shared/log';
import { BatchOutcomes, type Collected } from '../../shared/run-files';
import { CONCURRENT_READS } from '../concurrency';
import { unlessDamaged } from '../damaged';

/**
 * How much the clocks of two functions, and the time between storing a report and noting it, may differ, ms. Two runs that
 * collect an account within it cannot be told apart by their times.
 */
const CLOCK_DIFFERENCE = 60_000;

/**
 * The reports that other runs of the same date stored. Runs of a date write the same keys, so that a later one replaces
 * what this one stored. Their outcomes are read only if a report was replaced.
 */
export class OtherRuns {
  /** When each was stored last, ms since 1970, by account and hash. */
  private reports: Promise<ReadonlyMap<string, number>> | undefined;

  constructor(
    private readonly bucket: ReportBucket,
    private readonly run: string,
  ) {}

  /**
   * Whether another run stored a report with this hash for the account, after this run did: an older report in its place was
   * put there by somebody else.
   */
  async stored(account: string, sha256: string, after: string): Promise<boolean> {
    this.reports ??= this.read();
    const at = (await this.reports).get(`${account} ${sha256}`);
    return at !== undefined && at >= Date.parse(after) - CLOCK_DIFFERENCE;
  }

  private async read(): Promise<ReadonlyMap<string, number>> {
    const files = await this.bucket.list(prefixes.outcomesOfDate(partsOfRun(this.run).date));
    const others = files.filter((file) => runOfOutcomes(file) !== this.run);
    const batches = await pMap(others, (file) => this.collectedIn(file), { concurrency: CONCURRENT_READS });
    const reports = new Map<string, number>();
    for (const { account, sha256, collectedAt } of batches.flat()) {
      const report = `${account} ${sha256}`;
      reports.set(report, Math.max(reports.get(report) ?? 0, Date.parse(collectedAt) || 0));
    }
    return reports;
  }

  /** What is wrong with the files of another run does not end this one: they prove nothing then. */
  private async collectedIn(file: string): Promise<Collected[]> {
    const { outcomes } = await unlessDamaged(
      async () => (await this.bucket.getJson(file, BatchOutcomes)).content,
      ({ name }) => {
        log('could not use the outcomes of another run', { file, error: name });
        return { batch: 0, outcomes: [] };
      },
    );
    return outcomes.filter((outcome) => outcome.outcome === 'collected');
  }
}

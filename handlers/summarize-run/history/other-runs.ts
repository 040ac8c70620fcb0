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
 * The reports, and the lists of service-specific credentials, that others of the same date stored: other runs, and batches of
 * this one whose outcome does not count. They write the same keys, so that a later one replaces what this run stored. Their
 * outcomes are read only if a report was replaced.
 */
export class OtherRuns {
  /** When each was stored last, ms since 1970, by account and hash. */
  private objects: Promise<ReadonlyMap<string, number>> | undefined;

  constructor(
    private readonly bucket: ReportBucket,
    private readonly run: string,
    private readonly counts: (batch: number, outcome: Collected) => boolean = () => true,
  ) {}

  /**
   * Whether another one stored an object with this hash for the account, after this run did: an older one in its place was put
   * there by somebody else.
   */
  async stored(account: string, sha256: string, after: string): Promise<boolean> {
    this.objects ??= this.read();
    const at = (await this.objects).get(`${account} ${sha256}`);
    return at !== undefined && at >= Date.parse(after) - CLOCK_DIFFERENCE;
  }

  private async read(): Promise<ReadonlyMap<string, number>> {
    const files = await this.bucket.list(prefixes.outcomesOfDate(partsOfRun(this.run).date));
    const batches = await pMap(files, (file) => this.collectedIn(file), { concurrency: CONCURRENT_READS });
    const objects = new Map<string, number>();
    for (const { account, sha256, collectedAt } of batches.flat().flatMap(storedObjects)) {
      const object = `${account} ${sha256}`;
      objects.set(object, Math.max(objects.get(object) ?? 0, Date.parse(collectedAt) || 0));
    }
    return objects;
  }

  /** What is wrong with the files of another run does not end this one: they prove nothing then. */
  private async collectedIn(file: string): Promise<Collected[]> {
    const { batch, outcomes } = await unlessDamaged(
      async () => (await this.bucket.getJson(file, BatchOutcomes)).content,
      ({ name }) => {
        log('could not use a file of outcomes', { file, error: name });
        return { batch: 0, outcomes: [] };
      },
    );
    const isOwn = runOfOutcomes(file) === this.run;
    return outcomes
      .filter((outcome) => outcome.outcome === 'collected')
      .filter((outcome) => !isOwn || !this.counts(batch, outcome));
  }
}

/** What was stored for an account. */
function storedObjects({ account, serviceCredentials, ...report }: Collected) {
  const list = serviceCredentials?.outcome === 'collected' ? [serviceCredentials] : [];
  return [report, ...list].map(({ sha256, collectedAt }) => ({ account, sha256, collectedAt }));
}

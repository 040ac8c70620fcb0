import type { Place } from '../core/build-manifest';
import type { Manifest } from '../core/manifest';
import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';
import { keys, runOf } from '../shared/bucket-layout';
import { type RunSummary, SummarizeRunEvent } from '../shared/events';
import { log } from '../shared/log';
import { Ledger } from '../shared/run-files';
import { InvalidInput, validated } from '../shared/validation';
import { ManifestChain } from './history/manifest-chain';
import { publishMetrics } from './output/embedded-metrics';
import { runMetrics } from './output/run-metrics';
import { publish } from './publish/publish';
import type { Signer } from './publish/signer';
import { recordRun } from './record-run';

export interface SummarizeRunProps {
  bucket: ReportBucket;
  /** Where the run takes place, for its manifest. */
  place: Place;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** @default - manifests are not signed */
  signer?: Signer | undefined;
}

/**
 * Records the coverage, findings and changes of a run in its manifest, once, and then tells them as page, tables, digest and
 * metrics. A run that has its manifest is only told again, if a second review finds the same.
 */
export const summarizeRun =
  ({ bucket, place, partition, signer }: SummarizeRunProps) =>
  async (input: unknown): Promise<RunSummary> => {
    const event = validated(SummarizeRunEvent, input, 'The event of summarize-run');
    const ledger = await ledgerOf(bucket, event, place.environment);
    const chain = new ManifestChain(bucket, place.environment, ledger.modifiedAt);
    const recorded = await recordRun({ bucket, place, partition, chain }, ledger);
    const summary = await publish({ bucket, chain, signer }, recorded);

    const { manifest } = recorded;
    log('summarized run', {
      run: event.run,
      manifest: recorded.key,
      complete: manifest.complete,
      ...manifest.totals,
    });
    publishRunMetrics(manifest);
    return summary;
  };

/**
 * The ledger of the run that an event names.
 * @throws {@link InvalidInput} if the event does not come from the run
 */
async function ledgerOf(
  bucket: ReportBucket,
  { run, ledger }: SummarizeRunEvent,
  environment: string,
): Promise<VersionedFile<Ledger> & { key: string; modifiedAt: number }> {
  const key = keys.ledger(run);
  const reading = bucket.getJson(key, Ledger);
  // Whoever waits for it below gets the error.
  reading.catch(() => undefined);
  const listed = await bucket.find(key);
  if (!listed) throw new InvalidInput(`There is no run ${run}: ${bucket.url(key)} does not exist`);
  const found = await reading;
  if (found.sha256 !== ledger)
    throw new InvalidInput(`The event does not come from run ${run}: its ledger has another hash`);
  const { content } = found;
  if (runOf(content.date, content.execution) !== run || content.environment !== environment)
    throw new InvalidInput(
      `${bucket.url(key)} belongs to another run: environment ${content.environment}, date ${content.date}, ` +
        `execution ${content.execution}`,
    );
  return { key, modifiedAt: listed.modifiedAt, ...found };
}

function publishRunMetrics(manifest: Manifest): void {
  const { environment, totals, checks } = manifest;
  publishMetrics({ Environment: environment }, runMetrics(manifest, new Date()));
  // Without a report, nothing is known about findings.
  for (const { id, findings } of totals.collected > 0 ? checks : []) {
    publishMetrics({ Environment: environment, Check: id }, { Findings: findings });
  }
}

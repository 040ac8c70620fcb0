import type { Place } from '../core/build-manifest';
import type { Manifest } from '../core/manifest';
import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';
import { keys, partsOfRun, prefixes } from '../shared/bucket-layout';
import { type RunSummary, SummarizeRunEvent } from '../shared/events';
import { log } from '../shared/log';
import { Ledger } from '../shared/run-files';
import { InvalidInput, validated } from '../shared/validation';
import { ManifestChain, type RecordedManifest } from './history/manifest-chain';
import { publishMetrics } from './output/embedded-metrics';
import { runMetrics } from './output/run-metrics';
import { publish } from './publish/publish';
import { RunView } from './publish/view';
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
 * metrics. A run that has its manifest is only told again.
 */
export const summarizeRun =
  ({ bucket, place, partition, signer }: SummarizeRunProps) =>
  async (input: unknown): Promise<RunSummary> => {
    const event = validated(SummarizeRunEvent, input, 'The event of summarize-run');
    const ledger = await ledgerOf(bucket, event);
    const chain = new ManifestChain(bucket, place.environment);
    const recorded =
      (await recordedBefore(bucket, chain, event.run)) ??
      (await recordRun({ bucket, place, partition, chain }, ledger));
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
): Promise<VersionedFile<Ledger> & { key: string }> {
  const key = keys.ledger(run);
  if (!(await bucket.exists(key)))
    throw new InvalidInput(`There is no run ${run}: ${bucket.url(key)} does not exist`);
  const found = await bucket.getJson(key, Ledger);
  if (found.sha256 !== ledger)
    throw new InvalidInput(`The event does not come from run ${run}: its ledger has another hash`);
  return { key, ...found };
}

/**
 * The manifest of a run that has one already, for example because AWS Step Functions lost the response.
 * @throws {@link InvalidInput} if the run is finished and its manifest cannot be used any more
 */
async function recordedBefore(
  bucket: ReportBucket,
  chain: ManifestChain,
  run: string,
): Promise<RecordedManifest | undefined> {
  const { date, execution } = partsOfRun(run);
  const view = keys.view(run);
  if (!(await bucket.exists(view))) {
    const files = await bucket.list(prefixes.filesOfRun(run));
    // A try that came this far may have added the manifest, long ago if the run was redriven.
    return chain.find(
      date,
      execution,
      files.some((key) => key.endsWith('/SHA256SUMS')),
    );
  }
  const { content } = await bucket.getJson(view, RunView);
  const found = await chain.at(content.manifest.key);
  if ('manifest' in found && found.sha256 === content.manifest.sha256) return found;
  const problem = 'problem' in found ? found.problem : 'it was changed after it was written';
  throw new InvalidInput(`Run ${run} is finished, and ${bucket.url(found.key)} cannot be used: ${problem}`);
}

function publishRunMetrics(manifest: Manifest): void {
  const { environment, totals, checks } = manifest;
  publishMetrics({ Environment: environment }, runMetrics(manifest, new Date()));
  // Without a report, nothing is known about findings.
  for (const { id, fail } of totals.collected > 0 ? checks : []) {
    publishMetrics({ Environment: environment, Check: id }, { Findings: fail });
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Manifest } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys, runOf } from '../shared/bucket-layout';
import { ExportResultsEvent, type ExportedResults } from '../shared/events';
import { sha256Of } from '../shared/hash';
import { log } from '../shared/log';
import { InvalidInput, validated } from '../shared/validation';
import { type AccountChange, accountChanges } from './events/account-changes';
import type { RunSummarized } from './events/event-details';
import { accountEventsLackedBecause, resultEvents } from './events/result-events';
import { sendEvents } from './events/send-events';
import { writeOcsf } from './ocsf-file';
import type { ToldRun } from './told-run';

export interface ExportResultsProps {
  bucket: ReportBucket;
  /** Name of the environment. */
  environment: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** @default - no events are sent */
  events?: { client: EventBridgeClient; bus: string } | undefined;
  /** Whether findings are written in the format of OCSF. */
  ocsf: boolean;
  /** Waits before events are sent again. @default - longer from time to time */
  pause?: (tried: number) => Promise<void>;
}

/** Some events of a run were not accepted. The state sends all of them again, and tells it if that fails as well. */
export class EventsRefused extends Error {
  override readonly name = 'EventsRefused';
}

/**
 * Hands a finished run to other systems: its findings in the format of OCSF, and events about it. Nothing of the run depends on
 * that, and everything can be repeated.
 * @throws {@link EventsRefused} after everything was tried
 */
export const exportResults =
  ({ bucket, environment, partition, events, ocsf, pause = longer }: ExportResultsProps) =>
  async (input: unknown): Promise<ExportedResults> => {
    const { manifest: recorded } = validated(ExportResultsEvent, input, 'The event of export-results');
    const manifest = await manifestAt(bucket, recorded, environment);
    const run: ToldRun = {
      manifest,
      recorded: { url: bucket.url(recorded.key), sha256: recorded.sha256 },
      page: pageOf(bucket, manifest, partition),
    };
    const file = ocsf ? await writeOcsf(bucket, run, partition) : undefined;
    const sent = events === undefined ? 0 : await sendResults(bucket, run, { ...events, file, pause });
    const name = runOf(manifest.date, manifest.execution);
    log('exported results', { run: name, manifest: recorded.key, events: sent, ocsf: file?.url });
    return { events: sent, ocsf: file ?? null };
  };

function pageOf(bucket: ReportBucket, { date, region }: Manifest, partition: string): ToldRun['page'] {
  const key = keys.day(date, 'index.html');
  const link = bucket.consoleUrl(key, { partition, region });
  return { url: bucket.url(key), ...(link !== undefined && { console: link }) };
}

const longer = (tried: number) => wait(250 * 2 ** tried);

/** @returns how many events were sent */
async function sendResults(
  bucket: ReportBucket,
  run: ToldRun,
  {
    client,
    bus,
    file,
    pause,
  }: NonNullable<ExportResultsProps['events']> & {
    file: RunSummarized['ocsf'];
    pause: (tried: number) => Promise<void>;
  },
): Promise<number> {
  const all = resultEvents(run, await changedAccounts(bucket, run.manifest), file);
  const { refused, problem } = await sendEvents(client, bus, all, pause);
  if (refused > 0)
    throw new EventsRefused(`EventBridge did not accept ${refused} of ${all.length} events: ${problem}`);
  return all.length;
}

async function changedAccounts(bucket: ReportBucket, manifest: Manifest): Promise<AccountChange[]> {
  if (accountEventsLackedBecause(manifest) !== undefined) return [];
  const file = manifest.files.find(({ key }) => key.endsWith('/changes.csv'));
  const table = file && (await bucket.get(file.key));
  if (!table || sha256Of(table) !== file.sha256)
    throw new InvalidInput(
      `changes.csv of manifest ${manifest.number} is gone, or was changed after it was written`,
    );
  const severities = new Map(manifest.checks.map(({ id, severity }) => [id, severity]));
  return accountChanges(table, (check) => severities.get(check));
}

/**
 * The manifest that an event names.
 * @throws {@link InvalidInput} if it is not one of the environment, or was changed
 */
async function manifestAt(
  bucket: ReportBucket,
  { key, sha256 }: ExportResultsEvent['manifest'],
  environment: string,
): Promise<Manifest> {
  const { content, sha256: found } = await bucket.getJson(key, Manifest);
  if (
    found !== sha256 ||
    key !== keys.manifest(environment, content.number) ||
    content.environment !== environment
  )
    throw new InvalidInput(
      `${bucket.url(key)} is not the manifest that the run of ${environment} has recorded`,
    );
  return content;
}

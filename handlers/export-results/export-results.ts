import { setTimeout as wait } from 'node:timers/promises';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Manifest } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys, numberOfManifest, runOf } from '../shared/bucket-layout';
import { ExportResultsEvent, type ExportedResults } from '../shared/events';
import { sha256Of } from '../shared/hash';
import { log } from '../shared/log';
import { fileOf } from '../shared/file-of';
import { InvalidInput, validated } from '../shared/validation';
import { type AccountChange, accountChanges } from './events/account-changes';
import type { RunSummarized } from './events/event-details';
import { reasonForNoAccountEvents, resultEvents } from './events/result-events';
import { sendEvents } from './events/send-events';
import { writeOcsf } from './ocsf-file';
import type { ExportedRun } from './exported-run';

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

/** EventBridge refused some events of a run, however often they were sent. Never retried: that would send the others again. */
export class EventsRefused extends Error {
  override readonly name = 'EventsRefused';
}

/**
 * Hands a finished run to other systems: its findings in the format of OCSF, and events about it. Nothing of the run depends on
 * that, and everything can be repeated. Without the file, the events are sent all the same.
 * @throws {@link InvalidInput} if the event names no manifest of the environment, or a file of the run was changed
 * @throws {@link EventsRefused}
 */
export const exportResults =
  ({ bucket, environment, partition, events, ocsf, pause = longer }: ExportResultsProps) =>
  async (input: unknown): Promise<ExportedResults> => {
    const { manifest: recorded } = validated(ExportResultsEvent, input, 'The event of export-results');
    const manifest = await manifestAt(bucket, recorded, environment);
    const run: ExportedRun = {
      manifest,
      recorded: { url: bucket.url(recorded.key), sha256: recorded.sha256 },
      page: pageOf(bucket, manifest, partition),
    };
    const { file, error } = ocsf ? await unlessInvalid(writeOcsf(bucket, run, partition)) : {};
    const sent = events === undefined ? 0 : await sendResults(bucket, run, { ...events, file, pause });
    if (error) throw error;
    const name = runOf(manifest.date, manifest.execution);
    log('exported results', { run: name, manifest: recorded.key, events: sent, ocsf: file?.url });
    return { events: sent, ocsf: file ?? null };
  };

/** An error that no retry would mend does not keep anything else from being exported. */
async function unlessInvalid<File>(written: Promise<File>): Promise<{ file?: File; error?: InvalidInput }> {
  try {
    return { file: await written };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    log('findings are not written', { error: error.message });
    return { error };
  }
}

function pageOf(bucket: ReportBucket, { date, region }: Manifest, partition: string): ExportedRun['page'] {
  const key = keys.day(date, 'index.html');
  const link = bucket.consoleUrl(key, { partition, region });
  return { url: bucket.url(key), ...(link !== undefined && { console: link }) };
}

const longer = (tried: number) => wait(250 * 2 ** tried);

/** @returns how many events were sent */
async function sendResults(
  bucket: ReportBucket,
  run: ExportedRun,
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
  if (reasonForNoAccountEvents(manifest) !== undefined) return [];
  const file = fileOf(manifest, 'changes.csv');
  const table = await bucket.get(file.key);
  if (!table || sha256Of(table) !== file.sha256)
    throw new InvalidInput(`${bucket.url(file.key)} is gone, or was changed after it was written`);
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
  const number = numberOfManifest(key);
  // Nothing else is read, and nothing of it told.
  const isManifest = number !== undefined && key === keys.manifest(environment, number);
  const found = isManifest ? await bucket.getJson(key, Manifest) : undefined;
  if (
    found?.sha256 !== sha256 ||
    found.content.number !== number ||
    found.content.environment !== environment
  )
    throw new InvalidInput(
      `${bucket.url(key)} is not the manifest that the run of ${environment} has recorded`,
    );
  return found.content;
}

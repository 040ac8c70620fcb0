import type { Manifest, RecentRun } from '../../core/manifest';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { dayTables, keys, prefixes } from '../../shared/bucket-layout';
import { fileOf } from '../../shared/file-of';
import { log } from '../../shared/log';
import { tableColumns, tableNamesWith } from '../../shared/table-columns';
import { together } from '../../shared/together';
import { InvalidInput } from '../../shared/validation';
import { isDamaged, unlessDamaged } from '../damaged';
import { type ManifestChain, type RecordedManifest, byStart, recentRuns } from '../history/manifest-chain';
import { csvLine } from '../../shared/csv-line';
import { RunOutputs, withManifest } from '../outputs-file';

const CSV = 'text/csv; charset=utf-8';
const HTML = 'text/html; charset=utf-8';

/** The run that is being told. */
export interface ToldRun {
  recorded: RecordedManifest;
  outputs: RunOutputs;
  /** Rejects if the files of the run are not as its manifest says, see {@link assertFiles}. */
  checked: Promise<void>;
}

/**
 * Makes the view of a day from the run of that day that started last: its tables, its page, and what tells Athena where
 * the tables are. A run that started earlier and ends later therefore makes the same view again.
 * @param known - the run that is being told; the others are read
 * @returns what makes the view once more if another run has ended meanwhile, whose view may just have been replaced
 */
export async function publishDay(
  bucket: ReportBucket,
  chain: ManifestChain,
  date: string,
  known?: ToldRun,
): Promise<() => Promise<void>> {
  const source = { bucket, chain, known };
  const first = await publishNewest(source, date);
  return async () => {
    for (let published = first; published !== undefined;) {
      const newest = await publishNewest(source, date, published);
      if (newest === published) return;
      published = newest;
    }
  };
}

/** The page of a run in the view of its day. */
export function dayPage(bucket: ReportBucket, recorded: RecordedManifest, outputs: RunOutputs): string {
  const folder = prefixes.day(recorded.manifest.date);
  return withManifest(outputs.page, recorded, { folder, place: bucket.url(recorded.key) });
}

/**
 * Passes over runs that somebody changed after they were written: what nobody can trust does not replace what is right.
 * @param published - number of the manifest whose view was made last; it is not made again
 * @returns the number of the manifest whose view there is now; undefined if no run of the day can be told
 */
async function publishNewest(
  { bucket, chain, known }: { bucket: ReportBucket; chain: ManifestChain; known: ToldRun | undefined },
  date: string,
  published?: number,
): Promise<number | undefined> {
  // A manifest was the newest when it was added. If another one has followed, the next pass sees it.
  const added = known && chain.hasAdded(known.recorded) ? known.recorded : undefined;
  const usable = published === undefined && added ? added : (await chain.newest()).usable;
  const runs = byStart(recentRuns(usable).filter((run) => run.date === date));
  for (const run of runs) {
    if (run.number === published) return published;
    try {
      const recorded = await chain.of(run);
      if (!recorded) continue;
      const isKnown = known?.recorded.sha256 === recorded.sha256;
      await (isKnown && published === undefined ? known.checked : assertFiles(bucket, recorded.manifest));
      const outputs = isKnown ? known.outputs : await storedOutputs(bucket, recorded.manifest);
      await publishRun(bucket, recorded, outputs);
      if (recorded.manifest.serviceCredentials === null && (await haveLists(chain, runs)))
        await withdrawList(bucket, date);
      return run.number;
    } catch (error) {
      // The files are there, so access that is denied to them can be repaired.
      if (!isDamaged(error) || error.name === 'AccessDenied') throw error;
      log('passed over a run of the day', { run, error: String(error) });
    }
  }
  return undefined;
}

/** Whether one of the runs has a list of service-specific credentials, or may have one. */
async function haveLists(chain: ManifestChain, runs: readonly RecentRun[]): Promise<boolean> {
  for (const run of runs) {
    const mayHaveOne = await unlessDamaged(
      async () => (await chain.of(run))?.manifest.serviceCredentials !== null,
      () => true,
    );
    if (mayHaveOne) return true;
  }
  return false;
}

/**
 * Takes a list that another run of the day made out of the view: the run that the view is made of has none. Nothing in the
 * bucket may be deleted, so the list is emptied.
 */
async function withdrawList(bucket: ReportBucket, date: string): Promise<void> {
  const list = keys.day(date, 'service_credentials.csv');
  await bucket.put(list, csvLine(tableColumns.service_credentials), { ContentType: CSV });
  const place = `${bucket.url(list)}\n`;
  await bucket.put(keys.partition('service_credentials', date), place, { ContentType: 'text/plain' });
}

/**
 * Checks that the files that a run wrote are there. Copies happen within S3, so only the size of what is copied is known.
 * @throws {@link InvalidInput}
 */
export async function assertFiles(bucket: ReportBucket, manifest: Manifest): Promise<void> {
  const folder = folderOf(manifest);
  const stored = await bucket.objects(folder);
  for (const { key, bytes } of manifest.files)
    if (key.startsWith(folder) && stored.get(key)?.bytes !== bytes)
      throw new InvalidInput(`${bucket.url(key)} is gone, or was changed after it was written`);
}

async function publishRun(
  bucket: ReportBucket,
  recorded: RecordedManifest,
  outputs: RunOutputs,
): Promise<void> {
  const { manifest } = recorded;
  const { date } = manifest;
  const lists = manifest.serviceCredentials !== null;
  const files = dayTables.filter((file) => lists || file !== 'service_credentials.csv');
  const copies = files.map(async (file) => {
    const { key, bytes } = fileOf(manifest, file);
    await bucket.copy(key, keys.day(date, file), bytes, CSV);
  });
  // Athena reads all objects of a folder as one table, so each table has its own folder, with a file that names its
  // object (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-athena-query.html).
  const partitions = tableNamesWith(lists).map(async (name) => {
    const place = `${bucket.url(fileOf(manifest, `${name}.csv`).key)}\n`;
    await bucket.put(keys.partition(name, date), place, { ContentType: 'text/plain' });
  });
  await together([...copies, ...partitions]);
  await bucket.put(keys.day(date, 'index.html'), dayPage(bucket, recorded, outputs), { ContentType: HTML });
}

/**
 * What a run tells people.
 * @throws {@link InvalidInput} if it is not what the manifest names
 */
export async function storedOutputs(bucket: ReportBucket, manifest: Manifest): Promise<RunOutputs> {
  const { key, sha256 } = fileOf(manifest, 'outputs.json');
  const found = await bucket.getJson(key, RunOutputs);
  if (found.sha256 !== sha256) throw new InvalidInput(`${bucket.url(key)} was changed after it was written`);
  return found.content;
}

/** The folder of the files that a run wrote, with a slash at its end. */
export const folderOf = (manifest: Manifest): string =>
  fileOf(manifest, 'outputs.json').key.replace(/[^/]+$/, '');

import type { Manifest } from '../../core/manifest';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { type DayFile, type TableFile, keys, prefixes } from '../../shared/bucket-layout';
import { log } from '../../shared/log';
import { tableNames } from '../../shared/table-columns';
import { InvalidInput } from '../../shared/validation';
import { type ManifestChain, type RecordedManifest, byStart, recentRuns } from '../history/manifest-chain';
import { isPermanent } from '../history/permanent';
import { RunOutputs, withManifest } from '../outputs-file';

const CSV = 'text/csv; charset=utf-8';
const HTML = 'text/html; charset=utf-8';

/**
 * Makes the view of a day from the run of that day that started last: its tables, its page, and what tells Athena where
 * the tables are. A run that started earlier and ends later therefore makes the same view again. If another run ends
 * meanwhile, its view may just have been replaced, so it is made once more.
 */
export async function publishDay(bucket: ReportBucket, chain: ManifestChain, date: string): Promise<void> {
  for (let published: number | undefined; ;) {
    const newest = await newestOfDate(bucket, chain, date);
    if (!newest || newest.recorded.manifest.number === published) return;
    await publishRun(bucket, newest);
    published = newest.recorded.manifest.number;
  }
}

/** The page of a run in the view of its day. */
export function dayPage(bucket: ReportBucket, recorded: RecordedManifest, outputs: RunOutputs): string {
  const folder = prefixes.day(recorded.manifest.date);
  return withManifest(outputs.page, recorded, { folder, place: bucket.url(recorded.key) });
}

/** A run that can be told. */
interface ToldRun {
  recorded: RecordedManifest;
  outputs: RunOutputs;
}

/** Passes over runs that somebody changed after they were written: what nobody can trust does not replace what is right. */
async function newestOfDate(
  bucket: ReportBucket,
  chain: ManifestChain,
  date: string,
): Promise<ToldRun | undefined> {
  const { usable } = await chain.newest();
  for (const run of byStart(recentRuns(usable).filter((run) => run.date === date))) {
    try {
      const recorded = await chain.of(run);
      if (recorded) return { recorded, outputs: await storedOutputs(bucket, recorded.manifest) };
    } catch (error) {
      // A newer view must not be replaced because its run could not be read this time.
      if (!isPermanent(error) || error.name === 'AccessDenied') throw error;
      log('passed over a run of the day', { run, error: String(error) });
    }
  }
  return undefined;
}

async function publishRun(bucket: ReportBucket, { recorded, outputs }: ToldRun): Promise<void> {
  const { manifest } = recorded;
  const { date } = manifest;
  const copy = async (file: DayFile, contentType: string) => {
    const { key, bytes } = fileOf(manifest, file);
    await bucket.copy(key, keys.day(date, file), bytes, contentType);
  };
  await copy('findings.jsonl', 'application/jsonl');
  for (const name of tableNames) {
    const file: TableFile = `${name}.csv`;
    const table = fileOf(manifest, file);
    await copy(file, CSV);
    // Athena reads all objects of a folder as one table, so each table has its own folder, with a file that names its
    // object (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-athena-query.html).
    await bucket.put(keys.partition(name, date), `${bucket.url(table.key)}\n`, { ContentType: 'text/plain' });
  }
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

/** A file of a run, which every manifest names. */
export function fileOf({ files, number }: Manifest, name: string): Manifest['files'][number] {
  const file = files.find(({ key }) => key.endsWith(`/${name}`));
  if (!file) throw new Error(`Manifest ${number} does not name ${name}`);
  return file;
}

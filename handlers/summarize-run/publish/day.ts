import type { Manifest } from '../../core/manifest';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { type DayFile, type TableFile, keys, prefixes } from '../../shared/bucket-layout';
import { tableNames } from '../../shared/table-columns';
import type { ManifestChain, RecordedManifest } from '../history/manifest-chain';
import { recentRuns } from '../history/manifest-chain';
import { RunOutputs, withManifest } from '../outputs';

const CSV = 'text/csv; charset=utf-8';
const HTML = 'text/html; charset=utf-8';

/**
 * Makes the view of a day from the run of that day that started last: its tables, its page, and what tells Athena where
 * the tables are. A run that started earlier and ends later therefore makes the same view again. If another run ends
 * meanwhile, its view may just have been replaced, so it is made once more.
 */
export async function publishDay(bucket: ReportBucket, chain: ManifestChain, date: string): Promise<void> {
  for (let published: number | undefined; ;) {
    const newest = await newestOfDate(chain, date);
    if (!newest || newest.manifest.number === published) return;
    await publishRun(bucket, newest);
    published = newest.manifest.number;
  }
}

/** The page of a run in the view of its day. */
export function dayPage(bucket: ReportBucket, recorded: RecordedManifest, outputs: RunOutputs): string {
  const folder = prefixes.day(recorded.manifest.date);
  return withManifest(outputs.page, recorded, { folder, place: bucket.url(recorded.key) });
}

async function newestOfDate(chain: ManifestChain, date: string): Promise<RecordedManifest | undefined> {
  const { usable } = await chain.newest();
  const runs = recentRuns(usable).filter((run) => run.date === date);
  const [newest] = runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return newest && (await chain.numbered(newest.number));
}

async function publishRun(bucket: ReportBucket, recorded: RecordedManifest): Promise<void> {
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
  const { content: outputs } = await bucket.getJson(fileOf(manifest, 'outputs.json').key, RunOutputs);
  await bucket.put(keys.day(date, 'index.html'), dayPage(bucket, recorded, outputs), { ContentType: HTML });
}

/** A file of a run, which every manifest names. */
export function fileOf({ files, number }: Manifest, name: string): Manifest['files'][number] {
  const file = files.find(({ key }) => key.endsWith(`/${name}`));
  if (!file) throw new Error(`Manifest ${number} does not name ${name}`);
  return file;
}

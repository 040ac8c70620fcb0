import { keys, runPrefixOf, prefixes } from '../../shared/bucket-layout';
import { log } from '../../shared/log';
import { type ManifestAccount, Manifest } from '../../core/manifest';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { EarlierSnapshot } from './snapshot';

/** What is kept of the earlier run's manifest: it can have 50,000 accounts. */
export type EarlierManifest = Pick<Manifest, 'date' | 'execution' | 'startedAt'> & {
  accounts: Pick<ManifestAccount, 'id' | 'name' | 'outcome'>[];
};

export interface EarlierRun {
  manifest: EarlierManifest;
  snapshot: EarlierSnapshot;
}

/**
 * The newest run that began before this one and was summarized to its end: the manifest is the last file that
 * a run writes.
 */
export async function earlierRun(
  bucket: ReportBucket,
  date: string,
  startedAt: string,
): Promise<EarlierRun | undefined> {
  const dates = (await bucket.folders(prefixes.runs)).filter((one) => one <= date).sort();
  for (const one of dates.reverse()) {
    let newest: { run: string; manifest: EarlierManifest } | undefined;
    for (const execution of await bucket.folders(prefixes.runsOfDate(one))) {
      const run = runPrefixOf(one, execution);
      const manifest = await manifestOf(bucket, run);
      if (
        manifest &&
        manifest.startedAt < startedAt &&
        !(newest && newest.manifest.startedAt > manifest.startedAt)
      )
        newest = { run, manifest };
    }
    if (newest) {
      const lines = bucket.lines(keys.snapshot(newest.run));
      return { manifest: newest.manifest, snapshot: new EarlierSnapshot(lines) };
    }
  }
  return undefined;
}

async function manifestOf(bucket: ReportBucket, run: string): Promise<EarlierManifest | undefined> {
  // Asked for by name, a file that is not there is a refusal: this function may list what runs have, and not
  // what else the bucket holds (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
  const files = await Promise.all([keys.manifest(run), keys.snapshot(run)].map((key) => bucket.list(key)));
  // The run broke, or is still under way.
  if (files.some(([file]) => file === undefined)) return undefined;
  const content = await bucket.get(keys.manifest(run));
  if (!content) return undefined;
  const { success, data, error } = Manifest.safeParse(JSON.parse(Buffer.from(content).toString()));
  if (success) {
    const { startedAt, execution, date, accounts } = data;
    return {
      date,
      execution,
      startedAt,
      accounts: accounts.map(({ id, name, outcome }) => ({ id, name, outcome })),
    };
  }
  log('earlier run cannot be compared with', { run, problems: error.issues.length });
  return undefined;
}

import type { EarlierManifest } from '../../core/changes';
import { Manifest } from '../../core/manifest';
import { snapshotProblems } from '../../core/snapshot-header';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { keys, prefixes, runPrefixOf } from '../../shared/bucket-layout';
import { log } from '../../shared/log';
import { EarlierSnapshot } from './earlier-snapshot';

export interface EarlierRun {
  manifest: EarlierManifest;
  snapshot: EarlierSnapshot;
}

/**
 * The previous run: the newest one that started before this one and was summarized completely. The manifest is the last
 * file that a run writes.
 */
export async function earlierRun(
  bucket: ReportBucket,
  environment: string,
  date: string,
  startedAt: string,
): Promise<EarlierRun | undefined> {
  const dates = (await bucket.folders(prefixes.runs)).filter((earlier) => earlier <= date).sort();
  for (const earlier of dates.reverse()) {
    const candidates: { runPrefix: string; manifest: EarlierManifest }[] = [];
    for (const execution of await bucket.folders(prefixes.runsOfDate(earlier))) {
      const runPrefix = runPrefixOf(earlier, execution);
      const manifest = await manifestOf(bucket, runPrefix);
      if (manifest && manifest.startedAt < startedAt) candidates.push({ runPrefix, manifest });
    }
    // Of two that started at the same moment the last one by name is the newer one.
    candidates
      .reverse()
      .sort((a, b) =>
        a.manifest.startedAt > b.manifest.startedAt
          ? -1
          : Number(a.manifest.startedAt < b.manifest.startedAt),
      );
    for (const { runPrefix, manifest } of candidates) {
      const snapshot = await EarlierSnapshot.open(bucket.lines(keys.snapshot(runPrefix)), environment);
      if (typeof snapshot !== 'string') return { manifest, snapshot };
      log('skipped an earlier run whose snapshot cannot be used', {
        runPrefix,
        problem: snapshotProblems[snapshot],
      });
    }
  }
  return undefined;
}

async function manifestOf(bucket: ReportBucket, runPrefix: string): Promise<EarlierManifest | undefined> {
  // Getting a file that does not exist is denied, because this function may not list the whole bucket
  // (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html). It may list the files of runs.
  const files = await Promise.all(
    [keys.manifest(runPrefix), keys.snapshot(runPrefix)].map((key) => bucket.list(key)),
  );
  // The run failed, or is still in progress.
  if (files.some(([file]) => file === undefined)) return undefined;
  const content = await bucket.get(keys.manifest(runPrefix));
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
  log('skipped an earlier run whose manifest is not valid', {
    runPrefix,
    problems: error.issues.length,
  });
  return undefined;
}

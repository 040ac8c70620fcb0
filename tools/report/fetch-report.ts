import { join } from 'node:path';
import pMap from 'p-map';
import type { Finding } from '../verify/findings';
import type { Header } from '../verify/parse-manifest';
import type { S3Store } from '../verify/s3-store';
import { type RecordedFile, checkRun } from './check-run';
import { download } from './download';
import { findRun } from './find-run';
import { NotAsRecorded } from './not-as-recorded';
import { ReportFolder } from './report-folder';

/** Files that are downloaded at the same time. */
const CONCURRENCY = 4;

export interface FetchProps {
  readonly environment: string;
  /** YYYY-MM-DD. @default - the newest day that has a finished run */
  readonly date?: string | undefined;
  /** Whether the environment signs. */
  readonly signs: boolean;
  /** The folder for the reports of every environment. */
  readonly out: string;
  readonly now: Date;
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

export interface FetchedReport {
  /** Path of the page. */
  readonly page: string;
  readonly run: Pick<Header, 'date' | 'execution' | 'startedAt' | 'totals'>;
  readonly files: readonly RecordedFile[];
  readonly isSigned: boolean;
}

/**
 * Fetches page, tables and manifest of the newest run of a day. What was fetched before is replaced only when everything is
 * as the run recorded it.
 * @throws {@link NotAsRecorded} with everything that is not
 */
export async function fetchReport(store: S3Store, props: FetchProps): Promise<FetchedReport> {
  const { environment, signs, now } = props;
  const found = await findRun(store, environment, props.date);
  const checked = await checkRun(store, found, signs, now);
  const { manifest } = found;
  const folder = ReportFolder.open(props.out, environment);
  try {
    await downloadAll(store, folder.partial, checked, props);
    const day = folder.replace(manifest.header.date, manifest);
    return { ...checked, page: join(day, 'index.html'), run: manifest.header };
  } finally {
    folder.close();
  }
}

async function downloadAll(
  store: S3Store,
  folder: string,
  { files, isExpired }: { readonly files: readonly RecordedFile[]; readonly isExpired: boolean },
  { onProgress = () => undefined }: FetchProps,
): Promise<void> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    onProgress(`${files.length} files, KiB`, Math.floor(done / 1024), Math.ceil(total / 1024));
  };
  const problems: Finding[] = [];
  const one = async (file: RecordedFile) => {
    const wrong = await download(store, file, { path: join(folder, file.name), isExpired, onBytes });
    if (wrong) problems.push(wrong);
  };
  await pMap(files, one, { concurrency: CONCURRENCY });
  if (problems.length === 0) return;
  const inOrder = files.flatMap(({ key }) => problems.filter((problem) => problem.key === key));
  throw new NotAsRecorded(inOrder);
}

import type { ListedObject, ReportBucket } from '../shared/aws/report-bucket';
import { keys, prefixes } from '../shared/bucket-layout';
import type { Ledger } from '../shared/run-files';

/** Accounts of a part of a listing: as many as S3 has objects on a page. */
const ACCOUNTS_OF_A_PART = 1_000;

/** What the bucket has of a date, by key. */
export interface CollectedObjects {
  reports: ReadonlyMap<string, ListedObject>;
  /** Absent if the run does not list service-specific credentials. */
  lists: ReadonlyMap<string, ListedObject> | undefined;
}

export async function collectedObjects(
  bucket: ReportBucket,
  { date, accounts, settings }: Ledger,
): Promise<CollectedObjects> {
  const ids = accounts.map(({ id }) => id).sort();
  const cuts = ids.filter((_id, index) => index % ACCOUNTS_OF_A_PART === ACCOUNTS_OF_A_PART - 1);
  const objects = (prefix: string, key: (date: string, account: string) => string) =>
    bucket.objects(
      prefix,
      cuts.map((id) => key(date, id)),
    );
  const [reports, lists] = await Promise.all([
    objects(prefixes.reports(date), keys.report),
    settings.serviceCredentials
      ? objects(prefixes.serviceCredentials(date), keys.serviceCredentials)
      : undefined,
  ]);
  return { reports, lists };
}

/** The rows that the table of a day has to have, computed from manifests and from what IAM returned. */
import { parse } from 'csv-parse/sync';
import type { Manifest, ManifestAccount } from '../../handlers/core/manifest';
import { sha256Of } from '../../handlers/shared/hash';
import type { Run } from './faulty-run';
import type { Simulation } from './simulation';
import type { StoredBucket } from './stored-bucket';

type Collected = Extract<ManifestAccount, { outcome: 'collected' }>;

/** Account, time of the report, ARN and execution of every row. */
export function expectedRows(simulation: Simulation, run: Manifest, runs: readonly Manifest[]): string[] {
  return run.accounts.flatMap((account) => {
    if (account.outcome === 'skipped') return [];
    if (account.outcome === 'collected') return rowsOf(simulation, account, run.execution);
    const from = runs.find(({ number }) => number === account.keptFrom?.number);
    const kept = from && collectedIn(from, account.id);
    return kept ? rowsOf(simulation, kept, from.execution) : [];
  });
}

function rowsOf({ issued }: Simulation, { id, sha256, generatedAt }: Collected, execution: string): string[] {
  const content = issued.of(id, sha256)?.content ?? '';
  return parse(content)
    .slice(1)
    .map(([, arn]) => [id, generatedAt, arn, execution].join());
}

/** Keys of reports that the summaries of these runs were not allowed to read, and took for damaged. */
export const deniedReports = (runs: readonly Pick<Run, 'hits'>[]): ReadonlySet<string> =>
  new Set(
    runs
      .flatMap(({ hits }) => hits)
      .flatMap(({ name, kind, key }) => (name === 's3:GetReport' && kind === 'denied' ? [key] : [])),
  );

/**
 * Accounts that fail, keep no report, and were collected by an earlier run of the date whose report can still be read.
 * @param denied - keys of reports that could not be read
 */
export function poorerAccounts(
  { bucket }: Pick<Simulation, 'bucket'>,
  { accounts, number, notes }: Manifest,
  runs: readonly Manifest[],
  denied: ReadonlySet<string>,
): string[] {
  // A manifest that could not be read cannot say what was collected; that is told.
  if (notes.length > 0) return [];
  const earlier = runs.filter((run) => run.number < number);
  return accounts.flatMap((account) => {
    if (account.outcome !== 'failed' || account.keptFrom) return [];
    const last = earlier
      .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
      .flatMap((run) => collectedIn(run, account.id) ?? [])[0];
    return last && !denied.has(last.key) && isReadable(bucket, last) ? [account.id] : [];
  });
}

function isReadable(bucket: StoredBucket, { key, versionId, sha256 }: Collected): boolean {
  return versionId !== undefined || sha256Of(bucket.object(key) ?? '') === sha256;
}

function collectedIn({ accounts }: Manifest, id: string): Collected | undefined {
  return accounts.find(
    (account): account is Collected => account.id === id && account.outcome === 'collected',
  );
}

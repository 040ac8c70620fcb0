/** What holds for the report of a collected account: it is the one that IAM returned, and it is still there. */
import type { Manifest, ManifestAccount } from '../../handlers/core/manifest';
import { keys, prefixes, runOfOutcomes } from '../../handlers/shared/bucket-layout';
import { sha256Of } from '../../handlers/shared/hash';
import type { Batch, BatchOutcomes, Collected as RecordedOutcome } from '../../handlers/shared/run-files';
import { type BrokenRule, brokenIf } from './broken-rule';
import { type RunFiles, runsOfDate } from './run-files';
import type { Simulation } from './simulation';
import type { StoredBucket } from './stored-bucket';

type Collected = Extract<ManifestAccount, { outcome: 'collected' }>;

export function evidenceRules(
  { bucket, issued }: Simulation,
  { manifest, outcomes }: RunFiles,
  account: Collected,
  detail: string,
): BrokenRule[] {
  const { id, key, bytes, sha256, evidence } = account;
  const report = issued.of(id, sha256);
  const recorded = outcomes.get(id);
  return [
    ...brokenIf(
      recorded?.outcome !== 'collected' || recorded.sha256 !== sha256,
      'the manifest has the hash of the report that was collected',
      detail,
    ),
    ...brokenIf(
      report?.content.length !== bytes || key !== keys.report(manifest.date, id),
      'a collected account has its report in the bucket, byte for byte',
      detail,
    ),
    ...brokenIf(
      report?.generatedAt !== account.generatedAt,
      'a collected account has the time at which IAM generated its report',
      detail,
    ),
    ...brokenIf(
      !isKept(bucket, account, manifest.date),
      'the report of a collected account stays: as the object, as its version, or replaced by another run of the day',
      detail,
    ),
    ...brokenIf(
      evidence === 'superseded-not-verifiable' && bucket.hasVersions,
      'in a bucket with versions, every report can be verified',
      detail,
    ),
  ];
}

/** Whether a report or a list can still be read or, without versions, was replaced by another run that recorded what it stored. */
export function isKept(
  bucket: StoredBucket,
  { id, key, sha256, versionId }: Pick<Collected, 'id' | 'key' | 'sha256' | 'versionId'>,
  date: string,
  hashIn: (outcome: RecordedOutcome) => string | undefined = (outcome) => outcome.sha256,
): boolean {
  const hashOf = (content: Buffer | undefined) => content && sha256Of(content);
  if (bucket.hasVersions) return versionId !== undefined && hashOf(bucket.version(key, versionId)) === sha256;
  const current = hashOf(bucket.object(key));
  if (versionId !== undefined || current === undefined) return false;
  const recorded = recordedHashes(bucket, date, id, hashIn);
  // A run that failed before it recorded its outcome may have replaced it too.
  return current === sha256 || recorded.includes(current) || recorded.includes(undefined);
}

/** The hash of the list that was collected with a report. */
export const hashOfListed = ({ serviceCredentials: list }: Pick<RecordedOutcome, 'serviceCredentials'>) =>
  list?.outcome === 'collected' ? list.sha256 : undefined;

/**
 * Whether a report or a list of a run was replaced by one that no outcome records, because a run ended before it recorded that. Nothing
 * tells it from a forged one, so that the run is refused when it is summarized again.
 */
export function hasUnrecordedReplacement(bucket: StoredBucket, { date, accounts }: Manifest): boolean {
  return accounts.some((account) => {
    if (account.outcome !== 'collected') return false;
    const { id, serviceCredentials: list, ...report } = account;
    const isUnrecorded = (
      { key, sha256 }: Pick<Collected, 'key' | 'sha256'>,
      hashIn: (outcome: RecordedOutcome) => string | undefined,
    ) => {
      const content = bucket.object(key);
      const current = content && sha256Of(content);
      return current !== sha256 && !recordedHashes(bucket, date, id, hashIn).includes(current);
    };
    return (
      isUnrecorded(report, ({ sha256 }) => sha256) ||
      (list?.outcome === 'collected' && isUnrecorded(list, hashOfListed))
    );
  });
}

/** Hashes of the reports, or of the lists, of an account that the batches of a date recorded; undefined for a batch that recorded none. */
function recordedHashes(
  bucket: StoredBucket,
  date: string,
  id: string,
  hashIn: (outcome: RecordedOutcome) => string | undefined,
): (string | undefined)[] {
  const files = Map.groupBy(bucket.keysBelow(prefixes.outcomesOfDate(date)), runOfOutcomes);
  return runsOfDate(bucket, date).flatMap((run) => {
    const recorded = (files.get(run) ?? [])
      .flatMap((key) => (bucket.json(key) as BatchOutcomes).outcomes)
      .flatMap((outcome) =>
        outcome.account === id && outcome.outcome === 'collected' ? [hashIn(outcome)] : [],
      );
    const batches = bucket
      .keysBelow(`${prefixes.ledgers}${run}/batches/`)
      .filter((key) => (bucket.json(key) as Batch).accounts.includes(id));
    return batches.length > recorded.length ? [...recorded, undefined] : recorded;
  });
}

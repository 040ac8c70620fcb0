/** The files of a run in the bucket. */
import { keys, partsOfRun, prefixes } from '../../handlers/shared/bucket-layout';
import { sha256Of } from '../../handlers/shared/hash';
import type { Batch, BatchOutcomes, Ledger, Outcome } from '../../handlers/shared/run-files';
import type { Manifest } from '../../handlers/core/manifest';
import type { Run } from './faulty-run';
import type { StoredBucket } from './stored-bucket';
import { ENVIRONMENT } from './state-machine';

/** A manifest in the bucket. */
export interface StoredManifest {
  key: string;
  sha256: string;
  manifest: Manifest;
}

export interface RunFiles extends StoredManifest {
  /** Names the run in keys and events. */
  run: string;
  ledger: Ledger;
  ledgerHash: string;
  /** Outcomes that the functions recorded, by account. */
  outcomes: Map<string, Outcome>;
  batches: Batch[];
  /** Number of the batch of each account. */
  batchOf: Map<string, number>;
}

/** The manifests in the order of their numbers. */
export function manifestsIn(bucket: StoredBucket): StoredManifest[] {
  return bucket
    .keysBelow(prefixes.manifests(ENVIRONMENT))
    .filter((key) => key.endsWith('.json'))
    .map((key) => ({
      key,
      sha256: sha256Of(bucket.text(key)),
      manifest: bucket.json(key) as Manifest,
    }));
}

/** Nothing if the run failed, or if it has no manifest. */
export function readRun(bucket: StoredBucket, { execution, result }: Run): RunFiles | undefined {
  const recorded = manifestsIn(bucket).find(({ manifest }) => manifest.execution === execution);
  const run = runNamed(bucket, execution);
  if (run === undefined || !recorded || result.status === 'FAILED') return undefined;
  const outcomes = bucket
    .keysBelow(prefixes.outcomes(run))
    .flatMap((key) => (bucket.json(key) as BatchOutcomes).outcomes);
  const batches = bucket
    .keysBelow(`${prefixes.ledgers}${run}/batches/`)
    .map((key) => bucket.json(key) as Batch);
  return {
    ...recorded,
    run,
    ledger: bucket.json(keys.ledger(run)) as Ledger,
    ledgerHash: sha256Of(bucket.text(keys.ledger(run))),
    outcomes: new Map(outcomes.map((outcome) => [outcome.account, outcome])),
    batches,
    batchOf: new Map(
      batches.flatMap(({ batch, accounts }) => accounts.map((account) => [account, batch] as const)),
    ),
  };
}

/** The runs of a date that have a ledger. */
export const runsOfDate = (bucket: StoredBucket, date: string): string[] => [
  ...new Set(
    bucket
      .keysBelow(`${prefixes.ledgers}${date}`)
      .map((key) => key.slice(prefixes.ledgers.length).split('/').slice(0, 2).join('/')),
  ),
];

const runNamed = (bucket: StoredBucket, execution: string) =>
  runsOfDate(bucket, '').find((run) => partsOfRun(run).execution === execution);

/** The files of a run in the bucket. */
import { keys, partsOfRun, prefixes } from '../../handlers/shared/bucket-layout';
import { sha256Of } from '../../handlers/shared/hash';
import type { Batch, BatchOutcomes, Ledger, Outcome } from '../../handlers/shared/run-files';
import type { Manifest } from '../../handlers/core/manifest';
import type { RunView } from '../../handlers/summarize-run/publish/view';
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
  /** Outcomes that the functions recorded, by account. */
  outcomes: Map<string, Outcome>;
  batches: Batch[];
  /** Number of the batch whose outcome of an account counts. */
  batchOf: Map<string, number>;
}

/** The view of a run; nothing if it is not finished. */
export function viewOf(bucket: StoredBucket, run: string): RunView | undefined {
  const key = keys.view(run);
  return bucket.object(key) ? (bucket.json(key) as RunView) : undefined;
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
  const ledger = bucket.json(keys.ledger(run)) as Ledger;
  const batchOf = new Map(
    ledger.accounts.flatMap(({ id, batch }) => (batch === undefined ? [] : [[id, batch] as const])),
  );
  const outcomes = bucket.keysBelow(prefixes.outcomes(run)).flatMap((key) => {
    const { batch, outcomes } = bucket.json(key) as BatchOutcomes;
    return outcomes.filter(({ account }) => batchOf.get(account) === batch);
  });
  const batches = bucket
    .keysBelow(`${prefixes.ledgers}${run}/batches/`)
    .map((key) => bucket.json(key) as Batch);
  return {
    ...recorded,
    run,
    ledger,
    outcomes: new Map(outcomes.map((outcome) => [outcome.account, outcome])),
    batches,
    batchOf,
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

/** The files of a run in the bucket. */
import { keys, prefixes, runPrefixOf } from '../../handlers/shared/bucket-layout';
import type { Batch, BatchOutcomes, Ledger, Outcome } from '../../handlers/shared/run-files';
import type { Manifest } from '../../handlers/core/manifest';
import type { Run } from './faulty-run';
import type { Simulation } from './simulation';

export interface RunFiles {
  runPrefix: string;
  ledger: Ledger;
  manifest: Manifest;
  /** Outcomes that the functions recorded, by account. */
  outcomes: Map<string, Outcome>;
  /** Number of the batch of each account. */
  batches: Map<string, number>;
}

/** Nothing if the run failed. */
export function readRun(simulation: Simulation, { execution, result }: Run): RunFiles | undefined {
  const all = [...simulation.objects().keys()];
  const runPrefix = all
    .filter((key) => key.startsWith(prefixes.runs))
    .map((key) => runPrefixOf(key.slice(prefixes.runs.length).split('/', 1).join(), execution))
    .find((prefix) => simulation.object(keys.ledger(prefix)));
  if (runPrefix === undefined || result.status === 'FAILED') return undefined;
  const outcomes = all
    .filter((key) => key.startsWith(prefixes.outcomes(runPrefix)))
    .flatMap((key) => (simulation.json(key) as BatchOutcomes).outcomes);
  return {
    runPrefix,
    ledger: simulation.json(keys.ledger(runPrefix)) as Ledger,
    manifest: simulation.json(keys.manifest(runPrefix)) as Manifest,
    outcomes: new Map(outcomes.map((outcome) => [outcome.account, outcome])),
    batches: readBatches(simulation, runPrefix),
  };
}

function readBatches(simulation: Simulation, runPrefix: string): Map<string, number> {
  const batches = new Map<string, number>();
  for (let batch = 1; simulation.object(keys.batch(runPrefix, batch)); batch++) {
    const { accounts } = simulation.json(keys.batch(runPrefix, batch)) as Batch;
    for (const account of accounts) batches.set(account, batch);
  }
  return batches;
}

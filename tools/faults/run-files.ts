/** What a run left in the bucket. */
import { keys, prefixes } from '../../handlers/shared/bucket-layout';
import type { Batch, BatchOutcomes, Ledger, Outcome } from '../../handlers/shared/run-files';
import type { Manifest } from '../../handlers/core/manifest';
import type { Run } from './faulty-run';
import type { World } from './world';

export interface RunFiles {
  /** Folder of the run, without a slash at its end. */
  run: string;
  ledger: Ledger;
  manifest: Manifest;
  /** Outcomes that the functions recorded, by account. */
  outcomes: Map<string, Outcome>;
  /** Number of the batch of an account. */
  batches: Map<string, number>;
}

/** Nothing when the run broke before its end. */
export function readRun(world: World, { execution, result }: Run): RunFiles | undefined {
  const all = [...world.objects().keys()];
  const ledger = all.find((key) => key.endsWith(`/${execution}/ledger.json`));
  if (ledger === undefined || result.status === 'FAILED') return undefined;
  const run = ledger.slice(0, -'/ledger.json'.length);
  const below = (prefix: string) => all.filter((key) => key.startsWith(prefix)).map((key) => world.json(key));
  const outcomes = (below(prefixes.outcomes(run)) as BatchOutcomes[]).flatMap((file) => file.outcomes);
  const batches = (below(`${run}/batches/`) as Batch[]).flatMap(({ batch, accounts }) =>
    accounts.map((account) => [account, batch] as const),
  );
  return {
    run,
    ledger: world.json(ledger) as Ledger,
    manifest: world.json(keys.manifest(run)) as Manifest,
    outcomes: new Map(outcomes.map((outcome) => [outcome.account, outcome])),
    batches: new Map(batches),
  };
}

/** What holds for the numbers of a manifest, and for what the next run compares itself with. */
import { imbalanceOf } from '../../handlers/core/change-totals';
import type { Manifest } from '../../handlers/core/manifest';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';

export function totalRules({ bucket }: Simulation, run: Run, { manifest }: RunFiles): BrokenRule[] {
  const { totals, accounts, files } = manifest;
  const collected = accounts.flatMap(({ id, outcome }) => (outcome === 'collected' ? id : []));
  const snapshot = bucket.text(files.find(({ key }) => key.endsWith('/snapshot.jsonl'))?.key ?? '');
  return [
    ...brokenIf(
      totals.expected !== totals.collected + totals.failed || totals.collected !== collected.length,
      'every expected account is collected or failed',
      JSON.stringify(totals),
    ),
    ...brokenIf(
      collected.some((id) => !snapshot.includes(`{"account":"${id}"`)),
      'the snapshot has every collected account',
      run.execution,
    ),
    ...balanceRules(run, manifest),
  ];
}

function balanceRules({ execution, hits }: Run, { changes, notes }: Manifest): BrokenRule[] {
  const imbalance = changes ? imbalanceOf(changes) : undefined;
  const isExplained =
    notes.length > 0 && hits.some(({ name }) => name === 's3:GetFile' || name === 's3:GetManifest');
  return brokenIf(
    imbalance !== undefined && !isExplained,
    'changes add up, unless a fault hit the reading of the earlier run and the manifest says so',
    `${execution}: ${imbalance ?? ''}`,
  );
}

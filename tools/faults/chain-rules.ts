/** What holds for all manifests of an environment together. */
import { numberOfManifest } from '../../handlers/shared/bucket-layout';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import { type StoredManifest, manifestsIn } from './run-files';
import type { StoredBucket } from './stored-bucket';

/** @param runs - every run so far */
export function chainRules(bucket: StoredBucket, runs: readonly Run[]): BrokenRule[] {
  const chain = manifestsIn(bucket);
  const executions = chain.map(({ manifest }) => manifest.execution);
  const lost = runs.filter(
    ({ execution, result }) =>
      result.status === 'SUCCEEDED' && executions.filter((name) => name === execution).length !== 1,
  );
  const wrong = chain.filter((entry, index) => !isInPlace(entry, index, chain[index - 1], runs));
  return [
    ...brokenIf(
      wrong.length > 0,
      'manifests are numbered without a gap, and each has the hash of the one before',
      wrong.map(({ key }) => key).join(', '),
    ),
    ...brokenIf(
      new Set(executions).size < executions.length,
      'no run has two manifests',
      executions.join(', '),
    ),
    ...brokenIf(
      lost.length > 0,
      'a run that succeeded has a manifest',
      lost.map(({ execution }) => execution).join(', '),
    ),
  ];
}

function isInPlace(
  { key, manifest }: StoredManifest,
  index: number,
  before: StoredManifest | undefined,
  runs: readonly Run[],
): boolean {
  const { number, previous, execution } = manifest;
  if (number !== index + 1 || numberOfManifest(key) !== number) return false;
  if (!before) return previous === null;
  if (previous?.key !== before.key) return false;
  if (previous.sha256 === before.sha256) return true;
  // One that could not be read has no hash there.
  const hits = runs.find((run) => run.execution === execution)?.hits ?? [];
  return (
    previous.sha256 === null && hits.some(({ key: hit, kind }) => hit === before.key && kind === 'denied')
  );
}

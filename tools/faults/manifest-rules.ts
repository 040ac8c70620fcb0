/** What holds for the manifest of a run and for the files that it names. */
import type { FileOfRun, Manifest } from '../../handlers/core/manifest';
import type { RunSummary } from '../../handlers/shared/events';
import { sha256Of } from '../../handlers/shared/hash';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import { type RunFiles, viewOf } from './run-files';
import type { Simulation } from './simulation';
import type { StoredBucket } from './stored-bucket';

/** What a manifest names, besides outcomes and ledger. */
const NAMES = [
  'credentials.csv',
  'findings.csv',
  'changes.csv',
  'controls.csv',
  'snapshot.jsonl',
  'history.jsonl',
  'outputs.json',
  'SHA256SUMS',
];

export function manifestRules({ bucket }: Simulation, run: Run, files: RunFiles): BrokenRule[] {
  const { manifest, key, sha256 } = files;
  const { execution } = run;
  const wrong = manifest.files.filter((file) => !isStored(bucket, file));
  const names = manifest.files.map((file) => file.key.split('/').at(-1) ?? '');
  const view = viewOf(bucket, files.run);
  const told = run.result.status === 'SUCCEEDED' ? (run.result.output as RunSummary).manifest : undefined;
  const folder = names.indexOf('outputs.json');
  const page = manifest.files[folder]?.key.replace('outputs.json', 'index.html');
  return [
    ...brokenIf(
      wrong.length > 0 || NAMES.some((name) => !names.includes(name)),
      'every file that a manifest names exists with its size and hash',
      `${execution}: ${wrong.map((file) => file.key).join(', ') || names.join(', ')}`,
    ),
    ...brokenIf(
      !hasRightChecksums(bucket, manifest),
      'SHA256SUMS has every file of the manifest and every verified report and list',
      execution,
    ),
    ...brokenIf(
      view?.manifest.key !== key || view.manifest.sha256 !== sha256,
      'a finished run has a view that names its manifest',
      execution,
    ),
    ...brokenIf(
      !view || view.page.key !== page || !isStored(bucket, view.page),
      'the view of a run names its page, with the right hash',
      execution,
    ),
    ...brokenIf(
      told?.key !== key || told.sha256 !== sha256,
      'a run tells the hash of its manifest',
      execution,
    ),
  ];
}

export function isStored(bucket: StoredBucket, { key, bytes, sha256 }: FileOfRun): boolean {
  const content = bucket.object(key);
  return content?.length === bytes && sha256Of(content) === sha256;
}

function hasRightChecksums(bucket: StoredBucket, { files, accounts }: Manifest): boolean {
  const own = files.find(({ key }) => key.endsWith('/SHA256SUMS'))?.key ?? '';
  const collected = accounts.flatMap((account) => {
    if (account.outcome !== 'collected') return [];
    const { serviceCredentials: list } = account;
    return [account, ...(list?.outcome === 'collected' ? [list] : [])];
  });
  const verified = collected.filter(({ evidence }) => evidence === 'verified');
  const expected = [...files.filter(({ key }) => key !== own), ...verified];
  const lines = expected.map(({ sha256, key }) => `${sha256}  ${key}`).sort();
  return bucket.text(own).trimEnd().split('\n').sort().join() === lines.join();
}

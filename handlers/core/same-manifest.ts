import { runOf } from '../shared/bucket-layout';
import { InvalidInput } from '../shared/validation';
import { Manifest, type ManifestAccount } from './manifest';

/**
 * Checks that a run which is summarized again finds what its manifest says. Two things may differ: the folder of its files, which
 * is named after what is in the bucket, and how a report was found, because another run of the day may have replaced it.
 * @param place - URL of the manifest
 * @throws {@link InvalidInput}; another error if an earlier run could not be read in the same way, which a retry may heal
 */
export function assertSameManifest(
  { manifest }: { manifest: Manifest },
  again: Manifest,
  place: string,
): void {
  if (comparable(manifest) === comparable(again)) return;
  if (manifest.notes.join() !== again.notes.join())
    throw new Error(
      `${place} cannot be compared with what a summary finds now: it notes ${JSON.stringify(manifest.notes)}, and ` +
        `now there is ${JSON.stringify(again.notes)}`,
    );
  throw new InvalidInput(
    `Run ${runOf(manifest.date, manifest.execution)} already has the manifest ${place}, which is not what a summary ` +
      'finds now: somebody changed it, or what it is made from',
  );
}

function comparable(manifest: Manifest): string {
  // Fields in the order of the schema, whether the manifest was read or is new.
  const { files, accounts, ...rest } = Manifest.parse(manifest);
  return JSON.stringify({
    ...rest,
    files: files
      .map(({ key, bytes, sha256 }) => ({ name: key.replace(/^runs\/.*\//, ''), bytes, sha256 }))
      .filter(({ name }) => name !== 'SHA256SUMS'),
    accounts: accounts.map((account) =>
      account.outcome === 'collected' ? withoutEvidence(account) : account,
    ),
  });
}

function withoutEvidence({
  serviceCredentials: list,
  ...account
}: Extract<ManifestAccount, { outcome: 'collected' }>) {
  return {
    ...{ ...account, evidence: undefined },
    ...(list && { serviceCredentials: { ...list, evidence: undefined } }),
  };
}

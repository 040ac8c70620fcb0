import { Manifest } from './manifest';

/**
 * Whether a run that is summarized again finds what its manifest says. Two things may differ: the folder of its files, which
 * is named after what is in the bucket, and how a report was found, because another run of the day may have replaced it.
 */
export const isSameManifest = (recorded: Manifest, again: Manifest): boolean =>
  recorded === again || comparable(recorded) === comparable(again);

function comparable(manifest: Manifest): string {
  // Fields in the order of the schema, whether the manifest was read or is new.
  const { files, accounts, ...rest } = Manifest.parse(manifest);
  return JSON.stringify({
    ...rest,
    files: files
      .map(({ key, bytes, sha256 }) => ({ name: key.replace(/^runs\/.*\//, ''), bytes, sha256 }))
      .filter(({ name }) => name !== 'SHA256SUMS'),
    accounts: accounts.map((account) =>
      account.outcome === 'collected' ? { ...account, evidence: undefined } : account,
    ),
  });
}

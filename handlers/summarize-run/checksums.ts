import type { FileOfRun, ManifestAccount } from '../core/manifest';

/**
 * The hashes of everything that a run consists of, in the format of `sha256sum`: `sha256sum -c` checks them in the folder
 * of the bucket. Reports that another run of the day replaced are left out, because their key has another report now.
 */
export function checksums(files: readonly FileOfRun[], accounts: readonly ManifestAccount[]): string {
  const reports = accounts.flatMap((account) =>
    account.outcome === 'collected' && account.evidence === 'verified' ? [account] : [],
  );
  return [...files, ...reports].map(({ sha256, key }) => `${sha256}  ${key}\n`).join('');
}

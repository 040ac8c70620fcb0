import type { FileOfRun, ManifestAccount } from '../core/manifest';

/**
 * The hashes of everything that a run consists of, in the format of `sha256sum`: `sha256sum -c` checks them in the folder
 * of the bucket. Reports and lists that another run of the day replaced are left out, because their keys have others now.
 */
export function checksums(files: readonly FileOfRun[], accounts: readonly ManifestAccount[]): string {
  const collected = accounts.flatMap((account) => (account.outcome === 'collected' ? [account] : []));
  const lists = collected.flatMap(({ serviceCredentials: list }) =>
    list?.outcome === 'collected' ? [list] : [],
  );
  const current = [...collected, ...lists].filter(({ evidence }) => evidence === 'verified');
  return [...files, ...current].map(({ sha256, key }) => `${sha256}  ${key}\n`).join('');
}

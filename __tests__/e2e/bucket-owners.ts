import type { Emulator } from '../support/emulator/emulator';

/** Service of the signature of a request. */
const SERVICE = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//;

/**
 * Which account each request to Amazon S3 expects to own the bucket, `nobody` among them: moto does not compare it.
 * Whoever asks has to ask before anything but the functions uses a bucket.
 */
export function expectedOwners(emulator: Emulator): () => string[] {
  const owners = new Set<string>();
  emulator.watch({
    before: ({ headers }) => {
      if (SERVICE.exec(headers.authorization ?? '')?.[1] === 's3')
        owners.add(String(headers['x-amz-expected-bucket-owner'] ?? 'nobody'));
      return undefined;
    },
  });
  return () => [...owners];
}

import type { Caller } from '../support/emulator/aws-cli';
import type { Emulator } from '../support/emulator/emulator';
import { signerOf } from '../support/emulator/front';

/**
 * Which account each request of the caller to Amazon S3 expects to own the bucket, `nobody` among them: moto does not
 * compare it. Whoever asks has to ask before anything but the functions uses a bucket as this caller.
 */
export function expectedOwners(emulator: Emulator, { accessKeyId }: Caller): () => string[] {
  const owners = new Set<string>();
  emulator.watch({
    before: (request) => {
      const signer = signerOf(request);
      if (signer?.service === 's3' && signer.accessKey === accessKeyId)
        owners.add(String(request.headers['x-amz-expected-bucket-owner'] ?? 'nobody'));
      return undefined;
    },
  });
  return () => [...owners];
}

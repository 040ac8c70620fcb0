import type { ReportBucket } from '../../shared/aws/report-bucket';
import { keys } from '../../shared/bucket-layout';
import { log } from '../../shared/log';
import type { Signer } from './signer';

/**
 * Stores the signature of a file beside it, unless it is there: a repetition keeps the first one. The public key is stored
 * too, and stays when the environment gets another key.
 * @returns why it could not be signed; undefined if it is signed. Evidence without a signature is better than none.
 */
export async function signFile(
  bucket: ReportBucket,
  { key, sha256 }: { key: string; sha256: string },
  signer: Signer | undefined,
): Promise<string | undefined> {
  if (!signer) return undefined;
  const { keyId } = signer;
  try {
    const place = keys.signature(key, keyId);
    if (!(await bucket.exists(place))) await bucket.create(place, await signer.sign(sha256));
    const publicKey = keys.publicKey(keyId);
    if (!(await bucket.exists(publicKey))) await bucket.create(publicKey, await signer.publicKey());
    return undefined;
  } catch (error) {
    log('could not sign', { key, signingKey: keyId, error: String(error) });
    return String(error);
  }
}

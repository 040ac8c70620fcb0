/** What holds for signatures: a run that is not signed says so, and ends as any other. */
import { verify } from 'node:crypto';
import { keys, prefixes } from '../../handlers/shared/bucket-layout';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';

/** How a digest starts if a signature failed. */
const NOT_SIGNED = /^THE (MANIFEST|VIEW) IS NOT SIGNED: /;

/** Whether a message says that something is not signed. */
export const tellsUnsigned = ({ message }: { message: string }) => NOT_SIGNED.test(message);

export function signatureRules(simulation: Simulation, run: Run, files: RunFiles): BrokenRule[] {
  const unsigned = [files.key, keys.view(files.run)].filter((key) => !isSigned(simulation, key));
  const isTold = run.notifications.some(tellsUnsigned);
  const wasHit = run.hits.some(({ name, key }) => name.startsWith('kms:') || isOfSignature(key));
  return [
    ...brokenIf(
      unsigned.length > 0 && !isTold,
      'manifest and view are signed, or the digest says that they are not',
      unsigned.join(', '),
    ),
    ...brokenIf(isTold && !wasHit, 'a signature fails only because of a fault', run.execution),
  ];
}

const isOfSignature = (key: string) =>
  key.endsWith('.sig') || key.startsWith(prefixes.signingKeys) || key === '';

/** Whether the signature of a file is beside it, and the public key is stored; true if nothing is signed. */
function isSigned({ bucket, publicKey }: Simulation, key: string): boolean {
  if (!publicKey) return true;
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const isStored = bucket.keysBelow(prefixes.signingKeys).some((stored) => bucket.text(stored) === pem);
  const signatures = bucket
    .keysBelow(key.replace(/\.json$/, '.'))
    .filter((stored) => stored.endsWith('.sig'))
    .map((stored) => bucket.object(stored) ?? Buffer.alloc(0));
  const content = bucket.object(key) ?? Buffer.alloc(0);
  return isStored && signatures.some((signature) => verify('sha256', content, publicKey, signature));
}

/** Whether a file is signed, and by whom. */
import { type KeyObject, createPublicKey, verify } from 'node:crypto';
import { type Finding, finding } from './findings';

export interface Signature {
  /** Key of the object. */
  readonly key: string;
  /** ID of the key that it says it was made with. */
  readonly signingKey: string;
  readonly bytes: Uint8Array;
}

export interface SignedFile {
  readonly key: string;
  readonly content: Uint8Array;
  readonly signatures: readonly Signature[];
}

/** Keys that a file can be signed with. */
export interface PublicKeys {
  /** Those that the caller trusts; nothing if it named none. */
  readonly pinned?: readonly KeyObject[] | undefined;
  /** Those in the bucket, by ID. Whoever can write to the bucket can write another one. */
  readonly stored: ReadonlyMap<string, KeyObject>;
}

const matches = (content: Uint8Array, key: KeyObject | undefined, signature: Uint8Array): boolean =>
  key !== undefined && verify('sha256', content, key, signature);

/** What is wrong with the signatures of a file; nothing if it is signed. */
export function signatureFinding(
  { key, content, signatures }: SignedFile,
  keys: PublicKeys,
): Finding | undefined {
  const { pinned, stored } = keys;
  const ofStored = signatures.filter(({ signingKey, bytes }) =>
    matches(content, stored.get(signingKey), bytes),
  );
  if (pinned) {
    if (signatures.some(({ bytes }) => pinned.some((one) => matches(content, one, bytes)))) return undefined;
    const [first] = signatures;
    if (!first) return finding('missing', key, 'it is not signed');
    return ofStored[0]
      ? finding('altered', ofStored[0].key, 'signed with a key that is not one of --public-key')
      : finding('altered', first.key, `it does not match ${key} with any key of --public-key`);
  }
  const wrong = signatures.find((signature) => !ofStored.includes(signature));
  if (wrong)
    return stored.has(wrong.signingKey)
      ? finding('altered', wrong.key, `it does not match ${key}`)
      : finding('missing', wrong.key, `there is no public key signing-keys/${wrong.signingKey}.pem for it`);
  // Without any public key, nothing was ever signed.
  return signatures.length > 0 || stored.size === 0
    ? undefined
    : finding('unsigned', key, 'it is not signed');
}

/**
 * Reads a public key in PEM.
 * @throws if it is not a public key, or not an ECDSA key on the curve P-256
 */
export function parsePublicKey(pem: string | Uint8Array): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(Buffer.from(pem));
  } catch {
    throw new Error('not a public key in PEM');
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new Error('not an ECDSA key on the curve P-256');
  return key;
}

/** The key of the file that a signature belongs to; nothing if the key is not that of a signature. */
export const signedFileOf = (key: string): string | undefined => {
  const stem = /^(.*\/[^/.]+)\.[^/]+\.sig$/.exec(key)?.[1];
  return stem === undefined ? undefined : `${stem}.json`;
};

/** The ID of the key that a signature says it was made with. */
export const signingKeyOf = (key: string): string => /\/[^/.]+\.([^/]+)\.sig$/.exec(key)?.[1] ?? '';

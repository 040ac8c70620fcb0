/** Signs what a run tells, so that whoever can write objects cannot forge it. */
export interface Signer {
  /** Identifies the key in the names of files. */
  readonly keyId: string;
  /** The signature over a SHA-256 hash (ECDSA, P-256), in DER. */
  sign: (sha256: string) => Promise<Uint8Array>;
  /** The public key, in PEM. */
  publicKey: () => Promise<string>;
}

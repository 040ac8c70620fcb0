import type { KeyObject } from 'node:crypto';
import { prefixes } from '../../handlers/shared/bucket-layout';
import { type Digest, type EvidenceStore, differenceOf, isSame } from './evidence-store';
import { type Finding, finding, reasonOf } from './findings';
import {
  type PublicKeys,
  type Signature,
  parsePublicKey,
  signatureFinding,
  signingKeyOf,
} from './signatures';

/** What an object is expected to be. */
interface Recorded {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What was found, or why it could not be read. */
export type Found<Content> = { readonly found: Content | undefined } | { readonly unreadable: Finding };

/** Reads evidence; what cannot be read becomes a finding, and the rest is verified. */
export class EvidenceReader {
  private readonly digests = new Map<string, Promise<Found<Digest>>>();

  constructor(
    readonly store: EvidenceStore,
    readonly keys: PublicKeys,
  ) {}

  content(key: string): Promise<Found<Uint8Array>> {
    return attempt(key, this.store.content(key));
  }

  digest(key: string, versionId?: string): Promise<Found<Digest>> {
    return attempt(key, this.store.digest(key, versionId));
  }

  /** The same for an object that several runs of a date name: it is read once. */
  sharedDigest(key: string): Promise<Found<Digest>> {
    const known = this.digests.get(key) ?? this.digest(key);
    this.digests.set(key, known);
    return known;
  }

  /** Forgets the objects of a date. */
  forget(): void {
    this.digests.clear();
  }

  /** What is wrong with a file that is never replaced; nothing if it is as recorded. */
  async fileFinding({ key, ...recorded }: Recorded, isExpired: boolean): Promise<Finding | undefined> {
    const file = await this.digest(key);
    if ('unreadable' in file) return file.unreadable;
    if (isSame(file.found, recorded)) return undefined;
    if (file.found) return finding('altered', key, differenceOf(file.found, recorded));
    return isExpired
      ? finding('expired', key, 'older than the retention period')
      : finding('missing', key, 'it does not exist');
  }

  /** What is wrong with the signatures of a file; nothing if it is signed. */
  async signatureFinding(
    key: string,
    content: Uint8Array,
    signatureKeys: readonly string[],
  ): Promise<Finding | undefined> {
    const signatures: Signature[] = [];
    for (const signatureKey of signatureKeys) {
      const read = await this.content(signatureKey);
      if ('unreadable' in read) return read.unreadable;
      if (read.found)
        signatures.push({ key: signatureKey, signingKey: signingKeyOf(signatureKey), bytes: read.found });
    }
    return signatureFinding({ key, content, signatures }, this.keys);
  }
}

async function attempt<Content>(key: string, read: Promise<Content | undefined>): Promise<Found<Content>> {
  try {
    return { found: await read };
  } catch (error) {
    return { unreadable: finding('unreadable', key, reasonOf(error)) };
  }
}

/** The public keys of a store, by ID. Files that are not keys are left out: what they signed is then told. */
export async function storedKeys(store: EvidenceStore): Promise<Map<string, KeyObject>> {
  const found = new Map<string, KeyObject>();
  for await (const key of store.keys(prefixes.signingKeys)) {
    const content = await store.content(key);
    try {
      if (content)
        found.set(key.slice(prefixes.signingKeys.length).replace(/\.pem$/, ''), parsePublicKey(content));
    } catch {
      continue;
    }
  }
  return found;
}

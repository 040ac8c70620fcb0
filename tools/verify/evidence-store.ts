/** Where the evidence is: a folder or a bucket. Keys are relative to the prefix of the environment. */

/** Size and hash of an object. */
export interface Digest {
  readonly bytes: number;
  /** SHA-256 in hexadecimal digits. */
  readonly sha256: string;
  /** Absent if the store has no versions. */
  readonly versionId?: string;
}

/** A version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
}

export interface EvidenceStore {
  /** As people write it. */
  readonly name: string;
  /** Whether earlier versions of an object can be read. */
  readonly hasVersions: boolean;
  /** Objects that are read at the same time. */
  readonly concurrency: number;
  /** Names of the folders directly below a prefix, sorted. */
  folders(prefix: string): Promise<string[]>;
  /** Keys of all objects below a prefix. */
  keys(prefix: string): AsyncIterable<string>;
  /** Every version and delete marker below a prefix; none if the store has no versions. */
  versions(prefix: string): AsyncIterable<ObjectVersion>;
  /** A small object; nothing if it does not exist. */
  content(key: string): Promise<Uint8Array | undefined>;
  /** Reads an object of any size in pieces; nothing if the object or the version does not exist. */
  digest(key: string, versionId?: string): Promise<Digest | undefined>;
}

/** Whether an object is as recorded. */
export const isSame = (
  found: Digest | undefined,
  recorded: { readonly bytes: number; readonly sha256: string },
) => found?.sha256 === recorded.sha256 && found.bytes === recorded.bytes;

/** How an object differs from what was recorded. */
export const differenceOf = (
  found: Digest,
  recorded: { readonly bytes: number; readonly sha256: string },
): string =>
  found.bytes === recorded.bytes
    ? `its SHA-256 is ${found.sha256}, not ${recorded.sha256}`
    : `it has ${found.bytes} bytes, not ${recorded.bytes}`;

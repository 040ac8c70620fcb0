import { createHash } from 'node:crypto';
import type { ObjectStore, StoredObject } from './object-store';
import { ServiceError, type ServiceRequest } from '../service';

type Headers = ServiceRequest['headers'];

/**
 * Conditions of a write. A delete marker counts as no object
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
export function assertWritable(headers: Headers, latest: StoredObject | undefined): void {
  if (headers['if-none-match'] === '*' && latest) throw preconditionFailed();
  if (headers['if-match'] === undefined) return;
  if (!latest) throw noSuchKey();
  assertMatch(headers['if-match'], latest);
}

/** @param etag - what the caller expects, with or without quotes; nothing if it does not care */
export function assertMatch(etag: string | undefined, object: StoredObject): void {
  const unquoted = (text: string) => text.replaceAll('"', '');
  if (etag !== undefined && unquoted(etag) !== unquoted(object.etag)) throw preconditionFailed();
}

/** Verifies the checksums that came with content, and returns the headers that repeat them. */
export function checksumHeaders({ headers, body }: ServiceRequest): Record<string, string> {
  const { 'x-amz-checksum-sha256': sha256, 'x-amz-checksum-crc32': crc32 } = headers;
  if (sha256 !== undefined) {
    if (Buffer.from(sha256, 'base64').length !== 32)
      throw new ServiceError(400, 'InvalidRequest', 'Value for x-amz-checksum-sha256 header is invalid.');
    if (createHash('sha256').update(body).digest('base64') !== sha256)
      throw new ServiceError(
        400,
        'BadDigest',
        'The SHA256 you specified did not match the calculated checksum.',
      );
  }
  return {
    ...(sha256 && { 'x-amz-checksum-sha256': sha256 }),
    ...(crc32 && { 'x-amz-checksum-crc32': crc32 }),
  };
}

/** The latest version of an object or the named one, as a reader gets it. */
export function found(store: ObjectStore, path: string, versionId: string | null): StoredObject {
  const object = versionId === null ? store.latest(path) : store.version(path, versionId);
  if (object === 'marker') {
    const message = 'The specified method is not allowed against this resource.';
    throw new ServiceError(405, 'MethodNotAllowed', message);
  }
  if (object) return object;
  if (versionId === null) throw noSuchKey();
  throw new ServiceError(404, 'NoSuchVersion', 'The specified version does not exist.');
}

const noSuchKey = () => new ServiceError(404, 'NoSuchKey', 'The specified key does not exist.');

const preconditionFailed = () =>
  new ServiceError(412, 'PreconditionFailed', 'At least one of the preconditions did not hold');

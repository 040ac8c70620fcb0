import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BucketOwner, assertOwner } from './bucket-owner';
import { assertWritable, checksumHeaders } from './conditions';
import { copySource } from './copy-source';
import { listObjects, listVersions } from './list-objects';
import { ObjectStore, etagOf } from './object-store';
import { type Objects, objectsIn } from './objects';
import { type Parts, partsIn, partsInMemory } from './parts';
import { placeOf } from './place';
import { type BucketProtection, protectedBucket } from './protected-bucket';
import { readObject } from './read-object';
import { S3Uploads, answer, sourceVersion, versionHeader } from './s3-uploads';
import { type Service, ServiceError, type ServiceRequest, type ServiceResponse } from '../service';

/** Folder, beside the buckets, of objects that are still being written. */
export const UPLOADS = '.uploads';
/** Folder, beside the buckets, of versions that were overwritten. */
const VERSIONS = '.versions';

export interface S3Options extends BucketOwner, BucketProtection {
  /**
   * Whether the buckets keep the versions of objects that are overwritten or deleted.
   * @default false
   */
  versions?: boolean | undefined;
}

export interface S3Props extends BucketOwner, BucketProtection {
  /**
   * Where versions are kept that were overwritten or deleted.
   * @default - the buckets have no versions
   */
  archive?: Objects | undefined;
  /** @default - in memory */
  parts?: Parts;
}

/**
 * Amazon S3 as far as the collection uses it: objects are files of the same bytes below `folder/BUCKET`.
 * An object appears whole or not at all; it is written beside the bucket first.
 */
export function s3Service(folder: string, { versions = false, ...settings }: S3Options = {}): Service {
  const uploads = join(folder, UPLOADS);
  const archive = versions ? objectsIn(join(folder, VERSIONS), uploads) : undefined;
  return s3Over(objectsIn(folder, uploads), { archive, parts: partsIn(uploads), ...settings });
}

/** Removes what uploads that were never completed left in the folder. */
export function removeUploads(folder: string): void {
  rmSync(join(folder, UPLOADS), { recursive: true, force: true });
}

/** Amazon S3 over objects wherever they are kept. */
export function s3Over(objects: Objects, props: S3Props = {}): Service {
  const { archive, parts = partsInMemory(), ...settings } = props;
  const store = new ObjectStore(objects, archive);
  const uploads = new S3Uploads(store, parts);
  const serve = (request: ServiceRequest) => {
    const { bucket, key, path } = placeOf(request.url.pathname);
    const query = request.url.searchParams;
    if (query.has('uploads') || query.has('uploadId')) return uploads.serve(request, path);
    switch (request.method) {
      case 'PUT':
        return 'x-amz-copy-source' in request.headers
          ? copy(request, path, store)
          : put(request, path, store);
      case 'HEAD':
        return readObject(request, path, store);
      case 'GET':
        if (key !== '') return readObject(request, path, store);
        return query.has('versions')
          ? listVersions(request, bucket, store)
          : listObjects(request, bucket, store);
      case 'DELETE':
        return remove(request, path, store);
      default:
        throw new ServiceError(405, 'MethodNotAllowed', request.method);
    }
  };
  const serveProtected = protectedBucket(serve, settings);
  return (request) => {
    assertOwner(request, settings);
    return serveProtected(request);
  };
}

function put(request: ServiceRequest, path: string, store: ObjectStore): ServiceResponse {
  const { headers, body } = request;
  if (headers['content-encoding']?.includes('aws-chunked')) {
    throw new ServiceError(501, 'NotImplemented', 'aws-chunked bodies');
  }
  const checksums = checksumHeaders(request);
  assertWritable(headers, store.latest(path));
  const version = versionHeader(store.write(path, body));
  return { status: 200, headers: { etag: etagOf(body), ...checksums, ...version } };
}

function copy(request: ServiceRequest, path: string, store: ObjectStore): ServiceResponse {
  const { content, etag, versionId } = copySource(request, store);
  assertWritable(request.headers, store.latest(path));
  const version = versionHeader(store.write(path, content));
  const copied = answer('CopyObjectResult', { ETag: etag, LastModified: new Date().toISOString() });
  return { ...copied, headers: { ...copied.headers, ...version, ...sourceVersion(versionId) } };
}

function remove({ url }: ServiceRequest, path: string, store: ObjectStore): ServiceResponse {
  const id = url.searchParams.get('versionId');
  const { versionId, isMarker } = id === null ? store.remove(path) : store.removeVersion(path, id);
  const marker = isMarker && { 'x-amz-delete-marker': 'true' };
  return { status: 204, headers: { ...versionHeader(versionId), ...marker } };
}

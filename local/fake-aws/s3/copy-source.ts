import { assertMatch, found } from './conditions';
import type { ObjectStore, StoredObject } from './object-store';
import { placeOf } from './place';
import { ServiceError, type ServiceRequest } from '../service';

/** The least size of an object of which a range can be copied, bytes (https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html). */
const LEAST_FOR_RANGE = 5 * 1024 * 1024;

/** What a request copies: `x-amz-copy-source` is `BUCKET/KEY` or `BUCKET/KEY?versionId=ID`, encoded like a URL. */
export function copySource({ headers }: ServiceRequest, store: ObjectStore): StoredObject {
  const [source = '', id] = (headers['x-amz-copy-source'] ?? '').split('?versionId=');
  const { path } = placeOf(source.startsWith('/') ? source : `/${source}`);
  const object = found(store, path, id === undefined ? null : decodeURIComponent(id));
  assertMatch(headers['x-amz-copy-source-if-match'], object);
  return object;
}

/** The bytes of the source that a part gets. */
export function copiedRange({ headers }: ServiceRequest, { content }: StoredObject): Buffer {
  const { 'x-amz-copy-source-range': range } = headers;
  if (range === undefined) return content;
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (content.length <= LEAST_FOR_RANGE || from === '' || Number(to) >= content.length) {
    const message = `Range ${range} is invalid for the source of ${content.length} bytes`;
    throw new ServiceError(400, 'InvalidRequest', message);
  }
  return content.subarray(Number(from), Number(to) + 1);
}

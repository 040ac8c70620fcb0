/** Responses of Amazon S3 without an object behind them. */
import { answer } from '../../../local/fake-aws/s3/s3-uploads';
import { type ServiceRequest, type ServiceResponse, xml } from '../../../local/fake-aws/service';
import { MAX_KEYS } from '../modeled-aws/stored-objects';

/** The response to an upload, whole or in parts, or to a copy. */
export function discarded({ method, url, headers }: ServiceRequest): ServiceResponse {
  const checksum = headers['x-amz-checksum-crc32'];
  if (headers['x-amz-copy-source'] !== undefined) return answer('CopyObjectResult', { ETag: 'x' });
  if (method === 'PUT')
    return { status: 200, headers: { etag: '"x"', ...(checksum && { 'x-amz-checksum-crc32': checksum }) } };
  const element = url.searchParams.has('uploads')
    ? 'InitiateMultipartUploadResult'
    : 'CompleteMultipartUploadResult';
  return answer(element, { UploadId: 'x', ETag: 'x' });
}

const LastModified = '2026-11-22T08:01:00.000Z';

/** An object in a list. */
export interface Listed {
  Key: string;
  Size: number;
  ETag: string;
}

/** A page of the list of these objects. */
export function listed(objects: readonly Listed[], query: URLSearchParams): ServiceResponse {
  const after = query.get('start-after') ?? '';
  const first = after === '' ? 0 : objects.findIndex(({ Key }) => Key > after);
  const from = Number(query.get('continuation-token') ?? (first < 0 ? objects.length : first));
  const page = objects.slice(from, from + MAX_KEYS);
  const more = from + MAX_KEYS < objects.length && { NextContinuationToken: String(from + MAX_KEYS) };
  const contents = page.map((object) => `<Contents>${xml({ ...object, LastModified })}</Contents>`);
  const about = xml({ IsTruncated: more !== false, KeyCount: page.length, ...more });
  const body = `<ListBucketResult>${about}${contents.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

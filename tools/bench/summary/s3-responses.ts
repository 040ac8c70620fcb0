/** Responses of Amazon S3 without an object behind them. */
import { type ServiceRequest, type ServiceResponse, xml } from '../../../local/fake-aws/service';
import { MAX_KEYS } from '../modeled-aws/stored-objects';

/** The response to an upload, whole or in parts. */
export function discarded({ method, url, headers }: ServiceRequest): ServiceResponse {
  const checksum = headers['x-amz-checksum-crc32'];
  if (method === 'PUT')
    return { status: 200, headers: { etag: '"x"', ...(checksum && { 'x-amz-checksum-crc32': checksum }) } };
  const element = url.searchParams.has('uploads')
    ? 'InitiateMultipartUploadResult'
    : 'CompleteMultipartUploadResult';
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<${element}>${xml({ UploadId: 'x', ETag: 'x' })}</${element}>`,
  };
}

/** A page of the list of these keys. */
export function listed(keys: readonly string[], query: URLSearchParams): ServiceResponse {
  const from = Number(query.get('continuation-token') ?? 0);
  const page = keys.slice(from, from + MAX_KEYS);
  const more = from + MAX_KEYS < keys.length && { NextContinuationToken: String(from + MAX_KEYS) };
  const contents = page.map((Key) => `<Contents>${xml({ Key, Size: 1 })}</Contents>`);
  const about = xml({ IsTruncated: more !== false, KeyCount: page.length, ...more });
  const body = `<ListBucketResult>${about}${contents.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

import { assertMatch, found } from './conditions';
import type { ObjectStore } from './object-store';
import { ServiceError, type ServiceRequest, type ServiceResponse } from '../service';

/** GetObject and HeadObject. */
export function readObject(
  { method, headers, url }: ServiceRequest,
  path: string,
  store: ObjectStore,
): ServiceResponse {
  const object = found(store, path, url.searchParams.get('versionId'));
  assertMatch(headers['if-match'], object);
  const { content, etag, modified, versionId } = object;
  const about = {
    etag,
    'last-modified': modified.toUTCString(),
    ...(versionId !== undefined && { 'x-amz-version-id': versionId }),
  };
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  if (from === undefined || to === undefined) {
    const length = { 'content-length': String(content.length) };
    return { status: 200, headers: { ...about, ...length }, body: method === 'HEAD' ? '' : content };
  }
  if (Number(from) >= content.length)
    throw new ServiceError(416, 'InvalidRange', 'The range is not satisfiable');
  const body = content.subarray(Number(from), Number(to) + 1);
  const range = {
    'content-range': `bytes ${from}-${Number(from) + body.length - 1}/${content.length}`,
    'content-length': String(body.length),
  };
  return { status: 206, headers: { ...about, ...range }, body: method === 'HEAD' ? '' : body };
}

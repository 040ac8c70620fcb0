import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Objects, objectsIn } from './objects';
import { S3Uploads, etagOf } from './s3-uploads';
import { type Service, ServiceError, type ServiceRequest, type ServiceResponse, xml } from '../service';

/** Most keys in a page (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). */
const PAGE = 1000;

/** Folder, beside the buckets, of objects that are still being written. */
const UPLOADS = '.uploads';

/**
 * Amazon S3 as far as the collection uses it: objects are files of the same bytes below `folder/BUCKET`.
 * An object appears whole or not at all; it is written beside the bucket first.
 */
export function s3Service(folder: string): Service {
  const uploads = new S3Uploads(join(folder, UPLOADS));
  const serve = s3Over(objectsIn(folder, uploads.folder));
  return (request) => {
    const query = request.url.searchParams;
    if (!query.has('uploads') && !query.has('uploadId')) return serve(request);
    return uploads.serve(request, join(folder, placeOf(request).path));
  };
}

/** Removes what uploads that were never completed left in the folder. */
export function removeUploads(folder: string): void {
  rmSync(join(folder, UPLOADS), { recursive: true, force: true });
}

/** Amazon S3 over objects wherever they are kept, without multipart uploads. */
export function s3Over(objects: Objects): Service {
  return (request) => {
    const { bucket, key, path } = placeOf(request);
    switch (request.method) {
      case 'PUT':
        return put(request, path, objects);
      case 'GET':
        return key === '' ? list(request, bucket, objects) : get(request, objects.get(path));
      default:
        throw new ServiceError(405, 'MethodNotAllowed', request.method);
    }
  };
}

function placeOf({ url }: ServiceRequest): { bucket: string; key: string; path: string } {
  const [bucket = '', ...parts] = decodeURIComponent(url.pathname).slice(1).split('/');
  const key = parts.join('/');
  const [root, path] = [join('/', bucket), join('/', bucket, key)];
  if (bucket === '' || relative('/', root) !== bucket || relative(root, path) !== key) {
    throw new ServiceError(
      400,
      'InvalidURI',
      'Bucket and key have to name a place in the folder of the buckets',
    );
  }
  return { bucket, key, path: path.slice(1) };
}

function put({ headers, body }: ServiceRequest, path: string, objects: Objects): ServiceResponse {
  if (headers['content-encoding']?.includes('aws-chunked')) {
    throw new ServiceError(501, 'NotImplemented', 'aws-chunked bodies');
  }
  const content = objects.get(path);
  const held = content && etagOf(content);
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if ((ifNoneMatch === '*' && held !== undefined) || (ifMatch !== undefined && ifMatch !== held)) {
    throw new ServiceError(412, 'PreconditionFailed', 'At least one of the preconditions did not hold');
  }
  objects.put(path, body);
  return { status: 200, headers: { etag: etagOf(body) } };
}

function get({ headers }: ServiceRequest, whole: Buffer | undefined): ServiceResponse {
  if (!whole) throw new ServiceError(404, 'NoSuchKey', 'The specified key does not exist.');
  const etag = etagOf(whole);
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag) {
    throw new ServiceError(412, 'PreconditionFailed', 'At least one of the preconditions did not hold');
  }
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  if (from === undefined || to === undefined) return { status: 200, headers: { etag }, body: whole };
  if (Number(from) >= whole.length)
    throw new ServiceError(416, 'InvalidRange', 'The range is not satisfiable');
  const body = whole.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + body.length - 1}/${whole.length}`;
  return { status: 206, headers: { etag, 'content-range': range }, body };
}

function list({ url }: ServiceRequest, bucket: string, objects: Objects): ServiceResponse {
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = url.searchParams.get('continuation-token') ?? '';
  const delimiter = url.searchParams.get('delimiter');
  const within = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const files = new Map(objects.below(`${bucket}/${within}`).map(([path, size]) => [within + path, size]));
  const entries = new Set(
    [...files.keys()].filter((key) => key.startsWith(prefix)).map((key) => entryOf(key, prefix, delimiter)),
  );
  const left = [...entries].filter((entry) => entry > after).sort();
  const page = left.slice(0, PAGE);
  const more = page.length < left.length && { NextContinuationToken: page.at(-1) ?? '' };
  const contents = page.map((Key) => {
    const size = files.get(Key);
    return size === undefined
      ? `<CommonPrefixes>${xml({ Prefix: Key })}</CommonPrefixes>`
      : `<Contents>${xml({ Key, Size: size })}</Contents>`;
  });
  const about = xml({ IsTruncated: more !== false, KeyCount: page.length, ...more });
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<ListBucketResult>${about}${contents.join('')}</ListBucketResult>`,
  };
}

/** A key, or the common prefix that stands for it. */
function entryOf(key: string, prefix: string, delimiter: string | null): string {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return end < 0 ? key : key.slice(0, end + 1);
}

import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Service, ServiceError, type ServiceRequest, type ServiceResponse, xml } from './service';

/** Most keys in a page (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). */
const PAGE = 1000;

/** Folder, beside the buckets, of what is being written. */
export const UPLOADS = '.uploads';

/**
 * Amazon S3 as far as the collection uses it: objects are files of the same bytes below `folder/BUCKET`.
 * An object appears whole or not at all; it is written beside the bucket first.
 */
export function s3Service(folder: string): Service {
  const uploads = join(folder, UPLOADS);
  return (request) => {
    const [bucket = '', ...parts] = decodeURIComponent(request.url.pathname).slice(1).split('/');
    const key = parts.join('/');
    const bucketFolder = join(folder, bucket);
    const file = join(bucketFolder, key);
    if (bucket === '' || relative(folder, bucketFolder) !== bucket || relative(bucketFolder, file) !== key) {
      throw new ServiceError(
        400,
        'InvalidURI',
        'Bucket and key have to name a place in the folder of the buckets',
      );
    }
    switch (request.method) {
      case 'PUT':
        return put(request, file, uploads);
      case 'GET':
        return key === '' ? list(request, bucketFolder) : get(file);
      default:
        throw new ServiceError(405, 'MethodNotAllowed', request.method);
    }
  };
}

function put({ headers, body }: ServiceRequest, file: string, uploads: string): ServiceResponse {
  if (headers['content-encoding']?.includes('aws-chunked')) {
    throw new ServiceError(501, 'NotImplemented', 'aws-chunked bodies');
  }
  const held = existsSync(file) ? etagOf(readFileSync(file)) : undefined;
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if ((ifNoneMatch === '*' && held !== undefined) || (ifMatch !== undefined && ifMatch !== held)) {
    throw new ServiceError(412, 'PreconditionFailed', 'At least one of the preconditions did not hold');
  }
  const upload = join(uploads, randomUUID());
  mkdirSync(uploads, { recursive: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(upload, body);
  renameSync(upload, file);
  return { status: 200, headers: { etag: etagOf(body) } };
}

function get(file: string): ServiceResponse {
  if (!existsSync(file)) throw new ServiceError(404, 'NoSuchKey', 'The specified key does not exist.');
  const body = readFileSync(file);
  return { status: 200, headers: { etag: etagOf(body) }, body };
}

function list({ url }: ServiceRequest, bucketFolder: string): ServiceResponse {
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = url.searchParams.get('continuation-token') ?? '';
  const within = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const keys = filesBelow(join(bucketFolder, within))
    .map((path) => within + path)
    .filter((key) => key.startsWith(prefix) && key > after)
    .sort();
  const page = keys.slice(0, PAGE);
  const more = page.length < keys.length && { NextContinuationToken: page.at(-1) ?? '' };
  const contents = page.map((Key) => `<Contents>${xml({ Key })}</Contents>`).join('');
  const about = xml({ IsTruncated: more !== false, KeyCount: page.length, ...more });
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<ListBucketResult>${about}${contents}</ListBucketResult>`,
  };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length));
}

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

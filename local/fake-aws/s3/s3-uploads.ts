import { crc32 } from 'node:zlib';
import { assertWritable, checksumHeaders } from './conditions';
import { copiedRange, copySource } from './copy-source';
import { type ObjectStore, etagOf } from './object-store';
import type { Parts } from './parts';
import { ServiceError, type ServiceRequest, type ServiceResponse, xml } from '../service';

/** Least size of every part but the last (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
const LEAST_PART = 5 * 1024 * 1024;

/** The multipart uploads of Amazon S3. */
export class S3Uploads {
  constructor(
    private readonly store: ObjectStore,
    private readonly parts: Parts,
  ) {}

  serve(request: ServiceRequest, path: string): ServiceResponse {
    const query = request.url.searchParams;
    const upload = query.get('uploadId') ?? '';
    if (request.method === 'POST' && query.has('uploads'))
      return answer('InitiateMultipartUploadResult', { UploadId: this.parts.create() });
    if (!this.parts.has(upload)) {
      throw new ServiceError(404, 'NoSuchUpload', 'The specified upload does not exist.');
    }
    switch (request.method) {
      case 'PUT':
        return this.uploadPart(request, upload, Number(query.get('partNumber')));
      case 'POST':
        return this.complete(request, upload, path);
      case 'DELETE':
        this.parts.remove(upload);
        return { status: 204 };
      default:
        throw new ServiceError(405, 'MethodNotAllowed', request.method);
    }
  }

  private uploadPart(request: ServiceRequest, upload: string, number: number): ServiceResponse {
    if (request.headers['x-amz-copy-source'] === undefined) {
      const checksums = checksumHeaders(request);
      this.parts.put(upload, number, request.body);
      return { status: 200, headers: { etag: etagOf(request.body), ...checksums } };
    }
    const source = copySource(request, this.store);
    const content = copiedRange(request, source);
    this.parts.put(upload, number, content);
    const copied = answer('CopyPartResult', {
      ETag: etagOf(content),
      LastModified: new Date().toISOString(),
      ChecksumCRC32: crc32Of(content),
    });
    const { versionId } = source;
    return { ...copied, headers: { ...copied.headers, ...sourceVersion(versionId) } };
  }

  private complete({ headers, body }: ServiceRequest, upload: string, path: string): ServiceResponse {
    const named = [...body.toString().matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
      checksum: /<ChecksumCRC32>(.*?)</.exec(part)?.[1],
      etag: /<ETag>(.*?)</.exec(part)?.[1]?.replaceAll('&quot;', '"'),
    }));
    const lacking = named.find(({ checksum }) => checksum === undefined);
    if (lacking) throw new ServiceError(400, 'InvalidRequest', `no checksum for part ${lacking.number}`);
    const contents = named.map(({ number, etag }) => {
      const content = this.parts.get(upload, number) ?? Buffer.alloc(0);
      if (etagOf(content) !== etag) throw new ServiceError(400, 'InvalidPart', `part ${number}`);
      return content;
    });
    if (named.some(({ number }, index) => number <= (named[index - 1]?.number ?? 0))) {
      throw new ServiceError(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    if (contents.slice(0, -1).some(({ length }) => length < LEAST_PART)) {
      throw new ServiceError(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
      );
    }
    assertWritable(headers, this.store.latest(path));
    const content = Buffer.concat(contents);
    const versionId = this.store.write(path, content);
    this.parts.remove(upload);
    const completed = answer('CompleteMultipartUploadResult', { ETag: etagOf(content) });
    return { ...completed, headers: { ...completed.headers, ...versionHeader(versionId) } };
  }
}

export const versionHeader = (versionId: string | undefined): Record<string, string> =>
  versionId === undefined ? {} : { 'x-amz-version-id': versionId };

export const sourceVersion = (versionId: string | undefined): Record<string, string> =>
  versionId === undefined ? {} : { 'x-amz-copy-source-version-id': versionId };

function crc32Of(content: Buffer): string {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(content));
  return checksum.toString('base64');
}

export function answer(element: string, content: Record<string, string>): ServiceResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<${element}>${xml(content)}</${element}>`,
  };
}

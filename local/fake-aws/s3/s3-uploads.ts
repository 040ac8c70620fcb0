import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServiceError, type ServiceRequest, type ServiceResponse, xml } from '../service';

/** Least size of every part but the last (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
const LEAST_PART = 5 * 1024 * 1024;

/** The multipart uploads of Amazon S3; parts lie beside the buckets until the upload is complete or aborted. */
export class S3Uploads {
  constructor(readonly folder: string) {}

  serve(request: ServiceRequest, file: string): ServiceResponse {
    const query = request.url.searchParams;
    const upload = query.get('uploadId') ?? '';
    const parts = join(this.folder, upload);
    if (request.method === 'POST' && query.has('uploads')) return this.create();
    if (!/^[\w-]+$/.test(upload) || !existsSync(parts)) {
      throw new ServiceError(404, 'NoSuchUpload', 'The specified upload does not exist.');
    }
    switch (request.method) {
      case 'PUT':
        writeFileSync(join(parts, String(Number(query.get('partNumber')))), request.body);
        return { status: 200, headers: partHeaders(request) };
      case 'POST':
        return this.complete(request, parts, file);
      case 'DELETE':
        rmSync(parts, { recursive: true });
        return { status: 204 };
      default:
        throw new ServiceError(405, 'MethodNotAllowed', request.method);
    }
  }

  private create(): ServiceResponse {
    const UploadId = randomUUID();
    mkdirSync(join(this.folder, UploadId), { recursive: true });
    return answer('InitiateMultipartUploadResult', { UploadId });
  }

  private complete({ body }: ServiceRequest, folder: string, file: string): ServiceResponse {
    const named = [...body.toString().matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
      checksum: /<ChecksumCRC32>(.*?)</.exec(part)?.[1],
      etag: /<ETag>(.*?)</.exec(part)?.[1]?.replaceAll('&quot;', '"'),
    }));
    const lacking = named.find(({ checksum }) => checksum === undefined);
    if (lacking) throw new ServiceError(400, 'InvalidRequest', `no checksum for part ${lacking.number}`);
    const parts = named.map(({ number, etag }) => {
      const part = join(folder, String(number));
      const content = existsSync(part) ? readFileSync(part) : Buffer.alloc(0);
      if (etagOf(content) !== etag) throw new ServiceError(400, 'InvalidPart', `part ${number}`);
      return content;
    });
    if (named.some(({ number }, index) => number <= (named[index - 1]?.number ?? 0))) {
      throw new ServiceError(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    if (parts.slice(0, -1).some(({ length }) => length < LEAST_PART)) {
      throw new ServiceError(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
      );
    }
    placeObject(this.folder, file, Buffer.concat(parts));
    rmSync(folder, { recursive: true });
    return answer('CompleteMultipartUploadResult', { ETag: etagOf(Buffer.concat(parts)) });
  }
}

function partHeaders({ headers, body }: ServiceRequest): Record<string, string> {
  const checksum = headers['x-amz-checksum-crc32'];
  return { etag: etagOf(body), ...(checksum && { 'x-amz-checksum-crc32': checksum }) };
}

/** Makes an object appear at once. */
export function placeObject(uploads: string, file: string, content: Buffer): void {
  const upload = join(uploads, randomUUID());
  mkdirSync(uploads, { recursive: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(upload, content);
  renameSync(upload, file);
}

export function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

function answer(element: string, content: Record<string, string>): ServiceResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<${element}>${xml(content)}</${element}>`,
  };
}

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { batchOfReportPack, keys, prefixes } from '../../handlers/shared/bucket-layout';
import { fitsIntoPack } from '../../handlers/collect-reports/report-pack';
import { credentialReport } from '../../local/fake-aws/organization/credential-report';
import { etagOf } from '../../local/fake-aws/s3/s3-uploads';
import { s3Service } from '../../local/fake-aws/s3/s3-service';
import { type Service, type ServiceRequest, type ServiceResponse, xml } from '../../local/fake-aws/service';

/** Bytes since the last look. */
export interface Measured {
  read: number;
  written: number;
}

export interface MeasuredBucket {
  serve: Service;
  place: (key: string, content: object) => void;
  size: (key: string) => number;
  takeMeasured: () => Measured;
}

/** Reports that are told apart; the others repeat them under another account. */
const TEMPLATES = 8;
const PLACEHOLDER = '000000000000';
/** Makes a row of about 300 bytes, as in reports of large accounts. */
const PATH = ':user/division/department/team-of-some-name/purpose-of-the-user/';
const PAGE = 1000;

/** Amazon S3 that makes reports while they are read, throws large tables away, and keeps all else as files. */
export function measuredBucket(
  folder: string,
  batches: readonly (readonly string[])[],
  users: number,
): MeasuredBucket {
  const accounts = batches.flat();
  const files = s3Service(folder);
  let measured: Measured = { read: 0, written: 0 };
  const now = new Date('2026-11-22T07:59:00Z');
  const templates = Array.from({ length: TEMPLATES }, (_, seed) =>
    credentialReport({ id: PLACEHOLDER, partition: 'aws', seed, users }, now)
      .content.toString()
      .replaceAll(':user/', PATH),
  );
  const reportOf = (account: string) =>
    templates[Number(account) % TEMPLATES]?.replaceAll(PLACEHOLDER, account) ?? '';
  const areSmall = fitsIntoPack(reportOf(accounts[0] ?? ''));
  const made = (text: string): ServiceResponse => {
    const body = Buffer.from(text);
    measured.read += body.length;
    return { status: 200, headers: { etag: etagOf(body) }, body };
  };
  const reportPack = (key: string): ServiceResponse => {
    const batch = batches[batchOfReportPack(key) - 1] ?? [];
    return made(JSON.stringify(Object.fromEntries(batch.map((account) => [account, reportOf(account)]))));
  };
  const discard = ({ method, url, body, headers }: ServiceRequest): ServiceResponse => {
    const checksum = headers['x-amz-checksum-crc32'];
    if (method === 'PUT') measured.written += body.length;
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
  };
  const place = (key: string) => join(folder, 'reports', key);
  return {
    serve: (request) => {
      const { pathname, searchParams } = request.url;
      const prefix = searchParams.get('prefix') ?? '';
      const [, account] = /\/credentialReport_(\d{12})\./.exec(pathname) ?? [];
      if (account !== undefined) return made(reportOf(account));
      if (pathname.includes(`/${prefixes.allReportPacks}`)) return reportPack(pathname);
      if (prefix.endsWith('/credentialReport_'))
        return listed(
          accounts.map((id) => `${prefix}${id}.csv`),
          searchParams,
        );
      if (prefix.startsWith(prefixes.allReportPacks)) {
        const run = `${prefixes.runs}${prefix.slice(prefixes.allReportPacks.length, -1)}`;
        const files = areSmall ? batches.map((_, index) => keys.reportPack(run, index + 1, 0)) : [];
        return listed(files, searchParams);
      }
      if (pathname.endsWith('.csv')) return discard(request);
      return files(request);
    },
    place: (key, content) => {
      mkdirSync(dirname(place(key)), { recursive: true });
      writeFileSync(place(key), JSON.stringify(content));
    },
    size: (key) => statSync(place(key)).size,
    takeMeasured: () => {
      const taken = measured;
      measured = { read: 0, written: 0 };
      return taken;
    },
  };
}

function listed(files: readonly string[], query: URLSearchParams): ServiceResponse {
  const from = Number(query.get('continuation-token') ?? 0);
  const page = files.slice(from, from + PAGE);
  const more = from + PAGE < files.length && { NextContinuationToken: String(from + PAGE) };
  const contents = page.map((Key) => `<Contents>${xml({ Key, Size: 1 })}</Contents>`);
  const about = xml({ IsTruncated: more !== false, KeyCount: page.length, ...more });
  const body = `<ListBucketResult>${about}${contents.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

import { accountOfReport, keys, prefixes } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import { etagOf } from '../../../local/fake-aws/s3/object-store';
import { objectsInMemory } from '../../../local/fake-aws/s3/objects';
import { s3Over } from '../../../local/fake-aws/s3/s3-service';
import type { Service, ServiceResponse } from '../../../local/fake-aws/service';
import { COLLECTING_ACCOUNT } from '../model';
import type { GeneratedReports } from './generated-reports';
import { type Listed, discarded, listed } from './s3-responses';

export const BUCKET = 'reports';

/** Bytes since they were last taken. */
export interface TransferredBytes {
  read: number;
  written: number;
}

interface GeneratedBucket {
  serve: Service;
  /** Stores a file and returns its hash. */
  place: (key: string, content: object | string) => string;
  size: (key: string) => number;
  takeTransferredBytes: () => TransferredBytes;
}

/**
 * Amazon S3 for organizations whose files would not fit on this machine. It generates reports when they are read,
 * discards tables, and keeps everything else in memory: a stand-in that is busy would delay the function that is measured.
 */
export function generatedBucket(reports: GeneratedReports): GeneratedBucket {
  const contents = new Map<string, Buffer>();
  const files = s3Over(objectsInMemory(contents, `${BUCKET}/`), { owner: COLLECTING_ACCOUNT });
  let bytes: TransferredBytes = { read: 0, written: 0 };
  const generated = (text: string): ServiceResponse => {
    const body = Buffer.from(text);
    bytes.read += body.length;
    return { status: 200, headers: { etag: etagOf(body) }, body };
  };
  const listedReport = (date: string, account: string): Listed => {
    const { bytes: Size, etag: ETag } = reports.factsOf(account);
    return { Key: keys.report(date, account), Size, ETag };
  };
  /** By date: a list has many pages. */
  const listedReports = new Map<string, Listed[]>();
  const reportsOf = (date: string): Listed[] => {
    const list = listedReports.get(date) ?? reports.accounts.map((id) => listedReport(date, id));
    listedReports.set(date, list);
    return list;
  };
  /** Bytes of every table, by key: a summary lists its files before it tells them. */
  const tables = new Map<string, number>();
  const filesBelow = (prefix: string): Listed[] =>
    [...tables, ...[...contents].map(([key, { length }]) => [key, length] as const)]
      .filter(([key]) => key.startsWith(prefix))
      .map(([Key, Size]) => ({ Key, Size, ETag: '"x"' }));
  return {
    serve: (request) => {
      const { pathname, searchParams } = request.url;
      const key = pathname.slice(`/${BUCKET}/`.length);
      const account = accountOfReport(key);
      if (account !== undefined) return generated(reports.of(account));
      // A table, of any size, which no function reads.
      if (key.endsWith('.csv')) {
        if (request.method === 'PUT') {
          const { length } = request.body;
          bytes.written += length;
          // A table may arrive in parts, or whole.
          tables.set(key, (searchParams.has('partNumber') ? (tables.get(key) ?? 0) : 0) + length);
        }
        return discarded(request);
      }
      const prefix = searchParams.get('prefix') ?? '';
      const date = prefix.slice(0, 'YYYY-MM-DD'.length);
      if (prefix === prefixes.reports(date)) return listed(reportsOf(date), searchParams);
      if (prefix.startsWith(prefixes.runs)) return listed(filesBelow(prefix), searchParams);
      return files(request);
    },
    place: (key, content) => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      contents.set(key, Buffer.from(text));
      return sha256Of(text);
    },
    size: (key) => contents.get(key)?.length ?? 0,
    takeTransferredBytes: () => {
      const taken = bytes;
      bytes = { read: 0, written: 0 };
      return taken;
    },
  };
}

import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { accountOfReport, keys, prefixes } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import { etagOf } from '../../../local/fake-aws/s3/object-store';
import { s3Service } from '../../../local/fake-aws/s3/s3-service';
import type { Service, ServiceResponse } from '../../../local/fake-aws/service';
import { COLLECTING_ACCOUNT } from '../model';
import type { GeneratedReports } from './generated-reports';
import { type Listed, discarded, listed } from './s3-responses';

export const BUCKET = 'reports';

/** Files of any size that no function reads. */
const TABLES = ['.csv', '/findings.jsonl'];

/** Bytes since they were last taken. */
export interface TransferredBytes {
  read: number;
  written: number;
}

interface GeneratedBucketProps {
  /** Folder for the objects that it stores. */
  folder: string;
  reports: GeneratedReports;
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
 * discards tables, and stores everything else as files.
 */
export function generatedBucket({ folder, reports }: GeneratedBucketProps): GeneratedBucket {
  const files = s3Service(folder, { owner: COLLECTING_ACCOUNT });
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
  const pathOf = (key: string) => join(folder, BUCKET, key);
  /** Bytes of every table, by key: a summary lists its files before it tells them. */
  const tables = new Map<string, number>();
  const filesBelow = (prefix: string): Listed[] => {
    const above = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    if (!existsSync(pathOf(above))) return [];
    const names = readdirSync(pathOf(above), { recursive: true, encoding: 'utf8' });
    const keys = names.map((name) => `${above}${name}`).filter((key) => key.startsWith(prefix));
    const files = keys.map((Key) => ({ Key, stats: statSync(pathOf(Key)) }));
    return files
      .filter(({ stats }) => stats.isFile())
      .map(({ Key, stats }) => ({ Key, Size: stats.size, ETag: '"x"' }));
  };
  const tablesBelow = (prefix: string): Listed[] =>
    [...tables].filter(([key]) => key.startsWith(prefix)).map(([Key, Size]) => ({ Key, Size, ETag: '"x"' }));
  return {
    serve: (request) => {
      const { pathname, searchParams } = request.url;
      const key = pathname.slice(`/${BUCKET}/`.length);
      const account = accountOfReport(key);
      if (account !== undefined) return generated(reports.of(account));
      if (TABLES.some((end) => key.endsWith(end))) {
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
      if (prefix === prefixes.reports(date))
        return listed(
          reports.accounts.map((id) => listedReport(date, id)),
          searchParams,
        );
      if (prefix.startsWith(prefixes.runs))
        return listed([...filesBelow(prefix), ...tablesBelow(prefix)], searchParams);
      return files(request);
    },
    place: (key, content) => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      mkdirSync(dirname(pathOf(key)), { recursive: true });
      writeFileSync(pathOf(key), text);
      return sha256Of(text);
    },
    size: (key) => statSync(pathOf(key)).size,
    takeTransferredBytes: () => {
      const taken = bytes;
      bytes = { read: 0, written: 0 };
      return taken;
    },
  };
}

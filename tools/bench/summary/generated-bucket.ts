import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fitsIntoPack } from '../../../handlers/collect-reports/report-pack';
import { accountOfReport, batchOfReportPack, keys, prefixes } from '../../../handlers/shared/bucket-layout';
import { etagOf } from '../../../local/fake-aws/s3/object-store';
import { s3Service } from '../../../local/fake-aws/s3/s3-service';
import type { Service, ServiceResponse } from '../../../local/fake-aws/service';
import { reportTemplates } from '../report-templates';
import { discarded, listed } from './s3-responses';

export const BUCKET = 'reports';

/** Bytes since they were last taken. */
export interface TransferredBytes {
  read: number;
  written: number;
}

interface GeneratedBucketProps {
  /** Folder for the objects that it stores. */
  folder: string;
  /** Accounts of each batch. */
  batches: readonly (readonly string[])[];
  /** IAM users of each account. */
  users: number;
  runPrefixes: readonly string[];
}

interface GeneratedBucket {
  serve: Service;
  place: (key: string, content: object) => void;
  size: (key: string) => number;
  takeTransferredBytes: () => TransferredBytes;
}

/** Makes a row of about 300 bytes, as in the reports of large accounts. */
const USER_PATH = ':user/division/department/team-of-some-name/purpose-of-the-user/';

/**
 * Amazon S3 for organizations whose files would not fit on this machine. It generates reports and report packs when they
 * are read, discards tables, and stores everything else as files.
 */
export function generatedBucket({
  folder,
  batches,
  users,
  runPrefixes,
}: GeneratedBucketProps): GeneratedBucket {
  const accounts = batches.flat();
  const files = s3Service(folder);
  let bytes: TransferredBytes = { read: 0, written: 0 };
  const template = reportTemplates({ users, at: new Date('2026-11-22T07:59:00Z') });
  const reportOf = (account: string) => template(account).replaceAll(':user/', USER_PATH);
  const hasPacks = fitsIntoPack(reportOf(accounts[0] ?? ''));
  const generated = (text: string): ServiceResponse => {
    const body = Buffer.from(text);
    bytes.read += body.length;
    return { status: 200, headers: { etag: etagOf(body) }, body };
  };
  const packOf = (batch: readonly string[]) =>
    JSON.stringify(Object.fromEntries(batch.map((account) => [account, reportOf(account)])));
  const pathOf = (key: string) => join(folder, BUCKET, key);
  return {
    serve: (request) => {
      const { pathname, searchParams } = request.url;
      const key = pathname.slice(`/${BUCKET}/`.length);
      const account = accountOfReport(key);
      if (account !== undefined) return generated(reportOf(account));
      if (key.startsWith(prefixes.allReportPacks))
        return generated(packOf(batches[batchOfReportPack(key) - 1] ?? []));
      if (key.endsWith('.csv')) {
        if (request.method === 'PUT') bytes.written += request.body.length;
        return discarded(request);
      }
      const prefix = searchParams.get('prefix') ?? '';
      const date = prefix.slice(0, 'YYYY-MM-DD'.length);
      if (prefix === prefixes.reports(date))
        return listed(
          accounts.map((id) => keys.report(date, id)),
          searchParams,
        );
      const packsOf = runPrefixes.find((runPrefix) => prefix === prefixes.reportPacks(runPrefix));
      if (packsOf !== undefined) {
        const packs = batches.map((_, index) => keys.reportPack(packsOf, index + 1, 0));
        return listed(hasPacks ? packs : [], searchParams);
      }
      return files(request);
    },
    place: (key, content) => {
      mkdirSync(dirname(pathOf(key)), { recursive: true });
      writeFileSync(pathOf(key), JSON.stringify(content));
    },
    size: (key) => statSync(pathOf(key)).size,
    takeTransferredBytes: () => {
      const taken = bytes;
      bytes = { read: 0, written: 0 };
      return taken;
    },
  };
}

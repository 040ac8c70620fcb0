import * as z from 'zod/mini';
import { sha256Of } from '../../handlers/shared/hash';
import type { ReportStore } from './report-store';

const MEBIBYTE = 1024 * 1024;

async function drained(pieces: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

/** Uses everything that the report bucket can do. */
export async function useEverything({ bucket, s3 }: ReportStore): Promise<void> {
  await writeEverything({ bucket, s3 });
  await bucket.create('a/4', 'x');
  await bucket.getJson('a/1', z.object({}));
  await bucket.get('a/2');
  await bucket.exists('a/2');
  await bucket.list('a/');
  const aborted = bucket.upload('a/aborted', 'text/csv');
  for (let written = 0; written < 9; written++) await aborted.write('x'.repeat(MEBIBYTE));
  await aborted.abort();
  await drained(bucket.lines('a/small'));
  for (let number = 0; number < 1_001; number++) s3.objects.set(`${number}`, Buffer.from(''));
  await bucket.objects('');
}

/** Creates an object in every way. */
export async function writeEverything({ bucket }: ReportStore): Promise<void> {
  await bucket.put('a/1', '{}');
  await bucket.putVerified('a/2', 'x', sha256Of('x'));
  await bucket.putJson('a/3', {});
  await bucket.create('a/4', 'x');
  const small = bucket.upload('a/small', 'text/csv');
  await small.write('x');
  await small.complete();
  const large = bucket.upload('a/large', 'text/csv');
  for (let written = 0; written < 9; written++) await large.write('x'.repeat(MEBIBYTE));
  await large.complete();
  await bucket.copy('a/small', 'a/copy', 1, 'text/csv');
  // More than a copy takes in one request, as the caller says.
  await bucket.copy('a/large', 'a/parts', 6 * 1024 ** 3, 'text/csv').catch(() => undefined);
}

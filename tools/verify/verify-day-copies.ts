import type { Manifest } from '../../handlers/core/manifest';
import { dayTables, keys } from '../../handlers/shared/bucket-layout';
import { tableNamesWith } from '../../handlers/shared/table-columns';
import { type Finding, finding } from './findings';
import type { EvidenceReader } from './reader';
import type { VerifiedRun } from './verify-run';

/** Verifies what readers see of a day: copies of the files of its newest run, and what tells Athena where its tables are. */
export async function verifyDayCopies(
  reader: EvidenceReader,
  { date, files }: Manifest,
  isExpired: boolean,
  result: VerifiedRun,
): Promise<void> {
  const count = (wrong: Finding | undefined) => {
    if (wrong) result.findings.push(wrong);
    else result.files++;
  };
  const fileOf = (name: string) => files.find(({ key }) => key.endsWith(`/${name}`));
  if (result.view) count(await reader.fileFinding(result.view.dayPage, isExpired));
  for (const name of dayTables) {
    const file = fileOf(name);
    if (file) count(await reader.fileFinding({ ...file, key: keys.day(date, name) }, isExpired));
  }
  for (const table of tableNamesWith(true)) {
    const file = fileOf(`${table}.csv`);
    if (file) count(await partitionFinding(reader, keys.partition(table, date), file.key, isExpired));
  }
}

/** What is wrong with the file that tells Athena which object has the rows of a table; nothing if it names the object. */
async function partitionFinding(
  reader: EvidenceReader,
  key: string,
  table: string,
  isExpired: boolean,
): Promise<Finding | undefined> {
  const read = await reader.content(key);
  if ('unreadable' in read) return read.unreadable;
  if (!read.found)
    return isExpired
      ? finding('expired', key, 'older than the retention period')
      : finding('missing', key, 'it does not exist, so queries find no rows of this day');
  const text = Buffer.from(read.found).toString();
  const [, place] = /^(s3:\/\/[^\n]+)\n$/.exec(text) ?? [];
  if (place?.endsWith(`/${table}`) !== true)
    return finding('altered', key, `queries read ${JSON.stringify(text.trimEnd())}, not ${table}`);
  // A copy of a bucket names the objects of the bucket that it was copied from.
  const { name } = reader.store;
  return name.startsWith('s3://') && place !== `${name}${table}`
    ? finding('note', key, `queries read ${place}, which is not in ${name}`)
    : undefined;
}

import { complianceFinding } from './compliance-finding';
import type { OcsfRun } from './ocsf-run';
import { FindingsTable, InvalidTable } from './findings-table';
import { UniqueUids } from './finding-uid';

/**
 * `findings.csv` as JSON lines, one finding each, in the order of the table. A piece of the table is read, mapped and
 * forgotten before the next one: memory does not grow with the table.
 * @param table - the file in pieces of any size, such as the body of an S3 object
 * @returns whole lines, one text for each piece that ends some
 * @throws {@link InvalidTable} if it is not such a table
 */
export async function* ocsfLines(
  table: AsyncIterable<Uint8Array>,
  run: OcsfRun,
): AsyncGenerator<string, undefined> {
  const uids = new UniqueUids(run);
  let rows: FindingsTable | undefined;
  for await (const lines of linesOf(table)) {
    rows ??= new FindingsTable(lines.shift() ?? '');
    let written = '';
    for (const row of rows.of(lines))
      written += `${JSON.stringify(complianceFinding(row, run, uids.of(row)))}\n`;
    if (written !== '') yield written;
  }
  if (!rows) throw new InvalidTable('findings.csv is empty');
}

/** The lines that each piece ends, without their ends: no cell of a table contains a line break. */
async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string[], undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield [rest];
}

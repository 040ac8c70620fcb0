import { CsvError, parse } from 'csv-parse/sync';
import { tableColumns } from '../../shared/table-columns';
import { complianceFinding } from './compliance-finding';
import type { ExportedRun, FindingRow } from './exported-run';
import { UniqueUids } from './finding-uid';

/** The file is not the table of findings. */
export class InvalidTable extends Error {
  override readonly name = 'InvalidTable';
}

/**
 * `findings.csv` as JSON lines, one finding each, in the order of the table. A piece of the table is read, mapped and
 * forgotten before the next one: memory does not grow with the table.
 * @param table - the file in pieces of any size, such as the body of an S3 object
 * @returns whole lines, one text for each piece that ends some
 * @throws {@link InvalidTable} if it is not such a table
 */
export async function* ocsfLines(
  table: AsyncIterable<Uint8Array>,
  run: ExportedRun,
): AsyncGenerator<string, undefined> {
  const uids = new UniqueUids(run);
  let columns: string[] | undefined;
  for await (const text of wholeLines(table)) {
    const rows = columns ? rowsOf(text, columns) : undefined;
    const lines = rows ?? rowsOf(text.slice(text.indexOf('\n') + 1), (columns = columnsOf(text)));
    let written = '';
    for (const row of lines) written += `${JSON.stringify(complianceFinding(row, run, uids.of(row)))}\n`;
    if (written !== '') yield written;
  }
  if (!columns) throw new InvalidTable('findings.csv is empty');
}

/** The text of pieces, cut where lines end: no cell of a table contains a line break. */
async function* wholeLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true });
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) yield rest + text.slice(0, end);
    rest = end > 0 ? text.slice(end) : rest + text;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** The columns by the first line. A newer table may have more of them at its end. */
function columnsOf(text: string): string[] {
  const [header = []] = records(text.slice(0, text.indexOf('\n')), { columns: false }) as string[][];
  const missing = tableColumns.findings.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new InvalidTable(`findings.csv lacks columns: ${missing.join(', ')}`);
  return header;
}

const rowsOf = (text: string, columns: string[]) => records(text, { columns }) as FindingRow[];

function records(text: string, options: { columns: string[] | false }): unknown[] {
  try {
    return parse(text, { ...options, record_delimiter: '\n' });
  } catch (error) {
    // The message can quote the record; the code cannot.
    if (error instanceof CsvError) throw new InvalidTable(`findings.csv is not valid CSV: ${error.code}`);
    throw error;
  }
}

import { CsvError, parse } from 'csv-parse/sync';
import { CredentialRow, ROOT_USER, type ReportTimes } from './credential-row';
import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from './report-columns';

/** The object is not a credential report of the account. */
export class InvalidReport extends Error {
  override readonly name = 'InvalidReport';
}

export interface CredentialReport {
  /** The row of the root user. Reports of AWS China have none; in others it may be missing. */
  root: CredentialRow | undefined;
  users: CredentialRow[];
  /** Columns that this project does not know. */
  unknownColumns: string[];
}

const knownColumns = new Set<string>([...REPORT_COLUMNS, ADDITIONAL_COLUMN]);

/**
 * Reads a whole report: at most 5,001 rows, some 5 MB (https://docs.aws.amazon.com/general/latest/gr/iam-service.html).
 * Columns are found by name, in any order; unknown ones are ignored.
 * @throws {@link InvalidReport}
 */
export function readReport(content: Uint8Array, account: string, times: ReportTimes): CredentialReport {
  const [header, ...records] = recordsOf(content);
  const columns = new Map(header?.map((column, index) => [column, index]));
  const missing = REPORT_COLUMNS.filter((column) => !columns.has(column));
  if (missing.length > 0) throw new InvalidReport(`the report lacks columns: ${missing.join(', ')}`);
  if (columns.size !== header?.length) throw new InvalidReport('the report has a duplicate column');

  const unknownColumns = header.filter((column) => !knownColumns.has(column));
  const report: CredentialReport = { root: undefined, users: [], unknownColumns };
  const owner = `:iam::${account}:`;
  for (const cells of records) {
    const row = new CredentialRow((column) => cells[columns.get(column) ?? -1] ?? '', times);
    if (!row.cell('arn').includes(owner))
      throw new InvalidReport('the report belongs to another account, or has a row without an ARN');
    if (row.user !== ROOT_USER) report.users.push(row);
    else if (report.root) throw new InvalidReport('the report has two rows for the root user');
    else report.root = row;
  }
  return report;
}

/** Bytes in which the first row of a report ends: a header has 630. */
const FIRST_ROW = 4096;

function recordsOf(content: Uint8Array): string[][] {
  // The parser would look for it at every character of the header, which takes as long as the rest of a small report.
  const [lineBreak = '\n'] =
    /\r\n|[\n\r]/.exec(Buffer.from(content.subarray(0, FIRST_ROW)).toString('latin1')) ?? [];
  try {
    return parse(content, { bom: true, record_delimiter: lineBreak, skip_empty_lines: true });
  } catch (error) {
    // The message can quote the record; the code cannot.
    if (error instanceof CsvError) throw new InvalidReport(`the report is not valid CSV: ${error.code}`);
    throw error;
  }
}

import { excerptOf } from '../shared/excerpt';

/** Columns without which nothing is a credential report. */
const FIRST_COLUMNS = ['user', 'arn'];
/** The last of the columns that every report has; others may follow it. */
const LAST_COLUMN = 'cert_2_last_rotated';

const [LINE_FEED, QUOTE, COMMA] = Buffer.from('\n",');
/** IAM writes none; the reader of reports accepts one, so it is no reason to fail the account. */
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/**
 * Says why what IAM returned cannot be the complete report of the account; undefined if it can be.
 *
 * In one pass over the bytes it detects a report that was cut off inside a row. It cannot detect one that was cut off
 * exactly between two rows or inside the last cell of a row, because no report says how many rows it should have.
 * @param hasRootRow - whether reports have a row for the root user; those of AWS China have none
 */
export function reportFlaw(content: Uint8Array, account: string, hasRootRow: boolean): string | undefined {
  const whole = Buffer.from(content.buffer, content.byteOffset, content.length);
  const marked = whole.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  const bytes = marked ? whole.subarray(BYTE_ORDER_MARK.length) : whole;
  if (bytes.length === 0) return 'IAM returned an empty report';
  const { records, header, last, first, second, open } = recordsOf(bytes);
  const columns = first.replaceAll('"', '').trimEnd().split(',');
  if (!FIRST_COLUMNS.every((column) => columns.includes(column))) {
    // A character takes up to four bytes.
    const beginning = excerptOf(bytes.toString('utf8', 0, 400));
    return `IAM returned ${bytes.length} bytes without the columns user and arn, which start with ${beginning}`;
  }
  const cut = `IAM returned ${bytes.length} bytes that end inside row ${records}`;
  if (open || last < header) return cut;
  if (records > 1) {
    return second.includes(`:iam::${account}:`)
      ? undefined
      : 'IAM returned a report whose first row belongs to another account';
  }
  if (!columns.includes(LAST_COLUMN)) return cut;
  return hasRootRow ? 'IAM returned a report without any row, not even one for the root user' : undefined;
}

interface Records {
  /** Number of records, including the header. */
  records: number;
  /** Number of cells in the header. */
  header: number;
  /** Number of cells in the last record. */
  last: number;
  /** Text of the header. */
  first: string;
  /** Text of the first record after it. */
  second: string;
  /** Whether the bytes end inside quotes. */
  open: boolean;
}

/** Counts without parsing. Quotes are followed: a doubled quote closes and opens again. */
function recordsOf(bytes: Buffer): Records {
  const found = { records: 0, header: 0, last: 0, first: '', second: '' };
  let [start, cells, open] = [0, 1, false];
  const end = (at: number) => {
    // A line feed after the last record does not start another one.
    if (at === start) return;
    found.records++;
    found.last = cells;
    const text = () => bytes.toString('utf8', start, at);
    if (found.records === 1) Object.assign(found, { header: cells, first: text() });
    if (found.records === 2) found.second = text();
  };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) open = !open;
    else if (byte === COMMA && !open) cells++;
    else if (byte === LINE_FEED && !open) {
      end(at);
      [start, cells] = [at + 1, 1];
    }
  }
  end(bytes.length);
  return { ...found, open };
}

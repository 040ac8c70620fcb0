/** How every credential report begins; columns after these may differ. */
const BEGINS = 'user,arn,';
/** Last of the columns that every report has; one or more may follow it. */
const LAST_COLUMN = 'cert_2_last_rotated';

const [LINE_FEED, QUOTE, COMMA] = Buffer.from('\n",');

/**
 * Says what is wrong with what IAM returned; nothing of a report that can be the account's whole one.
 *
 * It sees a report that was cut off inside of a row, in one pass over the bytes. It cannot see one that was cut
 * exactly between two rows, or inside of the last cell of one: no report says how many rows it should have.
 * @param rootRow - whether reports have a row of the root user; those of AWS China have none
 */
export function reportFlaw(content: Uint8Array, account: string, rootRow: boolean): string | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  if (bytes.toString('latin1', 0, BEGINS.length) !== BEGINS) {
    return `IAM returned ${bytes.length} bytes that do not begin with ${BEGINS}`;
  }
  const { records, header, last, second, open } = recordsOf(bytes);
  const cut = `IAM returned ${bytes.length} bytes that end inside of row ${records}`;
  if (open || last < header) return cut;
  if (records > 1) {
    return second.includes(`:iam::${account}:`)
      ? undefined
      : 'IAM returned a report whose first row is not of this account';
  }
  if (!bytes.toString().trimEnd().split(',').includes(LAST_COLUMN)) return cut;
  return rootRow ? 'IAM returned a report without a row, not even of the root user' : undefined;
}

interface Records {
  /** Number of records, the header among them. */
  records: number;
  /** Cells of the header. */
  header: number;
  /** Cells of the last record. */
  last: number;
  /** Text of the first record after the header. */
  second: string;
  /** Whether the bytes end inside of quotes. */
  open: boolean;
}

/** Counts, and does not parse: quotes are followed, a doubled one closes and opens again. */
function recordsOf(bytes: Buffer): Records {
  const found = { records: 0, header: 0, last: 0, second: '' };
  let [start, cells, open] = [0, 1, false];
  const end = (at: number) => {
    // The line feed at the end of the last record does not begin another.
    if (at === start) return;
    found.records++;
    found.last = cells;
    if (found.records === 1) found.header = cells;
    if (found.records === 2) found.second = bytes.toString('utf8', start, at);
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

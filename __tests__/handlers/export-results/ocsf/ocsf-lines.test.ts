import '../../../support/quiet';
import { complianceFinding } from '../../../../handlers/export-results/ocsf/compliance-finding';
import type { OcsfRun } from '../../../../handlers/export-results/ocsf/ocsf-run';
import { InvalidTable } from '../../../../handlers/export-results/ocsf/findings-table';
import { UniqueUids } from '../../../../handlers/export-results/ocsf/finding-uid';
import { ocsfLines } from '../../../../handlers/export-results/ocsf/ocsf-lines';
import { csvLine } from '../../../../handlers/shared/csv-line';
import { tableColumns } from '../../../../handlers/shared/table-columns';
import { StoredExport, inPieces } from '../../../support/ocsf-run';

let stored: StoredExport;
let run: OcsfRun;
beforeAll(async () => {
  stored = await StoredExport.of();
  run = stored.facts;
});

async function linesOf(text: string, size = 65_536): Promise<string[]> {
  const lines: string[] = [];
  for await (const some of ocsfLines(inPieces(text, size), run)) lines.push(some);
  return lines;
}

describe('the lines of a table', () => {
  it('are the findings of its rows, in their order', async () => {
    const uids = new UniqueUids(run);
    const expected = stored.rows.map(
      (row) => `${JSON.stringify(complianceFinding(row, run, uids.of(row)))}\n`,
    );
    expect(expected.length).toBeGreaterThan(20);
    expect(await stored.lines()).toBe(expected.join(''));
  });

  it.each([1, 7, 1000])('are the same if the table arrives in pieces of %i bytes', async (size) => {
    expect((await linesOf(stored.csv, size)).join('')).toBe(await stored.lines());
  });

  it('come as soon as their rows have arrived, so that nothing waits for the end of the table', async () => {
    const bytes = Buffer.from(stored.csv);
    let read = 0;
    async function* pieces() {
      for (let from = 0; from < bytes.length; from += 1000) {
        read += 1000;
        yield await Promise.resolve(bytes.subarray(from, from + 1000));
      }
    }
    const lines = ocsfLines(pieces(), run);
    await lines.next();
    expect(read).toBeLessThan(2001);
  });

  it('are none if the table has no rows', async () => {
    expect(await linesOf(csvLine(tableColumns.findings))).toEqual([]);
  });

  it('need no line break at the end of the table', async () => {
    expect((await linesOf(stored.csv.trimEnd(), 100)).join('')).toBe(await stored.lines());
  });

  it('do not depend on the order of the columns', async () => {
    const [first] = stored.rows;
    const columns = tableColumns.findings.toReversed();
    const table = csvLine(columns) + csvLine(columns.map((column) => first![column]));
    expect((await linesOf(table)).join('')).toBe(`${(await stored.lines()).split('\n')[0]!}\n`);
  });

  it('leave out columns that a newer version adds at the end', async () => {
    const newer = stored.csv
      .trimEnd()
      .split('\n')
      .map((line, index) => `${line},${index === 0 ? 'future' : '"a, b"'}\n`);
    expect((await linesOf(newer.join(''))).join('')).toBe(await stored.lines());
  });
});

describe('what is not the table of findings', () => {
  it.each([
    ['nothing', '', 'findings.csv is empty'],
    [
      'a table without columns',
      csvLine(tableColumns.findings.filter((column) => !['status', 'new'].includes(column))),
      'findings.csv lacks columns: status, new',
    ],
    [
      'a row that ends early',
      `${csvLine(tableColumns.findings)}123456789012,payments\n`,
      'a line of findings.csv has 2 cells instead of 27',
    ],
    [
      'a row that ends early after a cell in quotation marks',
      `${csvLine(tableColumns.findings)}123456789012,"secret, too"\n`,
      'a line of findings.csv has 2 cells instead of 27',
    ],
    [
      'a cell that does not end',
      `${csvLine(tableColumns.findings)}123456789012,"secret\n`,
      'findings.csv is not valid CSV: CSV_QUOTE_NOT_CLOSED',
    ],
  ])('is an error that does not quote it: %s', async (_, text, message) => {
    await expect(linesOf(text)).rejects.toThrow(new InvalidTable(message));
  });

  it('is an error if it is not UTF-8', async () => {
    async function* pieces() {
      yield await Promise.resolve(Buffer.from([0xff, 0x0a]));
    }
    await expect(ocsfLines(pieces(), run).next()).rejects.toThrow('encoded data was not valid');
  });
});

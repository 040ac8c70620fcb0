import { CsvError } from 'csv-parse/sync';
import { csvRecords } from '../../shared/csv-records';
import { tableColumns } from '../../shared/table-columns';
import type { FindingRow } from './ocsf-run';

/** The file is not the table of findings. */
export class InvalidTable extends Error {
  override readonly name = 'InvalidTable';
}

/** Reads the lines of `findings.csv` by the columns that its first line names. */
export class FindingsTable {
  /** Where the cell of each column is: a newer table may have more columns. */
  private readonly columns: readonly (readonly [column: keyof FindingRow, index: number])[];
  private readonly width: number;

  /**
   * @param header - the first line
   * @throws {@link InvalidTable}
   */
  constructor(header: string) {
    const [names = []] = records([header]);
    const missing = tableColumns.findings.filter((column) => !names.includes(column));
    if (missing.length > 0) throw new InvalidTable(`findings.csv lacks columns: ${missing.join(', ')}`);
    this.columns = tableColumns.findings.map((column) => [column, names.indexOf(column)]);
    this.width = names.length;
  }

  /**
   * @param lines - without their ends
   * @throws {@link InvalidTable}
   */
  of(lines: readonly string[]): FindingRow[] {
    return records(lines).map((cells) => {
      if (cells.length !== this.width)
        throw new InvalidTable(`a line of findings.csv has ${cells.length} cells instead of ${this.width}`);
      const row = {} as Record<keyof FindingRow, string>;
      for (const [column, index] of this.columns) row[column] = cells[index] ?? '';
      return row;
    });
  }
}

function records(lines: readonly string[]): string[][] {
  try {
    return csvRecords(lines);
  } catch (error) {
    // The message can quote the record; the code cannot.
    if (error instanceof CsvError) throw new InvalidTable(`findings.csv is not valid CSV: ${error.code}`);
    throw error;
  }
}

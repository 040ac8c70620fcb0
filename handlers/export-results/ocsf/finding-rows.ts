import { CsvError, parse } from 'csv-parse/sync';
import { tableColumns } from '../../shared/table-columns';
import type { FindingRow } from './exported-run';

/** The file is not the table of findings. */
export class InvalidTable extends Error {
  override readonly name = 'InvalidTable';
}

/** Reads the lines of `findings.csv` by the columns that its first line names. */
export class FindingRows {
  /** Where the cell of each column is: a newer table may have more columns. */
  private readonly columns: readonly (readonly [column: keyof FindingRow, index: number])[];
  private readonly width: number;

  /**
   * @param header - the first line
   * @throws {@link InvalidTable}
   */
  constructor(header: string) {
    const [names = []] = records(header);
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
    return cellsOf(lines).map((cells) => {
      if (cells.length !== this.width)
        throw new InvalidTable(`a line of findings.csv has ${cells.length} cells instead of ${this.width}`);
      const row = {} as Record<keyof FindingRow, string>;
      for (const [column, index] of this.columns) row[column] = cells[index] ?? '';
      return row;
    });
  }
}

/**
 * The cells of each line. A line without a quotation mark has a cell between any two commas (RFC 4180), and most lines have
 * none: to split these takes a tenth of the time of the parser.
 */
function cellsOf(lines: readonly string[]): string[][] {
  const parsed = records(lines.filter((line) => line.includes('"')).join('\n')).values();
  return lines.map((line) => (line.includes('"') ? (parsed.next().value ?? []) : line.split(',')));
}

function records(text: string): string[][] {
  try {
    return parse(text, { record_delimiter: '\n', relax_column_count: true });
  } catch (error) {
    // The message can quote the record; the code cannot.
    if (error instanceof CsvError) throw new InvalidTable(`findings.csv is not valid CSV: ${error.code}`);
    throw error;
  }
}

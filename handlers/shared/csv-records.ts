import { parse } from 'csv-parse/sync';

/**
 * The cells of lines of a table. A line without a quotation mark has a cell between any two commas (RFC 4180): to split such a line takes
 * a tenth of the time of the parser.
 *
 * @param lines - without their ends
 * @throws the error of the parser, whose message can quote a line
 */
export function csvRecords(lines: readonly string[]): string[][] {
  const quoted = lines.filter((line) => line.includes('"'));
  if (quoted.length === 0) return lines.map((line) => line.split(','));
  const parsed = parse(quoted.join('\n'), { record_delimiter: '\n', relax_column_count: true }).values();
  return lines.map((line) => (line.includes('"') ? (parsed.next().value ?? []) : line.split(',')));
}

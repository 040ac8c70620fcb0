import type { Cell } from '../../shared/csv-line';

/**
 * One line of JSON Lines: an object with the cells of a row under the names of their columns, exactly as they are. Nothing
 * in it is read as a formula or across lines, so nothing needs to be made harmless.
 */
export function jsonLine(columns: readonly string[], cells: readonly Cell[]): string {
  const entries = columns.map((column, index) => [column, cells[index] ?? null] as const);
  return `${JSON.stringify(Object.fromEntries(entries))}\n`;
}

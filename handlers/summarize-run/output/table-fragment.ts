import { type Cell, csvCells } from '../../shared/csv-line';

/** Neighboring cells of a row, as a line of CSV and of JSON Lines has them. */
export interface TableFragment {
  readonly csv: string;
  readonly json: string;
}

/** Makes fragments with the cells of these columns. Many rows share fragments, so that they are made once. */
export function fragmentsOf(columns: readonly string[]): (cells: readonly Cell[]) => TableFragment {
  const names = columns.map((column) => JSON.stringify(column));
  return (cells) => {
    let json = '';
    for (const [index, name] of names.entries())
      json += `${index === 0 ? '' : ','}${name}:${JSON.stringify(cells[index] ?? null)}`;
    return { csv: csvCells(cells), json };
  };
}

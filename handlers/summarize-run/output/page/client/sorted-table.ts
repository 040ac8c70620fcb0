import { type Child, element } from './elements';

export interface Column<Item> {
  readonly label: string;
  /** Name of the order by this column; none without. */
  readonly sort?: string;
  readonly cell: (item: Item) => Child;
}

/**
 * A table whose columns order it.
 *
 * @param sort - a column's name, with a minus for descending; empty for none
 * @param onSort - receives what `sort` becomes
 */
export function sortedTable<Item>(
  columns: readonly Column<Item>[],
  items: readonly Item[],
  { sort, onSort }: { sort: string; onSort: (sort: string) => void },
): [HTMLElement, HTMLElement] {
  const headCell = ({ label, sort: name }: Column<Item>) => {
    if (name === undefined) return element('th', { scope: 'col' }, label);
    const order = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none';
    const button = element('button', { type: 'button', class: 'sort', name }, label);
    button.addEventListener('click', () => {
      onSort(order === 'ascending' ? `-${name}` : name);
    });
    return element('th', { scope: 'col', 'aria-sort': order }, button);
  };
  const rows = items.map((item) => {
    const cells = columns.map(({ label, cell }) => element('td', { 'data-label': label }, cell(item)));
    return element('tr', {}, ...cells);
  });
  return [element('thead', {}, element('tr', {}, ...columns.map(headCell))), element('tbody', {}, ...rows)];
}

import fc from 'fast-check';
import { fragmentsOf } from '../../../../handlers/summarize-run/output/table-fragment';
import { type Cell, csvCells } from '../../../../handlers/shared/csv-line';

const columns = ['user', 'new', 'age'];
const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.integer(),
  fc.constantFrom<Cell>(null, '=1', 'a\nb', '\u0001"'),
);
const rows = fc.tuple(cell, cell, cell);

describe('a fragment of a row', () => {
  it('names every cell in JSON, in the order of the columns, and has null for what is not known', () => {
    const { json } = fragmentsOf(columns)(['ada', true]);
    expect(json).toBe('"user":"ada","new":true,"age":null');
  });

  it('leaves every cell exactly as it is in JSON, on one line', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const { json } = fragmentsOf(columns)(cells);
        expect(json).not.toContain('\n');
        expect(Object.values(JSON.parse(`{${json}}`) as Record<string, Cell>)).toEqual(
          cells.map((one) => (Object.is(one, -0) ? 0 : one)),
        );
      }),
    );
  });

  it('makes the same row with its neighbor as one fragment of all cells', () => {
    const [first, others, all] = [columns.slice(0, 1), columns.slice(1), columns].map(fragmentsOf) as [
      ReturnType<typeof fragmentsOf>,
      ReturnType<typeof fragmentsOf>,
      ReturnType<typeof fragmentsOf>,
    ];
    fc.assert(
      fc.property(rows, (cells) => {
        const [one, two] = [first(cells.slice(0, 1)), others(cells.slice(1))];
        const whole = all(cells);
        expect(`${one.csv},${two.csv}`).toBe(whole.csv);
        expect(`${one.json},${two.json}`).toBe(whole.json);
        expect(whole.csv).toBe(csvCells(cells));
      }),
    );
  });
});

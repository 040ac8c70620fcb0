import fc from 'fast-check';
import { jsonLine } from '../../../../handlers/summarize-run/output/json-line';

const columns = ['user', 'new'];

describe('a line of JSON Lines', () => {
  it('names every cell, in the order of the columns', () => {
    expect(jsonLine(columns, ['ada', true])).toBe('{"user":"ada","new":true}\n');
  });

  it('has null for what is not known', () => {
    expect(jsonLine(columns, ['ada', null])).toBe('{"user":"ada","new":null}\n');
    expect(jsonLine(columns, ['ada'])).toBe('{"user":"ada","new":null}\n');
  });

  it('is one line, and leaves every cell exactly as it is', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constantFrom('=1', 'a\nb', '\u0001"'),
    );
    fc.assert(
      fc.property(cell, cell, (user, fresh) => {
        const line = jsonLine(columns, [user, fresh]);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line)).toEqual({ user, new: fresh });
      }),
    );
  });
});

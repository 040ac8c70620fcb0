import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from '../../../handlers/shared/csv-line';
import { plainCell } from '../../../handlers/shared/plain-cell';

const written = (text: string) => parse(csvLine(['x', text]))[0]?.[1] ?? '';

describe('the text of a cell', () => {
  it.each(['=1+1', '+1', '-1', '@x', '＝1', '＠x', '\t=1', "it's", "'", "'quoted'", "''=1", '', 'plain'])(
    'is what was written: %j',
    (text) => {
      expect(plainCell(written(text))).toBe(text);
    },
  );

  it('has a space where the table has one instead of a control character', () => {
    expect(plainCell(written('\r=1'))).toBe(' =1');
  });

  it('is what was written, whatever it is, but for control characters and for an apostrophe before a formula', () => {
    const unit = fc.constantFrom('a', '"', ',', '=', '-', "'", '\t', '＝', ' ', '\\', 'ü');
    const text = fc
      .oneof(fc.string(), fc.string({ unit }))
      .filter((one) => !/^'[=+\-@＝＋－＠\t ]/v.test(one) && !/[[\p{Cc}\u2028\u2029]--\t]/v.test(one));
    fc.assert(
      fc.property(text, (one) => {
        expect(plainCell(written(one))).toBe(one);
      }),
    );
  });
});

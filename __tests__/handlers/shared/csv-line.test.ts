import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from '../../../handlers/shared/csv-line';

describe('a line of a table', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "' =1"],
    ['\u0001=1', "' =1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
  ])('makes the formula %j harmless', (text, harmless) => {
    expect(parse(csvLine(['a', text, 'b']))).toEqual([['a', harmless, 'b']]);
  });

  it.each(['', 'plain', 'a,b', 'say "hi"', 'a=b', '2026-11-22T08:00:00Z', 'ünïcode', '{"a":1}'])(
    'leaves %j unchanged',
    (text) => {
      expect(parse(csvLine([text, 'x']))).toEqual([[text, 'x']]);
    },
  );

  it('is one line, whatever the cells contain', () => {
    expect(csvLine(['a\nb', 'c\r\nd'])).toBe('"a b","c d"\n');
  });

  it.each([
    ['ends a line in Python', 'a\u0085b\u2028c\u2029d\u000be', 'a b c d e'],
    ['ends a string in C', 'a\0b', 'a b'],
    ['is the escape character of Athena', 'a\u0001"b', 'a "b'],
    ['deletes', 'a\u007fb', 'a b'],
  ])('has a space instead of a control character that %s', (_about, text, written) => {
    expect(parse(csvLine([text, 'x']))).toEqual([[written, 'x']]);
  });

  it('keeps tabs', () => {
    expect(csvLine(['a\tb', 'x'])).toBe('a\tb,x\n');
  });

  it('has flags as words, and nothing for what is not known', () => {
    expect(csvLine([true, false, null])).toBe('true,false,\n');
  });

  it.each(['plain', 'a=b', '2026-11-22T08:00:00Z', 'us-east-1', ''])('has %j without quotes', (text) => {
    expect(csvLine(['x', text])).toBe(`x,${text}\n`);
  });

  it('leaves every cell unchanged except for control characters and the apostrophe before a formula', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '=', "'", '\t', '＝', '\u0001', '\\') }),
    );
    // A single empty cell would make an empty line; no table has a single column.
    const cells = fc.array(text, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(cells, (written) => {
        const line = csvLine(written);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const read = parse(line, { record_delimiter: '\n' }).flat();
        const oneLine = written.map((cell) => cell.replace(/[[\p{Cc}\u2028\u2029]--\t]+/gv, ' '));
        expect(read.map((cell, index) => (cell === oneLine[index] ? cell : cell.replace(/^'/, '')))).toEqual(
          oneLine,
        );
        expect(read.filter((cell) => /^[=+\-@\p{Cc}＝＋－＠]/v.test(cell))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from '../../../../handlers/summarize-run/output/csv-line';

describe('a line of a table', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "' =1"],
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

  it.each(['plain', 'a=b', '2026-11-22T08:00:00Z', 'us-east-1', ''])('has %j without quotes', (text) => {
    expect(csvLine(['x', text])).toBe(`x,${text}\n`);
  });

  it('leaves every cell unchanged except for line breaks and the apostrophe before a formula', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '=', "'", '\t', '＝') }),
    );
    // A single empty cell would make an empty line; no table has a single column.
    const cells = fc.array(text, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(cells, (written) => {
        const line = csvLine(written);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const read = parse(line, { record_delimiter: '\n' }).flat();
        const oneLine = written.map((cell) => cell.replace(/[\r\n]+/g, ' '));
        expect(read.map((cell, index) => (cell === oneLine[index] ? cell : cell.replace(/^'/, '')))).toEqual(
          oneLine,
        );
        expect(read.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

import { parse } from 'csv-parse/sync';
import { csvLine } from '../../handlers/csv-line';

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
    'keeps %j as it is',
    (text) => {
      expect(parse(csvLine([text, 'x']))).toEqual([[text, 'x']]);
    },
  );

  it('is one line, whatever the cells hold', () => {
    expect(csvLine(['a\nb', 'c\r\nd'])).toBe('a b,c d\n');
  });
});

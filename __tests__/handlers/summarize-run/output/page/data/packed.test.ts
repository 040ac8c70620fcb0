import fc from 'fast-check';
import {
  Columns,
  clean,
  COLUMN_END,
  joinReason,
  packTime,
  splitColumns,
  splitReason,
  unpackTime,
  valuesOf,
} from '../../../../../../handlers/summarize-run/output/page/data/packed';

const texts = fc.string({ unit: 'binary' }).map(clean);

describe('A packed value', () => {
  it.each([
    '2024-02-29T08:09:10Z',
    '2024-02-29T08:09:10+00:00',
    '2009-12-31T23:59:59Z',
    '2010-01-01T00:00:00Z',
  ])('has a time, %s, in at most seven characters and gives it back', (time) => {
    expect(packTime(time).length).toBeLessThanOrEqual(7);
    expect(unpackTime(packTime(time))).toBe(time);
  });

  it.each([
    'N/A',
    '',
    '2026-02-31T00:00:00Z',
    '2026-09-31T00:00:00Z',
    '2026-02-28T24:00:00Z',
    '2026-02-28T00:00:00+01:00',
    '2026-02-28T00:00:00.000Z',
    '2026-02-28T00:00:00',
    'x2026-02-28T00:00:00Z',
    '2026-02-28T00:00:00Zx',
    '2026-02-28T00:00:00+00:00x',
  ])('leaves %j as it is', (cell) => {
    expect(packTime(cell)).toBe(cell);
    expect(unpackTime(cell)).toBe(cell);
  });

  it('gives every cell back', () => {
    const times = fc
      .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .chain((date) => fc.constantFrom('Z', '+00:00').map((end) => date.toISOString().slice(0, 19) + end));
    fc.assert(
      fc.property(fc.oneof(times, texts), (cell) => {
        expect(unpackTime(packTime(cell))).toBe(cell);
      }),
    );
  });
});

describe('Columns', () => {
  it('give their values back, however many there are', () => {
    const rows = fc.array(fc.tuple(texts, texts), { minLength: 1, maxLength: 1_200 });
    fc.assert(
      fc.property(rows, (values) => {
        const columns = new Columns(2);
        for (const row of values) columns.add(row);
        const [first = '', second = ''] = splitColumns(
          [columns.column(0), columns.column(1)].join(COLUMN_END),
        );
        expect(valuesOf(first)).toEqual(values.map(([value]) => value));
        expect(valuesOf(second)).toEqual(values.map(([, value]) => value));
        expect(columns.length).toBe(values.length);
      }),
      { numRuns: 30 },
    );
  });

  it('have an empty value where one is missing', () => {
    const columns = new Columns(2);
    columns.add(['a']);
    expect(valuesOf(columns.column(1))).toEqual(['']);
  });
});

describe('A reason', () => {
  it('is a pattern that many have in common, and its numbers', () => {
    const [one, other] = [
      splitReason('access key 1 is 400 days old'),
      splitReason('access key 2 is 91 days old'),
    ];
    expect(one.pattern).toBe(other.pattern);
    expect(one.numbers).toBe('1 400');
  });

  it('is given back as it was', () => {
    fc.assert(
      fc.property(texts, (reason) => {
        const { pattern, numbers } = splitReason(reason);
        expect(joinReason(pattern, numbers)).toBe(reason);
      }),
    );
    expect(joinReason(splitReason('key 007 of 1').pattern, splitReason('key 007 of 1').numbers)).toBe(
      'key 007 of 1',
    );
  });
});

import fc from 'fast-check';
import { isoWeekOf } from '../../../handlers/core/iso-week';

describe('the ISO week of a date', () => {
  it.each([
    // A year that begins on a Friday: its first days belong to the last week of the year before.
    ['2020-12-28', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    // A year that ends on a Tuesday: its last days belong to the first week of the next one.
    ['2024-12-29', '2024-W52'],
    ['2024-12-30', '2025-W01'],
    ['2025-01-05', '2025-W01'],
    ['2025-01-06', '2025-W02'],
    // A year that begins on a Thursday has 53 weeks.
    ['2026-01-01', '2026-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2028-02-29', '2028-W09'],
  ])('of %s is %s', (date, week) => {
    expect(isoWeekOf(date)).toBe(week);
  });

  it('is another one on every Monday, and on no other day', () => {
    const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => {
        const isMonday = new Date(day * 86_400_000).getUTCDay() === 1;
        expect(isoWeekOf(dateOf(day)) !== isoWeekOf(dateOf(day - 1))).toBe(isMonday);
        expect(isoWeekOf(dateOf(day)) > isoWeekOf(dateOf(day - 7))).toBe(true);
      }),
    );
  });
});

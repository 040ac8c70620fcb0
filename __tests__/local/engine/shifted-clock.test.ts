import { shiftClock } from '../../../local/engine/shifted-clock';

const RealDate = Date;
afterEach(() => {
  globalThis.Date = RealDate;
});

describe('a clock that was shifted', () => {
  it('is ahead or behind, and goes on', () => {
    const before = RealDate.now();
    shiftClock(-86_400_000);
    for (const time of [Date.now(), new Date().getTime()]) {
      expect(time).toBeGreaterThanOrEqual(before - 86_400_000);
      expect(time).toBeLessThan(before - 86_000_000);
    }
  });

  it('leaves times alone that are given', () => {
    shiftClock(1_000_000);
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(new Date('2026-11-22').getTime()).toBe(Date.UTC(2026, 10, 22));
    expect(new Date(0)).toBeInstanceOf(Date);
    expect(new Date(0)).toBeInstanceOf(RealDate);
  });
});

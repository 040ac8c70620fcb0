import { elapsedSince } from '../../../handlers/core/elapsed';

const now = Date.parse('2026-11-22T08:00:00Z');

describe('the time that has passed', () => {
  it.each([
    ['2026-11-22T07:59:58.500Z', 1_500],
    ['2026-11-22T08:00:00Z', 0],
    ['2026-11-22T08:00:03Z', 0],
    ['2026-11-22T09:00:00+01:00', 0],
    ['', NaN],
  ])('since %j is %d ms, and never negative', (time, elapsed) => {
    expect(elapsedSince(time, now)).toBe(elapsed);
  });
});

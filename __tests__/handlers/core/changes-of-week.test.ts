import { changesOfWeek } from '../../../handlers/core/changes-of-week';
import type { HistoryRun } from '../../../handlers/core/history';

/** A run of a day of November 2026, whose 16th and 23rd are Mondays. */
const runOf = (
  day: number,
  newFindings: number | null,
  resolvedFindings = newFindings,
  hour = '08',
): HistoryRun => ({
  ...{
    date: `2026-11-${String(day).padStart(2, '0')}`,
    execution: `run-${day}`,
    startedAt: `2026-11-${day}T${hour}:00:00.000Z`,
  },
  ...{ expected: 1, collected: 1, users: 1, findings: { critical: 0, high: 0, medium: 0, low: 0 } },
  ...{ meanKeyAge: null, newFindings, resolvedFindings },
});
const on = (day: number, ...runs: HistoryRun[]) => changesOfWeek(runs, `2026-11-${day}`);

describe('The changes of a week', () => {
  const week = [16, 17, 18, 19, 20, 21, 22].map((day) => runOf(day, day, day - 16));

  it('are those of the days after the first day of the last week, up to today', () => {
    expect(on(23, runOf(15, 1000), ...week, runOf(23, 23, 7))).toEqual({
      since: '2026-11-16',
      days: 7,
      unknownDays: 0,
      newFindings: 17 + 18 + 19 + 20 + 21 + 22 + 23,
      resolvedFindings: 1 + 2 + 3 + 4 + 5 + 6 + 7,
    });
  });

  it('are those since the first day of this week, if accounts failed on a later day of it', () => {
    expect(on(18, runOf(15, 1000), ...week)).toMatchObject({
      since: '2026-11-16',
      days: 2,
      newFindings: 17 + 18,
    });
  });

  it('go back to the last week that has runs', () => {
    expect(on(25, runOf(4, 1), runOf(6, 2), runOf(25, 4))).toMatchObject({
      since: '2026-11-04',
      newFindings: 2 + 4,
    });
  });

  it('count the last run of each day only, in whatever order they ended', () => {
    const runs = [runOf(16, 1), runOf(17, 2, 2, '20'), runOf(17, 50, 50, '10'), runOf(18, 4)];
    expect(on(18, ...runs)).toMatchObject({ days: 2, newFindings: 6, resolvedFindings: 6 });
  });

  it('say of how many days they are not known', () => {
    expect(on(18, runOf(16, null), runOf(17, null), runOf(18, 4))).toMatchObject({
      ...{ days: 2, unknownDays: 1, newFindings: 4 },
    });
  });

  it('are none without an earlier day, whatever ran later', () => {
    expect(on(16, runOf(16, 1), runOf(17, 1))).toBeUndefined();
    expect(on(16)).toBeUndefined();
  });
});

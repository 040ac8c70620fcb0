import fc from 'fast-check';
import {
  HISTORY_RUNS,
  type HistoryRun,
  MAX_HISTORY_BYTES,
  historyLines,
  historyWith,
  readHistory,
} from '../../../handlers/core/history';
import { contentOf } from '../../support/manifests';

const runOf = (date: string): HistoryRun => ({
  ...{ date, execution: `run-${date}`, startedAt: `${date}T08:00:00.000Z` },
  ...{ expected: 3, collected: 2, users: 5, findings: { critical: 1, high: 2, medium: 3, low: 4 } },
  ...{ meanKeyAge: 12.5, newFindings: 3, resolvedFindings: 2 },
});

describe('the history of runs', () => {
  it('has the numbers of a run after those before', () => {
    const content = contentOf([]);
    const keyAges = { ...content.keyAges, meanDays: 7.1 };
    const [first, last, ...others] = historyWith([runOf('2026-11-21')], { ...content, keyAges });
    expect(first).toEqual(runOf('2026-11-21'));
    expect(last).toEqual({
      date: content.date,
      execution: content.execution,
      startedAt: content.startedAt,
      expected: content.totals.expected,
      collected: content.totals.collected,
      users: content.totals.users,
      findings: content.totals.findingsBySeverity,
      ...{ meanKeyAge: 7.1, newFindings: null, resolvedFindings: null },
    });
    expect(others).toEqual([]);
  });

  it(`forgets the oldest of more than ${HISTORY_RUNS} runs`, () => {
    const dates = Array.from({ length: HISTORY_RUNS }, (_, day) => runOf(`day-${day}`));
    const history = historyWith(dates, contentOf([]));
    expect(history).toHaveLength(HISTORY_RUNS);
    expect(history[0]?.date).toBe('day-1');
  });

  it('is read as it was written', () => {
    const runs = [runOf('2026-11-21'), { ...runOf('2026-11-22'), meanKeyAge: null }];
    expect(readHistory(historyLines(runs))).toEqual(runs);
    expect(readHistory('')).toEqual([]);
  });

  it.each([
    '{',
    '{}',
    'null\n',
    historyLines([runOf('2026-11-21')]).replace('"expected":3', '"expected":-1'),
  ])('is not read if it is %s', (text) => {
    expect(readHistory(text)).toBeUndefined();
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readHistory(text);
      }),
    );
  });

  it('is smaller than its bound with the largest numbers and names', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const run: HistoryRun = {
      ...runOf('2026-11-21'),
      execution: 'x'.repeat(80),
      ...{ expected: most, collected: most, users: most, meanKeyAge: most + 0.1 },
      findings: { critical: most, high: most, medium: most, low: most },
    };
    expect(historyLines(Array.from({ length: HISTORY_RUNS }, () => run)).length).toBeLessThan(
      MAX_HISTORY_BYTES,
    );
  });
});

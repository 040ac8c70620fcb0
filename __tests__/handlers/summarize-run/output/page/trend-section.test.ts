import type { HistoryRun } from '../../../../../handlers/core/history';
import { trendSection } from '../../../../../handlers/summarize-run/output/page/trend-section';

const runOf = (day: number, change: Partial<HistoryRun> = {}): HistoryRun => ({
  ...{ date: `2026-11-${day}`, execution: `run-${day}`, startedAt: `2026-11-${day}T08:00:00.000Z` },
  ...{ expected: 1000, collected: 1000, users: 5, meanKeyAge: 100 + day },
  ...{ newFindings: null, resolvedFindings: null },
  findings: { critical: 0, high: day, medium: 2 * day, low: 1500 },
  ...change,
});
const textOf = (...runs: HistoryRun[]) => trendSection(runs)?.text ?? '';
const legend = (text: string) =>
  [...text.matchAll(/<li>.*?<\/svg>(.*?)<\/li>/g)].map(([, line = '']) => line.trim());
const rowsOf = (text: string) =>
  [...text.matchAll(/<tr>(.*?)<\/tr>/g)]
    .slice(1)
    .map(([, row = '']) =>
      [...row.matchAll(/>([^<>]+)</g)].map(([, cell = '']) => cell.trim()).filter(Boolean),
    );

describe('the trend on the page', () => {
  it('is absent until there are two runs', () => {
    expect(textOf()).toBe('');
    expect(textOf(runOf(20))).toBe('');
  });

  it('says from which value to which, or the one that stayed', () => {
    const text = textOf(runOf(20, { collected: 998 }), runOf(21), runOf(22));
    expect(text).toContain('3 runs, from 2026-11-20 to 2026-11-22');
    expect(legend(text)).toEqual([
      '99.8 → 100',
      'critical: 0',
      'high: 20 → 22',
      'medium: 40 → 44',
      'low: 1,500',
      '120 → 122',
    ]);
  });

  it('says how far a value went in between, so that nobody overlooks a bad day', () => {
    const dip = legend(textOf(runOf(20), runOf(21, { collected: 998, meanKeyAge: 300 }), runOf(22)));
    expect([dip[0], dip.at(-1)]).toEqual(['100 (99.8 to 100)', '120 → 122 (120 to 300)']);
  });

  it('never says that all accounts were collected if one was not', () => {
    const almost = { expected: 50_000, collected: 49_999 };
    expect(legend(textOf(runOf(20, almost), runOf(21, almost)))[0]).toBe('99.9');
  });

  it('has every number in a table, the newest run first', () => {
    expect(rowsOf(textOf(runOf(20), runOf(21, { collected: 1, meanKeyAge: null })))).toEqual([
      ['2026-11-21 08:00 UTC', '1,000', '1', '0', '21', '42', '1,500', 'unknown'],
      ['2026-11-20 08:00 UTC', '1,000', '1,000', '0', '20', '40', '1,500', '120'],
    ]);
  });

  it('draws runs in the order in which they started, and nothing where a value is not known', () => {
    const text = textOf(
      runOf(22),
      runOf(20),
      runOf(21, { meanKeyAge: null }),
      runOf(23, { expected: 0, collected: 0 }),
    );
    const paths = (name: string) =>
      [...text.matchAll(new RegExp(`<path class="${name}" d="(M[^"]*)"></path>`, 'g'))]
        .map(([, d]) => d)
        .filter((d) => d !== 'M0 4H24');
    expect(paths('coverage')).toEqual(['M0 2L100 2L200 2']);
    // 123 is at the top; a single value is a point.
    expect(paths('age')).toEqual(['M0 4.1h1', 'M200 2.7L300 2']);
    expect(paths('low')).toEqual(['M0 2L100 2L200 2L300 2']);
    expect(paths('critical')).toEqual(['M0 88L100 88L200 88L300 88']);
  });

  it('is told to those who cannot see it', () => {
    const labels = [...textOf(runOf(20), runOf(21)).matchAll(/role="img" aria-label="([^"]*)"/g)];
    expect(labels.map(([, label]) => label)).toEqual([
      'Collected accounts, percent of those expected: 100',
      'Findings by severity: critical 0; high 20 → 21; medium 40 → 42; low 1,500',
      'Mean age of active access keys, days: 120 → 121',
    ]);
  });
});

import { publishMetrics } from '../../../../handlers/summarize-run/output/embedded-metrics';
import { runMetrics } from '../../../../handlers/summarize-run/output/run-metrics';
import { printed } from '../../../support/printed';

const now = new Date('2026-11-22T09:00:00Z');

describe('metrics', () => {
  it('are one line of JSON in the embedded metric format, with nothing in front', () => {
    publishMetrics({ Environment: 'test' }, { AccountsFailed: 2, OldestReportAge: 60 }, now);
    const [line, ...others] = printed();
    expect(others).toEqual([]);
    expect(line).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(line!)).toEqual({
      _aws: {
        Timestamp: now.getTime(),
        CloudWatchMetrics: [
          {
            Namespace: 'IamCredentialReports',
            Dimensions: [['Environment']],
            Metrics: [
              { Name: 'AccountsFailed', Unit: 'Count' },
              { Name: 'OldestReportAge', Unit: 'Seconds' },
            ],
          },
        ],
      },
      Environment: 'test',
      AccountsFailed: 2,
      OldestReportAge: 60,
    });
  });

  it('can have any dimensions', () => {
    publishMetrics({ Environment: 'test', Check: 'root-mfa' }, { Findings: 7 }, now);
    expect(JSON.parse(printed()[0]!)).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Dimensions: [['Environment', 'Check']] }] },
      Check: 'root-mfa',
      Findings: 7,
    });
  });
});

describe('the metrics of a run', () => {
  const collected = (generatedAt: string | null) => ({ outcome: 'collected', generatedAt });

  it('are its accounts by outcome, and the age of the oldest report', () => {
    const accounts = [
      collected('2026-11-22T08:59:00Z'),
      collected('2026-11-22T05:00:00Z'),
      collected(null),
      collected(''),
      { outcome: 'failed' },
    ];
    const totals = { accounts: 6, collected: 4, failed: 1, skipped: 1 };
    expect(runMetrics({ totals, accounts }, now)).toEqual({
      AccountsExpected: 5,
      AccountsCollected: 4,
      AccountsFailed: 1,
      AccountsSkipped: 1,
      OldestReportAge: 4 * 3600,
    });
  });

  it('have no age of the oldest report if there is no report', () => {
    const totals = { collected: 0, failed: 1, skipped: 0 };
    expect(runMetrics({ totals, accounts: [{ outcome: 'failed' }] }, now)).not.toHaveProperty(
      'OldestReportAge',
    );
  });

  it('have the age of the oldest report in whole seconds, also when it is 0', () => {
    const totals = { collected: 1, failed: 0, skipped: 0 };
    const ageOf = (...times: string[]) =>
      runMetrics({ totals, accounts: times.map(collected) }, now).OldestReportAge;
    expect(ageOf('2026-11-22T09:00:00Z')).toBe(0);
    expect(ageOf('2026-11-22T08:59:58.500Z')).toBe(2);
    expect(ageOf('2026-11-22T08:59:58.501Z')).toBe(1);
    // The clock of IAM may be ahead.
    expect(ageOf('2026-11-22T09:00:05Z')).toBe(0);
    expect(ageOf('2026-11-22T08:59:50Z', '2026-11-22T09:00:05Z')).toBe(10);
  });
});

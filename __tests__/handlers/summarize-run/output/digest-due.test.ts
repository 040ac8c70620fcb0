import { isDigestDue } from '../../../../handlers/summarize-run/output/digest-due';
import { manifest } from '../../../support/digests';

describe('whether a digest is sent', () => {
  it.each([
    ['always', 0, 0, true],
    ['failures', 0, 5, false],
    ['failures', 1, 0, true],
    ['new-findings', 1, 0, true],
    ['new-findings', 0, 1, true],
    ['new-findings', 0, 0, false],
    // The first run: each of the 8 findings is new.
    ['new-findings', 0, null, true],
  ] as const)('with %s, %d failed accounts and %s new findings: %s', (occasion, failed, fresh, due) => {
    expect(isDigestDue(occasion, manifest(failed, fresh))).toBe(due);
  });

  it('with new-findings also if findings appeared by a changed rule', () => {
    const changed = manifest(0, 0);
    const changes = { ...changed.changes!, appearedFindings: 1 };
    expect(isDigestDue('new-findings', { ...changed, changes })).toBe(true);
    expect(isDigestDue('failures', { ...changed, changes })).toBe(false);
  });

  it.each([
    // From Sunday to Monday, and from Monday to Tuesday.
    ['2026-11-22', '2026-11-23', true],
    ['2026-11-23', '2026-11-24', false],
    // The last runs were on other days of the week.
    ['2026-11-16', '2026-11-22', false],
    ['2026-11-20', '2026-11-25', true],
    ['2026-11-18', '2026-11-25', true],
    // New Year is not the start of a week.
    ['2026-12-31', '2027-01-01', false],
    ['2027-01-03', '2027-01-04', true],
    // Both dates are in the first week of their year, which is not the same.
    ['2025-01-01', '2026-01-01', true],
  ])('with weekly, compared with %s, on %s: %s', (since, date, due) => {
    const run = manifest(0, 5, { date });
    const changes = { ...run.changes!, since: { ...run.changes!.since, date: since } };
    expect(isDigestDue('weekly', { ...run, changes })).toBe(due);
  });

  it('with weekly also without an earlier day, and on any day if accounts failed', () => {
    expect(isDigestDue('weekly', manifest(0, null))).toBe(true);
    expect(isDigestDue('weekly', manifest(1, 0))).toBe(true);
    expect(isDigestDue('weekly', manifest(0, 0))).toBe(false);
  });

  it('with new-findings only if the first run has findings', () => {
    const first = manifest(0, null);
    expect(isDigestDue('new-findings', { ...first, totals: { ...first.totals, findings: 0 } })).toBe(false);
  });
});

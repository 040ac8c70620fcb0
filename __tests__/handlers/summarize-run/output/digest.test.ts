import { checks } from '../../../../handlers/checks';
import { digest } from '../../../../handlers/summarize-run/output/digest';
import type { Manifest } from '../../../../handlers/core/manifest';
import type { ShownFinding } from '../../../../handlers/summarize-run/samples';
import { DATE, accountId } from '../../../support/stored-run';

const places = { page: 's3://b/index.html', manifest: 's3://b/manifest.json', changes: 's3://b/changes.csv' };

function manifest(failed: number, newFindings: number | null, change: Partial<Manifest> = {}): Manifest {
  const accounts = Array.from({ length: failed }, (_, index) => ({
    id: accountId(index),
    name: `an account\nwith a name of some length ${index}`,
    outcome: 'failed' as const,
    reason: 'denied' as const,
    detail: 'AccessDenied: '.padEnd(400, 'ü'),
  }));
  const totals = {
    accounts: 50_000,
    expected: 50_000,
    collected: 50_000 - failed,
    failed,
    skipped: 0,
    users: 9,
    findings: 8,
    principalsWithFindings: 7,
  };
  const since = { date: '2026-11-21', execution: 'run-0', startedAt: '2026-11-21T08:00:00.000Z' };
  const counts = {
    usersAdded: 0,
    usersRemoved: 0,
    accountsAdded: [],
    accountsRemoved: [],
    resolvedFindings: 0,
  };
  return {
    version: 1,
    environment: 'production',
    execution: 'run-1',
    date: DATE,
    startedAt: `${DATE}T08:00:00.000Z`,
    complete: failed === 0,
    totals,
    failures: [],
    checks: [],
    exemptions: [],
    changes: newFindings === null ? null : { since, newFindings, ...counts },
    unknownColumns: [],
    accounts,
    ...change,
  };
}

function findings(count: number): ShownFinding[] {
  return Array.from({ length: count }, (_, index) => ({
    account: { id: accountId(index), name: 'one' },
    user: `user-${index}`,
    arn: '',
    check: checks[3]!,
    reason: 'console password without MFA',
    status: 'new' as const,
  }));
}

const lines = (message: string, pattern: RegExp) => message.split('\n').filter((line) => pattern.test(line));

describe('the digest', () => {
  it('has a subject of fewer than 100 characters with environment, date and counts, however long they are', () => {
    const longest = manifest(50_000, 80_000_000, { environment: 'an-environment-of-24-let', accounts: [] });
    for (const [summarized, expected] of [
      [
        manifest(3, 4),
        /^IAM credential reports production 2026-11-22: 3 of 50000 accounts failed, 4 new findings$/,
      ],
      [
        manifest(0, null),
        /^IAM credential reports production 2026-11-22: 0 of 50000 accounts failed, 8 findings$/,
      ],
      [
        longest,
        /^an-environment-of-24-let 2026-11-22: 50000 of 50000 accounts failed, 80000000 new findings$/,
      ],
    ] as const) {
      const { subject } = digest({ manifest: summarized, newFindings: [], places });
      expect(subject).toMatch(expected);
      expect(subject.length).toBeLessThan(100);
    }
  });

  it('names every failed account and every new finding, and where the page is', () => {
    const { message } = digest({ manifest: manifest(3, 4), newFindings: findings(4), places });
    expect(lines(message, /: denied: /)).toHaveLength(3);
    expect(lines(message, /: user-\d+: console-mfa: console password without MFA$/)).toHaveLength(4);
    expect(message).toContain(places.page);
    expect(message).not.toContain('more, see');
  });

  it.each([
    [50_000, 0],
    [50_000, 100_000],
    [2, 100_000],
    [1_000, 3],
  ])(
    'stays under 48 KiB with %d failed accounts and %d new findings, and says how many are left out',
    (failed, newCount) => {
      const newFindings = findings(Math.min(newCount, 500));
      const { message } = digest({ manifest: manifest(failed, newCount), newFindings, places });
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(48 * 1024);
      const leftOut = (place: string) =>
        Number(new RegExp(`and (\\d+) more, see ${place}`).exec(message)?.[1] ?? 0);
      expect(lines(message, /: denied: /).length + leftOut(places.manifest)).toBe(failed);
      expect(lines(message, /: user-\d+: /).length + leftOut(places.changes)).toBe(newCount);
      if (failed > 0) expect(lines(message, /: denied: /).length).toBeGreaterThan(1);
    },
  );

  it('gives the space that failures do not need to findings', () => {
    const { message } = digest({ manifest: manifest(1, 500), newFindings: findings(500), places });
    expect(lines(message, /: user-\d+: /)).toHaveLength(500);
  });

  it('keeps quoted names on one line', () => {
    expect(digest({ manifest: manifest(1, 0), newFindings: [], places }).message).toContain(
      'an account with a name',
    );
  });
});

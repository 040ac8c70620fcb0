import { parse } from 'csv-parse/sync';
import { keys } from '../../../../handlers/shared/bucket-layout';
import type { SummarizeRunEvent } from '../../../../handlers/shared/events';
import { collectReports } from '../../../../handlers/collect-reports/collect-reports';
import { listAccounts } from '../../../../handlers/list-accounts/list-accounts';
import type { Manifest } from '../../../../handlers/core/manifest';
import { summarizeRun } from '../../../../handlers/summarize-run/summarize-run';
import { type Embedded, embedded } from '../../../../tools/support/embedded';

const DATE = '2026-11-22';

/** All states of a run, one after the other. */
async function run({ organizations, bucket, collector }: Embedded, partition = 'aws'): Promise<Manifest> {
  const event = { execution: 'run-1', startTime: `${DATE}T08:00:00.000Z` };
  const selection = { includeOus: [], excludeOus: [], exclude: [] };
  const listed = await listAccounts({ organizations, bucket, batchSize: 40 })({ ...event, selection });
  const waiting = { seconds: 60, cycles: 2 };
  for (const batch of listed.batches) {
    for (let waited = 0; waited < 120; waited += 60) {
      await collectReports({ ...collector, concurrency: 20 })({
        batch,
        date: DATE,
        runPrefix: listed.runPrefix,
        waited,
        waiting,
      });
    }
  }
  const checks = { unusedDays: 45, rotationDays: 90, rootUnusedDays: 30, exemptions: [] };
  const summary: SummarizeRunEvent = {
    runPrefix: listed.runPrefix,
    startTime: event.startTime,
    checks,
    digest: 'failures',
  };
  await summarizeRun({ bucket, environment: 'production', partition })(summary);
  return JSON.parse(Buffer.from((await bucket.get(keys.manifest(listed.runPrefix)))!).toString()) as Manifest;
}

describe('the embedded organization', () => {
  let aws: Embedded;
  beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
  afterEach(async () => {
    jest.restoreAllMocks();
    await aws.stop();
  });

  it.each(['aws', 'aws-us-gov', 'aws-cn'])(
    'plants what the checks find, no more and no less, in %s',
    async (partition) => {
      const now = () => new Date(`${DATE}T08:01:00Z`);
      aws = await embedded({ accounts: 30, users: 25, seed: 7, denied: 2, suspended: 1, partition, now });
      const { accounts, checks, totals } = await run(aws, partition);
      const collected = accounts.filter(({ outcome }) => outcome === 'collected').map(({ id }) => id);
      expect(totals).toMatchObject({ collected: 27, failed: 2, skipped: 1, users: 27 * 25 });

      // Neither has a root user who could break these.
      const without = {
        aws: [],
        'aws-us-gov': ['root-mfa'],
        'aws-cn': ['root-access-key', 'root-mfa', 'root-recent-use'],
      };
      const planted: Record<string, number> = aws.organization.planted(collected);
      for (const check of without[partition as 'aws']) planted[check] = 0;
      const found = Object.fromEntries(
        checks.filter(({ id }) => id in planted).map(({ id, fail }) => [id, fail]),
      );
      expect(found).toEqual(planted);
      // Reports of AWS China have no row for the root user, which is no finding there.
      expect(checks.find(({ id }) => id === 'root-row-missing')).toMatchObject({ fail: 0 });
      if (partition === 'aws') for (const count of Object.values(found)) expect(count).toBeGreaterThan(0);
    },
  );

  it('has users whose names a table has to be careful with', async () => {
    aws = await embedded({ accounts: 20, users: 50, seed: 7, now: () => new Date(`${DATE}T08:01:00Z`) });
    await run(aws);
    const rows = parse<Record<string, string>>(aws.object(keys.organization(DATE, 'credentials.csv')), {
      columns: true,
    });
    expect(rows).toHaveLength(20 * 51);
    const names = rows.map(({ user }) => user ?? '');
    expect(names.some((name) => name.includes(','))).toBe(true);
    expect(names.some((name) => name.startsWith("'="))).toBe(true);
    expect(names.filter((name) => /^[=+\-@]/.test(name))).toEqual([]);
  });
});

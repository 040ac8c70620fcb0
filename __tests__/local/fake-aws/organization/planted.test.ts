import { parse } from 'csv-parse/sync';
import { checks } from '../../../../handlers/checks';
import { keys, partsOfRun } from '../../../../handlers/shared/bucket-layout';
import { collectReports } from '../../../../handlers/collect-reports/collect-reports';
import type { Manifest } from '../../../../handlers/core/manifest';
import { summarizeRun } from '../../../../handlers/summarize-run/summarize-run';
import { plantedRules } from '../../../../local/fake-aws/organization/planted-credentials';
import { plantedServiceRules } from '../../../../local/fake-aws/organization/service-credentials';
import { type Embedded, embedded } from '../../../../tools/support/embedded';
import { defaultSettings } from '../../../../tools/support/embedded-execution';
import { PLACE } from '../../../support/manifests';
import { RUN, pollOf, startRun } from '../../../support/started-run';

const { date: DATE } = partsOfRun(RUN);

/** All states of a run, one after the other. */
async function run(aws: Embedded, partition = 'aws'): Promise<Manifest> {
  // Every check is on.
  const settings = {
    ...defaultSettings,
    serviceCredentials: true,
    checks: { ...defaultSettings.checks, on: checks.map(({ id }) => id) },
    waiting: { seconds: 60, cycles: 2 },
  };
  const started = await startRun(aws, { batchSize: 40, settings, partition });
  for (const batch of started.batches) {
    for (let waited = 0; waited < 120; waited += 60)
      await collectReports({ ...aws.collector, concurrency: 20 })(pollOf(started, waited, batch));
  }
  const place = { ...PLACE, environment: 'test' };
  const { manifest } = await summarizeRun({ bucket: aws.bucket, place, partition })({
    run: started.run,
    ledger: started.ledger,
  });
  return aws.json(manifest.key) as Manifest;
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
      const some = { accounts: 30, users: 25, seed: 7, denied: 2, suspended: 1 };
      aws = await embedded({ ...some, partition, centralRootAccess: 'sessions-only', now });
      const { accounts, checks: results, totals } = await run(aws, partition);
      const collected = accounts.filter(({ outcome }) => outcome === 'collected').map(({ id }) => id);
      expect(totals).toMatchObject({ collected: 27, failed: 2, skipped: 1, users: 27 * 25 });

      // Neither has a root user who could break these.
      const without = {
        aws: [],
        'aws-us-gov': ['root-mfa', 'root-key-mfa', 'root-mfa-without-credentials'],
        'aws-cn': ['root-access-key', 'root-mfa', 'root-key-mfa', 'root-recent-use'],
      };
      const planted: Record<string, number> = aws.organization.planted(collected);
      for (const check of without[partition as 'aws']) planted[check] = 0;
      const found = Object.fromEntries(
        results.filter(({ id }) => id in planted).map(({ id, findings }) => [id, findings]),
      );
      expect(found).toEqual(planted);
      // Reports of AWS China have no row for the root user, which is no finding there.
      expect(results.find(({ id }) => id === 'root-row-missing')).toMatchObject({ fail: 0 });
      if (partition === 'aws') for (const count of Object.values(found)) expect(count).toBeGreaterThan(0);
    },
  );

  it('leaves a run complete that may not ask about central root access, which is then unknown', async () => {
    const now = () => new Date(`${DATE}T08:01:00Z`);
    aws = await embedded({ accounts: 3, centralRootAccess: 'AccessDenied', now });
    const { complete, checks: results } = await run(aws);
    expect(complete).toBe(true);
    expect(results.find(({ id }) => id === 'central-root-access')).toMatchObject({
      pass: 0,
      unknown: 1,
      findings: 1,
    });
  });

  it('plants a finding of every check of rows, of accounts and of the organization', () => {
    const ofRows = checks
      .filter(({ appliesTo }) => ['root', 'user', 'principal', 'organization'].includes(appliesTo))
      .map(({ id }) => id);
    expect(plantedRules).toEqual(ofRows);
    const ofAccounts = checks.filter(({ appliesTo }) => appliesTo === 'account').map(({ id }) => id);
    expect([...plantedServiceRules].sort()).toEqual(ofAccounts);
  });

  it('has users whose names a table has to be careful with', async () => {
    aws = await embedded({ accounts: 20, users: 50, seed: 7, now: () => new Date(`${DATE}T08:01:00Z`) });
    const { keyAges } = await run(aws);
    const rows = parse<Record<string, string>>(aws.object(keys.day(DATE, 'credentials.csv')), {
      columns: true,
    });
    expect(rows).toHaveLength(20 * 51);
    const names = rows.map(({ user }) => user ?? '');
    expect(names.some((name) => name.includes(','))).toBe(true);
    expect(names.some((name) => name.startsWith("'="))).toBe(true);
    expect(names.filter((name) => /^[=+\-@]/.test(name))).toEqual([]);

    // The same run knows the age of each active key.
    const keysOf = rows
      .filter(({ user }) => user !== '<root_account>')
      .flatMap((row) => [row.access_key_1_active, row.access_key_2_active]);
    const counted = keyAges.groups.reduce((sum, group) => sum + group.keys, 0);
    expect(counted).toBe(keysOf.filter((active) => active === 'true').length);
    expect(keyAges.unknown).toBe(0);
  });
});

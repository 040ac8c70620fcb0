/** Owners of a modeled organization of 10,000 accounts. Its clock is virtual, so seconds are exact. */
import type { OwnerSettings, RunSettings } from '../../../../handlers/shared/events';
import type { Ledger } from '../../../../handlers/shared/run-files';
import { keys } from '../../../../handlers/shared/bucket-layout';
import { listAccounts } from '../../../../handlers/list-accounts/list-accounts';
import { Cpu } from '../../../../tools/bench/modeled-aws/cpu';
import { model } from '../../../../tools/bench/model';
import { ModeledAws } from '../../../../tools/bench/modeled-aws/modeled-aws';
import { ModeledBucket } from '../../../../tools/bench/modeled-aws/modeled-bucket';
import { ModeledOrganization } from '../../../../tools/bench/modeled-aws/modeled-organization';
import { modeledClients } from '../../../../tools/bench/modeled-aws/clients';
import { START, inVirtualTime, sleep } from '../../../../tools/bench/virtual-time';
import {
  COLLECTING_ACCOUNT,
  defaultSettings,
  runningAt,
  startOf,
} from '../../../../tools/support/embedded-execution';

const PLACE = { name: 'reports', owner: COLLECTING_ACCOUNT, prefix: '' };
const DAY_MS = 86_400_000;

interface Day {
  seconds: number;
  accounts: Ledger['accounts'];
  notes: readonly string[];
}

/** Lists an organization on consecutive days. */
function onDays(
  days: number,
  {
    accounts,
    owners,
    management = COLLECTING_ACCOUNT,
  }: { accounts: number; owners?: Partial<OwnerSettings>; management?: string },
) {
  return inVirtualTime(async () => {
    const organization = new ModeledOrganization(accounts, model.report, 1, management);
    const aws = new ModeledAws(organization, 1);
    const bucket = new ModeledBucket(aws);
    const settings: RunSettings = {
      ...defaultSettings,
      ...(owners && { owners: { file: false, email: false, unitNames: false, ...owners } }),
    };
    const found: Day[] = [];
    for (let day = 0; day < days; day++) {
      const startedAt = START + day * DAY_MS;
      await sleep(startedAt - Date.now());
      const list = listAccounts({
        ...modeledClients({ aws, bucket }, new Cpu(512), PLACE, 'report-role'),
        ...runningAt(new Date(startedAt).toISOString(), settings),
        batchSize: 400,
        pagesPerSecond: model.listAccounts.perSecond,
      });
      const { run } = await list(startOf(`day-${day}`, settings));
      const seconds = (Date.now() - startedAt) / 1000;
      const ledger = JSON.parse(bucket.objects.text(keys.ledger(run))) as Ledger;
      found.push({ seconds, accounts: ledger.accounts, notes: ledger.notes ?? [] });
    }
    return { days: found, aws };
  });
}

const secondsOf = (days: readonly Day[]) => days.reduce((sum, { seconds }) => sum + seconds, 0);
const withOwner = ({ accounts }: Day) => accounts.filter(({ owner }) => owner).length;

describe('owners of a modeled organization', () => {
  beforeEach(() => {
    process.env.AWS_REGION = 'us-east-1';
    jest.spyOn(console, 'log').mockReturnValue();
  });
  afterEach(() => {
    delete process.env.AWS_REGION;
    jest.restoreAllMocks();
  });

  const accounts = 1_000;
  /** Days that reading tags account by account takes: the listing takes as much longer as there are more accounts. */
  const DAYS = 17;

  it('are complete every day in the management account, and the listing takes as long as without', async () => {
    const { days, aws } = await onDays(5, { accounts, owners: { tag: 'Owner', unitNames: true } });
    for (const day of days) {
      expect(withOwner(day)).toBe(accounts);
      expect(day.accounts.filter(({ unitNames }) => unitNames === undefined)).toEqual([]);
      expect(day.notes).toEqual([]);
    }
    expect(aws.getResources.throttled).toBe(0);
    // Latencies differ by chance, so single days do too.
    const without = await onDays(5, { accounts });
    expect(secondsOf(days) / secondsOf(without.days)).toBeLessThan(1.05);
  });

  it('are read within 17 days by a delegated administrator, whose listing takes as long as without', async () => {
    const owners = { tag: 'Owner', unitNames: true };
    const { days, aws } = await onDays(DAYS + 1, { accounts, owners, management: '999999999999' });
    expect(withOwner(days[DAYS - 2]!)).toBeLessThan(accounts);
    expect(withOwner(days[DAYS - 1]!)).toBe(accounts);
    expect(aws.calls.get('GetResources')).toBeUndefined();
    expect(aws.listTagsForResource.throttled).toBe(0);
    const without = await onDays(DAYS + 1, { accounts });
    expect(secondsOf(days) / secondsOf(without.days)).toBeLessThan(1.05);
    // Those that were read first are then read again.
    const dates = new Set(days[DAYS]!.accounts.map(({ owner }) => owner?.asOf));
    expect(dates).not.toContain(new Date(START).toISOString().slice(0, 10));
  });

  it('of accounts that are new are read before those that are known', async () => {
    const { days } = await onDays(2, {
      accounts: 200,
      owners: { tag: 'Owner' },
      management: '999999999999',
    });
    const read = days.map((day) => withOwner(day));
    const today = days[1]!.accounts.filter(({ owner }) => owner?.asOf === '2026-11-23').length;
    expect(read[1]! - read[0]!).toBe(today);
  });
});

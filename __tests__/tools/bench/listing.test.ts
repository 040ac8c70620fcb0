import { Cpu } from '../../../tools/bench/cpu';
import { model } from '../../../tools/bench/model';
import { ModelledAws } from '../../../tools/bench/modelled-aws';
import { ModelledBucket } from '../../../tools/bench/modelled-bucket';
import { ModelledOrganization } from '../../../tools/bench/organization';
import { clientsOf } from '../../../tools/bench/our-design';
import { START, inVirtualTime } from '../../../tools/bench/virtual-time';
import { keys } from '../../../handlers/shared/bucket-layout';
import { listAccounts } from '../../../handlers/list-accounts/list-accounts';

const ACCOUNTS = 2_000;
const PAGES = ACCOUNTS / model.listAccounts.page;

/** Lists a modelled organization at a rate and tells what came of it. */
function listed(pagesPerSecond: number) {
  return inVirtualTime(async () => {
    const organization = new ModelledOrganization(ACCOUNTS, model.report, 1);
    const aws = new ModelledAws(organization, 1);
    const bucket = new ModelledBucket(aws);
    const clients = clientsOf({ organization, aws, bucket }, new Cpu(512), 'reports', 'report-role');
    const list = listAccounts({ ...clients, batchSize: 400, pagesPerSecond });
    const selection = { includeOus: [], excludeOus: [], exclude: [] };
    const { runPrefix } = await list({ execution: 'e', startTime: new Date().toISOString(), selection });
    const ledger = JSON.parse(bucket.objects.text(keys.ledger(runPrefix))) as {
      accounts: { id: string }[];
    };
    return {
      ids: ledger.accounts.map(({ id }) => id),
      expected: organization.ids.toSorted(),
      refused: aws.listAccounts.refused,
      seconds: (Date.now() - START) / 1000,
    };
  });
}

describe('the listing', () => {
  beforeEach(() => {
    process.env.AWS_REGION = 'us-east-1';
    jest.spyOn(console, 'log').mockReturnValue();
  });
  afterEach(() => {
    delete process.env.AWS_REGION;
    jest.restoreAllMocks();
  });

  it('keeps just below the quota, and loses little time on it', async () => {
    const { seconds, refused } = await listed(model.listAccounts.perSecond);
    const { burst, perSecond } = model.listAccounts;
    const floor = (PAGES - burst) / perSecond;
    expect(refused).toBe(0);
    expect(seconds).toBeGreaterThan(floor);
    expect(seconds).toBeLessThan(floor * 1.2);
  });

  it('has every account once when its pages are throttled', async () => {
    const { ids, expected, refused } = await listed(1_000);
    expect(refused).toBeGreaterThan(0);
    expect(ids).toEqual(expected);
  });
});

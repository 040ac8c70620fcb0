import { Cpu } from '../../../../tools/bench/modeled-aws/cpu';
import { model } from '../../../../tools/bench/model';
import { ModeledAws } from '../../../../tools/bench/modeled-aws/modeled-aws';
import { ModeledBucket } from '../../../../tools/bench/modeled-aws/modeled-bucket';
import { ModeledOrganization } from '../../../../tools/bench/modeled-aws/modeled-organization';
import { modeledClients } from '../../../../tools/bench/modeled-aws/clients';
import { START, inVirtualTime } from '../../../../tools/bench/virtual-time';
import { keys } from '../../../../handlers/shared/bucket-layout';
import { listAccounts } from '../../../../handlers/list-accounts/list-accounts';
import { COLLECTING_ACCOUNT, runningAt, startOf } from '../../../../tools/support/embedded-execution';

const PLACE = { name: 'reports', owner: COLLECTING_ACCOUNT, prefix: '' };
const ACCOUNTS = 2_000;
const PAGES = ACCOUNTS / model.listAccounts.page;

/** Lists a modeled organization at a rate. */
function listAtRate(pagesPerSecond: number) {
  return inVirtualTime(async () => {
    const organization = new ModeledOrganization(ACCOUNTS, model.report, 1);
    const aws = new ModeledAws(organization, 1);
    const bucket = new ModeledBucket(aws);
    const clients = modeledClients({ aws, bucket }, new Cpu(512), PLACE, 'report-role');
    const list = listAccounts({
      ...clients,
      ...runningAt(new Date(START).toISOString()),
      batchSize: 400,
      pagesPerSecond,
    });
    const { run } = await list(startOf('e'));
    const ledger = JSON.parse(bucket.objects.text(keys.ledger(run))) as {
      accounts: { id: string }[];
    };
    return {
      ids: ledger.accounts.map(({ id }) => id),
      expected: organization.ids.toSorted(),
      throttled: aws.listAccounts.throttled,
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

  it('stays just below the quota, and loses little time', async () => {
    const { seconds, throttled } = await listAtRate(model.listAccounts.perSecond);
    const { burst, perSecond } = model.listAccounts;
    const floor = (PAGES - burst) / perSecond;
    expect(throttled).toBe(0);
    expect(seconds).toBeGreaterThan(floor);
    expect(seconds).toBeLessThan(floor * 1.2);
  });

  it('has every account once when its pages are throttled', async () => {
    const { ids, expected, throttled } = await listAtRate(1_000);
    expect(throttled).toBeGreaterThan(0);
    expect(ids).toEqual(expected);
  });
});

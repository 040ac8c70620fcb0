import { collectReports } from '../../../handlers/collect-reports/collect-reports';
import { type ListAccountsProps, listAccounts } from '../../../handlers/list-accounts/list-accounts';
import { keys, prefixes } from '../../../handlers/shared/bucket-layout';
import type { Ledger } from '../../../handlers/shared/run-files';
import { summarizeRun } from '../../../handlers/summarize-run/summarize-run';
import { ServiceError } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { COLLECTING_ACCOUNT, runningAt, startOf } from '../../../tools/support/embedded-execution';

const RUN = '2026-11-22/run-1';
const place = {
  environment: 'test',
  organizationId: 'o-exampleorg1',
  accountId: COLLECTING_ACCOUNT,
  region: 'us-east-1',
  productVersion: '1.2.3',
  retentionDays: null,
};

describe('what batches stored that the ledger does not name', () => {
  let aws: Embedded;
  let isLedgerRefused: boolean;
  beforeEach(async () => {
    jest.spyOn(console, 'log').mockReturnValue(undefined);
    isLedgerRefused = false;
    aws = await embedded({ accounts: 5 }, (services) => ({
      ...services,
      s3: (request) => {
        if (isLedgerRefused && request.method === 'PUT' && request.url.pathname.endsWith('ledger.json'))
          throw new ServiceError(403, 'AccessDenied', 'for a while');
        return services.s3!(request);
      },
    }));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await aws.stop();
  });

  const collect = (event: unknown) => collectReports({ ...aws.collector, concurrency: 20 })(event);
  const list = (change: Partial<ListAccountsProps> = {}) => {
    const props = { ...aws, ...runningAt('2026-11-22T08:00:00.000Z'), batchSize: 2, collectReports: collect };
    return listAccounts({ ...props, ...change })(startOf('run-1'));
  };
  const accountOf = (id: string) => aws.organization.accounts.find((account) => account.id === id)!;
  const summarize = (ledger: string) =>
    summarizeRun({ bucket: aws.bucket, place, partition: 'aws' })({ run: RUN, ledger });
  const collectOpen = async ({ batches, nonce }: Awaited<ReturnType<typeof list>>) => {
    for (const batch of batches) await collect({ run: RUN, nonce, batch, waited: 300 });
  };

  it.each([
    ['stays', () => undefined],
    ['is suspended', ({ id }: { id: string }) => Object.assign(accountOf(id), { state: 'SUSPENDED' })],
    [
      'leaves the organization',
      ({ id }: { id: string }) => {
        aws.organization.leave(id);
      },
    ],
  ])('does not end the run if another try lists the accounts and one of them %s', async (_what, change) => {
    isLedgerRefused = true;
    await expect(list()).rejects.toThrow('for a while');
    isLedgerRefused = false;
    change(aws.organization.accounts[1]!);
    const run = await list();
    await collectOpen(run);
    await expect(summarize(run.ledger)).resolves.toMatchObject({ failed: 0, complete: true });
  });

  it('is nothing after the ledger is written: such a batch is refused then, however late it comes', async () => {
    const late: (() => Promise<unknown>)[] = [];
    const run = await list({
      collectReports: (event) => {
        late.push(() => collect(event));
        return Promise.reject(new Error('timeout'));
      },
    });
    await collectOpen(run);
    const stored = [...(await aws.bucket.objects('2026-11-22/'))];
    const recorded = await aws.bucket.list(prefixes.outcomes(RUN));
    expect(late.length).toBeGreaterThan(1);
    for (const again of late) await expect(again()).rejects.toThrow('has listed its accounts');
    expect([...(await aws.bucket.objects('2026-11-22/'))]).toEqual(stored);
    await expect(aws.bucket.list(prefixes.outcomes(RUN))).resolves.toEqual(recorded);
  });

  it('is not named by the manifest, so that the summary can be repeated after such a batch has recorded', async () => {
    const run = await list();
    await collectOpen(run);
    const { manifest } = await summarize(run.ledger);
    const account = aws.organization.accounts[0]!.id;
    const outcomes = { batch: 99, outcomes: [{ account, outcome: 'failed', reason: 'denied', detail: '' }] };
    await aws.bucket.putJson(keys.outcomes(RUN, 99), outcomes);
    await expect(summarize(run.ledger)).resolves.toMatchObject({ manifest });
  });

  it('takes no number from a batch: where a file cannot be read, the next one is used', async () => {
    await aws.bucket.put(keys.batch(RUN, 1), '{"version":1,');
    const run = await list();
    const { accounts } = aws.json(keys.ledger(RUN)) as Ledger;
    expect(accounts.map(({ batch }) => batch)).not.toContain(1);
    await collectOpen(run);
    await expect(summarize(run.ledger)).resolves.toMatchObject({ complete: true });
  });
});

import { handler } from '../../../handlers/list-accounts';
import { listAccounts } from '../../../handlers/list-accounts/list-accounts';
import type { AccountSelection, RequestReportsEvent } from '../../../handlers/shared/events';
import type { Batch, Ledger } from '../../../handlers/shared/run-files';
import { type Embedded, embedded } from '../../../tools/support/embedded';

const everyAccount: AccountSelection = { includeOus: [], excludeOus: [], exclude: [] };
const event = { execution: 'run-1', startTime: '2026-11-22T23:59:59.500Z', selection: everyAccount };
const runPrefix = 'runs/2026-11-22/run-1';

describe('list-accounts', () => {
  let aws: Embedded;
  afterEach(() => aws.stop());

  it('writes every account of the organization to the ledger, with the reason for skipping it', async () => {
    aws = await embedded({ accounts: 45, suspended: 3 });
    const result = await listAccounts({ ...aws, batchSize: 20 })(event);

    expect(result).toEqual({ date: '2026-11-22', runPrefix, expected: 42, skipped: 3, batches: [1, 2, 3] });
    const { accounts } = aws.json(`${runPrefix}/ledger.json`) as Ledger;
    expect(accounts.map(({ id }) => id).sort()).toEqual(aws.organization.accounts.map(({ id }) => id).sort());
    expect(accounts.filter(({ skip }) => skip).map(({ state, skip }) => ({ state, skip }))).toEqual(
      Array(3).fill({ state: 'SUSPENDED', skip: 'SUSPENDED' }),
    );
  });

  it('puts every expected account into exactly one batch', async () => {
    aws = await embedded({ accounts: 45, suspended: 3 });
    await listAccounts({ ...aws, batchSize: 20 })(event);

    const batches = [1, 2, 3].map((batch) => aws.json(`${runPrefix}/batches/0000${batch}.json`) as Batch);
    const active = aws.organization.accounts.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id);
    expect(batches.map(({ batch, accounts }) => [batch, accounts.length])).toEqual([
      [1, 20],
      [2, 20],
      [3, 2],
    ]);
    expect(batches.flatMap(({ accounts }) => accounts)).toEqual(active.sort());
  });

  it('requests the reports of each full batch of accounts while others are still being listed', async () => {
    let pages = 0;
    aws = await embedded({ accounts: 45, suspended: 3 }, (services) => ({
      ...services,
      organizations: (request) => {
        pages++;
        return services.organizations!(request);
      },
    }));
    const invocations: { pages: number; accounts: string[] }[] = [];
    const requestReports = ({ accounts }: RequestReportsEvent) =>
      Promise.resolve(invocations.push({ pages, accounts }));
    await listAccounts({ ...aws, batchSize: 15, requestReports })(event);

    const active = aws.organization.accounts.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id);
    expect(invocations.map(({ accounts }) => accounts.length)).toEqual([15, 15]);
    expect(invocations.flatMap(({ accounts }) => accounts)).toEqual(active.slice(0, 30));
    expect(invocations.map((invocation) => invocation.pages)).toEqual([1, 2]);
  });

  it('lists the accounts even if the reports cannot be requested early, and logs why', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    aws = await embedded({ accounts: 5 });
    const requestReports = () => Promise.reject(new Error('Rate exceeded'));
    await expect(listAccounts({ ...aws, batchSize: 2, requestReports })(event)).resolves.toMatchObject({
      expected: 5,
      batches: [1, 2, 3],
    });
    expect(print).toHaveBeenCalledWith(
      JSON.stringify({
        message: 'prefetch failed; reports are requested at the first poll',
        runPrefix,
        accounts: 2,
        error: 'Error: Rate exceeded',
      }),
    );
    print.mockRestore();
  });

  it('writes the same files when it runs again', async () => {
    aws = await embedded({ accounts: 5 });
    const list = listAccounts({ ...aws, batchSize: 2 });
    await list(event);
    const first = aws.object(`${runPrefix}/ledger.json`);
    await list(event);
    expect(aws.object(`${runPrefix}/ledger.json`)).toEqual(first);
  });

  it('continues after an empty page', async () => {
    let page = 0;
    aws = await embedded({ accounts: 2 }, (services) => ({
      ...services,
      organizations: (request) =>
        page++ === 0
          ? { status: 200, body: '{"Accounts":[],"NextToken":"0"}' }
          : services.organizations!(request),
    }));
    await expect(listAccounts({ ...aws, batchSize: 10 })(event)).resolves.toMatchObject({ expected: 2 });
  });

  it('retries when AWS Organizations throttles, without losing a page', async () => {
    let calls = 0;
    aws = await embedded({ accounts: 45 }, (services) => ({
      ...services,
      organizations: (request) =>
        calls++ % 2 === 0
          ? { status: 400, body: '{"__type":"TooManyRequestsException"}' }
          : services.organizations!(request),
    }));
    await expect(listAccounts({ ...aws, batchSize: 100 })(event)).resolves.toMatchObject({ expected: 45 });
    expect(calls).toBe(6);
  });

  it('lists an account once that is on two pages', async () => {
    let page = 0;
    const account = { Id: '111111111111', Name: 'one', State: 'ACTIVE' };
    aws = await embedded({}, (services) => ({
      ...services,
      organizations: () => ({
        status: 200,
        body: JSON.stringify({ Accounts: [account], ...(page++ === 0 && { NextToken: '1' }) }),
      }),
    }));
    await expect(listAccounts({ ...aws, batchSize: 10 })(event)).resolves.toMatchObject({
      expected: 1,
      batches: [1],
    });
  });

  it('writes no batch when no account is expected', async () => {
    aws = await embedded({ accounts: 2, suspended: 2 });
    await expect(listAccounts({ ...aws, batchSize: 10 })(event)).resolves.toMatchObject({
      expected: 0,
      batches: [],
    });
  });

  it('names everything that is wrong with an event at once', async () => {
    aws = await embedded({});
    const wrong = { execution: '', startTime: 'today', selection: { ...everyAccount, exclude: ['12'] } };
    await expect(listAccounts({ ...aws, batchSize: 10 })(wrong)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(
        /execution: "".*startTime: "today".*selection\.exclude\.0: "12"/,
      ) as string,
    });
  });

  it('names every environment variable that is not set', async () => {
    aws = await embedded({});
    await expect(handler(event)).rejects.toMatchObject({
      name: 'InvalidSettings',
      message:
        'The environment of the function is not valid: REPORT_BUCKET is not set; BATCH_SIZE is not set; ' +
        'PAGES_PER_SECOND is not set; REQUEST_REPORTS_FUNCTION is not set',
    });
  });
});

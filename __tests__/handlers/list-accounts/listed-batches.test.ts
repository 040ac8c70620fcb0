import { type ListAccountsProps, listAccounts } from '../../../handlers/list-accounts/list-accounts';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { CollectReportsEvent, PollResult } from '../../../handlers/shared/events';
import type { Batch, Ledger } from '../../../handlers/shared/run-files';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { runningAt, startOf } from '../../../tools/support/embedded-execution';

const run = '2026-11-22/run-1';
const event = startOf('run-1');

/** What `collect-reports` returns if only these accounts are left. */
const resultWith = (left: string[]): PollResult => ({
  decided: 1,
  pending: left.length,
  left,
  waitSeconds: 0,
  waited: 0,
});

describe('accounts that are collected while others are listed', () => {
  let aws: Embedded;
  afterEach(() => aws.stop());

  const batch = (number: number) => aws.json(keys.batch(run, number)) as Batch;
  const ledger = () => aws.json(keys.ledger(run)) as Ledger;
  const active = () =>
    aws.organization.accounts.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id);

  /** Lists, and returns what collect-reports was asked. */
  async function list(
    collect: (batch: Batch) => unknown,
    { batchSize = 15, ...change }: Partial<ListAccountsProps> = {},
  ) {
    const events: CollectReportsEvent[] = [];
    const collectReports = (one: CollectReportsEvent): Promise<unknown> => {
      events.push(one);
      return Promise.resolve(collect(batch(one.batch)));
    };
    const props = { ...aws, ...runningAt('2026-11-22T08:00:00.000Z'), batchSize, collectReports, ...change };
    return { result: await listAccounts(props)(event), events };
  }

  const organizationOf = (accounts: number, suspended = 0) => embedded({ accounts, suspended });

  it('are handed over a batch at a time, before the last page arrives', async () => {
    let pages = 0;
    const first = Promise.withResolvers<unknown>();
    aws = await embedded({ accounts: 45, suspended: 3 }, (services) => ({
      ...services,
      organizations: async (request) => {
        if (++pages === 3) await first.promise;
        return services.organizations!(request);
      },
    }));
    const { result, events } = await list(() => {
      first.resolve(undefined);
      return resultWith([]);
    });
    expect(events).toEqual(
      [1, 2, 3].map((number) => ({ run, nonce: result.nonce, batch: number, waited: 0 })),
    );
    const batches = [1, 2, 3].map(batch);
    expect(batches.map(({ accounts }) => accounts.length)).toEqual([15, 15, 12]);
    expect(batches.flatMap(({ accounts }) => accounts)).toEqual(active());
    for (const one of batches) expect(one).toMatchObject({ nonce: result.nonce, whileListing: true });
    expect(result).toMatchObject({ expected: 42, batches: [] });
  });

  it('stay in their batch if they have an outcome, and get another one if they are left', async () => {
    aws = await organizationOf(40);
    const left: string[] = [];
    const { result } = await list(({ accounts }) => {
      left.push(...accounts.slice(0, 2));
      return resultWith(accounts.slice(0, 2));
    });
    expect(result.batches).toEqual([4]);
    expect(batch(4)).toMatchObject({ whileListing: false, nonce: result.nonce, accounts: left.sort() });
    expect(ledger().openBatches).toEqual([4]);
    const batches = [1, 2, 3, 4].map(batch);
    for (const { id, batch: assigned } of ledger().accounts) {
      expect(assigned === 4).toBe(left.includes(id));
      expect(batches[assigned! - 1]!.accounts).toContain(id);
    }
  });

  it('are left to the Map, all of them, if the invocation fails or returns something else, and the log says why', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    aws = await organizationOf(30);
    const results = [
      () => Promise.reject(new Error('Rate exceeded')),
      () => ({ decided: 1, pending: 0, waitSeconds: 0, waited: 0 }),
      () => null,
    ];
    const { result } = await list(() => results.shift()!(), { batchSize: 10 });
    expect(result.batches).toEqual([4, 5, 6]);
    expect(result.batches.flatMap((number) => batch(number).accounts)).toEqual(active().sort());
    const message = 'could not collect a batch while listing; the Map collects it';
    const error = 'Error: Rate exceeded';
    expect(print).toHaveBeenCalledWith(JSON.stringify({ message, run, accounts: 10, error }));
    print.mockRestore();
  });

  it('are only those of the batch, whatever the result names', async () => {
    aws = await organizationOf(20);
    const { result } = await list(() => resultWith(['999999999999']), { batchSize: 10 });
    expect(result.batches).toEqual([]);
    expect(ledger().accounts.map(({ id }) => id)).not.toContain('999999999999');
  });

  it('are left to the Map in an organization of less than one batch', async () => {
    aws = await organizationOf(14);
    const { result, events } = await list(() => resultWith([]));
    expect(events).toEqual([]);
    expect(result.batches).toEqual([1]);
    expect(batch(1)).toMatchObject({ whileListing: false, accounts: active().sort() });
  });

  it('stay expected if a later page says that they are suspended, and are handed over once', async () => {
    let pages = 0;
    aws = await embedded({ accounts: 45 }, (services) => ({
      ...services,
      organizations: async (request) => {
        const answer = await services.organizations!(request);
        const first = aws.organization.accounts[0]!;
        // The organization changes while it is listed, so that an account is on two pages.
        const again = `{"Accounts":[{"Id":"${first.id}","Name":"x","State":"SUSPENDED"},`;
        if (pages++ > 0) answer.body = String(answer.body).replace('{"Accounts":[', again);
        return answer;
      },
    }));
    const { result } = await list(() => resultWith([]));
    expect(result).toMatchObject({ expected: 45, skipped: 0 });
    expect([1, 2, 3].map(batch).flatMap(({ accounts }) => accounts)).toEqual(active());
  });
});

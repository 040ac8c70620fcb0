import type { Account } from '@aws-sdk/client-organizations';
import { ledgerAccount } from '../../handlers/account-selection';
import { handler, listAccounts } from '../../handlers/list-accounts';
import type { Batch, Ledger } from '../../handlers/contract';
import { type Fault, withFaults } from '../../local/organization/faults';
import { type Embedded, embedded } from '../embedded';

const everyAccount = { includeOus: [], excludeOus: [], exclude: [] };
const event = { execution: 'run-1', startTime: '2026-11-22T23:59:59.500Z', selection: everyAccount };
const run = 'runs/2026-11-22/run-1';

describe('list-accounts', () => {
  let aws: Embedded;
  afterEach(() => aws.stop());

  it('writes every account of the organization to the ledger, and who is skipped and why', async () => {
    aws = await embedded({ accounts: 45, suspended: 3 });
    const result = await listAccounts({ ...aws, batchSize: 20 })(event);

    expect(result).toEqual({ date: '2026-11-22', run, expected: 42, skipped: 3, batches: [1, 2, 3] });
    const { accounts } = aws.json(`${run}/ledger.json`) as Ledger;
    expect(accounts.map(({ id }) => id).sort()).toEqual(aws.organization.accounts.map(({ id }) => id).sort());
    expect(accounts.filter(({ skip }) => skip).map(({ state, skip }) => ({ state, skip }))).toEqual(
      Array(3).fill({ state: 'SUSPENDED', skip: 'SUSPENDED' }),
    );
  });

  it('puts every expected account into exactly one batch', async () => {
    aws = await embedded({ accounts: 45, suspended: 3 });
    await listAccounts({ ...aws, batchSize: 20 })(event);

    const batches = [1, 2, 3].map((batch) => aws.json(`${run}/batches/0000${batch}.json`) as Batch);
    const active = aws.organization.accounts.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id);
    expect(batches.map(({ batch, accounts }) => [batch, accounts.length])).toEqual([
      [1, 20],
      [2, 20],
      [3, 2],
    ]);
    expect(batches.flatMap(({ accounts }) => accounts)).toEqual(active.sort());
  });

  it('writes the same files when it runs again', async () => {
    aws = await embedded({ accounts: 5 });
    const list = listAccounts({ ...aws, batchSize: 2 });
    await list(event);
    const first = aws.object(`${run}/ledger.json`);
    await list(event);
    expect(aws.object(`${run}/ledger.json`)).toEqual(first);
  });

  it('reads on after an empty page', async () => {
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

  it('has an account once that comes up on two pages', async () => {
    aws = await embedded({ accounts: 22 }, (services) => {
      const faults: Fault[] = [
        { call: 'organizations:ListAccounts', kind: 'account-twice', after: 0, times: 1 },
      ];
      return withFaults({ services, faults, accounts: [] });
    });
    await expect(listAccounts({ ...aws, batchSize: 100 })(event)).resolves.toMatchObject({ expected: 22 });
    expect((aws.json(`${run}/ledger.json`) as Ledger).accounts).toHaveLength(22);
    expect((aws.json(`${run}/batches/00001.json`) as Batch).accounts).toHaveLength(22);
  });

  it('makes no batch when no account is expected', async () => {
    aws = await embedded({ accounts: 2, suspended: 2 });
    await expect(listAccounts({ ...aws, batchSize: 10 })(event)).resolves.toMatchObject({
      expected: 0,
      batches: [],
    });
  });

  it('names everything that is wrong with an event', async () => {
    aws = await embedded({});
    const wrong = { execution: '', startTime: 'today', selection: { ...everyAccount, exclude: ['12'] } };
    await expect(listAccounts({ ...aws, batchSize: 10 })(wrong)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(
        /execution: "".*startTime: "today".*selection\.exclude\.0: "12"/,
      ) as string,
    });
  });

  it('names every variable that its environment lacks', async () => {
    aws = await embedded({});
    await expect(handler(event)).rejects.toMatchObject({
      name: 'MissingSetting',
      message: 'The environment of the function lacks REPORT_BUCKET, BATCH_SIZE',
    });
  });
});

describe('an account of the ledger', () => {
  const account: Account = {
    Id: '111111111111',
    Name: 'one',
    State: 'ACTIVE',
    Paths: ['o-a/r-b/ou-c/ou-d/111111111111/'],
  };
  const skip = (selection: Partial<typeof everyAccount>, changed: Account = account) =>
    ledgerAccount(changed, { ...everyAccount, ...selection }).skip;

  it('has the state of State, and of the retired Status only where State is absent', () => {
    expect(
      ledgerAccount({ ...account, State: 'PENDING_CLOSURE', Status: 'ACTIVE' }, everyAccount).state,
    ).toBe('PENDING_CLOSURE');
    expect(ledgerAccount({ Id: '1', Status: 'ACTIVE' }, everyAccount)).toEqual({
      id: '1',
      name: '',
      state: 'ACTIVE',
    });
  });

  it('is not taken for active when the API says neither', () => {
    expect(skip({}, { Id: '1' })).toBe('UNKNOWN');
  });

  it('is expected when it is below an included organizational unit, at any depth', () => {
    expect(skip({ includeOus: ['ou-c'] as never })).toBeUndefined();
    expect(skip({ includeOus: ['ou-x'] as never })).toBe('organizational unit not included');
  });

  it('is skipped when it, or a unit above it, is excluded', () => {
    expect(skip({ excludeOus: ['ou-d'] as never })).toBe('excluded organizational unit');
    expect(skip({ exclude: ['111111111111'] as never })).toBe('excluded account');
    expect(skip({ includeOus: ['ou-c'] as never, excludeOus: ['ou-d'] as never })).toBe(
      'excluded organizational unit',
    );
  });

  it('stops the run when units are to be obeyed and the API does not say where it is', () => {
    expect(() => skip({ includeOus: ['ou-c'] as never }, { ...account, Paths: undefined })).toThrow(
      /111111111111/,
    );
  });
});

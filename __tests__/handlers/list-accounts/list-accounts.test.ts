import { handler } from '../../../handlers/list-accounts';
import { type ListAccountsProps, listAccounts } from '../../../handlers/list-accounts/list-accounts';
import { listAccountsSettings } from '../../../handlers/list-accounts/settings';
import { keys } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import type { Batch, Ledger } from '../../../handlers/shared/run-files';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { defaultSettings, runningAt, startOf } from '../../../tools/support/embedded-execution';

const STARTED_AT = '2026-11-22T23:59:59.500Z';
const run = '2026-11-22/run-1';
const event = startOf('run-1');

describe('list-accounts', () => {
  let aws: Embedded;
  afterEach(() => aws.stop());

  const list = ({ batchSize = 20, ...change }: Partial<ListAccountsProps> = {}) =>
    listAccounts({ ...aws, ...runningAt(STARTED_AT), batchSize, ...change });
  const ledger = () => aws.json(keys.ledger(run)) as Ledger;
  const batch = (number: number) => aws.json(keys.batch(run, number)) as Batch;

  it('writes every account of the organization to the ledger, with the reason for skipping it', async () => {
    aws = await embedded({ accounts: 45, suspended: 3 });
    await expect(list()(event)).resolves.toMatchObject({ run, expected: 42, skipped: 3, batches: [1, 2, 3] });
    const { accounts } = ledger();
    expect(accounts.map(({ id }) => id).sort()).toEqual(aws.organization.accounts.map(({ id }) => id).sort());
    expect(accounts.filter(({ skip }) => skip).map(({ state, skip }) => ({ state, skip }))).toEqual(
      Array(3).fill({ state: 'SUSPENDED', skip: 'SUSPENDED' }),
    );
  });

  it('puts every expected account into exactly one batch', async () => {
    aws = await embedded({ accounts: 45, suspended: 3 });
    const result = await list()(event);

    const batches = [1, 2, 3].map(batch);
    for (const file of batches)
      expect(file).toMatchObject({ run, nonce: result.nonce, waiting: defaultSettings.waiting });
    const active = aws.organization.accounts.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id);
    expect(batches.map(({ batch, accounts }) => [batch, accounts.length])).toEqual([
      [1, 20],
      [2, 20],
      [3, 2],
    ]);
    expect(batches.flatMap(({ accounts }) => accounts)).toEqual(active.sort());
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
    await expect(list()(event)).resolves.toMatchObject({ expected: 2 });
  });

  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' };

  it('asks again if a page of a proxy arrives instead of an answer', async () => {
    let calls = 0;
    aws = await embedded({ accounts: 45 }, (services) => ({
      ...services,
      organizations: (request) => (calls++ % 2 === 0 ? page : services.organizations!(request)),
    }));
    await expect(list()(event)).resolves.toMatchObject({ expected: 45 });
    expect(calls).toBe(6);
  });

  it.each([
    ['a page of a proxy arrives', page, /with status 200: "<html>Sign in<\/html>"$/],
    ['nothing arrives', { status: 200 }, /^AWS Organizations answered without a list of accounts$/],
    ['an answer has no list', { status: 200, body: '{}' }, /without a list of accounts$/],
  ])('fails instead of listing too few accounts if %s', async (_what, response, message) => {
    let calls = 0;
    aws = await embedded({ accounts: 45 }, (services) => ({
      ...services,
      organizations: (request) => (calls++ === 0 ? services.organizations!(request) : response),
    }));
    await expect(list()(event)).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: expect.stringMatching(message) as string,
    });
    expect(() => ledger()).toThrow('ENOENT');
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
    await expect(list()(event)).resolves.toMatchObject({ expected: 45 });
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
    await expect(list()(event)).resolves.toMatchObject({
      expected: 1,
      batches: [1],
    });
  });

  it('writes no batch when no account is expected', async () => {
    aws = await embedded({ accounts: 2, suspended: 2 });
    await expect(list()(event)).resolves.toMatchObject({
      expected: 0,
      batches: [],
    });
  });

  it('names everything that is wrong with an event at once', async () => {
    aws = await embedded({});
    const selection = { ...defaultSettings.selection, exclude: ['12'] };
    const wrong = { execution: 1, settings: { ...defaultSettings, selection, digest: 'never' } };
    await expect(list()(wrong)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(
        /execution: 1 .*settings\.selection\.exclude\.0: "12".*settings\.digest: "never"/,
      ) as string,
    });
  });

  it('names every environment variable that is not set', async () => {
    aws = await embedded({});
    const mayBeEmpty = ['BUCKET_PREFIX', 'BUCKET_ENCRYPTION', 'BUCKET_ACL'];
    const missing = Object.values(listAccountsSettings)
      .filter(({ variable }) => !mayBeEmpty.includes(variable))
      .map(({ variable }) => `${variable} is not set`);
    await expect(handler(event)).rejects.toMatchObject({
      name: 'InvalidSettings',
      message: `The environment of the function is not valid: ${missing.join('; ')}`,
    });
  });
});

describe('what list-accounts writes', () => {
  let aws: Embedded;
  afterEach(() => aws.stop());

  it('says which execution of which environment it is of, when that started, and with which settings', async () => {
    aws = await embedded({ accounts: 2 });
    const { ledger } = await listAccounts({ ...aws, ...runningAt(STARTED_AT), batchSize: 20 })(event);
    const {
      nonce,
      organization: _organization,
      accounts: _accounts,
      openBatches: _openBatches,
      ...about
    } = aws.json(keys.ledger(run)) as Ledger;
    expect(about).toEqual({
      environment: 'test',
      execution: 'run-1',
      date: '2026-11-22',
      startedAt: STARTED_AT,
      settings: defaultSettings,
      batchSize: 20,
    });
    expect(nonce).toHaveLength(36);
    expect(ledger).toBe(sha256Of(aws.object(keys.ledger(run))));
  });

  it('cannot be guessed: the same organization has another ledger in another run', async () => {
    aws = await embedded({ accounts: 2 });
    const list = listAccounts({ ...aws, ...runningAt(STARTED_AT), batchSize: 20 });
    const [one, other] = [await list(startOf('run-1')), await list(startOf('run-2'))];
    const nonceOf = (name: string) => (aws.json(keys.ledger(name)) as Ledger).nonce;
    expect(one.ledger).not.toBe(other.ledger);
    expect(nonceOf('2026-11-22/run-1')).not.toBe(nonceOf('2026-11-22/run-2'));
  });
});

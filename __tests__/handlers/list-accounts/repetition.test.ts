import { type ListAccountsProps, listAccounts } from '../../../handlers/list-accounts/list-accounts';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { Batch, Ledger } from '../../../handlers/shared/run-files';
import { ServiceError } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { runningAt, startOf } from '../../../tools/support/embedded-execution';

const STARTED_AT = '2026-11-22T08:00:00.000Z';
const run = '2026-11-22/run-1';
const event = startOf('run-1');

describe('list-accounts that runs again', () => {
  let aws: Embedded;
  afterEach(() => aws.stop());

  const list = (change: Partial<ListAccountsProps> = {}) =>
    listAccounts({ ...aws, ...runningAt(STARTED_AT), batchSize: 2, ...change });
  const leave = (...ids: (string | undefined)[]) => {
    for (const id of ids) aws.organization.leave(id ?? '');
  };
  /** Every file of the run, with its bytes. */
  const files = async () => (await aws.bucket.list('')).map((key) => [key, aws.object(key).toString()]);

  it('adopts the ledger that lies there, although the organization has changed since', async () => {
    aws = await embedded({ accounts: 5 });
    const first = await list()(event);
    const written = await files();
    leave(...aws.organization.accounts.slice(1, 4).map(({ id }) => id));
    await expect(list()(event)).resolves.toEqual(first);
    await expect(files()).resolves.toEqual(written);
    expect(first).toMatchObject({ expected: 5, batches: [1, 2, 3] });
    expect(written).toHaveLength(4);
  });

  it('asks AWS Organizations for nothing, and has nothing collected, when it adopts a ledger', async () => {
    let pages = 0;
    aws = await embedded({ accounts: 5 }, (services) => ({
      ...services,
      organizations: (request) => (pages++, services.organizations!(request)),
    }));
    await list()(event);
    const collectReports = jest.fn().mockResolvedValue(undefined);
    await list({ collectReports })(event);
    expect(pages).toBe(1);
    expect(collectReports).not.toHaveBeenCalled();
  });

  it('makes the batches of the ledger, whatever the size of a batch is now', async () => {
    aws = await embedded({ accounts: 5 });
    const first = await list()(event);
    await expect(list({ batchSize: 100 })(event)).resolves.toEqual(first);
  });

  it('leaves the batches of a try that failed as they are, and writes its own beside them', async () => {
    let refused = true;
    aws = await embedded({ accounts: 5 }, (services) => ({
      ...services,
      s3: (request) => {
        if (refused && request.method === 'PUT' && request.url.pathname.endsWith('batches/00002.json'))
          throw new ServiceError(403, 'AccessDenied', 'for a while');
        return services.s3!(request);
      },
    }));
    await expect(list()(event)).rejects.toThrow('for a while');
    const before = aws.object(keys.batch(run, 1));
    refused = false;
    const result = await list()(event);
    expect(aws.object(keys.batch(run, 1))).toEqual(before);
    expect(result.batches).toHaveLength(3);
    const batches = result.batches.map((batch) => aws.json(keys.batch(run, batch)) as Batch);
    for (const { nonce } of batches) expect(nonce).toBe(result.nonce);
    expect(batches.flatMap(({ accounts }) => accounts)).toEqual(
      aws.organization.accounts.map(({ id }) => id).sort(),
    );
  });

  it('adopts the ledger of another try that finished while it listed', async () => {
    let other: Promise<unknown> | undefined;
    aws = await embedded({ accounts: 5 }, (services) => ({
      ...services,
      organizations: async (request) => {
        const answer = await services.organizations!(request);
        if (!other) {
          // From here on the organization has three accounts, which the other try sees.
          leave(...aws.organization.accounts.slice(0, 2).map(({ id }) => id));
          other = list()(event);
          await other;
        }
        return answer;
      },
    }));
    const result = await list()(event);
    expect(result).toEqual(await other);
    expect(result).toMatchObject({ expected: 3, batches: [1, 2] });
    const ofAccounts = (aws.json(keys.ledger(run)) as Ledger).accounts.map(({ batch }) => batch);
    expect(ofAccounts).toEqual([1, 1, 2]);
  });

  it('returns the same when the response to its ledger, and to its batches, is lost', async () => {
    const answered = new Set<string>();
    aws = await embedded({ accounts: 5 }, (services) => ({
      ...services,
      s3: async (request) => {
        const response = await services.s3!(request);
        const lost = request.method === 'PUT' && !answered.has(request.url.pathname);
        answered.add(request.url.pathname);
        if (lost) throw new ServiceError(500, 'InternalError', 'the object was stored');
        return response;
      },
    }));
    const result = await list()(event);
    expect(result).toMatchObject({ run, expected: 5, batches: [1, 2, 3] });
    await expect(list()(event)).resolves.toEqual(result);
    expect(answered.size).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['of another environment', { environment: 'other' }, /environment test, .*environment other/],
    ['with another start', runningAt('2026-11-22T08:00:00.001Z'), /started at 2026-11-22T08:00:00.000Z/],
  ] as [string, Partial<ListAccountsProps>, RegExp][])(
    'refuses the ledger of a run %s, and leaves it as it is',
    async (_about, change, reason) => {
      aws = await embedded({ accounts: 5 });
      await list()(event);
      const written = await files();
      await expect(list(change)(event)).rejects.toMatchObject({
        name: 'InvalidInput',
        message: expect.stringMatching(reason) as string,
      });
      await expect(files()).resolves.toEqual(written);
    },
  );

  it.each([
    [
      'other settings',
      (ledger: Ledger) => ({ ...ledger, settings: { ...ledger.settings, digest: 'always' } }),
    ],
    ['another date', (ledger: Ledger) => ({ ...ledger, date: '2026-01-01' })],
    ['another execution', (ledger: Ledger) => ({ ...ledger, execution: 'run-0' })],
  ])('refuses a ledger with %s that somebody put there before it', async (_what, forge) => {
    aws = await embedded({ accounts: 5 });
    await list()(event);
    const forged = forge(aws.json(keys.ledger(run)) as Ledger);
    await aws.bucket.putJson(keys.ledger(run), forged);
    await expect(list()(event)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('so this one did not write it') as string,
    });
  });

  it('refuses a ledger that is not one', async () => {
    aws = await embedded({ accounts: 5 });
    await aws.bucket.putJson(keys.ledger(run), { version: 1 });
    await expect(list()(event)).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});

import { keys, runPrefixOf, prefixes } from '../../../handlers/shared/bucket-layout';
import type { BatchOutcomes } from '../../../handlers/shared/run-files';
import type { ReconciledAccount } from '../../../handlers/core/reconcile';
import { readReports } from '../../../handlers/summarize-run/read-reports';
import { ServiceError, type ServiceRequest } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { DATE, accountId } from '../../support/stored-run';

const runPrefix = runPrefixOf(DATE, 'run-1');
const ids = [1, 2, 3, 4, 5, 6].map(accountId);
const [skipped, first, second, failed, third, missing] = ids as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const collected = (account: string) =>
  ({ account, outcome: 'collected', generatedAt: '', collectedAt: DATE, bytes: 1 }) as const;
const denied = (account: string) =>
  ({ account, outcome: 'failed', reason: 'denied', detail: 'denied' }) as const;
const outcomes: BatchOutcomes[] = [
  { batch: 1, outcomes: [second, first].map(collected) },
  { batch: 2, outcomes: [denied(failed), collected(third), collected(missing)] },
];
const accounts = ids.map((id): ReconciledAccount => {
  const outcome = outcomes.flatMap((file) => file.outcomes).find(({ account }) => account === id);
  const identity = { id, name: id };
  return outcome
    ? { ...identity, ...outcome }
    : { ...identity, outcome: 'skipped', state: 'SUSPENDED', detail: 'is suspended' };
});

describe('the reports of a run', () => {
  let aws: Embedded;
  let requested: string[];
  let isDenied: (request: ServiceRequest) => boolean;
  beforeEach(async () => {
    requested = [];
    isDenied = () => false;
    aws = await embedded({}, (services) => ({
      ...services,
      s3: (request) => {
        if (isDenied(request)) throw new ServiceError(403, 'AccessDenied', 'denied by the test');
        if (request.method === 'GET') requested.push(request.url.pathname);
        return services.s3!(request);
      },
    }));
    for (const id of [first, second, third]) await aws.bucket.put(keys.report(DATE, id), `stored ${id}`);
  });
  afterEach(() => aws.stop());

  const writePack = (batch: number, waited: number, ...accountIds: string[]) =>
    aws.bucket.putJson(
      keys.reportPack(runPrefix, batch, waited),
      Object.fromEntries(accountIds.map((id) => [id, `packed ${id}`])),
    );
  const contents = async () => {
    const found: [string, string | undefined][] = [];
    for await (const { account, content } of readReports(
      aws.bucket,
      { runPrefix, date: DATE },
      accounts,
      outcomes,
    ))
      found.push([account.id, content && Buffer.from(content).toString()]);
    return found;
  };

  it('are returned in the order of the accounts, from packs or one by one', async () => {
    await writePack(1, 0, second);
    await writePack(2, 4, third);
    await expect(contents()).resolves.toEqual([
      [skipped, undefined],
      [first, `stored ${first}`],
      [second, `packed ${second}`],
      [failed, undefined],
      [third, `packed ${third}`],
      [missing, undefined],
    ]);
  });

  it('are not read one by one if the pack of any poll has them', async () => {
    await writePack(1, 0, second);
    await writePack(1, 4, first);
    await writePack(2, 0, third, missing);
    await contents();
    expect(requested.filter((path) => path.includes('credentialReport'))).toEqual([]);
  });

  it('are read one by one if there are no packs', async () => {
    await expect(contents()).resolves.toEqual(
      ids.map((id) => [id, [first, second, third].includes(id) ? `stored ${id}` : undefined]),
    );
  });

  it('are read one by one if a pack is damaged, without logging its content', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    await writePack(1, 0, first);
    const file = keys.reportPack(runPrefix, 1, 4);
    await aws.bucket.put(file, '{"100000000002":"user,arn,…');
    await expect(contents()).resolves.toContainEqual([second, `stored ${second}`]);
    expect(print.mock.calls).toEqual([
      [
        JSON.stringify({
          message: 'could not read report packs; reports are read one by one',
          where: file,
          error: 'SyntaxError',
        }),
      ],
    ]);
    print.mockRestore();
  });

  it('are read one by one if the packs cannot be listed', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    await writePack(1, 0, first, second);
    isDenied = ({ url }) => url.searchParams.has('list-type');
    await expect(contents()).resolves.toContainEqual([first, `stored ${first}`]);
    const fields = { where: prefixes.reportPacks(runPrefix), error: 'AccessDenied' };
    expect(print.mock.calls).toEqual([
      [JSON.stringify({ message: 'could not read report packs; reports are read one by one', ...fields })],
    ]);
    print.mockRestore();
  });
});

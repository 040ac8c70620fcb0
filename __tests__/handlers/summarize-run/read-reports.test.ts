import { keys, runPrefixOf, prefixes } from '../../../handlers/shared/bucket-layout';
import type { BatchOutcomes } from '../../../handlers/shared/run-files';
import type { ReconciledAccount } from '../../../handlers/core/reconcile';
import { readReports } from '../../../handlers/summarize-run/read-reports';
import { ServiceError, type ServiceRequest } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { DATE, accountId } from '../../support/stored-run';

const runPrefix = runPrefixOf(DATE, 'run-1');
const ids = [1, 2, 3, 4, 5, 6].map(accountId);
const [closed, one, two, failed, three, gone] = ids as [string, string, string, string, string, string];

const collected = (account: string) =>
  ({ account, outcome: 'collected', generatedAt: '', collectedAt: DATE, bytes: 1 }) as const;
const denied = (account: string) =>
  ({ account, outcome: 'failed', reason: 'denied', detail: 'refused' }) as const;
const outcomes: BatchOutcomes[] = [
  { batch: 1, outcomes: [two, one].map(collected) },
  { batch: 2, outcomes: [denied(failed), collected(three), collected(gone)] },
];
const accounts = ids.map((id): ReconciledAccount => {
  const outcome = outcomes.flatMap((file) => file.outcomes).find(({ account }) => account === id);
  const who = { id, name: id };
  return outcome
    ? { ...who, ...outcome }
    : { ...who, outcome: 'skipped', state: 'SUSPENDED', detail: 'is suspended' };
});

describe('the reports of a run', () => {
  let aws: Embedded;
  let got: string[];
  let refuses: (request: ServiceRequest) => boolean;
  beforeEach(async () => {
    got = [];
    refuses = () => false;
    aws = await embedded({}, (services) => ({
      ...services,
      s3: (request) => {
        if (refuses(request)) throw new ServiceError(403, 'AccessDenied', 'refused by the test');
        if (request.method === 'GET') got.push(request.url.pathname);
        return services.s3!(request);
      },
    }));
    for (const id of [one, two, three]) await aws.bucket.put(keys.report(DATE, id), `stored ${id}`);
  });
  afterEach(() => aws.stop());

  const keep = (batch: number, waited: number, ...small: string[]) =>
    aws.bucket.putJson(
      keys.reportPack(runPrefix, batch, waited),
      Object.fromEntries(small.map((id) => [id, `small ${id}`])),
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

  it('come in the order of the accounts, from where they lie', async () => {
    await keep(1, 0, two);
    await keep(2, 4, three);
    await expect(contents()).resolves.toEqual([
      [closed, undefined],
      [one, `stored ${one}`],
      [two, `small ${two}`],
      [failed, undefined],
      [three, `small ${three}`],
      [gone, undefined],
    ]);
  });

  it('are not asked for one by one where they are among the small ones of any look', async () => {
    await keep(1, 0, two);
    await keep(1, 4, one);
    await keep(2, 0, three, gone);
    await contents();
    expect(got.filter((path) => path.includes('credentialReport'))).toEqual([]);
  });

  it('are got one by one where no small ones were kept', async () => {
    await expect(contents()).resolves.toEqual(
      ids.map((id) => [id, [one, two, three].includes(id) ? `stored ${id}` : undefined]),
    );
  });

  it('are got one by one where a file of small ones is damaged, and its content is not logged', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    await keep(1, 0, one);
    const file = keys.reportPack(runPrefix, 1, 4);
    await aws.bucket.put(file, '{"100000000002":"user,arn,…');
    await expect(contents()).resolves.toContainEqual([two, `stored ${two}`]);
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

  it('are got one by one where nobody may look for small ones', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    await keep(1, 0, one, two);
    refuses = ({ url }) => url.searchParams.has('list-type');
    await expect(contents()).resolves.toContainEqual([one, `stored ${one}`]);
    const told = { where: prefixes.reportPacks(runPrefix), error: 'AccessDenied' };
    expect(print.mock.calls).toEqual([
      [JSON.stringify({ message: 'could not read report packs; reports are read one by one', ...told })],
    ]);
    print.mockRestore();
  });
});

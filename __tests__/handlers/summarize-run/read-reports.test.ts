import type { ReconciledAccount } from '../../../handlers/core/reconcile';
import { keys, prefixes, runOf } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import type { BatchOutcomes, Outcome } from '../../../handlers/shared/run-files';
import { KeptReports } from '../../../handlers/summarize-run/history/kept-reports';
import { OtherRuns } from '../../../handlers/summarize-run/history/other-runs';
import { type ReportReview, reviewReport } from '../../../handlers/report-review/report-review';
import { type AccountAndReport, readReports } from '../../../handlers/summarize-run/read-reports';
import { CollectedEvidence, REPORT } from '../../../handlers/summarize-run/report-evidence';
import { ServiceError } from '../../../local/fake-aws/service';
import { collectedAccount, manifestOf } from '../../support/manifests';
import { type ReportStore, reportStore } from '../../support/report-store';
import { user } from '../../support/rows';
import { DATE, accountId, as, reportOf } from '../../support/stored-run';
import { ReviewWriter as Writer } from '../../../handlers/collect-reports/review-writer';
import { reviewerOf } from '../../../handlers/report-review/reviewer';
import { StoredReviews, reviewFiles } from '../../../handlers/summarize-run/stored-reviews';
import { defaultSettings } from '../../../tools/support/embedded-execution';

const run = runOf(DATE, 'run-1');
const ids = [1, 2, 3, 4, 5, 6].map(accountId);
const [skipped, first, second, failed, third, missing] = ids as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const contentOf = (id: string) => reportOf([as('ada', id, user)]);

const startedAt = `${DATE}T08:00:00.000Z`;
const { checks } = defaultSettings;
const reviewer = reviewerOf({ startedAt, checks, serviceCredentials: false }, 'aws');
const times = { generatedAt: '', collectedAt: DATE };
const reviewed = (id: string): Parameters<Writer['add']> => {
  const content = Buffer.from(contentOf(id));
  return [{ id, content, ...times, serviceCredentials: undefined }, { report: sha256Of(content) }];
};

describe('the reports of a run', () => {
  let store: ReportStore;
  let print: jest.SpyInstance;
  let outcomes: BatchOutcomes[];
  let accounts: ReconciledAccount[];
  /** Accounts whose report of an earlier run was asked for. */
  let askedFor: string[];

  const collect = async (id: string): Promise<Outcome> => {
    const content = contentOf(id);
    const key = keys.report(DATE, id);
    const stored = await store.bucket.put(key, content);
    const about = { ...times, bytes: content.length, sha256: sha256Of(content) };
    const review = new Writer(reviewer).add(...reviewed(id));
    return { account: id, outcome: 'collected', key, ...about, ...stored, review };
  };

  beforeEach(async () => {
    print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    store = reportStore();
    const denied: Outcome = { account: failed, outcome: 'failed', reason: 'denied', detail: 'denied' };
    outcomes = [
      { batch: 1, outcomes: [await collect(second), await collect(first)] },
      { batch: 2, outcomes: [denied, await collect(third), await collect(missing)] },
    ];
    store.s3.delete(keys.report(DATE, missing));
    accounts = ids.map((id): ReconciledAccount => {
      const outcome = outcomes.flatMap((file) => file.outcomes).find(({ account }) => account === id);
      const identity = { id, name: id };
      return outcome
        ? { ...identity, ...outcome }
        : { ...identity, outcome: 'skipped', state: 'SUSPENDED', detail: 'is suspended' };
    });
    store.s3.calls.length = 0;
    askedFor = [];
  });
  afterEach(() => jest.restoreAllMocks());

  const writeReviews = async (batch: number, waited: number, ...accountIds: string[]) => {
    const writer = new Writer(reviewer);
    for (const id of accountIds) writer.add(...reviewed(id));
    await writer.write(store.bucket, run, batch, waited);
  };
  const read = async () => {
    const { bucket } = store;
    const listed = await bucket.objects(prefixes.reports(DATE));
    const kept = new KeptReports(bucket, () => earlierRuns());
    const keptOf = kept.of.bind(kept);
    jest.spyOn(kept, 'of').mockImplementation((id) => {
      askedFor.push(id);
      return keptOf(id);
    });
    const otherRuns = new OtherRuns(bucket, run);
    const evidence = new CollectedEvidence(REPORT, bucket, listed, otherRuns, (id) =>
      earlierVerdicts.get(id),
    );
    const reader = { evidence, lists: undefined, kept };
    const { basis } = reviewer;
    const ledger = outcomes.flatMap(({ batch, outcomes }) =>
      outcomes.map(({ account: id }) => ({ id, batch })),
    );
    const reviews = new StoredReviews({ files: await reviewFiles(bucket, run), accounts: ledger, basis });
    const found: AccountAndReport[] = [];
    for await (const one of readReports(reader, accounts, reviews)) found.push(one);
    return found;
  };
  /** What a manifest of the run says. */
  const earlierVerdicts = new Map<string, { reason: 'report-missing' | 'report-changed'; detail: string }>();
  beforeEach(() => {
    earlierVerdicts.clear();
  });
  let earlierRuns: ConstructorParameters<typeof KeptReports>[1];
  beforeEach(() => {
    earlierRuns = async function* () {
      /* No other run of the day has finished. */
    };
  });
  const usersOf = ({ rows }: ReportReview) => rows.map(({ user }) => user);
  /** The users of every account, from its review or its report. */
  const users = async () =>
    (await read()).map(({ account: { id, ...times }, found }) => {
      if (!found || 'reason' in found) return [id, found?.reason];
      if ('review' in found) return [id, usersOf(found.review)];
      const about = {
        id,
        ...(times as { generatedAt: string; collectedAt: string }),
        serviceCredentials: undefined,
      };
      return [id, usersOf(reviewReport(reviewer, { ...about, content: found.content }))];
    });
  const every = [
    [skipped, undefined],
    [first, ['ada']],
    [second, ['ada']],
    [failed, undefined],
    [third, ['ada']],
    [missing, 'report-missing'],
  ];
  const readOneByOne = () =>
    store.s3.calls
      .filter(({ method, key }) => method === 'GET' && key.includes('credentialReport'))
      .map(({ key }) => key);
  const reportsOf = (...accountIds: string[]) => accountIds.map((id) => keys.report(DATE, id));

  it('are returned in the order of the accounts, with their reviews or one by one', async () => {
    await writeReviews(1, 0, second);
    await writeReviews(2, 4, third);
    await expect(users()).resolves.toEqual(every);
    expect(readOneByOne()).toEqual(reportsOf(first));
    const message = 'reviewed reports again: their reviews are missing or not usable';
    expect(print.mock.calls).toEqual([[JSON.stringify({ message, reports: 2 })]]);
  });

  it('are not read if any poll of their batch reviewed them', async () => {
    await writeReviews(1, 0, second);
    await writeReviews(1, 4, first);
    await writeReviews(2, 0, third, missing);
    await expect(users()).resolves.toEqual(every);
    expect(readOneByOne()).toEqual([]);
  });

  it('have no review in the file of another batch', async () => {
    await writeReviews(2, 0, first);
    await expect(users()).resolves.toEqual(every);
    expect(readOneByOne()).toContain(keys.report(DATE, first));
  });

  it('are read one by one if no outcome names a review', async () => {
    await writeReviews(1, 0, first, second);
    accounts = accounts.map((account) =>
      account.outcome === 'collected' ? { ...account, review: undefined } : account,
    );
    await expect(users()).resolves.toEqual(every);
    expect(readOneByOne().sort()).toEqual(reportsOf(first, second, third));
    expect(print).not.toHaveBeenCalled();
  });

  it('are read one by one if the reviews cannot be read, and that is logged once for a file', async () => {
    await writeReviews(1, 0, first, second);
    const where = keys.reviews(run, 1, 0);
    store.s3.onCall = ({ key, method }) => {
      if (method === 'GET' && key === where)
        throw new ServiceError(403, 'AccessDenied', 'denied by the test');
    };
    await expect(users()).resolves.toEqual(every);
    const message = 'could not read the reviews; reports are reviewed again';
    expect(print.mock.calls[0]).toEqual([JSON.stringify({ message, where, error: 'AccessDenied' })]);
    expect(print).toHaveBeenCalledTimes(2);
  });

  it('are read one by one if the reviews cannot be listed', async () => {
    await writeReviews(1, 0, first, second);
    const where = prefixes.reviews(run);
    store.s3.onCall = ({ query }) => {
      if (query.prefix === where) throw new ServiceError(403, 'AccessDenied', 'denied by the test');
    };
    await expect(users()).resolves.toEqual(every);
    const message = 'could not list the reviews; reports are reviewed again';
    expect(print.mock.calls[0]).toEqual([JSON.stringify({ message, where, error: 'AccessDenied' })]);
  });

  it('come with how they were found', async () => {
    const found = await read();
    const evidence = found.map(({ found }) => found && ('evidence' in found ? found.evidence : found.reason));
    expect(evidence).toEqual([undefined, 'verified', 'verified', undefined, 'verified', 'report-missing']);
  });

  it('of an earlier run of the day come with every account that has none now, and with no other', async () => {
    for (const id of [skipped, first, failed, missing])
      await store.bucket.put(keys.report(DATE, `9${id}`), contentOf(id));
    const account = (id: string) => ({
      ...collectedAccount(1),
      id,
      key: keys.report(DATE, `9${id}`),
      sha256: sha256Of(contentOf(id)),
    });
    const manifest = manifestOf([skipped, first, failed, missing].map(account));
    // eslint-disable-next-line @typescript-eslint/require-await -- manifests of a bucket are awaited
    earlierRuns = async function* () {
      yield { key: '', sha256: '', manifest };
    };
    const kept = (await read()).flatMap(({ account, kept }) =>
      kept ? [[account.id, Buffer.from(kept.content).toString()]] : [],
    );
    expect(kept).toEqual([failed, missing].map((id) => [id, contentOf(id)]));
    expect(askedFor).toEqual([failed, missing]);
  });

  describe('that somebody replaced', () => {
    const garbage = 'ten bytes!';
    const verdictOn = async () => (await read()).find(({ account }) => account.id === first)?.found;
    /** What a review said before the report was replaced once more. */
    const earlierVerdict = async () => {
      store.s3.put(keys.report(DATE, first), garbage);
      const verdict = await verdictOn();
      if (!verdict || !('reason' in verdict)) throw new Error('the report is not judged as changed');
      store.s3.put(keys.report(DATE, first), 'eleven bytes');
      return verdict;
    };

    it('are judged as the manifest of the run judges them, whatever replaced them since', async () => {
      const verdict = await earlierVerdict();
      earlierVerdicts.set(first, verdict);
      await expect(verdictOn()).resolves.toEqual(verdict);
    });

    it.each([
      ['words of its own', (detail: string) => `Closed on purpose. ${detail}`],
      ['words of its own at the end', (detail: string) => `${detail} All is well.`],
    ])('are judged anew when the manifest has %s', async (_what, forge) => {
      const { reason, detail } = await earlierVerdict();
      earlierVerdicts.set(first, { reason, detail: forge(detail) });
      await expect(verdictOn()).resolves.toMatchObject({
        detail: expect.stringContaining('12 bytes') as string,
      });
    });

    it('are judged anew when the manifest has another reason', async () => {
      const { detail } = await earlierVerdict();
      earlierVerdicts.set(first, { reason: 'report-missing', detail });
      await expect(verdictOn()).resolves.toMatchObject({ reason: 'report-changed' });
    });
  });
});

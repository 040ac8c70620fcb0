/** Several runs on one day: a day never gets poorer. */
import { keys } from '../../../handlers/shared/bucket-layout';
import { ServiceError } from '../../../local/fake-aws/service';
import { consoleUser } from '../../support/rows';
import { DATE, type StoredAccount, accountId, accountWith } from '../../support/stored-run';
import { type SummarizedRun, SummarizedRuns } from '../../support/summarized';

const [first, second] = [1, 2].map(accountId) as [string, string];
const withoutMfa = { ...consoleUser, mfa_active: 'false' };
const accountOf = (id: string, ...users: string[]) => accountWith(id, withoutMfa, ...users);
const failed = (id: string): StoredAccount => ({ id, failed: 'denied' });
const day = { execution: 'sunday', date: '2026-11-21' };
const morning = { execution: 'morning' };
const evening = { execution: 'evening', startedAt: `${DATE}T20:00:00.000Z` };

let runs: SummarizedRuns;
beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  runs = new SummarizedRuns();
});
afterEach(() => jest.restoreAllMocks());

const usersOf = (date = DATE) =>
  runs.table('credentials.csv', date).map(({ user, collected_by }) => `${user} ${collected_by}`);
const changesOf = ({ manifest }: SummarizedRun) => {
  const { newFindings, resolvedFindings, usersAdded, usersRemoved, since } = manifest.changes ?? {};
  return { newFindings, resolvedFindings, usersAdded, usersRemoved, since: since?.execution };
};

describe('the second run of a day', () => {
  it('keeps the report of an account that fails now, marked with the run that collected it', async () => {
    await runs.run([accountOf(first, 'ada'), accountOf(second, 'ken')], morning);
    const { manifest } = await runs.run([accountOf(first, 'ada', 'eve'), failed(second)], evening);
    expect(usersOf()).toEqual([
      '<root_account> evening',
      'ada evening',
      'eve evening',
      '<root_account> morning',
      'ken morning',
    ]);
    expect(manifest).toMatchObject({ complete: false, totals: { collected: 1, failed: 1, findings: 2 } });
    expect(manifest.accounts[1]).toMatchObject({
      outcome: 'failed',
      reason: 'denied',
      keptFrom: { number: 1, execution: 'morning', startedAt: `${DATE}T08:00:00.000Z` },
    });
    expect(runs.page()).toContain('the tables show its report of the run of 2026-11-22 08:00 UTC, morning');
    const findings = runs.table('findings.csv').map(({ user, collected_by }) => `${user} ${collected_by}`);
    expect(findings).toEqual(['ada evening', 'eve evening', 'ken morning']);
  });

  it('tells its digest which report the tables show of a failed account', async () => {
    await runs.run([accountOf(first, 'ada')], morning);
    const { summary } = await runs.run([failed(first)], evening);
    expect(summary.digest?.message).toContain(
      `${first} name-${first}: denied: denied (the tables show its report of the run of 2026-11-22 08:00 UTC, morning)`,
    );
  });

  it('tells what changed since the last earlier day, so that nothing the first run told vanishes', async () => {
    await runs.run([accountOf(first, 'ada'), accountOf(second)], day);
    const one = await runs.run([accountOf(first, 'eve'), accountOf(second, 'ken')], morning);
    const told = { newFindings: 2, resolvedFindings: 1, usersAdded: 2, usersRemoved: 1, since: 'sunday' };
    expect(changesOf(one)).toEqual(told);
    const table = runs.table('changes.csv');
    const two = await runs.run([accountOf(first, 'eve'), failed(second)], evening);
    expect(changesOf(two)).toEqual(told);
    expect(runs.table('changes.csv')).toEqual(table);
  });

  it('does not keep a report whose bytes are not those that the earlier run collected', async () => {
    runs = new SummarizedRuns({ versions: false });
    await runs.run([accountOf(first, 'ada')], morning);
    const event = await runs.collect([failed(first)], evening);
    runs.s3.put(keys.report(DATE, first), 'ten bytes!');
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).not.toHaveProperty('keptFrom');
    expect(usersOf()).toEqual([]);
  });

  it('does without a report that was deleted, for which S3 answers "access denied"', async () => {
    await runs.run([accountOf(first, 'ada')], morning);
    const event = await runs.collect([failed(first)], evening);
    runs.s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === keys.report(DATE, first))
        throw new ServiceError(403, 'AccessDenied', 'denied');
    };
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).not.toHaveProperty('keptFrom');
    expect(manifest.totals.failed).toBe(1);
  });

  it('keeps nothing of another day', async () => {
    await runs.run([accountOf(first, 'ada')], day);
    const { manifest } = await runs.run([failed(first)], morning);
    expect(manifest.accounts[0]).not.toHaveProperty('keptFrom');
    expect(usersOf()).toEqual([]);
  });

  it('says nothing of changes when there is no earlier day', async () => {
    await runs.run([accountOf(first, 'ada')], morning);
    expect((await runs.run([accountOf(first, 'eve')], evening)).manifest.changes).toBeNull();
  });
});

describe('a run that started earlier and ends later', () => {
  it('does not replace the view of the day, and both are in the chain', async () => {
    const early = await runs.collect([accountOf(first, 'ada')], morning);
    const late = await runs.run([accountOf(first, 'eve')], evening);
    const page = runs.page();
    const { manifest } = await runs.summarize(early);
    expect(usersOf()).toEqual(['<root_account> evening', 'eve evening']);
    expect(runs.page()).toBe(page);
    expect(manifest).toMatchObject({ number: 2, previous: late.summary.manifest });
    expect(runs.s3.text(keys.partition('credentials', DATE))).toContain('/evening/');
  });

  it('leaves the view of the newer run, even if that one ends while the view is written', async () => {
    const early = await runs.collect([accountOf(first, 'ada')], morning);
    const late = await runs.collect([accountOf(first, 'eve')], evening);
    let other: Promise<unknown> | undefined;
    const { service } = { service: runs.s3 };
    let pages = 0;
    service.onCall = ({ method, key }) => {
      if (method === 'PUT' && key === keys.day(DATE, 'credentials.csv') && pages++ === 0)
        other = runs.summarize(late);
    };
    await runs.summarize(early);
    await other;
    expect(usersOf()).toEqual(['<root_account> evening', 'eve evening']);
    expect(runs.page()).toContain('Execution evening');
  });
});

describe('a run during whose summary another run of the day ends', () => {
  it('keeps the report that the other has collected', async () => {
    const { key } = (await runs.run([failed(first), accountOf(second, 'ken')], morning)).summary.manifest;
    const late = await runs.collect([accountOf(first, 'ada'), failed(second)], evening);
    const text = runs.s3.text(key);
    runs.s3.delete(key);
    runs.s3.onCall = (call) => {
      if (call.method === 'PUT' && call.key.endsWith('/SHA256SUMS') && !runs.s3.objects.has(key))
        runs.s3.put(key, text);
    };
    await runs.summarize(late);
    expect(usersOf()).toEqual([
      '<root_account> evening',
      'ada evening',
      '<root_account> morning',
      'ken morning',
    ]);
    expect((await runs.summarize(late)).manifest.accounts[1]).toMatchObject({
      keptFrom: { execution: 'morning' },
    });
  });
});

describe('runs that end together', () => {
  it('are both in the chain, without a fork', async () => {
    const events = [
      await runs.collect([accountOf(first, 'ada')], morning),
      await runs.collect([accountOf(first, 'eve')], evening),
      await runs.collect([accountOf(first, 'kim')], {
        execution: 'night',
        startedAt: `${DATE}T22:00:00.000Z`,
      }),
    ];
    const ended = await Promise.all(events.map((event) => runs.summarize(event)));
    const chain = ended.map(({ manifest, summary }) => ({ ...manifest, reference: summary.manifest }));
    chain.sort((a, b) => a.number - b.number);
    expect(chain.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(chain.map(({ previous }) => previous)).toEqual([null, chain[0]?.reference, chain[1]?.reference]);
    expect(usersOf()).toEqual(['<root_account> night', 'kim night']);
  });

  it('get the next number when another run takes the one that was free', async () => {
    const early = await runs.collect([accountOf(first, 'ada')], morning);
    const late = await runs.collect([accountOf(first, 'eve')], evening);
    let other: Promise<SummarizedRun> | undefined;
    let tries = 0;
    runs.s3.onCall = ({ method, key }) => {
      if (method !== 'PUT' || !key.startsWith('manifests/') || tries++ > 0) return;
      other = runs.summarize(late);
      throw new ServiceError(409, 'ConditionalRequestConflict', 'another write is in progress');
    };
    const { manifest } = await runs.summarize(early);
    const numbers = [manifest.number, (await other)?.manifest.number];
    expect(numbers.sort()).toEqual([1, 2]);
  });
});

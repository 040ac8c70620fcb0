/** What somebody did to files of other runs, or to reports, ends no run, and makes none tell what is not so. */
import { keys } from '../../../handlers/shared/bucket-layout';
import { ServiceError } from '../../../local/fake-aws/service';
import { consoleUser } from '../../support/rows';
import { DATE, accountId, accountWith } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';

const [first, second] = [1, 2].map(accountId) as [string, string];
const accountOf = (id: string, user: string) => accountWith(id, consoleUser, user);
const other = accountOf(second, 'ken');
const report = keys.report(DATE, first);
const later = { execution: 'run-2', startedAt: `${DATE}T20:00:00.000Z` };

let runs: SummarizedRuns;
let printed: jest.SpyInstance;
beforeEach(() => {
  printed = jest.spyOn(console, 'log').mockReturnValue(undefined);
  runs = new SummarizedRuns();
});
afterEach(() => jest.restoreAllMocks());

/** S3 answers so for an object that is gone, to a function that may not list the whole bucket. */
const refuse = (key: string, ofVersion = false, name = 'AccessDenied') => {
  runs.s3.onCall = (call) => {
    if (call.method === 'GET' && call.key === key && 'versionId' in call.query === ofVersion)
      throw new ServiceError(403, name, 'refused by the test');
  };
};

describe('a run with accounts that fail', () => {
  it('completes when the report of an earlier run of the day is gone: it is not kept then', async () => {
    await runs.run([accountOf(first, 'ada'), other]);
    const event = await runs.collect([{ id: first, failed: 'denied' }, other], later);
    refuse(report, true);
    const { manifest } = await runs.summarize(event);
    expect(manifest.totals).toMatchObject({ collected: 1, failed: 1 });
    expect(manifest.accounts[0]).not.toHaveProperty('keptFrom');
    expect(printed.mock.calls.join()).toContain('could not keep the report of an earlier run');
  });
});

describe('a report that somebody replaced', () => {
  it.each(['AccessDenied', 'InvalidRequest', 'InvalidObjectState', 'KMS.NotFoundException'])(
    'fails its account when what lies there cannot be read: %s',
    async (name) => {
      const event = await runs.collect([accountOf(first, 'ada'), other]);
      runs.s3.put(report, 'encrypted with a key of somebody else');
      refuse(report, false, name);
      const { manifest } = await runs.summarize(event);
      expect(manifest.accounts[0]).toMatchObject({
        reason: 'report-changed',
        detail: expect.stringContaining(`an object that cannot be read (${name})`) as string,
      });
      expect(manifest.totals).toMatchObject({ collected: 1, failed: 1 });
    },
  );

  it('fails its account unread when what lies there is too large for a report', async () => {
    const event = await runs.collect([accountOf(first, 'ada'), other]);
    runs.s3.put(report, Buffer.alloc(17 * 1024 * 1024));
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ reason: 'report-changed' });
    expect(runs.s3.calls.filter(({ method, key }) => method === 'GET' && key === report)).toEqual([]);
  });

  it('by an older report of the day fails its account: only a later run supersedes it', async () => {
    runs = new SummarizedRuns({ versions: false });
    await runs.run([accountOf(first, 'ada')]);
    const older = runs.s3.text(report);
    const event = await runs.collect([accountOf(first, 'eve')], later);
    runs.s3.put(report, older);
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ outcome: 'failed', reason: 'report-changed' });
  });
});

describe('a report of the run that nobody replaced', () => {
  it('is not called changed when it cannot be read: after a repair, the run can go on', async () => {
    const event = await runs.collect([accountOf(first, 'ada'), other]);
    runs.s3.delete(keys.reviews(event.run, 1, 0));
    refuse(report);
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('a superseded report', () => {
  it.each([
    ['gone', 'AccessDenied'],
    ['deleted', 'NoSuchVersion'],
  ])('fails its account when its own version is %s: %s', async (_how, name) => {
    const event = await runs.collect([accountOf(first, 'ada'), other]);
    await runs.collect([accountOf(first, 'eve'), other], later);
    refuse(report, true, name);
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({
      reason: 'report-changed',
      detail: expect.stringContaining('is gone, or cannot be read') as string,
    });
  });

  it.each(['garbage', '{}', '{"batch":1,"outcomes":[{"account":"x"}]}'])(
    'is recognized although other files among the outcomes of the day contain %s',
    async (content) => {
      const event = await runs.collect([accountOf(first, 'ada'), other]);
      await runs.collect([accountOf(first, 'eve'), other], later);
      runs.s3.put(keys.outcomes(`${DATE}/run-2`, 2), content);
      runs.s3.put(`outcomes/${DATE}/readme.txt`, content);
      const { manifest } = await runs.summarize(event);
      expect(manifest.accounts[0]).toMatchObject({ outcome: 'collected', evidence: 'superseded' });
    },
  );
});

it('a report that a batch of the run stored after it was given up is recognized, and its outcome does not count', async () => {
  const event = await runs.collect([accountOf(first, 'ada'), other]);
  const { run } = await runs.collect([accountOf(first, 'eve')], later);
  const stored = runs.s3.text(keys.outcomes(run, 1)).replace('"batch":1', '"batch":2');
  runs.s3.delete(keys.outcomes(run, 1));
  runs.s3.put(keys.outcomes(event.run, 2), stored);
  const { manifest } = await runs.summarize(event);
  expect(manifest.accounts.map(({ outcome }) => outcome)).toEqual(['collected', 'collected']);
  expect(manifest.accounts[0]).toMatchObject({ evidence: 'superseded' });
});

describe('the review of a report that somebody changed', () => {
  const accounts = [accountWith(first, { ...consoleUser, mfa_active: 'false' }, 'ada'), other];
  const file = keys.reviews(`${DATE}/run-1`, 1, 0);
  type Line = Record<string, unknown>;
  const written = (lines: readonly (Line | string)[]) =>
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  const forged = (line: Line): Line => ({ ...line, users: ['eve'], rows: ['forged'] });

  /** What becomes of the two lines of the file. */
  const damages: Record<string, (one: Line, two: Line) => string | undefined> = {
    'is gone': () => undefined,
    'is empty': () => '',
    'is garbage': () => 'garbage\n'.repeat(1_000),
    'has other findings': (one, two) => written([forged(one), two]),
    'comes after a forged one': (one, two) => written([forged(one), one, two]),
    'comes before a forged one': (one, two) => written([one, forged(one), two]),
    'is there twice': (one, two) => written([one, one, two, two]),
    'is about another account': (one, two) => written([{ ...one, account: second }, two]),
    'is of another report': (one, two) => written([{ ...one, report: two.report }, two]),
    'is of another version or other settings': (one, two) => written([{ ...one, basis: '' }, two]),
    'is missing': (_one, two) => written([two]),
    'is not in its place': (one, two) => written([two, one]),
    'is cut off': (one, two) => written([one, two]).slice(0, -200),
    'does not parse': (one, two) => written([JSON.stringify(one).slice(0, -1), two]),
    'follows one of an account that does not exist': (one, two) =>
      written([{ account: 'x' }, { account: '000000000000' }, one, { account: '100000000001x' }, two]),
  };

  it.each(Object.entries(damages))('%s: the run tells what the reports say', async (_how, damage) => {
    const told = async (change: (text: string) => string | undefined) => {
      runs = new SummarizedRuns();
      const event = await runs.collect(accounts);
      const text = change(runs.s3.text(file));
      if (text === undefined) runs.s3.delete(file);
      else runs.s3.put(file, text);
      const { manifest } = await runs.summarize(event);
      const findings = runs.s3.text(keys.day(DATE, 'findings.csv'));
      return { totals: manifest.totals, rows: runs.table('credentials.csv'), findings };
    };
    const linesOf = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Line) as [Line, Line];
    const before = await told((text) => text);
    await expect(told((text) => damage(...linesOf(text)))).resolves.toEqual(before);
  });

  const line = (account: string) => `{"account":"${account}"}\n`;
  it.each([
    ['has a size that no poll writes', Buffer.alloc(17 * 1024 * 1024, '\n'), 0],
    ['is one line', Buffer.alloc(16 * 1024 * 1024), 2],
    ['is empty lines', Buffer.alloc(16 * 1024 * 1024, '\n'), 2],
    ['repeats an account', Buffer.from(line('000000000000').repeat(600_000)), 2],
    [
      'is not in the order of the accounts',
      Buffer.from(line('000000000001') + line('000000000000').repeat(600_000)),
      2,
    ],
  ])('and is in a file that %s, is given up soon', async (_what, content, pieces) => {
    const event = await runs.collect([accountOf(first, 'ada')]);
    runs.s3.put(file, content);
    const { summary } = await runs.summarize(event);
    expect(summary.complete).toBe(true);
    const read = runs.s3.calls.filter(({ method, key }) => method === 'GET' && key === file);
    expect(read.length).toBeLessThanOrEqual(pieces);
    expect(printed.mock.calls.join()).toContain(
      pieces === 0 ? 'too large files of them' : 'could not read the reviews',
    );
    expect(printed.mock.calls.join()).toContain('reviewed reports again');
  });
});

describe('the view of a day', () => {
  it.each(['findings.csv', 'changes.csv'] as const)(
    'passes over a run whose %s is gone or cut, which does not end the run that makes the view',
    async (file) => {
      for (const damage of ['delete', 'cut'] as const) {
        runs = new SummarizedRuns();
        const event = await runs.collect([accountOf(first, 'ada')]);
        const evening = await runs.run([accountOf(first, 'eve')], later);
        const key = runs.fileOf(evening, file);
        if (damage === 'delete') runs.s3.delete(key);
        else runs.s3.put(key, 'x');
        const { summary } = await runs.summarize(event);
        expect(summary.collected).toBe(1);
        expect(runs.page()).toContain('Execution run-1');
        expect(runs.s3.text(keys.day(DATE, file))).not.toBe('x');
      }
    },
  );
});

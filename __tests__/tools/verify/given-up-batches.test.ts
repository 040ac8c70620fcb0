import { keys } from '../../../handlers/shared/bucket-layout';
import { S3Store } from '../../../tools/verify/s3-store';
import { reportStore } from '../../support/report-store';
import { consoleUser } from '../../support/rows';
import { accountId, accountWith } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';
import { verified } from '../../support/verified';

const [first, second] = [accountId(1), accountId(2)];
const accountOf = (id: string, user: string) => accountWith(id, consoleUser, user);

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

it.each([
  ['versions', true, 'superseded'],
  ['no versions', false, 'superseded-not-verifiable'],
])(
  'a report that a batch stored after its run gave it up is not told as altered, in a bucket with %s',
  async (_what, versions, status) => {
    const store = reportStore({ versions, requireOwner: false });
    const runs = new SummarizedRuns({ store, environment: 'production' });
    const event = await runs.collect([accountOf(first, 'ada'), accountOf(second, 'ada')]);
    const { run } = await runs.collect([accountOf(first, 'eve')], {
      execution: 'run-2',
      startedAt: '2026-11-22T08:00:10.000Z',
    });
    const outcomes = runs.s3.text(keys.outcomes(run, 1)).replace('"batch":1', '"batch":2');
    for (const key of [keys.outcomes(run, 1), keys.ledger(run), keys.reviews(run, 1, 0)]) runs.s3.delete(key);
    runs.s3.put(keys.outcomes(event.run, 2), outcomes);
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ evidence: status });
    const result = await verified(new S3Store(runs.s3.client, { bucket: runs.s3.name, prefix: '' }));
    expect(result.lines.join()).not.toContain('altered');
    expect(result.exitCode).toBe(0);
  },
);

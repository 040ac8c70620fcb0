/** Runs that earlier versions stored: whatever changes, they stay readable. Their files are never made anew. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { consoleUser } from '../../../support/rows';
import { accountId, accountWith } from '../../../support/stored-run';
import { SummarizedRuns } from '../../../support/summarized';

const FOLDER = join(__dirname, '../../../stored-runs');
const [first, second, third] = [1, 2, 3].map(accountId) as [string, string, string];
const formats = readdirSync(FOLDER);

function storedRun(format: string): SummarizedRuns {
  const runs = new SummarizedRuns({ environment: 'production', versions: false });
  const folder = join(FOLDER, format);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    runs.s3.put(file.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(file));
  }
  return runs;
}

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

it.each(formats)('the next run compares itself with a stored run of the format %s', async (format) => {
  const runs = storedRun(format);
  const accountOf = (id: string, user: string, mfa_active: string) =>
    accountWith(id, { ...consoleUser, mfa_active }, user);
  const { manifest } = await runs.run(
    [accountOf(first, 'ada', 'false'), accountOf(second, 'ken', 'true'), { id: third, failed: 'denied' }],
    { date: '2026-11-22' },
  );
  expect(manifest).toMatchObject({
    number: 2,
    previous: { key: 'manifests/production/00000001.json' },
    notes: [],
    changes: {
      since: { execution: 'stored' },
      findingsBefore: 1,
      newFindings: 1,
      resolvedFindings: 1,
      findingsNow: 1,
      usersRemoved: 1,
    },
  });
});

it('there is a stored run of every format since version 3', () => {
  expect(formats).toEqual(['manifest-3']);
});

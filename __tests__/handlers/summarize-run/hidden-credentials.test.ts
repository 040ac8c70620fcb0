/** Credentials that a report does not show leave the controls about such credentials undecided. */
import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../../../handlers/credential-report/report-columns';
import type { RunSettings } from '../../../handlers/shared/events';
import { type Cells, consoleUser, key, root } from '../../support/rows';
import { DATE, accountId, as } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';

const account = accountId(1);
const FURTHER = '1 additional access key';
const COLUMNS = [...REPORT_COLUMNS, ADDITIONAL_COLUMN] as const;

async function controlsWith(
  further: { root?: string; user?: string },
  exemptions: RunSettings['checks']['exemptions'] = [],
  off: RunSettings['checks']['off'] = [],
) {
  const rows: (Cells & { [ADDITIONAL_COLUMN]?: string })[] = [
    { ...as('<root_account>', account, root), [ADDITIONAL_COLUMN]: further.root ?? '' },
    { ...as('ada', account, { ...consoleUser, ...key(1, 3, 1) }), [ADDITIONAL_COLUMN]: further.user ?? '' },
  ];
  const content = [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name] ?? ''))]
    .map((cells) => cells.join(','))
    .join('\n');
  const { manifest } = await new SummarizedRuns().run([{ id: account, content }], {
    checks: { frameworks: ['cis-v7.0'], exemptions, off },
  });
  return manifest.frameworks[0]!.controls.flatMap(({ id, status }) => (status === 'met' ? [] : [id]));
}

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

describe('controls about keys', () => {
  it('are met when the report shows every key', async () => {
    await expect(controlsWith({})).resolves.toEqual([]);
    await expect(controlsWith({ root: 'N/A', user: 'N/A' })).resolves.toEqual([]);
  });

  it('are undecided when the root user or a user has further ones, each for itself', async () => {
    await expect(controlsWith({ root: FURTHER })).resolves.toEqual(['2.4', '2.7']);
    await expect(controlsWith({ user: FURTHER })).resolves.toEqual(['2.11', '2.12']);
  });

  it('are undecided also when the check that tells this is off', async () => {
    await expect(controlsWith({ user: FURTHER }, [], ['additional-credentials'])).resolves.toEqual([
      '2.11',
      '2.12',
    ]);
  });

  it('are met again when that is accepted', async () => {
    const exemption = {
      account: '*',
      user: '*',
      check: 'additional-credentials',
      reason: 'known',
      expires: DATE,
    };
    await expect(controlsWith({ root: FURTHER, user: FURTHER }, [exemption])).resolves.toEqual([]);
  });
});

import type { RootCredentials } from '../../../handlers/shared/run-files';
import { LEDGER_ORGANIZATION } from '../../../tools/support/embedded-execution';
import '../../support/quiet';
import { key, root } from '../../support/rows';
import { accountId } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';

const said = (result: RootCredentials['result'], detail: string) => ({
  organization: { ...LEDGER_ORGANIZATION, rootCredentials: { result, detail } },
});
const DENIED = said('unknown', 'AccessDenied');
const DISABLED = said('fail', 'enabled: none');

const account = (number: number, change = {}) => {
  const id = accountId(number);
  return { id, rows: [{ ...root, arn: `arn:aws:iam::${id}:root`, ...change }] };
};
const one = [account(1)];

const totalsIn = ({ manifest }: Awaited<ReturnType<SummarizedRuns['run']>>) =>
  manifest.checks.find(({ id }) => id === 'central-root-access');
const controlIn = ({ manifest }: Awaited<ReturnType<SummarizedRuns['run']>>) =>
  manifest.frameworks
    .find(({ id }) => id === 'cis-v7.0')
    ?.controls.find(({ checks }) => checks.includes('central-root-access'));

describe('central root access', () => {
  it('of which IAM said nothing leaves the run complete, and is told as unknown', async () => {
    const runs = new SummarizedRuns();
    const run = await runs.run(one, { ...DENIED, digest: 'always' });
    expect(run.manifest).toMatchObject({ complete: true, totals: { collected: 1, failed: 0, findings: 1 } });
    expect(totalsIn(run)).toMatchObject({ pass: 0, fail: 0, unknown: 1, findings: 1 });
    expect(controlIn(run)).toMatchObject({ status: 'undecided', met: 0, undecided: 1 });
    expect(runs.table('findings.csv')).toMatchObject([
      {
        account_id: 'o-exampleorg1',
        account_name: '',
        user: '<organization>',
        arn: `arn:aws:organizations::${LEDGER_ORGANIZATION.managementAccountId}:organization/o-exampleorg1`,
        check: 'central-root-access',
        controls: 'CIS v7.0 2.1.1',
        status: 'unknown',
        reason: 'it is not known whether root credentials are managed centrally: AccessDenied',
      },
    ]);
    expect(run.summary.digest?.message).toContain('central-root-access: 1');
    expect(runs.page()).toContain('central-root-access');
  });

  it.each([
    ['pass', { pass: 1, fail: 0, unknown: 0, findings: 0 }, 'met'],
    ['fail', { pass: 0, fail: 1, unknown: 0, findings: 1 }, 'not-met'],
    ['not-applicable', { pass: 0, fail: 0, unknown: 0, findings: 0 }, 'not-applicable'],
  ] as const)('counts once, however many accounts there are: %s', async (result, totals, status) => {
    const runs = new SummarizedRuns();
    const run = await runs.run([account(1), account(2)], said(result, 'as it is'));
    expect(totalsIn(run)).toMatchObject(totals);
    expect(controlIn(run)).toMatchObject({ status });
  });

  it('is judged although accounts failed', async () => {
    const run = await new SummarizedRuns().run([account(1), { id: accountId(2), failed: 'denied' }]);
    expect(controlIn(run)).toMatchObject({ status: 'met', met: 1, undecided: 0 });
  });

  it('can be exempt', async () => {
    const exemption = { account: '*', user: '<organization>', check: 'central-root-access' };
    const exemptions = [{ ...exemption, reason: 'planned', expires: '2026-12-31' }];
    const run = await new SummarizedRuns().run(one, { ...DISABLED, checks: { exemptions } });
    expect(totalsIn(run)).toMatchObject({ fail: 0, exempt: 1, findings: 0 });
    expect(run.manifest.totals.findings).toBe(0);
  });

  it('is compared with the day before: a new finding, one that stays, and one that is resolved', async () => {
    const runs = new SummarizedRuns();
    const day = (number: number, said: object) => {
      const date = `2026-11-2${number}`;
      return runs.run(one, { date, execution: `run-${number}`, startedAt: `${date}T08:00:00.000Z`, ...said });
    };
    await day(1, {});
    expect((await day(2, DISABLED)).manifest.changes).toMatchObject({ newFindings: 1, findingsNow: 1 });
    expect((await day(3, DENIED)).manifest.changes).toMatchObject({ newFindings: 0, findingsNow: 1 });
    const { manifest } = await day(4, {});
    expect(manifest.changes).toMatchObject({
      resolvedFindings: 1,
      usersAdded: 0,
      usersRemoved: 0,
      findingsNow: 0,
    });
    expect(manifest.notes).toEqual([]);
  });

  it('appears by the rule, and not as new, if the framework that asks for it was not chosen before', async () => {
    const runs = new SummarizedRuns();
    await runs.run(one, { date: '2026-11-21', ...DISABLED, checks: { frameworks: ['cis-v5.0'] } });
    const { manifest } = await runs.run(one, { execution: 'run-2', ...DISABLED });
    expect(manifest.changes).toMatchObject({ newFindings: 0, appearedFindings: 1 });
  });
});

describe('accounts whose root user has no credentials', () => {
  it('are told in the manifest, on the page and in the digest', async () => {
    const runs = new SummarizedRuns();
    const { manifest, summary } = await runs.run(
      [account(1), account(2), account(3, key(1, 9, 9)), account(4, { user: 'ada' })],
      { digest: 'always' },
    );
    expect(manifest.accounts.map((one) => one.outcome === 'collected' && one.rootCredentials)).toEqual([
      'none',
      'none',
      'present',
      'unknown',
    ]);
    expect(manifest.totals.withoutRootCredentials).toBe(2);
    expect(runs.page().replaceAll(/\s+/g, ' ')).toContain(
      'Accounts whose root user has no credentials: 2 of 4; for 1, it is not known.',
    );
    expect(summary.digest?.message).toContain('Accounts whose root user has no credentials: 2\n');
  });
});

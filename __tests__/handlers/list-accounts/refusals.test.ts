import { type ListAccountsProps, listAccounts } from '../../../handlers/list-accounts/list-accounts';
import type { Exemption, RunSettings } from '../../../handlers/shared/events';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import {
  STATE_MACHINE,
  defaultSettings,
  executionArn,
  runningAt,
  startOf,
} from '../../../tools/support/embedded-execution';

const STARTED_AT = '2026-11-22T08:00:00.000Z';

describe('list-accounts, which believes nothing because a caller says so,', () => {
  let aws: Embedded;
  let calls: string[] = [];
  beforeEach(async () => {
    calls = [];
    aws = await embedded({ accounts: 2 }, (services) =>
      Object.fromEntries(
        Object.entries(services).map(([name, serve]) => [
          name,
          (request) => (calls.push(name), serve(request)),
        ]),
      ),
    );
  });
  afterEach(() => aws.stop());

  const list = (change: Partial<ListAccountsProps> = {}) =>
    listAccounts({ ...aws, ...runningAt(STARTED_AT), batchSize: 10, ...change });

  /** Refused for ever, and before anything is listed or written. */
  async function expectRefused(event: unknown, reason: RegExp, change: Partial<ListAccountsProps> = {}) {
    await expect(list(change)(event)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(reason) as string,
    });
    expect(calls).toEqual([]);
  }

  it('takes the date of the run from the start of the execution', async () => {
    const { describeExecution } = runningAt('2025-02-03T23:59:59.999Z');
    await expect(list({ describeExecution })(startOf('run-1'))).resolves.toMatchObject({
      run: '2025-02-03/run-1',
    });
  });

  it.each([{ startTime: '2019-01-01T00:00:00Z' }, { date: '2019-01-01' }, { run: '2019-01-01/run-1' }])(
    'refuses an event that says more: %j',
    async (more) => {
      await expectRefused({ ...startOf('run-1'), ...more }, /is not valid/);
    },
  );

  it('refuses settings that say more', async () => {
    const settings = { ...defaultSettings, dryRun: true };
    await expectRefused({ execution: executionArn('run-1'), settings }, /is not valid/);
  });

  it.each(['', '.', '..', 'a/../b'])('refuses an execution named "%s"', async (name) => {
    await expectRefused(startOf(name), /is not an execution of/);
  });

  it('refuses an execution of another state machine, without asking about it', async () => {
    const describeExecution = jest.fn();
    const event = { ...startOf('run-1'), execution: executionArn('run-1').replace('-test', '-other') };
    await expectRefused(event, new RegExp(`is not an execution of ${STATE_MACHINE}$`), { describeExecution });
    expect(describeExecution).not.toHaveBeenCalled();
  });

  it.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'])(
    'refuses an execution whose status is %s',
    async (status) => {
      const describeExecution = () => Promise.resolve({ status, startedAt: new Date(STARTED_AT) });
      await expectRefused(startOf('run-1'), new RegExp(`its status is ${status}`), { describeExecution });
    },
  );

  const everything: Exemption = {
    account: '*',
    user: '*',
    check: 'console-mfa',
    reason: 'none',
    expires: '2099-01-01',
  };
  it.each<[string, Partial<RunSettings>]>([
    ['an exemption for everything', { checks: { ...defaultSettings.checks, exemptions: [everything] } }],
    ['a looser threshold', { checks: { ...defaultSettings.checks, unusedDays: 4_000 } }],
    ['less waiting', { waiting: { ...defaultSettings.waiting, cycles: 1 } }],
    [
      'an account that is left out',
      { selection: { ...defaultSettings.selection, exclude: ['111111111111'] } },
    ],
    ['another digest', { digest: 'always' }],
    ['service-specific credentials', { serviceCredentials: true }],
  ])('refuses %s', async (_about, change) => {
    await expectRefused(startOf('run-1', { ...defaultSettings, ...change }), /not those of the deployment/);
  });

  it('accepts the settings of the deployment in any order of their fields', async () => {
    const { selection, waiting, checks, ...others } = defaultSettings;
    const { seconds, cycles } = waiting;
    const settings = { ...others, checks, waiting: { cycles, seconds }, selection };
    await expect(list()(startOf('run-1', settings))).resolves.toMatchObject({ expected: 2 });
  });
});

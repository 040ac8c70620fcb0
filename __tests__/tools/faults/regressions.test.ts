/** The least cases that broke a rule on the way, named by the rule. */
import type { FaultCase } from '../../../tools/faults/fault-case';
import { brokenRules } from '../../../tools/faults/rules';
import { readRun } from '../../../tools/faults/run-files';
import { World } from '../../../tools/faults/world';

const nothing: FaultCase = {
  accounts: 1,
  suspended: 0,
  batchSize: 1,
  faults: [],
  invocationFaults: [],
  earlierRun: false,
  twoRuns: false,
  ahead: 'never',
};
const once = { after: 0, times: 1 };
const sessionEnds: FaultCase = {
  ...nothing,
  faults: [{ call: 'iam:GetCredentialReport', kind: 'session-ended', ...once }],
};

const regressions: [rule: string, when: string, props: Partial<FaultCase>][] = [
  [
    'a run ends',
    'when an account comes up on two pages and is twice in a batch',
    {
      accounts: 3,
      batchSize: 4,
      faults: [{ call: 'organizations:ListAccounts', kind: 'account-twice', ...once }],
    },
  ],
  [
    'the ledger has every account of the organization once',
    'when an account comes up on two pages and is in two batches',
    {
      accounts: 3,
      batchSize: 2,
      faults: [{ call: 'organizations:ListAccounts', kind: 'account-twice', ...once }],
    },
  ],
  [
    'a report in the bucket is always a whole one',
    'when IAM gives out a report that is cut off',
    { faults: [{ call: 'iam:GetCredentialReport', kind: 'report-cut', ...once }] },
  ],
  [
    'a report in the bucket is always a whole one',
    'when IAM gives out a report without a row',
    { faults: [{ call: 'iam:GetCredentialReport', kind: 'report-without-rows', ...once }] },
  ],
  [
    'a report in the bucket is always a whole one',
    'when IAM gives out the report of another account',
    { faults: [{ call: 'iam:GetCredentialReport', kind: 'report-of-another-account', ...once }] },
  ],
  [
    'an outcome that is recorded stays',
    'when functions are gone after they stored a report and before they recorded it',
    {
      faults: [{ call: 's3:PutReport', kind: 'expired-token', after: 1, times: 4 }],
      invocationFaults: [
        { function: 'collect-reports', kind: 'crash', after: 0, times: Infinity, requests: 23 },
      ],
    },
  ],
  [
    'an account fails only for a reason that was there',
    'when the session expires at every look, in two runs at once',
    {
      faults: [{ call: 'iam:GetCredentialReport', kind: 'expired-token', after: 1, times: Infinity }],
      twoRuns: true,
    },
  ],
  [
    'every account of the ledger has exactly one outcome',
    'when the function of its batch is refused from the second look on',
    {
      invocationFaults: [
        { function: 'collect-reports', kind: 'refused', after: 1, times: Infinity, requests: 0 },
      ],
    },
  ],
  [
    'an account fails only for a reason that was there',
    'when the session ends that was kept for its next looks',
    sessionEnds,
  ],
  [
    'an account fails only for a reason that was there',
    'when it leaves the organization after it was listed',
    {
      accounts: 2,
      faults: [{ call: 'sts:AssumeRole', kind: 'account-left', account: 1, ...once }],
    },
  ],
  [
    'a run that breaks is told once',
    'when the summary may not read a report',
    // The report of the second account is a large one.
    { accounts: 2, faults: [{ call: 's3:GetReport', kind: 'denied', after: 0, times: Infinity }] },
  ],
  [
    'a run that breaks is told once',
    'when the bucket takes nothing any more from the middle of the summary on',
    { faults: [{ call: 's3:PutFile', kind: 'out-of-order', after: 6, times: Infinity }] },
  ],
  [
    'a run that breaks is told once',
    'when the summary cannot read to the end what it compares with',
    {
      earlierRun: true,
      faults: [{ call: 's3:GetFile', kind: 'cut', after: 4, times: Infinity }],
    },
  ],
  [
    'the table has every row of every report that is collected, and no other',
    'when answers are cut off while the summary reads, and it is invoked twice at once',
    {
      accounts: 3,
      faults: [
        { call: 's3:GetReport', kind: 'cut', ...once },
        { call: 's3:ListFiles', kind: 'reset', after: 1, times: 2 },
      ],
      invocationFaults: [
        { function: 'summarize-run', kind: 'twice-at-once', after: 0, times: 2, requests: 0 },
      ],
    },
  ],
  [
    'every account that failed stands in the digest with its reason',
    'when IAM has no capacity for it',
    { faults: [{ call: 'iam:GenerateCredentialReport', kind: 'throttled', after: 0, times: 20 }] },
  ],
];

describe.each(regressions)('%s', (_rule, when, props) => {
  it(`also ${when}`, async () => {
    await expect(brokenRules({ ...nothing, ...props })).resolves.toEqual([]);
  });
});

const withFaults = regressions.filter(([, , { faults }]) => faults);
it.each(withFaults)('%s: the fault of it hits %s', async (_rule, _when, props) => {
  const world = new World({ ...nothing, ...props });
  if (props.earlierRun) await world.run(['earlier'], { faulty: false });
  const runs = await world.run(props.twoRuns ? ['first', 'second'] : ['first'], { faulty: true });
  const hits = runs.flatMap((run) => run.hits);
  for (const { call, kind } of props.faults ?? []) {
    expect(hits).toContainEqual(expect.objectContaining({ name: call, kind }));
  }
});

it('an account whose session ends at a look is collected at a later one', async () => {
  const world = new World(sessionEnds);
  const [run] = await world.run(['first'], { faulty: true });
  expect(run && readRun(world, run)?.manifest.accounts).toMatchObject([{ outcome: 'collected' }]);
  expect(run?.hits).toMatchObject([{ kind: 'session-ended' }]);
});

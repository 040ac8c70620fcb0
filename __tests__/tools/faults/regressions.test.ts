/** The smallest cases that once broke a rule, named after the rule. */
import { brokenRules, runBefore } from '../../../tools/faults/broken-rules';
import type { FaultCase } from '../../../tools/faults/fault-case';
import { readRun } from '../../../tools/faults/run-files';
import { Simulation } from '../../../tools/faults/simulation';
import { noFaults } from './no-faults';

const once = { after: 0, times: 1 };
const sessionEnds: FaultCase = {
  ...noFaults,
  faults: [{ call: 'iam:GetCredentialReport', kind: 'session-ended', ...once }],
};

const regressions: [rule: string, when: string, props: Partial<FaultCase>][] = [
  [
    'a run ends',
    'when an account is on two pages and twice in a batch',
    {
      accounts: 3,
      batchSize: 4,
      faults: [{ call: 'organizations:ListAccounts', kind: 'account-twice', ...once }],
    },
  ],
  [
    'the ledger has every account of the organization once',
    'when an account is on two pages and in two batches',
    {
      accounts: 3,
      batchSize: 2,
      faults: [{ call: 'organizations:ListAccounts', kind: 'account-twice', ...once }],
    },
  ],
  [
    'a report in the bucket is always complete',
    'when IAM returns a report that is cut off',
    { faults: [{ call: 'iam:GetCredentialReport', kind: 'report-cut', ...once }] },
  ],
  [
    'a report in the bucket is always complete',
    'when IAM returns a report without a row',
    { faults: [{ call: 'iam:GetCredentialReport', kind: 'report-without-rows', ...once }] },
  ],
  [
    'a report in the bucket is always complete',
    'when IAM returns the report of another account',
    { faults: [{ call: 'iam:GetCredentialReport', kind: 'report-of-another-account', ...once }] },
  ],
  [
    'a recorded outcome is never lost',
    'when functions crash after they stored a report and before they recorded it',
    {
      faults: [{ call: 's3:PutReport', kind: 'expired-token', after: 1, times: 4 }],
      invocationFaults: [
        { function: 'collect-reports', kind: 'crash', after: 0, times: Infinity, requests: 7 },
      ],
    },
  ],
  [
    'an account fails only for a reason that applied',
    'when the session expires at every poll, in two runs at once',
    {
      faults: [{ call: 'iam:GetCredentialReport', kind: 'expired-token', after: 1, times: Infinity }],
      twoRuns: true,
    },
  ],
  [
    'every account of the ledger has exactly one outcome',
    'when the function of its batch is throttled from the second poll on',
    {
      invocationFaults: [
        { function: 'collect-reports', kind: 'refused', after: 1, times: Infinity, requests: 0 },
      ],
    },
  ],
  [
    'an account fails only for a reason that applied',
    'when the session that was kept for its next polls ends',
    sessionEnds,
  ],
  [
    'an account fails only for a reason that applied',
    'when the account leaves the organization after it was listed',
    {
      accounts: 2,
      faults: [{ call: 'sts:AssumeRole', kind: 'account-left', account: 1, ...once }],
    },
  ],
  [
    'a run that fails sends one message',
    'when the summary is denied a report',
    // The report of the second account is too large to be reviewed where it is stored.
    { accounts: 2, faults: [{ call: 's3:GetReport', kind: 'denied', after: 0, times: Infinity }] },
  ],
  [
    'a run that fails sends one message',
    'when the bucket rejects every write from the middle of the summary on',
    { faults: [{ call: 's3:PutFile', kind: 'out-of-order', after: 6, times: Infinity }] },
  ],
  [
    'a run that fails sends one message',
    'when what the summary compares with is cut off',
    {
      earlierRun: 'day-before',
      faults: [{ call: 's3:GetFile', kind: 'cut', after: 4, times: Infinity }],
    },
  ],
  [
    'the table has every row of every collected report, and no other row',
    'when responses are cut off while the summary reads, and it is invoked twice at once',
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
    'no run has two manifests',
    'when its first try is stopped after the manifest, and the next one may not read manifests',
    {
      faults: [{ call: 's3:GetManifest', kind: 'denied', after: 0, times: 6 }],
      invocationFaults: [{ function: 'summarize-run', kind: 'crash', after: 0, times: 1, requests: 24 }],
    },
  ],
  [
    'manifests are numbered without a gap, and each has the hash of the one before',
    'when S3 fails while the manifest before is read',
    {
      earlierRun: 'same-day',
      faults: [{ call: 's3:GetManifest', kind: 'out-of-order', after: 0, times: 9 }],
    },
  ],
  [
    'the view of a day is that of the run that started last',
    'when the run that started first may not read the manifest of the other',
    {
      accounts: 2,
      batchSize: 2,
      twoRuns: true,
      versions: true,
      faults: [{ call: 's3:GetManifest', kind: 'denied', after: 0, times: 9 }],
    },
  ],
  [
    'manifest and view are signed, or the digest says that they are not',
    'when KMS denies the second signature',
    { signing: true, faults: [{ call: 'kms:Sign', kind: 'denied', after: 1, times: 20 }] },
  ],
  [
    'a finished run that is summarized again returns the same result',
    'when another run of the day has ended while its failed account was reviewed',
    {
      accounts: 3,
      earlierRun: 'same-day',
      twoRuns: true,
      versions: true,
      reportsExpireAfter: 7,
      faults: [{ call: 'iam:GetCredentialReport', kind: 'denied', account: 0, after: 0, times: 1 }],
    },
  ],
  [
    'an account fails only for a reason that applied',
    'when another run replaces its report and never learns that it did',
    {
      accounts: 2,
      twoRuns: true,
      reportsExpireAfter: 10,
      faults: [{ call: 's3:PutReport', kind: 'cut', after: 1, times: Infinity }],
    },
  ],
  [
    'the digest has every failed account with its reason',
    'when IAM throttles its report',
    { faults: [{ call: 'iam:GenerateCredentialReport', kind: 'throttled', after: 0, times: 20 }] },
  ],
  [
    'a run that failed can be redriven',
    'unless it has its manifest and could not read an earlier run before',
    {
      earlierRun: 'day-before',
      twoRuns: true,
      redrive: true,
      faults: [
        { call: 'iam:GetCredentialReport', kind: 'expired-token', after: 0, times: Infinity },
        { call: 's3:GetFile', kind: 'throttled', after: 22, times: 20 },
      ],
    },
  ],
  [
    'an account fails only for a reason that applied',
    'before its run was redriven at the summary',
    {
      twoRuns: true,
      redrive: true,
      faults: [{ call: 's3:ListFiles', kind: 'denied', after: 5, times: 20 }],
    },
  ],
  [
    'central root access passes if IAM said so, and is unknown only if a fault hit the question',
    'when no account is left whose ARN names the organization',
    { accounts: 1, faults: [{ call: 'sts:AssumeRole', kind: 'account-left', after: 0, times: 20 }] },
  ],
  [
    'a finished run that is summarized again returns the same result',
    'when it could not ask whether the snapshot of the day before exists',
    {
      accounts: 1,
      earlierRun: 'day-before',
      twoRuns: true,
      versions: true,
      faults: [{ call: 's3:ListFiles', key: '/snapshot.jsonl', kind: 'expired-token', after: 0, times: 3 }],
      invocationFaults: [
        { function: 'collect-reports', kind: 'again-later', after: 0, times: 9, requests: 1 },
      ],
    },
  ],
  [
    'a finished run that is summarized again returns the same result',
    'when it was reviewed before another run had noted the reports that it stored',
    { accounts: 5, suspended: 1, batchSize: 1, twoRuns: true, reportsExpireAfter: 25 },
  ],
  [
    'an account fails only for a reason that applied',
    'when its report expires while it is polled for the last times',
    {
      accounts: 5,
      suspended: 1,
      batchSize: 1,
      faults: [
        { call: 'iam:GetCredentialReport', kind: 'report-cut', account: 6, after: 0, times: Infinity },
      ],
      reportsExpireAfter: 25,
    },
  ],
  [
    'the report of a collected account stays: as the object, as its version, or replaced by another run of the day',
    'when two batches of that run have recorded one',
    {
      accounts: 1,
      batchSize: 1,
      earlierRun: 'same-day',
      collectsWhileListing: true,
      reportsExpireAfter: 4,
      invocationFaults: [{ function: 'collect-reports', kind: 'crash', after: 0, times: 2, requests: 18 }],
    },
  ],
  [
    'the batches of a ledger have every expected account once, and those of the Map are open',
    'when the numbers that another try has taken are passed over',
    {
      accounts: 2,
      batchSize: 1,
      twoRuns: true,
      faults: [{ call: 's3:PutFile', kind: 'denied', after: 3, times: 1 }],
    },
  ],
  [
    'a finished run that is summarized again returns the same result',
    'unless a later run replaced a report and crashed before it recorded that, and the account has left',
    {
      accounts: 5,
      batchSize: 1,
      earlierRun: 'same-day',
      collectsWhileListing: true,
      versions: true,
      leavesAfterListing: true,
      invocationFaults: [{ function: 'collect-reports', kind: 'crash', after: 2, times: 9, requests: 14 }],
    },
  ],
  [
    'an account that fails keeps the report that an earlier run of the day has collected',
    'unless the summary may not read it',
    {
      accounts: 2,
      batchSize: 1,
      earlierRun: 'same-day',
      faults: [
        { call: 's3:GetReport', kind: 'denied', after: 1, times: 3 },
        { call: 'sts:AssumeRole', kind: 'invalid', account: 0, after: 0, times: 4 },
      ],
    },
  ],
  [
    'a function fails only because of a fault',
    'when the accounts are listed twice at once, and one of the two ends while the other still has batches',
    {
      accounts: 5,
      batchSize: 2,
      collectsWhileListing: true,
      invocationFaults: [
        { function: 'list-accounts', kind: 'twice-at-once', after: 0, times: 1, requests: 2 },
      ],
    },
  ],
  [
    'a finished run that is summarized again returns the same result',
    'unless the first summary might not read a list that the second one can read',
    {
      accounts: 2,
      batchSize: 1,
      earlierRun: 'same-day',
      versions: true,
      faults: [
        { call: 's3:GetList', kind: 'denied', after: 1, times: 3 },
        { call: 'sts:AssumeRole', kind: 'invalid', account: 0, after: 0, times: 9 },
      ],
    },
  ],
  [
    'the view of a day is that of the run that started last',
    'unless the run that ended last might not read that the other had started later',
    {
      accounts: 4,
      suspended: 1,
      twoRuns: true,
      collectsWhileListing: true,
      faults: [
        { call: 's3:GetManifest', kind: 'denied', after: 0, times: 20 },
        { call: 'iam:ListServiceSpecificCredentials', kind: 'unknown-token', account: 9, after: 5, times: 1 },
      ],
    },
  ],
  [
    'a finished run that is summarized again returns the same result',
    'unless the first summary might not read the manifest of another run that ended meanwhile',
    {
      accounts: 2,
      batchSize: 1,
      earlierRun: 'day-before',
      twoRuns: true,
      collectsWhileListing: true,
      versions: true,
      faults: [
        { call: 's3:GetManifest', kind: 'denied', after: 3, times: 2 },
        { call: 'iam:GetCredentialReport', kind: 'expired-token', account: 1, after: 1, times: 4 },
        { call: 'sts:AssumeRole', kind: 'unknown-token', account: 0, after: 0, times: 3 },
      ],
      invocationFaults: [{ function: 'collect-reports', kind: 'crash', after: 1, times: 2, requests: 13 }],
    },
  ],
  [
    'the batches of a ledger have every expected account once, and those of the Map are open',
    'when a batch is written, its response is lost, and nobody may read whether it was written',
    {
      accounts: 3,
      batchSize: 1,
      twoRuns: true,
      collectsWhileListing: true,
      reportsExpireAfter: 25,
      faults: [
        { call: 's3:GetFile', key: '/first/batches/', kind: 'denied', after: 0, times: 9 },
        { call: 's3:PutFile', key: '/first/batches/00004.json', kind: 'answer-lost', after: 0, times: 1 },
      ],
    },
  ],
  [
    'a function fails only because of a fault',
    'when a run has its manifest already, and its second review can read a history that the first one could not',
    {
      accounts: 4,
      earlierRun: 'same-day',
      faults: [{ call: 's3:GetFile', key: '/history.jsonl', kind: 'cut', ...once }],
      invocationFaults: [{ function: 'summarize-run', kind: 'answer-lost', after: 0, times: 1, requests: 0 }],
    },
  ],
];

describe.each(regressions)('%s', (_rule, when, props) => {
  it(`also ${when}`, async () => {
    await expect(brokenRules({ ...noFaults, ...props })).resolves.toEqual([]);
  });
});

const withFaults = regressions.filter(([, , { faults }]) => faults);
it.each(withFaults)('%s: the fault hits a call %s', async (_rule, _when, props) => {
  const simulation = new Simulation({ ...noFaults, ...props });
  await runBefore(simulation);
  const runs = await simulation.run(props.twoRuns ? ['first', 'second'] : ['first'], { faulty: true });
  const hits = runs.flatMap((run) => run.hits);
  for (const { call, kind, key = '' } of props.faults ?? []) {
    const hit = { name: call, kind, key: expect.stringContaining(key) as string };
    expect(hits).toContainEqual(expect.objectContaining(hit));
  }
});

it('an account whose session ends at one poll is collected at a later poll', async () => {
  const simulation = new Simulation(sessionEnds);
  const [run] = await simulation.run(['first'], { faulty: true });
  expect(run && readRun(simulation.bucket, run)?.manifest.accounts).toMatchObject([{ outcome: 'collected' }]);
  expect(run?.hits).toMatchObject([{ kind: 'session-ended' }]);
});

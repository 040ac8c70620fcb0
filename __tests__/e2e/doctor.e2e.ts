/** The doctor over what Terraform has deployed and what has run. Each check is seen to fail. */
import { CloudWatchClient, DeleteAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  DeleteFunctionCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { DescribeStateMachineCommand, SFNClient, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { zipSync } from 'fflate';
import { Environment } from '../../constructs/environment/environment';
import type { Manifest } from '../../handlers/core/manifest';
import { keys } from '../../handlers/shared/bucket-layout';
import { awsConfiguration } from '../../local/aws-configuration/aws-configuration';
import { type Examination, examine } from '../../tools/doctor/examine';
import { temporaryFolder } from '../../tools/support/embedded';
import { accountFacts } from '../support/emulator/account-facts';
import { type Caller, awsVariables } from '../support/emulator/aws-cli';
import { Emulator } from '../support/emulator/emulator';
import { type Gap, type Request, queryOf } from '../support/emulator/front';
import { stackInstancesOf } from '../support/emulator/gaps';
import { clientOf, createOrganization } from '../support/emulator/organization';
import { Deployment } from './deployment';
import type { EnvironmentFile } from './environments';

const TIME = 600_000;
const NAME = 'iam-credential-reports-doctor';
const STATES = 'states-of-terraform';

const file: EnvironmentFile = {
  alertEmails: ['security@example.com'],
  waiting: { seconds: 1, cycles: 3 },
  backend: { kind: 's3', bucket: STATES, region: 'us-east-1' },
};

const before = { ...process.env };
const { folder, remove } = temporaryFolder();
let emulator: Emulator;
let caller: Caller;
let deployment: Deployment;
let manifest: Manifest;
let seen: Record<'before' | 'deployed' | 'run', Examination>;

beforeAll(async () => {
  emulator = await Emulator.start();
  caller = emulator.administrator('us-east-1');
  const { accounts } = await createOrganization(caller);
  emulator.fill(
    stackInstancesOf([...accounts.values()]),
    accountFacts({
      trustedAccess: 'ENABLED',
      concurrency: 1000,
      regionStatus: 'ENABLED',
      administrators: [],
      bucketOwners: new Map(),
    }),
    deployedRuntime,
  );
  await new S3Client(clientOf(caller)).send(new CreateBucketCommand({ Bucket: STATES }));
  process.env = { ...awsVariables(caller), PATH: before.PATH };
  deployment = new Deployment('doctor', { folder, emulator, caller });
  const first = await examined();
  await deployment.applyActions(file);
  const second = await examined();
  const { manifest: last } = await deployment.run('first');
  seen = { before: first, deployed: second, run: await examined() };
  manifest = await stored(last.key);
}, TIME);

afterAll(async () => {
  process.env = before;
  await emulator.stop();
  remove();
});

/** An older provider deploys an older runtime: docs/tests.md. */
const deployedRuntime: Gap = {
  after: ({ path }, answer) =>
    /\/functions\/[^/]+\/configuration$/.test(path)
      ? { ...answer, body: answer.body.toString().replace('nodejs22.x', 'nodejs24.x') }
      : answer,
};

const s3 = () => new S3Client(clientOf(caller));
const bucketName = () => deployment.output('report_bucket');

async function stored(Key: string): Promise<Manifest> {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: await bucketName(), Key }));
  return JSON.parse((await Body?.transformToString()) ?? '') as Manifest;
}

async function examined(content: EnvironmentFile = file, now = new Date()): Promise<Examination> {
  return examine(await awsConfiguration(process.env), {
    name: 'doctor',
    environment: Environment.parse(content),
    providerLock: '  version     = "6.66.0"\n',
    now,
  });
}

const conspicuous = ({ findings }: Examination) =>
  findings
    .filter(({ status }) => status !== 'ok')
    .map(({ check, status, text }) => `${status} ${check}: ${text}`);

describe('the doctor', () => {
  it('finds nothing wrong before a healthy deployment', () => {
    expect(conspicuous(seen.before)).toEqual([]);
    expect(seen.before).toMatchObject({ deployed: false, exitCode: 0 });
  });

  it('misses only the first run after it', () => {
    expect(conspicuous(seen.deployed)).toEqual([
      'warning last-runs: no run has started yet',
      'warning accounts-without-role: no run has finished yet: accounts without the report role are not known',
    ]);
    expect(seen.deployed).toMatchObject({ deployed: true, exitCode: 0 });
  });

  it('finds nothing wrong after a run', () => {
    expect(conspicuous(seen.run)).toEqual([]);
    expect(seen.run.findings.map(({ check }) => check)).toEqual([
      'options',
      'provider-lock',
      'identity',
      'organization',
      'trusted-access',
      'central-root-access',
      'lambda-concurrency',
      'state',
      'names-taken',
      'workflow',
      'functions',
      'schedule',
      'alarms',
      'subscriptions',
      'stack-set',
      'last-runs',
      'accounts-without-role',
    ]);
  });
});

/** Something that is wrong, and what the doctor says of it. */
interface Fault {
  fault: string;
  /** Changes what the emulator answers. */
  gap?: Gap;
  plant?: () => unknown;
  undo?: () => unknown;
  file?: EnvironmentFile;
  now?: () => Date;
  finds: (string | RegExp)[];
}

const lambda = () => new LambdaClient(clientOf(caller));
const scheduler = () => new SchedulerClient(clientOf(caller));
const cloudwatch = () => new CloudWatchClient(clientOf(caller));

/** Replaces a text in what is answered to a call. */
const answering = (isMeant: (request: Request) => boolean, text: RegExp | string, by: string): Gap => ({
  after: (request, answer) =>
    isMeant(request) ? { ...answer, body: answer.body.toString().replace(text, by) } : answer,
});

const isQuery = (action: string) => (request: Request) => queryOf(request).get('Action') === action;

const isTarget = (action: string) => (request: Request) =>
  String(request.headers['x-amz-target']).endsWith(`.${action}`);

const faults: Fault[] = [
  {
    fault: 'a state that does not know the deployment',
    file: { ...file, backend: { kind: 's3', bucket: STATES, region: 'us-east-1', key: 'another.tfstate' } },
    finds: [
      `problem state: ${NAME} is deployed, but s3://${STATES}/another.tfstate does not have it: a deployment from here would collide`,
      /^problem names-taken: 19 names exist, but are not in the state s3:.*: iam-cr-doctor-.* and 14 more$/,
    ],
  },
  {
    fault: 'another setting of runs in the file',
    file: { ...file, checks: { unusedDays: 60 } },
    finds: [
      'warning workflow: definition or settings differ from those of this checkout',
      `warning functions: ${NAME}-list-accounts differs from this checkout: variables`,
    ],
  },
  {
    fault: 'another hour in the file',
    file: { ...file, schedule: { hour: 5 } },
    finds: [
      'warning schedule: the schedule is cron(0 8 * * ? *) UTC, but the file says cron(0 5 * * ? *) UTC',
    ],
  },
  {
    fault: 'a schedule that somebody disabled',
    plant: () => setSchedule('DISABLED'),
    undo: () => setSchedule('ENABLED'),
    finds: ['problem schedule: the schedule is DISABLED: no run starts by itself'],
  },
  {
    fault: 'no run since the day before yesterday',
    now: () => new Date(Date.now() + 27 * 3_600_000),
    finds: [/^problem last-runs: no run has started since \d{4}-/],
  },
  {
    fault: 'a last run that failed',
    gap: answering(isTarget('ListExecutions'), 'SUCCEEDED', 'FAILED'),
    finds: [/^problem last-runs: the last run FAILED: arn:aws:states:.*:first$/],
  },
  {
    fault: 'a recipient who has not confirmed',
    gap: answering(
      isQuery('ListSubscriptionsByTopic'),
      /<SubscriptionArn>[^<]*/,
      '<SubscriptionArn>PendingConfirmation',
    ),
    finds: [
      'problem subscriptions: nobody is told: no subscription is confirmed',
      'warning subscriptions: security@example.com has not confirmed',
    ],
  },
  {
    fault: 'a recipient who is not subscribed',
    file: { ...file, alertEmails: ['security@example.com', 'audit@example.com'] },
    finds: ['warning subscriptions: audit@example.com is in alertEmails, but is not subscribed'],
  },
  {
    fault: 'an account in which the role could not be deployed',
    gap: answering(
      isQuery('ListStackInstances'),
      '<Status>CURRENT</Status>',
      '<Status>OUTDATED</Status><StatusReason>a role of that name exists</StatusReason>',
    ),
    finds: [/^problem stack-set: 1 of \d+ accounts: OUTDATED: a role of that name exists \(\d{12}\)$/],
  },
  {
    fault: 'an account that failed',
    plant: async () => putManifest({ ...manifest, number: 2, accounts: manifest.accounts.map(refused) }),
    undo: async () =>
      s3().send(new DeleteObjectCommand({ Bucket: await bucketName(), Key: keys.manifest('doctor', 2) })),
    finds: [
      /^problem accounts-without-role: 4 accounts failed as role-not-assumable in the run of \d{4}-.*: \d{12}/,
    ],
  },
  {
    fault: 'an alarm that is on',
    plant: () => setAlarm('ALARM'),
    undo: () => setAlarm('OK'),
    finds: ['problem alarms: accounts-failed: set by the test'],
  },
  {
    fault: 'a function with another time limit',
    plant: () => setTimeLimit(1),
    undo: () => setTimeLimit(300),
    finds: [`warning functions: ${NAME}-collect-reports differs from this checkout: time limit`],
  },
  {
    fault: 'an alarm that was deleted',
    plant: () => cloudwatch().send(new DeleteAlarmsCommand({ AlarmNames: [`${NAME}-did-not-run`] })),
    finds: ['problem alarms: did-not-run does not exist'],
  },
  {
    fault: 'a function with other code, after the alarm',
    plant: () =>
      lambda().send(
        new UpdateFunctionCodeCommand({
          FunctionName: `${NAME}-summarize-run`,
          ZipFile: zipSync({ 'index.js': Buffer.from('exports.handler = () => "changed";') }),
        }),
      ),
    finds: [
      `warning functions: ${NAME}-summarize-run differs from this checkout: code`,
      'problem alarms: did-not-run does not exist',
    ],
  },
  {
    fault: 'a function that was deleted, after those',
    plant: () => lambda().send(new DeleteFunctionCommand({ FunctionName: `${NAME}-list-accounts` })),
    finds: [
      `problem functions: ${NAME}-list-accounts does not exist`,
      `warning functions: ${NAME}-summarize-run differs from this checkout: code`,
      'problem alarms: did-not-run does not exist',
    ],
  },
  {
    fault: 'a definition that was changed, after those',
    plant: async () => {
      const client = new SFNClient(clientOf(caller));
      const stateMachineArn = await deployment.output('state_machine_arn');
      const { definition = '' } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
      const changed = definition.replace('"TimeoutSeconds"', '"Version": "1.0", "TimeoutSeconds"');
      await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: changed }));
    },
    finds: [
      'warning workflow: definition or settings differ from those of this checkout',
      `problem functions: ${NAME}-list-accounts does not exist`,
      `warning functions: ${NAME}-summarize-run differs from this checkout: code`,
      'problem alarms: did-not-run does not exist',
    ],
  },
];

it.each(faults)(
  'the doctor finds $fault',
  async ({ gap, plant, undo, file: content, now, finds }) => {
    if (gap) emulator.watch(gap);
    await plant?.();
    try {
      const found = conspicuous(await examined(content, now?.()));
      expect(found).toEqual(
        finds.map((text) => (typeof text === 'string' ? text : (expect.stringMatching(text) as string))),
      );
    } finally {
      if (gap) emulator.forget(gap);
      await undo?.();
    }
  },
  60_000,
);

async function setSchedule(State: 'ENABLED' | 'DISABLED'): Promise<void> {
  const { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target } =
    await scheduler().send(new GetScheduleCommand({ Name: NAME }));
  await scheduler().send(
    new UpdateScheduleCommand({
      Name: NAME,
      State,
      ScheduleExpression,
      ScheduleExpressionTimezone,
      FlexibleTimeWindow,
      Target,
    }),
  );
}

const setAlarm = (StateValue: 'ALARM' | 'OK') =>
  cloudwatch().send(
    new SetAlarmStateCommand({
      AlarmName: `${NAME}-accounts-failed`,
      StateValue,
      StateReason: 'set by the test',
    }),
  );

const setTimeLimit = (Timeout: number) =>
  lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: `${NAME}-collect-reports`, Timeout }));

const putManifest = async (content: Manifest) =>
  s3().send(
    new PutObjectCommand({
      Bucket: await bucketName(),
      Key: keys.manifest('doctor', content.number),
      Body: JSON.stringify(content),
    }),
  );

const refused = (account: Manifest['accounts'][number]): Manifest['accounts'][number] =>
  account.outcome === 'collected'
    ? {
        id: account.id,
        name: account.name,
        outcome: 'failed',
        reason: 'role-not-assumable',
        detail: 'AccessDenied',
      }
    : account;

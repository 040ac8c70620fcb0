import { appendFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Manifest } from '../handlers/core/manifest';
import type { RunSummary } from '../handlers/shared/events';
import { summarizeRunSettings } from '../handlers/summarize-run/settings';
import type { Display } from './display';
import { Lambda } from './engine/lambda';
import { messagesAbout } from './engine/status-rules';
import type { Integrations } from './engine/prepared-definition';
import { type ExecutionResult, execute, executionArn } from './engine/workflow';
import { eventsService } from './fake-aws/events-service';
import { kmsService, makeSigningKey } from './fake-aws/kms/kms-service';
import { lambdaService } from './fake-aws/lambda-service';
import { LocalEndpoint } from './fake-aws/server';
import type { ServiceRequest } from './fake-aws/service';
import { type Execution, statesService } from './fake-aws/states-service';
import { unlessAborted } from './interruption';
import { type RedrivableState, type Redrive, failAndRedrive } from './redrive';
import { RunProgress } from './run-progress';
import type { OrganizationSource } from './source/organization-source';
import { SIGNING_KEY_TO_CREATE, type SynthesizedStack } from './synthesized-stack';

const signingKeyVariable = summarizeRunSettings.signingKey.variable;

/** Events that the runs sent, one a line, in the folder of the logs. */
export const EVENTS_FILE = 'events.jsonl';
/** Messages that were sent, one a line, with the execution that sent them. */
export const MESSAGES_FILE = 'messages.jsonl';

export interface CollectionProps {
  stack: SynthesizedStack;
  source: OrganizationSource;
  /** Folder for the logs and for the folder that stands for the bucket. */
  folder: string;
  /**
   * Length of every wait and of every pause before a retry, s.
   * @default - as the state machine defines them
   */
  waitSeconds?: number | undefined;
  display: Display;
  /** Name of the execution. */
  execution: string;
  /**
   * How long ago the run takes place, ms.
   * @default 0
   */
  behind?: number | undefined;
  /**
   * State at which the run fails, and is then redriven.
   * @default - no state is made to fail
   */
  redrive?: RedrivableState | undefined;
  /**
   * Executes the state machine.
   * @default - the interpreter of `local/engine`
   */
  engine?: typeof execute;
  /**
   * Interrupts the run.
   * @default - the run cannot be interrupted
   */
  signal?: AbortSignal;
}

export interface CollectionResult {
  status: 'SUCCEEDED' | 'FAILED';
  /** Why the run failed. */
  error?: string;
  /** The manifest of the run and its key; absent if the run failed before it was written. */
  summarized?: { manifest: Manifest; file: string };
  /** How many planted findings of each rule the collected accounts contain, with an embedded organization. */
  planted?: Record<string, number>;
  /** How it was redriven. */
  redrive?: Redrive;
  /** Events that were sent, and the file that has those of all runs in this folder; absent if none was. */
  events?: { sent: number; file: string };
  /** What was published to the topics; a message for chats has no subject. */
  notifications: { subject?: string; message: string }[];
  /** The file that has the messages of all runs in this folder, one a line. */
  messagesFile: string;
  seconds: number;
  /** Folder that stands for the bucket. */
  bucket: string;
}

/** Runs the workflow that would be deployed for an environment once, from start to end. */
export async function collect(props: CollectionProps): Promise<CollectionResult> {
  const { stack, source, folder, display, waitSeconds, execution, redrive, engine = execute, signal } = props;
  const { behind = 0 } = props;
  const bucket = resolve(folder, stack.bucket, stack.bucketPrefix);
  const notifications: CollectionResult['notifications'] = [];
  const [eventsFile, messagesFile] = [join(folder, EVENTS_FILE), join(folder, MESSAGES_FILE)];
  const tell = (notification: CollectionResult['notifications'][number]) => {
    appendFileSync(messagesFile, `${JSON.stringify({ execution, ...notification })}\n`, { mode: 0o600 });
    notifications.push(notification);
  };
  let sent = 0;
  const progress = new RunProgress(display);
  const startTime = new Date(Date.now() - behind);
  const arn = executionArn(stack.stateMachine.arn, execution);
  // A key that lives as long as the run: its public key lies beside the signatures.
  const signingKey = makeSigningKey(source.accountId, stack.region, stack.partition);
  const running: Execution = { status: 'RUNNING', startDate: startTime };
  const services = {
    lambda: (request: ServiceRequest) => lambdaService({ invoke })(request),
    states: statesService((asked) => (asked === arn ? running : undefined)),
    kms: kmsService({ keys: [signingKey] }),
    events: eventsService(({ Source, DetailType, Detail }) => {
      const event = { source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) as object };
      appendFileSync(eventsFile, `${JSON.stringify(event)}\n`, { mode: 0o600 });
      sent++;
    }),
  };
  const endpoint = await LocalEndpoint.start(services, { secretOf: source.secretOf });
  const lambda = new Lambda({
    functions: stack.functions.map((one) => ({
      ...one,
      environment: {
        ...one.environment,
        ...source.settings,
        ...(one.environment[signingKeyVariable] === SIGNING_KEY_TO_CREATE && {
          [signingKeyVariable]: signingKey.arn,
        }),
      },
    })),
    environment: {
      AWS_REGION: stack.region,
      ...source.environment,
      AWS_ENDPOINT_URL_LAMBDA: endpoint.url,
      AWS_ENDPOINT_URL_SFN: endpoint.url,
      AWS_ENDPOINT_URL_KMS: endpoint.url,
      AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint.url,
    },
    credentials: source.credentials,
    waitSeconds,
    behind,
    logs: join(folder, 'logs'),
  });
  const invoke = async (name: string, event: unknown) => {
    const result = await lambda.invoke(name, event);
    progress.invoked(event, result);
    return result;
  };
  const integrations: Integrations = {
    'lambda:invoke': async ({ FunctionName, Payload }) => {
      return { Payload: await invoke(FunctionName, Payload) };
    },
    'sns:publish': ({ Subject, Message }) => {
      tell({ ...(Subject !== undefined && { subject: Subject }), message: Message });
      return Promise.resolve({ MessageId: String(notifications.length) });
    },
  };
  const tellFailure = (result: ExecutionResult) => {
    const ended = { stateMachineArn: stack.stateMachine.arn, executionArn: arn, ...result };
    for (const message of messagesAbout(ended, stack.statusRules)) tell({ subject: EVENT_SUBJECT, message });
  };
  const run = { stateMachine: stack.stateMachine, execution, startTime, integrations, waitSeconds };
  const started = performance.now();
  try {
    const { result, redrive: redriven } = await unlessAborted(
      signal,
      redrive === undefined
        ? engine(run).then((ended) => ({ result: ended, redrive }))
        : failAndRedrive({ ...run, state: redrive, onFailed: tellFailure }),
      () => new Error(`Interrupted: run ${execution} is incomplete. ${whatLiesIn(bucket)}`),
    );
    tellFailure(result);
    const summarized =
      result.status === 'SUCCEEDED' ? summaryOf(bucket, progress.summary?.manifest) : undefined;
    const planted = summarized && plantedIn(summarized.manifest, source);
    return {
      status: result.status,
      ...(result.status === 'FAILED' && { error: `${result.error}: ${messageIn(result.cause)}` }),
      ...(summarized && { summarized }),
      ...(planted && { planted }),
      ...(redriven && { redrive: redriven }),
      ...(sent > 0 && { events: { sent, file: eventsFile } }),
      notifications,
      messagesFile,
      seconds: Math.round(performance.now() - started) / 1000,
      bucket,
    };
  } finally {
    display.done();
    await endpoint.stop();
    await lambda.stop();
  }
}

/** Subject of an email about a message without one, as those of EventBridge are. */
const EVENT_SUBJECT = 'AWS Notification Message';

/** The cause that a function gives is JSON with its message. */
function messageIn(cause: string): string {
  try {
    return (JSON.parse(cause) as { errorMessage?: string }).errorMessage ?? cause;
  } catch {
    return cause;
  }
}

function summaryOf(
  bucket: string,
  manifest: RunSummary['manifest'] | undefined,
): CollectionResult['summarized'] {
  if (!manifest) return undefined;
  const file = manifest.key;
  return { file, manifest: JSON.parse(readFileSync(join(bucket, file), 'utf8')) as Manifest };
}

function whatLiesIn(bucket: string): string {
  const isEmpty = !existsSync(bucket) || readdirSync(bucket).length === 0;
  return isEmpty ? 'It wrote no reports' : `What it wrote so far is in ${bucket}`;
}

/** What is planted in the collected reports for the checks that are on. */
function plantedIn({ accounts, checks }: Manifest, { planted }: OrganizationSource) {
  const collected = accounts.filter(({ outcome }) => outcome === 'collected').map(({ id }) => id);
  const counts = Object.entries(planted?.(collected) ?? {});
  return planted && Object.fromEntries(counts.filter(([rule]) => checks.some(({ id }) => id === rule)));
}

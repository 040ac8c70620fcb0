import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keys } from '../handlers/shared/bucket-layout';
import type { CollectReportsEvent, PollResult, Run } from '../handlers/shared/events';
import type { Manifest } from '../handlers/core/manifest';
import type { Display } from './display';
import { Lambda } from './engine/lambda';
import { lambdaService } from './engine/lambda-service';
import { LocalEndpoint } from './fake-aws/server';
import type { OrganizationSource } from './organization-source';
import type { SynthesizedStack } from './synthesized';
import { type Integrations, execute } from './engine/workflow';

export interface CollectionProps {
  stack: SynthesizedStack;
  source: OrganizationSource;
  /** Folder that holds the bucket as a folder, and the logs. */
  folder: string;
  /**
   * Length of every wait, s.
   * @default - what the state machine says
   */
  waitSeconds?: number | undefined;
  display: Display;
  /** Name of the execution. */
  execution: string;
}

export interface CollectionResult {
  status: 'SUCCEEDED' | 'FAILED';
  /** What broke the run, if it failed. */
  error?: string;
  /** The manifest of the run and its path below the bucket; absent when the run broke before it was written. */
  summarized?: { manifest: Manifest; file: string };
  /** How often the users of an embedded organization break each rule, in the accounts that were collected. */
  planted?: Record<string, number>;
  /** What was sent to the alert topic. */
  notifications: { subject: string; message: string }[];
  seconds: number;
  /** Folder that stands for the bucket. */
  bucket: string;
}

/** Runs what would be deployed for an environment once, from its first state to its last. */
export async function collect(props: CollectionProps): Promise<CollectionResult> {
  const { stack, source, folder, display, waitSeconds, execution } = props;
  const bucket = resolve(folder, stack.bucket);
  const notifications: CollectionResult['notifications'] = [];
  const follow = followed(display);
  const endpoint = await LocalEndpoint.start({ lambda: (request) => lambdaService(lambda)(request) });
  const lambda = new Lambda({
    functions: stack.functions.map((one) => ({
      ...one,
      environment: { ...one.environment, ...source.settings },
    })),
    environment: {
      AWS_REGION: stack.region,
      ...source.environment,
      AWS_ENDPOINT_URL_LAMBDA: endpoint.url,
    },
    credentials: source.credentials,
    logs: join(folder, 'logs'),
  });
  const integrations: Integrations = {
    'lambda:invoke': async ({ FunctionName, Payload }) => {
      const result = await lambda.invoke(FunctionName, Payload);
      follow.invoked(Payload, result);
      return { Payload: result };
    },
    'sns:publish': ({ Subject, Message }) => {
      notifications.push({ subject: Subject, message: Message });
      return Promise.resolve({ MessageId: String(notifications.length) });
    },
  };
  const started = performance.now();
  try {
    const result = await execute({ stateMachine: stack.stateMachine, execution, integrations, waitSeconds });
    const summarized = result.status === 'SUCCEEDED' ? summaryOf(bucket, follow.run) : undefined;
    const planted = summarized && source.planted?.(collectedIn(summarized.manifest));
    return {
      status: result.status,
      ...(result.status === 'FAILED' && { error: `${result.error}: ${result.cause}` }),
      ...(summarized && { summarized }),
      ...(planted && { planted }),
      notifications,
      seconds: Math.round(performance.now() - started) / 1000,
      bucket,
    };
  } finally {
    display.done();
    await endpoint.stop();
    await lambda.stop();
  }
}

function summaryOf(bucket: string, run: Run | undefined): CollectionResult['summarized'] {
  if (!run) return undefined;
  const file = keys.manifest(run.runPrefix);
  return { file, manifest: JSON.parse(readFileSync(join(bucket, file), 'utf8')) as Manifest };
}

const collectedIn = ({ accounts }: Manifest) =>
  accounts.filter(({ outcome }) => outcome === 'collected').map(({ id }) => id);

/** Follows the run by what its functions answer. */
function followed(display: Display) {
  const decidedOf = new Map<number, number>();
  const follow = {
    run: undefined as Run | undefined,
    invoked(payload: unknown, result: unknown): void {
      if (isRun(result)) {
        follow.run = result;
        display.say(
          `Listed ${result.expected + result.skipped} accounts: ${result.expected} expected, ${result.skipped} skipped; batches: ${result.batches.length}`,
        );
        display.expect(result.expected);
      } else if (isLook(result)) {
        const { batch } = payload as CollectReportsEvent;
        decidedOf.set(batch, result.decided);
        display.progress([...decidedOf.values()].reduce((sum, decided) => sum + decided, 0));
      }
    },
  };
  return follow;
}

const isRun = (result: unknown): result is Run => Object.hasOwn(result as object, 'batches');
const isLook = (result: unknown): result is PollResult => Object.hasOwn(result as object, 'pending');
